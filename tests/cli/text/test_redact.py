"""The command that redacts one text: bytes, rows, keys, and one clear line for a mistake."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from spacy_privacy_filter import loading
from spacy_privacy_filter.redact.secrets.keys import KEY_ENV
from spacy_privacy_filter.types import CharSpan

from ...finding import KEY, MASKED, TEXT, assert_clear_error, fails, ok, run

pytestmark = pytest.mark.usefixtures("_finder")


class TestRedact:
    def test_file_to_stdout(self, tmp_path: Path) -> None:
        path = tmp_path / "in.txt"
        path.write_bytes(TEXT.encode())
        result = run("redact", str(path))
        assert result.exit_code == 0
        assert result.stdout_bytes == MASKED.encode()
        assert result.stderr == "3 spans\n  private_person: 2\n  private_email: 1\n"

    @pytest.mark.parametrize("args", [(), ("-",)])
    def test_stdin(self, args: tuple[str, ...]) -> None:
        result = run("redact", *args, stdin=TEXT.encode())
        assert result.stdout_bytes == MASKED.encode()

    def test_output_file(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "out.txt"
        result = run("redact", "-", "--output", str(path), stdin=TEXT.encode())
        assert result.exit_code == 0
        assert path.read_bytes() == MASKED.encode()
        assert not result.stdout
        assert [p.name for p in path.parent.iterdir()] == ["out.txt"]

    def test_every_byte_outside_the_spans_stays(self) -> None:
        text = "\ufeffBob\r\n\tна 👩‍👧 \x00 e\u0301\u2028"
        assert run("redact", stdin=text.encode()).stdout_bytes.decode() == text.replace(
            "Bob", "[PRIVATE_PERSON]"
        )

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_nothing_to_find(self, text: str) -> None:
        result = run("redact", stdin=text.encode())
        assert (result.stdout, result.stderr) == (text, "0 spans\n")

    def test_missing_file(self, tmp_path: Path) -> None:
        assert_clear_error(
            run("redact", str(tmp_path / "none.txt")), "No such file", "none.txt", code=2
        )

    def test_folder(self, tmp_path: Path) -> None:
        assert_clear_error(run("redact", str(tmp_path)), "is a folder", code=2)

    def test_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.txt"
        path.write_bytes("Zoë Ada".encode("latin1"))
        result = run("redact", str(path))
        assert_clear_error(result, "not UTF-8", "byte 2")
        assert "Ada" not in result.stderr
        assert_clear_error(run("redact", stdin=b"\xff\x00"), "Standard input is not UTF-8")

    def test_output_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "taken").mkdir()
        result = run("redact", "--output", str(tmp_path / "taken"), stdin=TEXT.encode())
        assert_clear_error(result, "taken", code=2)
        assert [p.name for p in tmp_path.iterdir()] == ["taken"]

    def test_a_failure_writes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def outside(nlp: object, texts: list[str], also: object) -> list[list[CharSpan]]:
            return [[CharSpan(0, 3, "secret"), CharSpan(0, 999, "secret")]]

        monkeypatch.setattr(loading, "find_spans", outside)
        path = tmp_path / "out.txt"
        path.write_text("old")
        result = run("redact", "--output", str(path), stdin=TEXT.encode())
        assert_clear_error(result, "0 to 999")
        assert "Ada" not in result.stderr
        assert path.read_text() == "old"
        assert_clear_error(run("redact", stdin=TEXT.encode()), "0 to 999")


def test_nulls_stay(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": null, "note": "Ada"}\n{"text": "Bob", "note": null}\n')
    made = ok("redact", path, "--field", "text", "--field", "note").stdout.splitlines()
    assert [json.loads(row) for row in made] == [
        {"text": None, "note": "[PRIVATE_PERSON]"},
        {"text": "[PRIVATE_PERSON]", "note": None},
    ]


@pytest.mark.parametrize("form", ["utf-16", "utf-32"])
def test_other_encodings_are_named(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_bytes("Ada".encode(form))
    errors = fails("redact", tmp_path / "a.txt")
    assert f"iconv -f {form.upper()} -t UTF-8" in errors


def test_keys(folder: Path, tmp_path: Path, key_file: Path, monkeypatch) -> None:
    a = folder / "a.txt"
    without = fails("redact", a, "-p", "research", code=2)
    assert "needs a key" in without
    assert f"--key-file FILE, or set the variable ${KEY_ENV}" in without
    assert "--map writes an encrypted file" in fails("redact", a, "--map", tmp_path / "m", code=2)
    assert "Unknown format" in fails("redact", a, "--format", "xml", code=2)
    (tmp_path / "short").write_text("12345")
    short = fails("redact", a, "-p", "research", "--key-file", tmp_path / "short", code=2)
    assert "too short: 5 bytes" in short
    assert "12345" not in short
    assert "No such key file" in fails("redact", a, "--key-file", tmp_path / "none", code=2)
    by_file = ok("redact", a, "-p", "research", "--key-file", key_file).stdout
    monkeypatch.setenv(KEY_ENV, KEY)
    assert ok("redact", a, "-p", "research").stdout == by_file
    assert "Unknown policy" in fails("redact", a, "-p", "msak", code=2)


def test_fields_and_subjects(tmp_path: Path, key_file: Path) -> None:
    rows = [{"who": w, "note": f"on 2026-05-04, {w}", "title": "Ada", "n": 1} for w in "ABA"]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    args = ("--field", "note", "--field", "title", "--subject", "who", "--key-file", key_file)
    made = [json.loads(x) for x in ok("redact", path, "-p", "research", *args).stdout.splitlines()]
    dates = [row["note"][3:13] for row in made]
    assert dates[0] == dates[2] != dates[1]
    assert [list(row) for row in made] == [list(row) for row in rows]
    assert [row["n"] for row in made] == [1, 1, 1]
    assert "Ada" not in {row["title"] for row in made}
    assert "cannot both" in fails("redact", path, "--field", "who", "--subject", "who", code=2)
    assert "named twice" in fails("redact", path, "--field", "who", "--field", "who", code=2)
    assert "no field 'x' for the subject" in fails(
        "redact", path, "--field", "note", "--subject", "x", code=2
    )


def test_rows_without_a_subject_are_by_themselves(tmp_path: Path, key_file: Path) -> None:
    args = ("--subject", "who", "-p", "research", "--key-file", key_file)
    own = [{"who": "None"}, {"who": None}, {"who": ""}, {"who": "  "}, {}, {"who": "None"}]
    rows = [{**row, "text": f"on 2026-05-04, {i}"} for i, row in enumerate(own)]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    made = [
        json.loads(line)["text"][3:13] for line in ok("redact", path, *args).stdout.splitlines()
    ]
    assert made[0] == made[-1]
    assert len(set(made)) == 5
    table = tmp_path / "rows.csv"
    table.write_text("who,text\n" + "".join(f'{r.get("who") or ""},"{r["text"]}"\n' for r in rows))
    cells = ok("redact", table, *args).stdout.splitlines()[1:]
    assert [re.findall(r"\d{4}-\d\d-\d\d", cell)[0] for cell in cells] == made


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b"{", "line 1: this is no JSON"),
        ("a.jsonl", b'["Ada"]', "but this is a list"),
        ("a.jsonl", b'{"body": "Ada"}', "no field 'text' among its 1"),
        ("a.jsonl", b'{"text": 5}', "'text' must be text, but is a number"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"text,text\nAda,Ada\n", "column 'text' twice"),
        ("a.csv", b"id,text\n1\n", "row 2: 1 values, but there are 2 columns"),
        ("a.csv", b'text\n"Ada', "cannot be read as CSV"),
        ("a.tsv", b"id,text\n1,Ada\n", "no column 'text'"),
        ("a.csv", b"text\n\xff", "not UTF-8 text: byte 5"),
        ("a.csv", b"Ada,Bob\n1,2\n", "no column 'text' among the 2"),
        ("a.jsonl", b'{"Ada": "x"}', "no field 'text' among its 1"),
    ],
    ids=range(12),
)
def test_bad_rows(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    code = 2 if any(f"{what} 'text'" in message for what in ("column", "no field")) else 1
    assert message in fails("redact", tmp_path / name, "-o", tmp_path / "out", code=code)
    assert not (tmp_path / "out").exists()


def test_formats_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"\xef\xbb\xbfid\ttext\r\n1\tAda\r\n")
    assert ok("redact", tmp_path / "a.dat", "-f", "tsv").stdout_bytes == (
        b"\xef\xbb\xbfid\ttext\r\n1\t[PRIVATE_PERSON]\r\n"
    )
    assert ok("redact", "-f", "jsonl", stdin=b'{"text":"Ada"}').stdout == (
        '{"text":"[PRIVATE_PERSON]"}'
    )
    assert "Choose: auto, text" in fails("redact", tmp_path / "a.dat", "-f", "xml", code=2)


def test_csv_with_semicolons(tmp_path: Path, key_file: Path) -> None:
    path, out, back = tmp_path / "a.csv", tmp_path / "out.csv", tmp_path / "map"
    source = b'\xef\xbb\xbfid;text;n\r\n1;"Ada; Bob";1,5\r\n2;;"a ""b"""\r\n'
    path.write_bytes(source)
    found_out = ok("redact", path, "-o", out)
    assert "parted by ';' (--delimiter)" in found_out.stderr
    by_itself = out.read_bytes()
    keys = ("--delimiter", ";", "--map", back, "--key-file", key_file)
    ok("redact", path, "-o", out, *keys)
    masked = source.replace(b"Ada", b"[PRIVATE_PERSON]").replace(b"Bob", b"[PRIVATE_PERSON]")
    assert out.read_bytes() == by_itself == masked
    assert ok("restore", out, *keys).stdout_bytes == source
    path.write_bytes(b"id\ttext\n1\tAda\n")
    tabs = ok("redact", path)
    assert tabs.stdout == "id\ttext\n1\t[PRIVATE_PERSON]\n"
    assert "parted by tabs" in tabs.stderr
    path.write_bytes(b"id,n\n1;2,Ada\n")
    assert "--delimiter" not in fails("redact", path, code=2)
    for bad in (";;", "a", '"', ""):
        assert "must be one mark" in fails("redact", path, "--delimiter", bad, code=2)
    assert "is for CSV" in fails("redact", path, "--delimiter", ";", "-f", "jsonl", code=2)
    assert "--delimiter" in fails("redact", "--stream", "--delimiter", ";", code=2)
