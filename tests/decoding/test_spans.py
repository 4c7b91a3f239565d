"""Tag paths to characters to spaCy spans and back: no predicted character is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span, SpanGroup

from spacy_privacy_filter.decoding.spans import (
    ENTS_POLICIES,
    char_spans,
    combine_ents,
    merge_tokens,
    path_spans,
    to_spacy_spans,
)
from spacy_privacy_filter.labels.tags import BIO, OUTSIDE, SCHEMES, TagSet
from spacy_privacy_filter.types import CharSpan, Floats2d, Ints1d, Pieces

TAGS = TagSet.from_labels(["x", "y"])
NLP = spacy.blank("en")
# Letters, many kinds of white space, and characters of two, three and four bytes.
TEXTS = st.one_of(
    st.text(alphabet="ab. \n\t\r\u00a0\u3000\u200b\u0301éж😀👩‍🔬", max_size=30),
    st.text(max_size=30),
)


def cut(text: str, byte_cuts: Iterable[int]) -> Pieces:
    """Cut a text into pieces at bytes, so that a character may lie in several of them."""
    owner = np.repeat(np.arange(len(text)), [len(char.encode()) for char in text])
    edges = sorted({0, len(owner), *(at for at in byte_cuts if at < len(owner))})
    starts = np.asarray([owner[at] for at in edges[:-1]], dtype=np.int64)
    ends = np.asarray([owner[at - 1] + 1 for at in edges[1:]], dtype=np.int64)
    return Pieces(np.zeros(len(starts), dtype=np.int64), starts, ends)


def path_of(*names: str, tags: TagSet = TAGS) -> Ints1d:
    return np.asarray([tags.ids[name] for name in names], dtype=np.int64)


def certain(path: Ints1d, probability: float | Iterable[float] = 1.0) -> Floats2d:
    """Log-probabilities that give the path's tag this probability, and the rest to no one."""
    log_probs = np.full((len(path), len(TAGS)), -np.inf)
    log_probs[np.arange(len(path)), path] = np.log(probability)
    return log_probs


def write(n: int, spans: Iterable[tuple[int, int, int]], tags: TagSet) -> Ints1d:
    """The legal path of some disjoint spans."""
    path = np.full(n, tags.ids[OUTSIDE])
    for start, end, label in spans:
        ids = tags.label_tags(tags.labels[label])
        path[start:end] = ids["I"]
        path[end - 1] = ids.get("E", ids["I"])
        path[start] = ids["B"] if end - start > 1 else ids.get("S", ids["B"])
    return path


@st.composite
def disjoint(draw: st.DrawFn, n: int) -> list[tuple[int, int, int]]:
    """Disjoint stretches of range(n), each with a label 0 or 1."""
    edges = sorted(draw(st.sets(st.integers(0, n), max_size=8)))
    every = pairwise(edges)
    return [(*pair, draw(st.integers(0, 1))) for pair in every if draw(st.booleans())]


@st.composite
def predictions(draw: st.DrawFn) -> tuple[str, Pieces, list[tuple[int, int, int]]]:
    text = draw(TEXTS)
    pieces = cut(text, draw(st.sets(st.integers(0, 120), max_size=40)) if text else ())
    return text, pieces, draw(disjoint(len(pieces)))


def solid(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, end) if not text[i].isspace()}


