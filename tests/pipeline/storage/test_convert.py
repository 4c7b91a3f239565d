"""A saved pipeline whose network is written anew: it stays one, and says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import spacy
from spacy.language import Language
from typer.testing import CliRunner

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.convert import find_packings
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.compat import has

from ...checkpoints.helpers import make
from ...helpers import FILTER, TEXTCAT, TEXTS, change_weights, make_nlp, outcomes, write_source

RUNNER = CliRunner()


runs_a_network = pytest.mark.skipif(not has("torch"), reason="needs torch")


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that was trained: its weights are in no source."""
    folder = tmp_path_factory.mktemp("trained")
    nlp = make_nlp(write_source(folder / "net", expert_width=32), lang="xx")
    change_weights(nlp)
    nlp.meta.update(performance={"privacy_f": 0.5}, notes="My notes.", license="MIT")
    nlp.to_disk(folder / "pipeline")
    return folder / "pipeline"


def tags(nlp: Language) -> npt.NDArray[Any]:
    """The best tag of every piece."""
    docs = [nlp.make_doc(text) for text in TEXTS]
    rows = nlp.get_pipe(FILTER).emissions(docs)[1]  # type: ignore[attr-defined]
    return np.concatenate([row.argmax(1) for row in rows if len(row)])


def assert_agree(ours: Language, theirs: Language, least: float) -> None:
    """Most pieces have the same tag, and most texts the same category."""
    assert np.mean(tags(ours) == tags(theirs)) >= least
    cats = [[max(d.cats, key=d.cats.__getitem__) for d in n.pipe(TEXTS)] for n in (ours, theirs)]
    assert np.mean(np.array(cats[0]) == np.array(cats[1])) > 0.5


@runs_a_network
def test_a_pipeline_is_quantised_and_stays_one(pipeline: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in pipeline.rglob("*") if path.is_file()}
    options = ("-f", "native", "--bits", 8, "--embedding-bits", 4, "--group-size", 32, "--json")
    report = json.loads(run("convert", pipeline, tmp_path / "small", *options))
    assert report["folder"] == str(tmp_path / "small" / FILTER / "network")
    assert {path: path.read_bytes() for path in pipeline.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]
    found = read_checkpoint(tmp_path / "small" / FILTER / "network").tensors
    packings = {n: t.packing for n, t in found.items() if isinstance(t, QuantizedTensor)}
    assert packings.pop("embedding.weight") == (4, 32)
    assert "block.1.mlp.swiglu.weight" in packings
    assert set(packings.values()) == {(8, 32)}
    weights = Path(FILTER, "network", "model.safetensors")
    assert (tmp_path / "small" / weights).stat().st_size < len(before[pipeline / weights]) / 4
    for path, content in before.items():
        if path.name in ("model", "tokenizer", "config.cfg"):
            assert (tmp_path / "small" / path.relative_to(pipeline)).read_bytes() == content
    ours, theirs = spacy.load(tmp_path / "small"), spacy.load(pipeline)
    assert ours.get_pipe(FILTER).network is ours.get_pipe(TEXTCAT).network  # type: ignore[attr-defined]
    assert_agree(ours, theirs, 0.8)
    notes = ours.meta["notes"]
    assert notes.startswith("My notes.")
    assert "embedding in 4 bits, other matrices in 8 bits. Figures were measured before" in notes
    assert ours.meta["license"] == "MIT"


@runs_a_network
def test_eight_bits_change_little_and_none_nothing(pipeline: Path, tmp_path: Path) -> None:
    theirs = spacy.load(pipeline)
    run("convert", pipeline, tmp_path / "same", "-f", "native")
    assert outcomes(spacy.load(tmp_path / "same")) == outcomes(theirs)
    assert spacy.load(tmp_path / "same").meta["notes"] == "My notes."
    run("convert", pipeline, tmp_path / "8", "-f", "native", "--bits", 8, "--group-size", 32)
    assert_agree(spacy.load(tmp_path / "8"), theirs, 0.95)
    run("convert", tmp_path / "8", tmp_path / "4", "-f", "native", "--embedding-bits", 4,
        "--group-size", 32)  # fmt: skip
    stored = "The network was written anew after training: embedding in 4 bits, other matrices in "
    notes = (
        f"My notes.\n\n## How it is stored\n\n{stored}8 bits. Figures were measured before that."
    )
    assert spacy.load(tmp_path / "4").meta["notes"] == notes, "one sentence, of all that is stored"
    other = make_nlp(write_source(tmp_path / "net", seed=3))
    assert np.mean(tags(other) == tags(theirs)) < 0.7, "any network would do"


@runs_a_network
def test_no_bits_leave_matrices_as_they_are(pipeline: Path, tmp_path: Path) -> None:
    def packings(name: str, *options: Any) -> dict[str, tuple[int, int]]:
        run("convert", pipeline, tmp_path / name, "-f", "native", "--group-size", 32, *options)
        return find_packings(read_checkpoint(tmp_path / name / FILTER / "network"))

    assert packings("none", "--bits", 0, "--embedding-bits", 0) == {}
    assert spacy.load(tmp_path / "none").meta["notes"] == "My notes."
    only = packings("embedding", "--bits", 0, "--embedding-bits", 4)
    assert only == {"embedding.weight": (4, 32)}
    others = packings("others", "--bits", 8, "--embedding-bits", 0)
    assert "embedding.weight" not in others
    assert set(others.values()) == {(8, 32)}
    notes = spacy.load(tmp_path / "others").meta["notes"]
    assert "after training: other matrices in 8 bits." in notes


