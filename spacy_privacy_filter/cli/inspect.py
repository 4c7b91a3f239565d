"""`privacy-filter inspect`: what a checkpoint is, without running it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import clear_errors

if TYPE_CHECKING:
    from rich.table import Table

    from ..checkpoints.checkpoint import Checkpoint
    from ..checkpoints.tensors.safetensors import StoredTensor

CHUNK = 1 << 20

SourceArgument = Annotated[
    str, typer.Argument(metavar="SRC", help="A folder with a checkpoint, or a hub id")
]
RevisionOption = Annotated[
    str | None, typer.Option(help="Branch, tag or commit of a hub repository")
]
SinksOption = Annotated[
    str | None, typer.Option(help="Unit of the stored sinks if you know better: log2 or natural")
]
WindowOption = Annotated[
    int | None, typer.Option(min=1, help="Reach of attention to each side if you know better")
]
IgnoreOption = Annotated[
    list[str] | None, typer.Option("--ignore-key", help="An unknown key that is harmless")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")]


def inspect_cli(
    source: SourceArgument,
    revision: RevisionOption = None,
    sinks_unit: SinksOption = None,
    window: WindowOption = None,
    ignore_keys: IgnoreOption = None,
    hashes: Annotated[bool, typer.Option(help="Hash every file (reads all weights)")] = True,
    as_json: JsonOption = False,
) -> None:
    """Show the format, sizes, labels, conventions and files of a checkpoint."""
    from ..checkpoints.registry import find_format, read_checkpoint
    from ..checkpoints.source import find_source

    with clear_errors():
        _, folder = find_format(find_source(source, revision))
        checkpoint = read_checkpoint(folder, ignore_keys or (), sinks_unit, window)
        report = describe(folder, checkpoint, hashes)
    show(report, as_json)


def describe(folder: Path, checkpoint: Checkpoint, hashes: bool) -> dict[str, Any]:
    """Gather what can be said about a checkpoint.

    folder (Path): Where its files lie.
    checkpoint (Checkpoint): What was read from there.
    hashes (bool): Whether to hash the files.
    RETURNS (dict[str, Any]): Plain values, ready for JSON.
    """
    c = checkpoint
    meant = c.conventions
    return {
        "format": c.format,
        "folder": str(folder),
        "network": c.config.to_dict(),
        "parameters": sum(prod(tensor.shape) for tensor in c.tensors.values()),
        "stored": stored_types(folder),
        "n_tags": None if c.tags is None else len(c.tags),
        "scheme": None if c.tags is None else c.tags.scheme,
        "labels": None if c.tags is None else list(c.tags.labels),
        "categories": None if c.categories is None else list(c.categories),
        "exclusive": c.exclusive,
        "biases": c.biases,
        "operating_points": c.points,
        "conventions": None
        if meant is None
        else {"sinks_unit": meant.sinks_unit, "window": meant.window, "origin": meant.origin},
        "files": list(list_files(folder, hashes)),
    }


def stored_types(folder: Path) -> dict[str, int]:
    """Count the bytes of each number type in the files of weights, by type."""
    counts: Counter[str] = Counter()
    for tensor in _stored(folder):
        counts[tensor.dtype] += tensor.nbytes
    return dict(counts.most_common())


def _stored(folder: Path) -> Iterator[StoredTensor]:
    from ..checkpoints.tensors.folder import find_file
    from ..checkpoints.tensors.npz import read_npz
    from ..checkpoints.tensors.safetensors import read_safetensors

    for path in sorted(folder.glob("*.safetensors")):
        yield from read_safetensors(find_file(folder, path.name))[0].values()
    for path in sorted(folder.glob("*.npz")):
        yield from read_npz(find_file(folder, path.name)).values()


def list_files(folder: Path, hashes: bool) -> Iterator[dict[str, Any]]:
    """List the files of a folder, by name: size in bytes, and SHA-256 if wanted."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            found: dict[str, Any] = {"name": path.name, "bytes": path.stat().st_size}
            yield found | ({"sha256": hash_file(path)} if hashes else {})


def hash_file(path: Path) -> str:
    """Hash a file (SHA-256), a piece at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def show(report: dict[str, Any], as_json: bool) -> None:
    """Print a report of `describe`."""
    if as_json:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    console.print(table(("what", "value"), rows(report)))
    files = [[f["name"], f"{f['bytes']:,}", f.get("sha256", "")] for f in report["files"]]
    console.print(table(("file", "bytes", "SHA-256"), files, right=1))


def rows(report: dict[str, Any]) -> list[list[str]]:
    """Lay out the lines of the first table."""
    meant, labels = report["conventions"], report["labels"]
    lines = [
        ["format", report["format"]],
        ["folder", report["folder"]],
        ["parameters", f"{report['parameters']:,}"],
        ["stored", ", ".join(f"{dtype} {n:,} bytes" for dtype, n in report["stored"].items())],
        ["network", ", ".join(f"{name} {value}" for name, value in report["network"].items())],
        ["tags", f"{report['n_tags']} ({report['scheme']})" if labels else "no tag head"],
        ["labels", ", ".join(labels or ["-"])],
        ["categories", ", ".join(report["categories"] or ["no category head"])],
        ["biases", ", ".join(f"{value:g}" for value in report["biases"].values())],
    ]
    if report["operating_points"]:
        lines.append(["operating points", ", ".join(report["operating_points"])])
    if meant is not None:
        text = f"{meant['sinks_unit']}, window {meant['window']} ({meant['origin']})"
        lines.append(["sinks in the file", text])
    return lines


def table(head: Sequence[str], lines: Sequence[Sequence[str]], right: int | None = None) -> Table:
    """Make a table whose cells are folded, never cut, and never read as markup."""
    from rich.table import Table
    from rich.text import Text

    made = Table(*head)
    for column in made.columns:
        column.overflow = "fold"
    if right is not None:
        made.columns[right].justify = "right"
    for line in lines:
        made.add_row(*(Text(cell) for cell in line))
    return made
