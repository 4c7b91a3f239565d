"""Short passes on CUDA, captured once for each size and replayed: one launch in place of hundreds.

Sizes are few: a pass is filled up with pieces of a segment of their own, which no other piece sees.
Never run by us on such a device, so it is off unless asked for. What it follows: PyTorch's notes on
CUDA graphs (nothing in between may ask the host, change a shape, or copy from ordinary memory) and
NVIDIA's checklist for them. Only where experts are grouped products is our forward like that.
Not `torch.compile`, which needs a compiler, takes seconds for each size and gives other numbers;
nor `make_graphed_callables`, which exists for gradients.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np
import torch
from torch import Tensor

from ....types import PackedBatch
from .attention import BLOCK
from .backbone import TorchBackbone, groups_products
from .compile_once import switched_on
from .runtime import Runtime

SWITCH: Final = "SPACY_PRIVACY_FILTER_GRAPHS"  # "1", "true", "yes" or "on": capture short passes
MOST_PIECES: Final = 2048  # above, a device has more to do than a host to launch
WARM_UP: Final = 3  # passes before a capture, as in PyTorch's notes: libraries set themselves up
# One capture at a time in a process; and a replay reads what was written into its place before.
LOCK: Final = threading.RLock()

Run: TypeAlias = Callable[[], Tensor]


def why_not(weight: Tensor) -> str | None:
    """Say why passes are not captured, or None if they are.

    weight (Tensor): Of experts: its device and its type decide.
    """
    if not switched_on(SWITCH):
        return f"CUDA graphs are off (set {SWITCH}=1)"
    if weight.device.type != "cuda":
        return "CUDA graphs need a CUDA device"
    if not groups_products(weight):
        return (
            "CUDA graphs need dtype = 'bfloat16', compute capability 9 or 10, Linux and a torch "
            "with grouped products: elsewhere each layer asks the host"
        )
    # Replays share memory, so that they must follow one another; and casts would be captured.
    own = torch.cuda.current_stream(weight.device) != torch.cuda.default_stream(weight.device)
    if own or torch.is_autocast_enabled():
        return "CUDA graphs need the default stream, without autocast"
    return None


def describe_graphs() -> str:
    """Say for people whether passes would be captured here, in bfloat16."""
    device = "cuda" if switched_on(SWITCH) and torch.cuda.is_available() else "cpu"
    reason = why_not(torch.empty(0, dtype=torch.bfloat16, device=device))
    return reason or f"passes of up to {MOST_PIECES} pieces are replayed (CUDA graphs)"


def mention_graphs(runtime: Runtime, network: TorchBackbone) -> Runtime:
    """Add to what a runtime says of itself, where it is about CUDA."""
    if runtime.device.type != "cuda":
        return runtime
    short = f"passes of up to {MOST_PIECES} pieces are replayed"
    return replace(runtime, why=f"{runtime.why}; {why_not(_experts(network)) or short}")


def round_up(n: int) -> int:
    """Give the size of a pass of n pieces: whole blocks of attention, at most a quarter more."""
    step = max(BLOCK, 1 << max((n - 1).bit_length() - 3, 0))
    return -(-n // step) * step


def fill_up(batch: PackedBatch, size: int) -> Tensor:
    """Lay ids, positions and segments in rows of a fixed size, the rest a segment of its own.

    Its pieces are all the same, so that the router sends them to few experts.

    RETURNS (Tensor): On the CPU. Shape: (3, size), int64.
    """
    rows = np.zeros((3, size), dtype=np.int64)
    rows[:, : len(batch)] = batch.ids, batch.positions, batch.segments
    rows[2, len(batch) :] = batch.segments[-1] + 1
    return torch.from_numpy(rows)


class Capture:
    """Captures passes on one device, in one pool of memory: their answers are copied at once.

    SOURCE: torch 2.13, `torch.cuda.graph`; ATen/cuda/CUDAGraph.cpp (00cbb1f8); pytorch#166975.
    """

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self.stream = torch.cuda.Stream(device)
        self.pool = torch.cuda.graph_pool_handle()
        # A graph whose capture failed must live on: the allocator goes on asking it.
        self.last: torch.cuda.CUDAGraph | None = None

    def __call__(self, run: Run) -> Run:
        """Capture a pass. RETURNS (Run): Replays it on the current stream."""
        usual = torch.cuda.current_stream(self.device)
        self.last = graph = torch.cuda.CUDAGraph()
        # Another stream than the captured one, whose workspaces must come from the pool. It is the
        # outer one for errors, too: when a capture fails, `graph` does not give its own back.
        beside = torch.cuda.Stream(self.device)
        with torch.cuda.device(self.device), torch.cuda.stream(beside):
            beside.wait_stream(usual)
            for _ in range(WARM_UP):
                run()
            # Waits for all of this before; other threads may go on allocating.
            with torch.cuda.graph(graph, self.pool, self.stream, "thread_local"):
                out = run()
        usual.wait_stream(beside)

        def replay() -> Tensor:
            graph.replay()
            return out

        return replay


class Passes:
    """The captured passes of a network, dropped when its weights change or move.

    make_capture (Callable): Takes a device; gives what captures on it, as `Capture` does.
    """

    def __init__(self, make_capture: Callable[[torch.device], Any] = Capture) -> None:
        self.make_capture = make_capture
        self.capture: Any = None
        self.has_failed = False
        self.weights: tuple[tuple[int, int], ...] = ()
        self.sizes: dict[int, tuple[Tensor, Run]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies start afresh: a capture is bound to the weights of one network."""
        return Passes, (self.make_capture,)

    def drop(self) -> None:
        """Let go of all captured passes and their memory."""
        if self.sizes:
            with LOCK:
                self.sizes.clear()
                self.capture = None

    def run(self, network: TorchBackbone, batch: PackedBatch) -> Tensor | None:
        """Replay the pass of this batch, capturing it first where its size is new.

        Call in inference mode. RETURNS (Tensor | None): Hidden states, (n, width); None where
        passes are not captured: then run the network.
        """
        if self.has_failed or not 0 < len(batch) <= MOST_PIECES:
            return None
        if why_not(_experts(network)) is not None:
            return None
        with LOCK:
            # By address: a replay reads weights where they lay, whatever is there now.
            parts = (weight for part in network.parts for weight in part._parameters.values())
            weights = tuple((w.data_ptr(), w._version) for w in parts if w is not None)
            if weights != self.weights:
                self.drop()
                self.weights = weights
            size = round_up(len(batch))
            if size not in self.sizes and (self.has_failed or not self._take(network, size)):
                return None
            rows, replay = self.sizes[size]
            rows.copy_(fill_up(batch, size))
            return replay()[: len(batch)].clone()

    def _take(self, network: TorchBackbone, size: int) -> bool:
        """Capture the pass of a size; false, for good, if it cannot be."""
        device = _experts(network).device
        rows = torch.zeros(3, size, dtype=torch.int64, device=device)
        try:
            self.capture = self.capture or self.make_capture(device)
            self.sizes[size] = rows, self.capture(partial(_hidden, network, rows))
        except RuntimeError as error:
            self.has_failed = True
            self.sizes.clear()
            said = str(error).partition("\n")[0][:200]
            warnings.warn(
                f"A pass of {size} pieces could not be captured ({type(error).__name__}: {said}). "
                "Passes run one kernel after the other from now on, with the same results. Unset "
                f"{SWITCH}, and start anew before training: torch may not have recovered.",
                stacklevel=2,
            )
        return not self.has_failed


def _experts(network: TorchBackbone) -> Tensor:
    return network.layers()[0].mlp.swiglu.weight


def _hidden(network: TorchBackbone, rows: Tensor) -> Tensor:
    hidden: Tensor = network(*rows.unbind())[0]
    return hidden
