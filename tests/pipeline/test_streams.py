"""`nlp.pipe`: what a stream gives is what each document gives alone, in order and no sooner."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

import pytest

from ..helpers import (
    FILTER,
    PATIENCE,
    TEXTCAT,
    TEXTS,
    assert_close,
    count_passes,
    make_nlp,
    outcome,
    outcomes,
)

ORDERS = [(FILTER, TEXTCAT), (TEXTCAT, FILTER)]
TWO_PROCESSES = """
import sys, warnings
warnings.simplefilter("error")
from tests.helpers import TEXTS, assert_close, make_nlp, outcome, outcomes
nlp = make_nlp(sys.argv[1])
if sys.argv[2] == "used":
    alone = outcomes(nlp)
docs = list(nlp.pipe(TEXTS * 3, n_process=2, batch_size=4))
if sys.argv[2] == "fresh":
    alone = outcomes(nlp)
assert [doc.text for doc in docs] == TEXTS * 3
assert_close([outcome(doc) for doc in docs], alone * 3)
"""


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("batch_size", [1, 3, 1000])
@pytest.mark.parametrize("batch_pieces", [1, 50, 8192])
def test_pipe_equals_call(
    order: tuple[str, ...], batch_size: int, batch_pieces: int, tiny_source: str
) -> None:
    nlp = make_nlp(tiny_source, order)
    alone = outcomes(nlp)
    nlp = make_nlp(tiny_source, order)
    nlp.get_pipe(FILTER).network.configure(batch_pieces=batch_pieces)  # type: ignore[attr-defined]
    docs = list(nlp.pipe(TEXTS, batch_size=batch_size))
    assert [doc.text for doc in docs] == TEXTS
    assert_close([outcome(doc) for doc in docs], alone)


def test_tuples_and_docs_keep_their_order(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    pairs = [(text, {"id": i}) for i, text in enumerate(TEXTS)]
    done = list(nlp.pipe(pairs, as_tuples=True, batch_size=2))
    assert [(doc.text, context) for doc, context in done] == pairs
    docs = [nlp.make_doc(text) for text in TEXTS]
    assert all(a is b for a, b in zip(nlp.pipe(docs), docs, strict=True))


def test_an_empty_stream(tiny_source: str) -> None:
    assert list(make_nlp(tiny_source).pipe([])) == []


@pytest.mark.parametrize("order", ORDERS)
def test_streams_are_read_as_they_are_needed(order: tuple[str, ...], tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, order)
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        while True:  # without end: whoever reads it whole never comes back
            taken += 1
            yield TEXTS[0]

    assert len(list(islice(nlp.pipe(texts(), batch_size=4), 2))) == 2
    assert taken <= 8


def test_documents_share_passes(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    with count_passes(nlp.get_pipe(FILTER).network) as rows:  # type: ignore[attr-defined]
        list(nlp.pipe(["One two three."] * 50))
    assert len(rows) == 1


@pytest.mark.parametrize("weights", ["fresh", "used"])
def test_two_processes_give_the_same(weights: str, tiny_source: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO_PROCESSES, tiny_source, weights],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr


def test_one_long_document_runs_in_passes_of_the_budget(tiny_source: str) -> None:
    """Documents of one piece and of many thousands in one stream: no pass is over the budget."""
    nlp = make_nlp(tiny_source)
    network = nlp.get_pipe(FILTER).network  # type: ignore[attr-defined]
    network.configure(batch_pieces=300, window=200)
    line = "Patient 7919 was seen by Dr Mbeki-Lowe on 3 May. "
    texts = ["One.", line * 800, "Two.", "", line]
    with count_passes(network) as rows:
        docs = list(nlp.pipe(iter(texts)))
    assert [doc.text for doc in docs] == texts
    assert sum(rows) > 8000
    # A window is at most its core and the context of two layers with a reach of 8 on both sides.
    assert max(rows) <= max(300, 200 + 2 * 16)


def test_a_slow_reader_is_waited_for(tiny_source: str) -> None:
    """Back-pressure: nothing is read ahead beyond the batch that is being handed out."""
    nlp, taken = make_nlp(tiny_source), 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for i in range(40):
            taken += 1
            yield f"Text {i}."

    for done, _ in enumerate(nlp.pipe(texts(), batch_size=5), start=1):
        assert taken - done < 2 * 5


def test_contexts_follow_their_texts_through_two_processes(tiny_source: str) -> None:
    code = (
        TWO_PROCESSES.split("if sys.argv[2]")[0]
        + """
pairs = ((text, i) for i, text in enumerate(TEXTS * 2))
done = list(nlp.pipe(pairs, as_tuples=True, n_process=2, batch_size=3))
assert [(doc.text, i) for doc, i in done] == [(t, i) for i, t in enumerate(TEXTS * 2)]
"""
    )
    run = subprocess.run([sys.executable, "-c", code, tiny_source], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
