"""Tags of which any may follow any: the best of all paths, and the spans that it says."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from spacy_privacy_filter.decoding.spans import path_spans
from spacy_privacy_filter.decoding.viterbi import decode, decode_argmax
from spacy_privacy_filter.labels.schemes import read_tags
from spacy_privacy_filter.labels.transitions import TransitionBiases, build_transitions

BIASES = TransitionBiases(0.3, -0.2, 1.1, 0.4, 0.1, -0.7)


@pytest.mark.parametrize("names", ["O x y", "O I-x B-x I-y", "O B-x E-x I-y"])
def test_the_best_of_all_paths_is_found(rng: np.random.Generator, names: str) -> None:
    tags = read_tags(names.split())
    assert tags.loose
    steps = build_transitions(tags, BIASES)
    assert np.isfinite(steps).all()
    for n in (0, 1, 2, 5):
        log_probs = rng.standard_normal((n, len(tags)))

        def score(path: tuple[int, ...], rows: np.ndarray = log_probs) -> float:
            own = sum(rows[i, tag] for i, tag in enumerate(path))
            return float(own + sum(steps[a, b] for a, b in pairwise(path)))

        best = max(product(range(len(tags)), repeat=n), key=score)
        (found,) = decode([log_probs], tags, BIASES)
        assert tuple(found) == best
        (plain,) = decode([log_probs], tags)
        np.testing.assert_array_equal(plain, decode_argmax([log_probs], tags)[0])


def test_neighbours_of_one_label_are_one_span() -> None:
    tags = read_tags("O x y".split())
    ids = {"O": 0, "x": 1, "y": 2}
    path = np.asarray([ids[name] for name in "O x x y y O x".split()])
    assert path_spans(path, tags) == [(1, 3, 0), (3, 5, 1), (6, 7, 0)]


def test_iob1_begins_a_span_anew_where_it_says_so() -> None:
    tags = read_tags("O I-x B-x I-y".split())
    path = np.asarray([1, 1, 2, 1, 3, 0, 1])
    assert [span[:2] for span in path_spans(path, tags)] == [(0, 2), (2, 4), (4, 5), (6, 7)]


def test_what_is_no_number_is_refused() -> None:
    tags = read_tags("O x".split())
    with pytest.raises(ValueError, match="NaN"):
        decode([np.full((2, 2), np.nan)], tags, BIASES)


def test_a_long_text_loses_no_digits(rng: np.random.Generator) -> None:
    tags = read_tags("O x y".split())
    rows = rng.standard_normal((400, 3)) - 5000.0
    (found,) = decode([rows], tags, BIASES)
    (again,) = decode([rows + 5000.0], tags, BIASES)
    np.testing.assert_array_equal(found, again)
