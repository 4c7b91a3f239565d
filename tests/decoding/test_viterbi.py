"""The decoder against brute force, against a textbook decoder, and alone against in company."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from spacy_privacy_filter.decoding import viterbi
from spacy_privacy_filter.decoding.viterbi import decode, decode_argmax, is_legal
from spacy_privacy_filter.labels.tags import BIO, BIOES, OPENAI_LABELS, SCHEMES, TagSet
from spacy_privacy_filter.labels.transitions import (
    BIAS_NAMES,
    NO_BIASES,
    TransitionBiases,
    build_transitions,
    ends_legally,
    starts_legally,
)
from spacy_privacy_filter.types import Floats2d, Ints1d

# Multiples of 1/8 add up without rounding, so that ties are true ties.
EIGHTHS = st.integers(-16, 0).map(lambda n: n / 8)
TAG_SETS = [
    TagSet.from_labels(["x", "y"]),
    TagSet.from_labels(["x", "y"], BIO),
    # Any order of rows, O last; a BIO label without an I.
    TagSet(("S-y", "E-x", "I-x", "B-y", "B-x", "E-y", "S-x", "I-y", "O")),
    TagSet(("I-x", "B-y", "O", "B-x")),
]


def brute_force(log_probs: Floats2d, tags: TagSet, biases: TransitionBiases) -> list[int]:
    """Add up every legal path. Of the best, the lowest from its last tag back."""
    matrix = build_transitions(tags, biases)
    follows = [np.flatnonzero(np.isfinite(row)).tolist() for row in matrix]
    if not len(log_probs):
        return []
    starts = np.flatnonzero(starts_legally(tags)).tolist()
    paths = [(float(log_probs[0, tag]), (tag,)) for tag in starts]
    for row in log_probs[1:].tolist():
        paths = [
            (score + matrix.item(path[-1], tag) + row[tag], (*path, tag))
            for score, path in paths
            for tag in follows[path[-1]]
        ]
    ends = ends_legally(tags)
    legal = [(-score, path[::-1]) for score, path in paths if ends[path[-1]]]
    return list(min(legal)[1][::-1])


def textbook(log_probs: Floats2d, tags: TagSet, biases: TransitionBiases) -> list[int]:
    """Viterbi with a full matrix for each step."""
    matrix = build_transitions(tags, biases)
    best = np.where(starts_legally(tags), 0.0, -np.inf) + log_probs[0]
    back = []
    for row in log_probs[1:]:
        scores = best[:, None] + matrix
        back.append(scores.argmax(axis=0))
        best = scores.max(axis=0) + row
    path = [int(np.argmax(best + np.where(ends_legally(tags), 0.0, -np.inf)))]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def random_log_probs(rng: np.random.Generator, n: int, tags: TagSet, spread: float = 2) -> Floats2d:
    logits = rng.normal(size=(n, len(tags))) * spread
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def lists(paths: list[Ints1d]) -> list[list[int]]:
    return [path.tolist() for path in paths]


@st.composite
def small_cases(draw: st.DrawFn, max_pieces: int) -> tuple[TagSet, Floats2d, TransitionBiases]:
    tags = draw(st.sampled_from(TAG_SETS))
    shape = (draw(st.integers(0, max_pieces)), len(tags))
    log_probs = draw(arrays(np.float64, shape, elements=EIGHTHS))
    biases = draw(
        st.one_of(
            st.just(NO_BIASES),
            st.builds(TransitionBiases, **dict.fromkeys(BIAS_NAMES, EIGHTHS.map(lambda x: x + 1))),
        )
    )
    return tags, log_probs, biases


# --- which tag may follow which ---


@pytest.mark.parametrize("scheme", SCHEMES)
def test_legal_paths_are_those_that_spans_write(scheme: str) -> None:
    """Every way to lay spans of two labels over five pieces, and nothing else, is legal."""
    tags = TagSet.from_labels(["x", "y"], scheme)

    def written(n: int) -> set[tuple[str, ...]]:
        """All tag sequences of n pieces that consist of O and whole spans."""
        if n == 0:
            return {()}
        found = {("O", *rest) for rest in written(n - 1)}
        for size, label in product(range(1, n + 1), "xy"):
            span = [f"B-{label}", *[f"I-{label}"] * (size - 1)]
            if scheme == BIOES:
                span = [*span[:-1], f"E-{label}"] if size > 1 else [f"S-{label}"]
            found |= {(*span, *rest) for rest in written(n - size)}
        return found

    legal = {
        path
        for path in product(range(len(tags)), repeat=4)
        if is_legal(np.asarray(path, dtype=np.int64), tags)
    }
    assert legal == {tuple(tags.ids[name] for name in path) for path in written(4)}
    assert is_legal(np.empty(0, dtype=np.int64), tags)


# --- the best path ---


@settings(max_examples=300)
@given(small_cases(max_pieces=6))
def test_equals_brute_force(case: tuple[TagSet, Floats2d, TransitionBiases]) -> None:
    tags, log_probs, biases = case
    assert decode([log_probs], tags, biases)[0].tolist() == brute_force(log_probs, tags, biases)


@settings(max_examples=200)
@given(small_cases(max_pieces=40))
def test_equals_textbook_with_ties(case: tuple[TagSet, Floats2d, TransitionBiases]) -> None:
    tags, log_probs, biases = case
    if len(log_probs):
        assert decode([log_probs], tags, biases)[0].tolist() == textbook(log_probs, tags, biases)


@pytest.mark.parametrize("n_labels", [8, 55])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_equals_textbook_over_many_lanes(
    n_labels: int, scheme: str, dtype: type, rng: np.random.Generator
) -> None:
    tags = TagSet.from_labels([f"label{i}" for i in range(n_labels)], scheme)
    docs = [random_log_probs(rng, n, tags).astype(dtype) for n in (1, 700, 128, 129, 3, 300)]
    for biases in (NO_BIASES, TransitionBiases(*rng.normal(size=6))):
        expected = [textbook(doc.astype(np.float64), tags, biases) for doc in docs]
        assert lists(decode(docs, tags, biases)) == expected


def count_walks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that gets an item for each walk: 1, and 1 more for each lane that is walked again."""
    walks: list[int] = []
    walk = viterbi._Trellis._walk

    def counted(self: viterbi._Trellis, *args: Any) -> Any:
        walks.append(len(args[0]))
        return walk(self, *args)

    monkeypatch.setattr(viterbi._Trellis, "_walk", counted)
    return walks


