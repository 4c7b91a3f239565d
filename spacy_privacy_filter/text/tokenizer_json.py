"""The tokenizer.json beside a checkpoint -> whether it has the vocabulary that we encode with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .o200k import N_RANKS, vocabulary

TOKENIZER_LIMIT: Final = 128 * 2**20  # bytes; the published tokenizer.json has 27 MB


def check_tokenizer(folder: Path) -> None:
    """Refuse a checkpoint whose own tokenizer.json has another vocabulary than o200k_base.

    All pieces are compared. Special tokens may be added, since a text's pieces never include them.

    folder (Path): Folder of a checkpoint. Without a tokenizer.json there is nothing to check.
    RAISES (ValueError): Another vocabulary, or a file that cannot be read as a tokenizer.
    """
    path = Path(folder) / "tokenizer.json"
    if not path.exists():
        return
    values = _read_tokenizer(path)
    vocab = values["model"]["vocab"]
    expected = vocabulary()
    wrong = next((i for name, i in expected.items() if vocab.get(name) != i), None)
    if wrong is not None:
        n_same = sum(vocab.get(name) == i for name, i in expected.items())
        raise _other_vocabulary(
            path,
            f"{len(vocab)} pieces, of which {n_same} agree with the {N_RANKS} of o200k_base; the "
            f"first that does not is id {wrong}",
        )
    listed = values.get("added_tokens")
    tokens = listed if isinstance(listed, list) else []
    added = [token for token in tokens if isinstance(token, dict)]
    special = {str(token.get("content")) for token in added if token.get("special") is True}
    names = {*vocab.keys() - expected.keys(), *(str(token.get("content")) for token in added)}
    own = sorted(n for n in names - special if not (n.startswith("<|") and n.endswith("|>")))
    if own:
        raise _other_vocabulary(path, f"o200k_base and {len(own)} added pieces, such as {own[:3]}")


def _other_vocabulary(path: Path, found: str) -> ValueError:
    return ValueError(
        f"{path} has another vocabulary: {found}. The network would read other pieces than it was "
        "trained on, and miss personal data. spacy-privacy-filter encodes text with o200k_base "
        "only: use a checkpoint that was trained with it."
    )


def _read_tokenizer(path: Path) -> Mapping[str, Any]:
    """Read a tokenizer.json as far as model.vocab, a mapping from piece to id."""
    size = path.stat().st_size
    if size > TOKENIZER_LIMIT:
        raise ValueError(
            f"{path} has {size} bytes; the one of o200k_base has about 27 million, and more than "
            f"{TOKENIZER_LIMIT} are not read. Is it the right file?"
        )
    try:
        values = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:  # malformed JSON, not UTF-8, or nested too deeply
        raise ValueError(
            f"{path} is not a readable JSON file ({type(error).__name__}). Is the download "
            "complete? Get it again."
        ) from None
    model = values.get("model") if isinstance(values, dict) else None
    vocab = model.get("vocab") if isinstance(model, dict) else None
    if not isinstance(vocab, dict):
        kind = model.get("type") if isinstance(model, dict) else None
        raise ValueError(
            f"{path} has no mapping from piece to id at model.vocab (model.type is {kind!r}); "
            "o200k_base is a tokenizer of type 'BPE'. Use a checkpoint that was trained with it."
        )
    return values
