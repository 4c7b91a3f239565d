"""What is installed here, for a bug report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy

from spacy_privacy_filter import __version__
from spacy_privacy_filter.compat import has

from ...finding import run


def test_info() -> None:
    result = run("info")
    assert result.exit_code == 0
    lines = dict(re.split(r"  +", line, maxsplit=1) for line in result.stdout.splitlines())
    assert lines["spacy-privacy-filter"] == __version__
    assert lines["spacy"] == spacy.__version__
    assert lines["backends registered"] == "mlx, onnx, torch"
    assert lines["backend = auto"].split(": ")[0] in ("torch", "mlx", "onnx")
    if has("torch"):
        assert "oneDNN" in lines["torch, float32"]
        from spacy_privacy_filter.networks.openai_privacy_filter.torch.runtime import has_bfloat16

        kernel = "the compiled kernel is off" if has_bfloat16() else "no instructions for bfloat16"
        assert kernel in lines["torch, bfloat16"]
        assert "CUDA graphs are off" in lines["torch, CUDA"]


def test_info_says_where_downloads_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hub" / "models--owner--name").mkdir(parents=True)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    line = next(line for line in run("info").stdout.splitlines() if line.startswith("hub cache"))
    assert str(tmp_path / "hub") in line
    assert "1 models" in line
