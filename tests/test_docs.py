"""Every example of the pages in docs/ runs, and prints what the page shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .test_readme import ROOT, load_script

PAGES = [path for path in sorted((ROOT / "docs").glob("*.md")) if "```python" in path.read_text()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = load_script("readme")
    names: dict[str, Any] = {}
    for match in readme.examples(page.read_text("utf-8")):
        output = readme.run(match, names)
        if match["output"] is not None:
            assert output == match["output"], match["code"]
