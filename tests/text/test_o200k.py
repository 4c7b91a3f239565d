"""Ids equal tiktoken's, offsets equal a slow count by hand, and nothing is lost on odd input."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiktoken
import tiktoken_ext.openai_public
from hypothesis import example, given
from hypothesis import strategies as st
from tiktoken.load import load_tiktoken_bpe

from spacy_privacy_filter.text import o200k as pieces
from spacy_privacy_filter.types import Pieces

from ..helpers import PATIENCE

DATA = Path(pieces.__file__).parents[1] / "data" / pieces.RANKS_FILE

# What splits, what merges, and what trips counting: every kind of white space and line break, signs
# that look like white space (Python says \x1c is, Unicode's White_Space says no), marks, code
# points beyond 16 bits, contractions, the text of special tokens.
SIGNS = "\r\n/.,'-_^1239aAbZéßÉǅʰª中あ가ก\u0301\u093f\u200b\u200d\ufeff\x00\x1c\x1f\x7f"
GROUPS = ["😀", "👩\u200d🔬", "🇩🇪", "𝒳", "\U0010ffff", "\r\n", "'s", "'LL", "  ", " \n"]
ODD = st.sampled_from([*pieces.BLANKS, *SIGNS, *GROUPS, "<|endoftext|>"])
TEXTS = st.one_of(
    st.lists(ODD, max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tiktoken.Encoding:
    """tiktoken's own o200k_base, from its own reader of the published file."""
    path = tmp_path_factory.mktemp("ranks") / "o200k_base.tiktoken"
    path.write_bytes(gzip.decompress(DATA.read_bytes()))

    def local(_: str, expected_hash: str) -> dict[bytes, int]:
        return load_tiktoken_bpe(str(path), expected_hash=expected_hash)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiktoken_ext.openai_public, "load_tiktoken_bpe", local)
        patch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
        patch.setenv("DATA_GYM_CACHE_DIR", "")  # an empty name: keep no copy
        return tiktoken.Encoding(**tiktoken_ext.openai_public.o200k_base())


def offsets_by_hand(text: str, ids: list[int], encoding: tiktoken.Encoding) -> list[list[int]]:
    """Count the bytes of each piece and of each character, one by one."""
    owner = [index for index, char in enumerate(text) for _ in char.encode()]  # byte -> character
    result, at = [], 0
    for piece in ids:
        n_bytes = len(encoding.decode_single_token_bytes(piece))
        touched = owner[at : at + n_bytes]
        result.append([touched[0], touched[-1] + 1])
        at += n_bytes
    assert at == len(owner)
    return result


def assert_pieces(found: Pieces, text: str, encoding: tiktoken.Encoding) -> None:
    ids = encoding.encode_ordinary(text)
    assert found.ids.tolist() == ids
    assert np.stack([found.starts, found.ends], axis=1).tolist() == (
        offsets_by_hand(text, ids, encoding)
    )


@given(text=TEXTS)
@example(text="")
@example(text="\ufeffa\r\n\r\nb")
@example(text="e\u0301 = é, 🏴\U000e0067\U000e007f 👩\u200d👩\u200d👧")
@example(text="<|endoftext|><|endofprompt|>")
def test_pieces_equal_tiktoken_and_a_count_by_hand(reference: tiktoken.Encoding, text: str) -> None:
    assert_pieces(pieces.encode(text), text, reference)


@given(texts=st.lists(TEXTS, max_size=6))
@example(texts=["", "é", "", "ab", "😀😀", ""])
def test_a_batch_is_its_texts_one_by_one(reference: tiktoken.Encoding, texts: list[str]) -> None:
    found = pieces.encode_batch(iter(texts))
    assert len(found) == len(texts)
    for one, text in zip(found, texts, strict=True):
        assert_pieces(one, text, reference)


@given(text=TEXTS)
def test_every_character_has_a_piece(text: str) -> None:
    found = pieces.encode(text)
    assert found.ids.dtype == found.starts.dtype == found.ends.dtype == np.int64
    assert (found.starts < found.ends).all()
    if text:
        assert found.starts[0] == 0
        assert found.ends[-1] == len(text)
        gaps = found.starts[1:] - found.ends[:-1]
        assert set(gaps.tolist()) <= {0, -1}  # -1: two pieces hold parts of one character


def test_pieces_of_one_character_each_own_it() -> None:
    found = pieces.encode("a\U0010ffff")
    assert len(found) > 2
    assert set(zip(found.starts[1:].tolist(), found.ends[1:].tolist(), strict=True)) == {(1, 2)}


def test_text_of_a_special_token_is_plain_text() -> None:
    found = pieces.encode("x<|endoftext|>y")
    assert len(found) > 3
    assert found.ids.max() < pieces.N_RANKS


def test_pattern_is_that_of_tiktoken(reference: tiktoken.Encoding) -> None:
    assert reference._pat_str == pieces.PATTERN
    assert reference._special_tokens == pieces.SPECIAL_TOKENS


# Long runs: cut out of the text where the pattern always breaks.


def test_blanks_are_those_of_tiktoken() -> None:
    single = tiktoken.Encoding(
        "blanks",
        pat_str=r"[^\S\r\n]",  # text that no match covers is left out
        mergeable_ranks={bytes([byte]): byte for byte in range(256)},
        special_tokens={},
    )
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    assert single.decode(single.encode_ordinary(every)) == pieces.BLANKS


