"""Templates: how a slot is written, which split a text is in, and what twins have in common."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.training.generator.texts.templates import SLOT, SPLITS, Template


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("{{person}}", ("person", None, None)),
        ("{{person:full}}", ("person", "full", None)),
        ("{{person#1}}", ("person", None, "1")),
        ("{{account:iban#a}}", ("account", "iban", "a")),
    ],
)
def test_how_a_slot_is_written(written: str, parts: tuple[str | None, ...]) -> None:
    match = SLOT.fullmatch(written)
    assert match is not None
    assert match.groups() == parts


@pytest.mark.parametrize("text", ["{person}", "{{}}", "{{a b}}", "{{person:full"])
def test_what_is_no_slot(text: str) -> None:
    assert SLOT.search(text) is None


def test_the_text_alone_decides_the_split() -> None:
    splits = [Template(f"Text {i}", "en", "letter").split for i in range(500)]
    assert splits == [Template(f"Text {i}", "xx", "plain", tail="x").split for i in range(500)]
    assert set(splits) == set(SPLITS)
    assert 60 < splits.count("held") < 140, "about one in five"


def test_twins_have_one_wording() -> None:
    one = Template("Dear {{person:full#1}}, {{ignored:your}} call", "en", "letter")
    two = Template("dear {{person}}, {{ignored}} CALL", "en", "letter")
    assert one.wording == two.wording == "dear {person},  call"
    assert one.wording != Template("Dear {{email}},  call", "en", "letter").wording
