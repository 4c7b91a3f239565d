"""Numbers of western and southern Europe."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kinds.europe import KINDS
from spacy_privacy_filter.identifiers.table import is_valid


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("es_dni", "X-1234567-L"),
        ("ch_ahv", "756.9217.0769.85"),
        ("fr_nir", "253072b07300470"),
        ("de_idnr", "36 574 261 809"),
    ],
)
def test_published_numbers_are_valid(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert is_valid(key, number)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("es_dni", "12345678A"),
        ("nl_bsn", "000000000"),
        ("fr_nir", "295139912611193"),
        ("it_codice_fiscale", "RSSMRA85T40A562S"),
    ],
)
def test_numbers_that_nobody_is_given(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert not is_valid(key, number)
