"""Sizes and weights of a network -> an ONNX graph: packed pieces, or padded rows, to hidden states.

Built by hand: `torch.onnx.export` knows neither the rotation by complex numbers nor experts that
are chosen by the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from onnx import ValueInfoProto

from ....checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD, NetworkConfig
from ....checkpoints.tensors.safetensors import StoredTensor
from .attention import attend, make_band
from .experts import mix
from .graph import TYPES, Graph, describe
from .matrices import NUMBERS, Matrices
from .session import OUTPUTS
from .session import PACKED as PACKED_INPUTS
from .session import PADDED as PADDED_INPUTS

# Names of the two signatures.
PACKED: Final = "packed"
PADDED: Final = "padded"
SIGNATURES: Final = (PADDED, PACKED)
# Inputs and outputs of each; those of padded rows are everybody's.
INPUTS: Final = {PACKED: PACKED_INPUTS, PADDED: PADDED_INPUTS}
HIDDEN: Final = {name: OUTPUTS[inputs] for name, inputs in INPUTS.items()}
LOGITS: Final = "logits"
CATEGORY_LOGITS: Final = "category_logits"
# Segments of one padded row differ in what the mask holds, those of others by more.
ROW: Final = 1 << 32


class Design(NamedTuple):
    """How a graph is to be made.

    dtype (str): A key of `NUMBERS`.
    signature (str): `PACKED`: windows laid end to end. `PADDED`: a document a row.
    standard (bool): Use no operator of com.microsoft: runs everywhere, and is slower.
    heads (bool): Also give the logits of the heads that there are.
    """

    dtype: str = "float32"
    signature: str = PACKED
    standard: bool = False
    heads: bool = False


OURS: Final = Design()


class Built(NamedTuple):
    """A graph with what it takes and gives."""

    graph: Graph
    inputs: list[ValueInfoProto]
    outputs: list[ValueInfoProto]


def build(
    config: NetworkConfig, tensors: Mapping[str, StoredTensor], design: Design = OURS
) -> Built:
    """Write a network as a graph.

    config (NetworkConfig): Sizes.
    tensors (Mapping[str, StoredTensor]): Weights by our names; those of heads may be among them.
    design (Design): How.
    RETURNS (Built): `PACKED`: ids, positions and segments, int64, shape (n,), to hidden (n, width),
        logits (n, n_tags) and category_logits (n_segments, n_categories). `PADDED`: input_ids and
        attention_mask, int64, shape (batch, sequence), to logits (batch, sequence, n_tags),
        hidden_states and category_logits (batch, n_categories).
    """
    graph = Graph()
    matrices = Matrices(graph, tensors, NUMBERS[design.dtype], standard=design.standard)
    ends = _Padded(graph) if design.signature == PADDED else _Packed(graph)
    hidden = _run(matrices, config, *ends.rows())
    outputs = [ends.give(hidden, HIDDEN[design.signature], config.width)]
    if design.heads and f"{TAG_HEAD}.weight" in tensors:
        logits = matrices.linear(hidden, TAG_HEAD, exact=True)
        n_tags = tensors[f"{TAG_HEAD}.bias"].shape[0]
        outputs.insert(0, ends.give(logits, LOGITS, n_tags))  # first, where others look for it
    if design.heads and f"{CATEGORY_HEAD}.weight" in tensors:
        logits = matrices.linear(ends.pool(hidden, config.width), CATEGORY_HEAD, exact=True)
        graph.op("Identity", logits, out=CATEGORY_LOGITS)
        n_categories = tensors[f"{CATEGORY_HEAD}.bias"].shape[0]
        outputs.append(describe(CATEGORY_LOGITS, "float32", (ends.batch, n_categories)))
    return Built(graph, ends.inputs(), outputs)


def _run(matrices: Matrices, config: NetworkConfig, ids: str, positions: str, segments: str) -> str:
    """Run the network over packed pieces. (n,) each -> hidden states after the final norm."""
    graph = matrices.graph
    x = matrices.embed(ids)  # (n, width): the residual stream stays in float32
    band = make_band(graph, config, ids, positions, segments)
    for i in range(config.n_layers):
        stem = f"block.{i}."
        qkv = matrices.linear(
            _norm(matrices, config, x, f"{stem}attn.norm.scale"), f"{stem}attn.qkv"
        )
        mixed = attend(graph, config, band, qkv, matrices.plain(f"{stem}attn.sinks"))
        x = graph.op("Add", x, matrices.linear(mixed, f"{stem}attn.out"))
        normed = _norm(matrices, config, x, f"{stem}mlp.norm.scale")
        x = graph.op("Add", x, mix(matrices, config, stem, normed))
    return _norm(matrices, config, x, "norm.scale")


def _norm(matrices: Matrices, config: NetworkConfig, x: str, scale: str) -> str:
    """Norm each row. SOURCE: Zhang & Sennrich 2019, arXiv:1910.07467."""
    g = matrices.graph
    square = g.op("Pow", x, g.constant(2.0))
    mean = g.op("ReduceMean", square, g.ints(-1), keepdims=1)
    root = g.op("Sqrt", g.op("Add", mean, g.constant(config.rms_norm_eps)))
    return g.op("Mul", g.op("Div", x, root), matrices.plain(scale))


class _Packed:
    """Windows laid end to end: our own batches."""

    batch = "n_segments"

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def inputs(self) -> list[ValueInfoProto]:
        return [describe(name, "int64", ("n",)) for name in INPUTS[PACKED]]

    def rows(self) -> tuple[str, str, str]:
        """Pieces, positions and segments. Shape: (n,) each."""
        ids, positions, segments = INPUTS[PACKED]
        return ids, positions, segments

    def give(self, rows: str, name: str, width: int) -> ValueInfoProto:
        """Name an output, and describe it."""
        self.graph.op("Identity", rows, out=name)
        return describe(name, "float32", ("n", width))

    def pool(self, hidden: str, width: int) -> str:
        """Mean of each segment: (n, width) -> (n_segments, width)."""
        segments = INPUTS[PACKED][2]
        last = self.graph.op("ReduceMax", segments, keepdims=1)
        n_segments = self.graph.op("Add", last, self.graph.ints(1))
        return _mean(self.graph, hidden, segments, n_segments, width)


class _Padded:
    """One document a row, as tokenizers of others give them; what is padding is left out.

    Pieces with the same number in `attention_mask` belong together, and 0 is padding: so a row may
    hold several windows, which is how our own batches run in such a graph.
    """

    batch = "batch"

    def __init__(self, graph: Graph) -> None:
        self.graph = g = graph
        ids, mask = INPUTS[PADDED]
        self.shape = g.op("Shape", ids)  # (2,)
        flat = g.op("Reshape", mask, g.ints(-1))
        self.keep = g.op("Squeeze", g.op("NonZero", flat), g.ints(0))  # (n,)
        length = g.op("Gather", self.shape, g.ints(1))
        self.row = g.op("Div", self.keep, length)
        self.column = g.op("Sub", self.keep, g.op("Mul", self.row, length))
        self.ids = g.op("Gather", g.op("Reshape", ids, g.ints(-1)), self.keep)
        mark = g.op("Gather", flat, self.keep)
        self.segments = g.op("Add", g.op("Mul", self.row, g.constant(ROW, "int64")), mark)

    def inputs(self) -> list[ValueInfoProto]:
        return [describe(name, "int64", ("batch", "sequence")) for name in INPUTS[PADDED]]

    def rows(self) -> tuple[str, str, str]:
        """Pieces, positions and segments. Shape: (n,) each."""
        return self.ids, self.column, self.segments

    def give(self, rows: str, name: str, width: int) -> ValueInfoProto:
        """Put rows where their pieces were, zeros between them, and describe the output."""
        g = self.graph
        shape = g.op("Concat", self.shape, g.ints(width), axis=0)
        flat = g.op("Concat", g.op("ReduceProd", self.shape, keepdims=1), g.ints(width), axis=0)
        zeros = g.op("Expand", g.constant(0.0), flat)
        places = g.op("Unsqueeze", self.keep, g.ints(1))
        g.op("Reshape", g.op("ScatterND", zeros, places, rows), shape, out=name)
        return describe(name, "float32", ("batch", "sequence", width))

    def pool(self, hidden: str, width: int) -> str:
        """Mean of each row: (n, width) -> (batch, width)."""
        n_rows = self.graph.op("Gather", self.shape, self.graph.ints(0))
        return _mean(self.graph, hidden, self.row, n_rows, width)


def _mean(g: Graph, rows: str, groups: str, n_groups: str, width: int) -> str:
    """Mean of the rows of each group; zeros without any. (n, width) -> (n_groups, width).

    groups (str): Of each row. Shape: (n,). n_groups (str): Shape: (1,).
    """
    places = g.op("Unsqueeze", groups, g.ints(1))
    sums = g.op("Expand", g.constant(0.0), g.op("Concat", n_groups, g.ints(width), axis=0))
    sums = g.op("ScatterND", sums, places, rows, reduction="add")
    one = g.op("Cast", g.op("GreaterOrEqual", groups, g.constant(0, "int64")), to=TYPES["float32"])
    counts = g.op("Expand", g.constant(0.0), n_groups)
    counts = g.op("Max", g.op("ScatterND", counts, places, one, reduction="add"), g.constant(1.0))
    return g.op("Div", sums, g.op("Unsqueeze", counts, g.ints(1)))
