"""Meta data of what was trained from the pipeline that ships: its licence, never its figures."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.cli.package import generate_readme, get_meta
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints import source
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.checkpoints.source import SHIPPED, read_card
from spacy_privacy_filter.corpus.rows import read_rows, write_corpus
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES
from spacy_privacy_filter.networks import weighted_shim
from spacy_privacy_filter.pipeline.storage.provenance import inherit_meta
from spacy_privacy_filter.training.loop import RESTART, train

from ...helpers import FILTER, SIZES, TEXTCAT, make_nlp, write_source

ROOT = Path(__file__).parents[3]
N_ROWS = 20
CARD = read_card()
LIMITS = CARD["notes"][CARD["notes"].index("## What it must not be used for") :]
START = f"weights of privacy_small {CARD['version']}, which ships with spacy-privacy-filter"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "train.spacy"
    rows = list(read_rows(ROOT / "assets" / "sample_train.jsonl"))[:N_ROWS]
    write_corpus(rows, path, spacy.blank("xx"))
    return path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny network in the place of the one that ships, with its card."""
    folder = tmp_path / "shipped"
    write_source(folder)
    shutil.copy(SHIPPED / "meta.json", folder)
    for module in (source, weighted_shim):
        monkeypatch.setattr(module, "SHIPPED", folder)
    return folder


Trainer = Callable[..., dict[str, Any]]


@pytest.fixture
def meta_of(corpus: Path, tmp_path: Path) -> Trainer:
    """Train for two steps, and read the meta data of what was saved."""

    def run(name: str, changes: dict[str, Any], plain: bool = False) -> dict[str, Any]:
        paths = {"paths.train": str(corpus), "paths.dev": str(corpus)}
        steps = {"training.max_steps": 2, "training.eval_frequency": 1}
        overrides = {**paths, **steps, "training.logger.progress_bar": None, **changes}
        if name == "finetune":
            overrides["training.max_epochs"] = 0
            for component in (FILTER, TEXTCAT):
                overrides[f"components.{component}.trainable_layers"] = 1
        else:
            sizes = NetworkConfig(**SIZES).to_dict()
            network = "components.privacy_filter.model.backbone.network"
            overrides |= {f"{network}.{key}": size for key, size in sizes.items()}
        config = load_config(ROOT / "configs" / f"{name}.cfg", overrides, interpolate=False)
        out = tmp_path / "out"
        if plain:
            nlp = init_nlp(config)
            out.mkdir(exist_ok=True)
            spacy_train(nlp, out, stdout=io.StringIO(), stderr=io.StringIO())
        else:
            train(config, out, existing=RESTART, stdout=io.StringIO(), stderr=io.StringIO())
        meta: dict[str, Any] = spacy.load(out / "model-best").meta
        return meta

    return run


def assert_inherited(meta: dict[str, Any], rows: str) -> None:
    assert meta["license"] == "Apache-2.0"
    first, *rest = meta["sources"]
    assert (first["name"], first["license"]) == (START, "Apache-2.0")
    assert rest == CARD["sources"]
    assert meta["description"].startswith(f"Trained further{rows}, from privacy_small")
    assert meta["notes"].count(f"Trained further{rows}, from privacy_small") == 1
    assert meta["notes"].count("Trained further") == 1
    assert meta["notes"].count(LIMITS) == 1
    assert "## Figures" not in meta["notes"]
    # what it may not say of itself
    assert meta["name"] != CARD["name"]
    assert meta["author"] == ""
    assert "fresh weights" not in meta["description"]
    assert meta["performance"]["privacy_f"] != CARD["performance"]["privacy_f"]
    assert f"{FILTER}_loss" in meta["performance"], "its own figures"


def assert_nothing(meta: dict[str, Any]) -> None:
    assert not meta["license"]
    assert not meta["description"]
    assert not meta.get("sources")
    assert not meta.get("notes")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("small", {"paths.start": "shipped"}),
        ("finetune", {"paths.source": "shipped"}),
        ("finetune", {"paths.source": None}),
    ],
    ids=["start", "source", "default source"],
)
def test_licence_sources_and_limits_are_inherited(
    shipped: Path, meta_of: Trainer, name: str, changes: dict[str, Any]
) -> None:
    meta = meta_of(name, changes)
    assert_inherited(meta, f", on {N_ROWS} rows")
    page = generate_readme(meta)
    assert "`Apache-2.0`" in page
    assert START in page
    assert "must not be used for" in page
    assert f"Trained further, on {N_ROWS} rows" in page


