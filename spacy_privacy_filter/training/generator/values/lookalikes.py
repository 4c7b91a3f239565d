"""What stands where a name may stand and is none: words, headings, firms, things named after."""

from __future__ import annotations

from random import Random
from typing import Final

from ..languages import load_languages
from ..tables import lists_of, words_of
from .declined import make_declined
from .letter_case import to_lower, to_title, to_upper
from .people import faker_person

LOOKALIKES: Final = "words/lookalikes.json"
DECOYS: Final = "words/decoys.json"
CHANGES: Final = {"upper": to_upper, "lower": to_lower, "title": to_title}


def make_thing(rng: Random, language: str, form: str) -> str:
    """Write a word or two without a person in them, as they stand alone in cells and lines.

    form (str): "upper", "lower", "title", "plain" (as written), or "" for any of them.
    """
    text = _thing(rng, language)
    case = form or rng.choices(("plain", "upper", "title", "lower"), (46, 27, 13, 14))[0]
    return CHANGES[case](text, language) if case in CHANGES else text


def _thing(rng: Random, language: str) -> str:
    own = lists_of(LOOKALIKES, "things").get(language, ())
    words = load_languages()[language].words
    fields = [word for word in words if "{" not in word]
    months = load_languages()[language].months
    kinds = ("own", "field", "month", "company", "named", "decoy")
    weights = (60, 10, 3 if months else 0, 16, 6, 35 if language == "en" else 5)
    kind = rng.choices(kinds, weights)[0]
    if kind == "own" and own:
        return rng.choice(own)
    if kind == "month":
        return rng.choice(months)
    if kind == "company":
        return make_company(rng, language, "")
    if kind == "named":
        return make_named(rng, language, "")
    if kind == "decoy":
        # a word alone, such as "Jasper", may well be a name
        lists = ("organisations", "products", "illnesses", "jobs", "topics", "files")
        words_there = [
            text for text in words_of(DECOYS, rng.choice(lists)) if not _may_be_name(text)
        ]
        return rng.choice(words_there)
    return rng.choice(fields)


def _may_be_name(text: str) -> bool:
    return text.isalpha() and text.istitle()


def make_company(rng: Random, language: str, form: str) -> str:
    """Name a firm after a family, as those of a language are called."""
    forms = lists_of(LOOKALIKES, "companies")
    pattern = rng.choice(forms.get(language) or forms["any"])
    one, other = (faker_person(rng, language).family for _ in range(2))
    return pattern.format(f=one, o=other, t=rng.choice(words_of(LOOKALIKES, "trades")))


def make_named(rng: Random, language: str, form: str) -> str:
    """Name a street, school, prize, law, building or work that is called after a person."""
    patterns = lists_of(LOOKALIKES, "named")
    pattern = rng.choice(patterns.get(language) or patterns["any"])
    person = faker_person(rng, language)
    declined = make_declined(rng, language, "gen") if "{d}" in pattern else ""
    return pattern.format(n=person.full, f=person.family, g=person.given, d=declined)
