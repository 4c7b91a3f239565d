"""Columns of tags: every scheme, and no tagged token is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.corpus.conll import _spans
from spacy_privacy_filter.corpus.readers import read_corpus

CONLL = """# a comment
Dear\tO
Zoë\tB-person
Byron\tI-person

Call O
Port I-place
Ardle I-place
Ada S-person
"""


def test_conll_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text(CONLL, encoding="utf8")
    rows = list(read_corpus(path))
    assert [row.text for row in rows] == ["Dear Zoë Byron", "Call Port Ardle Ada"]
    assert rows[0].spans == ((5, 14, "person"),)
    assert rows[1].spans == ((5, 15, "place"), (16, 19, "person"))
    assert rows[0].known == ("person", "place")


def test_a_mark_of_byte_order_is_no_part_of_a_token(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_bytes(b"\xef\xbb\xbf" + b"Ada B-person\nslept O\n")
    (row,) = read_corpus(path)
    assert (row.text, row.spans) == ("Ada slept", ((0, 3, "person"),))


def test_other_encodings_and_other_ends_of_lines_in_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_bytes("Zoë B-person\n".encode("latin-1"))
    with pytest.raises(ValueError, match=r"a\.conll is not UTF-8\. Save the file as UTF-8"):
        list(read_corpus(path, "conll"))
    path.write_bytes("Ada\u2028B\tB-person\r\nslept\tO\r\n".encode())
    (row,) = read_corpus(path, "conll")
    assert row.spans == ((0, 5, "person"),)


def test_conll_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.bio"
    start = "-DOCSTART- -X- O\n\n"
    path.write_text(start + CONLL + "\n" + start + "Bye NN O\n", encoding="utf8")
    rows = list(read_corpus(path))
    assert [row.text for row in rows] == ["Dear Zoë Byron\nCall Port Ardle Ada", "Bye"]
    assert rows[0].spans == ((5, 14, "person"), (20, 30, "place"), (31, 34, "person"))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-x I-x O B-x", [(0, 2, "x"), (3, 4, "x")]),
        ("B-x B-x", [(0, 1, "x"), (1, 2, "x")]),
        ("B-x I-x E-x S-x", [(0, 3, "x"), (3, 4, "x")]),
        ("B-x L-x U-x B-x L-x", [(0, 2, "x"), (2, 3, "x"), (3, 5, "x")]),
        ("I-x I-x I-y O I-x", [(0, 2, "x"), (2, 3, "y"), (4, 5, "x")]),
        ("B-x E-y", [(0, 1, "x"), (1, 2, "y")]),
        ("E-x E-x", [(0, 1, "x"), (1, 2, "x")]),
        ("O O", []),
    ],
)
def test_tag_schemes(tags: str, expected: list[tuple[int, int, str]]) -> None:
    tokens = [("a", tag) for tag in tags.split()]
    found = [(s // 2, (e + 1) // 2, label) for s, e, label in _spans(tokens)]
    assert found == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [("Byron", "needs a token and a tag"), ("Byron Ada", "last column must be")],
)
def test_a_bad_line_of_columns_is_refused(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.conll"
    path.write_text(f"x O\n{line}\n", encoding="utf8")
    with pytest.raises(ValueError, match=f"line 2: .*{message}") as caught:
        list(read_corpus(path))
    assert "Byron" not in str(caught.value).replace("a.conll", "")


LABELS = st.sampled_from(["O", *(f"{p}-{x}" for p in "BIESLU" for x in "ab")])


@given(st.lists(st.tuples(st.text("xyzé", min_size=1, max_size=3), LABELS), min_size=1))
def test_no_tagged_token_is_lost(tokens: list[tuple[str, str]]) -> None:
    text, covered = " ".join(token for token, _ in tokens), set()
    last = 0
    for start, end, _ in _spans(tokens):
        assert last <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered |= set(range(start, end))
        last = end
    at = 0
    for token, tag in tokens:
        assert set(range(at, at + len(token))) <= covered or tag == "O"
        assert tag != "O" or not covered & set(range(at, at + len(token)))
        at += len(token) + 1
