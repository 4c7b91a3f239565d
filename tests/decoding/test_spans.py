"""Tag paths to characters: no predicted character is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.decoding.spans import char_spans, path_spans
from spacy_privacy_filter.labels.tags import BIO, OUTSIDE, SCHEMES, TagSet
from spacy_privacy_filter.types import Floats2d, Ints1d, Pieces

from .helpers import TEXTS, disjoint, solid

TAGS = TagSet.from_labels(["x", "y"])
NLP = spacy.blank("en")


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
def predictions(draw: st.DrawFn) -> tuple[str, Pieces, list[tuple[int, int, int]]]:
    text = draw(TEXTS)
    pieces = cut(text, draw(st.sets(st.integers(0, 120), max_size=40)) if text else ())
    return text, pieces, draw(disjoint(len(pieces)))


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
    assert spans == [(0, 5, label, pytest.approx(0.9), "network")]


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


def test_no_pieces_have_no_spans() -> None:
    assert path_spans(np.empty(0, dtype=np.int64), TAGS) == []
    nothing = np.empty(0, dtype=np.int64)
    empty = Pieces(nothing, nothing, nothing)
    assert char_spans("", empty, nothing, TAGS, np.empty((0, len(TAGS)))) == []
