"""The page in a real browser: colours of each label on both sides, and nothing that sticks out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.html import COLOURS, make_page
from spacy_privacy_filter.redact.policy import load_policy

from ..helpers import PATIENCE
from .helpers import find

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((path for name in BROWSERS if (path := shutil.which(name))), None)
WORDS = {
    "Ada Byron": "private_person",
    "ada@example.org": "private_email",
    "4 May 1999": "private_date",
}
TEXT = (
    "Ada Byron <b>wrote</b> on 4 May 1999 to ada@example.org.\n\n"
    + "A_long_word_without_any_space" * 30
    + "\nAda Byron & nobody else.\n"
)
WIDE, NARROW = 1200, 600


def shoot(tmp_path: Path, width: int) -> np.ndarray:
    """Take a picture of the page. Shape: (height, width, 3), 0 to 255."""
    image = pytest.importorskip("matplotlib.image")
    spans = find(TEXT, WORDS)
    done = redact(TEXT, spans, load_policy("llm_prompt"))
    page, picture = tmp_path / "page.html", tmp_path / f"{width}.png"
    page.write_text(make_page(TEXT, spans, done, "<title>", "llm_prompt"), encoding="utf8")
    assert BROWSER is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options += [f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900"]
    subprocess.run(
        [BROWSER, *options, f"--screenshot={picture}", page.as_uri()],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    return np.round(image.imread(picture)[..., :3] * 255).astype(int)


def area(picture: np.ndarray, colour: str) -> int:
    """How many points have a colour."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return int((np.abs(picture - wanted).max(axis=-1) <= 1).sum())


@pytest.mark.skipif(BROWSER is None, reason=f"no browser found: {', '.join(BROWSERS)}")
def test_page_in_a_browser(tmp_path: Path) -> None:
    wide = shoot(tmp_path, WIDE)
    left, right = wide[150:, : WIDE // 2], wide[150:, WIDE // 2 :]
    for colour in COLOURS[: len(WORDS)]:
        assert area(wide[:150], colour) > 300, f"{colour} is not in the legend"
        assert area(left, colour) > 300, f"{colour} is not in the text before"
        assert area(right, colour) > 300, f"{colour} is not in the text after"
    # A word too long for its column is broken: the outer margin stays empty.
    assert len(np.unique(wide[:, -8:].reshape(-1, 3), axis=0)) == 1
    assert len(np.unique(wide[:, :8].reshape(-1, 3), axis=0)) == 1
    narrow = shoot(tmp_path, NARROW)  # one column under the other
    assert len(np.unique(narrow[:, -4:].reshape(-1, 3), axis=0)) == 1
    assert area(narrow[150:], COLOURS[0]) > 300
