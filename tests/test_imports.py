"""Who may import whom: the floors of the house, and what a bare start loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = "spacy_privacy_filter"
ROOT = Path(__file__).parent.parent / PACKAGE

GROUND = ("types", "labels", "transitions", "compat", "files", "edges")
THINKING = ("pieces", "windows", "viterbi", "spans", "selection", "crosswalk", "loss")
# Sizes, and everything that reads or writes weights: no framework, no spaCy.
FORMATS = tuple(
    f"models.{room}"
    for room in (
        "config",
        "bundle",
        "calibration",
        "checkpoint",
        "conventions",
        "folder",
        "huggingface",
        "layouts",
        "mlx_community",
        "multitask",
        "mxfp4",
        "native",
        "npz",
        "openmed",
        "opf",
        "pt_file",
        "quantize",
        "source",
        "tensors",
    )
)
SHARED = ("models.message", "models.stepping")
FRAMEWORKS = ("torch", "mlx", "onnxruntime", "onnx", "safetensors", "huggingface_hub")


INVENTING = ("redact.people", "redact.surrogate")
ENCRYPTING = ("redact.corpus_file", "redact.encrypt", "redact.vault")

# To make training texts and starting weights.
MAKERS = ("faker", "tiktoken", "tokenizers")


@dataclass(frozen=True)
class Floor:
    """What a room may import: rooms of ours (a prefix means all below it) and other packages.

    ours (tuple[str, ...]): Rooms of this package; "" is all of them.
    others (tuple[str, ...]): Other packages, besides the standard library.
    lazy (bool): May import inside a function.
    """

    ours: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    lazy: bool = False


SPACY = ("spacy", "thinc", "catalogue", "numpy", "srsly")
# The first prefix that fits a module wins, so the particular come before the general.
FLOORS: dict[str, Floor] = {
    # 0
    "types": Floor((), ("numpy",)),
    "labels": Floor(("types",), ("numpy",)),
    "transitions": Floor(("types", "labels"), ("numpy",)),
    "compat": Floor((), ("numpy",)),
    "files": Floor(),
    "edges": Floor(),
    # 1
    "pieces": Floor(GROUND, ("numpy", "tiktoken")),
    "windows": Floor(GROUND, ("numpy",)),
    "viterbi": Floor(GROUND, ("numpy",)),
    "spans": Floor(GROUND, ("numpy", "spacy")),
    "selection": Floor(GROUND),
    "loss": Floor(GROUND, ("numpy", "spacy")),
    "crosswalk": Floor(GROUND),
    # 2
    "models.config": Floor(GROUND, ("numpy",)),
    **{room: Floor((*GROUND, *FORMATS), ("numpy", "safetensors")) for room in FORMATS[1:]},
    "models.compiled": Floor(GROUND),
    "models.source": Floor((*GROUND, *FORMATS), ("huggingface_hub",)),
    "models.torch_experts": Floor(
        (*GROUND, "models.config", "models.torch_attention"), ("numpy", "torch")
    ),
    "models.torch_kernel": Floor(
        (
            *(*GROUND, "models.compiled", "models.config"),
            *("models.torch_attention", "models.torch_experts"),
        ),
        ("torch",),
    ),
    "models.torch_int8": Floor((*GROUND, "models.torch_experts"), ("torch",)),
    "models.torch_runtime": Floor(
        (
            *(*GROUND, "models.config", "models.torch_experts"),
            *("models.torch_int8", "models.torch_kernel"),
        ),
        ("torch",),
    ),
    "models.torch_auto": Floor(
        (*GROUND, "models.torch_backbone", "models.torch_runtime"), ("torch",)
    ),
    "models.torch_graphs": Floor(
        (
            *(*GROUND, "models.compiled", "models.torch_attention"),
            *("models.torch_backbone", "models.torch_runtime"),
        ),
        ("numpy", "torch"),
    ),
    "models.torch_attention": Floor((*GROUND, "models.config"), ("torch",)),
    "models.torch_backbone": Floor(
        (*GROUND, "models.config", "models.torch_attention", "models.torch_experts"), ("torch",)
    ),
    "models.mlx_backbone": Floor((*GROUND, "models.config"), ("numpy", "mlx")),
    "models.onnx_backbone": Floor((*GROUND, "models.config"), ("numpy", "onnxruntime", "onnx")),
    "models.tokenizer_files": Floor((*GROUND, *FORMATS, "pieces")),
    # what the shims share
    "models.message": Floor((*GROUND, *FORMATS), ("numpy", "srsly")),
    "models.stepping": Floor(GROUND, ("thinc",)),
    "models.torch_weights": Floor(
        (
            *(*GROUND, "models.stepping", "models.tensors"),
            *("models.torch_backbone", "models.torch_runtime"),
        ),
        ("thinc", "torch"),
    ),
    "models.torch_shim": Floor(
        (
            *GROUND,
            *FORMATS,
            *SHARED,
            "models.torch_backbone",
            "models.torch_graphs",
            "models.torch_runtime",
            "models.torch_auto",
            "models.torch_weights",
        ),
        ("numpy", "thinc", "torch"),
    ),
    "models.mlx_network": Floor((*GROUND, *FORMATS, "models.mlx_backbone"), ("numpy", "mlx")),
    "models.mlx_shim": Floor(
        (*GROUND, *FORMATS, *SHARED, "models.mlx_backbone", "models.mlx_network"),
        ("numpy", "thinc", "mlx"),
    ),
    "models.onnx_shim": Floor(
        (*GROUND, *FORMATS, "models.onnx_backbone"), ("numpy", "thinc", "onnxruntime", "srsly")
    ),
    # the one place that imports inside a function: it picks the backend
    "models.architectures": Floor((*GROUND, *THINKING, "models"), (*SPACY, *FRAMEWORKS), lazy=True),
    "models": Floor((*GROUND, *THINKING, "models"), (*SPACY, *FRAMEWORKS)),
    # 3: the model reaches a component through the config, so no room here knows `models`
    "scorer": Floor((*GROUND, *THINKING, "evaluate"), SPACY),
    "pipeline.rules": Floor((*GROUND, *THINKING, "pipeline", "rules.merge"), SPACY),
    "pipeline.stream": Floor((*GROUND, *THINKING, "pipeline"), SPACY),
    # encryption loads when a corpus is read
    "pipeline.redactor": Floor((*GROUND, "pipeline", "redact"), SPACY, lazy=True),
    "pipeline": Floor((*GROUND, *THINKING, "pipeline"), SPACY),
    # operators that need a package of their own are rooms that load when a policy names them
    **{room: Floor((*GROUND, "redact"), ("spacy", "faker")) for room in INVENTING},
    **{room: Floor((*GROUND, "redact"), ("cryptography",)) for room in ENCRYPTING},
    "rules": Floor((*GROUND, "rules"), ("phonenumbers", "stdnum")),
    "redact": Floor((*GROUND, *THINKING, "redact"), SPACY),
    "evaluate.plots": Floor((*GROUND, "evaluate"), ("matplotlib",)),
    # what is left of a text after redaction is a measure, too
    "evaluate.utility": Floor((*GROUND, *THINKING, "evaluate", "redact"), SPACY),
    "evaluate": Floor((*GROUND, *THINKING, "evaluate"), SPACY),
    # the one place that knows the hub's data sets, an extra
    "training.hub": Floor(GROUND, ("datasets",), lazy=True),
    # the one place that runs networks of other kinds
    "training.large_encoder": Floor((*GROUND, "training"), ("torch", "transformers"), lazy=True),
    # 4
    "loading": Floor((*GROUND, "models.source"), ("spacy",)),
    # anything below; the functions of the front door bring in what a call needs
    "api": Floor((*GROUND, "pipeline.annotations", "pipeline.stream", "redact"), SPACY, lazy=True),
    # a command imports what is heavy when it runs, so that spaCy starts quickly
    # The bar that spaCy's own logger shows, and that comes with spaCy.
    "training.logger": Floor(("",), (*SPACY, "tqdm")),
    "training": Floor(("",), (*SPACY, *FRAMEWORKS, *MAKERS)),
    "cli.parquet": Floor(GROUND, ("pyarrow",)),
    "cli": Floor(("",), (*SPACY, *FRAMEWORKS, *MAKERS, "typer", "rich", "wasabi"), lazy=True),
    # the front door: names of the public face, brought in when they are used
    "": Floor(("",), SPACY, lazy=True),
}


@dataclass(frozen=True)
class Import:
    """One import: what, on which line, whether in a function or only for type checkers."""

    module: str
    line: int
    in_function: bool
    for_types: bool


def module_name(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


MODULES = {
    module_name(path): path for path in sorted(ROOT.rglob("*.py")) if "data" not in path.parts
}


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def read_imports(path: Path, package: str) -> list[Import]:
    """Read every import of a file. Names of ours come back without the package's name in front."""
    found: list[Import] = []

    def visit(node: ast.AST, in_function: bool, for_types: bool) -> None:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = names_of(node, package)
        else:
            names = []
        found.extend(Import(name, node.lineno, in_function, for_types) for name in names)  # type: ignore[attr-defined]
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            visit(child, in_function or inside, for_types or is_type_checking(node))

    visit(ast.parse(path.read_text(encoding="utf8")), False, False)
    return found


