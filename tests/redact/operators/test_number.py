"""Numbered placeholders: one for each entity, none that a text holds."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy, method_policy

from ..helpers import find, write


@pytest.mark.parametrize(
    ("operator", "settings", "label", "text", "made"),
    [
        ("number", {}, "private_person", "Ada", "[PERSON_1]"),
        ("number", {"placeholder": "{label}-{n}"}, "x y", "Ada", "X_Y-1"),
    ],
)
def test_what_is_written(operator, settings, label, text, made) -> None:
    assert write(text, label, operator, **settings) == made


def test_numbers_of_labels_that_end_in_a_digit_differ() -> None:
    policy = build_policy({"default": {"operator": "number", "placeholder": "<{label}{n}>"}}, "p")
    text = "va vb vc vd ve vf vg vh vi vj vk w"
    spans = find(text, {**dict.fromkeys(text[:-2].split(), "id"), "w": "id1"})
    made = redact(text, spans, policy).text.split()
    assert len(set(made)) == 12


PERSON = "private_person"


def test_numbers_keep_clear_of_placeholders_in_the_text() -> None:
    text = "[PERSON_1] told Ada, and [PERSON_3] told Bob."
    done = redact(text, find(text, {"Ada": PERSON, "Bob": PERSON}), method_policy("number"))
    assert done.text == "[PERSON_1] told [PERSON_2], and [PERSON_3] told [PERSON_4]."
    answer = "So [PERSON_4] knows [PERSON_1], [PERSON_2] and [PERSON_20]."
    assert done.mapping.restore(answer) == "So Bob knows [PERSON_1], Ada and [PERSON_20]."
