"""Passes over documents of any length are exact; weights load late, once, and only if all is right.

What the backend computes is tested in test_backends.py and test_parity.py.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import Linear, Model, Optimizer

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.decoding.viterbi import decode
from spacy_privacy_filter.learning.losses import log_softmax
from spacy_privacy_filter.networks import settings as backends_module
from spacy_privacy_filter.networks import weights as module
from spacy_privacy_filter.networks.architectures import (
    build_backbone_v1,
    build_categorizer_v1,
    build_tagger_v1,
)
from spacy_privacy_filter.networks.network import Network
from spacy_privacy_filter.networks.outputs import Reading
from spacy_privacy_filter.networks.settings import Settings
from spacy_privacy_filter.types import Ints1d

from ..helpers import PATIENCE, assert_near
from .helpers import ROUNDINGS, SIZES, TAGS, network_from, random_ids, write_folder

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")

WHOLE = {"window": 10**6, "batch_pieces": 10**6}
# Nobody's text may turn up in an error.
SECRET = "Wilhelmina Quast lives in Zzyzx"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def network(folder: Path) -> Network:
    loaded = network_from(folder)
    loaded.load()
    return loaded


@pytest.fixture(scope="module")
def head() -> Any:
    return make_head()


def make_head() -> Any:
    rng = np.random.default_rng(4)
    head: Any = Linear(len(TAGS), SIZES.width)
    head.set_param("W", rng.standard_normal((len(TAGS), SIZES.width)).astype("f") / 6)
    head.set_param("b", rng.standard_normal(len(TAGS)).astype("f"))
    return head


def paths(readings: Sequence[Reading]) -> list[list[int]]:
    found = [log_softmax(r.logits) for r in readings if r.logits is not None]
    return [path.tolist() for path in decode(found, TAGS)]


def assert_same(found: Sequence[Reading], expected: Sequence[Reading]) -> None:
    for mine, other in zip(found, expected, strict=True):
        assert_near(mine.logits, other.logits, ROUNDINGS)
        assert_near(mine.pooled, other.pooled, ROUNDINGS)
    assert paths(found) == paths(expected)


# --- Windows -------------------------------------------------------------------------------------


@given(
    lengths=st.lists(st.one_of(st.integers(0, 40), st.integers(0, 160)), min_size=1, max_size=4),
    window=st.one_of(st.integers(1, 60), st.just(4096)),
    batch_pieces=st.one_of(st.integers(1, 300), st.just(8192)),
    seed=st.integers(0, 2**16),
)
@settings(max_examples=40)
def test_windows_batches_and_company_change_nothing(
    network: Network, head: Any, lengths: list[int], window: int, batch_pieces: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    ids = random_ids(rng, lengths, SIZES.vocab_size)
    network.configure(**WHOLE)
    alone = [network.read([doc], head)[0] for doc in ids]
    network.configure(window=window, batch_pieces=batch_pieces)
    order = rng.permutation(len(ids))
    assert_same(network.read([ids[i] for i in order], head), [alone[i] for i in order])


def test_the_context_is_needed_to_the_last_piece(
    network: Network, head: Any, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = random_ids(rng, [400], SIZES.vocab_size)
    network.configure(**WHOLE)
    (whole,) = network.read(ids, head)
    network.configure(window=4)
    (exact,) = network.read(ids, head)
    assert_near(exact.logits, whole.logits, ROUNDINGS)
    context = SIZES.n_layers * SIZES.window
    assert network.config.context == context
    monkeypatch.setattr(NetworkConfig, "context", context - 1)
    (short,) = network.read(ids, head)
    assert whole.logits is not None
    assert short.logits is not None
    assert np.abs(short.logits - whole.logits).max() > 1e-3


def test_long_windows_are_cut_and_short_documents_share_a_pass(
    network: Network, monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    sizes: list[int] = []
    run = type(network.shim).predict

    def counted(shim: Any, batch: Any) -> Any:
        sizes.append(len(batch))
        return run(shim, batch)

    monkeypatch.setattr(type(network.shim), "predict", counted)
    network.configure(window=20, batch_pieces=60)
    network.read(random_ids(rng, [200], SIZES.vocab_size), None)
    assert len(sizes) > 5
    assert max(sizes) <= 20 + 2 * SIZES.n_layers * SIZES.window
    sizes.clear()
    network.read(random_ids(rng, [10] * 12, SIZES.vocab_size), None)
    assert sizes == [60, 60]


def test_documents_without_pieces(network: Network, head: Any) -> None:
    empty = np.zeros(0, dtype=np.int64)
    first, second = network.read([empty, empty], head)
    assert first.logits is not None
    assert first.logits.shape == (0, len(TAGS))
    assert not second.pooled.any()
    assert network.read([], head) == []
    hidden, finish = network.begin_update([empty])
    assert hidden[0].shape == (0, SIZES.width)
    finish(hidden)


def test_pooled_is_the_mean_of_all_pieces(network: Network, rng: np.random.Generator) -> None:
    ids = random_ids(rng, [130, 3], SIZES.vocab_size)
    network.configure(window=7, batch_pieces=50)
    hidden, _ = network.begin_update(ids)
    for reading, states in zip(network.read(ids, None), hidden, strict=True):
        assert reading.logits is None
        assert_near(reading.pooled, states.mean(axis=0), ROUNDINGS, size=states)


@pytest.mark.parametrize("window", [1, 16, 33])
def test_training_through_windows_has_the_gradients_of_the_whole(
    folder: Path, rng: np.random.Generator, window: int
) -> None:
    ids = random_ids(rng, [150, 0, 20], SIZES.vocab_size)
    d_hidden = [rng.standard_normal((len(doc), SIZES.width)).astype("f") / 170 for doc in ids]
    steps = []
    for cut in (WHOLE, {"window": window, "batch_pieces": 64}):
        network = network_from(folder, **cut)
        before = weights_of(network)
        _, finish = network.begin_update(ids)
        finish(d_hidden)
        network.model.finish_update(sgd())
        steps.append({name: before[name] - w for name, w in weights_of(network).items()})
    for name, expected in steps[0].items():
        size = np.abs(expected).max()
        assert size > 0
        np.testing.assert_allclose(steps[1][name], expected, rtol=0, atol=2e-4 * size)


def sgd(rate: float = 1.0) -> Optimizer:
    return Optimizer(rate, L2=0.0, grad_clip=0.0, beta1=0.0, beta2=0.0, use_averages=False)


def weights_of(network: Network) -> dict[str, np.ndarray]:
    return {name: t.to_float32().copy() for name, t in network.shim.tensors().items()}


def test_an_unknown_piece_is_named_by_number(network: Network) -> None:
    ids = np.asarray([1, SIZES.vocab_size], dtype=np.int64)
    with pytest.raises(ValueError, match=f"id {SIZES.vocab_size}, but there are"):
        network.read([ids], None)


# --- Layers --------------------------------------------------------------------------------------


def make_layer(build: Callable[[Model[Any, Any]], Model[Any, Any]], folder: Path) -> Any:
    layer = build(network_from(folder).model)
    head, fresh = layer.get_ref("head"), make_head()
    for name, size in (("nO", len(TAGS)), ("nI", SIZES.width)):
        head.set_dim(name, size)
    for name in ("W", "b"):
        head.set_param(name, fresh.get_param(name))
    layer.get_ref("backbone").attrs["network"].load()
    return layer


def train_a_little(layer: Any, ids: list[Ints1d]) -> None:
    scores, backprop = layer.begin_update(ids)
    backprop([s * 0.05 for s in scores] if isinstance(scores, list) else scores * 0.05)
    layer.finish_update(sgd(0.1))


@pytest.mark.parametrize("build", [build_tagger_v1, build_categorizer_v1])
@pytest.mark.parametrize("duplicate", [lambda layer: layer.copy(), copy.deepcopy])
def test_copies_of_a_layer_train_their_own_weights(
    folder: Path, rng: np.random.Generator, build: Any, duplicate: Any
) -> None:
    ids = random_ids(rng, [30, 4], SIZES.vocab_size)
    layer = make_layer(build, folder)
    train_a_little(layer, ids)
    before = np.vstack(layer.predict(ids))
    other = duplicate(layer)
    np.testing.assert_array_equal(np.vstack(other.predict(ids)), before)
    weights = weights_of(other.layers[0].attrs["network"])
    train_a_little(other, ids)
    after = weights_of(other.layers[0].attrs["network"])
    assert all((after[name] != weights[name]).any() for name in weights)
    assert np.abs(np.vstack(other.predict(ids)) - before).max() > 1e-3
    np.testing.assert_array_equal(np.vstack(layer.predict(ids)), before)


@pytest.mark.parametrize("build", [build_tagger_v1, build_categorizer_v1])
def test_training_and_reading_see_the_same(
    folder: Path, rng: np.random.Generator, build: Any
) -> None:
    ids = random_ids(rng, [30, 1, 80], SIZES.vocab_size)
    layer = make_layer(build, folder)
    scores, _ = layer.begin_update(ids)
    assert_near(np.vstack(layer.predict(ids)), np.vstack(scores), ROUNDINGS)


def test_a_head_needs_a_backbone_of_ours() -> None:
    with pytest.raises(ValueError, match=r"needs a backbone.*Backbone\.v1.*'linear'"):
        build_tagger_v1(Linear())


@pytest.mark.parametrize("name", ["router_balance", "embedding_rate"])
def test_rates_below_zero_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 0, but is -1"):
        build_backbone_v1(**{name: -1.0})


# --- Loading -------------------------------------------------------------------------------------

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
    monkeypatch.setattr(module, "read_checkpoint", lambda f: reads.append(f) or real(f))
    network.load()
    network.load()
    assert network.config == SIZES
    assert reads == [folder]


def test_sizes_without_weights_say_what_to_do() -> None:
    network = build_backbone_v1(network={"width": 8}).attrs["network"]
    with pytest.raises(ValueError, match=r"no weights yet.*nlp\.initialize"):
        network.load()


@pytest.fixture
def damaged(folder: Path, tmp_path: Path) -> Path:
    """A copy of the checkpoint, to be damaged."""
    return Path(shutil.copytree(folder, tmp_path / "damaged"))


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
        patch.setattr("spacy_privacy_filter.pipeline.base.encode", small_pieces)
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


# --- Sources -------------------------------------------------------------------------------------


def test_a_file_is_no_source(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"is a file\. Give the folder"):
        network_from(folder / "network.json").load()


@pytest.mark.parametrize("source", ["nowhere", "a/b/c", "./nothing here", "https://example.org/a"])
def test_an_unknown_source(source: str) -> None:
    network: Network = build_backbone_v1().attrs["network"]
    network.configure(source=source)
    with pytest.raises(FileNotFoundError, match="no folder here, and not the id") as error:
        network.load()
    assert repr(source) in str(error.value)


def test_a_hub_id_without_the_hub(tmp_path: Path) -> None:
    code = """
        from spacy_privacy_filter.networks.network import Network
        network = Network()
        network.configure(source="nobody/no-such-filter")
        try:
            network.load()
        except FileNotFoundError as error:
            assert "nobody/no-such-filter" in str(error), error
            assert "give its path" in str(error), error
        else:
            raise SystemExit("no error")
    """
    env = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    subprocess.run(command, check=True, env=env, timeout=PATIENCE)


@pytest.mark.parametrize("backend", ["auto", "torch", "mlx"])
def test_no_backend_installed(folder: Path, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends_module, "has", lambda name: False)
    monkeypatch.setattr(backends_module, "is_apple_silicon", lambda: False)
    extra = "torch" if backend == "auto" else backend
    with pytest.raises(ImportError, match=rf"{extra}.*spacy-privacy-filter\[{extra}\]"):
        network_from(folder, backend=backend).load()


@pytest.mark.parametrize(
    ("apple", "there", "chosen", "why"),
    [
        (True, {"mlx", "torch"}, "mlx", "Apple silicon"),
        (True, {"torch"}, "torch", "MLX is not"),
        (True, set(), "mlx", "no backend is installed"),
        (False, {"mlx", "torch"}, "torch", "not Apple silicon"),
        (False, {"mlx"}, "mlx", "PyTorch is not"),
        (False, set(), "torch", "no backend is installed"),
    ],
)
def test_auto_takes_what_suits_the_machine(
    apple: bool, there: set[str], chosen: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends_module, "has", lambda name: name in there)
    monkeypatch.setattr(backends_module, "is_apple_silicon", lambda: apple)
    assert backends_module.choose_backend()[0] == chosen
    assert why in backends_module.choose_backend()[1]
    if there:
        assert backends_module.pick_backend("auto") == chosen


def test_a_checkpoint_with_another_vocabulary_is_refused(damaged: Path) -> None:
    vocabulary = {"a": 0, "b": 1, "ab": 2}
    (damaged / "tokenizer.json").write_text(
        json.dumps({"model": {"type": "BPE", "vocab": vocabulary, "merges": [["a", "b"]]}})
    )
    network = network_from(damaged)
    with pytest.raises(ValueError, match=r"tokenizer\.json.*o200k_base"):
        network.load()
    assert not network.is_loaded


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"backend": "abacus"}, "Unknown backend 'abacus'.*torch"),
        ({"dtype": "float8"}, "Unknown dtype 'float8'.*bfloat16"),
        ({"window": 0}, "window must be a whole number of at least 1, but is 0"),
        ({"window": 1.5}, "window must be a whole number of at least 1, but is 1.5"),
        ({"batch_pieces": True}, "batch_pieces must be.*but is True"),
    ],
)
def test_bad_settings_say_what_is_allowed(setting: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Settings(**setting)
    with pytest.raises(ValueError, match=message):
        Network().configure(**setting)


def test_weights_that_rotted_on_disk_are_refused(damaged: Path) -> None:
    path = damaged / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"are damaged: their SHA-256"):
        network_from(damaged).load()
