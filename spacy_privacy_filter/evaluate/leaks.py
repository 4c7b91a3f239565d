"""Gold and predictions -> what would leak if the predictions were hidden and the rest published.

A span leaks if a letter or digit of it stays. A document or subject leaks if any of its spans does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..corpus.details import DIRECT, QUASI
from .cases import UNSAID, Case, Found
from .counts import covered
from .intervals import wilson

FRAGMENT: Final = 4  # letters and digits in a row that tell something
ALL: Final = "all"
KINDS: Final = (ALL, DIRECT, QUASI, UNSAID)


def leaks_of(case: Case, found: Found) -> list[tuple[str, bool, list[int]]]:
    """Look at each gold span of a text.

    Whatever the label: a name that is hidden as an address does not leak. Predictions that gold
    cannot judge hide as well.

    RETURNS (list): Kind of identifier, whether any letter or digit stays, and the lengths of the
        runs of characters that stay (marks and white space at their ends do not count).
    """
    if case.gold is None:
        return []
    hidden = covered(case, found.spans)
    made = []
    for i, (start, end, _) in enumerate(case.gold.spans):
        lengths = _runs(case.text[start:end], hidden[start:end])
        kind = case.detail(i).identifier_type or UNSAID
        made.append((kind, bool(lengths), lengths))
    return made


def _runs(text: str, hidden: npt.NDArray[np.bool_]) -> list[int]:
    runs, run = [], ""
    for char, off in zip(text + " ", [*hidden.tolist(), True], strict=True):
        if not off:
            run += char
            continue
        seen = [i for i, c in enumerate(run) if c.isalnum()]
        if seen:
            runs.append(seen[-1] - seen[0] + 1)
        run = ""
    return runs


def leak_report(cases: Sequence[Case], found: Sequence[Found]) -> dict[str, Any]:
    """Rates of spans, entities, documents and subjects that leak, by kind of identifier.

    Only what has gold spans of the kind can leak, so only that is counted. A document without
    subject is a subject of its own. Entities are told by gold's ids, in a document.

    If gold says of no span what kind of identifier it is, there is only the kind "all".

    RETURNS (dict): "rates": kind -> "spans", "entities", "documents", "subjects" -> rate;
        and "fragments".
    """
    looked = [(case, leaks_of(case, own)) for case, own in zip(cases, found, strict=True)]
    report: dict[str, Any] = {}
    said = any(own != UNSAID for _, leaks in looked for own, *_ in leaks)
    for kind in KINDS if said else (ALL,):
        rows = [
            (number, case, place, leaked)
            for number, (case, leaks) in enumerate(looked)
            for place, (own, leaked, _) in enumerate(leaks)
            if kind in (ALL, own)
        ]
        if not rows:
            continue
        report[kind] = {
            "spans": rate([leaked for *_, leaked in rows]),
            "documents": rate(_any((number, leaked) for number, _, _, leaked in rows)),
            "subjects": rate(
                _any(
                    ("" if case.subject is None else case.subject, number, leaked)
                    if case.subject is None
                    else (case.subject, -1, leaked)
                    for number, case, _, leaked in rows
                )
            ),
        }
        named = [
            (number, entity, leaked)
            for number, case, place, leaked in rows
            if (entity := case.detail(place).entity_id) is not None
        ]
        if named:
            report[kind]["entities"] = rate(_any(named))
    return {"rates": report, "fragments": _fragments(looked)}


def _any(rows: Iterable[tuple[Any, ...]]) -> list[bool]:
    """Join rows with the same key (all but the last value): does any of them leak?"""
    joined: dict[tuple[Any, ...], bool] = {}
    for *key, leaked in rows:
        joined[tuple(key)] = joined.get(tuple(key), False) or leaked
    return list(joined.values())


def rate(leaked: Sequence[bool]) -> dict[str, Any]:
    """How many of how many, the rate, and its interval by Wilson."""
    hits, n = sum(leaked), len(leaked)
    return {"leaked": hits, "n": n, "rate": hits / n if n else None, "interval": wilson(hits, n)}


def _fragments(looked: Sequence[tuple[Case, list[tuple[str, bool, list[int]]]]]) -> dict[str, Any]:
    """Count what is left of spans that were found in part, and of those that were missed."""
    pieces = [length for _, leaks in looked for *_, lengths in leaks for length in lengths]
    long = [length for length in pieces if length >= FRAGMENT]
    docs = [any(n >= FRAGMENT for *_, ns in leaks for n in ns) for _, leaks in looked if leaks]
    return {
        "least_length": FRAGMENT,
        "fragments": len(long),
        "shorter": len(pieces) - len(long),
        "characters": sum(long),
        "documents": rate(docs),
    }
