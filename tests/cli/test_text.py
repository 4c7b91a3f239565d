"""The commands: what they write, what they say, and that a mistake ends in one clear line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from click.testing import Result
from spacy.tokens import DocBin
from typer.testing import CliRunner

from spacy_privacy_filter import __version__, loading
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.types import CharSpan

ROOT = Path(__file__).parents[2]
TEXT = "Ada (ada@example.org)\r\nmet Bob.\n"
MASKED = "[PRIVATE_PERSON] ([PRIVATE_EMAIL])\r\nmet [PRIVATE_PERSON].\n"
FOUND = {"Ada": "private_person", "Bob": "private_person", "ada@example.org": "private_email"}


def run(*args: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, list(args), input=stdin)


@pytest.fixture
def _finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find three fixed texts, in place of a network."""

    def find(nlp: object, texts: list[str]) -> list[tuple[CharSpan, ...]]:
        return [tuple(spans_of(text)) for text in texts]

    monkeypatch.setattr(loading, "load_pipeline", lambda model, rules: spacy.blank("xx"))
    monkeypatch.setattr(loading, "find_spans", find)


def spans_of(text: str) -> list[CharSpan]:
    hits = ((m, label) for word, label in FOUND.items() for m in re.finditer(word, text))
    return sorted(CharSpan(m.start(), m.end(), label, 0.75) for m, label in hits)


def assert_clear_error(result: Result, *words: str, code: int = 1) -> None:
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit), "an exception came through"
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output
    assert not result.stdout
    for word in words:
        assert word in result.stderr


@pytest.mark.usefixtures("_finder")
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
        assert_clear_error(run("redact", str(tmp_path / "none.txt")), "No such file", "none.txt")

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
        assert_clear_error(result, "taken")
        assert [p.name for p in tmp_path.iterdir()] == ["taken"]

    def test_a_failure_writes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def outside(nlp: object, texts: list[str]) -> list[list[CharSpan]]:
            return [[CharSpan(0, 3, "secret"), CharSpan(0, 999, "secret")]]

        monkeypatch.setattr(loading, "find_spans", outside)
        path = tmp_path / "out.txt"
        path.write_text("old")
        result = run("redact", "--output", str(path), stdin=TEXT.encode())
        assert_clear_error(result, "0 to 999")
        assert "Ada" not in result.stderr
        assert path.read_text() == "old"
        assert_clear_error(run("redact", stdin=TEXT.encode()), "0 to 999")


def test_a_pipeline_without_our_component_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    result = run("redact", "--model", str(tmp_path / "model"), stdin=TEXT.encode())
    assert_clear_error(result, "has no 'privacy_filter' component", "sentencizer")
    assert_clear_error(run("redact", "-m", str(tmp_path / "none"), stdin=b"x"), "none")


def test_rules_are_added_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter")
    monkeypatch.setattr(spacy, "load", lambda name: nlp)
    for _ in range(2):
        loading.load_pipeline("any", rules=True)
        assert nlp.pipe_names == ["privacy_filter", "privacy_filter_rules"]


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
    assert_clear_error(run("corpus", str(tmp_path / "none.jsonl"), out), "No such corpus file")
    assert_clear_error(run("corpus", source, out, "--lang", "tlh"), "tlh")
    assert run("corpus", source, out, "--limit", "0").exit_code == 2
    assert run("corpus", source).exit_code == 2


def test_info() -> None:
    result = run("info")
    assert result.exit_code == 0
    lines = dict(re.split(r"  +", line, maxsplit=1) for line in result.stdout.splitlines())
    assert lines["spacy-privacy-filter"] == __version__
    assert lines["spacy"] == spacy.__version__
    assert lines["backends registered"] == "mlx, torch"
    assert lines["backend = auto"].split(": ")[0] in ("torch", "mlx")
    if has("torch"):
        assert "oneDNN" in lines["torch, float32"]
        assert "the compiled kernel is off" in lines["torch, bfloat16"]
        assert "CUDA graphs are off" in lines["torch, CUDA"]


def spacy_command(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "spacy", "privacy-filter", *args]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT)


def test_spacy_lists_the_commands() -> None:
    done = spacy_command("--help")
    assert done.returncode == 0, done.stderr
    for name in ("redact", "restore", "extract", "view", "corpus", "info"):
        assert name in done.stdout


@pytest.mark.skipif(not has("torch"), reason="needs torch")
def test_the_shipped_pipeline_redacts_the_demo() -> None:
    """As a person types it: a real text, the network that ships, no setting."""
    path = ROOT / "assets" / "demo" / "clinic_letter.txt"
    done = spacy_command("redact", str(path))
    assert done.returncode == 0, done.stderr
    assert "[PRIVATE_PERSON]" in done.stdout
    assert "[PRIVATE_EMAIL]" in done.stdout
    for private in ("Tobias Fennimore", "annika.reyes@example.org", "01632 960 318"):
        assert private not in done.stdout
    assert "His insurer, Northshire Mutual, wants a report" in done.stdout
    assert "private_person: " in done.stderr
    assert "Fennimore" not in done.stderr
