"""Labelled rows -> more of them: other people's names, lower case, and what is certainly no data.

A small network that sees a real text several times learns its names by heart; with other names it
must learn what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from random import Random
from typing import Final

from spacy_privacy_filter.corpus.rows import Row
from spacy_privacy_filter.training.generator.values.people import (
    Person,
    load_cultures,
    load_faker,
    make_person,
)

PERSON: Final = "private_person"
# Latin languages whose lists of names answer whether a word may be a name.
NAMED: Final = ("en", "es", "fr", "de", "it", "pt", "nl")
WORD: Final = re.compile(r"\S+")
SENTENCE_END: Final = re.compile(r"[.!?:;\"')\]]*[.!?]['\")\]]*\Z|\A\W+\Z")
MONTHS: Final = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|"
    r"june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)"
    r"day|christmas|easter|halloween)\b|\d(?:st|nd|rd|th)\b|\d[/.-]\d|\d{4,}"
)
LINK: Final = re.compile(r"(?i)@|://|www|\.(?:com|org|net|edu|gov|co|info|tv|uk|de|html?)\b")


def swap_names(row: Row, rng: Random, language: str = "en") -> Row:
    """Give the people of a text other names, each the same one wherever it is written.

    A name keeps its number of words and its capitals; a label other than a person's stays.

    row (Row): Its spans say where the names are.
    rng (Random): What the names are drawn from.
    language (str): Whose names they are.
    RETURNS (Row): The text with other names; offsets fit it.
    """
    names: dict[str, str] = {}
    people: dict[str, Person] = {}
    parts: list[str] = []
    spans, ignore, at, shift = [], [], 0, 0
    marks = sorted(
        [(s, e, label) for s, e, label in row.spans] + [(s, e, "") for s, e in row.ignore]
    )
    for start, end, label in marks:
        if start < at:  # what is ignored may lie on a span
            continue
        old = row.text[start:end]
        new = old
        if label == PERSON:
            new = names.setdefault(old, _other_name(old, rng, people, language))
        parts += [row.text[at:start], new]
        moved = (start + shift, start + shift + len(new))
        shift += len(new) - len(old)
        at = end
        if label:
            spans.append((*moved, label))
        else:
            ignore.append(moved)
    parts.append(row.text[at:])
    return replace(row, text="".join(parts), spans=tuple(spans), ignore=tuple(ignore))


def _other_name(old: str, rng: Random, people: dict[str, Person], language: str) -> str:
    """Make a name with as many words; the same word of the same text gives the same person."""
    words = old.split()
    if not words or not any(char.isalpha() for char in old):
        return old
    last = words[-1].strip(".,").lower()
    person = people.setdefault(last, make_person(rng, language))
    given, family = person.given.split() or ["Sam"], person.family.split() or ["Lee"]
    if len(words) == 1:
        new = [rng.choice([given[0], given[0], family[-1]])]
    else:
        middle = [_middle(word, rng, language) for word in words[1:-1]]
        first = f"{given[0][0]}." if re.fullmatch(r"\w\.", words[0]) else given[0]
        new = [first, *middle, family[-1]]
    text = " ".join(new)
    if old.islower():
        return text.lower()
    return text.upper() if old.isupper() and len(old) > 3 else text


def _middle(word: str, rng: Random, language: str) -> str:
    if re.fullmatch(r"\w\.?", word):
        return rng.choice("ABCDEFGHJKLMNPRSTW") + word[1:]
    return make_person(rng, language).given.split()[0] if word[:1].isupper() else word


def lowered(row: Row) -> Row:
    """Write a text as people do in a hurry: without capitals. Offsets stay as they are."""
    text = "".join(char.lower() if len(char.lower()) == 1 else char for char in row.text)
    return replace(row, text=text)


def raised(row: Row) -> Row:
    """Write a text in capitals, but for letters that have none of one letter ("ß")."""
    text = "".join(char.upper() if len(char.upper()) == 1 else char for char in row.text)
    return replace(row, text=text)


def with_negatives(row: Row, labels: Collection[str]) -> Row:
    """Say of a text without annotation what is certainly no personal data.

    Words that might belong to some are ignored: capitals inside a sentence, names of people or
    months, links, long numbers. All else is known to be of no label.

    row (Row): Without spans.
    labels (Collection[str]): Labels that the rest of the text is known not to have.
    RETURNS (Row): With `known` and `ignore`.
    RAISES (ValueError): A row that has spans.
    """
    if row.spans or row.known:
        raise ValueError(f"Row {row.id!r} has an annotation already.")
    ignore = []
    starts = True  # of a sentence
    for match in WORD.finditer(row.text):
        word = match.group()
        if _may_be_data(word, starts):
            ignore.append(match.span())
        starts = bool(SENTENCE_END.search(word))
    return replace(row, known=tuple(sorted(labels)), ignore=tuple(ignore))


def _may_be_data(word: str, starts: bool) -> bool:
    letters = re.sub(r"\W", "", word)
    if LINK.search(word) or MONTHS.search(word):
        return True
    if letters[:1].isupper() and not starts and letters != "I" and not letters.startswith("Im"):
        return True
    return len(letters) > 2 and letters.lower() in _names() and (letters[0].isupper() or starts)


@cache
def _names() -> frozenset[str]:
    """Given and family names of Faker's lists in some Latin languages, in lower case."""
    found: set[str] = set()
    for locale in {name for language in NAMED for name in load_cultures()[language]}:
        for provider in load_faker(locale).get_providers():
            for kind in ("first_names", "last_names", "first_names_male", "first_names_female"):
                found.update(name.lower() for name in getattr(provider, kind, ()) or ())
    return frozenset(found)
