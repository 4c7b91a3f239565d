"""Start values of piece embeddings: case is kept, known words get meaning, unknown ones noise."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("tokenizers", reason="the encoder reads its word pieces with it")

from recipes.small import embeddings
from recipes.small.encoder import SentenceEncoder

WORDS = ["red", "blue", "cat", "dog", "walk", "run", "house", "tree"]


class WordEncoder(SentenceEncoder):
    """Stands for the real one: a random vector a word; anything else is unknown (id 0)."""

    def __init__(self, width: int = 24) -> None:
        self.vectors = np.random.default_rng(0).normal(size=(len(WORDS) + 1, width))
        self.width = width

    @property
    def unknown_id(self) -> int:
        return 0

    @property
    def table(self) -> np.ndarray:
        return self.vectors

    def word_pieces(self, texts, special: bool = False) -> list[list[int]]:
        return [[WORDS.index(text) + 1 if text in WORDS else 0] for text in texts]

    def encode(self, texts, batch_pieces: int = 4096) -> np.ndarray:
        return np.stack([self.vectors[WORDS.index(text) + 1][::-1] for text in texts])


def pieces() -> list[bytes]:
    known = [form.encode() for word in WORDS for form in (word, f" {word}", f" {word.upper()}")]
    return [*known, b"\xe2\x82", b"", " жук".encode(), b"123"]


def test_rows_have_the_size_asked_for_and_are_the_same_every_time() -> None:
    table = embeddings.embed_pieces(pieces(), WordEncoder(), width=32, std=0.7)
    assert table.shape == (len(pieces()), 32)
    assert table.dtype == np.float32
    assert np.allclose(np.sqrt((table**2).mean(1)), 0.7, atol=1e-5)
    again = embeddings.embed_pieces(pieces(), WordEncoder(), width=32, std=0.7)
    assert np.array_equal(table, again)


def test_forms_of_a_word_are_near_but_not_equal() -> None:
    table = embeddings.embed_pieces(pieces(), WordEncoder(), width=32)
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    near = unit @ unit.T
    plain, spaced, capitals, other = 0, 1, 2, 3
    assert near[plain, spaced] > near[plain, other]
    assert near[spaced, capitals] > near[spaced, other]
    assert near[plain, spaced] < 0.999
    assert near[spaced, capitals] < 0.999


def test_unknown_pieces_get_small_vectors_of_their_own() -> None:
    meaning = np.zeros((3, 64), dtype=np.float32)
    known = np.asarray([True, False, False])
    embeddings.fill_unknown(meaning, [b"a", b"\xe2", b"\xe3"], known)
    assert not meaning[0].any()
    assert 0.05 < meaning[1].std() < 0.2
    assert not np.allclose(meaning[1], meaning[2])


def test_shape_tells_case_digits_and_script_apart() -> None:
    texts = [
        "sarah",
        " sarah",
        " Sarah",
        " SARAH",
        "7",
        "77",
        "777",
        "@",
        "\n",
        "сара",
        "שרה",
        None,
    ]
    features = [tuple(embeddings.shape_features(text)) for text in texts]
    assert len(set(features)) == len(texts)
    assert len({len(row) for row in features}) == 1


def test_read_pieces_refuses_a_rank_that_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "tiny.tiktoken"
    path.write_bytes(b"".join(base64.b64encode(b"ab") + b" %d\n" % rank for rank in (0, 5)))
    assert embeddings.read_pieces(path, 6) == [b"ab", b"", b"", b"", b"", b"ab"]
    with pytest.raises(ValueError, match=r"Piece 5 of .* does not fit a vocabulary of 4 ids"):
        embeddings.read_pieces(path, 4)


def test_a_narrow_table_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16, but is 8"):
        embeddings.embed_pieces(pieces(), WordEncoder(), width=8)


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"has no config\.json"):
        SentenceEncoder(tmp_path)
