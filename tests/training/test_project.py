"""The spaCy project: from the sample texts to a wheel, as a user types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
import spacy
import srsly

from spacy_privacy_filter.compat import has

from ..helpers import FILTER, TEXTCAT, make_nlp, write_source

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "assets", "corpus", "train", "features", "train-head", "evaluate", "package", "clean",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy, so that nothing is written into the source tree."""
    folder = tmp_path / "project"
    for name in ("assets", "configs", "scripts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "project.yml", folder)
    return folder


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "spacy", "project", "run", args[0], str(folder), *args[1:]]
    return subprocess.run(command, capture_output=True, text=True, env=env)


def test_the_commands_and_settings_are_there() -> None:
    values = srsly.read_yaml(ROOT / "project.yml")
    assert {command["name"] for command in values["commands"]} == COMMANDS
    # Not everybody has `build`, which makes wheels.
    assert COMMANDS - set(values["workflows"]["all"]) == {"clean", "package"}
    settings = {"config", "source", "gpu", "train", "dev", "bits", "embedding_bits"}
    assert settings <= set(values["vars"])
    assert all(asset["checksum"] for asset in values["assets"])


def test_changed_assets_stop_the_project(project: Path) -> None:
    assert run(project, "assets").returncode == 0
    with (project / "assets" / "sample_dev.jsonl").open("a") as file:
        file.write("\n")
    done = run(project, "assets", "--force")
    assert done.returncode != 0
    assert "sample_dev.jsonl is not the file" in done.stdout + done.stderr


@pytest.mark.skipif(not has("torch"), reason="needs torch")
def test_a_package_that_fails_leaves_the_last_one(project: Path, tmp_path: Path) -> None:
    for name in ("training", "corpus"):
        (project / name).mkdir()
    make_nlp(write_source(tmp_path / "net")).to_disk(project / "training" / "pipeline")
    (project / "corpus" / "dev.spacy").write_bytes(b"no documents")
    wheel = project / "packages" / "xx_my_privacy_filter-0.1.0" / "dist" / "last.whl"
    figures = project / "metrics" / "package.json"
    for path in (wheel, figures):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"{}")
    done = run(project, "package", "--vars.bits", "0", "--vars.embedding_bits", "0")
    assert done.returncode != 0
    assert "dev.spacy" in done.stdout + done.stderr
    assert [path.read_bytes() for path in (wheel, figures)] == [b"{}", b"{}"]
    made = project / "training" / "packaging" / "pipeline"
    assert spacy.load(made).pipe_names == [FILTER, TEXTCAT], "0 bits: as it was trained"


@pytest.mark.slow
def test_the_whole_way_on_the_sample(project: Path) -> None:
    done = run(project, "all")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    scores = json.loads((project / "metrics" / "dev.json").read_text())
    assert scores["privacy_f"] > 0.3, "a hundred steps from the weights that ship learn the heads"
    nlp = spacy.load(project / "training" / "pipeline")
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert abs(sum(nlp("Why do stars twinkle?").cats.values()) - 1) < 1e-5
    assert not (project / "training" / "resume.safetensors").exists()
    again = run(project, "all")
    assert again.returncode == 0
    for name in ("corpus", "train", "features", "train-head", "evaluate"):
        assert f"Skipping '{name}'" in again.stdout, again.stdout
    if any(found.name == "build" for found in distributions()):
        assert run(project, "package").returncode == 0
        (wheel,) = (project / "packages").rglob("*.whl")
        assert wheel.stat().st_size < 40e6
        page = (wheel.parent.parent / "README.md").read_text(encoding="utf8")
        assert "`Apache-2.0`" in page
        assert "Trained further, on 63 rows, from privacy_small" in page
        assert "embedding in 4 bits" in page
        small = json.loads((project / "metrics" / "package.json").read_text())
        assert abs(small["privacy_f"] - scores["privacy_f"]) < 0.15, "20 texts: a few spans"
        plain = run(project, "package", "--vars.bits", "0", "--vars.embedding_bits", "0")
        assert plain.returncode == 0, plain.stdout[-3000:] + plain.stderr[-3000:]
        (wheel,) = (project / "packages").rglob("*.whl")
        assert wheel.stat().st_size > 80e6
        again = json.loads((project / "metrics" / "package.json").read_text())
        assert again["privacy_f"] == scores["privacy_f"]
    assert run(project, "clean").returncode == 0
    assert not (project / "training").exists()


@pytest.mark.slow
def test_a_checkpoint_is_fine_tuned_with_other_settings(project: Path, tmp_path: Path) -> None:
    settings = {
        "config": "finetune",
        "start": "null",
        "source": write_source(tmp_path / "net", heads="tags", n_layers=4),
        "steps": "4",
        "every": "2",
    }
    args = [part for name, value in settings.items() for part in (f"--vars.{name}", value)]
    for command in ("corpus", "train"):
        done = run(project, command, *args)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert spacy.load(project / "training" / "model-best").pipe_names == [FILTER, TEXTCAT]
