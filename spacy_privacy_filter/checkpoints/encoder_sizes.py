"""Sizes of a network of others that reads a text whole: BERT and what came after it.

Its arithmetic is that of its configuration in transformers, or of its graph in ONNX.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

# Families: weights that transformers computes with, and graphs that onnxruntime runs.
ENCODER: Final = "encoder"
GRAPH: Final = "encoder_graph"
MOST_LAYERS: Final = 1024
# Beside the weights of a network of these families: its tokenizer, and its graph.
TOKENIZER: Final = "tokenizer.json"
GRAPH_FILE: Final = "graph"
BESIDE_GRAPH: Final = "graph/"  # and the name of a file with weights of the graph


@dataclass(frozen=True)
class EncoderSizes:
    """Sizes of an encoder, and what stands around a text for it.

    family (str): "encoder" or "encoder_graph".
    model_type (str): As transformers names it.
    width (int): Size of a hidden state; of a graph, the number of its outputs: its head is within.
    n_layers (int): Layers that can be trained on their own; 0 of a graph.
    vocab_size (int): How many pieces there are.
    max_pieces (int): Most pieces of a text that are read in one go.
    prefix, suffix (tuple[int, ...]): Ids before and after them, such as those of [CLS] and [SEP].
    pad_id (int): Id of what fills up shorter rows; never looked at.
    pools (bool): The vector of a text is what its own pooler makes; else the mean of its pieces.
    config (Mapping[str, Any]): config.json, without what names labels or files.
    """

    family: str
    model_type: str
    width: int
    n_layers: int
    vocab_size: int
    max_pieces: int
    prefix: tuple[int, ...] = ()
    suffix: tuple[int, ...] = ()
    pad_id: int = 0
    pools: bool = False
    config: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, least in (
            ("width", 1), ("n_layers", 0), ("vocab_size", 1), ("max_pieces", 1), ("pad_id", 0)
        ):  # fmt: skip
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise ValueError(
                    f"{name} of an encoder must be a whole number of at least {least}, but is "
                    f"{str(value)[:80]}."
                )

        if self.n_layers > MOST_LAYERS:
            raise ValueError(
                f"An encoder of {self.n_layers} layers: at most {MOST_LAYERS} are built."
            )

    @property
    def reach(self) -> None:
        """No window is exact: each piece sees all others."""
        return

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> EncoderSizes:
        """Read what `to_dict` wrote. RAISES (ValueError): Other names, or bad values."""
        names = {field.name for field in fields(cls)}
        if set(values) != names or values["family"] not in (ENCODER, GRAPH):
            wrong = sorted(names ^ set(values)) or [str(values["family"])[:80]]
            raise ValueError(f"Sizes of an encoder that are missing or unknown: {wrong[:10]}.")
        around = {key: tuple(int(i) for i in values[key]) for key in ("prefix", "suffix")}
        return cls(**{**values, **around})

    def to_dict(self) -> dict[str, Any]:
        """Write all sizes by name."""
        values = asdict(self)
        return {**values, "prefix": list(self.prefix), "suffix": list(self.suffix)}


def is_encoder(values: Mapping[str, Any]) -> bool:
    """Say whether sizes by name are those of an encoder."""
    return values.get("family") in (ENCODER, GRAPH)
