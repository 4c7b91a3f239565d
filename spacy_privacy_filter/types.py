"""What travels between the rooms, and what they may ask of each other: the seams of the package.

Plain arrays and tuples; every offset is half-open and names its unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.types import Floats2d as XpFloats2d  # of numpy or cupy, on thinc's current device

    from .checkpoints.checkpoint import Checkpoint
    from .settings import NetworkSettings

Ints1d = npt.NDArray[np.int64]
# numpy leaves open how many bits; to mypy, that is an Any.
Floats1d = npt.NDArray[np.floating]  # type: ignore[explicit-any,unused-ignore]
Floats2d = npt.NDArray[np.floating]  # type: ignore[explicit-any,unused-ignore]
Bools1d = npt.NDArray[np.bool_]
Bools2d = npt.NDArray[np.bool_]
Shape = tuple[int, ...]


NETWORK = "network"


class CharSpan(NamedTuple):
    """A labelled stretch of a text, in Python characters.

    start_char (int): First character.
    end_char (int): One past the last character.
    label (str): What the stretch is, for instance "private_email".
    score (float): Mean probability of the span's tags, 0 to 1.
    source (str): Why it was found, without any text: "network"; "rule:NAME" or "pattern:NAME"; or
        "carried:N", a name that the mention at character N told.
    """

    start_char: int
    end_char: int
    label: str
    score: float = 1.0
    source: str = NETWORK


@dataclass(frozen=True)
class Pieces:
    """The pieces of one text, with the characters that each one touches.

    A piece may hold part of a character (an emoji can be cut in several): every piece that holds a
    part owns the whole character, so the ranges of neighbours may overlap by one character.

    ids (Ints1d): Vocabulary ids. Shape: (n_pieces,).
    starts (Ints1d): First character of each piece. Shape: (n_pieces,).
    ends (Ints1d): One past the last character of each piece. Shape: (n_pieces,).
    """

    ids: Ints1d
    starts: Ints1d
    ends: Ints1d

    def __len__(self) -> int:
        return len(self.ids)


class Window(NamedTuple):
    """A stretch of one document's pieces that the network reads in one go.

    The pieces of the core are kept; the pieces around it are only read, so that every piece of the
    core sees as much as it would in the whole document.

    doc (int): Index of the document in the list that was cut into windows.
    start_piece, end_piece (int): What is read.
    core_start_piece, core_end_piece (int): What is kept; inside what is read.
    """

    doc: int
    start_piece: int
    end_piece: int
    core_start_piece: int
    core_end_piece: int


@dataclass(frozen=True)
class PackedBatch:
    """Windows laid end to end, without padding. Attention never crosses from one to the next.

    ids (Ints1d): Vocabulary ids. Shape: (n_rows,).
    positions (Ints1d): Position of each row in its window, from 0. Shape: (n_rows,).
    segments (Ints1d): Which window each row belongs to; never falls. Shape: (n_rows,).
    core (Bools1d): Rows whose output is kept. Shape: (n_rows,).
    windows (tuple[Window, ...]): The windows, in the order in which they were laid.
    """

    ids: Ints1d
    positions: Ints1d
    segments: Ints1d
    core: Bools1d
    windows: tuple[Window, ...]

    def __len__(self) -> int:
        return len(self.ids)


# --- The seams: who may be exchanged, and what the others may ask of it -------------------------


class Tokenizer(Protocol):
    """Cuts texts into the pieces that a network knows. It comes with the checkpoint."""

    def encode(self, text: str) -> Pieces:
        """Cut a text into pieces.

        RAISES (ValueError): A text that has no pieces, such as one with a lone surrogate.
        """

    def final_end(self, text: str) -> int:
        """Find the last place up to which pieces are final, however the text goes on; 0 if none."""

    def starts_word(self, ids: Ints1d) -> Bools1d:
        """Say which pieces begin a word: where windows that are not exact are cut."""

    def check(self, folder: Path) -> None:
        """Refuse a checkpoint that says that its pieces are others. RAISES (ValueError)."""


class Sizes(Protocol):
    """What is the same for the sizes of every family of networks."""

    @property
    def family(self) -> str:
        """Name of the family, which says what computes it."""

    @property
    def width(self) -> int:
        """Size of a hidden state."""

    @property
    def n_layers(self) -> int:
        """How many layers can be trained on their own."""

    @property
    def vocab_size(self) -> int:
        """How many pieces there are."""

    @property
    def reach(self) -> int | None:
        """Pieces of context on each side that make a window exact; None: none do."""

    @property
    def max_pieces(self) -> int | None:
        """Most pieces that can be read in one go; None: any number."""

    def to_dict(self) -> Mapping[str, object]:
        """All sizes by name."""


class Layer(Protocol):
    """A linear layer of thinc over hidden states."""

    def predict(self, X: XpFloats2d, /) -> XpFloats2d:  # noqa: N803 - thinc's name
        """Shape (n, width) to (n, n_out)."""

    def get_dim(self, name: str, /) -> int:
        """Its sizes: "nI" and "nO"."""


class Head(Layer, Protocol):
    """A layer with a place in a component, and data to a network."""

    @property
    def tensor(self) -> str:
        """Name under which a checkpoint holds its weights."""

    @property
    def n_changes(self) -> int:
        """Grows whenever the weights change."""

    @property
    def is_ready(self) -> bool:
        """Whether there are weights."""

    def put(self, weight: Floats2d, bias: Floats1d) -> None:
        """Set all weights, of any size. Shapes: (n_out, width), (n_out,)."""

    def clear(self) -> None:
        """Forget the weights."""

    def weights(self) -> tuple[Floats2d, Floats1d]:
        """Weight and bias. Shapes: (n_out, width), (n_out,)."""

    def to_bytes(self) -> bytes:
        """Write the weights."""

    def from_bytes(self, bytes_data: bytes) -> object:
        """Read what `to_bytes` wrote."""


@dataclass(frozen=True)
class Reading:
    """What one pass gives for the pieces of one document.

    logits (Floats2d | None): Of the layer that was asked for. Shape: (n_pieces, n_out).
    pooled (Floats1d): Mean of the hidden states; zeros for a document without pieces.
    """

    logits: Floats2d | None
    pooled: Floats1d


class DocOutput(NamedTuple):
    """What a network gives for one document.

    pieces (Pieces): Its pieces.
    logits (Floats2d): Of the head that was asked for. Shape: (n_pieces, n_out).
    pooled (Floats1d): Mean of the hidden states; zeros for a document without pieces.
    """

    pieces: Pieces
    logits: Floats2d
    pooled: Floats1d


class Network(Protocol):
    """What a component holds, and asks; several may hold one. See `networks.network.Network`."""

    @property
    def settings(self) -> NetworkSettings:
        """Where its weights come from, and how they run."""

    @property
    def sizes(self) -> Sizes | None:
        """Sizes if it starts from fresh weights; None if they come with the weights."""

    @property
    def config(self) -> Sizes:
        """Sizes; loads weights if there are none yet."""

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into its pieces."""

    @property
    def reach(self) -> int | None:
        """See `Sizes.reach`."""

    @property
    def checkpoint(self) -> Checkpoint | None:
        """Labels and heads that came with the weights; None before, and for fresh weights."""

    @property
    def is_loaded(self) -> bool:
        """Whether weights are in memory."""

    @property
    def has_heads(self) -> bool:
        """Whether any registered head has weights."""

    @property
    def fingerprint(self) -> str:
        """Of the weights as they were read or saved; empty once they have changed."""

    @property
    def folder(self) -> Path | None:
        """Where the weights were read from."""

    @property
    def card(self) -> Mapping[str, object]:
        """Meta data of the pipeline that ships, if the weights started from its own; else {}."""

    def register(self, head: Head) -> None:
        """Compute the logits of a head over each piece in every pass, for as long as it lives."""

    def forget(self, head: Head) -> None:
        """End that."""

    def run(self, docs: Sequence[Doc], head: Head) -> list[DocOutput]:
        """Run documents for all heads, but those that have just been read, and hand over."""

    def pool(self, docs: Sequence[Doc]) -> list[Floats1d]:
        """As `run`, for what only needs the mean of the hidden states. Shape of each: (width,)."""

    def logits(self, ids: Sequence[Ints1d], layer: Layer) -> list[Floats2d]:
        """Run pieces, of which nothing is kept, for one layer. Shape of each: (n_pieces, n_out)."""

    def configure(
        self,
        *,
        source: str | None = ...,
        backend: str = ...,
        device: str = ...,
        dtype: str = ...,
        window: int = ...,
        batch_pieces: int = ...,
    ) -> None:
        """Change some settings, before weights are loaded. RAISES (ValueError): A bad value."""

    def load(self) -> None:
        """Read the weights of the source, unless there are weights already."""

    def check(self) -> None:
        """Refuse a backend or device that is not there. RAISES (ImportError, ValueError)."""

    def peek(self) -> Checkpoint | None:
        """What is known of the weights without reading them; raises nothing."""

    def head_weights(self, name: str) -> tuple[Floats2d, Floats1d]:
        """Weight and bias of a head that came with the weights."""

    def initialize(self) -> None:
        """Get ready for training."""

    def start_from(self, source: str) -> None:
        """Give fresh weights the values of a checkpoint of the same sizes."""

    def set_training(self, *, dropout: float, trainable_layers: int | None) -> None:
        """Choose how the next updates train."""

    def fresh(self) -> Network:
        """Make a network with the same settings and no weights."""

    def save(self, folder: Path) -> None:
        """Write the weights to a folder, in our own format."""

    def restore(self, folder: Path) -> None:
        """Read what `save` wrote, in place of the present weights."""

    def saved_beside(self, folder: Path) -> tuple[str | None, str]:
        """Say where in a pipeline's folder another component has just written this network."""

    def remove(self, folder: Path) -> None:
        """Remove a copy that an earlier save has left."""

    def fingerprint_of(self, folder: Path) -> str:
        """Fingerprint of a saved network, without reading its weights."""

    def pack(self) -> bytes:
        """Write the weights as bytes: the files that `save` writes."""

    def unpack(self, data: bytes, fingerprint: str) -> None:
        """Read what `pack` wrote, in place of the present weights."""
