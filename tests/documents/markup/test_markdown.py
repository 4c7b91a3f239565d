"""Markdown: a name under marks is found, and marks that are not touched stay to the byte."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import redact, reread

NAME = "Kai Lund"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("Dear **Kai** Lund,\n", "Dear **[X_1]**,\n"),
        ("K*a*i _Lund_", "[X_1]"),
        ("> dear Kai\n> Lund\n", "> dear [X_1]\n"),
        ("[Kai Lund](mailto:x)", "[[X_1]](mailto:x)"),
        ("[x](mailto:Kai Lund)", "[x](mailto:[X_1])"),
        ("![Kai Lund](a.png 'Kai Lund')", "![[X_1]](a.png '[X_1]')"),
        ("Kai&nbsp;Lund", "[X_1]"),
        ("<!-- Kai Lund -->", "<!-- [X_1] -->"),
        ('<img alt="Kai Lund">', '<img alt="[X_1]">'),
        ("`Kai Lund`", "`[X_1]`"),
        ("~~~\nKai Lund\n~~~", "~~~\n[X_1]\n~~~"),
        ("| Kai Lund | 3 |", "| [X_1] | 3 |"),
        ("---\nauthor: Kai Lund\n---", "---\nauthor: [X_1]\n---"),
    ],
)
def test_where_a_name_may_be(source: str, made: str) -> None:
    new = redact(source.encode(), "md", [NAME]).decode()
    assert new.replace("*", "").replace("_", "") == made.replace("*", "").replace("_", "")
    assert NAME not in new


def test_names_with_marks_of_their_own_stay_whole() -> None:
    text = reread(b"kai_lund@example.org snake_case 2 * 3 \\*x\\* _so_\n", "md")
    assert text == "kai_lund@example.org snake_case 2 * 3 *x* so\n"


PIECES = st.sampled_from(
    ["*", "**", "_", "`", "[", "](", ")", "<!--", "-->", "<b a='", ">", "\n> ", "\\", "&amp;",
     "x", " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_without_finds_stays_to_the_byte(text: str) -> None:
    assert redact(text.encode(), "md", []) == text.encode()


@given(st.lists(PIECES, max_size=6).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_a_name_is_gone_wherever_it_stands(before: str, after: str) -> None:
    new = redact(f"{before}Quintus{after}".encode(), "md", ["Quintus"])
    assert b"Quintus" not in new


@pytest.mark.parametrize(
    "piece", ["](", "[x](", "**", "_a_", "<!--", "<!-- -", "\n>", "\n >", "<b", "> "]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(n_chars: int) -> float:
        text = (piece * (n_chars // len(piece))).encode()
        start = time.process_time()
        open_document(text, "md").write([])
        return time.process_time() - start

    assert seconds(200_000) < 32 * max(seconds(25_000), 0.02)  # 64 if it grew with its square


def test_other_encodings_are_refused_with_a_reason() -> None:
    with pytest.raises(DocumentError, match="UTF-16"):
        open_document("a".encode("utf-16"), "md")
    with pytest.raises(DocumentError, match="byte 0"):
        open_document("ü".encode("latin-1"), "md")
