"""The pipeline that ships: what it finds in texts of our own, offline."""

from __future__ import annotations

import json
import os
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.cli.package import generate_readme
from spacy.language import Language

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.source import SHIPPED
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS

from .helpers import FILTER, TEXTCAT, assert_close, outcomes, tagger, write_source

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not (SHIPPED / "network.json").exists(), reason="data/small has not been trained yet"
)

LETTER = """Dear Mrs Eleanor Whitcombe,

Thank you for coming to the clinic on 14 March 2025. Your results are normal. If the pain comes
back, please ring 01632 960 482 or write to e.whitcombe@example.org. The fee was charged to your
card 4111 1111 1111 1111.

Yours sincerely,
Dr Martin Okafor
"""
EXPECTED = {
    "Eleanor Whitcombe": "private_person",
    "14 March 2025": "private_date",
    "01632 960 482": "private_phone",
    "e.whitcombe@example.org": "private_email",
    "4111 1111 1111 1111": "account_number",
}
PLAIN = """The recipe is simple. Boil the potatoes until they are soft, drain them, and mash them
with butter, milk and a little salt. Serve them hot, with peas. Leftovers keep well in the fridge,
and can be fried the next morning."""
QUESTIONS = [
    ("Which foods should I avoid if I have high blood pressure?", {"Health"}),
    ("How do I install a printer driver on my laptop?", {"Computers & Internet"}),
    ("Which football team has won the world cup most often?", {"Sports"}),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe(FILTER)
    made.add_pipe(TEXTCAT)
    return made


def found(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(text[s.start_char : s.end_char], s.label) for s in nlp(text)._.privacy_spans]


@pytest.mark.parametrize("text", EXPECTED)
def test_a_clinic_letter(nlp: Language, text: str) -> None:
    hits = [label for words, label in found(nlp, LETTER) if text in words]
    assert hits == [EXPECTED[text]]


def test_characters_of_the_letter_are_covered_and_others_are_not(nlp: Language) -> None:
    words = " ".join(words for words, _ in found(nlp, LETTER))
    for plain in ("results are normal", "clinic", "pain", "sincerely"):
        assert plain not in words


def test_nothing_in_a_text_without_personal_data(nlp: Language) -> None:
    doc = nlp(PLAIN)
    assert doc._.privacy_spans == ()
    assert not doc.ents
    assert not doc.spans[FILTER]


@pytest.mark.parametrize("text", [LETTER, PLAIN, ""])
def test_categories_add_up(nlp: Language, text: str) -> None:
    cats = nlp(text).cats
    assert tuple(cats) == MULTITASK_CATEGORIES
    assert sum(cats.values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("question", "plausible"), QUESTIONS)
def test_plausible_categories(nlp: Language, question: str, plausible: set[str]) -> None:
    cats = nlp(question).cats
    assert max(cats, key=cats.__getitem__) in plausible


def test_labels_and_size(nlp: Language) -> None:
    nlp("Load the weights.")
    assert tagger(nlp).labels == OPENAI_LABELS
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*")) < 38e6


def test_the_letter_anywhere_in_a_long_text(nlp: Language) -> None:
    alone = found(nlp, LETTER)
    doc = "\n\n".join([PLAIN] * 5 + [LETTER] + [PLAIN] * 5)
    assert set(EXPECTED) <= {words for words, _ in found(nlp, doc)}
    assert len(alone) >= len(EXPECTED)


def test_saved_it_is_no_larger_and_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    weights: list[Any] = list(tmp_path.rglob("*.safetensors"))
    assert [file.stat().st_size for file in weights] == [
        (SHIPPED / "model.safetensors").stat().st_size
    ]
    assert_close(outcomes(spacy.load(tmp_path), [LETTER]), outcomes(nlp, [LETTER]))


def test_offline(nlp: Language) -> None:
    assert os.environ.get("HF_HUB_OFFLINE") == "1"
    assert tagger(nlp).network.settings.source is None


def test_the_meta_data_are_what_the_card_says() -> None:
    """`python -m recipes.small.card_meta` writes them anew."""
    found = runpy.run_path(str(ROOT / "recipes" / "small" / "card_meta.py"))
    card = (SHIPPED / "README.md").read_text(encoding="utf8")
    meta = found["make_meta"](card)
    assert json.loads((SHIPPED / "meta.json").read_text(encoding="utf8")) == meta
    row = re.search(r"^\| all \|.*?\| ([\d.]+) \([^|]*\| [\d.]+ \([^|]*\|$", card, re.MULTILINE)
    assert row is not None
    assert meta["performance"]["privacy_f"] == float(row[1])
    with pytest.raises(ValueError, match="no section 'Figures'"):
        found["make_meta"](card.replace("## Figures", "## Numbers"))


def test_a_pipeline_that_is_loaded_and_saved_carries_its_card(tmp_path: Path) -> None:
    load().to_disk(tmp_path / "nlp")
    meta = spacy.load(tmp_path / "nlp").meta
    assert (meta["name"], meta["lang"], meta["license"]) == ("privacy_small", "xx", "Apache-2.0")
    assert "only guard" in meta["notes"]
    sections = re.findall(r"^## (.*)$", meta["notes"], re.MULTILINE)
    assert {"Data", "Recipe", "Figures", "Failures seen"} <= set(sections)
    assert re.search(r"\| wnut17-dev \| 1009 \| private_person \|", meta["notes"])
    assert any("WNUT-17" in s["name"] and s["license"] == "CC BY 4.0" for s in meta["sources"])
    assert 0.5 < meta["performance"]["privacy_f"] < 1
    page = generate_readme(meta)
    assert "PRIVACY_F" in page
    assert "must not be used" in page


def test_what_was_measured_is_not_said_of_anything_else(nlp: Language, tmp_path: Path) -> None:
    stricter = load(thresholds=0.9).meta
    assert "license" in stricter
    assert "performance" not in stricter
    assert not nlp.meta.get("performance"), "a pipeline of the user's own"
    assert not load(write_source(tmp_path / "net")).meta.get("performance")
