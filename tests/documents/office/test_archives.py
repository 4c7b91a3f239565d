"""Archives that are broken, encrypted, or made to fill memory."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document
from spacy_privacy_filter.documents.office import archives
from spacy_privacy_filter.documents.office.archives import OLE, read_archive, write_archive

from ..makers import pack, redact, sheet_file, slide_file, word_file

BODY = "<w:p><w:r><w:t>Kai Lund</w:t></w:r></w:p>"


def test_members_come_back() -> None:
    parts = {"b/ä.xml": b"x" * 9, "a": b""}
    assert read_archive(write_archive(parts)) == parts
    assert write_archive(parts) == write_archive(parts)  # no times in it


def test_what_is_hidden_between_members_is_gone() -> None:
    out = io.BytesIO(b"Kai Lund" * 10)
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"Kai Lund"
        info = zipfile.ZipInfo("a")
        info.comment = b"Kai Lund"
        archive.writestr(info, b"x")
    assert b"Kai" not in write_archive(read_archive(out.getvalue()))


def test_bombs() -> None:
    with pytest.raises(DocumentError, match="fill memory"):
        read_archive(pack({"a": b"\0" * (archives.LARGE + (1 << 21))}))


def test_bombs_of_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(DocumentError, match="4 members"):
        read_archive(pack(dict.fromkeys("abcd", b"")))
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    with pytest.raises(DocumentError, match="fill memory"):
        read_archive(pack({"a": bytes(600), "b": bytes(600)}))


def test_a_header_that_lies_about_its_size_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = pack({"a": bytes(5000)})
    lying = packed.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    with pytest.raises(DocumentError):
        read_archive(lying)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "broken"),
        (b"Kai Lund", "broken"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + b"\0" * 600, "old binary form"),
        (word_file(BODY)[:-40], "broken"),
        (pack({"a.txt": b"x"}), "no file of Office"),
    ],
)
@pytest.mark.parametrize("form", ["docx", "xlsx", "pptx"])
def test_bad_files_are_refused_with_a_reason(content: bytes, reason: str, form: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document(content, form)


def test_two_members_of_one_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    with pytest.raises(DocumentError, match="one name"):
        read_archive(out.getvalue())


def test_encrypted_members() -> None:
    packed = bytearray(pack({"a": b"x"}))
    packed[6] |= 1  # in the header of the member
    packed[packed.index(b"PK\x01\x02") + 8] |= 1  # and in the table of members
    with pytest.raises(DocumentError, match="encrypted"):
        read_archive(bytes(packed))


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("docx", word_file(BODY)),
        ("xlsx", sheet_file([["Name"], ["Kai Lund"]])),
        ("pptx", slide_file(["Kai Lund"])),
    ],
)
def test_damaged_parts_are_refused_or_read(form: str, content: bytes) -> None:
    rng = np.random.default_rng(20260)
    parts = read_archive(content)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(60):
        name = names[rng.integers(len(names))]
        damaged = bytearray(parts[name])
        start, n_bytes = rng.integers(len(damaged)), rng.integers(1, 200)
        damaged[start : start + n_bytes] = b"" if rng.random() < 0.5 else b"<x/>"
        try:
            new = redact(pack({**parts, name: bytes(damaged)}), form, ["Kai Lund"])
        except DocumentError:
            continue
        assert all(b"Kai Lund" not in part for part in read_archive(new).values())
