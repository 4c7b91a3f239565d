"""Documents through the same function as other files: one passage, redacted, restored, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.formats.registry import BY_NAME, parse
from spacy_privacy_filter.batch.restoration import restore_file
from spacy_privacy_filter.batch.runner import FileRedactor
from spacy_privacy_filter.documents.formats import OPENERS, REASONS
from spacy_privacy_filter.redact.policy import load_policy

from ...documents.makers import (
    leaks,
    mail_file,
    pdf_file,
    redact,
    reread,
    sheet_file,
    slide_file,
    word_file,
)
from ...finding import KEY, fails, ok

pytestmark = pytest.mark.usefixtures("_finder")
RUN = "<w:r><w:t>{}</w:t></w:r>"
LINES = RUN.format("A") + RUN.format("da met Bob, "), RUN.format("ada@example.org")
BODY = "".join(f"<w:p>{line}</w:p>" for line in LINES)
TEXT = "Ada met Bob"
VALUES = ["Ada", "Bob", "ada@example.org"]
FILES = {
    "docx": word_file(BODY),
    "xlsx": sheet_file([["Who", "Note"], ["Ada", "met Bob"], [None, "ada@example.org"]]),
    "pptx": slide_file([TEXT, "ada@example.org"]),
    "eml": mail_file(TEXT + "\n", To="ada@example.org"),
    "html": b"<p><b>A</b>da met Bob</p><a href='mailto:ada%40example.org'>x</a>",
    "md": b"*A*da met **Bob** <ada@example.org>\n",
    "pdf": pdf_file([[TEXT, "ada@example.org"]]),
    "pdf-text": pdf_file([[TEXT, "ada@example.org"]]),
}


@pytest.mark.parametrize("form", FILES)
def test_a_document_is_one_passage_and_a_person_keeps_one_number(form: str) -> None:
    redactor = FileRedactor(load_policy("llm_prompt"), Reading(form))
    done = redactor.redact_alone(FILES[form], "a")
    assert leaks(done.content, VALUES) == []
    assert list(done.mappings) == [""]
    assert done.counts["private_person"] >= 2
    if form != "pdf":
        text = reread(done.content, "md" if form == "pdf-text" else form)
        assert "[PERSON_1]" in text
        assert "[PERSON_2]" in text
        assert "[PERSON_3]" not in text


@pytest.mark.parametrize("form", ["docx", "xlsx", "pptx", "eml", "html", "md"])
def test_a_document_is_restored(form: str, tmp_path: Path) -> None:
    maps = tmp_path / "map"
    policy = load_policy("llm_prompt")
    redactor = FileRedactor(policy, Reading(form), key=KEY.encode(), maps=maps)
    done = redactor.redact_alone(FILES[form], "a")
    redactor.save_mappings(done, maps)
    back = restore_file(done.content, "a", Reading(form), KEY.encode(), maps)
    assert back.n_restored >= 3
    kept = redact(FILES[form], form, [])  # without what is dropped in any case
    assert reread(back.content, form) == reread(kept, form)


def test_every_format_has_a_name_and_old_endings_a_reason() -> None:
    assert set(OPENERS) < set(BY_NAME)
    for ending in REASONS:
        with pytest.raises(ValueError, match=r"a\.[a-z]+ cannot be read: files .* first"):
            parse(b"x", f"a{ending}", Reading())


def test_a_folder_of_documents(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for form, content in FILES.items():
        if form != "pdf-text":
            (folder / f"a.{form}").write_bytes(content)
    (folder / "broken.docx").write_bytes(FILES["docx"][:500])
    (folder / "macros.xlsm").write_bytes(b"x")
    (folder / "scan.pdf").write_bytes(pdf_file([[]]))
    told = fails("redact", folder, "-o", out, code=3)
    for reason in ("zip archive is broken", "macros may hold", "no text at all"):
        assert reason in told
    assert "7 files redacted" in told
    names = {path.name for path in out.iterdir() if path.name[0] != "."}
    assert names == {f"a.{form}" for form in FILES if form != "pdf-text"}
    assert all(leaks((out / name).read_bytes(), VALUES) == [] for name in names)


def test_one_document_from_the_command_line(tmp_path: Path) -> None:
    path, out = tmp_path / "a.pdf", tmp_path / "a.txt"
    path.write_bytes(FILES["pdf"])
    told = ok("redact", path, "-f", "pdf-text", "-o", out).stderr
    assert out.read_text().startswith("[PRIVATE_PERSON] met [PRIVATE_PERSON]")
    assert "3 spans" in told
    mail = tmp_path / "a.eml"
    mail.write_bytes(
        b"From: x@example.org\nContent-Type: application/zip\n"
        b'Content-Disposition: attachment; filename="Ada.zip"\n\nx\n'
    )
    told = ok("redact", mail, "-o", tmp_path / "b.eml").stderr
    assert "attachment dropped: application/zip, 2 bytes" in told
    assert "Ada" not in told


def test_extract_says_where_in_a_document_each_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(FILES["xlsx"])
    spans = json.loads(ok("extract", path).stdout)["spans"]
    assert [(span["text"], span["place"]) for span in spans] == [
        ("Ada", "sheet 1, cell A2"),
        ("Bob", "sheet 1, cell B2"),
        ("ada@example.org", "sheet 1, cell B3"),
    ]
    table = tmp_path / "a.csv"
    table.write_text("id,who\n1,Ada\n")
    (span,) = json.loads(ok("extract", table).stdout)["spans"]
    assert (span["start"], span.get("place")) == (9, None)
