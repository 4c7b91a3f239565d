"""Which tag may follow which, and what a step adds to a path's score.

The six biases are those of the published decoder; see `viterbi_calibration.json`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from ..types import Bools1d, Floats2d
from .tags import BIOES, OUTSIDE, TagSet


@dataclass(frozen=True)
class TransitionBiases:
    """What is added, in nats, to a path's score at each kind of step; 0.0 everywhere as published.

    Named as in `viterbi_calibration.json`. The steps of each bias, in BIOES and in BIO:

    transition_bias_background_stay (float): O -> O.
    transition_bias_background_to_start (float): O -> B, S; in BIO O -> B.
    transition_bias_inside_to_continue (float): B, I -> I.
    transition_bias_inside_to_end (float): B, I -> E; unused in BIO, whose spans have no end tag.
    transition_bias_end_to_background (float): E, S -> O; in BIO B, I -> O.
    transition_bias_end_to_start (float): E, S -> B, S; in BIO B, I -> B.
    RAISES (ValueError): A value that is not a finite number.
    """

    transition_bias_background_stay: float = 0.0
    transition_bias_background_to_start: float = 0.0
    transition_bias_inside_to_continue: float = 0.0
    transition_bias_inside_to_end: float = 0.0
    transition_bias_end_to_background: float = 0.0
    transition_bias_end_to_start: float = 0.0

    def __post_init__(self) -> None:
        for name, value in self.to_dict().items():
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not math.isfinite(value):
                raise ValueError(f"{name} must be a finite number (nats), but is {value!r}.")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], *, partial: bool = False) -> TransitionBiases:
        """Read the biases by name.

        values (Mapping[str, Any]): The six biases.
        partial (bool): Let absent biases be 0.0, for settings that a person types; a calibration
            file has all six.
        RETURNS (TransitionBiases): The biases.
        RAISES (ValueError): An unknown or missing name, or a value that is not a finite number.
        """
        known = [field.name for field in fields(cls)]
        unknown = sorted(str(name) for name in values if name not in known)
        if unknown:
            raise ValueError(
                f"Unknown transition bias(es): {', '.join(unknown)}. Known: {', '.join(known)}."
            )
        absent = [name for name in known if name not in values]
        if absent and not partial:
            raise ValueError(
                f"A calibration holds all six transition biases; missing: {', '.join(absent)}. "
                f"Add them (0.0 changes nothing)."
            )
        return cls(**values)

    def to_dict(self) -> dict[str, float]:
        """Write all six by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def is_zero(self) -> bool:
        """Whether no bias changes anything."""
        return not any(self.to_dict().values())


NO_BIASES: Final = TransitionBiases()
BIAS_NAMES: Final = tuple(field.name for field in fields(TransitionBiases))


def build_transitions(tags: TagSet, biases: TransitionBiases = NO_BIASES) -> Floats2d:
    """Write down which tag may follow which, and what that adds.

    BIOES: O, E, S -> O, B, S; B, I -> I, E of the same label. BIO: O -> O, B; B, I -> O, B and I of
    the same label. In a loose set every step is legal, and what would not be is a step to a start.

    tags (TagSet): The tags of the head.
    biases (TransitionBiases): Added to the legal steps.
    RETURNS (Floats2d): From row tag to column tag; -inf forbids. Shape: (n_tags, n_tags).
    """
    b = biases
    matrix = np.full((len(tags), len(tags)), -np.inf)
    positions, labels = np.asarray(tags.prefixes), tags.label_ids
    closes, outside = ends_legally(tags) & (positions != OUTSIDE), positions == OUTSIDE
    starts = starts_legally(tags) & ~outside
    matrix[np.ix_(outside, outside)] = b.transition_bias_background_stay
    matrix[np.ix_(outside, starts)] = b.transition_bias_background_to_start
    matrix[np.ix_(closes, outside)] = b.transition_bias_end_to_background
    matrix[np.ix_(closes, starts)] = b.transition_bias_end_to_start
    open_ = (positions == "B") | (positions == "I")
    same_span = open_[:, None] & (labels[:, None] == labels[None, :])  # (n_tags, n_tags)
    matrix[same_span & (positions == "I")] = b.transition_bias_inside_to_continue
    matrix[same_span & (positions == "E")] = b.transition_bias_inside_to_end
    return matrix


def starts_legally(tags: TagSet) -> Bools1d:
    """Say which tags a path may start with: O, B, S; in a loose set all. Shape: (n_tags,)."""
    return np.isin(tags.prefixes, list("OBIES") if tags.loose else ["O", "B", "S"])


def ends_legally(tags: TagSet) -> Bools1d:
    """Say which tags a path may end with: O, E, S; in other sets than BIOES all of them.

    RETURNS (Bools1d): Shape: (n_tags,).
    """
    return np.isin(tags.prefixes, ["O", "E", "S"] if tags.scheme == BIOES else list("OBIES"))
