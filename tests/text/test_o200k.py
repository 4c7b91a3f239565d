"""Ids equal tiktoken's, offsets equal a slow count by hand, and nothing is lost on odd input."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
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
        "from spacy_privacy_filter import pieces as p; "
        "assert not p._ranks.cache_info().currsize and not p._encoding.cache_info().currsize; "
        "p.encode('a'); p.encode('b'); "
        "assert p._encoding.cache_info().misses == p._ranks.cache_info().misses == 1; "
        "assert not p._one_merge.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)


# A checkpoint's own tokenizer.

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def published() -> dict[str, int]:
    """The vocabulary as tokenizer.json writes it, each byte named after the GPT-2 table."""
    name, spare = {}, 0x100
    for byte in range(256):
        if 33 <= byte <= 126 or 161 <= byte <= 172 or 174 <= byte <= 255:
            name[byte] = chr(byte)
        else:
            name[byte], spare = chr(spare), spare + 1
    lines = gzip.decompress(DATA.read_bytes()).splitlines()
    vocab = {}
    for line in lines:
        piece, rank = line.split()
        vocab["".join(name[byte] for byte in base64.b64decode(piece))] = int(rank)
    return vocab


def write_tokenizer(folder: Path, vocab: dict[str, int], change: Change | None = None) -> None:
    values: dict[str, Any] = {
        "version": "1.0",
        "added_tokens": [{"id": 199999, "content": "<|endoftext|>", "special": True}],
        "model": {"type": "BPE", "vocab": dict(vocab), "merges": []},
    }
    if change:
        change(values)
    (folder / "tokenizer.json").write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def test_the_vocabulary_is_named_as_gpt2_names_bytes(published: dict[str, int]) -> None:
    # Known from published vocabularies, not from either implementation of the table.
    assert {"Ġthe", "Ċ", "ĉ", "Ā", "ġ", "ł", "Ń", "!", "ÿ"} <= published.keys()
    assert published["Ġthe"] == pieces.encode(" the").ids[0]
    assert pieces.vocabulary() == published


def test_a_folder_without_a_tokenizer_is_fine(tmp_path: Path) -> None:
    pieces.check_tokenizer(tmp_path)


def add_special(values: dict[str, Any]) -> None:
    values["model"]["vocab"].update({"<|endoftext|>": 199999, "[PAD]": 200019})
    values["added_tokens"].append({"id": 200019, "content": "[PAD]", "special": True})
    values["added_tokens"].append({"id": 200018, "content": "<|endofprompt|>", "special": False})


def no_added(values: dict[str, Any]) -> None:
    del values["added_tokens"]


@pytest.mark.parametrize("change", [None, add_special, no_added])
def test_o200k_base_is_accepted(
    tmp_path: Path, published: dict[str, int], change: Change | None
) -> None:
    write_tokenizer(tmp_path, published, change)
    pieces.check_tokenizer(tmp_path)


def swap(values: dict[str, Any]) -> None:
    vocab = values["model"]["vocab"]
    vocab["Ġthe"], vocab["!"] = vocab["!"], vocab["Ġthe"]


def drop_last(values: dict[str, Any]) -> None:
    vocab = values["model"]["vocab"]
    del vocab[next(reversed(vocab))]


def shrink(values: dict[str, Any]) -> None:
    values["model"]["vocab"] = {"!": 0, '"': 1, "#": 3}


def add_piece_to_vocabulary(values: dict[str, Any]) -> None:
    values["model"]["vocab"]["Patient 7"] = 200019


def add_plain_token(values: dict[str, Any]) -> None:
    values["added_tokens"].append({"id": 200019, "content": "Patient 7", "special": False})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (swap, "199998 pieces, of which 199996 agree.* is id 0"),
        (drop_last, "199997 pieces, of which 199997 agree.* is id 199997"),
        (shrink, "3 pieces, of which 2 agree.* is id 2"),
        (add_piece_to_vocabulary, r"1 added pieces, such as \['Patient 7'\]"),
        (add_plain_token, r"1 added pieces, such as \['Patient 7'\]"),
    ],
)
def test_another_vocabulary_is_refused(
    tmp_path: Path, published: dict[str, int], change: Change, message: str
) -> None:
    write_tokenizer(tmp_path, published, change)
    with pytest.raises(ValueError, match=f"has another vocabulary: .*{message}.*o200k_base only"):
        pieces.check_tokenizer(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a readable JSON file"),
        (b'{"model": {"vocab": {"a": 0', "not a readable JSON file"),
        (b"\xff\xfe\x00\x80", "not a readable JSON file"),
        (b"[" * 200_000, "not a readable JSON file"),
        (b"[]", "no mapping from piece to id"),
        (b"{}", "no mapping from piece to id"),
        (b'{"model": []}', "no mapping from piece to id"),
        (b'{"model": {"type": "Unigram", "vocab": [["a", 0.0]]}}', "model.type is 'Unigram'"),
        (b'{"model": {"type": "BPE", "vocab": {}}}', "0 pieces, of which 0 agree"),
    ],
)
def test_a_file_that_is_no_tokenizer_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        pieces.check_tokenizer(tmp_path)


@pytest.mark.parametrize("name", ["Patient|>", "<|Patient"])
def test_only_names_in_both_brackets_pass_for_special(
    tmp_path: Path, published: dict[str, int], name: str
) -> None:
    def change(values: dict[str, Any]) -> None:
        values["model"]["vocab"][name] = 200019

    write_tokenizer(tmp_path, published, change)
    with pytest.raises(ValueError, match="1 added pieces"):
        pieces.check_tokenizer(tmp_path)


def test_odd_added_tokens_are_no_crash(tmp_path: Path, published: dict[str, int]) -> None:
    for odd in ([{"content": ["x"], "special": True}, 3, None], {"a": 1}, 7):
        write_tokenizer(
            tmp_path, published, lambda values, odd=odd: values.update(added_tokens=odd)
        )
        pieces.check_tokenizer(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_TOKENIZER_LIMIT", 10)
    (tmp_path / "tokenizer.json").write_bytes(b" " * 11)
    with pytest.raises(ValueError, match="has 11 bytes"):
        pieces.check_tokenizer(tmp_path)
