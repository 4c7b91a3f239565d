"""Passes that are captured on CUDA: filled up without effect, kept and dropped, no host asked.

No CUDA here: a capture is played by a copy of the network, which is as stale as a captured one.
"""

from __future__ import annotations

import copy
import inspect
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.types import PackedBatch

from ....helpers import BFLOAT16, assert_near
from ...helpers import SIZES, pack_whole, random_ids, random_tensors, smaller

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch import backbone as torch_backbone
from spacy_privacy_filter.networks.openai_privacy_filter.torch import cuda_graphs as torch_graphs
from spacy_privacy_filter.networks.openai_privacy_filter.torch.attention import BLOCK, Band
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import (
    GROUPED_MM,
    TorchBackbone,
)
from spacy_privacy_filter.networks.openai_privacy_filter.torch.cuda_graphs import (
    MOST_PIECES,
    Capture,
    Passes,
    fill_up,
    round_up,
)
from spacy_privacy_filter.networks.openai_privacy_filter.torch.shim import (
    TorchShim,
    make_torch_shim,
)

# As `ROUNDINGS`, but here only products of matrices run in another order: fewer than a third.
EXACT = 16
LENGTHS = st.lists(st.integers(1, 90), min_size=1, max_size=6)
# More layers than one, and a band that reaches over several documents and over blocks.
WIDE_BAND = smaller(SIZES, window=40)


class Copied:
    """Captures a pass as CUDA would: weights as they are now, the same rows, the same answer."""

    def __init__(self, device: torch.device) -> None:
        self.sizes: list[int] = []

    def __call__(self, run: partial[torch.Tensor]) -> Any:
        network, rows = run.args
        self.sizes.append(rows.shape[1])
        out = torch.empty(rows.shape[1], SIZES.width)
        return partial(_write, out, partial(run.func, copy.deepcopy(network), rows))


def _write(out: torch.Tensor, run: Any) -> torch.Tensor:
    return out.copy_(run())


class Failing(Copied):
    """Captures one pass, and then no more."""

    def __call__(self, run: Any) -> Any:
        replay = super().__call__(run)
        if len(self.sizes) == 1:
            return replay
        raise RuntimeError("CUDA error: operation not permitted when stream is capturing\nmore")


class Made:
    """What was made to capture, in turn."""

    def __init__(self, kind: type[Copied] = Copied) -> None:
        self.kind = kind
        self.captures: list[Copied] = []

    def __call__(self, device: torch.device) -> Copied:
        self.captures.append(self.kind(device))
        return self.captures[-1]

    def __deepcopy__(self, memo: Any) -> Made:
        return self

    @property
    def sizes(self) -> list[list[int]]:
        return [capture.sizes for capture in self.captures]


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_graphs, "why_not", lambda weight: None)


def make(made: Made | None = None, seed: int = 1) -> TorchShim:
    """A network with plain weights, as on a device, and what captures its passes."""
    shim = make_torch_shim(SIZES, random_tensors(SIZES, seed), device="cpu", dtype="float32")
    shim.runtime = replace(shim.runtime, layout=None)
    if made is not None:
        shim._passes = Passes(made)
    return shim


def batch_of(*lengths: int, seed: int = 0) -> PackedBatch:
    return pack_whole(random_ids(np.random.default_rng(seed), lengths, SIZES.vocab_size))


def hidden_of(network: TorchBackbone, rows: Any) -> torch.Tensor:
    with torch.inference_mode():
        return network.eval()(*rows)[0]


@given(n=st.integers(1, 1 << 16))
def test_sizes_are_whole_blocks_with_little_to_spare(n: int) -> None:
    size = round_up(n)
    assert size >= n
    assert size % BLOCK == 0
    assert size - n < max(BLOCK, n / 4)
    assert round_up(size) == size


