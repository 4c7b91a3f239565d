"""Redaction as a whole: nothing that was found survives, and everything can be restored."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.mask import mask
from spacy_privacy_filter.redact.policy import SHIPPED, load_policy, method_policy
from spacy_privacy_filter.redact.result import Redaction
from spacy_privacy_filter.redact.surrogates.repeats import repeats
from spacy_privacy_filter.types import CharSpan

from ..helpers import assert_grows_linearly
from .helpers import KEY, find, texts_with_spans

PERSON = "private_person"
METHODS = ("mask", "number", "remove", "block", "hash", "encrypt", "surrogate")
POLICIES = [*(method_policy(method) for method in METHODS), *map(load_policy, SHIPPED)]
IDS = [policy.name for policy in POLICIES]


def covered(spans: list[CharSpan]) -> set[int]:
    return {i for span in spans for i in range(span.start_char, span.end_char)}


def outside(text: str, done: Redaction) -> str:
    """What the result has outside its replacements."""
    inside = {i for span in done.spans for i in range(span.start_char, span.end_char)}
    return "".join(c for i, c in enumerate(done.text) if i not in inside)


@pytest.mark.parametrize("policy", POLICIES, ids=IDS)
@settings(max_examples=40)
@given(case=texts_with_spans())
def test_what_was_found_is_gone_and_the_rest_is_there(policy, case) -> None:
    text, spans = case
    done = redact(text, spans, policy, key=KEY)
    gone = covered(spans)
    if policy.default.name == "encrypt":  # look-alikes of tokens are encrypted as well
        gone |= covered([CharSpan(s[3], s[4], s[2]) for s in done.spans])
    assert outside(text, done) == "".join(c for i, c in enumerate(text) if i not in gone)
    assert gone == covered([CharSpan(s[3], s[4], s[2]) for s in done.spans])
    for span in done.spans:
        source = text[span.source_start_char : span.source_end_char]
        value = done.text[span.start_char : span.end_char]
        if span.operator == "surrogate":
            assert not repeats(source, value)
            assert not any(source[i : i + 4] in value for i in range(len(source) - 3))
        if span.operator == "block":
            assert len(value) == len(source)


@pytest.mark.parametrize("policy", POLICIES, ids=IDS)
@settings(max_examples=40)
@given(case=texts_with_spans())
def test_the_mapping_restores_the_source(policy, case) -> None:
    text, spans = case
    done = redact(text, spans, policy, key=KEY)
    assert done.mapping.restore(done.text) == text


@pytest.mark.parametrize("policy", POLICIES, ids=IDS)
@settings(max_examples=20)
@given(case=texts_with_spans())
def test_the_order_of_spans_does_not_matter(policy, case) -> None:
    text, spans = case
    shuffled = random.Random(0).sample(spans * 2, 2 * len(spans))
    assert redact(text, spans, policy, key=KEY) == redact(text, shuffled, policy, key=KEY)


@settings(max_examples=100)
@given(case=texts_with_spans())
def test_the_policy_mask_is_the_function_mask(case) -> None:
    text, spans = case
    assert redact(text, spans, load_policy("mask")).text == mask(text, spans)


def test_many_mentions_take_no_long_time() -> None:
    def replace(n_people: int) -> None:
        names = [f"Given{chr(97 + i % 26)}{i} Family{i}" for i in range(n_people)]
        text, spans = "", []
        for name in names:
            mail = f"{name.lower().replace(' ', '.')}@example.org"
            spans.append(CharSpan(len(text), len(text) + len(name), PERSON))
            text += name + " "
            spans.append(CharSpan(len(text), len(text) + len(mail), "email"))
            text += mail + " "
        for method in ("number", "encrypt"):
            done = redact(text, spans, method_policy(method), key=KEY)
            assert done.mapping.restore(done.text) == text
            again = redact(done.text, [], method_policy("encrypt"), key=KEY)
            assert len(again.spans) == (2 * n_people if method == "encrypt" else 0)

    assert_grows_linearly(replace, 375)


def test_processes_agree() -> None:
    """Another process, with another seed of Python's own hashes, writes the same."""
    text = "Sarah Johnson, Tom Lee, sarah.johnson@example.org, +44 1632 960318, 4 May 1999"
    code = (
        "from tests.redact.helpers import KEY, find\n"
        "from spacy_privacy_filter.redact.engine import redact\n"
        "from spacy_privacy_filter.redact.policy import load_policy\n"
        f"text = {text!r}\n"
        "words = dict(zip(text.split(', '), ['person', 'person', 'email', 'phone', 'date']))\n"
        "print(redact(text, find(text, words), load_policy('research'), key=KEY).text)"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "1", "PATH": ""},
    ).stdout  # fmt: skip
    words = dict(zip(text.split(", "), ["person", "person", "email", "phone", "date"], strict=True))
    own = redact(text, find(text, words), load_policy("research"), key=KEY).text
    assert other == f"{own}\n"
    assert "Sarah" not in own
