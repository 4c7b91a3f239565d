"""Safetensors files: exact both ways, lazily mapped, and refused when anything is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter import files as files_module
from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    MAX_HEADER_BYTES,
    StoredTensor,
    fingerprint,
    read_safetensors,
    read_weights,
    write_safetensors,
)

from ..hostile import INDEX, fresh, read, weights, within_the_file_size


@pytest.fixture
def tensors(rng: np.random.Generator) -> dict[str, StoredTensor]:
    values = rng.normal(size=(5, 7)).astype("f")
    return {
        "b.half": StoredTensor.from_float32(values, "F16"),
        "a.full": StoredTensor.from_float32(values),
        "c.brain": StoredTensor.from_float32(values[:3, :1], "BF16"),
        "words": StoredTensor("U32", rng.integers(0, 2**32, size=(2, 3), dtype=np.uint32)),
        "odd": StoredTensor("U8", np.arange(3, dtype=np.uint8)),
        "none": StoredTensor.from_float32(np.zeros((0, 4))),
        "scalar": StoredTensor.from_float32(np.float32(2.5)),
    }


def assert_same(found: dict[str, StoredTensor], expected: dict[str, StoredTensor]) -> None:
    assert set(found) == set(expected)
    for name, tensor in expected.items():
        assert found[name].dtype == tensor.dtype
        assert found[name].shape == tensor.shape
        assert found[name].data.tobytes() == tensor.data.tobytes()


def craft(path: Path, header: object, data: bytes = b"") -> Path:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + data)
    return path


def entry(shape: list[int], begin: int, end: int, dtype: str = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


# --- Number types


@given(st.integers(0, 2**16 - 1))
def test_bfloat16_is_exact_both_ways(bits: int) -> None:
    tensor = StoredTensor("BF16", np.array([bits], np.uint16))
    value = tensor.to_float32()
    again = StoredTensor.from_float32(value, "BF16")
    if np.isnan(value[0]):
        assert np.isnan(again.to_float32()[0])
    else:
        assert again.data[0] == bits


@given(st.floats(width=32, allow_nan=False))
def test_bfloat16_rounds_as_torch_does(value: float) -> None:
    torch = pytest.importorskip("torch")
    ours = StoredTensor.from_float32(np.array([value]), "BF16").data
    theirs = torch.tensor([value], dtype=torch.float32).to(torch.bfloat16).view(torch.uint16)
    assert ours.tolist() == theirs.tolist()


def test_float32_is_not_copied() -> None:
    values = np.ones(3, np.float32)
    assert np.shares_memory(StoredTensor.from_float32(values).to_float32(), values)


def test_wrong_number_types_are_refused() -> None:
    with pytest.raises(ValueError, match="F8_E4M3"):
        StoredTensor("F8_E4M3", np.zeros(1, np.uint8))
    with pytest.raises(ValueError, match="held as uint16"):
        StoredTensor("BF16", np.zeros(1, np.float32))
    with pytest.raises(ValueError, match="dequantise"):
        StoredTensor("U32", np.zeros(1, np.uint32)).to_float32()
    with pytest.raises(ValueError, match="'U32'"):
        StoredTensor.from_float32(np.zeros(1), "U32")


# --- Round trips


def test_round_trip(tmp_path: Path, tensors: dict[str, StoredTensor]) -> None:
    path = tmp_path / "x.safetensors"
    write_safetensors(path, tensors, {"b": "2", "a": "1"})
    found, metadata = read_safetensors(path)
    assert_same(found, tensors)
    assert metadata == {"a": "1", "b": "2"}


def test_the_library_reads_what_we_write_and_the_reverse(
    tmp_path: Path, tensors: dict[str, StoredTensor]
) -> None:
    library = pytest.importorskip("safetensors.torch")
    write_safetensors(tmp_path / "ours", tensors, {"format": "pt"})
    theirs = library.load_file(tmp_path / "ours")
    assert theirs["c.brain"].float().numpy().tolist() == tensors["c.brain"].to_float32().tolist()
    library.save_file(theirs, tmp_path / "theirs", {"format": "pt"})
    assert_same(read_safetensors(tmp_path / "theirs")[0], tensors)


def test_equal_tensors_give_equal_bytes(tmp_path: Path, tensors: dict[str, StoredTensor]) -> None:
    write_safetensors(tmp_path / "1", tensors, {"b": "2", "a": "1"})
    write_safetensors(tmp_path / "2", dict(reversed(tensors.items())), {"a": "1", "b": "2"})
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_weights_stay_mapped_and_the_file_is_safe(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_safetensors(path, {"a": StoredTensor.from_float32(np.ones(4))})
    before = path.read_bytes()
    data = read_safetensors(path)[0]["a"].data
    base = data
    while base.base is not None and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    data += 1  # an optimizer may do this
    assert data.tolist() == [2.0] * 4
    assert path.read_bytes() == before


def test_not_contiguous_tensors_are_written_row_by_row(tmp_path: Path) -> None:
    values = np.arange(12, dtype=np.float32).reshape(3, 4).T
    write_safetensors(tmp_path / "x", {"a": StoredTensor.from_float32(values)})
    assert read_safetensors(tmp_path / "x")[0]["a"].data.tolist() == values.tolist()


def test_tensors_at_odd_addresses_can_be_used(tmp_path: Path) -> None:
    data = bytes([1]) + np.array([1.5, 2.5], "<f4").tobytes()
    path = craft(tmp_path / "x", {"a": entry([1], 0, 1, "U8"), "b": entry([2], 1, 9)}, data)
    found = read_safetensors(path)[0]["b"].data
    assert found.flags.aligned
    assert found.tolist() == [1.5, 2.5]


# --- Broken files


def test_a_file_cut_short_anywhere_is_refused(
    tmp_path: Path, tensors: dict[str, StoredTensor]
) -> None:
    path = tmp_path / "x.safetensors"
    write_safetensors(path, tensors)
    raw = path.read_bytes()
    for size in range(len(raw)):
        path.write_bytes(raw[:size])
        with pytest.raises(ValueError, match=r"x\.safetensors"):
            read_safetensors(path)
    path.write_bytes(raw + b"!")
    with pytest.raises(ValueError, match=r"x\.safetensors"):
        read_safetensors(path)


BROKEN = {
    "no JSON": b"{not json",
    "no object": b"[1]",
    "bad UTF-8": b'{"\xff": 1}',
    "deep": b"[" * 100_000,
    "twice": b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},'
    b'"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    "entry": {"a": 3},
    "no shape": {"a": {"dtype": "F32", "data_offsets": [0, 8]}},
    "huge": {"a": entry([2**40, 2**40], 0, 8)},
    "wrap": {"a": entry([2**62, 4], 0, 8)},
    "negative": {"a": entry([-2], 0, 8)},
    "too big": {"a": entry([3], 0, 12)},
    "too small": {"a": entry([1], 0, 4)},
    "reverse": {"a": entry([2], 8, 0)},
    "overlap": {"a": entry([2], 0, 8), "b": entry([1], 4, 8)},
    "gap": {"a": entry([1], 4, 8)},
    "wrong size": {"a": entry([1], 0, 8)},
    "unknown type": {"a": entry([2], 0, 8, "F31")},
    "text shape": {"a": {"dtype": "F32", "shape": "2", "data_offsets": [0, 8]}},
    "metadata": {"__metadata__": {"a": 1}, "a": entry([2], 0, 8)},
    "extra key": {"a": {**entry([2], 0, 8), "more": 1}},
}


@pytest.mark.parametrize("header", BROKEN.values(), ids=BROKEN)
def test_headers_that_lie_are_refused(tmp_path: Path, header: object) -> None:
    path = craft(tmp_path / "x.safetensors", header, bytes(8))
    with pytest.raises(ValueError, match=r"x\.safetensors"):
        read_safetensors(path)


def test_a_sound_header_is_not_refused(tmp_path: Path) -> None:
    """The counterpart of the test above: it is the lie that is refused, nothing else."""
    path = craft(tmp_path / "x.safetensors", {"a": entry([2], 0, 8)}, bytes(8))
    assert read_safetensors(path)[0]["a"].data.tolist() == [0.0, 0.0]


def test_number_types_that_no_checkpoint_uses_are_named(tmp_path: Path) -> None:
    path = craft(tmp_path / "x", {"weird.weight": entry([1], 0, 8, "I64")}, bytes(8))
    with pytest.raises(ValueError, match=r"weird\.weight.*I64.*F32.*float32"):
        read_safetensors(path)


def test_a_long_header_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.write((MAX_HEADER_BYTES + 1).to_bytes(8, "little"))
        file.truncate(MAX_HEADER_BYTES + 100)
    with pytest.raises(ValueError, match="at most"):
        read_safetensors(path)


@given(st.data())
def test_a_damaged_header_never_gets_past_as_something_unsound(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    values = StoredTensor.from_float32(np.ones((2, 3)))
    write_safetensors(path, {"a": values, "b": values})
    raw = bytearray(path.read_bytes())
    n_header = 8 + int.from_bytes(raw[:8], "little")
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, n_header - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw)
    try:
        found, _ = read_safetensors(path)
    except ValueError:
        return
    assert sum(tensor.data.nbytes for tensor in found.values()) == len(raw) - n_header


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_folder_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(ValueError, match="regular file"):
            read_safetensors(tmp_path / name)
    with pytest.raises(FileNotFoundError, match="missing"):
        read_safetensors(tmp_path / "missing")


# --- Several files with an index


@pytest.fixture
def shards(tmp_path: Path, tensors: dict[str, StoredTensor]) -> Path:
    names = sorted(tensors)
    files = {name: f"model-{i % 2}.safetensors" for i, name in enumerate(names)}
    for file in set(files.values()):
        write_safetensors(tmp_path / file, {n: tensors[n] for n in names if files[n] == file})
    (tmp_path / "model.safetensors.index.json").write_text(
        json.dumps({"metadata": {"total_size": 1}, "weight_map": files})
    )
    return tmp_path


def edit_index(folder: Path, **changes: object) -> None:
    path = folder / "model.safetensors.index.json"
    index = json.loads(path.read_text())
    index["weight_map"] |= changes
    path.write_text(json.dumps(index))


def test_shards(shards: Path, tensors: dict[str, StoredTensor]) -> None:
    assert_same(read_weights(shards)[0], tensors)


@pytest.mark.parametrize(
    "name", ["../x.safetensors", "/etc/passwd", "a/b", "..", "", ".", "a\\b", "C:x", "a\0b"]
)
def test_an_index_cannot_lead_out_of_the_folder(shards: Path, name: str) -> None:
    edit_index(shards, odd=name)
    with pytest.raises(ValueError, match="plain file names"):
        read_weights(shards)


def test_links_out_of_the_folder_are_refused(shards: Path) -> None:
    inner = shards / "inner"
    inner.mkdir()
    for path in list(shards.glob("model*")):
        (inner / path.name).symlink_to(path)
    with pytest.raises(ValueError, match="leads out"):
        read_weights(inner)


def test_links_of_the_hub_cache_are_followed(
    shards: Path, tensors: dict[str, StoredTensor]
) -> None:
    hub = shards / "models--a--b"
    (hub / "blobs").mkdir(parents=True)
    folder = hub / "snapshots" / "0123abc"
    folder.mkdir(parents=True)
    for i, path in enumerate(sorted(shards.glob("model-*")) + sorted(shards.glob("*.json"))):
        path.rename(hub / "blobs" / str(i))
        (folder / path.name).symlink_to(Path("../../blobs") / str(i))
    assert_same(read_weights(folder)[0], tensors)


def test_an_index_that_disagrees_with_its_files_is_refused(shards: Path) -> None:
    edit_index(shards, ghost="model-0.safetensors")
    with pytest.raises(ValueError, match="ghost"):
        read_weights(shards)
    edit_index(shards, ghost="model-7.safetensors")
    with pytest.raises(FileNotFoundError, match="model-7"):
        read_weights(shards)
    edit_index(shards, ghost=7)
    with pytest.raises(ValueError, match="weight_map"):
        read_weights(shards)


def test_two_sets_of_weights_are_ambiguous(shards: Path, tensors: dict[str, StoredTensor]) -> None:
    write_safetensors(shards / "model.safetensors", tensors)
    with pytest.raises(ValueError, match="out of date"):
        read_weights(shards)


# --- Writing whole or not at all


@pytest.mark.parametrize("where", ["write", "fsync", "replace"])
def test_a_crash_while_writing_leaves_the_old_file(
    tmp_path: Path,
    tensors: dict[str, StoredTensor],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    path = tmp_path / "x"
    write_safetensors(path, tensors)
    before = path.read_bytes()

    def crash(*_: object) -> None:
        raise OSError("disk full")

    new = dict(tensors, more=StoredTensor.from_float32(np.ones(3)))
    if where == "write":
        monkeypatch.setattr("spacy_privacy_filter.checkpoints.tensors.safetensors._bytes", crash)
    elif where == "fsync":
        monkeypatch.setattr(files_module.os, "fsync", crash)
    else:
        monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(OSError, match="disk full"):
        write_safetensors(path, new)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["x"]


# --- Fingerprint


def test_fingerprint(tensors: dict[str, StoredTensor]) -> None:
    mark = fingerprint(tensors)
    assert len(mark) == 64
    assert fingerprint(dict(reversed(tensors.items()))) == mark
    full = tensors["a.full"].data
    changed = full.copy()
    changed[4, 6] = np.nextafter(changed[4, 6], 9)
    others = [
        tensors | {"a.full": StoredTensor("F32", changed)},
        tensors | {"a.full": StoredTensor("F32", full.reshape(7, 5))},
        tensors | {"c.brain": StoredTensor("F16", tensors["c.brain"].data.view("<f2"))},
        {name if name != "odd" else "even": tensor for name, tensor in tensors.items()},
        {name: tensor for name, tensor in tensors.items() if name != "none"},
    ]
    marks = [fingerprint(other) for other in others]
    assert len({mark, *marks}) == 6
    assert fingerprint({"x": StoredTensor("F32", full.T)}) == fingerprint(
        {"x": StoredTensor("F32", np.ascontiguousarray(full.T))}
    )


# --- Files of whole checkpoints that lie


INDEX_LIES: dict[str, Any] = {
    "path up": "../part-0.safetensors",
    "absolute path": "/etc/passwd",
    "another drive": "C:\\part-0.safetensors",
    "itself": INDEX,
    "the configuration": "config.json",
    "a file that is missing": "part-9.safetensors",
    "the other file": "part-1.safetensors",
    "a folder": ".",
    "nothing": "",
    "a number": 3,
    "a list": ["part-0.safetensors"],
    "null": None,
}


@pytest.mark.parametrize("lie", INDEX_LIES)
@pytest.mark.parametrize("everywhere", [False, True])
def test_indexes_that_lie(
    good: dict[str, Path], tmp_path: Path, lie: str, everywhere: bool
) -> None:
    folder = fresh(good["shards"], tmp_path)
    index = json.loads((folder / INDEX).read_text())
    names = sorted(index["weight_map"])
    for name in names if everywhere else names[:1]:
        index["weight_map"][name] = INDEX_LIES[lie]
    (folder / INDEX).write_text(json.dumps(index))
    assert read(folder) is None


def test_a_tensor_in_two_files(good: dict[str, Path], tmp_path: Path) -> None:
    """Listed once, but there twice: which one counts?"""
    folder = fresh(good["shards"], tmp_path)
    first, _ = read_safetensors(folder / "part-0.safetensors")
    tensors, metadata = read_safetensors(folder / "part-1.safetensors")
    name = next(iter(first))
    write_safetensors(folder / "part-1.safetensors", tensors | {name: first[name]}, metadata)
    with pytest.raises(ValueError, match="disagree"):
        read_checkpoint(folder)


def test_an_index_that_is_too_long(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["shards"], tmp_path)
    names = {f"x{i}": "part-0.safetensors" for i in range(200_000)}
    (folder / INDEX).write_text(json.dumps({"weight_map": names}))
    with pytest.raises(ValueError, match="longer than"):
        read_checkpoint(folder)


def test_a_name_given_twice(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["opf"], tmp_path)
    path = weights(folder)
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    head = raw[8 : 8 + length].rstrip()
    entry = b'"norm.scale":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    head = head[:-1] + b"," + entry + b"}"
    path.write_bytes(len(head).to_bytes(8, "little") + head + raw[8 + length :])
    with pytest.raises(ValueError, match="twice"):
        read_checkpoint(folder)


def write_header(path: Path, header: dict[str, object], n_bytes: int = 0) -> Path:
    raw = json.dumps(header).encode()
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + bytes(n_bytes))
    return path


def test_a_tensor_of_many_axes(tmp_path: Path) -> None:
    entry = {"dtype": "F32", "shape": [1] * 70, "data_offsets": [0, 4]}
    path = write_header(tmp_path / "x.safetensors", {"deep": entry}, 4)
    with pytest.raises(ValueError, match=r"x\.safetensors .*'deep' has 70 axes"):
        read_safetensors(path)


def test_a_header_with_very_many_tensors(tmp_path: Path) -> None:
    """Parsed, it would take nine times its size, and a while."""
    entry = {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
    path = write_header(tmp_path / "x.safetensors", {f"x{i}": entry for i in range(100_000)})
    with (
        within_the_file_size(path),
        pytest.raises(ValueError, match=r"x\.safetensors .* 100000 tensors"),
    ):
        read_safetensors(path)
