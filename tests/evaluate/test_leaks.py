"""What would leak if what was found were hidden, and the rest published."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.corpus.details import Detail
from spacy_privacy_filter.evaluate.cases import Case, Found
from spacy_privacy_filter.evaluate.leaks import leak_report, leaks_of
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan

TEXT = "Anna Ek met Bob in Oslo on 1 May 2020."


ANNA, BOB, OSLO = (0, 7, "name"), (12, 15, "name"), (19, 23, "place")


def spans(*found: tuple[int, int, str], score: float = 0.5) -> tuple[CharSpan, ...]:
    return tuple(CharSpan(*span, score) for span in found)


@pytest.mark.parametrize(
    ("found", "leaked", "lengths"),
    [
        ((ANNA,), False, []),
        (((0, 7, "place"),), False, []),  # another label hides as well
        (((0, 4, "name"), (5, 7, "name")), False, []),  # the space between tells nothing
        (((0, 5, "name"),), True, [2]),
        (((4, 5, "name"),), True, [4, 2]),
        ((), True, [7]),
    ],
)
def test_a_letter_that_stays_is_a_leak(
    found: tuple[tuple[int, int, str], ...], leaked: bool, lengths: list[int]
) -> None:
    case = Case(TEXT, Gold((ANNA,)), (Detail("direct"),))
    assert leaks_of(case, Found(spans(*found))) == [("direct", leaked, lengths)]


def test_leaks_by_document_subject_entity_and_identifier() -> None:
    def case(subject: str | None, kinds: tuple[str | None, str | None]) -> Case:
        details = (Detail(kinds[0], "e1"), Detail(kinds[1], "e1"))
        return Case(TEXT, Gold((ANNA, BOB)), details, subject)

    cases = [
        case("s", ("direct", "quasi")),
        case("s", ("direct", "quasi")),
        case(None, ("quasi", None)),
        Case(TEXT, Gold(())),  # nothing there that could leak
        Case(TEXT),
    ]
    found = [Found(spans(ANNA)), Found(spans(ANNA, BOB)), Found(spans(ANNA, BOB)), Found(), Found()]
    report = leak_report(cases, found)
    rates = report["rates"]
    figures = {
        (kind, what): (own["leaked"], own["n"])
        for kind, rows in rates.items()
        for what, own in rows.items()
    }
    assert figures == {
        ("all", "spans"): (1, 6),
        ("all", "documents"): (1, 3),
        ("all", "subjects"): (1, 2),
        ("all", "entities"): (1, 3),
        ("direct", "spans"): (0, 2),
        ("direct", "documents"): (0, 2),
        ("direct", "subjects"): (0, 1),
        ("direct", "entities"): (0, 2),
        ("quasi", "spans"): (1, 3),
        ("quasi", "documents"): (1, 3),
        ("quasi", "subjects"): (1, 2),
        ("quasi", "entities"): (1, 3),
        ("not said", "spans"): (0, 1),
        ("not said", "documents"): (0, 1),
        ("not said", "subjects"): (0, 1),
        ("not said", "entities"): (0, 1),
    }
    assert report["fragments"]["fragments"] == 0
    assert report["fragments"]["shorter"] == 1  # Bob


def test_fragments_of_four() -> None:
    cases = [Case(TEXT, Gold((ANNA, OSLO)))]
    fragments = leak_report(cases, [Found(spans((5, 7, "name")))])["fragments"]
    assert (fragments["fragments"], fragments["characters"], fragments["shorter"]) == (2, 8, 0)
    assert fragments["documents"]["leaked"] == 1
