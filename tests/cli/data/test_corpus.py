"""The command that makes a corpus: what it counts, warns of and refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.learning.gold import GOLD_KEY

from ...finding import assert_clear_error, run


def rows(n: int) -> list[dict[str, object]]:
    return [
        {
            "id": str(i),
            "source": "ours",
            "text": "Ada met Bob",
            "spans": [[0, 3, "private_person"], [8, 11, "private_person"]],
            "ignore": [],
            "known": ["private_person"],
        }
        for i in range(n)
    ]


def write_rows(path: Path, values: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf8")
    return str(path)


def read_texts(path: Path) -> list[str]:
    return [doc.text for doc in DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)]


def test_corpus_counts_what_it_wrote(tmp_path: Path) -> None:
    out = tmp_path / "out.spacy"
    topic = {"id": "t", "source": "topics", "text": "Why?", "label": "Health"}
    result = run(
        "corpus",
        write_rows(tmp_path / "a.jsonl", rows(3)),
        write_rows(tmp_path / "b.jsonl", [topic]),
        str(out),
    )
    assert result.exit_code == 0, result.output
    assert read_texts(out) == ["Ada met Bob"] * 3 + ["Why?"]
    cells = [re.findall(r"[\w&]+", line) for line in result.stdout.splitlines()]
    assert ["ours", "3", "private_person", "6"] in cells
    assert ["topics", "1", "Health", "1"] in cells
    assert "Wrote 4 rows" in result.stdout


def test_corpus_limit_is_for_each_file(tmp_path: Path) -> None:
    out = tmp_path / "out.spacy"
    paths = [write_rows(tmp_path / f"{name}.jsonl", rows(5)) for name in "ab"]
    assert run("corpus", *paths, str(out), "--limit", "2").exit_code == 0
    assert len(read_texts(out)) == 4


def test_corpus_refuses_a_wrong_row(tmp_path: Path) -> None:
    values = rows(2)
    values[1]["spans"] = [[0, 3, "private_person"], [0, 99, "private_person"]]
    out = tmp_path / "out.spacy"
    result = run("corpus", write_rows(tmp_path / "a.jsonl", values), str(out))
    assert_clear_error(result, "a.jsonl, line 2, id '1'", "0 to 99")
    assert "Ada" not in result.stderr
    assert not out.exists()


def test_corpus_mistakes_on_the_command_line(tmp_path: Path) -> None:
    source = write_rows(tmp_path / "a.jsonl", rows(1))
    assert_clear_error(run("corpus", source, str(tmp_path / "out.json")), ".spacy")
    out = str(tmp_path / "out.spacy")
    assert_clear_error(
        run("corpus", str(tmp_path / "none.jsonl"), out), "No such corpus file", code=2
    )
    assert_clear_error(run("corpus", source, out, "--lang", "tlh"), "tlh")
    assert run("corpus", source, out, "--limit", "0").exit_code == 2
    assert run("corpus", source).exit_code == 2


def test_a_corpus_of_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\n\n")
    result = run("corpus", tmp_path / "in.jsonl", tmp_path / "out.spacy")
    assert result.exit_code == 1
    assert "no text" in result.stderr
    assert not (tmp_path / "out.spacy").exists()


def test_labels_that_nobody_has_are_named(tmp_path: Path) -> None:
    row = (
        '{"id": "1", "source": "s", "text": "Ada", "spans": [[0, 3, "L"]], "ignore": [], "known": '
    )
    for label, warned in (("private_prson", True), ("private_person", False)):
        line = row.replace('"L"', f'"{label}"') + f'["{label}"]}}'
        (tmp_path / "in.jsonl").write_text(line)
        result = run("corpus", tmp_path / "in.jsonl", tmp_path / "out.spacy")
        assert result.exit_code == 0
        assert ("Warning: no published model has" in result.stderr) == warned
        assert (label in result.stderr) == warned


CONLL = """# a comment
Dear\tO
Zoë\tB-person
Byron\tI-person

Call O
Port I-place
Ardle I-place
Ada S-person
"""


def test_the_command_reads_any_format(tmp_path: Path) -> None:
    columns = tmp_path / "a.txt"
    columns.write_text(CONLL, encoding="utf8")
    labels = tmp_path / "map.json"
    labels.write_text('{"person": "private_person", "place": "ignore"}')
    out = tmp_path / "out.spacy"
    args = ["corpus", str(columns), str(out), "--format", "conll", "--label-map", str(labels)]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    docs = list(DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab))
    gold = docs[1].user_data[GOLD_KEY]
    assert [list(span) for span in gold["spans"]] == [[16, 19, "private_person"]]
    assert [list(stretch) for stretch in gold["ignore"]] == [[5, 15]]
    assert list(gold["known"]) == ["private_person"]
