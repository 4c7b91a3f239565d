"""Two ways to store the same network: the units of the sinks, and how a window is counted.

Nothing in a file says which way was meant, and a mixture still computes, only wrongly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from .tensors.safetensors import StoredTensor

LOG2: Final = "log2"
NATURAL: Final = "natural"
SINKS_UNITS: Final = (LOG2, NATURAL)
LEFT: Final = "bidirectional_left_context"
RIGHT: Final = "bidirectional_right_context"
WINDOW: Final = "sliding_window"
# Keys that only a configuration written by transformers has.
HF_MARKS: Final = ("rope_parameters", "transformers_version", "architectures")


@dataclass(frozen=True)
class Conventions:
    """How a file's sinks and window were understood.

    sinks_unit (str): Unit of the sinks in the file: "log2" or "natural".
    window (int): How many pieces attention reaches to each side.
    origin (str): "stated" (the file leaves no doubt), "repaired" (its window contradicts the
        layout that its weights came from) or "given" (the user said so).
    """

    sinks_unit: str
    window: int
    origin: str


def find_conventions(
    values: Mapping[str, Any], where: str, sinks_unit: str | None = None, window: int | None = None
) -> Conventions:
    """Find out how a file with the names of the original release is meant.

    opf counts a window in all (left + right + 1, always odd) and stores sinks in log2 units; the
    Hugging Face layout counts pieces to each side and stores natural units. A converter that starts
    from the latter and copies the numbers makes a file of which every reader that believes the
    names computes something else: openmed.mlx.convert 3.1 writes a window of 128 and, from it,
    contexts of (128 - 1) // 2 = 63.

    values (Mapping[str, Any]): The contents of config.json.
    where (str): The file, for messages.
    sinks_unit, window: What the user knows; see `bundle.ReadOptions`.
    RETURNS (Conventions): What was stated, repaired or given.
    RAISES (ValueError): Bad arguments, numbers that are none or contradict each other, contexts
        that differ or a causal network, and a file that could be meant both ways.
    """
    check_given(sinks_unit, window)
    if sinks_unit is not None and window is not None:
        return Conventions(sinks_unit, window, "given")
    readings = _readings(values, where)
    if len(readings) > 1:
        chosen = [
            reading
            for reading in readings
            if sinks_unit == reading.sinks_unit or window == reading.window
        ]
        if len(chosen) != 1:
            raise _ambiguous(readings, where)
        readings = chosen
    found = readings[0]
    if sinks_unit is None and window is None:
        return found
    return Conventions(
        found.sinks_unit if sinks_unit is None else sinks_unit,
        found.window if window is None else window,
        "given",
    )


def given_or(
    window: int, wanted_unit: str | None, wanted_window: int | None, unit: str = NATURAL
) -> Conventions:
    """Take the conventions of a layout that has just one, unless the user knows better."""
    check_given(wanted_unit, wanted_window)
    if wanted_unit is None and wanted_window is None:
        return Conventions(unit, window, "stated")
    return Conventions(wanted_unit or unit, wanted_window or window, "given")


def check_given(sinks_unit: str | None, window: int | None) -> None:
    """Refuse a unit or a window that cannot be."""
    if sinks_unit is not None and sinks_unit not in SINKS_UNITS:
        raise ValueError(
            f"sinks_unit must be one of {', '.join(SINKS_UNITS)}, but is {sinks_unit!r}."
        )
    if window is not None and (
        not isinstance(window, int) or isinstance(window, bool) or window < 1
    ):
        raise ValueError(
            f"window must be a whole number of pieces to each side, at least 1, but is {window!r}."
        )


def _readings(values: Mapping[str, Any], where: str) -> list[Conventions]:
    """List what a configuration can mean: one reading, or two."""
    if values.get("bidirectional_context", True) is not True:
        raise ValueError(
            f"{where} sets 'bidirectional_context' to {str(values['bidirectional_context'])[:80]}, "
            f"but the network here looks both ways. Use another checkpoint."
        )
    total, sides = _number(values, WINDOW, where), _sides(values, where)
    if total is None and sides is None:
        raise ValueError(
            f"{where} has neither {WINDOW!r} nor {LEFT!r} and {RIGHT!r}, so the reach of attention "
            f"is unknown. Give it: window=128 and sinks_unit='log2' for a copy of the release."
        )
    if total is None or sides is None:
        return _readings_of_one(total, sides)
    if total == 2 * sides + 1:
        opf = Conventions(LOG2, sides, "stated")
        # transformers' keys around it, and not the one that only opf writes: perhaps a converter's
        # work on an odd window, which leaves the same traces.
        marked = any(key in values for key in HF_MARKS) and "bidirectional_context" not in values
        return [opf, Conventions(NATURAL, total, "repaired")] if marked else [opf]
    if sides == (total - 1) // 2 and "bidirectional_context" not in values:
        return [Conventions(NATURAL, total, "repaired")]
    raise ValueError(
        f"{where} contradicts itself: {WINDOW} is {total}, but {LEFT} and {RIGHT} are {sides}, "
        f"which makes {2 * sides + 1} in all. Give window and sinks_unit to say what is meant."
    )


def _readings_of_one(total: int | None, sides: int | None) -> list[Conventions]:
    """List the readings of a file that has only one of the two numbers."""
    if total is None:
        return [Conventions(LOG2, sides or 1, "stated")]
    if total % 2 == 0:  # opf's count includes the piece itself, so it is odd
        return [Conventions(NATURAL, total, "stated")]
    return [
        Conventions(LOG2, max(1, (total - 1) // 2), "stated"),
        Conventions(NATURAL, total, "stated"),
    ]


def _sides(values: Mapping[str, Any], where: str) -> int | None:
    """Read the reach to each side, which must be the same."""
    left, right = _number(values, LEFT, where), _number(values, RIGHT, where)
    if left != right:
        raise ValueError(
            f"{where} sets {LEFT!r} to {left} and {RIGHT!r} to {right}, but the network here looks "
            f"equally far to both sides. Use another checkpoint."
        )
    return left


def _number(values: Mapping[str, Any], key: str, where: str) -> int | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(
            f"{where} sets {key!r} to {str(value)[:80]!r}, but it must be a whole number of at "
            f"least 1. Download the configuration again."
        )
    return value


def _ambiguous(readings: list[Conventions], where: str) -> ValueError:
    opf, hf = readings
    return ValueError(
        f"{where} can be read in several ways, and only one gives the right numbers. As the "
        f"original release: attention reaches {opf.window} pieces to each side and sinks are in "
        f"log2 units (give sinks_unit='log2'). As converted from the Hugging Face layout: it "
        f"reaches {hf.window} and sinks are in natural units (give sinks_unit='natural'). Or with "
        f"only the window translated: it reaches {opf.window} and sinks are in natural units (give "
        f"both: sinks_unit='natural' and window={opf.window}). Given together, the two settle it "
        f"whatever the file says. Ask who made the file, or compare a few logits with the model "
        f"that it was made from."
    )


def to_natural(tensors: Mapping[str, StoredTensor], unit: str) -> dict[str, StoredTensor]:
    """Convert the sinks of a file to natural units; everything else stays."""
    return _scale_sinks(tensors, math.log(2.0)) if unit == LOG2 else dict(tensors)


def to_log2(tensors: Mapping[str, StoredTensor]) -> dict[str, StoredTensor]:
    """Convert sinks in natural units to the log2 units of the original release."""
    return _scale_sinks(tensors, 1.0 / math.log(2.0))


def _scale_sinks(tensors: Mapping[str, StoredTensor], factor: float) -> dict[str, StoredTensor]:
    """Multiply the sinks, rounding once."""
    return {
        name: StoredTensor.from_float32(tensor.to_float32().astype(np.float64) * factor)
        if name.endswith("attn.sinks")
        else tensor
        for name, tensor in tensors.items()
    }
