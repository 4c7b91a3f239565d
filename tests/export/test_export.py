"""An exported folder: what is in it, that it runs anywhere, and that it loads by itself."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.tensors.onnx_file import read_onnx
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.loading import load

from ..helpers import (
    ALONE,
    PATIENCE,
    TEXTS,
    assert_close,
    change_weights,
    make_nlp,
    outcomes,
    write_source,
)

ort = pytest.importorskip("onnxruntime", reason="needs onnxruntime")
pytest.importorskip("onnx", reason="needs onnx")
pytest.importorskip("torch", reason="needs torch")

RUNNER = CliRunner()
BOTH = ("--dtype", "fp32", "--dtype", "int8")


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "source"
    write_source(folder)
    (folder / "LICENSE").write_text("Do as you like.\n")
    (folder / "README.md").write_text("# A card\n")
    return folder


@pytest.fixture(scope="module")
def exported(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    run("export-onnx", source, folder, *BOTH)
    return folder


def test_the_folder_has_all_that_others_need(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert names == {
        *("model.onnx", "model.onnx.sha256", "model_int8.onnx", "model_int8.onnx.sha256"),
        *("config.json", "multitask_config.json", "tokenizer.json", "tokenizer_config.json"),
        *("LICENSE", "README.md", "verify.py", "verify.json", "viterbi_calibration.json"),
    }
    assert (exported / "LICENSE").read_text() == "Do as you like.\n"
    config = json.loads((exported / "config.json").read_text())
    assert config["id2label"]["1"] == "B-account_number"
    for name in ("model.onnx", "model_int8.onnx"):
        digest, told = (exported / f"{name}.sha256").read_text().rstrip("\n").split("  ")
        assert told == name
        assert digest == hashlib.sha256((exported / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("backend", ["onnx", "torch"])
def test_it_loads_by_itself(source: Path, exported: Path, backend: str) -> None:
    expected = outcomes(load(source, backend="torch"))
    nlp = load(exported, backend=backend)
    assert nlp.pipe_names == ["privacy_filter", "privacy_filter_textcat"]
    assert_close(outcomes(nlp), expected)


def test_it_is_saved_with_a_pipeline(exported: Path, tmp_path: Path) -> None:
    nlp = load(exported, backend="onnx")
    nlp.to_disk(tmp_path / "pipeline")
    again = load(tmp_path / "pipeline")
    assert_close(outcomes(again), outcomes(nlp))


def test_the_graph_runs_without_this_package(source: Path, exported: Path) -> None:
    """Only onnxruntime and the tokenizer of others: the same best tag for each piece."""
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(exported / "tokenizer.json"))
    session = ort.InferenceSession(str(exported / "model.onnx"))
    nlp = load(source, backend="torch")
    pipe: Any = nlp.get_pipe("privacy_filter")
    rows = [tokenizer.encode(text).ids for text in TEXTS if text]
    longest = max(map(len, rows))
    ids, mask = np.zeros((2, len(rows), longest), np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)], mask[i, : len(row)] = row, 1
    (logits,) = session.run(["logits"], {"input_ids": ids, "attention_mask": mask})
    docs = [nlp.make_doc(text) for text in TEXTS if text]
    for output, found, row in zip(pipe.network.run(docs, pipe.head), logits, rows, strict=True):
        assert output.pieces.ids.tolist() == row
        np.testing.assert_allclose(found[: len(row)], output.logits, atol=1e-4)


def test_its_script_needs_nothing_of_ours(exported: Path, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    block = "import sys; sys.modules['torch'] = sys.modules['spacy'] = None\n"
    block += "sys.modules['spacy_privacy_filter'] = None; sys.argv = ['verify.py', *sys.argv[1:]]\n"
    block += f"import runpy; runpy.run_path({str(exported / 'verify.py')!r}, run_name='__main__')"
    command = [sys.executable, "-c", block]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert "| model.onnx |" in done.stdout, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("| model.onnx |")]
    assert line.endswith("| yes |")
    assert " ok |" in line
    assert "280 / 280 (100.0%)" in line
    wrong = tmp_path / "model.onnx"
    wrong.write_bytes((exported / "model.onnx").read_bytes())
    (tmp_path / "model.onnx.sha256").write_text("0" * 64 + "  model.onnx\n")
    done = subprocess.run(
        [*command, "--model", str(wrong)], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1, done.stderr
    assert "WRONG" in done.stdout


def test_standard_operators_and_packed_pieces(source: Path, tmp_path: Path) -> None:
    how = ("--ops", "standard", "--signature", "packed", "--dtype", "fp16", "--json")
    report = json.loads(run("export-onnx", source, tmp_path / "out", *how))
    assert (report["signature"], report["operators"]) == ("packed", "standard")
    found = read_onnx(tmp_path / "out" / "model_fp16.onnx")
    assert found.inputs == ("ids", "positions", "segments")
    assert {domain for domain, _ in found.operators} == {""}
    exact = outcomes(load(source, backend="torch"))
    assert_close(outcomes(load(tmp_path / "out", backend="onnx")), exact)


def test_a_saved_pipeline_is_exported_as_it_is_now(source: Path, tmp_path: Path) -> None:
    nlp = make_nlp(str(source))
    change_weights(nlp)
    nlp.to_disk(tmp_path / "pipeline")
    run("export-onnx", tmp_path / "pipeline", tmp_path / "out")
    exported = load(tmp_path / "out", backend="onnx", lang="en", **ALONE)
    assert_close(outcomes(exported), outcomes(nlp))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--dtype", "int2"), "Unknown --dtype 'int2'. Choose one of: fp32, fp16, int8, int4"),
        (("--signature", "flat"), "Unknown --signature 'flat'. Choose one of: padded, packed"),
        (("--ops", "mine"), "Unknown --ops 'mine'. Choose one of: microsoft, standard"),
        (("--dtype", "fp32", "--dtype", "fp32"), "each --dtype once"),
    ],
)
def test_options_that_there_are_not(
    source: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    assert message in run("export-onnx", source, tmp_path / "out", *options, code=1)
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_replaced(exported: Path, source: Path, tmp_path: Path) -> None:
    assert "is there already" in run("export-onnx", source, exported, code=2)
    write_source(tmp_path / "cats", heads="categories")
    assert "tag head" in run("export-onnx", tmp_path / "cats", tmp_path / "out", code=1)
    assert not (tmp_path / "out").exists()
    assert "no folder here" in run("export-onnx", tmp_path / "none", tmp_path / "out", code=2)
