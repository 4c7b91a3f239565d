"""The command: what it writes, that it holds no text, and that a mistake ends in one clear line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import Result
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.evaluate import report as report_module
from spacy_privacy_filter.evaluate.measure import ALL, Settings
from spacy_privacy_filter.pipeline.annotations import register_extensions, set_privacy_spans
from spacy_privacy_filter.progress import Progress
from spacy_privacy_filter.types import CharSpan

from .gold import NAME, ROWS

register_extensions()


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *args])


@pytest.fixture
def gold(tmp_path: Path) -> str:
    path = tmp_path / "gold.jsonl"
    rows = [*ROWS, {"id": "t", "source": "topics", "text": "Goal!", "label": "Sports"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    return str(path)


@pytest.fixture
def _finder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pipelines that find by expression: "one" names only, "two" also mail."""

    def load(name: str, rules: bool, *own: object) -> Any:
        nlp = spacy.blank("xx")

        @spacy.Language.component(f"finder_{name}")
        def find(doc: Any) -> Any:
            words = {NAME + " Smith": "private_person"}
            if name.endswith("two"):
                words["a@example.org"] = "private_email"
            spans = [
                CharSpan(m.start(), m.end(), label, 0.8)
                for word, label in words.items()
                for m in re.finditer(word, doc.text)
            ]
            set_privacy_spans(doc, "x", spans)
            doc.cats = {"Sports": 0.7, "Health": 0.3}
            return doc

        nlp.add_pipe(f"finder_{name}")
        return nlp

    monkeypatch.setattr(report_module, "open_pipeline", load)
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.cfg").touch()


@pytest.mark.usefixtures("_finder")
def test_report_of_two_pipelines(gold: str, tmp_path: Path) -> None:
    out = tmp_path / "report"
    result = run("one", "two", gold, "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0].startswith("one: strict P 1.000, R 0.500, F1 0.667")
    names = {path.name for path in out.iterdir()}
    plots = {"labels.png", "thresholds.png", "operators.png", "confusion.png", "confusion-2.png"}
    assert names == {"report.md", "report.json"} | plots
    assert all((out / name).read_bytes().startswith(b"\x89PNG") for name in plots)
    report = json.loads((out / "report.json").read_text())
    one, two = report["pipelines"]["one"], report["pipelines"]["two"]
    assert one["spans"]["strict"][ALL]["r"] == 0.5
    assert two["spans"]["strict"][ALL]["f2"] == 1
    assert one["spans"]["strict"][ALL]["intervals"]["r"] == [0.5, 0.5]
    rates = one["leaks"]["rates"]
    assert rates["direct"]["spans"]["rate"] == 0
    assert (rates["all"]["subjects"]["leaked"], rates["all"]["subjects"]["n"]) == (3, 3)
    assert two["leaks"]["rates"]["all"]["documents"]["rate"] == 0
    assert two["categories"]["accuracy"] == 1
    (pair,) = report["comparisons"]
    assert pair["documents"] == {
        "n": 8,
        "only_one": 0,
        "only_other": 8,
        "p": pytest.approx(1 / 128),
    }
    assert pair["strict"]["r"]["difference"] == 0.5
    assert [row["f"] for row in two["thresholds"] if row["threshold"] == 0.9] == [0]
    text = (out / "report.md").read_text()
    assert all(name in text for name in ("letters", "notes", "private_email", *plots))


@pytest.mark.usefixtures("_finder")
def test_no_text_in_anything_that_is_written(gold: str, tmp_path: Path) -> None:
    result = run("one", gold, "--out", str(tmp_path / "out"))
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert NAME.encode() not in written + result.output.encode()
    assert b"10.0.0." not in written


@pytest.mark.usefixtures("_finder")
def test_the_same_again(gold: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("one", "two", gold, "--out", str(tmp_path / name), "--draws", "100")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.usefixtures("_finder")
def test_labels_of_another_taxonomy(gold: str, tmp_path: Path) -> None:
    assert run("two", gold, "-o", "r", "--no-plots", "--label-map", "hipaa").exit_code == 0
    labels = json.loads((tmp_path / "r" / "report.json").read_text())["pipelines"]["two"]["spans"]
    assert not any(label.startswith("private") for label in labels["strict"])
    assert labels["strict"][ALL]["f"] == 1


@pytest.mark.usefixtures("_finder")
def test_rows_of_text_and_spans_alone(gold: str, tmp_path: Path) -> None:
    """They are measured as whole rows are; to train on, they are refused unless one says so."""
    bare = tmp_path / "bare.jsonl"
    rows = [{"text": row["text"], "spans": [s[:3] for s in row["spans"]]} for row in ROWS]
    bare.write_text("\n".join(map(json.dumps, rows)))
    strict = []
    for name, file in (("a", gold), ("b", str(bare))):
        result = run("one", "two", file, "-o", name, "--no-plots")
        assert result.exit_code == 0, result.output
        report = json.loads((tmp_path / name / "report.json").read_text())["pipelines"]
        strict.append([report[own]["spans"]["strict"] for own in ("one", "two")])
    assert strict[0] == strict[1]
    corpus = ("corpus", str(bare), str(tmp_path / "out.spacy"))
    assert "missing key(s) 'id', 'source'" in CliRunner().invoke(app, corpus).stderr
    assert CliRunner().invoke(app, [*corpus, "--format", "spans"]).exit_code == 0
    for spans, words in (
        ([[0, 99, "x"]], "line 1"),
        ([[0, 2]], "item 0 of 'spans' must be [start"),
    ):
        bare.write_text(json.dumps({"text": "Wilhelmina", "spans": spans}))
        result = run("one", str(bare), "-o", "c")
        assert (result.exit_code, words in result.stderr) == (1, True), result.stderr
        assert NAME not in result.stderr


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("one",), "No file of labelled texts"),
        (("GOLD",), "No pipeline is given"),
        (("one", "none.jsonl"), "No such pipeline or file: none.jsonl"),
        (("one", "one", "GOLD"), "Given twice: one"),
        (("one", ".", "GOLD"), "folder without config.cfg"),
        (("one", "EMPTY"), "There is no text"),
        (("one", "BAD"), "line 1"),
        (("one", "GOLD", "--label-map", "mine"), "No such label map"),
    ],
)
def test_mistakes(args: tuple[str, ...], words: str, gold: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "bad.jsonl").write_text('{"id": "Wilhelmina')
    names = {"GOLD": gold, "EMPTY": "empty.jsonl", "BAD": "bad.jsonl"}
    result = run(*(names.get(arg, arg) for arg in args), "--out", "out")
    assert result.exit_code == (2 if words.startswith("No such") else 1)
    assert words in result.stderr
    assert NAME not in result.output
    assert not Path("out").exists()


