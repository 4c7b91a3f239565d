"""Hostile files: every reader ends in a clear error, soon, within bounded memory, and runs nothing.

Each case is a checkpoint of one format in which something was broken on purpose or at random.
"""

from __future__ import annotations

import json
import shutil
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import all_matrices
from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    DTYPES,
    FLOAT_DTYPES,
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.labels.transitions import BIAS_NAMES

from .formats import make, write_mlx_community
from .test_mxfp4 import pack_experts

# Generous: a file here has half a megabyte, and reading one takes some ten milliseconds. They are
# seconds of this thread's work: what other processes do meanwhile does not count.
SECONDS = 2.0
MEMORY = 32 << 20
FORMATS = (
    "native", "huggingface", "shards", "multitask", "opf", "opf-mxfp4", "openmed", "openmed-npz",
    "mlx-community",
)  # fmt: skip
POINTS = {"careful": {"biases": dict.fromkeys(BIAS_NAMES, 0.5), "thresholds": {"secret": 0.5}}}
INDEX = "model.safetensors.index.json"


def build(folder: Path, format_: str) -> Path:
    """Write a good checkpoint; quantised where the format can be."""
    if format_ == "mlx-community":
        write_mlx_community(folder, make(), 8)
    elif format_ == "native":
        points = replace(make(), points=POINTS)
        write_checkpoint(folder, points, quantize={"embedding.weight": 8})
    elif format_ in ("shards", "opf-mxfp4"):
        write_checkpoint(folder, make(bias=False), "huggingface" if format_ == "shards" else "opf")
        (split if format_ == "shards" else pack_experts)(folder)
    elif format_.startswith("openmed"):
        write_checkpoint(folder, make(), "openmed", all_matrices(8))
    else:
        write_checkpoint(folder, make(bias=False, categories=format_ == "multitask"), format_)
    if format_ == "openmed-npz":
        tensors, _ = read_safetensors(folder / "weights.safetensors")
        np.savez(
            folder / "weights.npz",
            **{name: t.data if t.dtype == "U32" else t.to_float32() for name, t in tensors.items()},
        )
        (folder / "weights.safetensors").unlink()
        (folder / "openmed-mlx.json").unlink()
    return folder


def split(folder: Path) -> None:
    """Put weights into two files with an index."""
    tensors, metadata = read_safetensors(folder / "model.safetensors")
    files = {name: f"part-{i % 2}.safetensors" for i, name in enumerate(sorted(tensors))}
    for file in set(files.values()):
        part = {name: tensors[name] for name in tensors if files[name] == file}
        write_safetensors(folder / file, part, metadata)
    (folder / "model.safetensors").unlink()
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": files}))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("good")
    return {format_: build(root / format_, format_) for format_ in FORMATS}


def read(folder: Path) -> Checkpoint | None:
    """Read a folder within the bounds; None if it was refused with a message."""
    tracemalloc.start()
    start, message = thread_time(), "read"
    try:
        found = read_checkpoint(folder)
        for tensor in found.tensors.values():
            tensor.to_float32().sum()  # every value can be reached
    except (ValueError, OSError) as error:
        found, message = None, str(error)
    finally:
        seconds, peak = thread_time() - start, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert 0 < len(message) < 5000
    assert seconds < SECONDS
    assert peak < MEMORY
    return found


