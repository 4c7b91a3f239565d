"""Start values of the piece embeddings: o200k pieces -> meaning, spelling and shape.

Meaning comes from a distilled sentence encoder, so that words never seen in training still mean
something. The encoder ignores case and knows little beyond English; spelling and shape make up
for it. All of it is a function of the piece alone, so the network's embedding table can hold it.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.types import Bools1d, Floats2d

from .encoder import SentenceEncoder, find_encoder

# Shares of the width. The rest is meaning.
SPELLING_SHARE = 1 / 8
SHAPE_SHARE = 1 / 8
N_SPELLING_HASHES = 8192
UNKNOWN_STD = 0.1  # of the meaning of a piece that the encoder cannot read, others have 1
SCRIPTS = (
    *("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW"),
    *("DEVANAGARI", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"),
)
MARKS = ("@", "./\\", ":;,", "-_", "=&?#", "()[]{}<>", "'\"`")


def read_pieces(path: Path, n_ids: int) -> list[bytes]:
    """Read the bytes of every piece from a tiktoken file of ranks, plain or gzipped.

    n_ids (int): Length of the list; ids without a piece (special tokens, padding) are empty.
    RAISES (ValueError): A rank that does not fit.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    pieces = [b""] * n_ids
    with opener(path, "rb") as file:
        for line in file:
            encoded, rank = line.split()
            if int(rank) >= n_ids:
                raise ValueError(
                    f"Piece {int(rank)} of {path} does not fit a vocabulary of {n_ids} ids. "
                    "Give the file of o200k_base, or a larger vocabulary."
                )
            pieces[int(rank)] = base64.b64decode(encoded)
    return pieces


def embed_pieces(
    pieces: Sequence[bytes], encoder: SentenceEncoder, width: int = 256, std: float = 0.7
) -> Floats2d:
    """Make the start values of the embedding table.

    pieces (Sequence[bytes]): Bytes of each id; empty, or cut inside a character, is allowed.
    width (int): Size of a vector, at least 16.
    std (float): Root mean square of every row: the first operation on it is an RMSNorm, so only the
        size of what the first layer adds to it matters.
    RETURNS (Floats2d): Float32, the same at every call. Shape: (n_pieces, width).
    RAISES (ValueError): A width below 16.
    """
    if width < 16:
        raise ValueError(f"The width must be at least 16, but is {width}.")
    texts = [decode_piece(piece) for piece in pieces]
    n_spelling, n_shape = int(width * SPELLING_SHARE), int(width * SHAPE_SHARE)
    features, known = encoder_features(texts, encoder)
    meaning = reduce_width(features, known, width - n_spelling - n_shape)
    fill_unknown(meaning, pieces, known)
    blocks = (meaning, spelling_vectors(texts, n_spelling), shape_vectors(texts, n_shape))
    return scale_rows(np.concatenate(blocks, axis=1), std)


def decode_piece(piece: bytes) -> str | None:
    """Read a piece as text; None if it is empty or cut inside a character."""
    try:
        return piece.decode("utf8") or None
    except UnicodeDecodeError:
        return None


def encoder_features(
    texts: Sequence[str | None], encoder: SentenceEncoder
) -> tuple[Floats2d, Bools1d]:
    """Look each text up in the encoder: its input embeddings averaged, and its last hidden states.

    Case and the space in front are ignored, so that each word is computed once.

    RETURNS (tuple[Floats2d, Bools1d]): Float32, zero where unknown, shape (n_texts, 2 x width); and
        which texts the encoder can read, shape (n_texts,).
    """
    words = [(text or "").strip().lower() for text in texts]
    unique = sorted({word for word in words if word})
    rows = encoder.word_pieces(unique)
    readable = [i for i, row in enumerate(rows) if row and encoder.unknown_id not in row]
    row_of = {unique[i]: n for n, i in enumerate(readable)}
    table = encoder.table - encoder.table.mean(0)
    static = np.stack([table[rows[i]].mean(0) for i in readable])
    hidden = encoder.encode([unique[i] for i in readable])
    # the two have different sizes; each gets the same say in the reduction
    both = [block / np.linalg.norm(block - block.mean(0)) for block in (static, hidden)]
    found = np.concatenate(both, axis=1)  # (n_readable, 2 x width)
    index = np.asarray([row_of.get(word, -1) for word in words])
    known = index >= 0
    features = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
    features[known] = found[index[known]]
    return features, known


def reduce_width(features: Floats2d, known: Bools1d, width: int) -> Floats2d:
    """Keep the main directions (PCA), each row at a root mean square of 1.

    A direction's spread enters by its square root: a plain PCA lets a handful of directions drown
    the rest, whitening lets noise in.

    RETURNS (Floats2d): Float32, zero where not known. Shape: (n_rows, width).
    SOURCE: Raunak et al. 2019, doi:10.18653/v1/W19-4328, on reducing word vectors by PCA.
    """
    rows = features[known].astype(np.float64)
    centred = rows - rows.mean(0)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(rows))  # ascending
    values, vectors = values[::-1][:width], vectors[:, ::-1][:, :width]
    # an eigenvector's sign is arbitrary: fix it, so that the result is the same everywhere
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(0), np.arange(vectors.shape[1])])
    reduced = centred @ vectors / np.maximum(values, 1e-12) ** 0.25
    out = np.zeros((len(features), width), dtype=np.float32)
    out[known, : reduced.shape[1]] = scale_rows(reduced, 1.0)
    return out


