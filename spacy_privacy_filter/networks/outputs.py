"""What passes gave for documents, kept for the components that have not asked yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakKeyDictionary, WeakSet

from spacy.tokens import Doc

from ..types import DocOutput, Floats1d, Floats2d, Head, Pieces

# Of a network's weights: which shim, and its count of updates.
Version: TypeAlias = tuple[int, int]


@dataclass
class Kept:
    """What a pass gave for one document.

    version (Version): Of the weights that read it.
    pieces (Pieces | None): Its pieces, while there are logits.
    logits (dict): Of each head that has not taken them, with the head's number of changes.
    pooled (Floats1d): Mean of the hidden states.
    """

    version: Version
    pieces: Pieces | None
    logits: dict[Head, tuple[int, Floats2d]]
    pooled: Floats1d

    def hand_over(self, head: Head) -> DocOutput:
        """Give what a head gets, and keep the rest. RAISES (KeyError): It is not there."""
        logits, pieces = self.logits.pop(head)[1], self.pieces
        if pieces is None:
            raise KeyError(head)
        if not self.logits:
            self.pieces = None
        return DocOutput(pieces, logits, self.pooled)


class Outputs:
    """Outputs by document, for as long as the document lives.

    Pickled and copied without them: they belong to documents of this process.
    """

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Doc, Kept] = WeakKeyDictionary()

    def keep(self, doc: Doc, kept: Kept) -> None:
        """Keep an output, in place of an earlier one."""
        self._kept[doc] = kept

    def take(self, doc: Doc, version: Version, head: Head) -> DocOutput | None:
        """Hand over what was kept for a head, unless weights have changed since."""
        kept = self._kept.get(doc)
        if kept is None or kept.version != version or head not in kept.logits:
            return None
        is_fresh = kept.logits[head][0] == head.n_changes
        output = kept.hand_over(head)
        return output if is_fresh else None

    def pooled(self, doc: Doc, version: Version) -> Floats1d | None:
        """Give the mean that was kept, which no head has a say in."""
        kept = self._kept.get(doc)
        return None if kept is None or kept.version != version else kept.pooled

    def __len__(self) -> int:
        return len(self._kept)

    def __getstate__(self) -> dict[str, object]:
        return {}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__()  # type: ignore[misc]


class Heads:
    """Heads for as long as somebody else holds them. Pickled and copied with those that live."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self._alive = WeakSet(heads)

    def add(self, head: Head) -> None:
        """Add a head, if it is not there yet."""
        self._alive.add(head)

    def discard(self, head: Head) -> None:
        """Take a head out, if it is there."""
        self._alive.discard(head)

    def __iter__(self) -> Iterator[Head]:
        return iter(self._alive)

    def __getstate__(self) -> dict[str, list[Head]]:
        return {"heads": list(self._alive)}

    def __setstate__(self, state: dict[str, list[Head]]) -> None:
        self.__init__(state["heads"])  # type: ignore[misc]
