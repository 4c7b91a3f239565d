"""Any sentence encoder that transformers reads: texts -> vectors.

To judge what texts are about before the small network learns it; a larger encoder judges better.
Needs transformers, which is imported when an encoder is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy_privacy_filter.compat import has, missing
from spacy_privacy_filter.types import Floats2d

try:
    import torch
except ImportError as error:
    raise missing("torch", "A sentence encoder (training only)") from error

from .encoder import in_batches, mean_state, padded


class LargeEncoder:
    """An encoder with mean pooling, for inference, in bfloat16: exact enough for a target.

    folder (Path): As transformers writes it, with the tokenizer.
    max_length (int): Word pieces kept of a text.
    RAISES (ImportError): transformers is not installed. (OSError): No such folder, or a file of it
        is missing.
    """

    def __init__(self, folder: Path, max_length: int = 256) -> None:
        if not has("transformers"):
            raise missing("transformers", "A larger sentence encoder (training only)")
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        network = AutoModel.from_pretrained(folder, dtype=torch.bfloat16, local_files_only=True)
        self.network = network.eval()
        self.max_length = max_length

    def encode(self, texts: Sequence[str], batch_pieces: int = 4096) -> Floats2d:
        """Turn each text into the mean of its last hidden states, see `SentenceEncoder.encode`."""
        rows = self.tokenizer(list(texts), truncation=True, max_length=self.max_length)
        with torch.inference_mode():
            return in_batches(rows["input_ids"], batch_pieces, self._pool)

    def _pool(self, rows: Sequence[Sequence[int]]) -> Floats2d:
        ids, mask = padded(rows)
        hidden = self.network(ids, attention_mask=mask.long()).last_hidden_state
        return mean_state(hidden.float(), mask)
