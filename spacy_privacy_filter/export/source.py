"""What a user names as a source -> one checkpoint with its heads, and the papers it came with."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final, NamedTuple

from ..checkpoints.checkpoint import Checkpoint, ReadOptions
from ..checkpoints.registry import find_format, read_checkpoint
from ..checkpoints.source import SHIPPED, find_source, is_pipeline
from ..pipeline.storage.checkpoint import read_pipeline

NOTHING_KNOWN: Final = ReadOptions()
# What goes with weights wherever they go.
PAPERS: Final = ("LICENSE*", "NOTICE*", "README.md")
PACKAGE: Final = "spacy-privacy-filter"


class Source(NamedTuple):
    """What is exported.

    checkpoint (Checkpoint): The network and its heads.
    papers (list[Path]): Licence and card.
    """

    checkpoint: Checkpoint
    papers: list[Path]


def read_source(
    source: str, revision: str | None = None, known: ReadOptions = NOTHING_KNOWN
) -> Source:
    """Read a checkpoint or a saved pipeline, from a folder or a hub.

    RAISES (FileNotFoundError): No such source. (ValueError): What cannot be read, or conventions
        for a pipeline, which settled them when it was made.
    """
    folder = find_source(source, revision)
    # The pipeline that ships is kept as a checkpoint.
    if is_pipeline(folder):
        if any(known):
            raise ValueError(
                f"{source} is a saved pipeline, which settled its sinks, window and keys when it "
                "was made. Leave --sinks-unit, --window and --ignore-key out."
            )
        return Source(read_pipeline(folder), _find_papers(folder))
    checkpoint = read_checkpoint(folder, *known)
    checkpoint.tokenizer.check(find_format(folder)[1])
    return Source(checkpoint, _find_papers(folder))


def copy_papers(source: Source, folder: Path) -> None:
    """Copy licence and card."""
    for path in source.papers:
        shutil.copyfile(path, folder / path.name)


def _find_papers(folder: Path) -> list[Path]:
    found = {path.name: path for name in PAPERS for path in sorted(folder.glob(name))}
    if folder == SHIPPED:
        found |= {path.name: path for path in _own_papers()}
    return [path for path in found.values() if path.is_file()]


def _own_papers() -> list[Path]:
    """Find the licence of this package, which is that of the network that ships."""
    try:
        listed = files(PACKAGE) or []
    except PackageNotFoundError:
        return []
    return [Path(str(path.locate())) for path in listed if path.name in ("LICENSE", "NOTICE")]
