"""What short records of a language are made of: field words, names, places, sentences."""

from __future__ import annotations

from . import (
    africa,
    asia,
    europe_east,
    europe_north,
    europe_south,
    himalaya_island,
    india,
    near_east,
)
from .reading import Language, read_languages

LANGUAGES: dict[str, Language] = {
    language.code: language
    for module in (
        *(africa, asia, europe_east, europe_north, europe_south),
        *(himalaya_island, india, near_east),
    )
    for language in read_languages(module.TEXT)
}
