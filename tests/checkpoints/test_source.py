"""Repositories of a hub: a server of our own that speaks its protocol, and a client process."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
import spacy

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.compat import has

from ..export.helpers import write_graph
from ..helpers import FILTER, TEXTS, make_checkpoint, make_nlp
from .helpers import make

pytest.importorskip("torch")

COMMITS = {"main": "a" * 40, "v1": "b" * 40}


class Hub(ThreadingHTTPServer):
    """Serves folders as repositories: owner/name -> branch -> folder."""

    def __init__(self, repositories: dict[str, dict[str, Path]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.repositories = repositories
        self.asked: list[str] = []

    def folder(self, name: str, revision: str) -> Path | None:
        branches = self.repositories.get(name, {})
        by_commit = {COMMITS[branch]: folder for branch, folder in branches.items()}
        return branches.get(revision) or by_commit.get(revision)


class Handler(BaseHTTPRequestHandler):
    """The part of the protocol that a download of a snapshot needs."""

    server: Hub

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_HEAD(self) -> None:
        self.do_GET(body=False)

    def do_GET(self, body: bool = True) -> None:
        path = unquote(self.path.partition("?")[0]).strip("/")
        parts = path.split("/")
        if parts[:2] == ["api", "models"]:
            self.tell(f"{parts[2]}/{parts[3]}", parts[5] if len(parts) > 5 else "main")
            return
        name, revision, file = "/".join(parts[:2]), parts[3], "/".join(parts[4:])
        folder = self.server.folder(name, revision)
        if folder is None or not (folder / file).is_file():
            self.send_error(404)
            return
        if body:
            self.server.asked.append(file)
        content = (folder / file).read_bytes()
        self.send_response(200)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        commit = COMMITS.get(revision, revision)
        self.send_header("X-Repo-Commit", commit)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def tell(self, name: str, revision: str) -> None:
        folder = self.server.folder(name, revision)
        if folder is None:
            self.send_error(404)
            return
        files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        commit = COMMITS.get(revision, revision)
        values = {
            "id": name,
            "modelId": name,
            "sha": commit,
            "private": False,
            "tags": [],
            "siblings": [{"rfilename": file} for file in files],
        }
        if "tree" in self.path:
            values = [
                {"type": "file", "path": f, "size": (folder / f).stat().st_size, "oid": "0" * 40}
                for f in files
            ]  # type: ignore[assignment]
        raw = json.dumps(values).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    root = tmp_path_factory.mktemp("hub")
    for seed, name in ((1, "pipeline"), (2, "older")):
        write_checkpoint(root / f"source-{name}", make_checkpoint(seed))
        make_nlp(str(root / f"source-{name}")).to_disk(root / name)
    # What a repository of a pipeline has besides, and what must never be fetched or run.
    (root / "pipeline" / "evil.py").write_text("raise SystemExit('was run')")
    (root / "pipeline" / "README.md").write_text("A card")
    (root / "pipeline" / "any-1.0-py3-none-any.whl").write_bytes(b"PK")
    write_checkpoint(root / "opf" / "original", make(bias=False), "opf")
    (root / "opf" / "README.md").write_text("A card")
    both = root / "both"
    write_checkpoint(both, make(bias=False), "huggingface")
    write_checkpoint(both / "original", make(bias=False), "opf")
    (both / "onnx").mkdir()
    (both / "onnx" / "model.onnx").write_bytes(b"x")
    if has("onnx"):
        write_graph(root / "export", most_inside=0)
        (root / "export" / "config.json").write_text('{"model_type": "openai_privacy_filter"}')
        (root / "export" / "verify.py").write_text("raise SystemExit('was run')")
    encoder = root / "encoder"
    (encoder / "onnx").mkdir(parents=True)
    (encoder / "config.json").write_text('{"model_type": "bert"}')
    for file in ENCODER_FILES:
        (encoder / file).write_text(file)  # equal files would be fetched once
    shutil.copytree(encoder, root / "graphs")
    (root / "graphs" / "model.safetensors").unlink()
    server = Hub(
        {
            "me/pipeline": {"main": root / "pipeline", "v1": root / "older"},
            "them/opf": {"main": root / "opf"},
            "them/both": {"main": root / "both"},
            "me/export": {"main": root / "export"},
            "them/encoder": {"main": encoder},
            "them/graphs": {"main": root / "graphs"},
        }
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


ENCODER_FILES = (
    "tokenizer.json",
    "model.safetensors",
    "pytorch_model.bin",
    "modeling.py",
    "onnx/model.onnx",
    "onnx/model.onnx_data",
    "onnx/model_quantized.onnx",
)
CLIENT = """
import json, sys
import spacy_privacy_filter as s
from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.source import find_source
name, revision, texts = json.loads(sys.argv[1])
made = {}
if revision == "graphs":
    find_source(name, graphs=texts)
