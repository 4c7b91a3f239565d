"""Labelled rows: what is refused, and that the gold reaches the .spacy file to the character."""

from __future__ import annotations

import gzip
import hashlib
import json
import runpy
from pathlib import Path
from typing import Any

import pytest
import spacy
import srsly
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.training import Corpus

from spacy_privacy_filter.corpus.rows import (
    ID_KEY,
    SOURCE_KEY,
    Row,
    read_rows,
    row_from_dict,
    to_docs,
    write_corpus,
)
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES
from spacy_privacy_filter.learning.gold import GOLD_KEY

SECRET_TEXT = "Mail Ada at ada@example.org now"
GOOD: dict[str, Any] = {
    "id": "row-7",
    "source": "ours",
    "text": SECRET_TEXT,
    "spans": [[12, 27, "private_email"], [5, 8, "private_person"]],
    "ignore": [[28, 31]],
    "known": ["private_email", "private_person"],
}
TOPIC: dict[str, Any] = {"id": "t-1", "source": "ours", "text": "Why is it?", "label": "Health"}
ASSETS = Path(__file__).parents[2] / "assets"


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def test_a_good_row_is_read() -> None:
    assert row_from_dict(GOOD) == Row(
        id="row-7",
        source="ours",
        text=SECRET_TEXT,
        spans=((5, 8, "private_person"), (12, 27, "private_email")),
        ignore=((28, 31),),
        known=("private_email", "private_person"),
    )
    assert row_from_dict(TOPIC) == Row("t-1", "ours", "Why is it?", category="Health")
    assert row_from_dict(GOOD | {"language": "en", "info": {"any": 1}}).language == "en"


def test_a_row_may_have_categories_of_any_set_and_spans_too() -> None:
    cats = {"invoice": 1, "letter": 0.0}
    row = row_from_dict({"id": "c", "source": "s", "text": "Why?", "cats": cats})
    assert (row.cats, row.has_spans) == ((("invoice", 1.0), ("letter", 0.0)), False)
    both = row_from_dict(GOOD | {"cats": cats})
    assert both.has_spans
    nothing_found = row_from_dict(GOOD | {"cats": cats, "spans": []})
    docs = list(to_docs([row, both, nothing_found], spacy.blank("en")))
    assert [doc.cats for doc in docs] == [cats] * 3
    assert [GOLD_KEY in doc.user_data for doc in docs] == [False, True, True]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"extra": 1}, "unknown key.*'extra'"),
    ({"label": "Health"}, "unknown key.*'ignore'"),
    ({"spans": None}, "'spans' must be a list"),
    ({"spans": [[5, 8]]}, r"item 0 of 'spans' must be \[start, end, label\]"),
    ({"spans": [[5, 8, "private_person"], "x"]}, "item 1 of 'spans'"),
    ({"spans": [["5", 8, "private_person"]]}, "whole numbers"),
    ({"spans": [[5.0, 8, "private_person"]]}, "whole numbers"),
    ({"spans": [[False, True, "private_person"]]}, "whole numbers"),
    ({"spans": [[8, 8, "private_person"]]}, "8 to 8 is empty or outside"),
    ({"spans": [[9, 5, "private_person"]]}, "9 to 5 is empty or outside"),
    ({"spans": [[-3, 5, "private_person"]]}, "-3 to 5 is empty or outside"),
    ({"spans": [[12, 32, "private_email"]]}, "outside the text, which has 31"),
    ({"spans": [[5, 9, "private_person"]]}, "5 to 9 starts or ends with white space"),
    ({"spans": [[4, 8, "private_person"]]}, "4 to 8 starts or ends with white space"),
    ({"spans": [[5, 8, "secret"]]}, "5 to 8 has a label that 'known' does not name"),
    ({"spans": [[5, 8, "Ada"]]}, "5 to 8 has a label that 'known' does not name"),
    ({"spans": [[5, 8, ["x"]]]}, "'known' does not name"),
    (
        {"spans": [[5, 11, "private_person"], [10, 27, "private_email"]]},
        "5 to 11 and 10 to 27 overlap",
    ),
    ({"ignore": [[28, 40]]}, "ignored stretch 28 to 40 is empty or outside"),
    ({"ignore": {}}, "'ignore' must be a list"),
    ({"known": "private_person"}, "'known' must be a list"),
    ({"known": ["private_person", "private_email", "private_email"]}, "twice"),
    ({"text": 3}, "'text' must be a string, but is of type int"),
    ({"id": None}, "'id' must be a string"),
    ({"source": []}, "'source' must be a string"),
    ({"language": 1}, "'language' must be a string"),
    ({"cats": {}}, "'cats' must be an object"),
    ({"cats": {"a": 2}}, "'cats' must be a number from 0 to 1"),
    ({"cats": {"a": True}}, "'cats' must be a number from 0 to 1"),
    ({"cats": {"a": "1"}, "label": "Health"}, "unknown key.*'cats'"),
    ({"text": SECRET_TEXT + "\ud83d"}, "character 31 is half of a surrogate pair"),
]


