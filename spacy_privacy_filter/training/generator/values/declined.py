"""Names with the endings of cases: a language -> a name in one of them."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from ..tables import read_table

DECLINED: Final = "words/declined.json"


def make_declined(rng: Random, language: str, form: str) -> str:
    """Write a name in a case.

    language (str): One of `words/declined.json`.
    form (str): A case of that language, then at times "given" or "family", and the class of names,
        "m" or "f" unless the language has others: "gen", "dat given", "ins f".
    RAISES (ValueError): A language or a case that is not in the table.
    """
    entry = read_table(DECLINED).get(language)
    case, *more = form.split()
    if entry is None or case not in entry["cases"].split():
        raise ValueError(f"{DECLINED}: no case {case!r} of {language!r}.")
    column = entry["cases"].split().index(case)
    kinds = sorted({row[0] for row in entry["rows"]})
    kind = next((word for word in more if word in kinds), "") or rng.choice(kinds)
    order = ("family", "given") if entry.get("family_first") else ("given", "family")
    # where only the last word of a name has an ending
    first = 0 if entry.get("last_only") else column
    wanted = [part for part in order if part in more] or list(order)
    columns = [first] * (len(wanted) - 1) + [column]
    return " ".join(
        _decline(rng, entry["rows"], kind, part, each)
        for part, each in zip(wanted, columns, strict=True)
    )


def _decline(rng: Random, rows: list[Any], kind: str, part: str, column: int) -> str:
    choices = [
        (stem, endings)
        for sex, role, endings, stems in rows
        if sex == kind and role == part
        for stem in stems.split()
    ]
    stem, endings = rng.choice(choices)
    ending = endings.split()[column]
    return stem + ("" if ending == "-" else str(ending))