def test_what_a_pipeline_cannot_become(pipeline: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for options, told in [
        (("-f", "openmed", "--bits", "8"), "checkpoint"),
        (("-f", "native", "--tags-only"), "is a saved pipeline"),
        (("-f", "native", "--bits", "8"), "Choose --group-size 32"),
        (("-f", "native", "--bits", "8", "--group-size", "128"), "Choose --group-size 32"),
        (("-f", "native", "--embedding-bits", "3"), "8 or 4 bits"),
    ]:
        assert told in run("convert", pipeline, out, *options, code=1).replace("\n", " ")
    assert "is inside" in run("convert", pipeline, pipeline / "out", "-f", "native", code=2)
    spacy.blank("en").to_disk(tmp_path / "blank")
    assert f"no '{FILTER}'" in run("convert", tmp_path / "blank", out, "-f", "native", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["blank"]


@runs_a_network
def test_a_wheel_of_it_installs_and_runs_offline(pipeline: Path, tmp_path: Path) -> None:
    """As `spacy project run package` does it, with the setuptools that is installed."""
    pytest.importorskip("setuptools", minversion="77")
    run("convert", pipeline, tmp_path / "8", "-f", "native", "--bits", 8, "--group-size", 32)
    (tmp_path / "packages").mkdir()
    spacy_package = [sys.executable, "-m", "spacy", "package", "8", "packages", "--build", "none"]
    names = ["--name", "mine", "--version", "1.2.3"]
    subprocess.run([*spacy_package, *names], cwd=tmp_path, check=True, capture_output=True)
    folder = tmp_path / "packages" / "xx_mine-1.2.3"
    assert "embedding in 8 bits" in (folder / "README.md").read_text(encoding="utf8")
    pip = [sys.executable, "-m", "pip"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", "-q"]
    subprocess.run(
        [*pip, "install", *options, "--target", tmp_path / "site", folder],
        check=True,
        capture_output=True,
    )
    code = (
        "import spacy, sys; nlp = spacy.load('xx_mine'); "
        "print([span[:3] for span in nlp(sys.argv[1])._.privacy_spans])"
    )
    text = TEXTS[0]
    found = subprocess.run(
        [sys.executable, "-c", code, text],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "HF_HUB_OFFLINE": "1"},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    theirs = spacy.load(tmp_path / "8")(text)._.privacy_spans
    assert theirs
    assert found.stdout.strip() == str([span[:3] for span in theirs])


def stored_bits(folder: Path) -> int:
    return sum(isinstance(t, QuantizedTensor) for t in read_checkpoint(folder).tensors.values())


@runs_a_network
@pytest.mark.filterwarnings("ignore:.*made for MLX")
def test_a_saved_pipeline_stays_quantised(source: Path, tmp_path: Path) -> None:
    run("convert", source, tmp_path / "q", "-f", "openmed", "--bits", "8")
    nlp = load(tmp_path / "q")
    with pytest.warns(UserWarning, match="expanded to float32"):
        load(tmp_path / "q")
    n_bytes = (tmp_path / "q" / "weights.safetensors").stat().st_size
    for name in ("one", "two"):  # the second time, too
        nlp.to_disk(tmp_path / name)
        network = tmp_path / name / "privacy_filter" / "network"
        assert (network / "model.safetensors").stat().st_size < 1.1 * n_bytes
        assert stored_bits(network) > 0
    assert len(nlp.to_bytes()) < 2 * n_bytes + len(nlp.vocab.to_bytes())
    ours, theirs = read_checkpoint(network).tensors, read_checkpoint(tmp_path / "q").tensors
    assert ours
    for tensor_name, tensor in ours.items():
        np.testing.assert_array_equal(tensor.data, theirs[tensor_name].data)
    load(tmp_path / "two")


@runs_a_network
@pytest.mark.filterwarnings("ignore:.*made for MLX")
def test_files_that_changed_since_are_not_saved(source: Path, tmp_path: Path) -> None:
    run("convert", source, tmp_path / "q", "-f", "openmed", "--bits", "8")
    nlp = load(tmp_path / "q")
    before = nlp.get_pipe("privacy_filter").network.shim.tensors()["norm.scale"].to_float32()  # type: ignore[attr-defined]
    path = tmp_path / "q" / "weights.safetensors"
    tensors, metadata = read_safetensors(path)
    tensors["norm.scale"] = StoredTensor.from_float32(before + 1)
    write_safetensors(path, tensors, metadata)
    nlp.to_disk(tmp_path / "saved")
    found = read_checkpoint(tmp_path / "saved" / "privacy_filter" / "network")
    np.testing.assert_array_equal(found.tensors["norm.scale"].to_float32(), before)
