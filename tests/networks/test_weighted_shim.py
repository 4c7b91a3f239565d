"""Weights load late, once, and only if all is right."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks import weighted_shim as module
from spacy_privacy_filter.networks.architectures import build_backbone_v1
from spacy_privacy_filter.networks.network import network_of
from spacy_privacy_filter.text.tokenizers import O200k

from ..helpers import PATIENCE
from .helpers import SIZES, network_from

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


# Nobody's text may turn up in an error.
SECRET = "Wilhelmina Quast lives in Zzyzx"
LAZY = """
    import sys, time
    import spacy
    from spacy_privacy_filter.networks.network import Network
    network = Network()
    network.configure(source="no/such-repository")
    assert not network.is_loaded
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("privacy_filter", config={"source": "no/such-repository"})
    assert not pipe.network.is_loaded
    loaded = {name.split(".")[0] for name in sys.modules} & {"torch", "transformers", "mlx"}
    assert not loaded, loaded
"""


def test_making_a_network_loads_nothing() -> None:
    # thinc itself imports what is installed: it is kept from finding it here.
    hide = "import sys; sys.modules['torch'] = sys.modules['mlx'] = None\n"
    code = hide + textwrap.dedent(LAZY).replace(
        "in sys.modules}", "in sys.modules if sys.modules[name] is not None}"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)


def test_weights_are_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network, reads = network_from(folder), []
    real = module.read_checkpoint
    monkeypatch.setattr(module, "read_checkpoint", lambda f, *how: reads.append(f) or real(f, *how))
    network.load()
    network.load()
    assert network.config == SIZES
    assert reads == [folder]


def test_sizes_without_weights_say_what_to_do() -> None:
    network = network_of(build_backbone_v1(network={"width": 8}))
    with pytest.raises(ValueError, match=r"no weights yet.*nlp\.initialize"):
        network.load()


def rewrite(folder: Path, change: Callable[[dict[str, StoredTensor]], Any]) -> None:
    """Change tensors, and keep the two files partners: only the change itself is wrong."""
    path, config = folder / "model.safetensors", folder / "network.json"
    tensors, metadata = read_safetensors(path)
    tensors = {name: StoredTensor(t.dtype, t.data.copy()) for name, t in tensors.items()}
    change(tensors)
    mark = fingerprint(tensors)
    write_safetensors(path, tensors, metadata | {"fingerprint": mark})
    config.write_text(json.dumps(json.loads(config.read_text()) | {"fingerprint": mark}))


@pytest.mark.parametrize("lost", ["model.safetensors", "network.json"])
def test_half_a_checkpoint(damaged: Path, lost: str) -> None:
    (damaged / lost).unlink()
    with pytest.raises(FileNotFoundError, match=lost.replace(".", r"\.")):
        network_from(damaged).load()


def test_a_file_that_was_cut_short(damaged: Path) -> None:
    path = damaged / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match=r"model\.safetensors"):
        network_from(damaged).load()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda t: t.pop("block.1.attn.sinks"), r"block\.1\.attn\.sinks"),
        (lambda t: t.update({"block.1.extra": t["norm.scale"]}), r"block\.1\.extra"),
        (
            lambda t: t.update({"block.0.mlp.out.weight": t["norm.scale"]}),
            r"block\.0\.mlp\.out\.weight",
        ),
    ],
    ids=["missing", "extra", "misshapen"],
)
def test_wrong_tensors_are_named(damaged: Path, change: Any, name: str) -> None:
    rewrite(damaged, change)
    network = network_from(damaged)
    with pytest.raises(ValueError, match=name):
        network.load()
    assert not network.is_loaded


@pytest.mark.parametrize("decoder", ["viterbi", "argmax"])
@pytest.mark.parametrize("name", ["norm.scale", "block.1.attn.out.weight", "unembedding.bias"])
def test_damaged_numbers_stop_the_component(damaged: Path, decoder: str, name: str) -> None:
    # The vocabulary of this network is small: its pieces come from a stand-in text of its own.
    rewrite(damaged, lambda tensors: tensors[name].data.fill(np.nan))
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("privacy_filter", config={"source": str(damaged), "decode": decoder})
    doc = nlp.make_doc(SECRET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(O200k, "encode", lambda self, text: small_pieces(text))
        with pytest.raises(ValueError, match="NaN") as error:
            pipe(doc)
    assert not any(name in str(error.value) for name in ("Wilhelmina", "Quast", "Zzyzx"))
    assert not doc.ents
    assert not doc._.privacy_spans


def small_pieces(text: str) -> Any:
    """One piece a character, with an id that the small vocabulary has."""
    from spacy_privacy_filter.types import Pieces

    at = np.arange(len(text), dtype=np.int64)
    ids = np.asarray([ord(char) % SIZES.vocab_size for char in text], dtype=np.int64)
    return Pieces(ids, at, at + 1)


def test_a_checkpoint_with_another_vocabulary_is_refused(damaged: Path) -> None:
    vocabulary = {"a": 0, "b": 1, "ab": 2}
    (damaged / "tokenizer.json").write_text(
        json.dumps({"model": {"type": "BPE", "vocab": vocabulary, "merges": [["a", "b"]]}})
    )
    network = network_from(damaged)
    with pytest.raises(ValueError, match=r"tokenizer\.json.*o200k_base"):
        network.load()
    assert not network.is_loaded


def test_weights_that_rotted_on_disk_are_refused(damaged: Path) -> None:
    path = damaged / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"are damaged: their SHA-256"):
        network_from(damaged).load()
