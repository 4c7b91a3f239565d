"""The texts of a file, and the file with other texts: all else stays to the byte."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.formats.registry import find_format, parse
from spacy_privacy_filter.errors import WrongUseError

CELLS = st.text(st.sampled_from('ab,"\n\r\té👩‍👧 ;'), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", "\t", ";"]))
def test_csv_values_stay(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("id", "text"), *rows])
    source = out.getvalue()
    form = "tsv" if delimiter == "\t" else "csv"
    told = delimiter if delimiter == ";" else None
    found = parse(source.encode(), "x", Reading(form, delimiter=told))
    assert found.texts == [text for _, text in rows]
    assert found.render(found.texts).decode() == source
    new = [f"{text}!" for text in found.texts]
    again = parse(found.render(new), "x", Reading(form, delimiter=told))
    assert again.texts == new


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", b"\xef\xbb\xbfAda\r\n\x00"),
        ("a.jsonl", b'{"n":1.0,"text":"Ada"}\r\n\n{"text":null}\n'),
        ("a.csv", b'\xef\xbb\xbfid,text\r\n1,"Ada, ""B"""\r\n'),
        ("a.tsv", b"text\tid\nAda\t1"),
    ],
)
def test_other_texts_take_the_places_of_the_old(name: str, source: bytes) -> None:
    content = parse(source, name, Reading())
    again = parse(content.render([f"<{text}>" for text in content.texts]), name, Reading())
    assert again.texts == [f"<{text}>" for text in content.texts]
    assert again.names == content.names
    assert "Ada" not in repr(content)


def test_whose_each_text_is() -> None:
    rows = b'{"text": "a", "who": "x"}\n{"text": "b", "who": 5}\n{"text": "c", "who": " "}\n'
    content = parse(rows, "a.jsonl", Reading(subject="who"))
    assert content.subjects == ["x", "5", None]
    table = parse(b"who,text\nx,a\n,b\n", "a.csv", Reading(subject="who"))
    assert (table.names, table.subjects) == (["row 2, text", "row 3, text"], ["x", None])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"fields": ("a", "a")}, "named twice"),
        ({"fields": ("a",), "subject": "a"}, "cannot both be redacted"),
        ({"delimiter": ";;"}, "must be one mark"),
        ({"delimiter": ";", "form": "tsv"}, "is for CSV"),
    ],
)
def test_ways_of_reading_that_make_no_sense(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongUseError, match=message):
        Reading(**settings)


def test_an_unknown_format() -> None:
    with pytest.raises(WrongUseError, match="Unknown format 'xml'"):
        find_format("a.txt", "xml")
    assert find_format("A.CSV").name == "csv"
    assert find_format("a.xyz").name == "text"


def test_messages_name_the_place_and_not_the_text() -> None:
    for name, source, message in (
        ("a.jsonl", b'["Ada"]', "a.jsonl, line 1"),
        ("a.csv", b"Ada,Bob\n1,2\n", "no column 'text' among the 2"),
        ("a.txt", b"Ada \xff", "byte 4"),
    ):
        with pytest.raises(ValueError, match=message) as caught:
            parse(source, name, Reading())
        assert "Ada" not in str(caught.value)
