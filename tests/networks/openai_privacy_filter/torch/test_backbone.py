"""The network in PyTorch: experts run one by one or grouped, which asks the host nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from spacy_privacy_filter.compat import has

from ...helpers import SIZES

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.openai_privacy_filter.torch import backbone as torch_backbone
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import (
    GROUPED_MM,
    TorchBackbone,
)

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import groups_products

from .helpers import make


class Watch(TorchDispatchMode):
    """Notes which operators read the host's memory, while a network runs elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.n_calls = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.n_calls += 1
        found = func(*args, **(kwargs or {}))
        tensors = (x for x in tree_leaves((args, kwargs, found)) if isinstance(x, torch.Tensor))
        if any(tensor.device.type == "cpu" for tensor in tensors):
            self.sent.append(str(func))
        return found


class WatchLists(TorchFunctionMode):
    """The same for tensors made from lists, which are sent below what `Watch` sees."""

    def __init__(self, sent: list[str]) -> None:
        super().__init__()
        self.sent = sent

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        chosen = args[1:2] if func in (torch.Tensor.__getitem__, torch.Tensor.__setitem__) else ()
        parts = chosen[0] if chosen and isinstance(chosen[0], tuple) else chosen
        if func in MADE_OF_LISTS or any(isinstance(part, list) for part in parts):
            self.sent.append(str(func))
        return func(*args, **(kwargs or {}))


MADE_OF_LISTS = (torch.tensor, torch.as_tensor, torch.asarray, torch.Tensor.new_tensor)


def watch() -> Watch:
    """Run a network on a device that has shapes and no values: whoever asks gets an error."""
    with torch.device("meta"):
        network = TorchBackbone(SIZES).eval().bfloat16()
        for block in network.layers():
            block.mlp.gate.float()
        rows = torch.zeros(3, 96, dtype=torch.int64)
    with torch.inference_mode():
        network(*rows.unbind())  # sends what is sent once, as the passes before a capture
        with Watch() as seen, WatchLists(seen.sent):
            network(*rows.unbind())
    return seen


@pytest.mark.skipif(GROUPED_MM is None, reason="this torch has no grouped products")
def test_grouped_passes_neither_ask_the_host_nor_copy_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch_backbone, "groups_products", lambda rows: True)
    seen = watch()
    assert seen.n_calls > 100
    assert seen.sent == []


def test_experts_one_by_one_ask_the_host() -> None:
    with pytest.raises((RuntimeError, NotImplementedError)):
        watch()


ASKING = {
    "item": lambda x: x[0].item(),
    "tolist": lambda x: x.tolist(),
    "if": lambda x: bool(x[0] > 0),
    "nonzero": lambda x: x.nonzero(),
    "where": lambda x: torch.where(x > 0),
    "mask": lambda x: x[x > 0],
    "masked_select": lambda x: x.masked_select(x > 0),
    "bincount": lambda x: x.bincount(),
    "unique": lambda x: x.unique(),
    "repeats": lambda x: x.repeat_interleave(x),
}


@pytest.mark.parametrize("name", ASKING)
def test_whoever_asks_would_be_noticed(name: str) -> None:
    with pytest.raises((RuntimeError, NotImplementedError)):
        ASKING[name](torch.empty(4, dtype=torch.int64, device="meta"))


def test_whoever_copies_from_the_host_would_be_noticed() -> None:
    x = torch.empty(4, dtype=torch.int64, device="meta")
    for send in (
        lambda: torch.zeros(4).to("meta"),
        lambda: torch.tensor([1, 2], device="meta"),
        lambda: x[torch.zeros(2, dtype=torch.int64)],
        lambda: x.new_tensor([3]),
        lambda: x[[0, 1]],
        lambda: x[None, [0, 1]],
    ):
        with Watch() as seen, WatchLists(seen.sent):
            send()
        assert seen.sent


@pytest.mark.parametrize(
    ("device", "dtype", "capability", "expected"),
    [
        ("cuda", torch.bfloat16, (9, 0), True),
        ("cuda", torch.bfloat16, (10, 0), True),
        ("cuda", torch.bfloat16, (8, 0), False),
        ("cuda", torch.bfloat16, (12, 0), False),
        ("cuda", torch.float32, (9, 0), False),
        ("cpu", torch.bfloat16, (9, 0), False),
    ],
)
def test_products_are_grouped_only_where_the_device_has_a_kernel_for_them(
    device: str,
    dtype: torch.dtype,
    capability: tuple[int, int],
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone.GROUPED_MM", object()
    )
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    rows = SimpleNamespace(device=torch.device(device), dtype=dtype)
    monkeypatch.setattr("sys.platform", "linux")
    assert groups_products(rows) is expected
    monkeypatch.setattr("sys.platform", "win32")
    assert groups_products(rows) is False
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(torch.version, "hip", "6.4")
    assert groups_products(rows) is False


@pytest.mark.skipif(GROUPED_MM is None, reason="this torch has no grouped products")
def test_grouped_products_give_the_same_and_their_gradients() -> None:
    """The way of accelerators; bfloat16 on a CPU runs it too."""
    mlp = make("bfloat16").network.layers()[0].mlp
    generator = torch.Generator().manual_seed(0)
    counts = torch.tensor([5, 0, 17, 1, 0, 9])
    rows = torch.randn(32, SIZES.width, generator=generator).bfloat16()
    experts = torch.repeat_interleave(torch.arange(len(counts)), counts)
    expected, found = mlp._run_experts(rows, counts), mlp._run_grouped(rows, counts, experts)
    torch.testing.assert_close(found.float(), expected.float(), rtol=0.05, atol=0.05)
