"""A row a word: what the first piece of a word says holds for all of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.decoding.words import join_words
from spacy_privacy_filter.text.o200k import encode
from spacy_privacy_filter.types import Pieces


def cut(text: str, places: Sequence[int]) -> Pieces:
    """Pieces that end at these places; blanks belong to none."""
    bounds = [0, *places, len(text)]
    parts = [(a, b) for a, b in itertools.pairwise(bounds) if text[a:b].strip()]
    starts, ends = np.asarray(parts, dtype=np.int64).reshape(-1, 2).T
    return Pieces(np.arange(len(parts)), starts, ends)


def test_the_first_piece_speaks_for_the_word() -> None:
    text = "Ada Lovelace, 62704 (O'Neil) x_y"
    pieces = cut(text, [3, 4, 8, 12, 13, 14, 16, 18, 19, 20, 21, 22, 23, 25, 27])
    rows = np.arange(len(pieces), dtype=float)[:, None]
    joined, kept = join_words(text, pieces, rows)
    held = [text[a:b] for a, b in zip(joined.starts, joined.ends, strict=True)]
    assert held[:4] == ["Ada", "Lovelace", ",", "62704"]
    assert kept[:4, 0].tolist() == [0, 1, 3, 4]
    assert "O" in held
    assert "Neil" in held


def test_scripts_without_blanks_keep_their_pieces() -> None:
    text = "田中さんは東京"
    pieces = cut(text, [1, 2, 4, 5, 6])
    joined, _ = join_words(text, pieces, np.zeros((len(pieces), 2)))
    assert len(joined) == len(pieces)


def test_nothing_gives_nothing() -> None:
    pieces = encode("")
    assert len(join_words("", pieces, np.zeros((0, 3)))[0]) == 0


@given(st.text(st.sampled_from("ab1 .é\u0301田@🙂\n"), max_size=30))
def test_words_hold_the_characters_of_their_pieces(text: str) -> None:
    pieces = encode(text)
    joined, rows = join_words(text, pieces, np.arange(len(pieces), dtype=float)[:, None])
    assert len(joined) == len(rows) <= len(pieces)
    if len(pieces):
        firsts = rows[:, 0].astype(int).tolist()
        assert firsts == sorted(set(firsts))
        for i, (a, b) in enumerate(zip(firsts, [*firsts[1:], len(pieces)], strict=True)):
            assert joined.starts[i] == pieces.starts[a]
            assert joined.ends[i] == pieces.ends[a:b].max()
