"""Every example of the pages in docs/ runs, and prints what the page shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.labels.kinds import AGE
from spacy_privacy_filter.rules.finder import ASKED, LABELS

from .test_readme import ROOT, load_script

DOCS = ROOT / "docs"
PAGES = [path for path in sorted(DOCS.glob("*.md")) if "```text" in path.read_text("utf-8")]

# Of the texts in assets/demo.
PRIVATE = (
    "7 Quay Lane", "PA2 1ZZ", "01632", "12 March", "Brandvold", "Fennimore", "1961", "5520",
    "Larchmont", "DN4 7QX",
    "9 March", "Annika", "10 March", "NM-4471", "@", "Tobias", "20 April", "Mbeki", "Carla",
    "Ivanescu", "3 Feb",
    "30 January", "https", "ivanescu", "Copper Street", "Fallow Creek", "Trombone", "555",
    "Desmond", "Achterberg",
    "4 Feb", "Okonjo", "4000 1234", "PX-7719", "Radu",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = load_script("readme")
    names: dict[str, Any] = {}
    text = page.read_text("utf-8")
    found = readme.examples(text)
    # None is passed over because its fence is written in another way.
    assert sum(match["output"] is not None for match in found) == text.count("```text")
    for match in found:
        output = readme.run(match, names)
        if match["output"] is not None:
            assert output == match["output"], match["code"]


def test_every_rule_is_listed_with_its_label() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", (DOCS / "finding.md").read_text("utf-8"), re.M)
    assert dict(rows) == {**LABELS, **dict.fromkeys(ASKED, AGE)}


def test_the_demo_leaves_nobody() -> None:
    page = (DOCS / "demo.md").read_text("utf-8")
    shown = "".join(re.findall(r"```text\n(.*?)```", page, re.DOTALL))
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "assets" / "demo").glob("*.txt"))]
    for value in PRIVATE:
        assert any(value in text for text in texts), value
        assert value not in shown, value
    # What is nobody's stays: a measure, a year, the name of a firm.
    for value in ("138/84", "97 %", "losartan 50 mg", "2009", "Northshire Mutual"):
        assert value in shown, value