def test_there_are_few_sizes() -> None:
    sizes = [round_up(n) for n in range(1, MOST_PIECES + 1)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 20
    assert sizes[-1] == MOST_PIECES


@pytest.mark.parametrize("way", ["device", "cpu", "packed"])
@given(lengths=LENGTHS, seed=st.integers(0, 2**16), more=st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_filling_up_changes_no_piece(way: str, lengths: list[int], seed: int, more: int) -> None:
    config = WIDE_BAND if seed % 2 else SIZES
    batch = pack_whole(random_ids(np.random.default_rng(seed), lengths, SIZES.vocab_size))
    shim = make_torch_shim(config, random_tensors(config), device="cpu", dtype="float32")
    filled = fill_up(batch, round_up(len(batch)) + more * BLOCK)
    with pytest.MonkeyPatch.context() as patch:
        if way == "device":
            patch.setattr(torch_backbone, "make_band", lambda p, s, reach, dtype: Band(s, reach))
        elif way == "packed":
            shim._lay_out()
        expected = hidden_of(shim.network, shim._tensors_of(batch))
        found = hidden_of(shim.network, filled)[: len(batch)]
    # Products of another number of rows round in another order.
    assert_near(found, expected, EXACT)


def test_what_fills_up_would_be_seen_in_the_last_segment() -> None:
    shim, batch = make(), batch_of(20, 5)
    filled = fill_up(batch, 32)
    filled[2, len(batch) :] = filled[2, len(batch) - 1]
    found = hidden_of(shim.network, filled)[: len(batch)].numpy()
    assert np.abs(found - run_plain(shim, batch)).max() > 0.01


def test_a_full_size_is_filled_with_nothing() -> None:
    batch = batch_of(40, 24)
    filled = fill_up(batch, 64).numpy()
    for row, expected in zip(filled, (batch.ids, batch.positions, batch.segments), strict=True):
        np.testing.assert_array_equal(row, expected)


def test_a_pass_is_captured_once_for_each_size(anywhere: None) -> None:
    made, plain = Made(), make()
    shim = make(made)
    for i, lengths in enumerate([(20,), (7, 25), (33,), (1, 1, 1), (30, 34), (64,), (150, 20)]):
        batch = batch_of(*lengths, seed=i)
        found = shim.predict(batch)
        assert_near(found, run_plain(plain, batch), EXACT)
    assert made.sizes == [[32, 64, 192]]


def run_plain(shim: TorchShim, batch: PackedBatch) -> np.ndarray:
    return hidden_of(shim.network, shim._tensors_of(batch)).numpy()


def test_answers_are_copies(anywhere: None) -> None:
    shim = make(Made())
    first = shim.predict(batch_of(30, seed=1))
    before = first.copy()
    shim.predict(batch_of(30, seed=2))
    np.testing.assert_array_equal(first, before)


def other_values(shim: TorchShim) -> None:
    shim.load_tensors({"norm.scale": StoredTensor.from_float32(np.full(SIZES.width, 2, "f"))})


def a_step_of_torch(shim: TorchShim) -> None:
    with torch.no_grad():
        shim.network.get_parameter("block.1.mlp.out.weight").mul_(2)


def moved(shim: TorchShim) -> None:
    weight = shim.network.get_parameter("block.0.attn.qkv.weight")
    weight.data = weight.data * 1.5  # another place; its version stays


def other_bytes(shim: TorchShim) -> None:
    shim.from_bytes(make(seed=2).to_bytes())
    shim.runtime = replace(shim.runtime, layout=None)


@pytest.mark.parametrize("change", [other_values, a_step_of_torch, moved, other_bytes])
def test_passes_are_dropped_when_weights_change(change: Any, anywhere: None) -> None:
    made = Made()
    shim, batch = make(made), batch_of(20, 30)
    before = shim.predict(batch)
    shim.predict(batch_of(100))
    change(shim)
    found = shim.predict(batch)
    assert_near(found, run_plain(shim, batch), EXACT)
    assert np.abs(found - before).max() > 0.01
    assert made.sizes == [[64, 112 + 16], [64]]


def test_lent_weights_are_read_and_given_back(anywhere: None) -> None:
    made = Made()
    shim, batch = make(made), batch_of(20, 30)
    before = shim.predict(batch)
    with shim.use_params({(shim.id, "norm.scale"): np.full(SIZES.width, 3, "f")}):
        lent = shim.predict(batch)
        assert_near(lent, run_plain(shim, batch), EXACT)
    assert np.abs(lent - before).max() > 0.01
    np.testing.assert_array_equal(shim.predict(batch), before)
    assert made.sizes == [[64], [64], [64]]


def test_training_and_moving_let_go_of_memory(anywhere: None) -> None:
    shim, batch = make(Made()), batch_of(20)
    for act in (lambda: shim.begin_update(batch), lambda: shim.to_device("cpu", -1)):
        shim.predict(batch)
        assert shim._passes.sizes
        act()
        assert not shim._passes.sizes
        assert shim._passes.capture is None
        shim.runtime = replace(shim.runtime, layout=None)


def test_packing_moves_weights(anywhere: None) -> None:
    class Same(Copied):
        def __call__(self, run: Any) -> Any:
            self.sizes.append(run.args[1].shape[1])
            return run

    made, batch = Made(Same), batch_of(20)
    shim = make_torch_shim(SIZES, random_tensors(SIZES), device="cpu", dtype="float32")
    shim._passes = Passes(made)
    first = shim.predict(batch)
    shim.network.unpack()
    np.testing.assert_array_equal(shim.predict(batch), first)
    assert made.sizes == [[32], [32]]


def test_copies_capture_for_themselves(anywhere: None) -> None:
    made, batch = Made(), batch_of(20)
    shim = make(made)
    shim.predict(batch)
    other = shim.copy()
    a_step_of_torch(other)
    np.testing.assert_array_equal(other.predict(batch), make_stepped().predict(batch))
    np.testing.assert_array_equal(shim.predict(batch), make(Made()).predict(batch))
    assert made.sizes == [[32], [32]]


def make_stepped() -> TorchShim:
    shim = make(Made())
    a_step_of_torch(shim)
    return shim


def test_long_passes_are_left_as_they_are(anywhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_graphs, "MOST_PIECES", 64)
    made = Made()
    shim, batch = make(made), batch_of(40, 25)
    np.testing.assert_array_equal(shim.predict(batch), run_plain(shim, batch))
    assert made.sizes == []


def test_when_a_capture_fails_it_says_so_once_and_runs(anywhere: None) -> None:
    made, batch = Made(Failing), batch_of(20, 30)
    shim = make(made)
    shim.predict(batch_of(5))
    with pytest.warns(UserWarning, match=r"64 pieces .*not permitted.*\)\. .*GRAPHS") as caught:
        found = shim.predict(batch)
    assert len(caught) == 1
    assert "more" not in str(caught[0].message)
    np.testing.assert_array_equal(found, run_plain(shim, batch))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shim.predict(batch)
        shim.predict(batch_of(100))
        shim.predict(batch_of(5))
    assert made.sizes == [[32, 64]]
    shim._passes.drop()
    assert shim._passes.capture is made.captures[0], "torch goes on asking what has failed"


def test_threads_do_not_mix_their_pieces(anywhere: None) -> None:
    class Slow(Copied):
        def __call__(self, run: Any) -> Any:
            replay = super().__call__(run)
            return lambda: time.sleep(0.001) or replay()

    shim, plain = make(Made(Slow)), make()
    batches = [batch_of(64, seed=i) for i in range(4)]
    expected = [run_plain(plain, batch) for batch in batches]
    found: dict[int, list[np.ndarray]] = {}

    def run(i: int) -> None:
        found[i] = [shim.predict(batches[i]) for _ in range(20)]

    shim.predict(batches[0])
    threads = [threading.Thread(target=run, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i, answers in found.items():
        for answer in answers:
            assert_near(answer, expected[i], EXACT)
    assert [len(found[i]) for i in range(4)] == [20] * 4


def play_cuda(patch: pytest.MonkeyPatch, events: list[str]) -> None:
    """Put something that notes the order of calls in the place of torch's CUDA."""
    signature = inspect.signature(torch.cuda.graph)

    def stream(name: str) -> Any:
        return SimpleNamespace(wait_stream=lambda other: events.append(f"{name} waits"), name=name)

    @contextmanager
    def inside(name: str) -> Iterator[None]:
        events.append(f"in {name}")
        try:
            yield
        finally:
            events.append(f"out of {name}")

    def graph(*args: Any) -> Any:
        bound = signature.bind(*args).arguments
        assert (bound["pool"], bound["stream"].name) == ("pool", "stream 0")
        assert bound["capture_error_mode"] == "thread_local"
        return inside("capture")

    replayed = SimpleNamespace(replay=lambda: events.append("replay"))
    names = (f"stream {i}" for i in range(9))
    patch.setattr(torch.cuda, "Stream", lambda device: stream(next(names)))
    patch.setattr(torch.cuda, "current_stream", lambda device: stream("usual"))
    patch.setattr(torch.cuda, "graph_pool_handle", lambda: "pool")
    patch.setattr(torch.cuda, "CUDAGraph", lambda: replayed)
    patch.setattr(torch.cuda, "device", lambda device: inside(str(device)))
    patch.setattr(torch.cuda, "stream", lambda one: inside(one.name))
    patch.setattr(torch.cuda, "graph", graph)


def test_a_capture_warms_up_beside_and_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    play_cuda(monkeypatch, events)
    replay = Capture(torch.device("cuda:1"))(lambda: events.append("run") or torch.ones(1))
    before = ["in cuda:1", "in stream 1", "stream 1 waits", "run", "run", "run"]
    after = ["out of stream 1", "out of cuda:1", "usual waits"]
    assert events == [*before, "in capture", "run", "out of capture", *after]
    assert float(replay()) == 1
    assert events[-1] == "replay"
    assert events.count("run") == 4


def test_a_capture_that_fails_gives_the_stream_back(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    play_cuda(monkeypatch, events)

    def run() -> torch.Tensor:
        if "in capture" in events:
            raise RuntimeError("not permitted")
        return torch.ones(1)

    with pytest.raises(RuntimeError, match="not permitted"):
        Capture(torch.device("cuda:0"))(run)
    assert events[-2:] == ["out of stream 1", "out of cuda:0"]


def test_it_is_off_unless_asked_for_and_needs_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(torch_graphs.SWITCH, raising=False)
    made, batch = Made(), batch_of(20)
    shim = make(made)
    shim.predict(batch)
    assert torch_graphs.describe_graphs() == f"CUDA graphs are off (set {torch_graphs.SWITCH}=1)"
    monkeypatch.setenv(torch_graphs.SWITCH, "1")
    shim.predict(batch)
    assert made.sizes == []
    if not torch.cuda.is_available():
        assert torch_graphs.describe_graphs() == "CUDA graphs need a CUDA device"
    assert "CUDA" not in shim.runtime.why


def test_a_network_on_cuda_says_whether_its_passes_are_captured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(torch_graphs.SWITCH, raising=False)
    shim = make()
    runtime = replace(shim.runtime, device=torch.device("cuda"), why="plain weights on cuda")
    said = torch_graphs.mention_graphs(runtime, shim.network).why
    assert said == f"plain weights on cuda; CUDA graphs are off (set {torch_graphs.SWITCH}=1)"
    monkeypatch.setattr(torch_graphs, "why_not", lambda weight: None)
    said = torch_graphs.mention_graphs(runtime, shim.network).why
    assert said == "plain weights on cuda; passes of up to 2048 pieces are replayed"


@pytest.mark.parametrize(
    ("grouped", "stream", "autocast", "expected"),
    [
        (False, "default", False, "need dtype = 'bfloat16'"),
        (True, "other", False, "need the default stream"),
        (True, "default", True, "without autocast"),
        (True, "default", False, None),
    ],
)
def test_passes_are_captured_only_where_nothing_asks_the_host(
    grouped: bool,
    stream: str,
    autocast: bool,
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(torch_graphs.SWITCH, "yes")
    monkeypatch.setattr(torch_graphs, "groups_products", lambda weight: grouped)
    monkeypatch.setattr(torch.cuda, "current_stream", lambda device: stream)
    monkeypatch.setattr(torch.cuda, "default_stream", lambda device: "default")
    monkeypatch.setattr(torch, "is_autocast_enabled", lambda: autocast)
    weight: Any = SimpleNamespace(device=torch.device("cuda"))
    found = torch_graphs.why_not(weight)
    assert (found is None) if expected is None else (expected in str(found))


@pytest.mark.skipif(GROUPED_MM is None, reason="this torch has no grouped products")
def test_grouped_passes_filled_up_stay_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of what would be captured, in bfloat16 on a CPU."""
    shim = make_torch_shim(SIZES, random_tensors(SIZES), device="cpu", dtype="bfloat16")
    monkeypatch.setattr(torch_backbone, "groups_products", lambda rows: True)
    monkeypatch.setattr(torch_backbone, "make_band", lambda p, s, reach, dtype: Band(s, reach))
    batch = batch_of(50, 31, 3)
    expected = run_plain(shim, batch)
    found = hidden_of(shim.network, fill_up(batch, 96))[: len(batch)].numpy()
    # Between the products all is float32; what they are given is rounded to bfloat16, mostly alike.
    assert_near(found, expected, 2, unit=BFLOAT16)
