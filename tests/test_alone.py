"""One backend alone is the whole product: the other is kept from being found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spacy_privacy_filter.compat import has

from .helpers import PATIENCE

SCRIPT = Path(__file__).parents[1] / ".ci" / "alone.py"
# What each imports.
BACKENDS = {"torch": "torch", "mlx": "mlx", "onnx": "onnxruntime"}
ALONE = """
import importlib.machinery, runpy, sys
script, backend, *others = sys.argv[1:]

class Hiding(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        # Not there, whoever asks for it.
        hidden = name.partition(".")[0] in others
        return None if hidden else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(importlib.machinery.PathFinder)] = Hiding
sys.argv = [script, backend, *others]
runpy.run_path(script, run_name="__main__")
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_finds_sorts_saves_and_trains(backend: str) -> None:
    if not has(BACKENDS[backend]):
        pytest.skip(f"no {backend} here")
    others = [module for name, module in BACKENDS.items() if name != backend]
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(SCRIPT), backend, *others],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{backend} alone" in done.stdout
