"""What a checkpoint is once it has been read, and what a format is: one way to lay it out.

Every format reads into and writes from the same `Checkpoint`, under the names of config.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ..labels.tags import TagSet
from ..labels.transitions import BIAS_NAMES
from ..text.subwords import Subwords
from ..text.tokenizers import O200k
from ..types import Sizes, Tokenizer
from .conventions import Conventions, to_natural
from .encoder_sizes import TOKENIZER
from .layouts import expected_shapes
from .sizes import CATEGORY_HEAD, FAMILY, TAG_HEAD, NetworkConfig
from .tensors.safetensors import StoredTensor

CONFIG: Final = "config.json"
# Kept in float32 whatever the rest is: small, and the arithmetic around them is exact.
EXACT: Final = ("norm.scale", "attn.sinks")


@dataclass
class Checkpoint:
    """A network and its heads, as read from a folder or to be written to one.

    format (str): The format it was read from, a key of `registry.FORMATS`.
    config (Sizes): Sizes of the backbone, of any family; see `mixture`.
    tensors (dict[str, StoredTensor]): Backbone and heads, by the names of checkpoints/sizes.py.
    tags (TagSet | None): What the rows of the tag head mean; None without that head.
    categories (tuple[str, ...] | None): The same of the category head.
    exclusive (bool): Categories exclude each other (softmax), or not (a sigmoid each).
    biases (dict[str, float]): The six transition biases of the decoder, in nats.
    points (dict[str, dict]): Operating points by name; see `calibration.read_points`.
    fingerprint (str): SHA-256 of the tensors as they are stored, or "" if the format records none;
        `tensors.fingerprint` makes one, but reads every weight.
    conventions (Conventions | None): How the file's sinks and window were understood; None in our
        own format, which leaves nothing to be understood. `tensors` are in natural units always.
    """

    format: str
    config: Sizes
    tensors: dict[str, StoredTensor]
    tags: TagSet | None = None
    categories: tuple[str, ...] | None = None
    exclusive: bool = True
    biases: dict[str, float] = field(default_factory=lambda: dict.fromkeys(BIAS_NAMES, 0.0))
    fingerprint: str = ""
    conventions: Conventions | None = None
    points: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokenizer: Tokenizer = field(default_factory=O200k)

    @property
    def mixture(self) -> NetworkConfig:
        """The sizes, for what holds or computes the mixture of experts only.

        RAISES (ValueError): A network of another family.
        """
        if not isinstance(self.config, NetworkConfig):
            raise ValueError(
                f"This holds networks of the family {FAMILY!r}, but this one is of the family "
                f"{self.config.family!r}."
            )
        return self.config

    def backbone_tensors(self) -> dict[str, StoredTensor]:
        """Give the tensors of the backbone, by name."""
        return {name: self.tensors[name] for name in self.tensors if not _is_head(name)}

    def head_tensors(self) -> dict[str, StoredTensor]:
        """Give the tensors of the heads, by name."""
        return {name: self.tensors[name] for name in self.tensors if _is_head(name)}


def _is_head(name: str) -> bool:
    return name.split(".")[0] in (TAG_HEAD, CATEGORY_HEAD)


class ReadOptions(NamedTuple):
    """What a user knows better than a file.

    ignore_keys (Collection[str]): Unknown keys of the configuration that are harmless.
    sinks_unit (str | None): Unit of the stored sinks, "log2" or "natural"; None to find out.
    window (int | None): How many pieces attention reaches to each side; None to find out.
    graph (bool): Where there are both weights and a graph of an encoder in ONNX, read the graph.
    """

    ignore_keys: Collection[str] = ()
    sinks_unit: str | None = None
    window: int | None = None
    graph: bool = False


class Packing(NamedTuple):
    """What to quantise when a checkpoint is written, where the format can.

    bits (Mapping[str, int]): Name of a matrix -> 8 or 4; `N` stands for every layer.
    group_size (int): Values that share a scale: 32, 64 or 128.
    """

    bits: Mapping[str, int] = MappingProxyType({})
    group_size: int = 64


class Opened(NamedTuple):
    """A checkpoint of which all but the weights has been read.

    head (Checkpoint): Without tensors.
    tensors (Callable): Maps and checks the weights; by our names, sinks in the unit of the file.
    """

    head: Checkpoint
    tensors: Callable[[], dict[str, StoredTensor]]

    def read(self) -> Checkpoint:
        """Read the weights, too."""
        meant, tensors = self.head.conventions, self.tensors()
        if meant is not None:
            tensors = to_natural(tensors, meant.sinks_unit)
        tokenizer = self.head.tokenizer
        if TOKENIZER in tensors and not isinstance(tokenizer, Subwords):
            tokenizer = Subwords(tensors[TOKENIZER].data.tobytes())
        return replace(self.head, tensors=tensors, tokenizer=tokenizer)


class Format(NamedTuple):
    """One way to lay out a checkpoint in a folder.

    name (str): Its key in `registry.FORMATS`.
    detect (Callable): Says whether a folder, with the contents of its config.json ({} without), is
        in this format. Looks at names and keys only.
    open (Callable): Reads all of a folder but its weights.
    write (Callable | None): Writes a checkpoint and gives the fingerprint of what is stored; the
        third argument is what to quantise.
    """

    name: str
    detect: Callable[[Path, Mapping[str, Any]], bool]
    open: Callable[[Path, ReadOptions], Opened]
    write: Callable[[Path, Checkpoint, Packing], str] | None


def shapes_of(
    config: NetworkConfig, tags: TagSet | None, categories: Collection[str] | None, n_found: int
) -> dict[str, tuple[int, ...]]:
    """Name the shapes of all tensors. See `layouts.expected_shapes`."""
    head = None if categories is None else (CATEGORY_HEAD, len(categories))
    return expected_shapes(config, None if tags is None else len(tags), head, n_found)


def cast(checkpoint: Checkpoint, dtype: str) -> dict[str, StoredTensor]:
    """Give the tensors in another number type; norms and sinks become float32.

    checkpoint (Checkpoint): Whose tensors.
    dtype (str): "F32", "F16" or "BF16".
    RETURNS (dict[str, StoredTensor]): By our names; not copied where nothing changes.
    """
    wanted = {name: "F32" if name.endswith(EXACT) else dtype for name in checkpoint.tensors}
    return {
        name: tensor
        if tensor.dtype == wanted[name]
        else StoredTensor.from_float32(tensor.to_float32(), wanted[name])
        for name, tensor in checkpoint.tensors.items()
    }


def refuse_contents(
    checkpoint: Checkpoint,
    format_: str,
    bits: Collection[str] = (),
    *,
    categories: bool = False,
    instead: str = "'native'",
) -> TagSet:
    """Refuse what a format of others cannot hold: all have a tag head.

    checkpoint (Checkpoint): What is to be written.
    format_ (str): The format's name.
    bits (Collection[str]): What is to be quantised, if the format cannot.
    categories (bool): Whether the format has a category head; if so it must be there.
    instead (str): What to choose in its place, for the message.
    RETURNS (TagSet): The tags, which are there.
    RAISES (ValueError): A head is missing or too many, or something would have to be quantised.
    """
    tags, names = checkpoint.tags, checkpoint.categories
    if tags is None or (names is not None) is not categories or bits:
        raise ValueError(
            f"The format {format_!r} holds a tag head and {'a' if categories else 'no'} category "
            f"head{', unquantised' if bits else ''}; this checkpoint has {'a' if tags else 'no'} "
            f"tag head and {'a' if names else 'no'} category head"
            f"{f', and {len(bits)} tensors are to be quantised' if bits else ''}. "
            f"Choose the format {instead}."
        )
    return tags
