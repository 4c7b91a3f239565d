"""Redaction as a whole: nothing that was found survives, and everything can be restored."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings

from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.mask import mask
from spacy_privacy_filter.redact.policy import SHIPPED, build_policy, load_policy, method_policy
from spacy_privacy_filter.redact.result import Redaction
from spacy_privacy_filter.redact.similar import repeats
from spacy_privacy_filter.types import CharSpan

from ..helpers import assert_linear
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


@settings(max_examples=100)
@given(case=texts_with_spans())
def test_offsets_lead_both_ways(case) -> None:
    text, spans = case
    done = redact(text, spans, method_policy("number"))
    gone = covered(spans)
    for i, char in enumerate(text):
        start, end = done.to_redacted(i, i + 1)
        if i not in gone:
            assert done.text[start:end] == char
            assert done.to_source(start, end) == (i, i + 1)
        else:
            (span,) = [s for s in done.spans if s.source_start_char <= i < s.source_end_char]
            assert (start, end) == (span.start_char, span.end_char)
            if start < end:
                assert done.to_source(start, end) == (span.source_start_char, span.source_end_char)
    assert done.to_redacted(0, len(text)) == (0, len(done.text))
    assert done.to_source(0, len(done.text)) == (0, len(text))
    with pytest.raises(ValueError, match="not in the text"):
        done.to_redacted(0, len(text) + 1)


def test_a_name_is_one_person_in_all_its_forms() -> None:
    text = "Sarah Johnson; Ms Johnson; Sarah; JOHNSON, S.; Tom Johnsson; Sarah's"
    words = dict.fromkeys(text.split("; "), PERSON)
    done = redact(text, find(text, words), method_policy("number"))
    assert done.text == "[PERSON_1]; [PERSON_1]; [PERSON_1]; [PERSON_1]; [PERSON_2]; [PERSON_1]"
    made = redact(text, find(text, words), method_policy("surrogate"), key=KEY).text.split("; ")
    first, last = made[0].split()
    assert made[1:4] == [f"Ms {last}", first, f"{last.upper()}, {first[0]}."]
    assert made[5] == f"{first}'s"
    assert set(made[4].split()).isdisjoint({first, last})


def test_a_name_that_could_be_two_people_is_neither() -> None:
    text = "Sarah Johnson, Tom Johnson, Johnson"
    words = {"Sarah Johnson": PERSON, "Tom Johnson": PERSON}
    spans = [*find(text, words), CharSpan(28, 35, PERSON)]
    assert redact(text, spans, method_policy("number")).text == "[PERSON_1], [PERSON_2], [PERSON_3]"


def test_a_title_says_that_it_is_the_family_name() -> None:
    text = "Taylor Smith, Ms Taylor, Ms Smith"
    done = redact(
        text, find(text, dict.fromkeys(text.split(", "), PERSON)), method_policy("number")
    )
    assert done.text == "[PERSON_1], [PERSON_2], [PERSON_1]"


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("Dear Mrs Okafor, your son, Daniel Okafor", "Mrs Okafor|Daniel Okafor", [1, 2]),
        ("Dear Mrs Okafor, your son, Daniel Okafor", "Okafor|Daniel Okafor", [1, 2]),
        ("Dear Mrs Ek, your son, Chidi Ek", "Mrs Ek|Chidi Ek", [1, 2]),
        ("Mr Lee and Mrs Lee", "Mr Lee|Mrs Lee", [1, 2]),
        ("Mr Lee and Mrs Lee", "Lee|Lee", [1, 2]),
        ("Mr. Lee, Mrs Lee; Lee came", "Lee|Lee|Lee", [1, 2, 3]),
        ("Mr Lee; then Lee came", "Mr Lee|Lee", [1, 1]),
        ("Dr. Lee saw Mr. Lee. Ann Lee came.", "Dr. Lee|Mr. Lee|Ann Lee", [1, 2, 3]),
        ("Dr. Lee saw Mr. Lee", "Lee|Lee", [1, 2]),
        ("Chidi Ek, Mr Ek, Mrs Ek", "Chidi Ek|Mr Ek|Mrs Ek", [1, 2, 3]),
        ("Mr Chidi Ek, Mr Ek, Mrs Ek", "Mr Chidi Ek|Mr Ek|Mrs Ek", [1, 1, 2]),
        ("Mr Sam Ek, Mrs Sam Ek, Sam Ek", "Mr Sam Ek|Mrs Sam Ek|Sam Ek", [1, 2, 3]),
        ("Ms Ashley Ek, Ashley Ek, Ek", "Ms Ashley Ek|Ashley Ek|Ek", [1, 1, 1]),
        ("Prof. Ada King, Dr King, Ada", "Prof. Ada King|Dr King|Ada", [1, 1, 1]),
        ("Mr. Tom Ray saw Ms. S. Ray and T. Ray", "Tom Ray|S. Ray|T. Ray", [1, 2, 1]),
    ],
)
def test_people_who_contradict_each_other_stay_apart(
    text: str, names: str, numbers: list[int]
) -> None:
    spans, at = [], 0
    for name in names.split("|"):
        start = text.index(name, at)
        at = start + len(name)
        spans.append(CharSpan(start, at, PERSON))
    done = redact(text, spans, method_policy("number"))
    assert [int(n) for n in re.findall(r"\[PERSON_(\d)\]", done.text)] == numbers
    assert done.mapping.restore(done.text) == text
    assert redact(text, spans[::-1], method_policy("number")).text == done.text
    made = redact(text, spans, method_policy("surrogate"), key=KEY)
    assert made.mapping.restore(made.text) == text
    values = [made.text[span.start_char : span.end_char] for span in made.spans]
    family = [value.split()[-1] for value in values]  # of a given name alone there is none
    for i, n in enumerate(numbers):
        for j in range(i):
            if numbers[j] != n:
                assert family[i] != family[j]


def test_numbers_keep_clear_of_placeholders_in_the_text() -> None:
    text = "[PERSON_1] told Ada, and [PERSON_3] told Bob."
    done = redact(text, find(text, {"Ada": PERSON, "Bob": PERSON}), method_policy("number"))
    assert done.text == "[PERSON_1] told [PERSON_2], and [PERSON_3] told [PERSON_4]."
    answer = "So [PERSON_4] knows [PERSON_1], [PERSON_2] and [PERSON_20]."
    assert done.mapping.restore(answer) == "So Bob knows [PERSON_1], Ada and [PERSON_20]."


def test_an_answer_with_a_placeholder_of_two_people_keeps_it() -> None:
    text = "Ada and Bob, 1 May"
    spans = find(text, {"Ada": PERSON, "Bob": PERSON, "1 May": "private_date"})
    done = redact(text, spans, load_policy("mask"))
    with pytest.warns(
        UserWarning, match="^1 replacement left as they are: each stands for"
    ) as told:
        assert done.mapping.restore("[PRIVATE_PERSON], on [PRIVATE_DATE]") == (
            "[PRIVATE_PERSON], on 1 May"
        )
    assert "Ada" not in str(told[0].message)
    assert done.mapping.restore(done.text) == text


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


def test_thresholds_are_by_label() -> None:
    policy = build_policy({"thresholds": {"default": 0.5, "b": 0.1}, "default": "mask"}, "p")
    spans = [CharSpan(0, 1, "a", 0.4), CharSpan(2, 3, "b", 0.4), CharSpan(4, 5, "a", 0.5)]
    assert redact("x y z", spans, policy).text == "x [B] [A]"


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


def test_given_names_alone_tell_people_of_a_corpus_apart() -> None:
    """There are more people here than given names in Faker's list."""
    policy = build_policy({"scope": "corpus", "default": "surrogate"}, "p")
    firsts = [f"Gi{a}{b}{c}" for a in "abcdefghi" for b in "abcdefghi" for c in "abcdefghi"]
    texts = {f"{first} Fam{first[2:]}; {first}": first for first in firsts}
    corpus = Corpus(policy, KEY)
    spans = {
        text: [CharSpan(0, len(text) - len(first) - 2, PERSON),
               CharSpan(len(text) - len(first), len(text), PERSON)]
        for text, first in texts.items()
    }  # fmt: skip
    for text in texts:
        corpus.add(text, spans[text])
    made = [redact(text, spans[text], policy, corpus=corpus).text for text in texts]
    assert len({text.split("; ")[1].casefold() for text in made}) == len(texts)
    assert all(text.startswith(text.split("; ")[1]) for text in made)
    assert not any("[" in text for text in made)


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


