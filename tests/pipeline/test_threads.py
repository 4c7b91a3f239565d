"""Several threads whose first texts meet on a fresh pipeline."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import spacy

from ..helpers import FILTER, TEXTCAT, TEXTS, outcome, write_source


@pytest.fixture
def hurry() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def make(source: str, dtype: str) -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": source, "dtype": dtype})
    nlp.add_pipe(TEXTCAT)
    return nlp


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int8"])
def test_first_texts_of_several_threads(tmp_path: Path, hurry: None, dtype: str) -> None:
    source = write_source(tmp_path / "net")
    texts = TEXTS * 3
    expected = [outcome(doc) for doc in map(make(source, dtype), texts)]
    for _ in range(4):
        nlp = make(source, dtype)
        start = threading.Barrier(4)
        found: list[Any] = []

        def work(nlp: Any = nlp, start: Any = start, found: list[Any] = found) -> None:
            start.wait()
            found.append([outcome(nlp(text)) for text in texts])

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 4
        weights = nlp.get_pipe(FILTER).network.shim.tensors().values()
        assert all((weight.to_float32() == weight.to_float32()).all() for weight in weights)
