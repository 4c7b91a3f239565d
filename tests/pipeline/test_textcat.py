"""Categories: which, in which order, and whether they exclude each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.training import Example

from spacy_privacy_filter.checkpoints.registry import (
    write_checkpoint,
)
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES

from ..helpers import (
    TEXTCAT,
    TEXTS,
    make_checkpoint,
    make_nlp,
)


def test_categories_of_the_checkpoint_in_order(tiny_source: str) -> None:
    doc = make_nlp(tiny_source, [TEXTCAT])(TEXTS[0])
    assert tuple(doc.cats) == MULTITASK_CATEGORIES
    assert not doc.ents
    assert doc._.privacy_spans == ()


def test_categories_of_others_stay(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, [TEXTCAT])
    doc = nlp.make_doc(TEXTS[0])
    doc.cats["spam"] = 0.25
    assert nlp(doc).cats["spam"] == 0.25
    assert len(doc.cats) == 11


@pytest.mark.parametrize(("setting", "value"), [("threshold", 2.0), ("threshold", -0.1)])
def test_settings_of_the_textcat(setting: str, value: Any) -> None:
    with pytest.raises(ValueError, match="threshold must be 0 to 1, but is"):
        spacy.blank("en").add_pipe(TEXTCAT, config={setting: value})


@pytest.fixture
def independent(tmp_path: Path) -> str:
    """Weights whose categories do not exclude each other."""
    write_checkpoint(tmp_path / "independent", replace(make_checkpoint(), exclusive=False))
    return str(tmp_path / "independent")


def test_exclusive_comes_with_the_weights(tiny_source: str, independent: str) -> None:
    for source, total in ((tiny_source, True), (independent, False)):
        doc = make_nlp(source, [TEXTCAT])(TEXTS[0])
        assert (abs(sum(doc.cats.values()) - 1) < 1e-5) is total
        nlp = spacy.blank("en")
        nlp.add_pipe(TEXTCAT, config={"source": source, "exclusive": total})
        assert nlp(TEXTS[0]).cats == doc.cats


@pytest.mark.parametrize("exclusive", [True, False])
def test_exclusive_against_the_weights(tiny_source: str, independent: str, exclusive: bool) -> None:
    nlp = spacy.blank("en")
    source = independent if exclusive else tiny_source
    nlp.add_pipe(TEXTCAT, config={"source": source, "exclusive": exclusive})
    for _ in range(2):
        with pytest.raises(ValueError, match=f"exclusive = {exclusive}, but"):
            nlp(TEXTS[0])


def test_training_may_use_the_same_categories_otherwise(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(TEXTCAT, config={"source": tiny_source, "exclusive": False})
    doc = nlp.make_doc(TEXTS[0])
    doc.cats = dict.fromkeys(MULTITASK_CATEGORIES, 0.0)
    nlp.initialize(lambda: [Example(nlp.make_doc(TEXTS[0]), doc)])
    total = sum(nlp(TEXTS[0]).cats.values())
    assert abs(total - 1) > 1e-3