def names_of(node: ast.ImportFrom, package: str) -> list[str]:
    """`from .x import y` may bring in the module x or x.y: name the deepest that is a module."""
    base = node.module or ""
    if node.level:
        parts = f"{PACKAGE}.{package}".rstrip(".").split(".")
        parts = parts[: len(parts) - (node.level - 1)]
        base = ".".join([*parts, base]).rstrip(".")
    names = []
    for alias in node.names:
        deeper = f"{base}.{alias.name}"
        is_module = deeper.removeprefix(f"{PACKAGE}.") in MODULES
        names.append(deeper if is_module else base)
    return names


def package_of(module: str) -> str:
    is_package = MODULES[module].name == "__init__.py"
    return module if is_package else module.rpartition(".")[0]


IMPORTS = {name: read_imports(path, package_of(name)) for name, path in MODULES.items()}


def fits(module: str, prefix: str) -> bool:
    return prefix == "" or module == prefix or module.startswith(f"{prefix}.")


def floor_of(module: str) -> Floor:
    named = [floor for prefix, floor in FLOORS.items() if prefix and fits(module, prefix)]
    if not named and module:
        pytest.fail(f"{PACKAGE}.{module} stands on no floor: give it a line in FLOORS")
    return named[0] if named else FLOORS[""]


