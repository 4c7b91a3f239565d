"""Street addresses: a country -> an address in the format of its post office."""

from __future__ import annotations

from random import Random

from .country import STATES, Country
from .europe import EUROPE
from .languages import LANGUAGES
from .patterns import fill
from .people import seeded_faker
from .world import WORLD

COUNTRIES = {
    **EUROPE,
    **WORLD,
    **{
        f"{code} {i}": country
        for code, language in LANGUAGES.items()
        for i, country in enumerate(language.countries)
    },
}
LANGUAGE_COUNTRIES = {
    "en": "US US US US GB GB GB CA AU IE NZ ZA IN SG NG KE PH DE FR NL ES IT",
    "es": "ES ES MX AR CO CL",
    "fr": "FR FR BE CH CAF",
    "de": "DE DE AT CH",
    "pt": "BR PT",
    "nl": "NL BE",
    "ar": "AE EG",
    "zh": "CN CN TW",
}


def make_address(rng: Random, language: str, form: str) -> str:
    """Write a made-up street address, street to city, at times with the country.

    language (str): Of the text; decides which countries are likely.
    form (str): "line" (one line), "lines" (several), "street" (without city), or "" for a line.
    """
    country = COUNTRIES[choose_country(rng, language)]
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
    if language in LANGUAGE_COUNTRIES:
        return rng.choice(LANGUAGE_COUNTRIES[language].split())
    home = [code for code, country in COUNTRIES.items() if country.language == language]
    return rng.choice(home or list(LANGUAGE_COUNTRIES["en"].split()))


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
    state, zip_head = rng.choice(STATES)
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
    return address_parts(rng, COUNTRIES[choose_country(rng, language)])["post"]


def make_city(rng: Random, language: str) -> str:
    """Name a city of a country in which the language is at home."""
    return rng.choice(COUNTRIES[choose_country(rng, language)].cities)
