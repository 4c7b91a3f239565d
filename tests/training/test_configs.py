"""The shipped config through spaCy's own commands: corpus, init labels, train, evaluate."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin
from thinc.api import Config

from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS
from spacy_privacy_filter.learning.losses import gold_of

from ..helpers import FILTER, PATIENCE, SIZES, TEXTCAT, tagger, textcat

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "configs" / "small.cfg"
NETWORK = f"components.{FILTER}.model.backbone.network"
TINY = [item for name, size in SIZES.items() for item in (f"--{NETWORK}.{name}", str(size))]


def run(*args: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "spacy", *args],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with .spacy files made from the sample in assets/."""
    folder = tmp_path_factory.mktemp("corpus")
    for part in ("train", "dev"):
        source = ROOT / "assets" / f"sample_{part}.jsonl"
        run("privacy-filter", "corpus", str(source), f"{part}.spacy", "--lang", "xx", folder=folder)
    return folder


@pytest.fixture(scope="module")
def trained(corpus: Path) -> Path:
    """What two steps of training leave behind."""
    paths = ["--paths.train", "train.spacy", "--paths.dev", "dev.spacy"]
    steps = ["--training.max_steps", "2", "--training.eval_frequency", "1"]
    log = ["--training.logger.progress_bar", "null"]
    run("train", str(CONFIG), "-o", "training", *paths, *steps, *log, *TINY, folder=corpus)
    return corpus / "training"


def test_the_config_leaves_nothing_to_fill(tmp_path: Path) -> None:
    run("init", "fill-config", str(CONFIG), str(tmp_path / "full.cfg"), folder=tmp_path)
    ours = Config().from_disk(CONFIG, interpolate=False)
    full = Config().from_disk(tmp_path / "full.cfg", interpolate=False)
    assert ours == full


def test_the_config_makes_both_components_over_one_network() -> None:
    config = Config().from_disk(CONFIG)
    nlp = spacy.util.load_model_from_config(config, auto_fill=False)
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert tagger(nlp).network is textcat(nlp).network
    assert not tagger(nlp).network.is_loaded
    assert not config["training"]["optimizer"]["use_averages"]
    assert tuple(config["initialize"]["components"][FILTER]["labels"]) == OPENAI_LABELS
    assert tuple(config["initialize"]["components"][TEXTCAT]["labels"]) == MULTITASK_CATEGORIES


def test_the_corpus_keeps_its_gold(corpus: Path) -> None:
    docs = list(DocBin().from_disk(corpus / "train.spacy").get_docs(spacy.blank("xx").vocab))
    golds = [gold_of(doc) for doc in docs]
    assert sum(len(gold.spans) for gold in golds if gold) > 50
    assert sum(bool(doc.cats) for doc in docs) > 5
    assert all(bool(gold) != bool(doc.cats) for gold, doc in zip(golds, docs, strict=True))


def test_init_labels(corpus: Path) -> None:
    paths = ["--paths.train", "train.spacy", "--paths.dev", "dev.spacy"]
    run("init", "labels", str(CONFIG), "labels", *paths, *TINY, folder=corpus)
    labels = json.loads((corpus / "labels" / f"{FILTER}.json").read_text())
    assert tuple(labels) == OPENAI_LABELS
    topics = json.loads((corpus / "labels" / f"{TEXTCAT}.json").read_text())
    assert tuple(topics) == MULTITASK_CATEGORIES


def test_train_and_evaluate(trained: Path) -> None:
    for name in ("model-best", "model-last"):
        nlp = spacy.load(trained / name)
        assert tagger(nlp).labels == OPENAI_LABELS
        assert textcat(nlp).labels == MULTITASK_CATEGORIES
        assert tagger(nlp).network is textcat(nlp).network
        assert len(list((trained / name).rglob("*.safetensors"))) == 1
    performance = json.loads((trained / "model-last" / "meta.json").read_text())["performance"]
    assert {f"{FILTER}_loss", f"{TEXTCAT}_loss", "privacy_f", "cats_accuracy"} <= set(performance)
    run("evaluate", "training/model-last", "dev.spacy", "-o", "scores.json", folder=trained.parent)
    scores = json.loads((trained.parent / "scores.json").read_text())
    assert 0 <= scores["privacy_f"] <= 1
    assert 0 < scores["cats_accuracy"] <= 1
    assert set(scores["privacy_per_type"]) <= set(OPENAI_LABELS)


def test_training_goes_on_from_a_saved_pipeline(trained: Path, tmp_path: Path) -> None:
    """`source` in the config takes components, their labels and weights from another pipeline."""
    config = Config().from_disk(CONFIG, interpolate=False)
    config["components"] = {
        name: {"source": str(trained / "model-last")} for name in (FILTER, TEXTCAT)
    }
    config["initialize"]["components"] = {}
    config["training"]["frozen_components"] = [TEXTCAT]
    config["training"]["score_weights"] = {"privacy_f": 1.0}
    config.to_disk(tmp_path / "more.cfg")
    folder = trained.parent
    paths = ["--paths.train", "train.spacy", "--paths.dev", "dev.spacy"]
    steps = ["--training.max_steps", "2", "--training.eval_frequency", "2"]
    run("train", str(tmp_path / "more.cfg"), "-o", "more", *paths, *steps, folder=folder)
    old, new = spacy.load(trained / "model-last"), spacy.load(folder / "more" / "model-last")
    assert (tagger(new).head.get_param("W") != tagger(old).head.get_param("W")).any()
    assert (textcat(new).head.get_param("W") == textcat(old).head.get_param("W")).all()
    assert tagger(new).network is textcat(new).network
