"""Checkpoints: what is written comes back, whole or not at all, and nothing wrong is let in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints import registry as module
from spacy_privacy_filter.checkpoints.registry import FORMATS, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
)

from .claims import ROUND_TRIP, verifies
from .helpers import edit
from .rare_sizes import CONFIG, NETWORK, WEIGHTS, assert_same, make

# --- Round trips


@pytest.mark.parametrize(
    ("format_", "dtype"),
    [
        pytest.param(
            format_,
            dtype,
            marks=verifies(format_, read=[form], write=[form], against=[ROUND_TRIP]),
        )
        for format_ in ("native", "huggingface")
        for dtype, form in (("F32", "fp32"), ("BF16", "bf16"), ("F16", "fp16"))
    ],
)
def test_what_is_written_comes_back(tmp_path: Path, format_: str, dtype: str) -> None:
    expected = make(dtype)
    mark = write_checkpoint(tmp_path / "new" / "folder", expected, format_)
    found = read_checkpoint(tmp_path / "new" / "folder")
    assert found.format == format_
    assert_same(found, expected)
    assert mark == fingerprint(read_safetensors(tmp_path / "new" / "folder" / WEIGHTS)[0])


def test_the_two_formats_hold_the_same(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "a", make("BF16"), "huggingface")
    write_checkpoint(tmp_path / "b", read_checkpoint(tmp_path / "a"))
    write_checkpoint(tmp_path / "c", read_checkpoint(tmp_path / "b"), "huggingface")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "c" / path.name).read_bytes()


def test_a_checkpoint_can_be_written_over_itself(saved: Path) -> None:
    before = {path.name: path.read_bytes() for path in saved.iterdir()}
    found = read_checkpoint(saved)  # its tensors are mapped from the file that is replaced
    write_checkpoint(saved, found, found.format)
    assert {path.name: path.read_bytes() for path in saved.iterdir()} == before


def test_number_types_may_differ_inside_a_checkpoint(tmp_path: Path) -> None:
    expected = make("BF16")
    for name in expected.tensors:
        if name.endswith(("scale", "sinks")):  # as in the published files
            values = expected.tensors[name].to_float32()
            expected.tensors[name] = StoredTensor.from_float32(values)
    write_checkpoint(tmp_path, expected, "huggingface")
    assert_same(read_checkpoint(tmp_path), expected)


@pytest.mark.parametrize("format_", ["native", "huggingface"])
def test_large_tensors_stay_mapped(tmp_path: Path, format_: str) -> None:
    write_checkpoint(tmp_path, make("BF16"), format_)
    copied = set()
    for name, tensor in read_checkpoint(tmp_path).tensors.items():
        base: Any = tensor.data
        while base is not None and not isinstance(base, np.memmap):
            base = base.base
        if base is None:
            copied.add(name.split(".", 2)[-1])
    assert copied == ({"attn.qkv.weight", "attn.qkv.bias"} if format_ == "huggingface" else set())


def test_unknown_files_are_no_error(saved: Path) -> None:
    (saved / "notes.json").write_text("{}")
    (saved / "README.md").write_text("hello")
    assert_same(read_checkpoint(saved), make())


# --- Tensors that are wrong


def test_weights_cut_short(saved: Path) -> None:
    raw = (saved / WEIGHTS).read_bytes()
    for size in [*range(0, 60, 7), *range(60, len(raw), len(raw) // 40), len(raw) - 1]:
        (saved / WEIGHTS).write_bytes(raw[:size])
        with pytest.raises(ValueError, match=r"model\.safetensors"):
            read_checkpoint(saved)


# --- Folders that are wrong


def test_half_a_checkpoint(saved: Path) -> None:
    config = NETWORK if (saved / NETWORK).exists() else CONFIG
    half = saved / "half"
    half.mkdir()
    with pytest.raises(FileNotFoundError, match="no complete checkpoint"):
        read_checkpoint(half)
    shutil.copy(saved / config, half)
    with pytest.raises(FileNotFoundError, match=r"No model\.safetensors"):
        read_checkpoint(half)
    (half / config).unlink()
    shutil.copy(saved / WEIGHTS, half)
    with pytest.raises(FileNotFoundError, match=r"network\.json nor config\.json"):
        read_checkpoint(half)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_checkpoint(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError, match="is a file"):
        read_checkpoint(tmp_path / "file")
    with pytest.raises(NotADirectoryError, match="is a file"):
        write_checkpoint(tmp_path / "file", make())


def test_two_checkpoints_in_a_folder(saved: Path, tmp_path: Path) -> None:
    other = "native" if (saved / CONFIG).exists() else "huggingface"
    with pytest.raises(ValueError, match="empty folder"):
        write_checkpoint(saved, make(), other)
    write_checkpoint(tmp_path / "other", make(), other)
    shutil.copytree(tmp_path / "other", saved, dirs_exist_ok=True)
    with pytest.raises(ValueError, match="native, huggingface"):
        read_checkpoint(saved)


def test_unknown_formats_are_named(huggingface: Path) -> None:
    edit(huggingface / CONFIG, model_type="bert")
    with pytest.raises(ValueError, match=r"'bert'.*native, huggingface"):
        read_checkpoint(huggingface)
    # An MLX artifact: same model_type, other names and units.
    edit(huggingface / CONFIG, model_type="openai_privacy_filter", _mlx_task="x")
    with pytest.raises(ValueError, match=r"_mlx_task.*token-classification"):
        read_checkpoint(huggingface)


# --- Writing


def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'gguf'.*native, huggingface"):
        write_checkpoint(tmp_path / "x", make(), "gguf")
    for heads in ("none", "tags categories"):
        with pytest.raises(ValueError, match="category head"):
            write_checkpoint(tmp_path / "y", make(heads=heads), "huggingface")
    with pytest.raises(ValueError, match="quantised"):
        write_checkpoint(tmp_path / "y", make(), "huggingface", quantize={"embedding.weight": 8})
    broken = make()
    del broken.tensors["norm.scale"]
    with pytest.raises(ValueError, match=r"norm\.scale is missing"):
        write_checkpoint(tmp_path / "x", broken)
    broken = make()
    broken.biases.popitem()
    with pytest.raises(ValueError, match="transition biases"):
        write_checkpoint(tmp_path / "x", broken)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("crash_at", ["write_safetensors", "write_calibration", "write_json"])
def test_a_crash_never_leaves_a_mixture(
    native: Path, monkeypatch: pytest.MonkeyPatch, crash_at: str
) -> None:
    """The old checkpoint is still there, or the folder is known to be unfinished."""
    before = make(heads="tags categories")
    new = make(heads="tags categories")
    new.tensors["norm.scale"] = StoredTensor.from_float32(np.full(64, 3.0))

    def crash(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(module, crash_at, crash)
        with pytest.raises(OSError, match="disk full"):
            write_checkpoint(native, new)
    if crash_at == "write_safetensors":
        assert_same(read_checkpoint(native), before)
    else:
        with pytest.raises(ValueError, match="Write the checkpoint again"):
            read_checkpoint(native)
        write_checkpoint(native, new)
        assert_same(read_checkpoint(native), new)
    assert {path.name for path in native.iterdir()} == {
        NETWORK,
        WEIGHTS,
        "viterbi_calibration.json",
    }


def test_the_table_of_formats_has_room_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A format that can only be read is one more entry."""
    head, tensors = replace(make(), tensors={}), make().tensors
    entry = module.Format(
        "mine",
        lambda folder, values: (folder / "mine").exists(),
        lambda *_: module.Opened(head, lambda: tensors),
        None,
    )
    monkeypatch.setitem(FORMATS, "mine", entry)
    (tmp_path / "mine").write_text("")
    assert_same(read_checkpoint(tmp_path), make())
    with pytest.raises(ValueError, match="Choose one of: native, huggingface"):
        write_checkpoint(tmp_path, make(), "mine")
