"""Fifty examples of a new label teach it to a trained pipeline, which keeps what it knew."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.source import SHIPPED
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.corpus.rows import Row, read_rows, to_docs, write_corpus
from spacy_privacy_filter.evaluate.scorer import score_spans
from spacy_privacy_filter.labels.tags import OPENAI_LABELS
from spacy_privacy_filter.training.loop import train

from ..helpers import SIZES

ROOT = Path(__file__).parents[2]
NEW = "badge_number"
# Templates and numbers of the held-out texts appear in no training text.
TEMPLATES = {
    "train": [
        "Badge {} was handed in at the front desk.",
        "Please block badge {}, it was lost on the train.",
        "The door log shows {} at noon and nobody else.",
        "New starter in room four: badge {}.",
        "I forgot my badge ({}), can someone let me in?",
    ],
    "dev": [
        "Somebody left badge {} in the canteen.",
        "Which team does {} belong to? The gate refused it.",
        "Return {} to security when you leave.",
    ],
}
PLAIN = ["The gate is broken again.", "Ask security for a new lock.", "Room 4 has 2 doors."]


def badge(rng: random.Random, lead: str) -> str:
    return f"{lead}{rng.choice('KRTV')}-{rng.randrange(1000, 9999)}-{rng.choice('XYZ')}"


def rows(split: str, n: int) -> list[Row]:
    """Texts with one badge each, and now and then one with none."""
    rng, made = random.Random(split), []
    for i in range(n):
        text, spans = PLAIN[i % len(PLAIN)], ()
        if i % 6:
            template = TEMPLATES[split][i % len(TEMPLATES[split])]
            value, start = badge(rng, "B"), template.index("{}")
            text, spans = template.format(value), ((start, start + len(value), NEW),)
        made.append(Row(f"{split}-{i}", "badges", text, spans, (), (NEW,)))
    return made


def f_score(nlp: Language, docs: list[Doc], label: str | None = None) -> float:
    pairs = zip(nlp.pipe(doc.text for doc in docs), docs, strict=True)
    scores = score_spans([Example(predicted, gold) for predicted, gold in pairs])
    return float(scores["privacy_per_type"][label]["f"] if label else scores["privacy_f"])


def sample(name: str) -> list[Row]:
    return [row for row in read_rows(ROOT / "assets" / f"sample_{name}.jsonl") if row.has_spans]


def run(config: str, output: Path, overrides: dict[str, Any]) -> Path:
    loaded = load_config(ROOT / "configs" / config, overrides=overrides, interpolate=False)
    return train(loaded, output, stdout=io.StringIO(), stderr=io.StringIO())


def train_base(folder: Path) -> Path:
    """A pipeline that knows the sample: what there is where no trained one ships."""
    path = folder / "sample.spacy"
    write_corpus(sample("train"), path, spacy.blank("xx"))
    sizes = SIZES | {"width": 64, "expert_width": 32, "head_dim": 16, "window": 16}
    network = "components.privacy_filter.model.backbone.network"
    overrides = {
        **{f"{network}.{name}": value for name, value in sizes.items()},
        "paths.train": str(path),
        "paths.dev": str(path),
        "nlp.pipeline": ["privacy_filter"],
        "training.max_steps": 160,
        "training.eval_frequency": 160,
        "training.batcher.size": 500,
        "training.score_weights.cats_score": None,
        "training.optimizer.learn_rate.warmup_steps": 20,
        "training.optimizer.learn_rate.initial_rate": 0.005,
    }
    return run("small.cfg", folder / "base", overrides)


@pytest.fixture(scope="module", params=["sample", "shipped"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """Where the weights come from: a checkpoint, or None for the pipeline that ships."""
    if request.param == "shipped":
        if not SHIPPED.is_dir():
            pytest.skip("no trained pipeline ships yet")
        return None
    folder = tmp_path_factory.mktemp("base")
    pipeline = train_base(folder)
    result = CliRunner().invoke(app, ["checkpoint", str(pipeline), str(folder / "checkpoint")])
    assert result.exit_code == 0, result.output
    return str(folder / "checkpoint")


@pytest.mark.slow
@pytest.mark.parametrize("rehearsal", [False, True], ids=["alone", "with old examples"])
def test_fifty_examples_teach_a_new_label(
    base: str | None, tmp_path: Path, rehearsal: bool
) -> None:
    """Alone they cost some of the old labels, which nothing reminds the network of."""
    if base is None and rehearsal:
        pytest.skip("takes minutes; the pipeline of the sample shows it")
    old = spacy.blank("xx")
    old.add_pipe("privacy_filter", config={"source": base})
    known = list(to_docs(sample("train"), old))
    before = f_score(old, known)
    assert before > 0.6, "the base pipeline knows too little for this test to say anything"
    # The tiny network needs larger steps, and more of them, than one that is really trained.
    rate, n_steps = (0.0003, 200) if base is None else (0.0025, 800 if rehearsal else 200)
    files = {f"paths.{name}": tmp_path / f"{name}.spacy" for name in ("train", "dev")}
    new = [*rows("train", 60), *(sample("train") if rehearsal else ())]
    assert sum(len(row.spans) for row in new if row.source == "badges") == 50
    write_corpus(new, files["paths.train"], spacy.blank("xx"))
    write_corpus(rows("dev", 60), files["paths.dev"], spacy.blank("xx"))
    overrides = {
        **{name: str(path) for name, path in files.items()},
        "paths.source": base,
        "nlp.pipeline": ["privacy_filter"],
        "components.privacy_filter.trainable_layers": None,
        "initialize.components.privacy_filter.labels": [*OPENAI_LABELS, NEW],
        "training.max_epochs": 0,
        "training.max_steps": n_steps,
        "training.eval_frequency": n_steps,
        "training.dropout": 0.2,
        "components.privacy_filter.model.backbone.embedding_rate": 0.0,
        "training.batcher.size": 120,
        "training.score_weights.cats_score": None,
        "training.optimizer.learn_rate.warmup_steps": 10,
        "training.optimizer.learn_rate.initial_rate": rate,
    }
    nlp = spacy.load(run("finetune.cfg", tmp_path / "out", overrides))
    held_out = list(to_docs(rows("dev", 60), nlp))
    assert f_score(nlp, held_out, NEW) > 0.9
    assert f_score(nlp, known) > (0.9 if rehearsal else 0.5) * before
