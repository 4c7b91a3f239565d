"""Tables in CSV: what parts the columns, columns by name, and all else to the byte."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.batch.formats.csv_table import read_csv, read_table
from spacy_privacy_filter.batch.formats.names import show_names
from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.errors import WrongUseError
from spacy_privacy_filter.redact.columns import declare

CELLS = st.text(st.sampled_from('ab1,;|"\n\r\té \x00'), max_size=6)
TABLE = b'\xef\xbb\xbfid;"Full Name";note\r\n1; Kai ;"a ""b""; c"\r\n\r\n2;"Bo";\n'


def read(content: bytes, **settings: Any) -> Any:
    return read_csv(content, "a.csv", Reading(**settings))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.sampled_from(",;\t|"))
def test_cells_are_read_as_the_standard_library_does(
    rows: list[tuple[str, ...]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("id", "text", "n"), *rows])
    source = out.getvalue()
    table = read_table(source.encode(), "x", delimiter)
    wanted = list(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True))
    assert [[table.read(cell) for cell in row] for row in table.rows] == wanted


def test_what_is_not_replaced_stays_to_the_byte() -> None:
    found = read(TABLE, fields=("Full Name", "note"))
    assert found.texts == [" Kai ", 'a "b"; c', "Bo", ""]
    assert found.render(found.texts) == TABLE
    made = found.render([" x ", 'y"', "z;\n", "w;"])
    assert made == TABLE.replace(b"Kai", b"x").replace(b'"a ""b""; c"', b'"y"""').replace(
        b'"Bo";', b'"z;\n";"w;"'
    )
    assert found.notes == ["a.csv: the columns are taken to be parted by ';' (--delimiter)."]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a;b\n1;2,5\n3;4,5\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\nx, y|2\n", "|"),
        ("a,b\nx;y,2\n", ","),
        ('a;b\n"x\n;";1\n', ";"),
        ("a;b\n" + '1;"x\ny"\n' * 30, ";"),
        ("", ","),
    ],
)
def test_what_parts_the_columns_is_found_out(content: str, delimiter: str) -> None:
    if content:
        assert read_table(content.encode(), "x", None).delimiter == delimiter
    else:
        with pytest.raises(ValueError, match="is empty"):
            read_table(b"", "x", None)


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        (["a"], b'b,c\n2,3\n\n"5",6'), (["b"], b"a,c\n1,3\n\n4,6"), (["c"], b'a,b\n1,2\n\n4,"5"'),
        (["a", "b"], b"c\n3\n\n6"), (["b", "c"], b"a\n1\n\n4"), (["a", "c"], b'b\n2\n\n"5"'),
    ],
)  # fmt: skip
def test_columns_are_left_out(drop: list[str], left: bytes) -> None:
    found = read(b'a,b,c\n1,2,3\n\n4,"5",6', columns=declare(drop=drop))
    assert found.render([]) == left


def test_columns_that_are_declared() -> None:
    columns = declare(whole={"Full Name": "private_person"}, keep=["id"])
    found = read(TABLE, columns=columns)
    assert [(p.column, p.label) for p in found.passages[:2]] == [
        ("Full Name", "private_person"), ("note", None),
    ]  # fmt: skip
    alone = read(TABLE, columns=declare(whole={"Full Name": "private_person"}))
    assert len(alone.passages) == 2
    assert "2 other columns stay as they are" in alone.notes[1]
    assert "There are: id, note." in alone.notes[1]
    assert len(read(TABLE, all_strings=True).passages) == 6
    twice = read(b"a,a\n1,2\n", all_strings=True)
    assert twice.names == ["row 2, a (1)", "row 2, a (2)"]


def test_errors_show_names_and_no_data() -> None:
    for header, shown in (
        ("Full Name,DOB,notes", "There are: Full Name, DOB, notes."),
        ("Ada Lovelace,1980-02-03", "not shown, as they may be data"),
        ("Kai,ada@example.org", "not shown, as they may be data"),
        ("Ada,Bob", "not shown, as they may be data"),
    ):
        with pytest.raises(WrongUseError, match="no column 'text' among the") as caught:
            read(f"{header}\n".encode())
        assert shown in str(caught.value)
    assert show_names([f"column {chr(97 + i % 26)}{i}" for i in range(60)]).endswith("20 more.")


def test_a_quote_that_never_ends_takes_linear_time() -> None:
    with pytest.raises(ValueError, match="stands behind the quote"):
        read(b'text\n"' + b'""' * 500_000 + b"x")
    with pytest.raises(ValueError, match="a quote in row 2 never ends"):
        read(b'text\n"a' + b"," * 500_000)
