"""data/languages -> what records of a language are made of: field words, names, places, sentences.

How these files are written stands in data/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from ...language.months import month_names
from .tables import Line, read_lines, read_order


class Words(NamedTuple):
    """Field words of a record, each a line of its own."""

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
class Country:
    """How addresses of a country are written.

    streets (tuple[str, ...]): May hold {family}, {given}, {n} and {nth}, drawn each time.
    locale (str): Whose street names Faker knows; nothing where it knows none.
    city_locale (str): The same of its cities.
    formats (tuple[str, ...]): Patterns of address parts; "|" is a line break.
    unit (str): Added to the street line for a flat, with "{flat}" and "{floor}".
    """

    name: str
    language: str
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    postcodes: tuple[str, ...]
    formats: tuple[str, ...]
    locale: str = ""
    street_line: str = "{street} {no}"
    unit: str = ""
    joiner: str = ", "
    regions: tuple[str, ...] = ()
    city_locale: str = ""


@dataclass(frozen=True)
class Language:
    """What records of a language are made of.

    ids (tuple[tuple[str, str], ...]): What people call an identity number, and its kind.
    given, family (tuple[str, ...]): Names, where no list of Faker serves the language.
    countries (tuple[Country, ...]): Addresses, where no file under data/addresses has them.
    phone_forms (tuple[str, ...]): Patterns of phone numbers.
    months (tuple[str, ...]): Twelve month names, where it has a form of them.
    date_form (str): A date with its month in letters, of {d}, {m} and {y}.
    numeric_forms (tuple[str, ...]): Dates in figures, as strftime writes them.
    zero (str): The zero of its own figures; nothing where it has none.
    zero_share (float): The share of texts with its own figures.
    plain (tuple[str, ...]): Sentences without personal data.
    frames (tuple[str, ...]): Sentences with slots.
    """

    code: str
    words: Words
    ids: tuple[tuple[str, str], ...]
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    phone_forms: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    date_form: str = "{d} {m} {y}"
    numeric_forms: tuple[str, ...] = ("%d/%m/%Y", "%d-%m-%Y")
    zero: str = ""
    zero_share: float = 0.08
    plain: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


# Keys of a block that may stand only once, and those that may stand several times.
ONCE: Final = (
    *("code", *Words._fields, "given", "family", "country", "streets", "cities", "postcodes"),
    *("months", "date_form", "zero", "zero_share"),
)
REPEATED: Final = ("id", "phone_form", "address_form", "numeric_form", "plain", "frame")


@cache
def load_languages() -> Mapping[str, Language]:
    """Read all languages, in the order of the index; draws depend on it."""
    return {
        language.code: language
        for name in read_order("languages")
        for language in read_languages(read_lines(f"languages/{name}.txt"))
    }


def read_languages(lines: Iterable[Line]) -> Iterator[Language]:
    """Read blocks of lines "key: value", one a language, with an empty line between.

    RAISES (ValueError): A line that is none, a key that is unknown or stands twice, a block that
        lacks a word, an id without its kind, a form of months that is unknown. The message names
        file and line.
    """
    block: list[Line] = []
    for line in [*lines, Line("", "")]:
        if line.text.strip():
            if not line.text.startswith("#"):
                block.append(line)
        elif block:
            yield _read_block(block)
            block = []


def _read_block(block: Sequence[Line]) -> Language:
    place = block[0].place
    values: dict[str, list[str]] = defaultdict(list)
    for line in block:
        key, colon, value = line.text.partition(": ")
        if not colon or key not in (*ONCE, *REPEATED):
            raise ValueError(
                f"{line.place}: {key!r} is no key of a language. Write 'key: value' with one of: "
                f"{', '.join((*ONCE, *REPEATED))}."
            )
        if key in values and key in ONCE:
            raise ValueError(f"{line.place}: {key!r} stands twice for one language.")
        values[key].append(value.strip())
    lacking = [key for key in ("code", *Words._fields) if key not in values]
    if lacking:
        raise ValueError(f"{place}: this language lacks: {', '.join(lacking)}.")
    code, form = _one(values, "code"), _one(values, "months")
    months = month_names(code, form) if form else ()
    if form and not months:
        raise ValueError(f"{place}: the months of {code!r} have no form {form!r} in the table.")
    return Language(
        code,
        Words(*(_one(values, key) for key in Words._fields)),
        tuple(_read_id(text, place) for text in values["id"]),
        given=_read_names(_one(values, "given")),
        family=_read_names(_one(values, "family")),
        countries=(_read_country(values),) if "country" in values else (),
        phone_forms=tuple(values["phone_form"]),
        months=months,
        date_form=_one(values, "date_form") or Language.date_form,
        numeric_forms=tuple(values["numeric_form"]) or Language.numeric_forms,
        zero=_one(values, "zero"),
        zero_share=float(_one(values, "zero_share") or Language.zero_share),
        plain=tuple(values["plain"]),
        frames=tuple(values["frame"]),
    )


def _one(values: Mapping[str, Sequence[str]], key: str) -> str:
    return values[key][0] if values.get(key) else ""


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


def _read_id(text: str, place: str) -> tuple[str, str]:
    words, equals, kind = text.partition(" = ")
    if not equals:
        raise ValueError(f"{place}: {text!r} must be 'id: what it is called = its kind'.")
    return words, kind


def _read_country(values: Mapping[str, Sequence[str]]) -> Country:
    streets, cities, postcodes = (
        tuple(_one(values, key).split(", ")) for key in ("streets", "cities", "postcodes")
    )
    forms = tuple(values.get("address_form", ()))
    return Country(_one(values, "country"), _one(values, "code"), streets, cities, postcodes, forms)
