"""Names that are longer than a given and a family name: particles, double names, suffixes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from ..languages import load_languages
from ..tables import lists_of
from .people import faker_person, load_cultures

SHAPES: Final = "words/name_shapes.json"


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
        "g": lambda: _given(rng, code),
        "f": lambda: faker_person(rng, code).family,
        "p": lambda: rng.choice(lists_of(SHAPES, "families")[code]),
        "i": lambda: _given(rng, code)[0],
    }
    return "".join(
        parts[piece[0]]() + piece[2:] if piece[1:2] == "}" else piece for piece in shape.split("{")
    )


def _given(rng: Random, code: str) -> str:
    return faker_person(rng, code).given