@pytest.mark.usefixtures("_finder")
def test_labels_that_a_pipeline_does_not_have_are_told(gold: str) -> None:
    rows = Path(gold).read_text(encoding="utf8").replace("private_person", "PERS")
    Path("pers.jsonl").write_text(rows, encoding="utf8")
    result = run("two", "pers.jsonl", "--out", "out", "--no-plots")
    assert result.exit_code == 0, result.stderr
    assert "Warning: two gave no span of these labels, so 8 of 16 gold" in result.stderr
    assert "missed: PERS. If its labels have other names, map them: --label-map" in result.stderr
    assert "Warning" not in run("two", gold, "--out", "out2", "--no-plots").stderr


@pytest.mark.usefixtures("_finder")
def test_a_function_does_all_of_it_and_prints_nothing(
    gold: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    class Listening(Progress):
        def say(self, message: str) -> None:
            told.append(message)

        def track(self, items: Any, name: str, n_items: int | None = None) -> Any:
            told.append(f"{name}: {n_items}")
            return items

    rows = Path(gold).read_text(encoding="utf8").replace("private_email", "MAIL")
    Path("mail.jsonl").write_text(rows, encoding="utf8")
    settings = Settings(n_draws=100)
    report = report_module.evaluate(
        ["one", "mail.jsonl"], tmp_path / "out", plots=False, settings=settings,
        progress=Listening(),
    )  # fmt: skip
    assert report == json.loads((tmp_path / "out" / "report.json").read_text()) | report
    assert report["pipelines"]["one"]["spans"]["strict"][ALL]["r"] == 0.5
    assert told[0] == "Reading texts: 9"
    assert told[1].startswith("Warning: one gave no span of these labels, so 8 of 16")
    assert capsys.readouterr() == ("", "")