@pytest.mark.parametrize("form", ["{first} {last}", "{last}", "{first[0]}. {last}"])
def test_many_people_all_differ(form: str) -> None:
    people = [
        (f"Per{chr(97 + i % 26)}", f"Fam{chr(97 + i // 26)}{chr(97 + i % 26)}") for i in range(600)
    ]
    names = [form.format(first=first, last=last) for first, last in people]
    text = "; ".join(names)
    policy = method_policy("surrogate")
    done = redact(text, find(text, dict.fromkeys(names, PERSON)), policy, key=KEY)
    assert len(set(done.text.casefold().split("; "))) == 600
    assert len(done.mapping.names) == 600
    assert None not in done.mapping.names.values()
    assert "[" not in done.text


def test_many_mentions_take_no_long_time() -> None:
    def run(n: int) -> None:
        names = [f"Given{chr(97 + i % 26)}{i} Family{i}" for i in range(n)]
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
            assert len(again.spans) == (2 * n if method == "encrypt" else 0)

    assert_linear(run, 2000)


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


def test_printing_shows_no_text() -> None:
    text = "Ada Lovelace"
    done = redact(text, [CharSpan(0, 12, PERSON)], method_policy("surrogate"), key=KEY)
    shown = f"{done!r} {done} {done.mapping!r} {done.spans!r}"
    assert "Ada" not in shown
    assert "Lovelace" not in shown
    assert repr(done) == "Redaction(1 spans: private_person: 1)"


def test_a_span_outside_the_text_is_refused() -> None:
    policy = build_policy({"labels": {"date": "keep"}}, "p")
    for label in ("date", "person"):
        with pytest.raises(ValueError, match="the text has 6") as caught:
            redact("QWERTY", [CharSpan(0, 9, label)], policy)
        assert "QWERTY" not in str(caught.value)


@pytest.mark.parametrize("label", ["", " "])
def test_a_span_without_a_label_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="needs a label, but that of number 0"):
        redact("Ada", [(0, 3, label)], load_policy("mask"))  # type: ignore[list-item]
