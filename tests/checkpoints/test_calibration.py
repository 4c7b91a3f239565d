"""viterbi_calibration.json: laid out as published, and refused if anything else is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.checkpoints.calibration import BIAS_NAMES
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint

from .rare_sizes import make


def test_calibration_is_laid_out_as_published(tmp_path: Path) -> None:
    checkpoint = make()
    checkpoint.biases = dict.fromkeys(BIAS_NAMES, 0.0)
    write_checkpoint(tmp_path, checkpoint, "huggingface")
    raw = (tmp_path / "viterbi_calibration.json").read_bytes()
    assert len(raw) == 372  # the size of the published file
    assert set(json.loads(raw)["operating_points"]["default"]["biases"]) == set(BIAS_NAMES)


def test_without_calibration_the_biases_are_zero(saved: Path) -> None:
    (saved / "viterbi_calibration.json").unlink()
    assert read_checkpoint(saved).biases == dict.fromkeys(BIAS_NAMES, 0.0)


BIASES: dict[str, Any] = dict.fromkeys(BIAS_NAMES, 0.5)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"operating_points": {"default": {"biases": BIASES}}, "more": 1},
        {"operating_points": {"default": {"biases": BIASES}, "strict": {"biases": BIASES}}},
        {"operating_points": {"default": {"biases": BIASES, "more": 1}}},
        {"operating_points": {"default": {"biases": BIASES | {"odd": 0.0}}}},
        {"operating_points": {"default": {"biases": {BIAS_NAMES[0]: 0.0}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: "0"}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: True}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: 10**400}}}},
        {"operating_points": {"default": {"biases": 3}}},
        {"operating_points": []},
    ],
)
def test_calibrations_that_are_refused(saved: Path, values: dict[str, Any]) -> None:
    (saved / "viterbi_calibration.json").write_text(json.dumps(values))
    with pytest.raises(ValueError, match=r"viterbi_calibration\.json"):
        read_checkpoint(saved)