@pytest.mark.parametrize(("change", "message"), WRONG, ids=[m for _, m in WRONG])
def test_a_wrong_row_is_refused_by_line_and_id_without_its_text(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    row = GOOD | change
    path = write(tmp_path / "rows.jsonl", GOOD, row)
    with pytest.raises(ValueError, match=message) as caught:
        list(read_rows(path))
    said = str(caught.value)
    assert "rows.jsonl, line 2" in said
    assert ("row-7" in said) == (row["id"] == "row-7")
    for word in ("Mail", "Ada", "ada@example.org"):
        assert word not in said


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(ValueError, match=f"missing key.*'{key}'"):
        row_from_dict({name: value for name, value in GOOD.items() if name != key})


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no known category.*Society & Culture"):
        row_from_dict(TOPIC | {"label": "Healthy"})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "Ada"', "line 2: no valid JSON"),
        (b'["Ada"]', "line 2: a row is a JSON object"),
        (b'{"text": "Ad\xe9"}', "line 2: the line is not UTF-8"),
    ],
)
def test_a_broken_line_is_refused(tmp_path: Path, line: bytes, message: str) -> None:
    path = write(tmp_path / "rows.jsonl", GOOD)
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(ValueError, match=message) as caught:
        list(read_rows(path))
    assert "Ad" not in str(caught.value).replace("valid JSON", "")


def test_files_plain_and_gzipped_read_the_same(tmp_path: Path) -> None:
    plain = write(tmp_path / "rows.jsonl", GOOD, TOPIC)
    plain.write_bytes(plain.read_bytes().replace(b"\n", b"\n\n"))
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    rows = list(read_rows(packed))
    assert [row.id for row in rows] == ["row-7", "t-1"]
    assert rows == list(read_rows(plain))


def test_half_a_gzip_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(GOOD) + "\n").encode() * 50)[:-20])
    with pytest.raises(ValueError, match="breaks off"):
        list(read_rows(path))
    path.write_bytes(b"no gzip at all")
    with pytest.raises(ValueError, match="breaks off"):
        list(read_rows(path))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such corpus file"):
        next(read_rows(tmp_path / "none.jsonl"))


def test_the_gold_reaches_the_file_and_comes_back_from_it(tmp_path: Path) -> None:
    rows = [row_from_dict(GOOD), row_from_dict(TOPIC)]
    path = tmp_path / "deep" / "rows.spacy"
    nlp = spacy.blank("en")
    assert write_corpus(rows, path, nlp) == 2
    assert [p.name for p in path.parent.iterdir()] == ["rows.spacy"], "no half-written file stays"
    spans, topic = DocBin().from_disk(path).get_docs(nlp.vocab)
    gold = spans.user_data[GOLD_KEY]
    assert [(s, e, label) for s, e, label in gold["spans"]] == list(rows[0].spans)
    assert [(s, e) for s, e in gold["ignore"]] == [(28, 31)]
    assert list(gold["known"]) == ["private_email", "private_person"]
    assert (spans.user_data[SOURCE_KEY], spans.user_data[ID_KEY]) == ("ours", "row-7")
    assert not spans.cats
    assert not spans.ents
    assert GOLD_KEY not in topic.user_data
    assert topic.cats == {name: float(name == "Health") for name in MULTITASK_CATEGORIES}


