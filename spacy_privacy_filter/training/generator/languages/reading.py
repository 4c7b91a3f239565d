"""How a language is written down: a block of lines "key values" -> a `Language`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..country import Country


class Words(NamedTuple):
    """Field words of a record, in the order of the line "words"."""

    patient: str
    client: str
    name: str
    born: str
    phone: str
    mobile: str
    address: str
    postcode: str
    email: str
    visit: str
    follow_up: str
    age: str  # with {} for the number
    record: str
    account: str
    valid: str
    password: str
    website: str


@dataclass(frozen=True)
class Language:
    """What records of a language are made of.

    ids (tuple[tuple[str, str], ...]): What people call an identity number, and its kind.
    given, family (tuple[str, ...]): Names, where no list of Faker serves the language.
    countries (tuple[Country, ...]): Addresses, where no other table has them.
    phones (tuple[str, ...]): Patterns of phone numbers.
    months (str): Twelve month names, or nothing.
    plain (tuple[str, ...]): Sentences without personal data.
    frames (tuple[str, ...]): Sentences with slots.
    """

    code: str
    words: Words
    ids: tuple[tuple[str, str], ...]
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    phones: tuple[str, ...] = ()
    months: str = ""
    plain: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


def read_languages(text: str) -> list[Language]:
    """Read blocks of languages with an empty line between.

    RAISES (ValueError): A block without words, or with too few or too many of them.
    """
    return [_read_block(block) for block in text.strip().split("\n\n")]


def cut(text: str, mark: str = ";") -> tuple[str, ...]:
    """Cut a line at a mark."""
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _read_block(block: str) -> Language:
    lines = dict(line.split(" ", 1) for line in block.splitlines())
    words = cut(lines.get("words", ""))
    if len(words) != len(Words._fields):
        raise ValueError(
            f"Language {lines.get('code')!r} has {len(words)} field words instead of "
            f"{len(Words._fields)}: {', '.join(Words._fields)}. Complete its line 'words'."
        )
    ids = tuple(tuple(pair.split("=")) for pair in cut(lines["ids"]))
    return Language(
        lines["code"],
        Words(*words),
        tuple((pair[0], pair[1]) for pair in ids),
        tuple(lines.get("given", "").split()),
        tuple(lines.get("family", "").split()),
        (_read_place(lines["code"], lines["place"]),) if "place" in lines else (),
        cut(lines.get("phone", "")),
        lines.get("months", ""),
        cut(lines.get("plain", ""), "|"),
        cut(lines.get("frames", ""), "|"),
    )


def _read_place(code: str, line: str) -> Country:
    """Read "country | streets | cities | postcodes | formats" (these with ; between)."""
    name, streets, cities, postcodes, formats = cut(line, "|")
    return Country(
        name,
        code,
        "",
        cut(streets, ","),
        cut(cities, ","),
        cut(postcodes, ","),
        cut(formats),
    )
