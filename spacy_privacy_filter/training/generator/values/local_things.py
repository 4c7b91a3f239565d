"""Things with names that are no people: a language -> organisations, places, works, jobs."""

from __future__ import annotations

from random import Random

from ..tables import read_table

THINGS = "words/local_things.json"


def make_local(rng: Random, language: str, kind: str) -> str:
    """Draw a thing by its name in a language.

    kind (str): "org", "place", "work", "job", or another of the language's lists.
    RAISES (ValueError): The language has no such list.
    """
    lists = read_table(THINGS).get(language, {})
    if kind not in lists:
        raise ValueError(f"{THINGS}: {language!r} has no list {kind!r}; it has {', '.join(lists)}.")
    return str(rng.choice(lists[kind]))
