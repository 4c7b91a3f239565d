"""A small config to fine-tune with, and runs of it that are killed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import Result
from spacy.util import load_config
from thinc.api import Config
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.corpus.rows import Row, read_rows, write_corpus
from spacy_privacy_filter.training import loop
from spacy_privacy_filter.training.loop import train

from ..helpers import SIZES, make_checkpoint

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample: rows with spans, rows with a category, and rows with both."""
    folder = tmp_path_factory.mktemp("corpora")
    paths = {}
    for name in ("train", "dev"):
        rows = list(read_rows(ROOT / "assets" / f"sample_{name}.jsonl"))[:30]
        both = [
            Row(**{**row.__dict__, "id": f"both-{row.id}", "category": "Health"})
            for row in rows
            if row.has_spans
        ][:4]
        paths[f"paths.{name}"] = str(folder / f"{name}.spacy")
        write_corpus([*rows, *both], Path(paths[f"paths.{name}"]), spacy.blank("xx"))
    return paths


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A random checkpoint as Hugging Face publishes it: four layers and the tag head."""
    from dataclasses import replace

    made = make_checkpoint(heads="tags")
    folder = tmp_path_factory.mktemp("hub")
    write_checkpoint(folder, replace(made, format="huggingface"), "huggingface")
    return str(folder)


def finetune(corpora: dict[str, str], source: str, **changes: Any) -> Config:
    overrides = {
        **corpora,
        "paths.source": source,
        "training.max_steps": 13,
        "training.optimizer.learn_rate.warmup_steps": 2,
        "training.max_epochs": 2,
        "training.eval_frequency": 4,
        "training.batcher.size": 110,
        "training.dropout": 0.1,
        "components.privacy_filter.trainable_layers": 1,
        "components.privacy_filter_textcat.trainable_layers": 1,
        "training.optimizer.learn_rate.initial_rate": 0.002,
        **{name.replace("__", "."): value for name, value in changes.items()},
    }
    return load_config(ROOT / "configs" / "finetune.cfg", overrides=overrides, interpolate=False)


class Killed(BaseException):
    """Stands for a kill: nothing of ours catches it."""


def kill_at(monkeypatch: pytest.MonkeyPatch, step: int, where: str = "_update") -> None:
    original = getattr(loop, where)

    def stop(run: loop.Run, *args: Any) -> None:
        if run.progress.step == step:
            raise Killed
        original(run, *args)

    monkeypatch.setattr(loop, where, stop)


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def small(corpora: dict[str, str], **changes: Any) -> Config:
    sizes = {f"components.privacy_filter.model.backbone.network.{k}": v for k, v in SIZES.items()}
    overrides = {**corpora, **sizes, "training.max_steps": 6, "training.eval_frequency": 3}
    overrides |= {"training.batcher.size": 300} | changes
    return load_config(ROOT / "configs" / "small.cfg", overrides=overrides, interpolate=False)


def run_loop(config: Config, output: Path, existing: str | None = None) -> str:
    stdout = io.StringIO()
    train(config, output, existing=existing, stdout=stdout, stderr=io.StringIO())
    return stdout.getvalue()
