"""Both components in a pipeline: any documents, any number of times."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from ..helpers import FILTER, TEXTCAT, TEXTS, make_nlp, outcome, outcomes


@pytest.mark.parametrize("names", [(FILTER, TEXTCAT), (TEXTCAT, FILTER), (FILTER,), (TEXTCAT,)])
def test_running_twice_changes_nothing(names: tuple[str, ...], tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, names)
    for text in TEXTS:
        doc = nlp(text)
        once = outcome(doc)
        assert outcome(nlp(doc)) == once


@pytest.mark.parametrize(
    ("words", "spaces"),
    [
        ([], []),
        ([" "], [False]),
        (["\n", "\t"], [True, False]),
        (["a", " ", " ", "b"], [True, True, True, False]),
        (["Ada", "Lovelace", "rang", "+44"], [False] * 4),
        (["to", "ada@", "example", ".org", "!"], [True, False, False, False, False]),
    ],
)
def test_docs_of_odd_tokens(words: list[str], spaces: list[bool], tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    doc = nlp(Doc(nlp.vocab, words=words, spaces=spaces))
    assert doc._.privacy_spans == nlp(doc.text)._.privacy_spans
    assert sum(doc.cats.values()) == pytest.approx(1, abs=1e-5)


def test_results_do_not_depend_on_what_ran_before(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    first = outcomes(nlp)
    assert outcomes(nlp, reversed(TEXTS)) == first[::-1]