def weights(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


def jsons(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


@pytest.mark.parametrize("format_", FORMATS)
def test_the_good_ones_are_read(good: dict[str, Path], format_: str) -> None:
    assert read(good[format_]) is not None


SLOW = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.mark.parametrize("format_", FORMATS)
@SLOW
@given(data=st.data())
def test_random_bytes_change(
    good: dict[str, Path], tmp_path: Path, format_: str, data: st.DataObject
) -> None:
    """Bytes of one file are changed: at its head and tail, where the structure is, or anywhere."""
    folder = fresh(good[format_], tmp_path)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = st.one_of(
            st.integers(0, min(400, len(raw) - 1)),
            st.integers(max(0, len(raw) - 400), len(raw) - 1),
            st.integers(0, len(raw) - 1),
        )
        raw[data.draw(place)] = data.draw(st.integers(0, 255))
    path.write_bytes(raw)
    read(folder)


@pytest.mark.parametrize("format_", FORMATS)
@SLOW
@given(data=st.data())
def test_files_are_cut_short(
    good: dict[str, Path], tmp_path: Path, format_: str, data: st.DataObject
) -> None:
    folder = fresh(good[format_], tmp_path)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    raw = path.read_bytes()
    # Without the last byte, a JSON file only lacks its line end.
    path.write_bytes(raw[: data.draw(st.integers(0, len(raw) - 2))])
    assert read(folder) is None


VALUES: list[Any] = [
    None, True, -1, 0, 1, 2**31, 2**63, 10**400, 1e308, 0.5, "", "x", "../../etc/passwd", [], {},
    [[]], {"a": 1}, ["O"], "128",
]  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
def test_json_with_other_values(good: dict[str, Path], tmp_path: Path, format_: str) -> None:
    """Every key of every JSON file gets every odd value; nothing but a clear error comes of it."""
    folder = fresh(good[format_], tmp_path)
    for path in jsons(folder):
        raw = path.read_bytes()
        values = json.loads(raw)
        for key in list(values)[:40]:
            for value in VALUES:
                path.write_text(json.dumps(values | {key: value}))
                quick(folder)
        path.write_bytes(raw)
    assert read(folder) is not None


@pytest.mark.parametrize("format_", FORMATS)
def test_json_with_other_values_inside(good: dict[str, Path], tmp_path: Path, format_: str) -> None:
    """The same for what stands in objects and lists of these files."""
    folder = fresh(good[format_], tmp_path)
    for path in jsons(folder):
        raw = path.read_bytes()
        for place in places(json.loads(raw))[:12]:
            for value in VALUES:
                values = json.loads(raw)
                inner = values
                for step in place[:-1]:
                    inner = inner[step]
                inner[place[-1]] = value
                path.write_text(json.dumps(values))
                quick(folder)
        path.write_bytes(raw)
    assert read(folder) is not None


def places(value: Any, start: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to the values inside objects and lists, two or more steps deep."""
    keys: Any = ()
    if isinstance(value, dict | list):
        keys = list(value)[:3] if isinstance(value, dict) else range(min(2, len(value)))
        if not start:
            keys = list(value)
    found = [(*start, key) for key in keys] if start else []
    for key in keys:
        found += places(value[key], (*start, key))
    return found


def quick(folder: Path) -> None:
    """Read without touching the weights."""
    try:
        read_checkpoint(folder)
    except (ValueError, OSError) as error:
        assert str(error)  # noqa: PT017 - it may also be read


def fresh(source: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder


@pytest.mark.parametrize("format_", FORMATS)
def test_links_and_folders_in_the_place_of_files(
    good: dict[str, Path], tmp_path: Path, format_: str
) -> None:
    for path in sorted(good[format_].iterdir()):
        if path.name == "openmed-mlx.json":
            continue  # without it the others speak for themselves
        folder = fresh(good[format_], tmp_path)
        (folder / path.name).unlink()
        (folder / path.name).symlink_to(path)  # leads out of the folder
        assert read(folder) is None, path.name
        (folder / path.name).unlink()
        (folder / path.name).mkdir()
        assert read(folder) is None, path.name


def test_a_link_to_itself_is_not_taken_for_nothing(good: dict[str, Path], tmp_path: Path) -> None:
    for name in ("operating_points.json", "viterbi_calibration.json"):
        folder = fresh(good["huggingface"], tmp_path)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(name)
        with pytest.raises(ValueError, match=f"{name} is a link that leads to nothing"):
            read_checkpoint(folder)


@pytest.mark.parametrize("how", [{"bits": b} for b in ("x", -1, 3, True)] + [{"group_size": 48}])
def test_a_quantisation_that_cannot_be(
    good: dict[str, Path], tmp_path: Path, how: dict[str, Any]
) -> None:
    folder = fresh(good["openmed"], tmp_path)
    path = folder / "config.json"
    values = json.loads(path.read_text())
    values["_mlx_quantization"] |= how
    path.write_text(json.dumps(values))
    with pytest.raises(ValueError, match=rf"config\.json sets '{next(iter(how))}' to"):
        read_checkpoint(folder)


# --- Safetensors that lie


def safetensors_with(change: Callable[[dict[str, Any]], object], path: Path) -> None:
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    change(header)
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + raw[8 + length :])


LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "huge shape": lambda h: first(h).update(shape=[2**40, 2**20]),
    "product that overflows": lambda h: first(h).update(shape=[2**32, 2**32, 0]),
    "negative shape": lambda h: first(h).update(shape=[-1, -64]),
    "offsets beyond the end": lambda h: first(h).update(data_offsets=[0, 2**50]),
    "offsets turned round": lambda h: first(h).update(data_offsets=[10, 0]),
    "offsets that overlap": lambda h: first(h).update(data_offsets=second(h)["data_offsets"]),
    "unknown type": lambda h: first(h).update(dtype="Q99"),
    "type of another size": lambda h: first(h).update(dtype="U8"),
    "text for numbers": lambda h: first(h).update(shape="64"),
    "no shape": lambda h: first(h).pop("shape"),
    "metadata that are none": lambda h: h.update(__metadata__=3),
    "an entry that is none": lambda h: h.update({next(iter(names(h))): 5}),
}


def names(header: dict[str, Any]) -> list[str]:
    return [name for name in header if name != "__metadata__"]


def first(header: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = header[names(header)[0]]
    return entry


def second(header: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = header[names(header)[1]]
    return entry


MAGICS = {
    "nothing": b"",
    "zeros": bytes(4096),
    "zip": b"PK\x03\x04" + bytes(100),
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "pickle": b"\x80\x04cos\nsystem\n(X\x04\x00\x00\x00truetR.",
    "program": b"\x7fELF" + bytes(100),
    "gguf": b"GGUF\x03\x00\x00\x00" + b"\xff" * 64,
    "pointer of git-lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
    "page": b"<!DOCTYPE html><html><body>404</body></html>",
    "text": b"\xef\xbb\xbfhello",
}


@pytest.mark.parametrize("magic", MAGICS)
@pytest.mark.parametrize("format_", FORMATS)
def test_files_of_another_kind(
    good: dict[str, Path], tmp_path: Path, format_: str, magic: str
) -> None:
    folder = fresh(good[format_], tmp_path)
    for path in [p for p in folder.iterdir() if p.suffix != ".json"]:
        raw = path.read_bytes()
        path.write_bytes(MAGICS[magic])
        assert read(folder) is None, path.name
        path.write_bytes(raw)


def with_tensors(folder: Path, change: Callable[[dict[str, StoredTensor]], object]) -> None:
    """Change the tensors of one file of weights, and write it well-formed."""
    path = weights(folder)
    tensors, metadata = read_safetensors(path)
    change(tensors)
    write_safetensors(path, tensors, metadata)


PLAIN = [f for f in FORMATS if f != "openmed-npz"]


@pytest.mark.parametrize("format_", PLAIN)
def test_tensors_that_are_missing_extra_or_of_another_type(
    good: dict[str, Path], tmp_path: Path, format_: str
) -> None:
    """Each tensor in turn; a good file is left after each."""
    folder = fresh(good[format_], tmp_path)
    path = weights(folder)
    raw, (tensors, _) = path.read_bytes(), read_safetensors(path)
    optional = {"score.bias"}  # a head without a bias adds none
    for name in tensors:
        for kind in ("U8", "U32", "F16"):
            if kind == "F16" and tensors[name].dtype in FLOAT_DTYPES:
                continue  # real numbers may be of any type
            if tensors[name].dtype != kind:
                other = StoredTensor(kind, np.zeros(tensors[name].shape, DTYPES[kind]))
                with_tensors(folder, lambda t, n=name, o=other: t.update({n: o}))  # type: ignore[misc]
                assert refused(folder), (name, kind)
                path.write_bytes(raw)
        if name not in optional:
            with_tensors(folder, lambda t, n=name: t.pop(n))  # type: ignore[misc]
            assert refused(folder), name
            path.write_bytes(raw)
    with_tensors(folder, lambda t: t.update(extra=next(iter(t.values()))))
    assert refused(folder)


def refused(folder: Path) -> bool:
    """Whether a folder is refused, with a message."""
    try:
        read_checkpoint(folder)
    except (ValueError, OSError) as error:
        return bool(str(error))
    return False


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


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("format_", PLAIN)
def test_headers_that_lie(good: dict[str, Path], tmp_path: Path, format_: str, lie: str) -> None:
    folder = fresh(good[format_], tmp_path)
    safetensors_with(LIES[lie], weights(folder))
    assert read(folder) is None


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


# --- Numpy archives that lie


def npz_with(path: Path, name: str, content: bytes, again: bool = False) -> None:
    """Replace one array of an archive by other bytes; or add it a second time."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members = members if again else members | {f"{name}.npy": content}
    with zipfile.ZipFile(path, "w") as archive:
        for member, raw in members.items():
            archive.writestr(member, raw)
        if again:
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(f"{name}.npy", content)


def npy(header: str, data: bytes = b"") -> bytes:
    raw = header.encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(raw)) + raw + data


NPY_LIES = {
    "huge shape": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,)}"),
    "negative": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"),
    "objects": npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", b"cos\nsystem\n."),
    "code for a header": npy("__import__('os').system('true')"),
    "deep header": npy("(" * 5000),
    "fields": npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (64,)}"),
    "float64": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", bytes(8)),
    "no header": b"hello",
    "empty": b"",
}


