"""Templates filled: unknown slots are refused, marks keep values together."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import generate
from spacy_privacy_filter.training.generator.texts.segments import Filler, render
from spacy_privacy_filter.training.generator.texts.templates import Template


def test_unknown_slot_and_split_are_refused() -> None:
    with pytest.raises(ValueError, match="Unknown slot 'telefone'"):
        Filler(Random(0), "en").fill("call {{telefone}}")
    with pytest.raises(ValueError, match="Unknown split 'dev'"):
        list(generate(1, 1, "dev"))


def test_marks_keep_a_person_together() -> None:
    filler = Filler(Random(1), "en")
    text = [s.text for s in filler.fill("{{person:given#a}}|{{person:family#a}}|{{person:full#a}}")]
    given_name, _, family_name, _, full = text
    assert given_name in full
    assert family_name in full


def test_a_table_has_another_person_in_each_line() -> None:
    table = Template("{{person:full#1}}", "en", "table", head="names\n", rows=(6, 6))
    lines = "".join(segment.text for segment in render(table, Random(2))).split("\n")
    assert lines[0] == "names"
    assert len(set(lines[1:])) > 1


def test_an_ending_of_the_name_is_in_its_span() -> None:
    (name, rest) = Filler(Random(1), "or").fill("{{person:full+ଙ୍କ}} ଜନ୍ମ")
    assert name.kind == "private_person"
    assert name.text.endswith("ଙ୍କ")
    assert "+" not in name.text
    assert rest.text == " ଜନ୍ମ"
