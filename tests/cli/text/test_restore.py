"""The way back: with a map any policy, else what a policy encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...finding import WANTED, contents, fails, ok

pytestmark = pytest.mark.usefixtures("_finder")


@pytest.mark.parametrize("policy", ["mask", "research", "gdpr_pseudonymise"])
@pytest.mark.parametrize("name", ["a.txt", "rows.jsonl", "rows.csv"])
def test_there_and_back(
    folder: Path, tmp_path: Path, key_file: Path, name: str, policy: str
) -> None:
    out, back = tmp_path / name, tmp_path / "maps" / f"{name}.map"
    keys = ("--key-file", key_file)
    ok("redact", folder / name, "-o", out, "-p", policy, "--map", back, *keys)
    assert b"Ada" not in out.read_bytes() + back.read_bytes()
    assert ok("restore", out, "--map", back, *keys).stdout_bytes == (folder / name).read_bytes()
    if policy == "gdpr_pseudonymise":
        assert ok("restore", out, *keys).stdout_bytes == (folder / name).read_bytes()
    (tmp_path / "other").write_text("another key of 16 bytes or more")
    wrong = ("--key-file", tmp_path / "other", "-o", tmp_path / "never")
    assert "another key" in fails("restore", out, "--map", back, *wrong, code=2)
    assert not (tmp_path / "never").exists()


def test_maps_of_a_folder(folder: Path, tmp_path: Path, key_file: Path) -> None:
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", tmp_path / "out", "--map", tmp_path / "maps", *keys)
    assert set(contents(tmp_path / "maps")) == {f"{name}.map" for name in WANTED}
    back = tmp_path / "maps" / "below" / "b.md.map"
    assert (
        ok("restore", tmp_path / "out/below/b.md", "--map", back, *keys).stdout == "Bob saw Ada.\n"
    )
    wrong = fails("restore", tmp_path / "out" / "rows.csv", "--map", back, *keys, code=2)
    assert "belongs to another file" in wrong


def test_restore_says_how_much_it_did(folder: Path, tmp_path: Path, key_file: Path) -> None:
    keys = ("--key-file", key_file)
    for name in ("a.txt", "below/b.md"):
        args = ("-o", tmp_path / name, "-p", "llm_prompt", "--map", tmp_path / f"{name}.map")
        ok("redact", folder / name, *args, *keys)
    back = ("--map", tmp_path / "below/b.md.map", *keys)
    assert ok("restore", tmp_path / "below/b.md", *back).stderr == "2 replacements restored\n"
    answer = b"To [PERSON_1], and to [PERSON_1]"
    assert ok("restore", "-", *back, stdin=answer).stderr == "2 replacements restored\n"
    said = ok("restore", "-", *back, stdin=b"Dear all").stderr
    assert "0 replacements restored\nWarning: the text holds no replacement of " in said
    said = ok("restore", "-", *keys, stdin=b"Dear all").stderr
    assert "0 replacements restored\nWarning: the text holds nothing encrypted" in said
    masked = tmp_path / "masked.md"
    ok("redact", folder / "below/b.md", "-o", masked, "--map", tmp_path / "masked.map", *keys)
    place = masked.read_text().split()[0]
    done = ok("restore", "-", "--map", tmp_path / "masked.map", *keys, stdin=place.encode())
    assert done.stdout == place
    assert "0 replacements restored\nWarning: 1 replacement left as they are: each" in done.stderr
    (folder / "plain.txt").write_text("nobody")
    plain = tmp_path / "plain.txt"
    ok("redact", folder / "plain.txt", "-o", plain, "--map", tmp_path / "plain.map", *keys)
    done = ok("restore", plain, "--map", tmp_path / "plain.map", *keys)
    assert done.stderr == "0 replacements restored\n"
