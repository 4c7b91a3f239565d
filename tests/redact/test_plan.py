"""What is replaced: disjoint stretches, each with one operator."""

from __future__ import annotations

from typing import Any

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.plan import make_plan
from spacy_privacy_filter.redact.policy import SHIPPED, build_policy, load_policy
from spacy_privacy_filter.types import CharSpan


def test_one_label_may_not_show_what_another_hides() -> None:
    policy = build_policy(
        {"labels": {"date": "keep", "id": {"operator": "partial", "keep": 2}}}, "p"
    )
    text = "id 123456 of 1 May 2026"
    spans = [CharSpan(3, 23, "date"), CharSpan(3, 9, "name")]
    assert redact(text, spans, policy).text == "id [NAME] of 1 May 2026"
    spans = [CharSpan(3, 9, "id"), CharSpan(5, 8, "name")]
    assert redact(text, spans, policy).text == "id [NAME] of 1 May 2026"
    done = redact(text, [CharSpan(13, 23, "date"), CharSpan(3, 9, "id")], policy)
    assert done.text == "id ****56 of 1 May 2026"
    assert done.kept == {"date": 1}
    both = build_policy(
        {"kinds": {"age": "partial", "account": {"operator": "partial", "keep": 1}}}, "p"
    )
    spans = [CharSpan(3, 9, "id"), CharSpan(5, 8, "age")]
    assert redact(text, spans, both).text == "id [ID] of 1 May 2026"


SECRET_LINK = "https://example.org/x?token=" + "abc123"
KEY = "a key of sixteen bytes or more"


@pytest.mark.parametrize(
    "policy",
    [
        *("mask", "hipaa_safe_harbor", "gdpr_pseudonymise", "research", "llm_prompt"),
        {"default": "number", "labels": {"secret": "remove", "private_url": "keep"}},
        {"default": "encrypt", "kinds": {"secret": "block", "url": "number"}},
        {"default": "hash", "kinds": {"url": "partial"}},
        {"default": "surrogate", "kinds": {"secret": "mask"}},
    ],
)
def test_a_link_that_lets_in_is_hidden_as_a_secret_is(policy: Any) -> None:
    loaded = load_policy(policy)
    text = f"go to {SECRET_LINK} now"
    link = CharSpan(6, 6 + len(SECRET_LINK), "private_url", 0.95, "rule:url_with_secret")
    secret = link._replace(label="secret", source="network")
    ((_, operator),) = make_plan(text, [link], loaded).used
    ((_, wanted),) = make_plan(text, [secret], loaded).used
    assert operator is wanted
    assert SECRET_LINK not in redact(text, [link], loaded, key=KEY).text
    # What else was found there hides no less.
    wide = CharSpan(0, len(text), "private_url")
    ((mention, both),) = make_plan(text, [link, wide], loaded).used
    if loaded.find_rule("private_url").operator.name != "keep":
        assert (both, mention.text) == (wanted, text)


def test_any_other_link_is_hidden_as_its_label_says() -> None:
    policy = load_policy("llm_prompt")
    text = "go to https://example.org/x now"
    link = CharSpan(6, 27, "private_url", 0.95, "rule:url")
    assert redact(text, [link], policy).text == "go to [URL_1] now"
    told = link._replace(source="rule:url_with_secret")
    assert redact(text, [told], policy).text == "go to [PRIVATE_URL] now"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_policy_hides_a_handle(name: str) -> None:
    spans = [CharSpan(8, 13, "handle"), CharSpan(20, 25, "handle")]
    done = redact("thanks @ada_l, and @ada_l", spans, load_policy(name), key=KEY)
    first, second = (done.text[s.start_char : s.end_char] for s in done.spans)
    assert "ada" not in done.text
    assert first == second


def test_thresholds_are_by_label() -> None:
    policy = build_policy({"thresholds": {"default": 0.5, "b": 0.1}, "default": "mask"}, "p")
    spans = [CharSpan(0, 1, "a", 0.4), CharSpan(2, 3, "b", 0.4), CharSpan(4, 5, "a", 0.5)]
    assert redact("x y z", spans, policy).text == "x [B] [A]"


def test_a_span_outside_the_text_is_refused() -> None:
    policy = build_policy({"labels": {"date": "keep"}}, "p")
    for label in ("date", "person"):
        with pytest.raises(ValueError, match="the text has 6") as caught:
            redact("QWERTY", [CharSpan(0, 9, label)], policy)
        assert "QWERTY" not in str(caught.value)


def test_a_plan_holds_what_is_used_kept_and_dated_and_looks_like_a_token() -> None:
    policy = build_policy({"labels": {"date": "keep"}, "default": "encrypt"}, "p")
    text = "Ada, 1 May, [X:~AAAA~], born 2 May [Y:~BBBB~]"
    spans = [CharSpan(0, 3, "person"), CharSpan(5, 10, "date"), CharSpan(29, 45, "dob")]
    plan = make_plan(text, spans, policy)
    assert [(m.text, m.kind, operator.name) for m, operator in plan.used] == [
        ("Ada", "person", "encrypt"), ("2 May [Y:~BBBB~]", "date", "encrypt"),
    ]  # fmt: skip
    assert plan.kept == (CharSpan(5, 10, "date"),)
    assert sorted(plan.dates) == [(5, 10, "date"), (29, 45, "dob")]
    assert [mention.text for mention, _ in plan.literals] == ["[X:~AAAA~]"]
    assert "Ada" not in repr(plan)
