"""Records put together: the same for a language on every run, and in its own words."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.languages import load_languages
from spacy_privacy_filter.training.generator.texts.records import (
    CJK_SEPARATORS,
    compose,
    make_templates,
    plain_records,
)
from spacy_privacy_filter.training.generator.texts.templates import SLOT

LANGUAGES = load_languages()
CODES = pytest.mark.parametrize("code", ["de", "ja", "ar"])


@CODES
def test_a_language_has_the_same_templates_each_time(code: str) -> None:
    made = make_templates(LANGUAGES[code])
    assert made == make_templates(LANGUAGES[code])
    assert {template.language for template in made} == {code}
    assert {template.group for template in made} == {"record", "plain"}
    assert sum(template.group == "record" for template in made) > 30


@CODES
def test_a_record_has_some_fields_once_each(code: str) -> None:
    for seed in range(20):
        text = compose(LANGUAGES[code], Random(seed))
        assert text == compose(LANGUAGES[code], Random(seed))
        assert 1 <= sum(line.count("{{") for line in text.splitlines()) <= 10
        for slot in ("{{address}}", "{{email}}", "{{date:birth}}"):
            assert text.count(slot) <= 1


def test_records_of_chinese_and_japanese_are_set_apart_by_their_own_marks() -> None:
    texts = [compose(LANGUAGES["ja"], Random(seed)) for seed in range(40)]
    assert any(mark in text for mark in CJK_SEPARATORS[:3] for text in texts)
    assert not any(" | " in text or "; " in text for text in texts)


@CODES
def test_plain_records_have_words_and_nobody_behind_them(code: str) -> None:
    slots = {match[1] for text in plain_records(LANGUAGES[code]) for match in SLOT.finditer(text)}
    assert slots <= {"n", "measure", "price", "order", "drug"}
    assert len(plain_records(LANGUAGES[code])) == 8