def fill_unknown(meaning: Floats2d, pieces: Sequence[bytes], known: Bools1d) -> None:
    """Give each piece that the encoder cannot read a small vector made from its bytes."""
    for i in np.flatnonzero(~known).tolist():
        seed = zlib.crc32(pieces[i]) if pieces[i] else i
        rng = np.random.default_rng((seed, len(pieces[i])))
        meaning[i] = rng.normal(0.0, UNKNOWN_STD, meaning.shape[1])


def spelling_vectors(texts: Sequence[str | None], width: int) -> Floats2d:
    """Give pieces that share beginnings, endings and letter groups similar vectors.

    Each group of 2 to 4 characters adds a fixed random direction, as in fastText.

    RETURNS (Floats2d): Float32, root mean square 1 or a zero row. Shape: (n_texts, width).
    SOURCE: Bojanowski et al. 2017, arXiv:1607.04606.
    """
    directions = np.random.default_rng(0).normal(size=(N_SPELLING_HASHES, width))
    out = np.zeros((len(texts), width))
    for i, text in enumerate(texts):
        word = (text or "").strip().lower()
        if word:
            framed = f"^{word[:24]}$"  # longer ones are rulers such as "-----"
            groups = [framed[a : a + n] for n in (2, 3, 4) for a in range(len(framed) - n + 1)]
            hashes = [zlib.crc32(group.encode("utf8")) % N_SPELLING_HASHES for group in groups]
            out[i] = directions[hashes].sum(0)
    return scale_rows(out, 1.0).astype(np.float32)


def shape_vectors(texts: Sequence[str | None], width: int) -> Floats2d:
    """Write how a piece looks (space, case, digits, punctuation, script) in fixed directions.

    RETURNS (Floats2d): Float32, root mean square about 1. Shape: (n_texts, width).
    """
    features = np.asarray([shape_features(text) for text in texts], dtype=np.float64)
    centred = features - features.mean(0)
    # rare features (a script, a mark) must not be faint, nor shout
    scaled = centred / np.maximum(centred.std(0), 0.2)
    size = max(features.shape[1], width)
    rotation, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(size, size)))
    projected = scaled @ rotation[: features.shape[1], :width]
    return np.asarray(projected / projected.std(), dtype=np.float32)


def shape_features(text: str | None) -> list[float]:
    """Describe how a piece looks, as numbers between 0 and 1 whose order is fixed."""
    if text is None:
        return [1.0] + [0.0] * (16 + len(MARKS) + len(SCRIPTS))
    word = text.strip()
    n_digits = sum(char.isdigit() for char in word)
    letters = [char for char in word if char.isalpha()]
    flags = (
        False,  # not a text
        text[:1] == " ",
        "\n" in text,
        not word,
        word[:1].isupper() and not word.isupper(),
        len(letters) > 1 and word.isupper(),
        len(letters) == 1 and word.isupper(),
        any(char.isupper() for char in word[1:]) and not word.isupper(),
        bool(letters) and word.islower(),
        n_digits == 1,
        n_digits == 2,
        n_digits >= 3,
        bool(n_digits) and bool(letters),
        bool(word) and not letters and not n_digits,
        bool(letters) and not word[0].isalnum(),
        bool(letters) and not word.isascii(),
    )
    marks = [any(char in word for char in group) for group in MARKS]
    names = {unicodedata.name(char, "?").split()[0] for char in letters}
    scripts = [script in names for script in SCRIPTS]
    return [float(flag) for flag in flags] + [min(len(word), 10) / 10, *marks, *scripts]


def scale_rows(rows: Floats2d, std: float) -> Floats2d:
    """Bring every row that is not zero to a root mean square."""
    size = np.sqrt(np.mean(np.square(rows), axis=1, keepdims=True))
    return np.asarray(rows * (std / np.maximum(size, 1e-12)), dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table to a .npy file. Takes about 4 minutes on one thread for o200k_base."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("ranks", type=Path, help="o200k_base.tiktoken, plain or .gz")
    parser.add_argument("output", type=Path, help="the .npy file to write")
    parser.add_argument("--encoder", type=Path, help="folder of a BERT sentence encoder")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--vocab-size", type=int, default=NetworkConfig().vocab_size)
    parser.add_argument("--std", type=float, default=0.7)
    args = parser.parse_args(arguments)
    encoder = SentenceEncoder(args.encoder or find_encoder(), max_length=16)
    pieces = read_pieces(args.ranks, args.vocab_size)
    np.save(args.output, embed_pieces(pieces, encoder, args.width, args.std))


if __name__ == "__main__":
    main()
