"""What the contracts in pyproject.toml can't say: imports in functions, and a light start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "spacy_privacy_filter"
ROOT = Path(__file__).parents[1] / PACKAGE
MODULES = sorted(path for path in ROOT.rglob("*.py") if "data" not in path.relative_to(ROOT).parts)
# What may be absent, or is slow to load: an import of it waits until it is needed.
LATE = {
    *("torch", "mlx", "onnx", "onnxruntime", "huggingface_hub", "spacy", "thinc"),
    *("cryptography", "datasets", "faker", "matplotlib", "phonenumbers", "pyarrow", "stdnum"),
    *("tokenizers", "transformers"),
    *("jsonpath", "lxml", "pandas", "polars", "pypdfium2"),
}
# Rooms of ours that need one of these when they are imported.
LATE_ROOMS = (
    *("office.word", "office.sheets", "office.slides", ".pdf"),
    "parquet",
    "pandas_frame",
    "polars_frame",
    "plots",
    "operators.encrypt",
    "secrets.vault",
    "corpus_file",
    "in_memory",
)
# `cli` runs at each start of `python -m spacy`, and the front door is imported by everybody:
# both bring in rooms of ours when a command or a function needs them.
MAY_WAIT = ("cli", "api.py", "__init__.py")


def imports_in_functions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and module of each import below a function; relative ones begin with dots."""
    for outer in ast.walk(tree):
        if not isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(outer):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, "." * node.level + (node.module or "")


def test_only_what_may_be_absent_is_imported_in_a_function() -> None:
    early = [
        f"{path.relative_to(ROOT)} line {line}: {module}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] not in MAY_WAIT
        for line, module in imports_in_functions(ast.parse(path.read_text(encoding="utf8")))
        if module.split(".")[0] not in LATE and not module.endswith(LATE_ROOMS)
    ]
    assert not early


def test_imports_in_functions_are_seen() -> None:
    source = "import a\ndef f():\n    from ..b import c\n    def g():\n        import d.e\n"
    assert set(imports_in_functions(ast.parse(source))) == {(3, "..b"), (5, "d.e")}


START = """
import sys
# thinc imports torch and mlx by itself if it finds them. Hide them, to see only what we import.
hidden = ("torch", "mlx", "mlx.core")
sys.modules.update(dict.fromkeys(hidden))
import spacy
for name in hidden:
    del sys.modules[name]
{code}
heavy = ("torch", "mlx", "onnxruntime", "transformers", "huggingface_hub")
print([name for name in heavy if name in sys.modules])
"""


@pytest.mark.parametrize(
    "code",
    [
        f"import {PACKAGE}",
        # Language.__init__ loads every factory's module.
        f"spacy.blank('en'); assert '{PACKAGE}.pipeline.factories' in sys.modules",
        # `python -m spacy` loads every entry point of spacy_cli.
        f"spacy.registry.cli.get_all(); assert '{PACKAGE}.cli' in sys.modules",
    ],
    ids=["import", "blank", "cli"],
)
def test_a_bare_start_loads_nothing_heavy(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START.format(code=code)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
