"""A checkpoint or a saved pipeline -> the same with its network written anew.

A saved pipeline stays one: its network is written anew, all else is copied.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...checkpoints.checkpoint import ReadOptions
from ...checkpoints.convert import (
    AS_STORED,
    Conversion,
    WriteOptions,
    convert,
    describe_storage,
    drop_categories,
)
from ...checkpoints.registry import NATIVE, read_checkpoint
from ...checkpoints.source import find_id, find_source, is_pipeline
from .pipelines import copy_with_networks

NOTHING_KNOWN: Final = ReadOptions()


def convert_source(
    source: str,
    target: Path,
    format_: str,
    options: WriteOptions = AS_STORED,
    *,
    revision: str | None = None,
    known: ReadOptions = NOTHING_KNOWN,
    tags_only: bool = False,
) -> list[Conversion]:
    """Write what a folder or a hub holds in another format.

    source (str): A folder, or the id of a repository on a hub.
    target (Path): A folder that is not there yet, or is empty.
    format_, options: As in `checkpoints.convert`.
    revision (str | None): Branch, tag or commit of a hub repository.
    known (ReadOptions): What the caller knows better than the files.
    tags_only (bool): Leave a head of categories out.
    RETURNS (list[Conversion]): One for each network: of a pipeline there may be several.
    RAISES (FileNotFoundError): No such source. (FileExistsError): The folder holds something.
    RAISES (ValueError): What cannot be written so.
    """
    folder = find_source(source, revision)
    if is_pipeline(folder):
        if any(known) or tags_only:
            raise ValueError(
                f"{source} is a saved pipeline, which settled its sinks, window and heads when "
                "it was made. Leave --ignore-key, --sinks-unit, --window and --tags-only out."
            )
        return convert_pipeline(folder, target, format_, options)
    checkpoint = read_checkpoint(folder, *known)
    if tags_only:
        checkpoint = drop_categories(checkpoint)
    return [convert(checkpoint, target, format_, options, find_id(source, folder))]


def convert_pipeline(
    source: Path, target: Path, format_: str, options: WriteOptions = AS_STORED
) -> list[Conversion]:
    """Write a saved pipeline to a new folder, with its network written as `convert` writes it.

    Heads and all other components are copied as they are. The notes of the meta data say what was
    done, since the figures there are of the network as it was.

    source (Path): What `nlp.to_disk` wrote.
    target (Path): A folder that is not there yet, or is empty.
    format_, options: As in `checkpoints.convert`.
    RETURNS (list[Conversion]): One for each network: mostly one.
    RAISES (ValueError): Another format than "native", or a pipeline without a network.
    RAISES (FileExistsError): The folder holds something.
    """
    if format_ != NATIVE:
        raise ValueError(
            f"A saved pipeline keeps its network as {NATIVE!r}, and not as {format_!r}. Write a "
            f"checkpoint first: python -m spacy privacy-filter checkpoint {source} OUT"
        )
    done: list[Conversion] = []

    def write(old: Path, new: Path) -> str:
        written = convert(read_checkpoint(old), new, format_, options)
        written.report["folder"] = str(target / new.parent.name / new.name)
        done.append(written)
        asked = options.bits or options.embedding_bits or options.dtype
        return describe_storage(written.packings, options.dtype) if asked else ""

    copy_with_networks(source, target, write)
    return done
