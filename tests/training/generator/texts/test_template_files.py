"""Files of templates: every template is filled, every group has a weight, mistakes are named."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import templates_of
from spacy_privacy_filter.training.generator.tables import number_lines
from spacy_privacy_filter.training.generator.texts.segments import render
from spacy_privacy_filter.training.generator.texts.template_files import (
    load_templates,
    load_weights,
    read_templates,
)
from spacy_privacy_filter.training.generator.texts.templates import Template


def test_every_template_is_filled_and_every_group_has_a_weight() -> None:
    for template in load_templates():
        text = "".join(segment.text for segment in render(template, Random(0)))
        assert "{{" not in text, template.text
    for split in ("train", "held"):
        assert {template.group for template in templates_of(split)} == set(load_weights())


def test_a_name_is_one_span() -> None:
    for template in load_templates():
        segments = render(template, Random(4))
        for left, between, right in zip(segments, segments[1:], segments[2:], strict=False):
            names = left.kind == right.kind == "private_person"
            assert not (names and between.text == " "), template.text


def test_texts_without_personal_data_have_no_span() -> None:
    plain = [t for t in load_templates() if t.group in ("plain", "decoy", "words")]
    assert len(plain) > 500
    for template in plain:
        kinds = {segment.kind for segment in render(template, Random(3))}
        assert kinds <= {"", "ignore"}, template.text


def test_groups_are_balanced() -> None:
    total = sum(load_weights().values())
    kinds = {
        "languages": ("record", "language", "native", "news", "web", "declined"),
        "names": ("names", "bare", "roster", "shapes", "against"),
        "nothing": ("decoy", "plain", "numbers", "words"),
        "exact": ("secret", "config", "log", "link", "account"),
    }
    shares = {
        kind: sum(load_weights()[name] for name in names) / total for kind, names in kinds.items()
    }
    assert shares == {
        "languages": pytest.approx(0.3, abs=0.04),
        "names": pytest.approx(0.15, abs=0.04),
        "nothing": pytest.approx(0.17, abs=0.04),
        "exact": pytest.approx(0.2, abs=0.04),
    }


def read(text: str) -> list[Template]:
    return list(read_templates(number_lines(text, "new.txt")))


def test_a_file_is_read_as_it_is_written() -> None:
    templates = read(
        "What it is about.\n\n=== group: chat; language: en\nhi {{person}}\\nbye\n\nyes\n"
        "\n=== language: de\nja\n"
        "=== group: mail; layout: blocks\nDear\n\n{{person}}\n---\n- second\n\n"
        "=== group: table; layout: tables; rows: 2-3\nhead: a\\tb\\n\n"
        "line:   {{n}}\\s\n---\nline: x\n"
    )
    assert templates == [
        Template("hi {{person}}\nbye", "en", "chat"),
        Template("yes", "en", "chat"),
        Template("ja", "de", "chat"),
        Template("Dear\n\n{{person}}", "de", "mail"),
        Template("- second", "de", "mail"),
        Template("  {{n}} ", "de", "table", head="a\tb\n", rows=(2, 3)),
        Template("x", "de", "table", rows=(2, 3)),
    ]


def test_languages_share_texts_and_dates_have_a_group() -> None:
    shared = read("=== group: native; languages: hi ta; each: 2\n{{n}}\n{{city}}\nc\n")
    assert [(t.language, t.text) for t in shared] == [
        *(("hi", "{{n}}"), ("hi", "{{city}}"), ("ta", "c"), ("ta", "{{n}}"))
    ]
    dated = read("=== group: plain; dated: language; language: en\nno\non {{date}}\n")
    assert [t.group for t in dated] == ["plain", "language"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("=== group: chat; tongue: en\nhi", "line 1: 'tongue: en' is none of: group"),
        ("=== group: chat; layout: prose\nhi", "line 1: 'layout: prose' is none of"),
        ("=== group: gossip; language: en\nhi", "line 1: no weight in templates/index.json for go"),
        ("about\n=== group: chat\nhi", "line 2: this section lacks: language"),
        ("=== group: chat; language: en\nhi\n{{telefone}}", "line 3: unknown slot 'telefone'"),
        ("=== group: mail; language: en; layout: blocks\nhi\n---\n", "line 4: an empty template"),
        ("=== group: table; language: en; layout: tables\nfoot: x", "line 2: 'foot' is no part"),
        ("=== group: table; language: en; layout: tables\nhead: x", "line 2: this table has no"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"new.txt, {message}"):
        read(text)
