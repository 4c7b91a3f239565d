"""Spans as JSON: in our form and in that of opf."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ...finding import fails, ok

pytestmark = pytest.mark.usefixtures("_finder")


def test_extract(tmp_path: Path) -> None:
    made = json.loads(ok("extract", stdin="é Ada".encode()).stdout)
    span = {"start": 2, "end": 5, "label": "private_person", "score": 0.75}
    assert made == {"version": 1, "n_chars": 5, "spans": [{**span, "text": "Ada"}]}
    made = json.loads(ok("extract", "--no-text", stdin="é Ada".encode()).stdout)
    assert made["spans"] == [span]
    made = json.loads(ok("extract", "--schema", "opf", stdin="é Ada".encode()).stdout)
    assert made == {
        "schema_version": 1,
        "summary": {
            "output_mode": "typed", "span_count": 1, "by_label": {"private_person": 1},
            "decoded_mismatch": False,
        },
        "text": "é Ada",
        "detected_spans": [
            {"label": "private_person", "start": 2, "end": 5, "text": "Ada",
             "placeholder": "<PRIVATE_PERSON>"},
        ],
        "redacted_text": "é <PRIVATE_PERSON>",
    }  # fmt: skip
    assert "Choose one of: ours, opf" in fails("extract", "--schema", "xml", code=2, stdin=b"Ada")
    assert "always has the text" in fails(
        "extract", "--schema", "opf", "--no-text", code=2, stdin=b"Ada"
    )
    assert ok("extract", stdin=b"Ada").stderr == "1 spans\n  private_person: 1\n"
