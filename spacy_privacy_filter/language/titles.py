"""Words beside names in some twenty languages -> what they tell, and how another writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .tables import read_table

_TABLE: Final = read_table("titles")


@dataclass(frozen=True)
class Title:
    """What a title tells of whoever has it, and what is written for it.

    rank (str): "learned" (Dr), "plain" (Mr, Mx), "office" (Judge, Rev) or "" (med.). After a plain
        or learned one, a single name is the family name; after the others it can be either.
    gender (str): "female", "male" or "".
    locale (str): One of Faker's where its language is sure, or "".
    written (tuple[str, ...]): Titles of the same sense; none if it is left out.
    office (str): Which office it is, the same for all of its titles.
    """

    rank: str
    gender: str
    locale: str
    written: tuple[str, ...]
    office: str = ""


def _titles(rows: Iterable[Mapping[str, Any]]) -> dict[str, Title]:
    """Read rows of titles: their rank, gender, locale, words, and what is written for them.

    What is written comes best first: often a short form, so that little of the source repeats, and
    another for a source that has it. Nothing is there if all that is usual repeats four letters.
    """
    titles = {}
    for row in rows:
        written = tuple(row.get("written", ()))
        office = (*written, *row["words"])[0].strip(".") if row["rank"] == "office" else ""
        title = Title(row["rank"], row["gender"], row.get("locale", ""), written, office)
        titles.update({word.casefold(): title for word in row["words"]})
    return titles


TITLES: Final = _titles(_TABLE["titles"])
# The locale of each title and particle that has one; the first that a name has counts.
LOCALES: Final[dict[str, str]] = {
    **{word: title.locale for word, title in TITLES.items() if title.locale},
    **_TABLE["particles"],
}
# Short forms that mean another title in documents of some languages; a letter alone may be an
# initial.
SENSES: Final[dict[str, dict[str, str]]] = _TABLE["senses"]
SENSED: Final = frozenset(("sr", *(word for own in SENSES.values() for word in own)))
# Words before a title that are a part of neither it nor the name: "the Rev.", "la Sra."
ARTICLES: Final = frozenset(_TABLE["articles"])
# What a short form means before a given name of a woman or man.
_BEFORE_GIVEN: Final[dict[str, dict[str, str]]] = _TABLE["before_given_names"]
# Titles that are also given names or words: only in small letters within a name that has capitals.
_SMALL = frozenset(_TABLE["small"])
# Short forms that are also names: only with their dot.
_DOTTED = frozenset(_TABLE["dotted"])
# What only stands before another title.
_LEADING = frozenset(_TABLE["leading"])
_POLISH = re.compile(r"(?:sk|ck|dzk)(?:i|iego|iemu|im)\b|(?:icz|czyk)\b|[áčíýšąćęłńśźżřěů]", re.I)
# After a name. Of these, the first tell people of one name apart.
GENERATIONS: Final[dict[str, str]] = {
    word: generation for generation, words in _TABLE["generations"].items() for word in words
}
# The same after a "the" alone: "Elder" is a name.
AGED: Final[dict[str, str]] = _TABLE["aged"]
DEGREES: Final = frozenset(_TABLE["degrees"])
HONORIFICS: Final = {
    word: replace(title, office="") for word, title in _titles(_TABLE["honorifics"]).items()
}
SUFFIXES = frozenset((*GENERATIONS, *DEGREES, *HONORIFICS))


def is_title(word: str, norm: str, text: str, dotted: bool, lone: bool, coming: str) -> bool:
    """Say whether a word with which a name begins is a title in it.

    word, norm (str): As it is written, and in the form that is compared.
    text (str): The whole name.
    dotted (bool): Whether a dot follows the word.
    lone (bool): Whether "M." is no initial.
    coming (str): The next word, as it is compared.
    """
    if norm in _LEADING:
        return coming in TITLES
    if norm not in TITLES or (norm in _DOTTED and not dotted):
        return False
    if len(norm) == 1:  # else an initial
        return lone if norm == "m" else word.islower() and not text.islower()
    if norm == "me":
        return word == "Me"
    if norm in _SMALL:
        small = word.islower() and not text.islower()
        return small or (norm == "pan" and bool(_POLISH.search(text)))
    return True


def sense_of(norm: str, given: str, locale: str, lone: bool) -> str:
    """What a short form with which a name begins means: "Fr." in German, "Sr. Mary".

    norm (str): The short form, as it is compared.
    given (str): The gender that the word after it tells, if it is a given name.
    locale (str): Of the document, or "".
    lone (bool): Whether a letter alone is a title.
    """
    if len(norm) == 1 and not lone:
        return norm
    told = _BEFORE_GIVEN.get(norm, {}).get(given)
    if told and not (norm == "sr" and locale in ("es_ES", "pt_BR")):
        return told
    return SENSES.get(locale, {}).get(norm, norm)


def title_before(norm: str) -> Title | None:
    """The title that the word before a name is: only what is hardly ever another word."""
    title = TITLES.get(norm)
    unsure = norm in ("m", "me", "κ", "bay", "pan", "p") or norm in _SMALL | _DOTTED
    return title if title and title.rank in ("plain", "learned") and not unsure else None
