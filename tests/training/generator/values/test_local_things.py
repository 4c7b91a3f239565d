"""Organisations, places, works and jobs by their names in a language."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.tables import read_table
from spacy_privacy_filter.training.generator.texts.segments import Filler
from spacy_privacy_filter.training.generator.texts.template_files import load_templates
from spacy_privacy_filter.training.generator.texts.templates import SLOT
from spacy_privacy_filter.training.generator.values.local_things import THINGS, make_local


def test_each_template_asks_for_a_list_that_its_language_has() -> None:
    for template in load_templates():
        for match in SLOT.finditer(template.text):
            if match[1] == "local":
                assert make_local(Random(1), template.language, match[2])


def test_a_thing_has_no_label() -> None:
    segments = Filler(Random(3), "zh").fill("{{person:full}}在{{local:org}}工作")
    kinds = [segment.kind for segment in segments]
    assert kinds == ["private_person", "", "", ""]
    assert segments[2].text in read_table(THINGS)["zh"]["org"]


def test_a_list_that_is_lacking_is_named() -> None:
    with pytest.raises(ValueError, match="'vi' has no list 'river'"):
        make_local(Random(1), "vi", "river")


def test_lists_hold_no_thing_twice_and_no_blank_at_an_end() -> None:
    for lists in read_table(THINGS).values():
        for things in lists.values():
            assert things == list(dict.fromkeys(thing.strip() for thing in things))
