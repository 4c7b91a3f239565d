"""The commands that turn one checkpoint into another, look into one, and compare two."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import spacy
from spacy.language import Language
from typer.testing import CliRunner

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.formats.tokenizer_files import write_tokenizer
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD
from spacy_privacy_filter.checkpoints.source import find_id, find_source
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.checkpoints.convert import find_packings
from spacy_privacy_filter.evaluate.verify import SAMPLES, read_texts
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.text.o200k import check_tokenizer, encode

from ..helpers import (
    FILTER,
    TEXTCAT,
    TEXTS,
    change_weights,
    make_checkpoint,
    make_nlp,
    outcomes,
    write_source,
)
from .formats import assert_close, edit, make

RUNNER = CliRunner()
runs_a_network = pytest.mark.skipif(not has("torch"), reason="needs torch")
SECRET = "Leopold Fitzwarren-Oduya"


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


# --- convert


@pytest.mark.parametrize("format_", ["native", "opf", "openmed"])
def test_convert_there_and_back(source: Path, tmp_path: Path, format_: str) -> None:
    report = json.loads(run("convert", source, tmp_path / "a", "-f", format_, "--json"))
    assert (report["format"], report["folder"]) == (format_, str(tmp_path / "a"))
    run("convert", tmp_path / "a", tmp_path / "b", "-f", "huggingface")
    assert_close(read_checkpoint(tmp_path / "b"), read_checkpoint(source))


@pytest.mark.parametrize("bits", [8, 4])
def test_convert_quantises_and_casts(source: Path, tmp_path: Path, bits: int) -> None:
    options = ("-f", "openmed", "--bits", bits, "--dtype", "bfloat16", "--json")
    report = json.loads(run("convert", source, tmp_path / "a", *options))
    assert set(report["stored"]) == {"U32", "BF16", "F32"}
    assert report["stored"]["U32"] == max(report["stored"].values())
    plain = run("convert", source, tmp_path / "b", "-f", "huggingface", "--dtype", "bfloat16")
    assert "BF16" in plain


def test_the_folder_appears_whole_or_not_at_all(source: Path, tmp_path: Path) -> None:
    for options in (("-f", "gguf"), ("-f", "multitask"), ("-f", "opf", "--bits", "8")):
        output = run("convert", source, tmp_path / "new", *options, code=1)
        assert output.startswith("Error: ")
    run("convert", source, tmp_path / "new", "-f", "native", "--dtype", "int8", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["src"]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x")
    assert "new or empty" in run("convert", source, tmp_path / "full", "-f", "native", code=1)
    (tmp_path / "full" / "mine").unlink()
    run("convert", source, tmp_path / "full", "-f", "native")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "src"]


def test_convert_passes_on_what_the_user_knows(source: Path, tmp_path: Path) -> None:
    edit(source / "config.json", harmless=1)
    assert "harmless" in run("convert", source, tmp_path / "a", "-f", "native", code=1)
    options = ("--ignore-key", "harmless", "--sinks-unit", "log2", "--window", "5")
    run("convert", source, tmp_path / "a", "-f", "native", *options)
    found = read_checkpoint(tmp_path / "a")
    assert found.config.window == 5
    sinks = [
        read.tensors["block.0.attn.sinks"].to_float32()
        for read in (found, read_checkpoint(source, ["harmless"]))
    ]
    assert np.allclose(sinks[0], sinks[1] * np.log(2))


def test_openmed_mlx_writes_every_file_of_the_card(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    run("convert", source, folder, "-f", "openmed-mlx", "--bits", "8", "--group-size", "32")
    names = {path.name for path in folder.iterdir()}
    tokenizer = ["tokenizer.json", "tokenizer_config.json"]
    files = {"weights.safetensors", "config.json", "id2label.json", "openmed-mlx.json", *tokenizer}
    assert files <= names
    manifest = json.loads((folder / "openmed-mlx.json").read_text())
    config = json.loads((folder / "config.json").read_text())
    how = {"bits": 8, "group_size": 32, "mode": "affine"}
    assert manifest["quantization"] == config["_mlx_quantization"] == how
    assert manifest["tokenizer"] == {"path": ".", "files": tokenizer}
    stored, _ = read_safetensors(folder / "weights.safetensors")
    assert stored["embedding.scales"].shape[-1] * 32 == make().config.width
    found = read_checkpoint(folder)
    assert found.tensors["embedding.weight"].packing == (8, 32)  # type: ignore[attr-defined]
    check_tokenizer(folder)
    assert (manifest["source_model_id"], config.get("_name_or_path")) == ("", None)


def test_bits_are_checked_before_heads(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "src", make(categories=True), "native")
    options = (tmp_path / "src", tmp_path / "b", "-f", "openmed", "--bits", "8")
    output = run("convert", *options, "--group-size", 48, code=1)
    assert "groups of 48" in output
    assert "32, 64, 128" in output
    output = run("convert", *options, code=1)
    assert "a tag head and a category head. Choose" in output.replace("\n", " ")
    assert "quantised" not in output


@pytest.mark.parametrize(
    ("file", "key", "told"),
    [
        ("config.json", "_name_or_path", "owner/model"),
        ("openmed-mlx.json", "source_model_id", "owner/model"),
        ("config.json", "_name_or_path", "/home/me/model"),
    ],
)
def test_openmeds_files_name_the_model(tmp_path: Path, file: str, key: str, told: str) -> None:
    """As far as it is known; where it lay on the machine of others is not told on."""
    write_checkpoint(tmp_path / "src", make(bias=False), "openmed")
    edit(tmp_path / "src" / file, **{key: told})
    run("convert", tmp_path / "src", tmp_path / "a", "-f", "openmed-mlx", "--bits", "8")
    manifest = json.loads((tmp_path / "a" / "openmed-mlx.json").read_text())
    config = json.loads((tmp_path / "a" / "config.json").read_text())
    known = told if told == "owner/model" else ""
    assert (manifest["source_model_id"], config.get("_name_or_path", "")) == (known, known)
    read_checkpoint(tmp_path / "a")


def test_a_hub_id_is_a_models_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "model").mkdir(parents=True)
    assert find_id("owner/model", tmp_path) == "owner/model"
    assert find_id("mine/model", tmp_path / "mine" / "model") == ""
    assert find_id("shipped", find_source("shipped")) == ""


def test_what_is_quantised_is_not_quantised_again(source: Path, tmp_path: Path) -> None:
    run("convert", source, tmp_path / "a", "-f", "openmed", "--bits", "4")
    run("convert", tmp_path / "a", tmp_path / "b", "-f", "native", "--bits", "4")
    one, two = (read_checkpoint(tmp_path / name).tensors for name in "ab")
    for name, tensor in one.items():
        assert isinstance(tensor, QuantizedTensor) == isinstance(two[name], QuantizedTensor)
        if isinstance(tensor, QuantizedTensor):
            for part, other in zip(tensor.parts, two[name].parts, strict=True):
                np.testing.assert_array_equal(part.data, other.data)


def test_other_libraries_cut_texts_as_we_do(tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    write_tokenizer(tmp_path)
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for text in ("Anna's 12345 cats", "  x\n\n y\t", "日本語 🙂 e\u0301", "a" * 50, "DON'T naïve"):
        assert theirs.encode(text, add_special_tokens=False).ids == encode(text).ids.tolist()
    assert theirs.token_to_id("<|endoftext|>") == 199999


def test_a_head_that_a_format_cannot_hold_is_left_out_only_if_asked(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "src", make(categories=True))
    target = tmp_path / "a"
    assert "--tags-only" in run("convert", tmp_path / "src", target, "-f", "openmed", code=1)
    run("convert", tmp_path / "src", target, "-f", "openmed", "--tags-only")
    assert_close(read_checkpoint(target), make())


# --- convert, with a saved pipeline


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


def test_openmed_cannot_leave_the_embedding_as_it_is(source: Path, tmp_path: Path) -> None:
    options = ("-f", "openmed", "--bits", 8, "--embedding-bits")
    assert "the same bits" in run("convert", source, tmp_path / "a", *options, 0, code=1)
    run("convert", source, tmp_path / "a", *options, 8)


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
    assert "is inside" in run("convert", pipeline, pipeline / "out", "-f", "native", code=1)
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


# --- inspect


def test_inspect_tells_all(source: Path) -> None:
    report = json.loads(run("inspect", source, "--json"))
    assert report["format"] == "huggingface"
    assert report["network"] == make().config.to_dict()
    assert report["labels"] == list(make().tags.labels)  # type: ignore[union-attr]
    assert report["n_tags"] == 33
    assert report["conventions"] == {"sinks_unit": "natural", "window": 8, "origin": "stated"}
    assert report["parameters"] == sum(t.data.size for t in make().tensors.values())
    assert report["stored"] == {"F32": 4 * report["parameters"]}
    for file in report["files"]:
        raw = (source / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert len(report["files"]) == 3
    shown = run("inspect", source, "--no-hashes")
    assert "huggingface" in shown
    assert "natural, window 8" in shown


def test_inspect_explains_what_it_refuses(source: Path, tmp_path: Path) -> None:
    assert "is no folder here" in run("inspect", tmp_path / "none", code=1)
    (source / "model.safetensors").write_bytes(b"x")
    output = run("inspect", source, code=1)
    assert output.startswith("Error: ")
    assert "model.safetensors" in output


# --- verify


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same network twice, once with a head that is turned round."""
    folder = tmp_path_factory.mktemp("pair")
    whole = make_checkpoint(heads="tags")
    for name, tensor in whole.tensors.items():  # numbers that bfloat16 cannot hold
        whole.tensors[name] = StoredTensor.from_float32(tensor.to_float32() * 1.003)
    write_checkpoint(folder / "a", whole, "huggingface")
    turned = {
        name: StoredTensor.from_float32(-t.to_float32()) if name.startswith("unembedding") else t
        for name, t in whole.tensors.items()
    }
    write_checkpoint(folder / "b", replace(whole, tensors=turned))
    return folder / "a", folder / "b"


