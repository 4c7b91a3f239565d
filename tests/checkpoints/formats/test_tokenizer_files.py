"""tokenizer.json of a converted checkpoint: other libraries cut texts as we do."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.checkpoints.formats.tokenizer_files import write_tokenizer
from spacy_privacy_filter.text.o200k import encode


def test_other_libraries_cut_texts_as_we_do(tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    write_tokenizer(tmp_path)
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for text in ("Anna's 12345 cats", "  x\n\n y\t", "日本語 🙂 e\u0301", "a" * 50, "DON'T naïve"):
        assert theirs.encode(text, add_special_tokens=False).ids == encode(text).ids.tolist()
    assert theirs.token_to_id("<|endoftext|>") == 199999
