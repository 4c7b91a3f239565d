"""Checkpoints on disk that several files of tests here share."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.checkpoints.registry import write_checkpoint

from .hostile import FORMATS, build
from .rare_sizes import make


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of every format, to be broken in a copy."""
    root = tmp_path_factory.mktemp("good")
    return {format_: build(root / format_, format_) for format_ in FORMATS}


@pytest.fixture(params=["native", "huggingface"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(), request.param)
    return tmp_path


@pytest.fixture
def native(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(heads="tags categories"))
    return tmp_path


@pytest.fixture
def huggingface(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(), "huggingface")
    return tmp_path