@runs_a_network
def test_verify_the_same(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run("convert", pair[0], tmp_path / "c", "-f", "native")
    report = json.loads(run("verify", pair[0], tmp_path / "c", "--json"))
    assert report["passed"] is True
    assert report["agreement"] == report["entities_preserved"] == 1.0
    assert report["max_difference"] == 0.0
    assert report["texts"] == len(SAMPLES)
    assert report["entities"] > 0
    assert [report[side]["format"] for side in "ab"] == ["huggingface", "native"]
    assert "Passed" in run("verify", pair[0], tmp_path / "c")


@runs_a_network
def test_verify_what_differs(pair: tuple[Path, Path]) -> None:
    report = json.loads(run("verify", *pair, "--json", code=3))
    assert report["agreement"] < 0.5
    assert report["max_difference"] > 0.1
    assert not report["passed"]
    assert "Failed" in run("verify", *pair, code=3)
    run("verify", *pair, "--min-agreement", "0")


@runs_a_network
def test_verify_small_differences_are_measured(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run("convert", pair[0], tmp_path / "c", "-f", "native", "--dtype", "bfloat16")
    report = json.loads(run("verify", pair[0], tmp_path / "c", "--json", "--min-agreement", "0.9"))
    # The largest is where a router of random weights takes another expert.
    assert 0 < report["mean_difference"] < report["max_difference"]
    assert report["mean_difference"] < 0.1
    assert report["b"]["bytes"] < report["a"]["bytes"] * 0.6


def test_verify_two_backends_and_a_card(pair: tuple[Path, Path]) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("mlx.core", reason="needs mlx")
    options = ("--backend", "torch", "--backend-b", "mlx")
    report = json.loads(run("verify", pair[0], pair[0], *options, "--json"))
    assert [report[side]["backend"] for side in "ab"] == ["torch", "mlx"]
    assert report["agreement"] == report["entities_preserved"] == 1.0
    assert 0 < report["max_difference"] < 1e-3
    card = run("verify", pair[0], pair[0], *options, "--dtype", "float32", "--card")
    assert "| torch, float32 on cpu | mlx, float32 on cpu |" in card
    assert f"identical on {len(SAMPLES)} of {len(SAMPLES)}" in card
    assert all(line.startswith("|") and line.count("|") == 4 for line in card.splitlines())


@runs_a_network
def test_verify_refuses_what_cannot_be_compared(pair: tuple[Path, Path], tmp_path: Path) -> None:
    whole = make_checkpoint(heads="categories")
    assert CATEGORY_HEAD + ".weight" in whole.tensors
    write_checkpoint(tmp_path / "cats", whole)
    assert "no tag head" in run("verify", pair[0], tmp_path / "cats", code=1)


@runs_a_network
def test_no_text_is_ever_shown(pair: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"text": f"{SECRET} was here"}) + "\n\n", encoding="utf8")
    assert SECRET not in run("verify", pair[0], pair[0], "--texts", path)
    assert SECRET not in run("verify", pair[0], pair[0], "--texts", path, "--json")
    for bad in (SECRET, json.dumps({"texts": SECRET}), json.dumps([SECRET])):
        path.write_text(bad, encoding="utf8")
        output = run("verify", pair[0], pair[0], "--texts", path, code=1)
        assert "Line 1" in output
        assert SECRET not in output
    plain = tmp_path / "texts.txt"
    plain.write_text("one\n\ntwo\n", encoding="utf8")
    assert read_texts(plain) == {"1": "one", "3": "two"}
    rows = "".join(json.dumps({"text": text}) + "\n" for text in ("one", "two"))
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    assert read_texts(tmp_path / "rows.jsonl.gz") == {"1": "one", "2": "two"}
    for content in (b"", b"\xff\xfe"):
        plain.write_bytes(content)
        run("verify", pair[0], pair[0], "--texts", plain, code=1)


