"""Columns and fields through the command: declared, proposed, and said in a policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacy_privacy_filter.batch import finding
from spacy_privacy_filter.cli.text import columns

from ...finding import fails, ok, run

pytestmark = pytest.mark.usefixtures("_finder")
TABLE = b"Id;Full Name;DOB;Notes;City\n1;Kai Lund;1980-02-03;met Ada;Leeds\n2;;;x;Ada\n"
WHOLE = ("--whole", "Full Name=private_person", "--whole", "DOB=private_date")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_bytes(TABLE)
    return tmp_path / "a.csv"


def test_columns_by_options(table: Path) -> None:
    result = ok("redact", table, *WHOLE, "--drop", "Id", "--field", "Notes", "-p", "llm_prompt")
    assert result.stdout == (
        "Full Name;DOB;Notes;City\n[PERSON_1];[DATE_1];met [PERSON_2];Leeds\n;;x;Ada\n"
    )
    assert "1 other column stays as it is" in result.stderr
    assert "Kai" not in result.stderr
    kept = ok("redact", table, *WHOLE, "--keep", "City", "--keep", "Id").stdout
    assert kept.endswith("met [PRIVATE_PERSON];Leeds\n2;;;x;Ada\n")
    assert "2;;;x;[PRIVATE_PERSON]" in ok("redact", table, "--all-strings").stdout


def test_columns_by_a_policy(table: Path, tmp_path: Path) -> None:
    policy = tmp_path / "p.yaml"
    policy.write_text(
        "default: mask\ncolumns:\n  Full Name: {whole: private_person}\n  Id: drop\n  City: keep\n"
    )
    made = ok("redact", table, "-p", policy).stdout
    assert made.startswith("Full Name;DOB;Notes;City\n[PRIVATE_PERSON];1980-02-03;met [PRI")
    other = ok("redact", table, "-p", policy, "--whole", "Id=account_number").stdout
    assert other.startswith("Id;Full Name;DOB;Notes;City\n[ACCOUNT_NUMBER];[PRIVATE_PERSON]")
    for bad, words in (
        ("columns: [a]", "must be names of columns"),
        ("columns: {a: {whole: }}", "whole needs a label"),
        ("columns: {a: hide}", "expected one of text, drop, keep"),
        ("columns: {1: drop}", "names are text"),
    ):
        policy.write_text(f"default: mask\n{bad}\n")
        assert words in fails("redact", table, "-p", policy, code=2)


def test_mistakes(table: Path) -> None:
    for args, words in (
        (("--whole", "Full Name"), "--whole takes a column and the label"),
        (("--whole", "a=b", "--whole", "a=c"), "'a' is named twice"),
        (("--whole", "DOB=x", "--drop", "DOB"), "'DOB' is named twice"),
        (("--drop", "Nope"), "no column 'Nope' among the 5"),
        (("--yes",), "--yes goes with --auto-columns"),
        (("--auto-columns",), "nobody is there to answer"),
    ):
        assert words in fails("redact", table, *args, code=2)
    assert "one file at a time" in fails(
        "redact", table, table, "-o", "x", "--auto-columns", code=2
    )
    assert "for tables and records" in fails(
        "redact", Path(__file__).with_name("__init__.py"), "--auto-columns", "--yes", code=2
    )


def test_columns_are_proposed(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ok("redact", table, "--auto-columns", "--yes")
    assert result.stdout == TABLE.decode().replace("Ada", "[PRIVATE_PERSON]")
    shown = result.stderr
    for words in ("Full Name", "leave as it is", "look through", "50%"):
        assert words in shown
    for cell in ("Kai", "Leeds", "Ada", "1980"):
        assert cell not in shown
    declared = ok("redact", table, "--auto-columns", "--yes", *WHOLE)
    assert "[PRIVATE_DATE]" in declared.stdout
    assert "Full Name" not in declared.stderr, "nothing is proposed for what was declared"
    monkeypatch.setattr(columns, "is_interactive", lambda: True)
    monkeypatch.setattr(columns.typer, "confirm", lambda *args, **how: False)
    refused = fails("redact", table, "--auto-columns")
    assert "look through" in refused


def test_a_whole_column_is_proposed_by_its_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"who": {"name": "Ada"}, "m": [{"t": f"to Bob, {i}, of all people"}]} for i in range(300)
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    read: list[str] = []
    find = finding.loading.find_spans

    def counting(nlp: object, texts: list[str], also: object = ()) -> object:
        read.extend(texts)
        return find(nlp, texts, also)

    monkeypatch.setattr(finding.loading, "find_spans", counting)
    result = ok("redact", path, "--auto-columns", "--yes", "-p", "llm_prompt")
    assert "all of it: private_person" in result.stderr
    assert result.stdout.startswith('{"who": {"name": "[PERSON_1]"}, "m": [{"t": "to [PERSON_2], 0')
    assert len(read) == 1 + 100 + 300, "a sample, of each value once; then the texts"


def test_rows_that_fail_are_told_and_the_rest_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    bad = b'{"text": "Ada"}\n{"text": 5}\n' + b"[" * 20_000 + b'\n{"text": "Bob"}\n'
    (folder / "bad.jsonl").write_bytes(bad)
    (folder / "good.jsonl").write_bytes(b'{"text": "Ada"}\n')
    for _ in range(2):  # what failed is tried again
        errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
        assert "bad.jsonl, line 2: the field 'text' must be text, but is a number." in errors
        assert "bad.jsonl, line 3: objects and lists are nested more than 100 deep." in errors
        assert "1 redacted without rows that FAILED" in errors
    wanted = b'{"text": "[PRIVATE_PERSON]"}\n'
    assert (tmp_path / "out" / "bad.jsonl").read_bytes() == wanted * 2
    assert (tmp_path / "out" / "good.jsonl").read_bytes() == wanted
    one = run("redact", folder / "bad.jsonl")
    assert (one.exit_code, one.stdout_bytes) == (3, wanted * 2)
    (folder / "many.jsonl").write_bytes(b'{"text": "x"}\n' + b"{\n" * 50)
    assert fails("redact", folder / "many.jsonl", code=3).count("Error:") == 21
