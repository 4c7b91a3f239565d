"""Names that are longer than a given and a family name: particles, double names, suffixes."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

from ..languages import load_languages
from ..tables import lists_of
from .letter_case import to_lower, to_upper
from .people import faker_person, load_cultures

SHAPES: Final = "words/name_shapes.json"
LEADING: Final = re.compile(r"^(?:[a-z]+ )+")
CLOSING: Final = re.compile(r"(?:^| )[a-z']+ $")


def make_shaped(rng: Random, language: str, form: str) -> str:
    """Write a longer name.

    form (str): "upper" (in capitals), "lower", or "" for as it is written.
    """
    name = shape_name(rng, language)
    change = {"upper": to_upper, "lower": to_lower}.get(form)
    return change(name, language) if change else name


def shape_name(rng: Random, culture: str) -> str:
    """Write a name of a culture in one of its longer shapes.

    culture (str): A code of a language; another one has the shapes of English.
    RETURNS (str): Such as "Juan de la Cruz y Fuentes", "J. van der Meulen", "Ann Lee Cole Jr.".
    """
    code = culture.split("_")[0]
    if code not in load_cultures() and code not in load_languages():
        code = "en"
    shapes = lists_of(SHAPES, "shapes")
    shape = rng.choice(shapes.get(code) or shapes["any"])
    parts: dict[str, Callable[[], str]] = {
        "g": lambda: faker_person(rng, code).given,
        "f": lambda: faker_person(rng, code).family,
        "p": lambda: rng.choice(lists_of(SHAPES, "families")[code]),
        "i": lambda: faker_person(rng, code).given[0],
    }
    name = ""
    for piece in re.split(r"(\{[gfpi]\})", shape):
        part = parts[piece[1]]() if piece.startswith("{") else piece
        # "van der" and then "van den Berg": one particle is enough
        name += LEADING.sub("", part) if CLOSING.search(name) else part
    return name
