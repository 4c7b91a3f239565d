"""viterbi_calibration.json <-> the six transition biases of the decoder.

The published file, as it is; opf refuses any other key, so other settings live elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..labels.transitions import BIAS_NAMES
from .tensors.folder import find_file, has_file, read_json, write_json

CALIBRATION: Final = "viterbi_calibration.json"
POINTS: Final = "operating_points.json"
DEFAULT: Final = "default"  # the name that viterbi_calibration.json has for its own


def check_biases(values: Any, where: str) -> dict[str, float]:
    """Check that these are the six biases.

    values (Any): What was given or read.
    where (str): Where it comes from, for the message.
    RETURNS (dict[str, float]): The six, in nats.
    RAISES (ValueError): Other names, or a value that is not a finite number.
    """
    good = isinstance(values, Mapping) and set(values) == set(BIAS_NAMES)
    if not good or not all(
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and abs(value) <= sys.float_info.max  # a whole number may be more than a float can hold
        for value in values.values()
    ):
        raise ValueError(
            f"The transition biases of {where} must be finite numbers under exactly these names: "
            f"{', '.join(BIAS_NAMES)}. Correct them, or remove the file (then all are 0.0)."
        )
    return {name: float(values[name]) for name in BIAS_NAMES}


def read_calibration(folder: Path) -> dict[str, float]:
    """Read viterbi_calibration.json, as strictly as opf does.

    folder (Path): The checkpoint.
    RETURNS (dict[str, float]): The six biases in nats; zeros if there is no such file.
    RAISES (ValueError): Any other key at any level, or a value that is not a finite number.
    """
    if not has_file(folder, CALIBRATION):
        return dict.fromkeys(BIAS_NAMES, 0.0)
    path = find_file(folder, CALIBRATION)
    values: Any = read_json(path)
    for key in ("operating_points", "default", "biases"):
        if not isinstance(values, dict) or set(values) != {key}:
            raise ValueError(
                f"{path} must hold operating_points > default > biases and nothing else, but "
                f"{key!r} is missing or has company. Keep other settings in another file."
            )
        values = values[key]
    return check_biases(values, str(path))


def write_calibration(folder: Path, biases: Mapping[str, float]) -> None:
    """Write viterbi_calibration.json, byte for byte as opf lays it out.

    folder (Path): The checkpoint.
    biases (Mapping[str, float]): All six, in nats.
    """
    values = {name: float(biases[name]) for name in BIAS_NAMES}
    write_json(folder / CALIBRATION, {"operating_points": {"default": {"biases": values}}})


def read_points(folder: Path) -> dict[str, dict[str, Any]]:
    """Read operating_points.json: our own file, beside the published one.

    folder (Path): The checkpoint.
    RETURNS (dict): Name -> {"biases": the six, "thresholds": a number, or one for each label}.
        Empty if there is no such file.
    RAISES (ValueError): Anything else in there.
    """
    if not has_file(folder, POINTS):
        return {}
    path = find_file(folder, POINTS)
    values = read_json(path)
    if set(values) != {"version", "operating_points"} or values["version"] != 1:
        raise ValueError(
            f"{path} must hold 'version': 1 and 'operating_points' and nothing else. Correct it."
        )
    return check_points(values["operating_points"], str(path))


def check_points(values: Any, where: str) -> dict[str, dict[str, Any]]:
    """Check that these are operating points: named biases and thresholds.

    values (Any): What was given or read.
    where (str): Where it comes from, for the message.
    RETURNS (dict): As `read_points`.
    RAISES (ValueError): Other keys or values, or the name "default".
    """
    if not isinstance(values, Mapping) or DEFAULT in values or "" in values:
        raise ValueError(
            f"The operating points of {where} must be named sets of biases and thresholds, by "
            f"other names than {DEFAULT!r}, which is that of {CALIBRATION}. Rename them."
        )
    return {str(name): _check_point(values[name], f"{name!r} in {where}") for name in values}


def _check_point(values: Any, where: str) -> dict[str, Any]:
    if not isinstance(values, Mapping) or set(values) != {"biases", "thresholds"}:
        raise ValueError(
            f"The operating point {where} must hold 'biases' and 'thresholds' and nothing else."
        )
    given = values["thresholds"]
    numbers = given.values() if isinstance(given, Mapping) else [given]
    good = all(
        isinstance(number, (int, float)) and not isinstance(number, bool) and 0 <= number <= 1
        for number in numbers
    )
    if not good:
        raise ValueError(
            f"The thresholds of the operating point {where} must be numbers from 0 to 1: one for "
            f"all labels, or one by label. Correct them."
        )
    kept = dict(given) if isinstance(given, Mapping) else given
    return {"biases": check_biases(values["biases"], where), "thresholds": kept}


def write_points(folder: Path, points: Mapping[str, Mapping[str, Any]]) -> None:
    """Write operating_points.json, or remove it if there are no points.

    folder (Path): The checkpoint.
    points (Mapping): As `read_points` gives them.
    """
    if not points:
        (folder / POINTS).unlink(missing_ok=True)
        return
    checked = check_points(points, "the checkpoint to be written")
    write_json(folder / POINTS, {"version": 1, "operating_points": checked})
