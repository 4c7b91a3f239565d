"""viterbi_calibration.json <-> the six transition biases of the decoder.

The published file, as it is; opf refuses any other key, so other settings live elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..transitions import BIAS_NAMES
from .folder import find_file, read_json, write_json

CALIBRATION: Final = "viterbi_calibration.json"


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
    if not (folder / CALIBRATION).exists():
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
