"""Text into pieces: o200k_base ids, and the characters that each piece touches.

Offline: the ranks ship with the package. Offsets are exact for every Unicode text.
"""

from __future__ import annotations

import binascii
import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import tiktoken

from ..types import Bools1d, Ints1d, Pieces
from .utf8 import to_utf8

RANKS_FILE: Final = "o200k_base.tiktoken.gz"
RANKS_SHA256: Final = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
N_RANKS: Final = 199998
SPECIAL_TOKENS: Final = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}

# How o200k_base splits a text before it merges bytes.
# SOURCE: tiktoken_ext/openai_public.py of tiktoken 0.14.0 (MIT), function o200k_base.
_SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERN: Final = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + _SUFFIX,
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + _SUFFIX,
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)

# Unicode's White_Space without \r and \n. Python's own \s has four control characters more.
BLANKS: Final = (
    "\t\v\f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# `\s+(?!\S)` keeps one state for each character, and tiktoken gives up at 1,000,000 of them; runs
# of blanks from this length on are cut out and merged on their own.
LONG_RUN: Final = 100_000


def encode(text: str) -> Pieces:
    """Cut a text into pieces.

    Ids are those of tiktoken's o200k_base; the text of a special token, such as "<|endoftext|>", is
    encoded as the plain text that it is.

    text (str): Any text without lone surrogates.
    RETURNS (Pieces): In order; together they cover every character. None for an empty text.
    RAISES (ValueError): A lone surrogate, or a text that tiktoken cannot split.
    RAISES (TypeError): Not a str.
    """
    return encode_batch((text,))[0]


def encode_batch(texts: Iterable[str]) -> list[Pieces]:
    """Cut several texts into pieces; the same as `encode` on each, with less overhead.

    texts (Iterable[str]): Texts without lone surrogates.
    RETURNS (list[Pieces]): One for each text, in order.
    RAISES (ValueError): A lone surrogate, or a text that tiktoken cannot split.
    RAISES (TypeError): One str in place of several, or an item that is not a str.
    """
    if isinstance(texts, str):
        raise TypeError("encode_batch needs several texts, but got one str. Use encode(text).")
    texts = list(texts)
    data = [to_utf8(text, index) for index, text in enumerate(texts)]
    ids = [_ids(text) for text in texts]
    if not ids:
        return []
    flat = np.concatenate(ids)
    starts, ends = _offsets(flat, b"".join(data))
    result = []
    piece = char = 0
    for text, own in zip(texts, ids, strict=True):
        part = slice(piece, piece + len(own))
        result.append(Pieces(own, starts[part] - char, ends[part] - char))
        piece += len(own)
        char += len(text)
    return result


def _offsets(ids: Ints1d, data: bytes) -> tuple[Ints1d, Ints1d]:
    """Find the characters that each piece touches.

    ids (Ints1d): Pieces. Shape: (n_pieces,).
    data (bytes): The same text in UTF-8.
    RETURNS (tuple[Ints1d, Ints1d]): First character, and one past the last. Shapes: (n_pieces,).
    RAISES (ValueError): The pieces do not add up to the text.
    """
    n_bytes = _byte_lengths()[ids]
    ends = np.cumsum(n_bytes)
    starts = ends - n_bytes
    found = int(ends[-1]) if len(ends) else 0
    if found != len(data):
        raise ValueError(
            f"The pieces hold {found} bytes of a text of {len(data)} bytes, so some of it would go "
            "unseen. Is this tiktoken changed? Install tiktoken >= 0.13 afresh."
        )
    if data.isascii():
        return starts, ends
    # Byte -> the character it belongs to: all but continuation bytes (10xxxxxx) start one.
    chars = np.cumsum((np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80) - 1
    return chars[starts], chars[ends - 1] + 1


def _ids(text: str) -> Ints1d:
    """Encode a text that is known to have a UTF-8 form. Shape: (n_pieces,)."""
    if len(text) < LONG_RUN:
        return _run(_encoding(), text)
    parts = [
        _run(_one_merge() if whole else _encoding(), text[start:end])
        for start, end, whole in _stretches(text)
    ]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _run(encoding: tiktoken.Encoding, text: str) -> Ints1d:
    """Call tiktoken; whatever it does about a text that it cannot split becomes a ValueError."""
    try:
        # As encode_ordinary, but it makes no list of ints, and reports a regex that gave up as a
        # ValueError where encode_ordinary panics.
        return encoding.encode_to_numpy(text, disallowed_special=()).astype(np.int64)
    except ValueError:
        pass
    except BaseException as error:
        # A panic in Rust arrives as a class that is not an Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
    raise ValueError(
        f"tiktoken {tiktoken.__version__} could not split a text of {len(text)} characters. "
        "Install tiktoken >= 0.13; if you have it, cut the text into parts and report the problem."
    )


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    r"""Cut a text where the pattern always breaks, so that no long run of blanks reaches it.

    A run of two or more blanks (white space but \r and \n) that no \r or \n follows is always
    split in the same way. No match crosses its start: the letters, digits and marks before it end
    there; so does `[\r\n/]*`; and `\s*[\r\n]+` ends at the last line break before the run. At
    its start only `\s+(?!\S)` matches: the whole run at the end of the text, else all but its
    last blank. Nothing looks back, and what stands before the run ends in no blank, so encoding
    the stretches one by one gives the same ids as the text in one go.

    RETURNS (Iterator[tuple[int, int, bool]]): Start and end in characters, and whether the stretch
        is one match of the pattern.
    """
    done = 0
    for start, end in _long_runs(text):
        if text[end : end + 1] in ("\r", "\n"):  # `\s*[\r\n]+` takes it, in one go at any length
            continue
        if end < len(text):
            end -= 1
        if start > done:
            yield done, start, False
        yield start, end, True
        done = end
    if done < len(text):
        yield done, len(text), False


def _long_runs(text: str) -> list[tuple[int, int]]:
    """Find the runs of at least `LONG_RUN` blanks: start and end in characters."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")  # (n_chars,)
    table = _blank_table()
    blank = table[np.minimum(codes, len(table) - 1)]  # (n_chars,)
    edges = np.flatnonzero(np.diff(np.pad(blank.astype(np.int8), 1)))  # start, end, start, end, ...
    runs = edges.reshape(-1, 2)
    long = runs[runs[:, 1] - runs[:, 0] >= LONG_RUN]
    return [(int(start), int(end)) for start, end in long]


@cache
def _blank_table() -> Bools1d:
    """Code point -> is it a blank; the last row stands for all higher code points."""
    codes = [ord(char) for char in BLANKS]
    table = np.zeros(max(codes) + 2, dtype=np.bool_)
    table[codes] = True
    return table


@cache
def _encoding() -> tiktoken.Encoding:
    """Build o200k_base, once per process."""
    return _build("o200k_base", PATTERN)


@cache
def _one_merge() -> tiktoken.Encoding:
    """Build the same merges for a text that is one match. Only very long runs need it."""
    return _build("o200k_base_one_merge", r"(?s:.+)")


def _build(name: str, pattern: str) -> tiktoken.Encoding:
    ranks = {piece: rank for rank, piece in enumerate(_ranks())}
    return tiktoken.Encoding(
        name, pat_str=pattern, mergeable_ranks=ranks, special_tokens=SPECIAL_TOKENS
    )


@cache
def _byte_lengths() -> Ints1d:
    """How many bytes each id stands for. Shape: (N_RANKS,)."""
    return np.fromiter(map(len, _ranks()), dtype=np.int64, count=N_RANKS)


@cache
def _ranks() -> tuple[bytes, ...]:
    """Read the shipped ranks: the bytes of each piece, by id.

    RAISES (ValueError, FileNotFoundError): The file is damaged, is another one, or is missing.
    """
    path = files("spacy_privacy_filter") / "data" / RANKS_FILE
    try:
        packed = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            f"data/{RANKS_FILE} is missing from this installation of spacy-privacy-filter, and "
            "text cannot be encoded without it. Install the package again."
        ) from None
    # The hash fixes every line, so they need no check of their own: "<base64> <rank>", rank from 0.
    return tuple(map(binascii.a2b_base64, _unpack(packed).split()[0::2]))


def _unpack(packed: bytes) -> bytes:
    """Unpack the ranks, and refuse any but the published ones."""
    try:
        raw = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(
            f"data/{RANKS_FILE} is damaged ({error}). Install spacy-privacy-filter again."
        ) from None
    found = hashlib.sha256(raw).hexdigest()
    if found != RANKS_SHA256:
        raise ValueError(
            f"data/{RANKS_FILE} is not the published o200k_base: its SHA-256 is {found}, but must "
            f"be {RANKS_SHA256}. Install spacy-privacy-filter again."
        )
    return raw


def vocabulary() -> dict[str, int]:
    """Name every piece as tokenizer.json does, where each byte is a printable character.

    SOURCE: Radford et al. 2019 (GPT-2), openai/gpt-2 src/encoder.py, bytes_to_unicode.
    """
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [byte for byte in range(256) if byte not in printable]
    table = np.arange(256, dtype="<u2")  # printable bytes stay as they are
    table[others] = 0x100 + np.arange(len(others))
    data = np.frombuffer(b"".join(_ranks()), dtype=np.uint8)
    names = table[data].tobytes().decode("utf-16-le")  # one character for each byte
    ends = np.cumsum(_byte_lengths()).tolist()
    return {names[a:b]: i for i, (a, b) in enumerate(zip([0, *ends], ends, strict=False))}


@cache
def word_ranks() -> dict[str, int]:
    """Rank the words that are one piece with the blank before them: a frequent one ranks low."""
    ranks = {}
    for rank, piece in enumerate(_ranks()):
        if piece[:1] == b" ":
            word = piece[1:].decode("utf-8", "ignore")
            if word.isalpha():
                ranks[word] = rank
    return ranks
