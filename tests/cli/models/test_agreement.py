"""A comparison, shown: every sample in a line, and the verdicts at the end."""

from __future__ import annotations

from typing import Any

import pytest

from spacy_privacy_filter.cli.models.agreement import show_agreement


def side(name: str) -> dict[str, Any]:
    how = {"format": "native", "backend": "torch", "bytes": 1234, "seconds": 0.5}
    return {"source": name, "runs": "float32", **how}


REPORT: dict[str, Any] = {
    "a": side("one"),
    "b": side("two"),
    "samples": [
        {
            "name": "mail", "pieces": 8, "agree": 6, "preserved": 1, "entities": 2,
            "max_difference": 0.5, "mean_difference": 0.25,
        }
    ],
    "pieces": 8, "agreement": 0.75, "entities_preserved": 0.5, "max_difference": 0.5,
    "mean_difference": 0.25, "min_agreement": 0.99, "passed": False,
}  # fmt: skip


def test_tables_and_verdicts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    show_agreement(REPORT)
    shown = capsys.readouterr().out
    assert "1,234" in shown
    assert "75.00%" in shown
    assert "1 of 2" in shown
    assert shown.endswith("B runs in float32\nFailed: --min-agreement 99.00%\n")
    scores = {"privacy_p": 1.0, "privacy_r": 0.5, "privacy_f": 2 / 3}
    gold = {
        "rows": 3, "a": scores, "b": scores, "recall_loss": 0.0, "f_change": 0.0,
        "max_recall_loss": 0.005, "passed": True,
    }  # fmt: skip
    show_agreement(REPORT | {"gold": gold})
    assert "A: precision 1.0000, recall 0.5000, F1 0.6667" in capsys.readouterr().out
