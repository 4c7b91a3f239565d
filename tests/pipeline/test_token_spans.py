"""Characters to spaCy spans and entities: spans grow to tokens, and stay whole in `doc.ents`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span, SpanGroup

from spacy_privacy_filter.pipeline.token_spans import (
    ENTS_POLICIES,
    combine_ents,
    merge_tokens,
    to_spacy_spans,
)
from spacy_privacy_filter.types import CharSpan

from ..decoding.helpers import TEXTS, disjoint, solid

NLP = spacy.blank("en")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 7), (3, 3), (4, 2), (6, 7)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    text = "secret"
    with pytest.raises(ValueError, match=f"Characters {start} to {end} .* 6 characters") as error:
        to_spacy_spans(NLP(text), [CharSpan(start, end, "x")])
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("words", "spaces", "chars", "tokens"),
    [
        (["ab", "cd"], [True, False], (0, 2), (0, 1)),
        (["ab", "cd"], [True, False], (1, 4), (0, 2)),
        (["ab", "cd"], [True, False], (2, 4), (1, 2)),  # the space before is of no token
        (["ab", "cd"], [True, False], (0, 3), (0, 1)),  # nor is the one after
        (["ab", "cd"], [True, True], (5, 6), (1, 2)),  # but if it is all there is
        (["ab", "cd"], [True, True], (2, 3), (0, 1)),
        (["ab", " ", "cd"], [True, False, False], (2, 5), (1, 3)),
        (["ab", " ", "cd"], [True, False, False], (3, 4), (1, 2)),
        (["\n", "😀é", "\n\n"], [False, False, False], (2, 3), (1, 2)),
        (["\n", "😀é", "\n\n"], [False, False, False], (0, 5), (0, 3)),
    ],
)
def test_spans_grow_to_tokens(
    words: list[str], spaces: list[bool], chars: tuple[int, int], tokens: tuple[int, int]
) -> None:
    doc = Doc(NLP.vocab, words=words, spaces=spaces)
    (span,) = to_spacy_spans(doc, [CharSpan(*chars, "x")])
    assert (span.start, span.end, span.label_) == (*tokens, "x")


def test_two_spans_in_one_token_are_merged() -> None:
    doc = Doc(NLP.vocab, words=["a", "b/c", "d", "e"])
    chars = [CharSpan(0, 3, "x", 0.4), CharSpan(4, 7, "y", 0.6), CharSpan(8, 9, "y", 0.3)]
    spans = merge_tokens(to_spacy_spans(doc, chars), [char.score for char in chars])
    assert [(s.start, s.end, s.label_, score) for s, score in spans] == [
        (0, 3, "y", 0.6),
        (3, 4, "y", 0.3),
    ]
    doc.ents = [span for span, _ in spans]
    tie = merge_tokens([Span(doc, 0, 2, "x"), Span(doc, 1, 3, "y")], [0.5, 0.5])
    assert [(s.start, s.end, s.label_, score) for s, score in tie] == [(0, 3, "x", 0.5)]
    nested = merge_tokens([Span(doc, 1, 3, "y"), Span(doc, 0, 4, "x")], [0.9, 0.5])
    assert [(s.start, s.end, s.label_, score) for s, score in nested] == [(0, 4, "y", 0.9)]


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    """Docs of spaCy's own tokenizer, or with any tokens at all."""
    if draw(st.booleans()):
        return NLP.make_doc(draw(TEXTS))
    words = draw(st.lists(st.text(alphabet="ab \n\u00a0é😀", min_size=1, max_size=4), max_size=8))
    return Doc(NLP.vocab, words=words, spaces=[draw(st.booleans()) for _ in words])


@st.composite
def ranges(draw: st.DrawFn, n: int) -> tuple[int, int]:
    start = draw(st.integers(0, n - 1))
    return start, draw(st.integers(start + 1, n))


@settings(max_examples=300)
@given(docs(), st.data())
def test_spans_are_in_ents_whole_or_not_at_all(doc: Doc, data: st.DataObject) -> None:
    """Any characters, any entities before, any policy: set_ents takes it, and nothing is cut."""
    text, chars = doc.text, []
    if text:
        for start, end in data.draw(st.lists(ranges(len(text)), max_size=5)):
            score = data.draw(st.sampled_from([0.2, 0.5, 0.9]))
            chars.append(CharSpan(start, end, data.draw(st.sampled_from("xy")), score))
        before = [(*pair, data.draw(st.floats(0, 1))) for *pair, _ in data.draw(disjoint(len(doc)))]
        doc.ents = [Span(doc, start, end, "OLD") for start, end, _ in before]
        scores = [score for *_, score in before]
        doc.spans["old"] = SpanGroup(doc, spans=list(doc.ents), attrs={"scores": scores})
    grown = to_spacy_spans(doc, chars)
    for span, char in zip(grown, chars, strict=True):
        inside = {i for token in span for i in range(token.idx, token.idx + len(token))}
        assert solid(text, char.start_char, char.end_char) <= inside
        assert span.label_ == char.label
    old = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    merged = merge_tokens(grown, [char.score for char in chars])
    whole = [(span.start, span.end, span.label_) for span, _ in merged]
    for policy in ENTS_POLICIES:
        ents = combine_ents(doc, zip(grown, (c.score for c in chars), strict=True), policy)
        copy = Doc(
            doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]
        )
        copy.set_ents([Span(copy, ent.start, ent.end, ent.label) for ent in ents])
        now = [(ent.start, ent.end, ent.label_) for ent in ents]
        assert set(now) <= {*old, *whole}
        # What is left out met an entity that is in.
        taken = {token.i for ent in ents for token in ent}
        for start, end, label in whole:
            assert policy == "none" or (start, end, label) in now or taken & set(range(start, end))
        assert policy != "none" or now == old
        assert policy != "keep" or set(old) <= set(now)
        assert policy != "replace" or not {label for *_, label in now} - {"x", "y"}


