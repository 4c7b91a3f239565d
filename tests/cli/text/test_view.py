"""A page and coloured lines that show a text before and after."""

from __future__ import annotations

import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.html import make_page
from spacy_privacy_filter.redact.policy import load_policy
from spacy_privacy_filter.types import CharSpan

from ...finding import ok, spans_of

pytestmark = pytest.mark.usefixtures("_finder")


class Page(HTMLParser):
    """The text of a page's two sides, its marks, and whether it asks for anything."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.sides: list[str] = []
        self.tips: list[str] = []
        self.asks: list[str] = []
        self._depth: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.asks += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "srcset")]
        if tag == "div" and found.get("class") == "text":
            self.sides.append("")
        if "data-tip" in found:
            self.tips.append(str(found["data-tip"]))
        if tag not in ("meta", "br"):
            self._depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._depth.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.sides and "main" in self._depth and self._depth[-1] in ("div", "mark"):
            self.sides[-1] += data


def test_view_writes_a_page(tmp_path: Path) -> None:
    text = 'Ada & <b>"Bob"</b>\n</div> on 2026-05-04'
    path = tmp_path / "a<b>.txt"
    path.write_text(text)
    ok("view", path, "-o", tmp_path / "page.html")
    source = (tmp_path / "page.html").read_text("utf8")
    page = Page(source)
    masked = '[PRIVATE_PERSON] & <b>"[PRIVATE_PERSON]"</b>\n</div> on [PRIVATE_DATE]'
    assert page.sides == [text, masked]
    assert page.tips[0] == "private_person, score 0.75"
    assert page.tips[3] == "mask, score 0.75"
    assert not page.asks, "a page that asks for something tells somebody"
    assert "<script" not in source
    assert "url(" not in source


@pytest.mark.slow
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs chromium")
    text = 'Ada & <b>"Bob"</b>\n</div> on 2026-05-04'
    done = redact(text, spans_of(text), load_policy("mask"))
    page = tmp_path / "page.html"
    page.write_text(make_page(text, spans_of(text), done, "t", "mask"), "utf8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    shown = Page(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert shown.sides == [text, done.text]
    assert len(shown.tips) == 6


@given(st.text(max_size=20), st.lists(st.integers(0, 19), max_size=4))
def test_a_page_shows_any_text(text: str, places: list[int]) -> None:
    text = text.replace("\r", "")  # a page has no other line end than \n
    spans = [CharSpan(i, i + 1, "x<y") for i in places if i < len(text)]
    done = redact(text, spans, load_policy("mask"))
    page = Page(make_page(text, spans, done, "t", "p"))
    assert page.sides == [text, done.text]


def test_view_colours_the_terminal() -> None:
    result = ok("view", "-p", "llm_prompt", stdin=b"Ada\x1b[2J met Bob")
    assert "Ada\ufffd[2J met Bob" in result.stdout
    assert "[PERSON_1]\ufffd[2J met [PERSON_2]" in result.stdout
    assert "private_person" in result.stdout
