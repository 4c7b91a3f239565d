"""What the tests here may ask for."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ...helpers import (
    change_weights,
    make_nlp,
    outcomes,
)


@pytest.fixture
def nlp(tiny_source: str) -> Language:
    """Both components, their weights changed, so that those of the source show."""
    made = make_nlp(tiny_source)
    before = outcomes(made)
    change_weights(made)
    assert outcomes(made) != before
    return made
