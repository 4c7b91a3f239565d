"""Numbers of the Americas: checksums, and ranges where there is none."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kinds.americas import KINDS
from spacy_privacy_filter.identifiers.table import is_valid


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("br_cpf", "390.533.447-05"),
        ("br_cnpj", "16.727.230/0001-97"),
        ("cl_rut", "12.531.909-2"),
        ("us_itin", "912-90-3456"),
        ("us_ein", "91-1144442"),
    ],
)
def test_published_numbers_are_valid(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert is_valid(key, number)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("br_cpf", "111.111.111-11"),
        ("br_cnpj", "00.000.000/0000-00"),
        ("ca_sin", "046 454 286"),
        ("us_itin", "912-93-3456"),
        ("us_ein", "07-1144442"),
    ],
)
def test_numbers_that_nobody_is_given(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert not is_valid(key, number)


@pytest.mark.parametrize("number", ["078-05-1120", "219-09-9999", "457-55-5462", "666-12-3456"])
def test_numbers_that_were_withdrawn_or_never_given_out(number: str) -> None:
    assert not is_valid("us_ssn", number)