def ours(name: str) -> str | None:
    """Name of a module of ours without the package in front ("" is the package), else None."""
    return name[len(PACKAGE) + 1 :] if fits(name, PACKAGE) else None


def breaches(module: str, imports: list[Import]) -> list[str]:
    """Say which imports a module's floor does not allow."""
    floor, bad = floor_of(module), []
    for item in imports:
        inner, top = ours(item.module), item.module.split(".")[0]
        if inner is not None:
            allowed = any(fits(inner, prefix) for prefix in floor.ours)
        else:
            allowed = top in sys.stdlib_module_names or top in floor.others
        if not allowed:
            bad.append(f"line {item.line}: {item.module}")
        elif item.in_function and not floor.lazy:
            bad.append(f"line {item.line}: {item.module}, inside a function")
    return bad


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name or PACKAGE)
def test_floor(module: str) -> None:
    assert not breaches(module, IMPORTS[module]), f"{module} imports what its floor may not"


def test_the_floors_are_kept_by_something(tmp_path: Path) -> None:
    """The check itself: it sees every form of import, and refuses what it should."""
    path = tmp_path / "room.py"
    path.write_text(
        "import torch.nn\n"
        "from ..types import CharSpan\n"
        "from . import config\n"
        "def f():\n"
        "    from ..cli import app\n",
        encoding="utf8",
    )
    imports = read_imports(path, "models")
    assert [item.module for item in imports] == [
        "torch.nn",
        f"{PACKAGE}.types",
        f"{PACKAGE}.models.config",
        f"{PACKAGE}.cli",
    ]
    assert [item.in_function for item in imports] == [False, False, False, True]
    refused = "\n".join(breaches("viterbi", imports))
    assert "torch.nn" in refused
    assert "models.config" in refused
    assert "cli" in refused
    assert "types" not in refused
    assert not breaches("training.some_room", imports[:3])
    assert "inside a function" in "".join(breaches("training.some_room", imports[3:]))


def test_no_cycles() -> None:
    graph = {
        module: {
            inner
            for item in imports
            if not item.for_types and (inner := ours(item.module)) is not None and inner in MODULES
        }
        - {module}
        for module, imports in IMPORTS.items()
    }
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"import cycle: {' -> '.join((*path, module))}"
        if module not in done:
            for other in sorted(graph[module]):
                walk(other, (*path, module))
            done.add(module)

    for module in graph:
        walk(module, ())


def test_nothing_needs_transformers() -> None:
    users = [
        f"{module or PACKAGE} line {item.line}"
        for module, imports in IMPORTS.items()
        for item in imports
        if item.module.split(".")[0] == "transformers" and not item.in_function
    ]
    assert not users


def test_no_pickle() -> None:
    # pickletools lists the instructions of a pickle and runs none of them.
    names = {"pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
    users = {
        m for m, imports in IMPORTS.items() for i in imports if i.module.split(".")[0] in names
    }
    assert not users


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
