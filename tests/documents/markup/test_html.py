"""HTML: text, attributes, comments and scripts; what is not redacted stays to the byte."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import PNG, leaks, redact, reread

NAME = "Kai Lund"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>Dear <b>Ka</b>i Lund,</p>", "<p>Dear <b>[X_1]</b>,</p>"),
        ("<p>Kai&nbsp;Lund</p>", "<p>[X_1]</p>"),
        ("<p>&#75;ai\n  Lund &amp; co</p>", "<p>[X_1] &amp; co</p>"),
        ("<p>Kai<br>Lund</p>", "<p>[X_1]</p>"),
        ("<p>Kai L&shy;und</p>", "<p>[X_1]&shy;</p>"),
        ("<pre>Kai\nLund</pre>", "<pre>[X_1]</pre>"),
        ("<img alt='Kai Lund'>", "<img alt='[X_1]'>"),
        ("<img alt=Kai&#32;Lund x>", '<img alt="[X_1]" x>'),
        ("<a href='mailto:Kai%20Lund'>x</a>", "<a href='mailto:[X_1]'>x</a>"),
        ("<p class='Kai Lund'>Kai Lund</p>", "<p class='[X_1]'>[X_1]</p>"),
        ("<!-- Kai Lund --><p>x", "<!-- [X_1] --><p>x"),
        ("<title>Kai Lund</title>", "<title>[X_1]</title>"),
        ("<script>a = 'Kai Lund' < 1</script>", "<script>a = '[X_1]' < 1</script>"),
        ("<style>/* Kai Lund */</style>", "<style>/* [X_1] */</style>"),
        ("<textarea>Kai\nLund</textarea>", "<textarea>[X_1]</textarea>"),
        ("<p>1 < 2 Kai Lund", "<p>1 < 2 [X_1]"),
        ("<p Kai Lund>x", "<p [X_1] [X_1]>x"),
        ("x <b title='Kai Lund", "x <b title='[X_1]"),
        ("<?php Kai Lund ?>", "<?php [X_1] ?>"),
        ("<p>Kai</p><p>Lund</p>", "<p>[X_1]</p><p>[X_1]</p>"),
    ],
)
def test_where_a_name_may_be(source: str, made: str) -> None:
    values = [NAME] if "<p>Lund" not in source else ["Kai", "Lund"]
    values += ["Kai", "Lund"] if source.startswith("<p Kai") else []
    assert redact(source.encode(), "html", values).decode() == made


TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<br>", "<!--", "-->", "<script>", "</script>", "<a href='",
        "'>", '"', "<", ">", "&amp;", "&", "&#", " ", "\n", "\r\n", "é", "x", "=", "<td a=b>", "</",
        "<textarea>", "<!x", "<pre>",
    ]
)  # fmt: skip


@given(st.lists(TAGS, max_size=12).map("".join))
@example("<!--><p>x-->")
def test_a_page_without_finds_stays_to_the_byte(page: str) -> None:
    assert redact(page.encode(), "html", []) == page.encode()


@given(st.lists(TAGS, max_size=6).map("".join), st.lists(TAGS, max_size=6).map("".join))
def test_a_name_is_gone_wherever_it_stands(before: str, after: str) -> None:
    page = f"{before}Quintus{after}"
    assert "Quintus" not in redact(page.encode(), "html", ["Quintus"]).decode()


def test_values_cannot_become_tags() -> None:
    made = "</script><b onclick='x'>&"
    page = f"<p title='{NAME}'>{NAME}</p><script>{NAME}</script><!-- {NAME} -->"
    new = redact(page.encode(), "html", [NAME], made=made).decode()
    assert [element.tag for element in etree.HTML(new).iter("*")] == "html body p script".split()
    assert new.endswith("<\\/script><b onclick='x'>&</script><!-- </script<b onclick='x'& -->")


def test_encodings() -> None:
    page = '<meta charset="iso-8859-1"><p>Jürgen Kai Lund</p>'
    new = redact(page.encode("latin-1"), "html", [NAME], made="[Œ]")
    assert new.decode("latin-1") == '<meta charset="iso-8859-1"><p>Jürgen [&#338;]</p>'
    with pytest.raises(DocumentError, match="UTF-16"):
        open_document(page.encode("utf-16"), "html")
    with pytest.raises(DocumentError, match="encoding"):
        open_document('<meta charset="utf-8"><p>ü'.encode("latin-1"), "html")


def test_files_in_links() -> None:
    noted = PNG[:33] + b"\0\0\0\x08tEXtKai Lund\0\0\0\0" + PNG[33:]
    text = base64.b64encode(NAME.encode()).decode()
    page = (
        f"<img src='data:image/png;base64,{base64.b64encode(noted).decode()}'>"
        f"<a href='data:text/plain;base64,{text}'>x</a>"
    )
    document = open_document(page.encode(), "html")
    new = document.write([]).decode()
    assert f"data:image/png;base64,{base64.b64encode(PNG).decode()}" in new
    assert text not in new
    assert len(document.notes) == 2


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<a ", "<a b='", "<script>", "</script", "&#", "<a b='x' ", "<b", "<p>", "<!", "</",
     "data:a/b;", "data:image/png;base64,"],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(n_chars: int) -> float:
        page = (piece * (n_chars // len(piece))).encode()
        start = time.process_time()
        open_document(page, "html").write([])
        return time.process_time() - start

    assert seconds(200_000) < 32 * max(seconds(25_000), 0.02)  # 64 if it grew with its square


def test_text_is_read_in_lines() -> None:
    page = "<h1>Plan</h1><ul><li>one <i>two</i><li>three</ul><table><td>a<td>b</table>"
    assert reread(page.encode(), "html") == "Plan\none two\nthree\na\nb\n"
    assert leaks(page.encode(), ["Plan"]) == ["Plan"]
