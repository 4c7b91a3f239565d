"""The tokenizers that a checkpoint may come with. See `types.Tokenizer`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..types import Bools1d, Ints1d, Pieces
from . import boundaries, o200k
from .tokenizer_json import check_tokenizer


@dataclass(frozen=True)
class O200k:
    """tiktoken's o200k_base."""

    def encode(self, text: str) -> Pieces:
        """Cut a text into pieces. See `o200k.encode`."""
        return o200k.encode(text)

    def final_end(self, text: str) -> int:
        """Find the last place up to which pieces are final. See `boundaries.final_end`."""
        return boundaries.final_end(text)

    def starts_word(self, ids: Ints1d) -> Bools1d:
        """Say of none that it does: windows of its networks are exact wherever they are cut."""
        return np.zeros(len(ids), dtype=np.bool_)

    def check(self, folder: Path) -> None:
        """Refuse a checkpoint with another vocabulary. See `tokenizer_json`."""
        check_tokenizer(folder)
