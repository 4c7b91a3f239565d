"""Which tag may follow which, and the six biases: their places and their names."""

from __future__ import annotations

import numpy as np
import pytest

from spacy_privacy_filter.labels.tags import BIO, TagSet
from spacy_privacy_filter.labels.transitions import (
    BIAS_NAMES,
    NO_BIASES,
    TransitionBiases,
    build_transitions,
)


def test_each_bias_is_on_its_edges() -> None:
    biases = TransitionBiases(1, 2, 3, 4, 5, 6)
    tags = TagSet.from_labels(["x", "y"])
    matrix = build_transitions(tags, biases)
    no = -np.inf
    #            O   Bx  Ix  Ex  Sx  By  Iy  Ey  Sy
    from_out = [1, 2, no, no, 2, 2, no, no, 2]
    from_end = [5, 6, no, no, 6, 6, no, no, 6]
    in_x = [no, no, 3, 4, no, no, no, no, no]
    in_y = [no, no, no, no, no, no, 3, 4, no]
    expected = [from_out, in_x, in_x, from_end, from_end, in_y, in_y, from_end, from_end]
    np.testing.assert_array_equal(matrix, expected)
    bio = build_transitions(TagSet.from_labels(["x", "y"], BIO), biases)
    in_x, in_y = [5, 6, 3, 6, no], [5, 6, no, 6, 3]
    np.testing.assert_array_equal(bio, [[1, 2, no, 2, no], in_x, in_x, in_y, in_y])


def test_biases_from_a_calibration() -> None:
    values = dict.fromkeys(BIAS_NAMES, 0.0)
    assert TransitionBiases.from_dict(values) == NO_BIASES
    assert NO_BIASES.is_zero
    values["transition_bias_inside_to_end"] = -1.5
    biases = TransitionBiases.from_dict(values)
    assert not biases.is_zero
    assert TransitionBiases.from_dict(biases.to_dict()) == biases
    assert TransitionBiases.from_dict({BIAS_NAMES[3]: -1.5}, partial=True) == biases


def test_biases_refuse() -> None:
    values = dict.fromkeys(BIAS_NAMES, 0.0)
    with pytest.raises(ValueError, match=r"Unknown.*: bias_x\. Known: transition_bias_background"):
        TransitionBiases.from_dict({**values, "bias_x": 0.0})
    with pytest.raises(ValueError, match="Unknown"):
        TransitionBiases.from_dict({"bias_x": 0.0}, partial=True)
    del values["transition_bias_end_to_start"]
    with pytest.raises(ValueError, match="missing: transition_bias_end_to_start"):
        TransitionBiases.from_dict(values)
    for wrong in (np.nan, np.inf, "1", None, True):
        with pytest.raises(ValueError, match="transition_bias_background_stay must be a finite"):
            TransitionBiases(transition_bias_background_stay=wrong)  # type: ignore[arg-type]
