"""What goes through every format: each becomes every other, and is read in shards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import SAFETENSORS
from spacy_privacy_filter.checkpoints.registry import FORMATS, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors, write_safetensors
from spacy_privacy_filter.labels.tags import OPENAI_LABELS

from ..export.helpers import write_graph
from .claims import verifies
from .helpers import TAGS, WEIGHTS, assert_close, make, write_mlx_community

# --- The original release


# --- OpenMed's MLX artifacts


# --- mlx-community


# --- Multi-task repositories


# --- All of them


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("target", [name for name in FORMATS if FORMATS[name].write])
def test_every_format_becomes_every_other(tmp_path: Path, source: str, target: str) -> None:
    checkpoint = make(bias=False)
    if source == "multitask":
        checkpoint = make(bias=False, categories=True)
    if source == "mlx-community":
        write_mlx_community(tmp_path / "a", checkpoint)
    elif source == "onnx":
        pytest.importorskip("onnx")
        write_graph(tmp_path / "a", checkpoint=checkpoint)
    else:
        write_checkpoint(tmp_path / "a", checkpoint, source)
    read = read_checkpoint(tmp_path / "a")
    assert read.format == source
    if (read.categories is None) != (target != "multitask") and target != "native":
        with pytest.raises(ValueError, match="category head"):
            write_checkpoint(tmp_path / "b", read, target)
        return
    write_checkpoint(tmp_path / "b", read, target)
    found = read_checkpoint(tmp_path / "b")
    assert found.format == target
    assert_close(found, checkpoint)


@pytest.mark.parametrize(
    "format_",
    [
        pytest.param(format_, marks=verifies(format_, read=["shards"]))
        for format_ in ("huggingface", "multitask", "opf", "openmed")
    ],
)
def test_shards(tmp_path: Path, format_: str) -> None:
    checkpoint = make(bias=False, categories=format_ == "multitask")
    write_checkpoint(tmp_path, checkpoint, format_)
    name = SAFETENSORS if format_ == "openmed" else WEIGHTS
    tensors, metadata = read_safetensors(tmp_path / name)
    names = sorted(tensors)
    files = {n: f"part-{i % 3}.safetensors" for i, n in enumerate(names)}
    for file in set(files.values()):
        part = {n: tensors[n] for n in names if files[n] == file}
        write_safetensors(tmp_path / file, part, metadata)
    (tmp_path / name).unlink()
    (tmp_path / f"{name}.index.json").write_text(json.dumps({"weight_map": files}))
    assert_close(read_checkpoint(tmp_path), checkpoint)


def test_tags_are_the_published_ones() -> None:
    assert len(TAGS) == 33
    assert TAGS.labels == OPENAI_LABELS