def test_verify_counts_what_is_lost_on_labelled_texts(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """The gold is what the first checkpoint finds, so that it loses nothing and the other much."""
    text = SAMPLES["mixed"]
    spans = load(pair[0])(text)._.privacy_spans
    assert spans
    found = [[span.start_char, span.end_char, span.label] for span in spans]
    labels = sorted({span.label for span in spans})
    row = {"id": "0", "source": "s", "text": text, "spans": found}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row | {"ignore": [], "known": labels}), encoding="utf-8")
    same = json.loads(run("verify", pair[0], pair[0], "--corpus", gold, "--json"))["gold"]
    assert (same["recall_loss"], same["passed"], same["a"]["privacy_r"]) == (0.0, True, 1.0)
    other = ("verify", *pair, "--min-agreement", "0", "--corpus", gold)
    lost = json.loads(run(*other, "--json", code=1))["gold"]
    assert lost["recall_loss"] > 0.005
    assert not lost["passed"]
    assert f"Recall changes by {-lost['recall_loss']:+.4f}" in run(*other, code=1)
    run(*other, "--max-recall-loss", "1")
    eight = json.loads(run("verify", pair[0], pair[0], "--dtype-b", "int8", "--json"))
    assert eight["b"]["runs"].startswith("int8: experts in 8 bits")
    assert eight["b"]["computes"].endswith("experts in int8, on cpu")
    assert eight["max_difference"] > 0
    gold.write_text("{}", encoding="utf-8")
    assert text not in run("verify", *pair, "--corpus", gold, code=1)


