"""Every example of the README runs, and prints what the README shows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def load_script(name: str) -> ModuleType:
    """Import a file of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_examples_print_what_the_readme_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = load_script("readme")
    names: dict[str, Any] = {}
    text = readme.README.read_text("utf-8")
    found = readme.examples(text)
    # None is passed over because its fence is written in another way.
    assert sum(match["kind"] == "python" for match in found) == text.count("```python") > 0
    for match in found:
        output = readme.run(match, names)
        if match["output"] is not None:
            assert output == match["output"], match["code"]
