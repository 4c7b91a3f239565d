"""Hostile files: every reader ends in a clear error, soon, within bounded memory, and runs nothing.

Each case is a checkpoint of one format in which something was broken on purpose or at random.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    DTYPES,
    FLOAT_DTYPES,
    StoredTensor,
    read_safetensors,
    write_safetensors,
)

from .hostile import FORMATS, fresh, read, weights


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


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("format_", PLAIN)
def test_headers_that_lie(good: dict[str, Path], tmp_path: Path, format_: str, lie: str) -> None:
    folder = fresh(good[format_], tmp_path)
    safetensors_with(LIES[lie], weights(folder))
    assert read(folder) is None
