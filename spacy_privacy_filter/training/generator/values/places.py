"""Street addresses: a country -> an address in the format of its post office."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from functools import cache
from random import Random
from typing import Any

from ....identifiers.characters import fill
from .. import tables
from ..languages import Country, load_languages
from .dates import write_ordinal
from .people import make_person, seeded_faker

FOLDER = "addresses"
INDEX = f"{FOLDER}/{tables.INDEX}"
LOOSE_JOINERS = (" ", " ", ",", " - ", "; ", " / ")


@cache
def load_countries() -> Mapping[str, Country]:
    """Read all countries, in the order of the index, then those of languages.

    RAISES (ValueError): A country with an unknown or a missing key, or a list that is none.
    """
    countries = {
        code: _read_country(entry, f"{FOLDER}/{name}.json: {code!r}")
        for name in tables.read_order(FOLDER)
        for code, entry in tables.read_table(f"{FOLDER}/{name}.json").items()
    }
    for code, language in load_languages().items():
        countries.update({f"{code} {i}": each for i, each in enumerate(language.countries)})
    return countries


def _read_country(entry: Mapping[str, Any], place: str) -> Country:
    needed = {field.name for field in fields(Country) if field.default is MISSING}
    wrong = (needed - set(entry)) | (set(entry) - {field.name for field in fields(Country)})
    if wrong:
        raise ValueError(f"{place} has unknown keys, or lacks them: {', '.join(sorted(wrong))}.")
    lists = ("streets", "cities", "postcodes", "formats", "regions")
    texts: dict[str, Any] = {
        key: tables.check_texts(value, f"{place}, {key!r}") if key in lists else value
        for key, value in entry.items()
    }
    return Country(**texts)


def make_address(rng: Random, language: str, form: str) -> str:
    """Write a made-up street address, street to city, at times with the country.

    language (str): Of the text; decides which countries are likely.
    form (str): "line" (one line), "lines" (several), "street" (without city), "box" (a box at a
        post office), "unit" (with a flat, floor or building), "world" (of any country), several
        with a blank between, or "" for a line.
    """
    wanted = form.split()
    country = load_countries()[choose_country(rng, language, anywhere="world" in wanted)]
    values = address_parts(rng, country)
    if "street" in wanted:
        return country.street_line.format(**values)
    lines = choose_lines(rng, country, wanted)
    filled = [re.sub(r" {2,}", " ", line.format(**values)).strip(" ,،、") for line in lines]
    if rng.random() < 0.15:
        filled.append(country.name)
    joiner = country.joiner
    if joiner == ", " and rng.random() < 0.08:  # as forms and exports join their fields
        joiner = rng.choice(LOOSE_JOINERS)
    return ("\n" if "lines" in wanted else joiner).join(line for line in filled if line)


def choose_lines(rng: Random, country: Country, wanted: Collection[str]) -> list[str]:
    """Choose the lines of an address, each a pattern of its parts."""
    pattern = rng.choice(country.formats)
    street_line = country.street_line
    unit = rng.random() < (1 if "unit" in wanted else 0.12)
    if unit and country.unit and rng.random() < 0.7:
        pattern = pattern.replace(street_line, street_line + country.unit, 1)
        unit = False
    if rng.random() < 0.06:  # a street that has no numbers
        pattern = re.sub(re.escape(street_line) + r"(?=[,|]|$)", "{street}", pattern, count=1)
    if rng.random() < 0.1:  # as most people write it where they live
        pattern = _without_postcode(pattern)
    lines = pattern.split("|")
    extras = tables.lists_of(INDEX, "units")
    if unit and "box" not in wanted and country.language in extras:
        lines.insert(rng.choice([0, 1]), rng.choice(extras[country.language]))
    boxes = tables.lists_of(INDEX, "boxes")
    if "box" in wanted:
        box = rng.choice(boxes.get(country.language, boxes["en"]))
        rest = [line for line in lines if "{street}" not in line]
        lines = [box, *(rest or ["{post} {city}"])]
    return lines


def _without_postcode(pattern: str) -> str:
    """Leave the postcode of an address out, and what stands between it and the city."""
    return re.sub(r"\|[^|{]*\{post\}(?=\||$)|[A-Z〒]*-?\{post\} | ?[-,،]? ?\{post\}", "", pattern)


def choose_country(rng: Random, language: str, anywhere: bool = False) -> str:
    """Choose a country in which the language is at home, at times any other.

    anywhere (bool): Whether it may be any country; one of the language's own script is likelier.
    """
    likely = tables.lists_of(INDEX, "countries")
    if anywhere:
        countries = load_countries()
        codes = list(countries)
        if rng.random() < 0.85:
            codes = [code for code in codes if countries[code].name.isascii()]
        return rng.choice(codes)
    if language in likely:
        return rng.choice(likely[language])
    home = [code for code, country in load_countries().items() if country.language == language]
    return rng.choice(home or likely["en"])


def address_parts(rng: Random, country: Country) -> dict[str, str]:
    """Draw street, number, postcode, city and the rest."""
    street = rng.choice(country.streets)
    if country.locale and rng.random() < 0.5:
        street = seeded_faker(rng, country.locale).street_name()
    city = rng.choice(country.cities)
    if country.city_locale and rng.random() < 0.4:
        city = seeded_faker(rng, country.city_locale).city()
    names = _draw_names(rng, country.language)
    floor = rng.randint(1, 12)
    state, zip_head = rng.choice(tables.pairs_of(INDEX, "us_states"))
    postcode = fill(rng, rng.choice(country.postcodes)) if country.postcodes else ""
    if country.name == "USA":
        postcode = zip_head + fill(rng, rng.choice(["##", "##", "##", "##-####"]))
    return {
        **names,
        "street": street.strip().format(**names),
        "no": _draw_number(rng, country),
        "city": city,
        "post": postcode,
        "state": state,
        "flat": str(rng.randint(1, 99)),
        "floor": str(floor),
        "nth_floor": write_ordinal(floor),
        "box": str(rng.choice([rng.randint(1, 999), rng.randint(1000, 99_999)])),
        "letter": rng.choice("ABCDEFGH"),
        "uf": rng.choice(tables.words_of(INDEX, "br_states")),
        "region": rng.choice(country.regions) if country.regions else "",
    }


def _draw_names(rng: Random, language: str) -> dict[str, str]:
    """Draw the name, or number, that a street or a house is called after."""
    person = make_person(rng, language if language in load_languages() else "en")
    n = rng.randint(1, 98)
    names = {"family": person.family, "given": person.given}
    return {**names, "n": str(n), "nth": write_ordinal(n)}


def _draw_number(rng: Random, country: Country) -> str:
    """Draw a house number: mostly a number, at times with a letter, a part or a range."""
    if country.language == "en" and country.name == "USA":
        highest = rng.choice([30, 199, 9999, 19_999])
        return str(rng.randint(1, highest)) + ("" if rng.random() < 0.95 else rng.choice("AB"))
    number = rng.choice([rng.randint(1, 40), rng.randint(1, 240), rng.randint(1, 999)])
    roll = rng.random()
    if roll < 0.76:
        return str(number)
    if roll < 0.84:
        return f"{number}{rng.choice('abcABCdD')}"
    if roll < 0.92:
        return f"{number}{rng.choice('//-')}{rng.randint(1, 30)}"
    if roll < 0.97:
        return f"{number}{rng.choice('-–')}{number + rng.choice([2, 2, 4, 1])}"
    return f"{number}{rng.choice([' A', ' b', ' bis', '/A', '-B'])}"


def make_postcode(rng: Random, language: str) -> str:
    """Write a postcode without its street, of a country that has postcodes."""
    for _ in range(20):
        post = address_parts(rng, load_countries()[choose_country(rng, language)])["post"]
        if post:
            return post
    return fill(rng, "#####")


def make_city(rng: Random, language: str) -> str:
    """Name a city of a country in which the language is at home."""
    return rng.choice(load_countries()[choose_country(rng, language)].cities)
