"""The mixture of experts as ONNX operators: one of com.microsoft, or a loop over the experts.

Axes: n pieces, e experts, k of them for each piece, m rows of one expert.
"""

from __future__ import annotations

from typing import Any, Final

from onnx import ValueInfoProto, helper

from ....checkpoints.sizes import NetworkConfig
from .graph import MICROSOFT, Graph, describe
from .matrices import Matrices
from .packed import Packed, expand

UP: Final = "mlp.swiglu"
DOWN: Final = "mlp.out"


def mix(matrices: Matrices, config: NetworkConfig, stem: str, x: str) -> str:
    """Update the stream by experts. (n, width) -> (n, width).

    stem (str): Start of the layer's names: "block.0.".
    """
    logits = matrices.linear(x, f"{stem}mlp.gate", exact=True)  # (n, e)
    if matrices.standard:
        return _Loop(matrices, config, stem).run(x, logits)
    parts, packed = [x, logits], None
    for name in (UP, DOWN):
        weight = matrices.experts(f"{stem}{name}.weight", config)
        if isinstance(weight, Packed) and not weight.biases:
            parts, packed = [*parts, weight.codes, weight.scales], weight
        else:
            parts.append(_expanded(matrices.graph, weight))
        parts.append(matrices.expert_bias(f"{stem}{name}.bias"))
    settings = _attributes(config)
    if packed is not None:
        block = matrices.expert_block(config)
        settings |= {"expert_weight_bits": packed.bits} | ({"block_size": block} if block else {})
    kind = "MoE" if packed is None else "QMoE"
    return matrices.graph.op(kind, *parts, domain=MICROSOFT, **settings)


def _expanded(graph: Graph, weight: str | Packed) -> str:
    return expand(graph, weight) if isinstance(weight, Packed) else weight


def _attributes(config: NetworkConfig) -> dict[str, Any]:
    """Say what the operator computes. Below onnxruntime 1.28 it refuses attributes added since."""
    return {
        "k": config.experts_per_piece,
        "activation_type": "swiglu",
        "activation_alpha": config.swiglu_alpha,
        "activation_beta": 1.0,
        "swiglu_fusion": 1,  # gate and linear part alternate
        "swiglu_limit": config.swiglu_limit,
        "normalize_routing_weights": 1,
    }


class _Loop:
    """A loop over the experts, each of which answers the rows that chose it."""

    def __init__(self, matrices: Matrices, config: NetworkConfig, stem: str) -> None:
        self.matrices, self.config, self.stem = matrices, config, stem

    def run(self, x: str, logits: str) -> str:
        """Answer all rows. x, logits (str): Shapes: (n, width), (n, e)."""
        g, c = self.matrices.graph, self.config
        best, chosen = g.ops(2, "TopK", logits, g.ints(c.experts_per_piece), axis=-1)
        shares = g.op("Softmax", best, axis=-1)  # (n, k)
        weights = [self.matrices.experts(f"{self.stem}{name}.weight", c) for name in (UP, DOWN)]
        biases = [self.matrices.expert_bias(f"{self.stem}{name}.bias") for name in (UP, DOWN)]
        zeros = g.op("Mul", x, g.constant(0.0))  # (n, width)
        body = Graph(g)
        names = [body.new_name(stem) for stem in ("expert", "go", "sum", "go", "sum")]
        expert, go, total, go_on, added = names
        share = self._share(body, expert, chosen, shares)
        rows = body.op("Squeeze", body.op("NonZero", share), body.ints(0))  # (m,)
        answers = self._answer(body, expert, body.op("Gather", x, rows), weights, biases)
        own = body.op("Unsqueeze", body.op("Gather", share, rows), body.ints(1))
        places = body.op("Unsqueeze", rows, body.ints(1))
        body.op(
            "ScatterND", total, places, body.op("Mul", answers, own), out=added, reduction="add"
        )
        body.op("Identity", go, out=go_on)
        inputs = [
            describe(expert, "int64", ()),
            _flag(go),
            describe(total, "float32", ("n", c.width)),
        ]
        outputs = [_flag(go_on), describe(added, "float32", ("n", c.width))]
        loop = helper.make_graph(body.nodes, g.new_name("experts"), inputs, outputs)
        count = g.constant(c.n_experts, "int64")
        return g.op("Loop", count, g.constant(True, "bool"), zeros, body=loop)

    def _share(self, body: Graph, expert: str, chosen: str, shares: str) -> str:
        """How much of each piece's answer an expert gives; 0 for most pieces. Shape: (n,)."""
        hit = body.op("Equal", chosen, expert)
        own = body.op("Where", hit, shares, body.constant(0.0))
        return body.op("ReduceSum", own, body.ints(1), keepdims=0)

    def _answer(
        self, body: Graph, expert: str, x: str, weights: list[str | Packed], biases: list[str]
    ) -> str:
        """Map the rows of one expert. (m, width) -> (m, width)."""
        c = self.config
        up, down = (self._matrix(body, expert, weight) for weight in weights)
        bias_up, bias_down = (body.op("Gather", bias, expert, axis=0) for bias in biases)
        hidden = body.op("Gemm", x, up, bias_up, transB=1)  # (m, 2 x size)
        pairs = body.op("Reshape", hidden, body.ints(-1, c.expert_width, 2))
        gate, linear = (
            body.op("Gather", pairs, body.constant(i, "int64"), axis=2) for i in (0, 1)
        )  # (m, size) each
        limit, least = body.constant(c.swiglu_limit), body.constant(-c.swiglu_limit)
        gate = body.op("Min", gate, limit)
        linear = body.op("Add", body.op("Clip", linear, least, limit), body.constant(1.0))
        slope = body.op("Sigmoid", body.op("Mul", gate, body.constant(c.swiglu_alpha)))
        hidden = body.op("Mul", body.op("Mul", gate, slope), linear)
        return body.op("Gemm", hidden, down, bias_down, transB=1)

    def _matrix(self, body: Graph, expert: str, weight: str | Packed) -> str:
        """One expert's matrix, expanded if it is stored in whole numbers. (out, in)."""
        if not isinstance(weight, Packed):
            return body.op("Gather", weight, expert, axis=0)
        codes, scales, biases = (
            body.op("Gather", part, expert, axis=0) if part else "" for part in weight[:3]
        )
        if not biases and not self.matrices.expert_block(self.config):
            scales = body.op("Unsqueeze", scales, body.ints(1))  # one for the whole row
        return expand(body, weight._replace(codes=codes, scales=scales, biases=biases))


def _flag(name: str) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, 9, [])  # a truth value
