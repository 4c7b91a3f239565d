"""Real rows in other languages -> the rows of them that are trained on.

Names alone are cut out of running text, letters lose or gain their capitals, handles count as
neither right nor wrong, and the forms of addresses of all countries stand alone and in fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from recipes.small.augment import lowered, raised, swap_names
from spacy_privacy_filter.corpus.handles import ignore_handles
from spacy_privacy_filter.corpus.rows import Row, read_objects
from spacy_privacy_filter.labels.tags import OPENAI_LABELS
from spacy_privacy_filter.training.generator.languages import load_languages

PERSON: Final = "private_person"
ADDRESS: Final = "private_address"
# How often a row is in the corpus. Most rows of these sources are alike, or were made by links.
SHARES: Final = {
    "contextual-anonymizer": 0.7,
    "wikiner-ru": 0.5,
    "parstwiner": 0.8,
    "crossner": 0.8,
    "meddocan": 1.5,
    "grascco": 3.0,
    "comtext-sr": 2.0,
    "enron-coref": 2.0,
    "multiner-si": 2.0,
    "il-ner": 1.6,
    "ancora-es": 1.5,
    "idner-news": 1.3,
    "wojood": 1.5,
    "nepali-news": 1.3,
    "lener-br": 0.8,
}
# Languages whose names do not bend, so that another name fits: share of rows with other names.
SWAPPED: Final = {
    "en": 0.35,
    "es": 0.4,
    "pt": 0.3,
    "ca": 0.3,
    "nl": 0.3,
    "de": 0.2,
    "sv": 0.2,
    "id": 0.2,
}
P_LOWERED, P_RAISED = 0.05, 0.05
N_CELLS = 9000
LONGEST_CELL = 40
N_ADDRESSES = 3000
JOINERS: Final = (", ", ", ", "\n", "\n", " ", "; ", " | ")


def world_rows(rows: Iterable[Row], addresses: Path, rng: Random) -> Iterator[Row]:
    """List the rows that are trained on, in no order.

    rows (Iterable[Row]): Real rows with `language`.
    addresses (Path): Forms of addresses, a JSON object with "lines" a line.
    """
    rows = [ignore_handles(row) for row in rows]
    for row in rows:
        share = next((n for name, n in SHARES.items() if row.source.startswith(name)), 1.0)
        for _ in range(int(share) + (rng.random() < share % 1)):
            yield recased(swapped(row, rng), rng)
    yield from cells(rows, rng)
    yield from address_rows([values for _, values in read_objects(addresses)], rng)


def swapped(row: Row, rng: Random) -> Row:
    """Give the people of some rows other names, of the row's language."""
    language = row.language or ""
    if row.spans and rng.random() < SWAPPED.get(language, 0.0):
        return swap_names(row, rng, language)
    return row


def recased(row: Row, rng: Random) -> Row:
    """Take the capitals out of some rows, and write some all in capitals."""
    draw = rng.random()
    if draw < P_LOWERED:
        return lowered(row)
    return raised(row) if draw < P_LOWERED + P_RAISED else row


def cells(rows: Iterable[Row], rng: Random) -> Iterator[Row]:
    """Cut names out of running text: each alone, as a cell of a table or a title has it."""
    found = {
        (row.text[start:end], row.language, row.source)
        for row in rows
        for start, end, label in row.spans
        if label == PERSON and 2 < end - start <= LONGEST_CELL and "\n" not in row.text[start:end]
    }
    chosen = rng.sample(sorted(found, key=str), min(N_CELLS, len(found)))
    for i, (name, language, source) in enumerate(chosen):
        row = Row(
            f"cell-{i}", source, name, ((0, len(name), PERSON),), (), OPENAI_LABELS, None, language
        )
        draw = rng.random()
        yield lowered(row) if draw < 0.2 else raised(row) if draw < 0.45 else row


def address_rows(forms: list[dict[str, Any]], rng: Random) -> Iterator[Row]:
    """Write real forms of addresses, alone, beside a field word, a name, or a sentence."""
    languages = sorted(load_languages().values(), key=lambda language: language.code)
    for i in range(N_ADDRESSES):
        values = rng.choice(forms)
        lines = list(values["lines"])
        if not values["street"]:
            continue
        if values["ends_with_country"] and rng.random() < 0.6:
            lines = lines[:-1]
        text = rng.choice(JOINERS).join(lines)
        language = rng.choice(languages)
        before = rng.choice(
            ["", "", f"{language.words.address}: ", f"{language.words.address}\n", "- "]
        )
        plain = (
            rng.choice(language.plain)
            if language.plain and "{{" not in "".join(language.plain)
            else ""
        )
        after = rng.choice(["", "", ".", "\n", f"\n{plain}", f". {plain}"])
        whole = before + text + after.rstrip(" ")
        span = (len(before), len(before) + len(text), ADDRESS)
        yield Row(f"address-{i}", "addresses", whole, (span,), (), OPENAI_LABELS)
