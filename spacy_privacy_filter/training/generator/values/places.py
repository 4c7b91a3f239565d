"""Street addresses: a country -> an address in the format of its post office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from random import Random
from typing import Any

from ....identifiers.characters import fill
from .. import tables
from ..languages import Country, load_languages
from .people import seeded_faker

FOLDER = "addresses"
INDEX = f"{FOLDER}/{tables.INDEX}"


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
    form (str): "line" (one line), "lines" (several), "street" (without city), or "" for a line.
    """
    country = load_countries()[choose_country(rng, language)]
    values = address_parts(rng, country)
    if form == "street":
        return country.street_line.format(**values)
    pattern = rng.choice(country.formats)
    if rng.random() < 0.12 and country.unit:
        pattern = pattern.replace(country.street_line, country.street_line + country.unit, 1)
    lines = [line.format(**values).strip() for line in pattern.split("|")]
    if rng.random() < 0.12:
        lines.append(country.name)
    return ("\n" if form == "lines" else country.joiner).join(lines)


def choose_country(rng: Random, language: str) -> str:
    """Choose a country in which the language is at home, at times any country in its script."""
    likely = tables.lists_of(INDEX, "countries")
    if language in likely:
        return rng.choice(likely[language])
    home = [code for code, country in load_countries().items() if country.language == language]
    return rng.choice(home or likely["en"])


def address_parts(rng: Random, country: Country) -> dict[str, str]:
    """Draw street, number, postcode, city and the rest."""
    street = rng.choice(country.streets)
    if country.locale and rng.random() < 0.6:
        street = seeded_faker(rng, country.locale).street_name()
    number = str(rng.choice([rng.randint(1, 30), rng.randint(1, 199), rng.randint(100, 9999)]))
    if country.language != "en" or country.name != "USA":
        number = str(rng.randint(1, 240))
        if rng.random() < 0.1:
            number += rng.choice(["a", "b", "A", "B", "C", "/2", "-4"])
    state, zip_head = rng.choice(tables.pairs_of(INDEX, "us_states"))
    postcode = fill(rng, rng.choice(country.postcodes))
    if country.name == "USA":
        postcode = zip_head + fill(rng, rng.choice(["##", "##", "##", "##-####"]))
    return {
        "street": street.strip(),
        "no": number,
        "city": rng.choice(country.cities),
        "post": postcode,
        "state": state,
        "flat": str(rng.randint(1, 99)),
        "floor": str(rng.randint(1, 12)),
        "region": rng.choice(country.regions) if country.regions else "",
    }


def make_postcode(rng: Random, language: str) -> str:
    """Write a postcode without its street."""
    return address_parts(rng, load_countries()[choose_country(rng, language)])["post"]


def make_city(rng: Random, language: str) -> str:
    """Name a city of a country in which the language is at home."""
    return rng.choice(load_countries()[choose_country(rng, language)].cities)
