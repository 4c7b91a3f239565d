"""Names as people write them."""

from __future__ import annotations

import importlib.util
import re
import sys
from importlib.metadata import requires
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.texts.template_files import load_templates
from spacy_privacy_filter.training.generator.values import people
from spacy_privacy_filter.training.generator.values.people import Person, make_person, write_name

seeds = st.integers(0, 2**32)


@given(seeds)
def test_initials_have_one_dot_each(seed: int) -> None:
    name = write_name(Random(seed), Person("Lena", "Brady", "en", "D"), "initial")
    assert re.fullmatch(r"L\.D\. ?Brady", name)


@pytest.mark.parametrize(
    "code", sorted({t.language for t in load_templates() if t.group == "native"})
)
def test_languages_with_names_alone_have_enough_names_in_their_script(code: str) -> None:
    names = {make_person(Random(seed), code).given for seed in range(300)}
    assert len({name for name in names if not name.isascii()}) > 30


def test_without_faker_the_extra_that_holds_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    with pytest.raises(ImportError, match="needs faker") as raised:
        people.__spec__.loader.exec_module(importlib.util.module_from_spec(people.__spec__))
    (extra,) = re.findall(r"spacy-privacy-filter\[(\w+)\]", str(raised.value))
    wanted = [text for text in requires("spacy-privacy-filter") or [] if f'"{extra}"' in text]
    assert any(text.startswith("faker") for text in wanted)


def test_chinese_names_have_the_family_name_first_and_foreign_ones_a_dot() -> None:
    rng = Random(5)
    drawn = [make_person(rng, "zh") for _ in range(400)]
    foreign = [person.full for person in drawn if person.culture == "zh_foreign"]
    assert 40 < len(foreign) < 140
    assert all(re.fullmatch(r"\w+[·・‧]\w+", name) for name in foreign)
    own = [person for person in drawn if person.culture == "zh"]
    assert all(person.full == person.family + person.given for person in own)
    assert len({person.full for person in own}) > 200


def test_vietnamese_names_have_middle_names() -> None:
    rng = Random(5)
    names = [make_person(rng, "vi").full for _ in range(100)]
    assert sum(len(name.split()) == 3 for name in names) > 30
    assert not any("_" in name or name.startswith("John ") for name in names)