@runs_a_network
def test_verify_takes_what_the_user_knows(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A checkpoint that can be read only with it, against what was converted from it with it."""
    source = tmp_path / "src"
    run("convert", pair[0], source, "-f", "huggingface")
    edit(source / "config.json", harmless=1)
    known = ("--ignore-key", "harmless", "--sinks-unit", "log2", "--window", "5")
    run("convert", source, tmp_path / "c", "-f", "native", *known)
    assert "harmless" in run("verify", source, tmp_path / "c", code=1)
    report = json.loads(run("verify", source, tmp_path / "c", *known, "--json"))
    assert (report["passed"], report["max_difference"]) == (True, 0.0)
    assert report["a"]["known"] == {
        "sinks_unit": "log2", "window": 5, "ignore_keys": ["harmless"]
    }  # fmt: skip
    assert report["b"]["known"] == {}
    # One source twice is read alike, unless something else is said of B.
    same = json.loads(run("verify", source, source, *known, "--json"))
    assert same["max_difference"] == 0.0
    other = run("verify", source, source, *known, "--window-b", 2, "--min-agreement", 0, "--json")
    assert json.loads(other)["max_difference"] > 0
    run("convert", pair[0], tmp_path / "plain", "-f", "huggingface")
    told = ("--ignore-key-b", "harmless", "--json")
    assert json.loads(run("verify", tmp_path / "plain", source, *told))["max_difference"] == 0.0
    assert "has no revision" in run("verify", pair[0], pair[0], "--revision", "x", code=1)


# --- What is quantised stays so


def stored_bits(folder: Path) -> int:
    return sum(isinstance(t, QuantizedTensor) for t in read_checkpoint(folder).tensors.values())


def test_convert_keeps_what_is_quantised(source: Path, tmp_path: Path) -> None:
    """From one format that can hold it to the other, and in place; a note where that is lost."""
    run("convert", source, tmp_path / "a", "-f", "openmed", "--bits", "8", "--group-size", "32")
    one = read_checkpoint(tmp_path / "a").tensors
    for i, (old, new, format_) in enumerate(
        (("a", "b", "native"), ("b", "c", "native"), ("c", "d", "openmed"))
    ):
        output = run("convert", tmp_path / old, tmp_path / new, "-f", format_)
        assert "Note:" not in output, i
        two = read_checkpoint(tmp_path / new).tensors
        for name, tensor in one.items():
            assert isinstance(tensor, QuantizedTensor) == isinstance(two[name], QuantizedTensor)
            if isinstance(tensor, QuantizedTensor):
                np.testing.assert_array_equal(tensor.words.data, two[name].words.data)  # type: ignore[attr-defined]
    output = run("convert", tmp_path / "b", tmp_path / "e", "-f", "huggingface")
    assert "Note: quantised matrices are written as float32" in output
    asked = ("-f", "native", "--dtype", "float32")
    assert "Note:" not in run("convert", tmp_path / "b", tmp_path / "f", *asked)
    assert stored_bits(tmp_path / "f") == 0


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
