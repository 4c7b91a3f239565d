"""A trained category head -> its place in a saved pipeline, whole or not at all.

Works on files: no network is loaded, so no backend is needed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import spacy
import srsly
from thinc.api import Linear

from ..files import mend_folder, replace_folder, write_atomically
from ..pipeline.names import TEXTCAT
from ..pipeline.storage.components import HEAD, SHARED, read_object
from ..pipeline.storage.pipelines import CONFIG, META, SavedPipeline, check_output
from ..types import Floats1d, Floats2d


@dataclass(frozen=True)
class NewHead:
    """A category head that takes the place of the one in a saved pipeline.

    weight (Floats2d): Shape: (n_categories, width). bias (Floats1d): Shape: (n_categories,).
    categories (tuple[str, ...]): What its rows mean.
    exclusive (bool): Whether categories exclude each other.
    scores (Mapping[str, float]): Its figures, for the meta data; see `head.score_head`.
    """

    weight: Floats2d
    bias: Floats1d
    categories: tuple[str, ...]
    exclusive: bool
    scores: Mapping[str, float] = field(default_factory=dict)


def put_head(pipeline: SavedPipeline, head: NewHead) -> None:
    """Put a category head into a saved pipeline; a component for it is added if there is none.

    The component's folder is made beside its place and then renamed, so a crash leaves the old head
    or the new one, never labels of one with weights of the other.
    """
    draft = pipeline.place.with_name(f".{pipeline.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        _write_component(pipeline, draft, head)
        replace_folder(draft, pipeline.place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if not pipeline.exists:
        _add_to_config(pipeline, head.exclusive)
    _add_to_meta(pipeline, head)


def copy_with_head(pipeline: SavedPipeline, output: Path, head: NewHead) -> None:
    """Write a copy of a saved pipeline with another category head, whole or not at all.

    RAISES (FileExistsError): What is there is no saved pipeline, or has `pipeline` inside.
    """
    check_output(output, pipeline.folder)
    draft = output.with_name(f".{output.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    mend_folder(output)
    try:
        shutil.copytree(pipeline.folder, draft)
        put_head(replace(pipeline, folder=draft), head)
        replace_folder(draft, output)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_component(pipeline: SavedPipeline, draft: Path, head: NewHead) -> None:
    if pipeline.exists:
        for file in pipeline.place.iterdir():
            if file.is_dir():
                shutil.copytree(file, draft / file.name, copy_function=_link)
            else:
                shutil.copy2(file, draft / file.name)
    else:
        note = {"component": pipeline.peer, "fingerprint": pipeline.backbone}
        write_atomically(draft / SHARED, srsly.json_dumps(note, indent=2).encode())
    layer: Any = Linear(*head.weight.shape)
    layer.set_param("W", head.weight)
    layer.set_param("b", head.bias)
    write_atomically(draft / HEAD, layer.to_bytes())
    cfg = {
        "categories": list(head.categories),
        "exclusive": head.exclusive,
        "network": pipeline.backbone,
    }
    write_atomically(draft / "cfg", srsly.json_dumps(cfg, indent=2).encode())


def _link(source: str, target: str) -> None:
    """A second name for the network's files, which are replaced and never changed; or a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _add_to_config(pipeline: SavedPipeline, exclusive: bool) -> None:
    """Add the component with its defaults; the pipeline takes no notice of it before this."""
    blank = spacy.blank("xx")
    blank.add_pipe(TEXTCAT, name=pipeline.name, config={"exclusive": exclusive})
    config = pipeline.config.copy()
    config["components"][pipeline.name] = blank.config["components"][pipeline.name]
    config["nlp"]["pipeline"] = [*config["nlp"]["pipeline"], pipeline.name]
    write_atomically(pipeline.folder / CONFIG, config.to_str(interpolate=False).encode())


def _add_to_meta(pipeline: SavedPipeline, head: NewHead) -> None:
    """Tell the meta data, which the loader does not rely on, about the new categories.

    What was measured of the old ones goes: a package would show it as that of these, whose own
    scores take its place.
    """
    path = pipeline.folder / META
    if not path.is_file():
        return
    meta = read_object(path)
    meta.setdefault("labels", {})[pipeline.name] = list(head.categories)
    for key in ("pipeline", "components"):
        if pipeline.name not in meta.setdefault(key, []):
            meta[key].append(pipeline.name)
    performance = meta.get("performance") or {}
    stale = {key for key in performance if key.startswith("cats_")} | {f"{pipeline.name}_loss"}
    kept = {key: performance[key] for key in performance if key not in stale}
    meta["performance"] = kept | dict(head.scores)
    write_atomically(path, srsly.json_dumps(meta, indent=2).encode())
