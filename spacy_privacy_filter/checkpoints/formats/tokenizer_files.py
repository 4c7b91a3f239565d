"""The shipped o200k_base ranks -> tokenizer.json and tokenizer_config.json of other libraries.

We never read them to encode a text; they make a converted checkpoint complete for its readers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from ...files import write_atomically
from ...text.o200k import PATTERN, SPECIAL_TOKENS, vocabulary
from ..tensors.folder import write_json

TOKENIZER: Final = "tokenizer.json"
TOKENIZER_CONFIG: Final = "tokenizer_config.json"
END: Final = "<|endoftext|>"
# What the published repositories say of it.
MAX_LENGTH: Final = 128000


def write_tokenizer(folder: Path) -> list[str]:
    """Write both files.

    folder (Path): An existing folder.
    RETURNS (list[str]): Their names.
    """
    write_atomically(folder / TOKENIZER, make_tokenizer())
    names = {"eos_token": END, "pad_token": END, "model_max_length": MAX_LENGTH}
    write_json(folder / TOKENIZER_CONFIG, {"tokenizer_class": "TokenizersBackend"} | names)
    return [TOKENIZER, TOKENIZER_CONFIG]


def make_tokenizer() -> bytes:
    """Make the contents of tokenizer.json: the same at every call, after two seconds.

    RETURNS (bytes): JSON, in UTF-8.
    SOURCE: Hugging Face tokenizers 0.23, its format 1.0.
    """
    text = json.dumps(_describe_tokenizer(), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _describe_tokenizer() -> dict[str, Any]:
    bytes_only = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    bytes_only["use_regex"] = False
    split = {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated"}
    vocab = vocabulary()
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": i,
                "content": name,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for name, i in SPECIAL_TOKENS.items()
        ],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [split | {"invert": False}, bytes_only],
        },
        "post_processor": bytes_only,
        "decoder": bytes_only,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": vocab | SPECIAL_TOKENS,  # otherwise their ids follow the last rank
            "merges": _merges(vocab),
        },
    }


def _merges(vocab: dict[str, int]) -> list[tuple[str, str]]:
    """Name all pairs that may be merged, the lowest rank of their whole first.

    The ranks merge any two neighbours that make up a piece: so each way to cut a piece counts.
    """
    merges: list[tuple[str, str]] = []
    for whole in vocab:  # in the order of the ranks
        pairs = [
            (first, second)
            for i in range(1, len(whole))
            if (first := whole[:i]) in vocab and (second := whole[i:]) in vocab
        ]
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))
        merges += pairs
    return merges
