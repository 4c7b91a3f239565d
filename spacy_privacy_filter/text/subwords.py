"""Text into pieces by a tokenizer.json: ids, and the characters that each piece touches.

Read by the package `tokenizers`. Its offsets count characters of the text as it came in, also where
its normaliser makes other ones of them; what the normaliser drops goes to the piece beside it.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ..compat import has, missing
from ..types import Bools1d, Ints1d, Pieces
from .utf8 import to_utf8

if TYPE_CHECKING:
    from tokenizers import Tokenizer as FastTokenizer

# With their prefix of a word's inner pieces, or of its first one; the latter as SentencePiece and
# byte-level BPE write a blank.
BLANK_MARKS: Final = ("\u2581", "\u0120", "\u010a", "\u0109")
INNER: Final = "##"
PROBE: Final = "a"
UNKNOWN: Final = (
    "A text holds words that the tokenizer of this model does not know: each is one piece, and the "
    "network cannot look inside. What is personal in them is found by rules only, if at all."
)
_NO_SPACE: Final = re.compile(r"\S+")


@dataclass(frozen=True)
class Subwords:
    """A fast tokenizer of the Hugging Face format. See `types.Tokenizer`.

    data (bytes): The contents of tokenizer.json.
    """

    data: bytes

    def encode(self, text: str) -> Pieces:
        """Cut a text into pieces, without special tokens; the text of one is plain text.

        Together, the pieces cover all characters but white space.

        RAISES (ValueError): A lone surrogate. (TypeError): Not a str.
        RAISES (ImportError): The package tokenizers is not installed.
        """
        to_utf8(text)
        encoding = self.fast.encode(text, add_special_tokens=False)
        ids = np.asarray(encoding.ids, dtype=np.int64)
        offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        starts, ends = _mend(offsets[:, 0].copy(), offsets[:, 1].copy(), text)
        self._mention_unknown(text, ids, starts, ends)
        if self.unknown_id is not None:
            # Some models find the text of a special token among their plain pieces.
            ids[np.isin(ids, self._special_ids)] = self.unknown_id
        return Pieces(ids, starts, ends)

    def final_end(self, text: str) -> int:
        """Nothing is certain before the end: nobody says how far a piece can look ahead."""
        return 0

    def check(self, folder: Path) -> None:
        """Nothing more: the format that read it has compared it with the network."""

    @cached_property
    def fast(self) -> FastTokenizer:
        """The tokenizer, which neither cuts off nor pads."""
        if not has("tokenizers"):
            raise missing("tokenizers", "The tokenizer of this network")
        from tokenizers import Tokenizer

        try:
            fast = Tokenizer.from_buffer(self.data)
        except Exception as error:  # its own classes have no parent but this one
            raise ValueError(
                f"tokenizer.json cannot be read: {' '.join(str(error).split())[:200]}. Download it "
                "again, or use a newer version of the package tokenizers."
            ) from None
        fast.no_truncation()
        fast.no_padding()
        # Else "[SEP]" in somebody's text would end it for the network.
        fast.encode_special_tokens = True
        return fast

    @cached_property
    def around(self) -> tuple[Ints1d, Ints1d]:
        """Ids that stand before and after the pieces of every text, such as [CLS] and [SEP]."""
        encoding = self.fast.encode(PROBE, add_special_tokens=True)
        special = np.asarray(encoding.special_tokens_mask, dtype=np.bool_)
        own = np.flatnonzero(~special)
        # A tokenizer that knows nothing of the probe has made an unknown piece of it, or none.
        first, last = (own[0], own[-1] + 1) if len(own) else (len(special) // 2,) * 2
        ids = np.asarray(encoding.ids, dtype=np.int64)
        return ids[:first], ids[last:]

    @cached_property
    def top_id(self) -> int:
        """The highest id of a piece."""
        return max(self.fast.get_vocab(with_added_tokens=False).values(), default=-1)

    def starts_word(self, ids: Ints1d) -> Bools1d:
        """Say which pieces begin a word, as far as their names tell. Shape: (n_pieces,)."""
        table = self._word_table
        return table[np.minimum(ids, len(table) - 1)]

    @cached_property
    def _word_table(self) -> Bools1d:
        """Id -> whether it begins a word; the last row stands for all higher ids."""
        vocab = self.fast.get_vocab(with_added_tokens=True)
        table = np.zeros(max(vocab.values(), default=0) + 2, dtype=np.bool_)
        inner = any(name.startswith(INNER) for name in vocab)
        for name, i in vocab.items():
            table[i] = not name.startswith(INNER) if inner else name.startswith(BLANK_MARKS)
        return table

    @cached_property
    def unknown_id(self) -> int | None:
        """Id of what stands for anything that is not in the vocabulary."""
        model = json.loads(self.data)["model"]
        name = model.get("unk_token")
        if isinstance(name, str):
            return self.fast.token_to_id(name)
        index = model.get("unk_id")
        return index if isinstance(index, int) else None

    @cached_property
    def _special_ids(self) -> list[int]:
        """Ids that stand for no text."""
        added = self.fast.get_added_tokens_decoder()
        return [i for i, token in added.items() if token.special]

    def _mention_unknown(self, text: str, ids: Ints1d, starts: Ints1d, ends: Ints1d) -> None:
        """Warn of words that no piece stands for; a symbol alone is nobody's name."""
        if self.unknown_id is None:
            return
        for i in np.flatnonzero(ids == self.unknown_id):
            if any(char.isalnum() for char in text[starts[i] : ends[i]]):
                warnings.warn(UNKNOWN, stacklevel=2)
                return

    def __getstate__(self) -> dict[str, object]:
        """Leave what is made of the data behind."""
        return {"data": self.data}


def _mend(starts: Ints1d, ends: Ints1d, text: str) -> tuple[Ints1d, Ints1d]:
    """Let the pieces cover the text in order.

    A piece that says that it has no characters (a blank that was put before the text) has none.
    All others may only grow: over parts of characters that a neighbour has, too, and over what the
    normaliser has dropped between two pieces.
    """
    if not len(starts):
        return starts, ends
    starts, ends = np.clip(starts, 0, len(text)), np.clip(ends, 0, len(text))
    empty = starts >= ends
    ends = np.maximum.accumulate(np.where(empty, 0, ends))
    starts = np.where(empty, ends, starts)
    starts = np.minimum.accumulate(starts[::-1])[::-1].copy()
    _take_dropped(starts, ends, text)
    return starts, ends


def _take_dropped(starts: Ints1d, ends: Ints1d, text: str) -> None:
    """Give characters between pieces that are no blanks to the piece that they touch."""
    before = np.concatenate([[0], ends])
    after = np.concatenate([starts, [len(text)]])
    places = np.flatnonzero(after > before)
    gaps = zip(places.tolist(), before[places].tolist(), after[places].tolist(), strict=True)
    for i, start, end in gaps:
        if text[start:end].isspace():  # nearly all of them
            continue
        runs = [match.span() for match in _NO_SPACE.finditer(text, start, end)]
        if runs and i and runs[0][0] == start:
            ends[i - 1] = runs.pop(0)[1]
        if runs and i < len(starts):
            starts[i] = runs[0][0]
        elif runs:
            ends[i - 1] = runs[-1][1]