@pytest.mark.parametrize("lie", NPY_LIES)
def test_archives_that_lie(good: dict[str, Path], tmp_path: Path, lie: str) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    npz_with(folder / "weights.npz", "norm.scale", NPY_LIES[lie])
    assert read(folder) is None


def test_archives_with_a_name_twice(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (64,)}"
    npz_with(folder / "weights.npz", "norm.scale", npy(header, bytes(256)), again=True)
    with pytest.raises(ValueError, match="given twice"):
        read_checkpoint(folder)


def test_a_bomb_is_not_unpacked(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    with zipfile.ZipFile(folder / "weights.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("norm.scale.npy", bytes(200 << 20))
    assert weights(folder).stat().st_size < 1 << 20
    with pytest.raises(ValueError, match="is compressed"):
        read_checkpoint(folder)


# --- Pickles that lie

HEAD = b"\x80\x02ccollections\nOrderedDict\n)R("
TENSOR = (
    b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n"
    b"X\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x04tQ%s\x89ccollections\nOrderedDict\n)RtR"
)
WEIGHT = b"X\x06\x00\x00\x00weight"
PICKLES = {
    "system": b"\x80\x02cos\nsystem\n(X\x04\x00\x00\x00truetR.",
    "stacked name": b"\x80\x04\x8c\x02os\x8c\x06system\x93.",
    "instance": b"(ios\nsystem\n.",
    "attribute of torch": b"\x80\x02ctorch\nload\n.",
    "memo that is not there": b"\x80\x02h\x05.",
    "nothing": b"",
    "no end": HEAD,
    "only an end": b".",
    "items for a number": b"\x80\x02K\x01(K\x01K\x02u.",
    "a million marks": b"\x80\x02" + b"(" * 10**6 + b".",
    "long text": b"\x80\x02X\xff\xff\xff\x7fabc.",
    "huge number": b"\x80\x02\x8b\xff\xff\xff\x7f.",
    "huge shape": HEAD + WEIGHT + TENSOR % b"K\x00(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ft(K\x01K\x01t",
    "negative offset": HEAD + WEIGHT + TENSOR % b"J\xff\xff\xff\xff(K\x01t(K\x01t" + b"u.",
    "strange stride": HEAD + WEIGHT + TENSOR % b"K\x00(K\x02t(K\x00t" + b"u.",
    "text for a shape": HEAD
    + WEIGHT
    + TENSOR % b"K\x00X\x01\x00\x00\x001X\x01\x00\x00\x001"
    + b"u.",
}


@pytest.mark.parametrize("lie", PICKLES)
def test_pickles_that_lie(good: dict[str, Path], tmp_path: Path, lie: str) -> None:
    folder = fresh(good["multitask"], tmp_path)
    with zipfile.ZipFile(folder / "doc_head.pt", "w") as archive:
        archive.writestr("doc_head/data.pkl", PICKLES[lie])
        archive.writestr("doc_head/data/0", np.ones(4, "f").tobytes())
    with pytest.raises(ValueError, match=r"doc_head\.pt"):
        read_checkpoint(folder)
    assert read(folder) is None


def test_the_frame_of_these_pickles_is_right(good: dict[str, Path], tmp_path: Path) -> None:
    """Without a lie in it, the same pickle is read: so the lies are what is refused."""
    from spacy_privacy_filter.checkpoints.tensors.torch_zip import read_pt_file

    path = tmp_path / "head.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("head/data.pkl", HEAD + WEIGHT + TENSOR % b"K\x00(K\x04t(K\x01t" + b"u.")
        archive.writestr("head/data/0", np.ones(4, "f").tobytes())
    assert read_pt_file(path)["weight"].data.tolist() == [1, 1, 1, 1]