# --- tag path -> pieces ---


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_legal_paths_are_read_exactly(scheme: str, data: st.DataObject) -> None:
    tags = TagSet.from_labels(["x", "y"], scheme)
    n = data.draw(st.integers(0, 20))
    spans = data.draw(disjoint(n))
    assert path_spans(write(n, spans, tags), tags) == spans


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("O I-x O", [(1, 2, 0)]),
        ("I-x I-x E-x", [(0, 3, 0)]),
        ("B-x I-x O", [(0, 2, 0)]),
        ("B-x O E-x", [(0, 1, 0), (2, 3, 0)]),
        ("B-x B-x", [(0, 1, 0), (1, 2, 0)]),
        ("B-x I-y E-x", [(0, 1, 0), (1, 2, 1), (2, 3, 0)]),
        ("S-x E-x E-x", [(0, 1, 0), (1, 2, 0), (2, 3, 0)]),
        ("B-x E-x I-x I-x", [(0, 2, 0), (2, 4, 0)]),
        ("B-x S-x I-x", [(0, 1, 0), (1, 2, 0), (2, 3, 0)]),
    ],
)
def test_illegal_paths_lose_nothing(names: str, expected: list[tuple[int, int, int]]) -> None:
    assert path_spans(path_of(*names.split()), TAGS) == expected


def test_illegal_bio() -> None:
    tags = TagSet.from_labels(["x", "y"], BIO)
    path = path_of("I-x", "I-x", "I-y", "O", "B-y", "I-x", tags=tags)
    assert path_spans(path, tags) == [(0, 2, 0), (2, 3, 1), (4, 5, 1), (5, 6, 0)]


@given(st.lists(st.integers(0, len(TAGS) - 1), max_size=12))
def test_every_tag_but_o_is_in_one_span(path: list[int]) -> None:
    found = [-1] * len(path)
    spans = path_spans(np.asarray(path, dtype=np.int64), TAGS)
    for start, end, label in spans:
        assert start < end
        assert found[start:end] == [-1] * (end - start)
        found[start:end] = [label] * (end - start)
    assert found == TAGS.label_ids[path].tolist()
    assert spans == sorted(spans)


# --- pieces -> characters ---


def test_char_spans_are_exact() -> None:
    text = "Hi Ann Lee, bye \n"
    pieces = cut(text, [2, 6, 10, 11, 15])  # "Hi", " Ann", " Lee", ",", " bye", " \n"
    path = path_of("O", "B-x", "E-x", "O", "S-y", "S-x")
    log_probs = certain(path, [0.9, 0.9, 0.5, 1.0, 0.25, 1.0])
    spans = char_spans(text, pieces, path, TAGS, log_probs)
    assert [span[:3] for span in spans] == [(3, 10, "x"), (12, 15, "y")]
    assert [span.score for span in spans] == pytest.approx([0.7, 0.25])
    assert all(type(value) is int for span in spans for value in span[:2])


@pytest.mark.parametrize(("probabilities", "label"), [((0.9, 0.4), "x"), ((0.4, 0.9), "y")])
def test_two_labels_in_one_character(probabilities: tuple[float, float], label: str) -> None:
    text = "ab😀cd"
    pieces = cut(text, [4])  # "ab" and half of the emoji, the other half and "cd"
    path = path_of("S-x", "S-y")
    spans = char_spans(text, pieces, path, TAGS, certain(path, probabilities))
    assert spans == [(0, 5, label, pytest.approx(0.9))]


def test_score_is_a_probability_whatever_the_rounding() -> None:
    path = path_of("S-x")
    log_probs = certain(path).astype(np.float32) + np.float32(1e-3)
    assert char_spans("a", cut("a", ()), path, TAGS, log_probs)[0].score == 1.0


def test_lengths_must_agree() -> None:
    pieces, path = cut("secret", [3]), path_of("O", "S-x")
    char_spans("secret", pieces, path, TAGS, certain(path))
    for wrong_path, log_probs in ((path[:1], certain(path)), (path, certain(path)[:, :5])):
        with pytest.raises(ValueError, match=r"must have shape \(2,\)") as error:
            char_spans("secret", pieces, wrong_path, TAGS, log_probs)
        assert "secret" not in str(error.value)


