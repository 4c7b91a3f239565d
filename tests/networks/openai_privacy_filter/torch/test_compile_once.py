"""What is compiled is kept, checked before it is loaded, never taken from folders of others."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest

from spacy_privacy_filter.networks.openai_privacy_filter.torch.compile_once import (
    compile_once,
    describe,
    find_compiler,
    private_folder,
    switched_on,
)

needs_compiler = pytest.mark.skipif(shutil.which("c++") is None, reason="no compiler here")


def build(tmp_path: Path, text: str = 'extern "C" int seven() { return 7; }') -> Path:
    """Compile a small source into a folder beside it."""
    source, header = tmp_path / "one.cpp", tmp_path / "one.h"
    source.write_text(text)
    header.write_text("")
    compiler = find_compiler()
    assert compiler is not None
    return compile_once([source], header, compiler, ["-fPIC"], tmp_path / "cache")


@needs_compiler
@pytest.mark.parametrize("damage", ["cut", "garbage", "no note"])
def test_a_damaged_library_is_made_anew(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXX", "c++ -m64")
    path = build(tmp_path)
    whole, inode = path.read_bytes(), path.stat().st_ino
    assert build(tmp_path).stat().st_ino == inode
    if damage == "no note":
        path.with_suffix(".sha256").unlink()
    path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"x" * len(whole))
    again = build(tmp_path)
    assert again == path
    assert ctypes.CDLL(str(again)).seven() == 7
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".sha256", ".so"]


def test_a_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    assert private_folder(tmp_path / "mine").stat().st_mode & 0o777 == 0o700
    for mode in (0o770, 0o707, 0o777):
        (tmp_path / "mine").chmod(mode)
        with pytest.raises(PermissionError, match="others may write") as error:
            private_folder(tmp_path / "mine")
        assert "chmod go-w" in describe(error.value)


@needs_compiler
def test_the_compilers_last_line_is_shown(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as error:
        build(tmp_path, "#error nothing to see\n")
    last = error.value.stderr.decode().strip().splitlines()[-1].strip()
    assert describe(error.value) == last


def test_switch_and_compiler_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, on in (("1", True), ("Yes", True), ("true", True), ("on", True), ("0", False)):
        monkeypatch.setenv("A_SWITCH", text)
        assert switched_on("A_SWITCH") == on
    for text in ("no-such-compiler -m64", "'", " "):
        monkeypatch.setenv("CXX", text)
        assert find_compiler() is None