def test_spacys_own_reader_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.spacy"
    nlp = spacy.blank("en")
    write_corpus([row_from_dict(GOOD), row_from_dict(TOPIC)], path, nlp)
    examples = list(Corpus(path)(nlp))
    assert [example.reference.text for example in examples] == [SECRET_TEXT, "Why is it?"]
    assert [GOLD_KEY in example.reference.user_data for example in examples] == [True, False]
    assert not any(GOLD_KEY in example.predicted.user_data for example in examples)


def test_a_wrong_row_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows.spacy"
    path.write_bytes(b"old")
    rows = read_rows(write(tmp_path / "rows.jsonl", GOOD, GOOD | {"known": []}))
    with pytest.raises(ValueError, match="line 2"):
        write_corpus(rows, path, spacy.blank("en"))
    assert path.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["rows.jsonl", "rows.spacy"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"ends in '\.spacy'"):
        write_corpus([], tmp_path / "rows.json", spacy.blank("en"))


NLP = spacy.blank("en")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.data())
def test_any_text_and_any_span_survive(text: str, data: st.DataObject) -> None:
    """Also texts that are empty or all white space, and spans that fit no token."""
    seen = [i for i, char in enumerate(text) if not char.isspace()]
    spans = []
    if seen:
        start, end = sorted((data.draw(st.sampled_from(seen)), data.draw(st.sampled_from(seen))))
        spans = [(start, end + 1, "secret")]
    row = Row("1", "ours", text, spans=tuple(spans), known=("secret",))
    stored = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=to_docs([row], NLP))
    (doc,) = DocBin().from_bytes(stored.to_bytes()).get_docs(spacy.blank("en").vocab)
    assert doc.text == text
    assert [tuple(span) for span in doc.user_data[GOLD_KEY]["spans"]] == spans


@pytest.mark.parametrize(("name", "least"), [("train", 60), ("dev", 20)])
def test_the_sample_data_is_sound(name: str, least: int) -> None:
    rows = list(read_rows(ASSETS / f"sample_{name}.jsonl"))
    assert len(rows) >= least
    assert len({row.id for row in rows}) == len(rows)
    labels = {label for row in rows for _, _, label in row.spans}
    assert len(labels) == 8
    assert any(row.category for row in rows)
    assert any(row.spans == () and row.category is None for row in rows), (
        "rows with nothing to find"
    )


def test_the_samples_share_no_text() -> None:
    train, dev = (
        {row.text for row in read_rows(ASSETS / f"sample_{name}.jsonl")}
        for name in ("train", "dev")
    )
    assert not train & dev


def test_the_project_names_the_samples_we_mean() -> None:
    project = srsly.read_yaml(ASSETS.parent / "project.yml")
    checksums = {asset["dest"]: asset["checksum"] for asset in project["assets"]}
    for name in ("train", "dev"):
        path = ASSETS / f"sample_{name}.jsonl"
        found = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        assert checksums[f"assets/{path.name}"] == found, "make_sample.py ran: update project.yml"


def test_the_script_makes_the_samples() -> None:
    module = runpy.run_path(str(ASSETS / "make_sample.py"))
    for name in ("train", "dev"):
        lines = (ASSETS / f"sample_{name}.jsonl").read_text(encoding="utf8").splitlines()
        assert [json.loads(line) for line in lines] == module["make_rows"](name)


def detailed(**change: object) -> dict[str, object]:
    row = {
        "id": "1", "source": "s", "text": "Bo met Al", "ignore": [], "known": ["person"],
        "spans": [
            [7, 9, "person"], [0, 2, "person", {"identifier_type": "DIRECT", "entity_id": "e"}]
        ],
        "subject": "x",
    }  # fmt: skip
    return row | change


def test_a_subject_is_a_string() -> None:
    with pytest.raises(ValueError, match="'subject' must be a string"):
        row_from_dict(detailed(subject=4))
