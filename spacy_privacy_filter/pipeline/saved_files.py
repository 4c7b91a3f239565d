"""The files of a saved component -> bytes and objects, or an error that says what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import srsly


def read_file(path: Path) -> bytes:
    """Read a file of a saved component. RAISES (FileNotFoundError): It is not there."""
    if not path.is_file():
        raise FileNotFoundError(
            f"No {path.name} in {path.parent}: the saved component is not complete. If it was left "
            f"out when the pipeline was saved, leave it out here too (exclude="
            f"[{path.parent.name!r}]); else get the missing file, or save the pipeline again."
        )
    return path.read_bytes()


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object. RAISES (ValueError): It is something else."""
    try:
        values = srsly.json_loads(read_file(path).decode("utf8"))
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ValueError(f"{path} is not a JSON object. Save the pipeline again.")
    return values