def test_what_spacy_package_is_given_wins(shipped: Path, meta_of: Trainer, tmp_path: Path) -> None:
    meta_of("small", {"paths.start": "shipped"})
    meta = get_meta(tmp_path / "out" / "model-best", {"license": "GPL", "description": "Mine."})
    assert (meta["license"], meta["description"]) == ("GPL", "Mine.")
    assert meta["sources"][0]["name"] == START
    assert f"Trained further, on {N_ROWS} rows" in meta["notes"]


def test_spacys_own_training_inherits_too(shipped: Path, meta_of: Trainer) -> None:
    assert_inherited(meta_of("small", {"paths.start": "shipped"}, plain=True), "")


def test_nothing_false_is_inherited(shipped: Path, meta_of: Trainer, tmp_path: Path) -> None:
    assert_nothing(meta_of("small", {}))
    other = write_source(tmp_path / "other", seed=2)
    assert_nothing(meta_of("finetune", {"paths.source": other}))
    assert_nothing(meta_of("small", {"paths.start": other}))


def test_a_component_of_a_saved_pipeline_is_the_same_start(
    shipped: Path, corpus: Path, tmp_path: Path
) -> None:
    """spaCy's own way to train further: such components are not initialised."""
    load().to_disk(tmp_path / "nlp")
    config = load_config(
        ROOT / "configs" / "finetune.cfg",
        {"paths.train": str(corpus), "paths.dev": str(corpus), "training.max_steps": 1},
        interpolate=False,
    )
    config["training"]["logger"] = {"@loggers": "spacy.ConsoleLogger.v3", "progress_bar": None}
    config["initialize"]["components"] = {}
    for name in (FILTER, TEXTCAT):
        config["components"][name] = {"source": str(tmp_path / "nlp")}
    config["training"] |= {"max_epochs": 0, "eval_frequency": 1}
    train(config, tmp_path / "out", stdout=io.StringIO(), stderr=io.StringIO())
    assert_inherited(spacy.load(tmp_path / "out" / "model-last").meta, f", on {N_ROWS} rows")
    config["training"]["frozen_components"] = [FILTER, TEXTCAT]
    frozen = init_nlp(config)
    inherit_meta(frozen)
    assert_nothing(frozen.meta)


def test_what_the_user_says_wins(shipped: Path) -> None:
    nlp = make_nlp("shipped")
    mine = {"license": "MIT", "description": "Mine.", "author": "Me", "notes": "My notes."}
    nlp.meta.update(mine, sources=[{"name": "my texts", "license": "CC0"}])
    initialize(nlp)
    assert {key: nlp.meta[key] for key in ("license", "description", "author")} == {
        key: mine[key] for key in ("license", "description", "author")
    }
    assert nlp.meta["notes"].startswith("My notes.\n\n## What it was trained from")
    assert [s["name"] for s in nlp.meta["sources"][:2]] == ["my texts", START]


def initialize(nlp: Language) -> None:
    nlp.config["initialize"]["components"] = {
        FILTER: {"labels": ["drug"]},
        TEXTCAT: {"labels": list(MULTITASK_CATEGORIES)},
    }
    nlp.initialize(list)


def test_a_loaded_pipeline_that_starts_anew_keeps_no_figures(shipped: Path) -> None:
    nlp = load(shipped)
    nlp.meta.update(CARD)  # as `load()` does
    initialize(nlp)
    assert not nlp.meta["performance"]
    assert not nlp.meta["author"]
    assert nlp.meta["description"].startswith("Trained further, from")
    assert nlp.meta["notes"].count(LIMITS) == 1


def test_a_licence_is_not_given_to_what_else_is_there(shipped: Path) -> None:
    nlp = make_nlp("shipped", (FILTER,))
    nlp.add_pipe("textcat").add_label("a")
    nlp.get_pipe("textcat").add_label("b")
    nlp.get_pipe(FILTER).ensure_ready()  # type: ignore[attr-defined]
    inherit_meta(nlp)
    assert not nlp.meta["license"]
    assert nlp.meta["sources"][0]["name"] == START
    assert "must not be used for" in nlp.meta["notes"]


def test_the_real_one() -> None:
    nlp = make_nlp("shipped", (FILTER,))
    nlp.get_pipe(FILTER).initialize(list, nlp=nlp)  # type: ignore[attr-defined]
    assert nlp.meta["license"] == "Apache-2.0"
    assert nlp.meta["sources"][1:] == CARD["sources"]