@settings(max_examples=300)
@given(predictions())
def test_characters_are_those_of_the_pieces(
    case: tuple[str, Pieces, list[tuple[int, int, int]]],
) -> None:
    text, pieces, spans = case
    path = write(len(pieces), spans, TAGS)
    found = char_spans(text, pieces, path, TAGS, certain(path))
    wanted = set()
    for start, end, _ in spans:
        wanted |= solid(text, pieces.starts[start], pieces.ends[end - 1])
    assert set().union(*(solid(text, *span[:2]) for span in found)) == wanted
    for span in found:
        held = text[span.start_char : span.end_char]
        assert held
        assert held == held.strip()
    pairs = pairwise(found)
    assert all(left.end_char <= right.start_char for left, right in pairs)
    shared = any(pieces.ends[a[1] - 1] > pieces.starts[b[0]] for a in spans for b in spans if a < b)
    if not shared:
        assert len(found) == sum(
            bool(solid(text, pieces.starts[start], pieces.ends[end - 1])) for start, end, _ in spans
        )


# --- characters -> tokens ---


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
def test_no_predicted_character_is_lost_in_ents(doc: Doc, data: st.DataObject) -> None:
    """Any characters, any entities before, any policy: set_ents takes it, and all of ours is in."""
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
    for policy in ENTS_POLICIES:
        ents = combine_ents(doc, zip(grown, (c.score for c in chars), strict=True), policy)
        copy = Doc(
            doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]
        )
        copy.set_ents([Span(copy, ent.start, ent.end, ent.label) for ent in ents])
        taken = {token.i for ent in ents for token in ent}
        ours = {t.i for span in grown for t in span if not t.is_space}
        assert policy == "none" or ours <= taken
        now = [(ent.start, ent.end, ent.label_) for ent in ents]
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
            [
                ("Ann", "PERSON"),
                ("Lee", "person"),
                ("12", "CARDINAL"),
                ("Main St", "address"),
                ("Rome", "GPE"),
            ],
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
    assert [ent.kb_id_ for ent in doc.ents] == ["", "", "Q12", "", ""]


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
    first = [("Ann", "PERSON"), ("Lee", "person")] if wins else [("Ann Lee", "person")]
    assert ents == [*first, ("12 Main St", "address"), ("Rome", "GPE")]


def test_ours_is_cut_but_theirs_is_left_out() -> None:
    doc = Doc(NLP.vocab, words=["at", "Ann", "Lee", "in", "Rome"])
    doc.ents = [Span(doc, 0, 2, "OLD"), Span(doc, 3, 5, "OLD")]
    scores = {"scores": [0.1, 0.9]}
    doc.spans["old"] = SpanGroup(doc, spans=list(doc.ents), attrs=scores)
    ents = combine_ents(doc, [(Span(doc, 1, 4, "x"), 0.5)], "merge")
    assert shown(ents) == [("Ann Lee", "x"), ("in Rome", "OLD")]


def test_cuts_leave_no_white_space() -> None:
    doc = Doc(NLP.vocab, words=["Ann", "\n", "Lee"], spaces=[False] * 3)
    doc.ents = [Span(doc, 0, 1, "A"), Span(doc, 2, 3, "B")]
    assert shown(combine_ents(doc, [(Span(doc, 0, 3, "x"), 0.9)], "keep")) == [
        ("Ann", "A"),
        ("Lee", "B"),
    ]


def test_unknown_policy_is_refused() -> None:
    doc = doc_with_ents()
    with pytest.raises(
        ValueError, match=r"'overwrite'\. Choose one of: keep, replace, merge, none"
    ):
        combine_ents(doc, [], "overwrite")


def test_empty() -> None:
    doc = NLP("")
    assert path_spans(np.empty(0, dtype=np.int64), TAGS) == []
    nothing = np.empty(0, dtype=np.int64)
    empty = Pieces(nothing, nothing, nothing)
    assert char_spans("", empty, nothing, TAGS, np.empty((0, len(TAGS)))) == []
    assert to_spacy_spans(doc, []) == []
    assert merge_tokens([], []) == []
    assert [combine_ents(doc, [], policy) for policy in ENTS_POLICIES] == [[]] * 4
