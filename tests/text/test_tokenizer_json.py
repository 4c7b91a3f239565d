"""A checkpoint's own tokenizer.json must have the vocabulary that we encode with."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.text import o200k as pieces
from spacy_privacy_filter.text import tokenizer_json
from spacy_privacy_filter.text.tokenizer_json import check_tokenizer

DATA = Path(pieces.__file__).parents[1] / "data" / pieces.RANKS_FILE

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
    check_tokenizer(tmp_path)


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
    check_tokenizer(tmp_path)


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
        check_tokenizer(tmp_path)


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
        check_tokenizer(tmp_path)


@pytest.mark.parametrize("name", ["Patient|>", "<|Patient"])
def test_only_names_in_both_brackets_pass_for_special(
    tmp_path: Path, published: dict[str, int], name: str
) -> None:
    def change(values: dict[str, Any]) -> None:
        values["model"]["vocab"][name] = 200019

    write_tokenizer(tmp_path, published, change)
    with pytest.raises(ValueError, match="1 added pieces"):
        check_tokenizer(tmp_path)


def test_odd_added_tokens_are_no_crash(tmp_path: Path, published: dict[str, int]) -> None:
    for odd in ([{"content": ["x"], "special": True}, 3, None], {"a": 1}, 7):
        write_tokenizer(
            tmp_path, published, lambda values, odd=odd: values.update(added_tokens=odd)
        )
        check_tokenizer(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer_json, "TOKENIZER_LIMIT", 10)
    (tmp_path / "tokenizer.json").write_bytes(b" " * 11)
    with pytest.raises(ValueError, match="has 11 bytes"):
        check_tokenizer(tmp_path)
