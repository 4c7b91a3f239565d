"""What operators share: settings that are refused, keys, and the scope of a corpus."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, find, write


@pytest.mark.parametrize(
    ("operator", "settings", "message"),
    [
        ("number", {"placeholder": "[X]"}, r"must hold '\{n\}'"),
        ("number", {"placeholder": "<{n}>"}, r"must hold '\{label\}', but is '<\{n\}>'"),
        ("hash", {"placeholder": "[X]"}, r"must hold '\{hash\}'"),
        ("hash", {"length": 7}, "8 to 64"),
        ("block", {"char": ""}, "one character"),
        ("partial", {"char": "xx"}, "one character"),
        ("partial", {"side": "left"}, "'left'"),
        ("partial", {"keep": 0}, "at least 1"),
        ("shift_dates", {"max_days": 0}, "at least 1"),
        ("generalise", {"age_band": 0}, "at least 1"),
        ("surrogate", {"locale": "de_XX"}, "de_DE"),
        ("custom", {"function": 3}, "is a function"),
    ],
)
def test_bad_settings_are_refused(operator, settings, message) -> None:
    with pytest.raises(ValueError, match=message):
        write("Ada", "x", operator, **settings)


PERSON = "private_person"


@pytest.mark.parametrize("method", ["hash", "encrypt", "surrogate", "shift_dates"])
def test_a_key_is_needed(method: str) -> None:
    spans = [CharSpan(0, 3, PERSON)]
    policy = build_policy({"kinds": {"person": method}}, "p")
    with pytest.raises(ValueError, match="needs a key"):
        redact("Ada", spans, policy)
    with pytest.raises(ValueError, match="too short: 5 bytes") as caught:
        redact("Ada", spans, policy, key="12345")
    assert "12345" not in str(caught.value)
    assert redact("", [], policy).text == ""


CORPUS_TEXTS = [
    f"{first} {last} wrote to Ms {last}."
    for first in ("Ada", "Bea", "Cy", "Dag")
    for last in ("Okoye", "Lund", "Marsh", "Petrov", "Singh")
]


def people(text: str) -> list[CharSpan]:
    full, _, short = text[:-1].partition(" wrote to ")
    return find(text, {full: PERSON, short: PERSON})


@pytest.mark.parametrize("method", ["number", "surrogate"])
def test_a_corpus_is_the_same_in_any_order_and_no_two_people_meet(method: str) -> None:
    policy = build_policy({"scope": "corpus", "default": method}, "p")
    results = []
    for order in (list(CORPUS_TEXTS), CORPUS_TEXTS[::-1]):
        corpus = Corpus(policy, KEY)
        for text in order:
            corpus.add(text, people(text))
        done = {text: redact(text, people(text), policy, corpus=corpus) for text in order}
        results.append({text: r.text for text, r in done.items()})
        assert all(r.mapping.restore(r.text) == text for text, r in done.items())
    assert results[0] == results[1]
    assert len({made.partition(" wrote")[0] for made in results[0].values()}) == len(CORPUS_TEXTS)


def test_a_corpus_closes_when_it_is_used() -> None:
    policy = build_policy({"scope": "corpus", "default": "number"}, "p")
    corpus = Corpus(policy, KEY)
    corpus.add("Ada", [CharSpan(0, 3, PERSON)])
    assert redact("Ada", [CharSpan(0, 3, PERSON)], policy, corpus=corpus).text == "[PERSON_1]"
    with pytest.raises(ValueError, match="Add all texts first"):
        corpus.add("Bob", [CharSpan(0, 3, PERSON)])
    with pytest.raises(ValueError, match="every text must be known"):
        redact("Ada", [CharSpan(0, 3, PERSON)], policy, key=KEY)
    with pytest.raises(ValueError, match="was not added"):
        redact("Eve", [CharSpan(0, 3, PERSON)], policy, corpus=corpus)