# --- ours and theirs ---


def doc_with_ents() -> Doc:
    doc = Doc(NLP.vocab, words=["Ann", "Lee", "at", "12", "Main", "St", ",", "Rome"])
    doc.ents = [
        Span(doc, 0, 1, "PERSON"),
        Span(doc, 3, 4, "CARDINAL", kb_id="Q12"),
        Span(doc, 7, 8, "GPE"),
    ]
    return doc


def ours(doc: Doc) -> list[tuple[Span, float]]:
    return [(Span(doc, 0, 2, "person"), 0.8), (Span(doc, 3, 6, "address"), 0.6)]


def shown(ents: Iterable[Span]) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in ents]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "keep",
            [("Ann", "PERSON"), ("12", "CARDINAL"), ("Rome", "GPE")],
        ),
        ("replace", [("Ann Lee", "person"), ("12 Main St", "address")]),
        ("merge", [("Ann Lee", "person"), ("12 Main St", "address"), ("Rome", "GPE")]),
        ("none", [("Ann", "PERSON"), ("12", "CARDINAL"), ("Rome", "GPE")]),
    ],
)
def test_policies(policy: str, expected: list[tuple[str, str]]) -> None:
    doc = doc_with_ents()
    ents = combine_ents(doc, ours(doc), policy)
    assert shown(ents) == expected
    doc.set_ents(ents)
    assert shown(doc.ents) == expected


def test_kept_entities_keep_their_ids() -> None:
    doc = doc_with_ents()
    doc.set_ents(combine_ents(doc, ours(doc), "keep"))
    assert [ent.kb_id_ for ent in doc.ents] == ["", "Q12", ""]


@pytest.mark.parametrize(("score", "wins"), [(0.81, True), (0.8, False), (0.0, False)])
def test_merge_looks_up_scores(score: float, wins: bool) -> None:
    doc = doc_with_ents()
    listed = [Span(doc, 0, 1, "PERSON"), Span(doc, 3, 4, "DATE")]  # the second has another label
    group = SpanGroup(
        doc, spans=listed, attrs={"scores": np.asarray([score, 1.0], dtype="float64")}
    )
    doc.spans["sc"] = group
    doc.spans["no scores"] = [Span(doc, 0, 1, "PERSON")]
    doc.spans["other length"] = SpanGroup(doc, spans=listed, attrs={"scores": [1.0]})
    doc.spans["nan"] = SpanGroup(doc, spans=listed, attrs={"scores": [float("nan"), 1.0]})
    ents = shown(combine_ents(doc, ours(doc), "merge"))
    first = ("Ann", "PERSON") if wins else ("Ann Lee", "person")
    assert ents == [first, ("12 Main St", "address"), ("Rome", "GPE")]


@pytest.mark.parametrize("policy", ["keep", "merge"])
def test_who_loses_is_left_out_whole(policy: str) -> None:
    doc = Doc(NLP.vocab, words=["at", "Ann", "Lee", "in", "Rome"])
    doc.ents = [Span(doc, 0, 2, "OLD"), Span(doc, 3, 5, "OLD")]
    scores = {"scores": [0.1, 0.9]}
    doc.spans["old"] = SpanGroup(doc, spans=list(doc.ents), attrs=scores)
    ents = combine_ents(doc, [(Span(doc, 1, 4, "x"), 0.5)], policy)
    assert shown(ents) == [("at Ann", "OLD"), ("in Rome", "OLD")]


def test_what_loses_to_nobody_makes_no_gap() -> None:
    """In a chain, the entity in the middle is left out, and what it alone would meet stays."""
    doc = Doc(NLP.vocab, words=["a", "b", "c", "d", "e"])
    doc.ents = [Span(doc, 1, 3, "OLD")]
    doc.spans["old"] = SpanGroup(doc, spans=list(doc.ents), attrs={"scores": [0.5]})
    ours = [(Span(doc, 0, 2, "x"), 0.9), (Span(doc, 2, 4, "y"), 0.1)]
    assert shown(combine_ents(doc, ours, "merge")) == [("a b", "x"), ("c d", "y")]


def test_a_phone_number_around_a_number_is_not_cut() -> None:
    doc = NLP("Call (202) 555-0143 now.")
    (digits,) = (token.i for token in doc if token.text == "202")
    doc.ents = [Span(doc, digits, digits + 1, "CARDINAL")]
    (phone,) = to_spacy_spans(doc, [CharSpan(5, 19, "private_phone")])
    assert shown(combine_ents(doc, [(phone, 0.9)], "keep")) == [("202", "CARDINAL")]
    assert shown(combine_ents(doc, [(phone, 0.9)], "merge")) == [
        ("(202) 555-0143", "private_phone")
    ]


def test_unknown_policy_is_refused() -> None:
    doc = doc_with_ents()
    with pytest.raises(
        ValueError, match=r"'overwrite'\. Choose one of: keep, replace, merge, none"
    ):
        combine_ents(doc, [], "overwrite")


def test_empty() -> None:
    doc = NLP("")
    assert to_spacy_spans(doc, []) == []
    assert merge_tokens([], []) == []
    assert [combine_ents(doc, [], policy) for policy in ENTS_POLICIES] == [[]] * 4