@pytest.mark.parametrize("n_labels", [2, 55])
def test_lanes_are_seldom_walked_again(n_labels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lanes are worth it only if their guesses are good, even where the network knows nothing."""
    tags = TagSet.from_labels([f"label{i}" for i in range(n_labels)])
    log_probs = random_log_probs(np.random.default_rng(0), 5000, tags)
    walks = count_walks(monkeypatch)
    decode([log_probs], tags)
    assert walks[0] == -(-5000 // viterbi.LANE)
    assert len(walks) <= 2


@pytest.mark.parametrize("n_labels", [2, 55])
@pytest.mark.parametrize(("lane", "warm_up"), [(1, 0), (2, 1), (3, 7), (5, 5), (64, 2)])
def test_where_lanes_are_cut_changes_nothing(
    n_labels: int, lane: int, warm_up: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With lanes this short the guesses are often wrong, so lanes are walked again."""
    rng = np.random.default_rng(lane)
    tags = TagSet.from_labels([f"label{i}" for i in range(n_labels)])
    docs = [random_log_probs(rng, n, tags) for n in (50, 1, 33, 64)]
    docs += [rng.integers(-9, 1, size=(n, len(tags))) / 8 for n in (50, 1, 33, 64)]
    biases = TransitionBiases(0.5, -0.25, 0.125, -1, 0, 0.25)
    whole = lists(decode(docs, tags, biases))
    monkeypatch.setattr(viterbi, "LANE", lane)
    monkeypatch.setattr(viterbi, "WARM_UP", warm_up)
    monkeypatch.setattr(viterbi, "BLOCK", 200)
    walks = count_walks(monkeypatch)
    assert lists(decode(docs, tags, biases)) == whole
    assert whole[:4] == [textbook(doc, tags, biases) for doc in docs[:4]]
    assert len(walks) > 1 or lane == 64, "no guess was wrong, so this proves nothing"


def test_a_span_longer_than_many_lanes() -> None:
    """What matters at the end was decided a thousand pieces before."""
    tags = TagSet.from_labels(["x", "y"])
    log_probs = np.full((1000, len(tags)), -50.0)
    for name in ("I-x", "I-y"):
        log_probs[:, tags.ids[name]] = -0.5
    log_probs[0, tags.ids["B-y"]] = -0.1
    log_probs[-1, [tags.ids["E-x"], tags.ids["E-y"]]] = -0.1
    expected = [tags.ids["B-y"], *[tags.ids["I-y"]] * 998, tags.ids["E-y"]]
    assert decode([log_probs], tags)[0].tolist() == expected
    # With everything else forbidden, only the first lane can know which label it is.
    log_probs[log_probs == -50] = -np.inf
    assert decode([log_probs], tags)[0].tolist() == expected


@settings(max_examples=40)
@given(st.data())
def test_alone_or_in_any_company(data: st.DataObject) -> None:
    tags = data.draw(st.sampled_from(TAG_SETS))
    shapes = st.integers(0, 300).map(lambda n: (n, len(tags)))
    seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
    docs = [
        data.draw(seeds).integers(-8, 1, size=shape) / 8
        for shape in data.draw(st.lists(shapes, min_size=1, max_size=5))
    ]
    biases = data.draw(st.sampled_from([NO_BIASES, TransitionBiases(0, 0.5, 0.25, 0, -0.5, 1)]))
    alone = [decode([doc], tags, biases)[0].tolist() for doc in docs]
    assert lists(decode(docs, tags, biases)) == alone
    order = data.draw(st.permutations(range(len(docs))))
    shuffled = decode([docs[i] for i in order], tags, biases)
    assert lists(shuffled) == [alone[i] for i in order]


def test_fast_path_gives_what_the_slow_one_gives(
    monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    tags = TagSet.from_labels(OPENAI_LABELS)
    docs = [np.full((n, 33), -9.0) + rng.normal(size=(n, 33)) / 9 for n in (40, 200)]
    for doc in docs:
        doc[:, 0] = 0
        for i, name in enumerate(("B-secret", "I-secret", "E-secret", "S-private_date")):
            doc[10 + i] = -9
            doc[10 + i, tags.ids[name]] = 0
    slow = decode(docs, tags, TransitionBiases(1e-300))  # not zero, yet changes nothing here
    monkeypatch.setattr(viterbi, "_Trellis", None)
    fast = decode(docs, tags)
    assert lists(fast) == lists(slow)
    assert fast[0][10:14].tolist() == [
        tags.ids[name] for name in ("B-secret", "I-secret", "E-secret", "S-private_date")
    ]


def test_biases_change_the_path() -> None:
    tags = TagSet.from_labels(["x"])
    log_probs = np.log([[0.55, 0.01, 0.01, 0.01, 0.42]] * 2)
    assert decode([log_probs], tags)[0].tolist() == [0, 0]
    more = TransitionBiases(transition_bias_background_to_start=1.0)
    assert decode([log_probs], tags, more)[0].tolist() == [0, 4]
    both = TransitionBiases(transition_bias_end_to_start=1.0)
    assert decode([log_probs], tags, both)[0].tolist() == [4, 4]


@pytest.mark.parametrize("tags", TAG_SETS)
def test_all_tags_tied(tags: TagSet) -> None:
    """The lowest tag that may end, then the lowest that may come before it, and so on."""
    for n in range(1, 5):
        log_probs = np.zeros((n, len(tags)))
        assert decode([log_probs], tags)[0].tolist() == brute_force(log_probs, tags, NO_BIASES)


# --- the edges ---


def test_empty() -> None:
    tags = TAG_SETS[0]
    assert decode([], tags) == []
    assert decode_argmax([], tags) == []
    nothing, one = np.empty((0, 9)), np.zeros((1, 9))
    for biases in (NO_BIASES, TransitionBiases(1.0)):
        paths = decode([nothing, one, nothing], tags, biases)
        assert lists(paths) == [[], [0], []]
        assert all(path.dtype == np.int64 for path in paths)
        assert lists(decode([nothing], tags, biases)) == [[]]


def test_argmax_repairs_nothing() -> None:
    tags = TAG_SETS[0]
    log_probs = np.full((3, 9), -5.0)
    log_probs[[0, 1, 2], [3, 0, 7]] = -1
    log_probs[2, 8] = -1
    assert lists(decode_argmax([log_probs, log_probs[:1]], tags)) == [[3, 0, 7], [3]]


@pytest.mark.parametrize("decoder", [decode, decode_argmax])
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_nan_and_infinity_are_refused(decoder: Any, wrong: float) -> None:
    tags = TAG_SETS[0]
    docs = [np.zeros((4, 9)), np.empty((0, 9)), np.zeros((3, 9))]
    docs[2][1, 5] = wrong
    with pytest.raises(ValueError, match=r"document 2, piece 1, hold NaN"):
        decoder(docs, tags)


def test_a_piece_without_any_tag_is_refused() -> None:
    log_probs = np.zeros((4, 9))
    log_probs[3] = -np.inf
    with pytest.raises(ValueError, match="document 0, piece 3"):
        decode([log_probs], TAG_SETS[0])


def test_forbidden_tags_are_avoided() -> None:
    tags = TAG_SETS[0]
    log_probs = np.zeros((3, 9))
    log_probs[:, tags.ids["O"]] = -np.inf
    log_probs[1, [tags.ids["S-x"], tags.ids["S-y"], tags.ids["B-x"], tags.ids["E-x"]]] = -np.inf
    path = decode([log_probs], tags)[0]
    assert is_legal(path, tags)
    assert np.isfinite(log_probs[range(3), path]).all()
    assert path.tolist() == brute_force(log_probs, tags, NO_BIASES)


@pytest.mark.parametrize("biases", [NO_BIASES, TransitionBiases(1.0)])
def test_a_document_without_a_legal_path_is_refused(biases: TransitionBiases) -> None:
    tags = TAG_SETS[0]
    only_inside = np.full((300, 9), -np.inf)
    only_inside[:, tags.ids["I-x"]] = -0.1
    with pytest.raises(ValueError, match="Document 1 has no legal tag path"):
        decode([np.zeros((2, 9)), only_inside], tags, biases)


@pytest.mark.parametrize("array", [np.zeros(9), np.zeros((2, 8)), np.zeros((2, 9), dtype=np.int64)])
def test_other_shapes_are_refused(array: Floats2d) -> None:
    with pytest.raises(ValueError, match=r"document 1 must be floats of shape \(n_pieces, 9\)"):
        decode([np.zeros((2, 9)), array], TAG_SETS[0])


def test_input_is_not_changed_and_results_are_independent(rng: np.random.Generator) -> None:
    tags = TAG_SETS[0]
    docs = [random_log_probs(rng, n, tags) for n in (30, 20)]
    before = [doc.copy() for doc in docs]
    assert all(path.base is None for path in decode(docs, tags))
    assert all((doc == old).all() for doc, old in zip(docs, before, strict=True))
