"""What a pass over documents gives, and what is kept of it for the other component."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from ..types import Floats1d, Floats2d

# Of a network: which backbone, its count of updates, and its count of other changes.
Version = tuple[int, int, int]


@dataclass(frozen=True)
class Reading:
    """What one pass gives for one document.

    logits (Floats2d | None): Of the head that was asked for. Shape: (n_pieces, n_out).
    pooled (Floats1d): Mean of the hidden states; zeros for a document without pieces.
    """

    logits: Floats2d | None
    pooled: Floats1d


class Readings:
    """Readings by document, for as long as the document lives.

    Pickled and copied without them: they belong to documents of this process.
    """

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Any, tuple[Version, Any, Reading]] = WeakKeyDictionary()

    def keep(self, doc: Any, version: Version, head: Any, reading: Reading) -> None:
        """Keep a reading, in place of an earlier one.

        version (Version): Of the weights that read. head (Model | None): Whose logits they are.
        """
        self._kept[doc] = (version, head, reading)

    def recall(self, doc: Any, version: Version, head: Any) -> Reading | None:
        """Give what was kept, unless weights have changed since.

        head (Model | None): The head whose logits are needed; they are handed over, not kept.
        """
        known, used, reading = self._kept.get(doc, (None, None, None))
        # Logits hang on the head; the pooled vector does not.
        if reading is None or known is None or known[:2] != version[:2]:
            return None
        if head is not None:
            if used is not head or reading.logits is None or known != version:
                return None
            self.keep(doc, known, used, replace(reading, logits=None))
        return reading

    def __len__(self) -> int:
        return len(self._kept)

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__()  # type: ignore[misc]
