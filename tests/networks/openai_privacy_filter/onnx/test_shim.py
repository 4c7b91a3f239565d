"""What is the onnx backend's own: no training, no torch, one copy of the weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks import settings as settings_module
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import PackedBatch

from ....helpers import PATIENCE
from ...helpers import SIZES, network_from, pack_whole, random_ids, random_tensors, write_folder

pytest.importorskip("onnx", reason="needs onnx")
pytest.importorskip("onnxruntime", reason="needs onnxruntime")

from spacy_privacy_filter.networks.openai_privacy_filter.onnx import shim as module


def make_shim(**settings: Any) -> Any:
    return backends.get("onnx")(SIZES, random_tensors(SIZES), **settings)


@pytest.fixture
def batch(rng: np.random.Generator) -> PackedBatch:
    return pack_whole(random_ids(rng, [7, 1, 50], SIZES.vocab_size))


@pytest.mark.parametrize("installed", [True, False])
def test_training_names_torch(
    installed: bool, batch: PackedBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = make_shim()
    monkeypatch.setattr(module, "has", lambda name: installed)
    kind, message = (
        (ValueError, "backend = 'torch'") if installed else (ImportError, r"needs torch.*\[torch\]")
    )
    with pytest.raises(kind, match=message):
        shim.begin_update(batch)
    with pytest.raises(kind, match=message):
        backends.get("onnx")(SIZES, None)


def test_auto_takes_it_where_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path)
    monkeypatch.setattr(settings_module, "has", lambda name: name == "onnxruntime")
    network = network_from(tmp_path)
    network.load()
    assert network.backend == "onnx"
    assert "neither PyTorch nor MLX" in settings_module.choose_backend()[1]


def test_a_graph_cannot_be_built_without_onnx(
    batch: PackedBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = make_shim()
    monkeypatch.setattr(module, "has", lambda name: False)
    with pytest.raises(ImportError, match=r"needs onnx,.*spacy-privacy-filter\[onnx\]"):
        shim.predict(batch)


@pytest.mark.parametrize("dtype", ["auto", "float32", "bfloat16", "float16", "int8", "int4"])
def test_every_number_type_says_what_computes(dtype: str, batch: PackedBatch) -> None:
    shim = make_shim(dtype=dtype)
    assert np.isfinite(shim.predict(batch)).all()
    assert shim.computes.startswith("float32" if dtype == "auto" else dtype)


def test_weights_are_not_copied(batch: PackedBatch) -> None:
    """onnxruntime reads the table where it lies; what must be laid out anew is made once."""
    tensors = random_tensors(SIZES)
    shim = backends.get("onnx")(SIZES, tensors)
    shim.predict(batch)
    held = shim.session._model.weights[EMBEDDING].numpy()
    assert np.shares_memory(held, tensors[EMBEDDING].data)


def test_copies_share_what_never_changes(batch: PackedBatch) -> None:
    shim = make_shim()
    shim.predict(batch)
    assert shim.copy().session is shim.session


WITHOUT_TORCH = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "mlx", "transformers"):
            raise ImportError(f"{name} is blocked")
sys.meta_path.insert(0, Blocked())
import spacy_privacy_filter.compat as compat
compat.find_spec = lambda name: None if name in ("torch", "mlx") else object()
from spacy_privacy_filter import load
doc = load(backend="onnx")("Please write to Annika Reyes at annika.reyes@example.org.")
print(sorted(span.label for span in doc._.privacy_spans), "torch" in sys.modules)
"""


@pytest.mark.skipif(not has("onnxruntime"), reason="needs onnxruntime")
def test_nothing_imports_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.stdout.strip() == "['private_email', 'private_person'] False", done.stderr