@pytest.mark.parametrize("length", [2, 3, 5])
@given(
    text=st.lists(
        st.tuples(
            st.sampled_from([*pieces.BLANKS, *"\r\n/.'a1Aé\u0301\x1c\u200b"]), st.integers(1, 6)
        ),
        max_size=12,
    ).map(lambda runs: "".join(char * n for char, n in runs))
)
@example(text="  ")
@example(text=".\n/\n   \n   x")
@example(text="\n \t \u3000a \u2029\u2029\n")
def test_cutting_at_runs_of_blanks_changes_nothing(
    reference: tiktoken.Encoding, length: int, text: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "LONG_RUN", length)
        assert pieces._ids(text).tolist() == reference.encode_ordinary(text)
        parts = list(pieces._stretches(text))
    assert "".join(text[start:end] for start, end, _ in parts) == text
    assert all(start < end for start, end, _ in parts)


def test_short_runs_are_really_cut() -> None:
    # Without this, the test above could pass because nothing is ever cut.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "LONG_RUN", 3)
        parts = list(pieces._stretches("ab\n   \t c  \n    \nd    "))
    assert parts == [(0, 3, False), (3, 7, True), (7, 18, False), (18, 22, True)]


@pytest.mark.parametrize("after", ["", "x", ".", "1", "\n", "\n  x"])
def test_long_blanks_equal_tiktoken_where_it_still_works(
    reference: tiktoken.Encoding, after: str
) -> None:
    text = "before\n" + " \u00a0" * (pieces.LONG_RUN // 2) + after
    assert pieces.encode(text).ids.tolist() == reference.encode_ordinary(text)


@pytest.mark.parametrize("char", [" ", "\u00a0", "\u2029", "\t"])
def test_a_million_blanks_do_not_crash(char: str) -> None:
    # tiktoken's own encode_ordinary ends the process' thread with a Rust panic on these.
    text = "a" + char * 1_100_000 + "b"
    found = pieces.encode(text)
    piece_bytes = map(pieces._ranks().__getitem__, found.ids.tolist())
    assert b"".join(piece_bytes).decode() == text
    assert found.ends[-1] == len(text)


@pytest.mark.parametrize("char", ["a", "^", "\n", "中", "😀", "1", "\u0301", " \n"])
def test_long_runs_of_one_character_equal_tiktoken(reference: tiktoken.Encoding, char: str) -> None:
    text = char * 300_000
    assert pieces.encode(text).ids.tolist() == reference.encode_ordinary(text)


# Bad input.


@pytest.mark.parametrize("code", [0xD800, 0xDFFF])
def test_lone_surrogates_are_refused_without_the_text(code: int) -> None:
    text = "Jane Doe " + chr(code) + " 555-0199"
    with pytest.raises(ValueError, match=r"Text 1 .*lone surrogate .* at character 9,") as caught:
        pieces.encode_batch(["fine", text])
    # A UnicodeEncodeError in the chain would carry the whole text into a crash report.
    assert not isinstance(caught.value, UnicodeEncodeError)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    assert "Jane" not in str(caught.value)


def test_two_surrogates_that_make_a_pair_are_refused_too() -> None:
    with pytest.raises(ValueError, match=r"lone surrogate .* at character 0,"):
        pieces.encode("\ud83d\ude00")


@pytest.mark.parametrize("text", [None, b"bytes", 7])
def test_not_a_text(text: Any) -> None:
    with pytest.raises(TypeError, match="Text 0 must be a str, but is a"):
        pieces.encode(text)


def test_one_text_in_place_of_several() -> None:
    with pytest.raises(TypeError, match="several texts"):
        pieces.encode_batch("abc")


def test_empty_batch() -> None:
    assert pieces.encode_batch([]) == []


class PanicException(BaseException):
    """As pyo3's: not an Exception."""


class FailingEncoding:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def encode_to_numpy(self, text: str, **_: Any) -> None:
        raise self.error


@pytest.mark.parametrize("error", [PanicException("secret"), ValueError("secret")])
def test_a_text_that_tiktoken_gives_up_on(
    monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(pieces, "_encoding", lambda: FailingEncoding(error))
    with pytest.raises(ValueError, match="could not split a text of 4 characters") as caught:
        pieces.encode("abcd")
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_interrupt_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_encoding", lambda: FailingEncoding(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        pieces.encode("abcd")


def test_pieces_that_lose_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_ids", lambda text: np.array([64]))  # "a"
    with pytest.raises(ValueError, match="hold 1 bytes of a text of 2 bytes"):
        pieces.encode("ab")


# The ranks file.


def test_ranks_of_another_vocabulary_are_refused() -> None:
    raw = gzip.decompress(DATA.read_bytes())
    with pytest.raises(ValueError, match=r"not the published o200k_base.*Install"):
        pieces._unpack(gzip.compress(raw.replace(b"IQ== 0\n", b"IQ== 1\n", 1), 1))


@pytest.mark.parametrize("packed", [b"", b"not gzip", DATA.read_bytes()[:1000]])
def test_damaged_ranks_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"is damaged|not the published"):
        pieces._unpack(packed)


def test_missing_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "RANKS_FILE", "absent.gz")
    pieces._ranks.cache_clear()
    with pytest.raises(FileNotFoundError, match=r"absent\.gz is missing"):
        pieces._ranks()


def test_ranks_are_read_at_first_use_and_once() -> None:
    code = (
        "from spacy_privacy_filter.text import o200k as p; "
        "assert not p._ranks.cache_info().currsize and not p._encoding.cache_info().currsize; "
        "p.encode('a'); p.encode('b'); "
        "assert p._encoding.cache_info().misses == p._ranks.cache_info().misses == 1; "
        "assert not p._one_merge.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)
