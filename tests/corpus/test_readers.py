"""Other people's formats: read to the character, mapped, and refused without showing a text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin

from spacy_privacy_filter.corpus.label_map import LabelMap
from spacy_privacy_filter.corpus.readers import detect_format, read_corpus, read_docs
from spacy_privacy_filter.corpus.rows import Row, write_corpus
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS

from .foreign import AI4, GOLD, NEMO, OPF_LABEL, TEXT

OPF_SPANS = {
    "text": TEXT,
    "spans": {
        "private_person: Zoë Ada Byron": [[0, 13]],
        "private_address: 7 Quay Lane, Port Ardle": [[15, 38]],
    },
    "info": {},
}


def write(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf8")
    return path


@pytest.mark.parametrize(
    ("record", "form"),
    [(OPF_LABEL, "opf"), (OPF_SPANS, "opf"), (AI4, "ai4privacy"), (NEMO, "nemotron")],
    ids=["opf label", "opf spans", "ai4privacy", "nemotron"],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_jsonl_is_recognised_and_read(
    tmp_path: Path, record: dict[str, Any], form: str, name: str
) -> None:
    path = write(tmp_path / name, record)
    assert detect_format(path) == form
    (row,) = read_corpus(path)
    assert (row.text, row.spans) == (TEXT, GOLD)
    assert row.source == name
    if form == "opf":
        assert row.known == ("private_address", "private_person")
    else:
        assert set(row.known) == set(OPENAI_LABELS)


def test_our_own_rows_still_are_ours(tmp_path: Path) -> None:
    own = {"id": "1", "source": "s", "text": "Ada", "spans": [], "ignore": [], "known": ["a"]}
    assert detect_format(write(tmp_path / "own.jsonl", own)) == "rows"
    topic = {"id": "1", "source": "s", "text": "Ada", "label": "Health"}
    assert detect_format(write(tmp_path / "topic.jsonl", topic)) == "rows"
    assert next(read_corpus(tmp_path / "topic.jsonl")).category == "Health"


def test_every_label_of_a_file_counts_as_annotated_in_all_of_it(tmp_path: Path) -> None:
    empty = {"text": "Nothing here.", "label": []}
    rows = list(read_corpus(write(tmp_path / "a.jsonl", empty, OPF_LABEL)))
    assert rows[0].spans == ()
    assert rows[0].known == rows[1].known == ("private_address", "private_person")
    assert [row.id for row in rows] == ["a.jsonl-1", "a.jsonl-2"]


def test_messages_end_in_one_mark(tmp_path: Path) -> None:
    """That of a label that no map names, of offsets in bytes, and of a missing key."""
    bytes_ = {"text": TEXT, "spans": {"x: Ada": [[0, 3]]}}
    for record, labels in (
        (OPF_LABEL, LabelMap({"private_person": "x"})),
        (bytes_, None),
        ({"text": TEXT, "label": [{"start": 0}]}, None),
        ({"text": TEXT, "label": [{"category": "x", "start": 0, "end": 99}]}, None),
    ):
        path = write(tmp_path / "a.jsonl", record)
        with pytest.raises(ValueError, match=r"[^.?][.?]$"):
            list(read_corpus(path, labels=labels))


def test_a_mark_of_byte_order_is_no_part_of_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(OPF_LABEL).encode() + b"\r\n")
    (row,) = read_corpus(path)
    assert row.spans == GOLD


def test_a_spacy_file_that_breaks_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.spacy"
    write_corpus([Row("1", "mine", TEXT, GOLD, known=("private_person",))], path, spacy.blank("xx"))
    path.write_bytes(path.read_bytes()[:-9])
    for read in (read_corpus, lambda path: read_docs(path, spacy.blank("xx"))):
        with pytest.raises(ValueError, match=r"a\.spacy is no whole \.spacy file"):
            list(read(path))


def test_spacy_files_keep_exact_characters_ignored_stretches_and_categories(
    tmp_path: Path,
) -> None:
    rows = [
        Row("a", "s", TEXT, GOLD, ((8, 13),), ("private_address", "private_person", "secret")),
        Row("b", "s", "cod", cats=(("fish", 1.0), ("metal", 0.0))),
        Row("c", "s", "Ada", ((0, 2, "private_person"),), (), ("private_person",), "Health"),
    ]
    path = tmp_path / "a.spacy"
    write_corpus(rows, path, spacy.blank("xx"))
    found = list(read_corpus(path))
    assert [row.id for row in found] == ["a", "b", "c"]
    assert (found[0].spans, found[0].ignore, found[0].known) == (GOLD, ((8, 13),), rows[0].known)
    assert (found[1].cats, found[1].has_spans) == (rows[1].cats, False)
    assert found[2].spans == rows[2].spans
    assert dict(found[2].cats) == {name: float(name == "Health") for name in MULTITASK_CATEGORIES}


def test_entities_of_a_spacy_file_are_read(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Ask Zoë Byron.")
    doc.ents = [doc.char_span(4, 13, label="person")]
    other = nlp("Nobody is here.")
    other.set_ents([], default="outside")
    DocBin(docs=[doc, other]).to_disk(tmp_path / "a.spacy")
    rows = list(read_corpus(tmp_path / "a.spacy"))
    assert rows[0].spans == ((4, 13, "person"),)
    assert [row.known for row in rows] == [("person",)] * 2
    assert next(read_docs(tmp_path / "a.spacy", nlp)).ents[0].text == "Zoë Byron"


def test_sources_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such corpus file"):
        list(read_corpus("data/none.jsonl"))
    with pytest.raises(FileNotFoundError, match="no name of a data set"):
        list(read_corpus("/nowhere/at/all"))
    path = tmp_path / "a.dat"
    path.write_text("x")
    with pytest.raises(ValueError, match=r"cannot be told from its ending.*--format"):
        list(read_corpus(path))
    with pytest.raises(ValueError, match="Unknown format 'xml'"):
        list(read_corpus(path, "xml"))
