"""Texts of a few words to sort, and what a saved pipeline holds before and after."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from ..helpers import write_source

WORDS = {
    "fish": "cod haddock trout salmon herring",
    "metal": "iron copper zinc tin silver",
    "fruit": "apple pear plum cherry quince",
}


def rows(n: int, seed: int = 0, both: bool = False) -> list[dict[str, object]]:
    """Texts of words of one kind, or of two kinds at once."""
    rng = np.random.default_rng(seed)
    kinds, made = list(WORDS), []
    for i in range(n):
        chosen = {kinds[i % 3], kinds[(i // 3) % 3]} if both else {kinds[i % 3]}
        words = [word for kind in sorted(chosen) for word in rng.choice(WORDS[kind].split(), 4)]
        cats = {kind: float(kind in chosen) for kind in kinds}
        made.append({"id": f"r{i}", "source": "t", "text": " ".join(words), "cats": cats})
    return made


def write_rows(path: Path, values: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf8")
    return path


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_source(tmp_path_factory.mktemp("source") / "net")