elif texts:
    nlp = s.load(name, revision=revision)
    made["spans"] = [[list(x[:3]) for x in nlp(t)._.privacy_spans] for t in texts]
    made["pipes"] = nlp.pipe_names
else:
    made["format"] = read_checkpoint(find_source(name, revision)).format
print(json.dumps(made))
"""


def ask(
    hub: Hub,
    home: Path,
    name: str,
    revision: str | None = None,
    texts: Sequence[str] = (),
    **env: str,
) -> tuple[dict[str, Any], str]:
    """Load from the hub in a process of its own. RETURNS (tuple): What it found; its stderr."""
    hub.asked.clear()
    done = subprocess.run(
        [sys.executable, "-c", CLIENT, json.dumps([name, revision, list(texts)])],
        env={
            **{key: value for key, value in os.environ.items() if not key.endswith("_proxy")},
            "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
            "HF_HOME": str(home),
            "HF_HUB_OFFLINE": "0",
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            **env,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found, done.stderr


def test_a_saved_pipeline(hub: Hub, tmp_path: Path) -> None:
    texts = TEXTS[:3]
    folders = {b: str(f) for b, f in hub.repositories["me/pipeline"].items()}
    expected = {}
    for branch, folder in folders.items():
        nlp = spacy.load(folder)
        expected[branch] = [[list(s[:3]) for s in nlp(t)._.privacy_spans] for t in texts]
    assert expected["main"] != expected["v1"]
    found, stderr = ask(hub, tmp_path, "me/pipeline", None, texts)
    assert found["spans"] == expected["main"]
    assert found["pipes"] == [FILTER, "privacy_filter_textcat"]
    assert "config.cfg" in hub.asked
    assert not [f for f in hub.asked if f.endswith((".py", ".whl", ".md"))]
    assert "%" in stderr  # a progress bar
    # The same from the cache alone, and another revision from the hub.
    again, _ = ask(hub, tmp_path, "me/pipeline", None, texts, HF_HUB_OFFLINE="1")
    assert again == found
    assert hub.asked == []
    older, _ = ask(hub, tmp_path, "me/pipeline", "v1", texts)
    assert older["spans"] == expected["v1"]


def test_an_original_release(hub: Hub, tmp_path: Path) -> None:
    """Only `original` is fetched, and only where there is nothing else to read."""
    found, _ = ask(hub, tmp_path, "them/opf")
    assert found["format"] == "opf"
    assert set(hub.asked) == {
        "original/config.json",
        "original/model.safetensors",
        "original/viterbi_calibration.json",
    }
    found, _ = ask(hub, tmp_path, "them/both")
    assert found["format"] == "huggingface"
    assert "model.safetensors" in hub.asked
    assert not [f for f in hub.asked if f.endswith((".onnx", "original/model.safetensors"))]


@pytest.mark.skipif(not has("onnx"), reason="needs onnx")
def test_an_export(hub: Hub, tmp_path: Path) -> None:
    """Its graph is fetched with what lies beside it, since there are no other weights."""
    found, _ = ask(hub, tmp_path, "me/export")
    assert found["format"] == "onnx"
    assert {"model.onnx", "model.onnx.data", "config.json"} <= set(hub.asked)
    assert "verify.py" not in hub.asked


def test_an_encoder_with_graphs_and_weights(hub: Hub, tmp_path: Path) -> None:
    """Weights in safetensors, and no graph; or the graph that is asked for, and no weights."""
    small = {"config.json", "tokenizer.json"}
    ask(hub, tmp_path / "a", "them/encoder", "graphs", [])
    assert set(hub.asked) == {*small, "model.safetensors"}
    ask(hub, tmp_path / "b", "them/encoder", "graphs", ["model.onnx"])
    assert set(hub.asked) == {*small, "onnx/model.onnx", "onnx/model.onnx_data"}
    ask(hub, tmp_path / "c", "them/encoder", "graphs", ["model_int8.onnx", "model_quantized.onnx"])
    assert set(hub.asked) == {*small, "onnx/model_quantized.onnx"}
    ask(hub, tmp_path / "d", "them/graphs", "graphs", [])
    assert set(hub.asked) == {*small, "onnx/model.onnx", "onnx/model.onnx_data"}
