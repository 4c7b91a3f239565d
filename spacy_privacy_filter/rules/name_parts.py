"""Spans of persons -> spans of the whole name: particles, and given names right before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..labels.kinds import PERSON, kind_of
from ..language.given_names import given_gender
from ..language.spelling import fold_name
from ..types import CharSpan

# Particles that, alone, are no article.
_ALONE: Final = "van|von|de|del|della|di|da|dos|das|du|bin|ibn|al|ter|ten"
_PARTICLE: Final = rf"(?:{_ALONE})(?:[ -](?:der|den|la|las|los|het))?"
_CAPITAL: Final = r"[^\W\d_a-zа-я][\w'’-]{1,30}"
# Between two spans of one name.
_BETWEEN = re.compile(rf"-|[ -](?:{_PARTICLE})[ -]", re.IGNORECASE)
# After a name that ends with a particle, or before two of them: one alone is often a word.
_AFTER_ONE = re.compile(rf"[ -]{_CAPITAL}(?!\w)")
_AFTER_TWO = re.compile(
    rf" (?:van (?:de[nr]?|het)|de la|de las|de los|von und zu) {_CAPITAL}(?!\w)"
)
_ENDS = re.compile(rf"(?:[ -](?:{_PARTICLE})|-)\Z", re.IGNORECASE)
_GIVEN_BEFORE = re.compile(r"(?<![\w.@/-])([^\W\d_]{2,20}(?:-[^\W\d_]{2,20})?) \Z")
_N_BEFORE: Final = 44


def complete_names(text: str, spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Let spans of persons grow to the whole name.

    Two spans with nothing but particles between them are one name ("Ludwig", "van der", "Meulen");
    a span that ends with a particle goes on with the next word, if that has a capital; and a given
    name right before a span is a part of it.

    text (str): The text.
    spans (Sequence[CharSpan]): Disjoint.
    RETURNS (list[CharSpan]): Sorted and disjoint; every character of `spans` is in one.
    """
    made: list[CharSpan] = []
    ordered = sorted(spans)
    for i, span in enumerate(ordered):
        if kind_of(span.label) != PERSON:
            made.append(span)
            continue
        before = made[-1] if made else None
        if before is not None and _is_one_name(text, before, span):
            made[-1] = before._replace(end_char=span.end_char, score=max(before.score, span.score))
        else:
            start = _given_start(text, span.start_char, before.end_char if before else 0)
            made.append(span._replace(start_char=start))
        stop = ordered[i + 1].start_char if i + 1 < len(ordered) else len(text)
        made[-1] = made[-1]._replace(end_char=_name_end(text, made[-1], stop))
    return made


def _is_one_name(text: str, before: CharSpan, span: CharSpan) -> bool:
    return kind_of(before.label) == PERSON and bool(
        _BETWEEN.fullmatch(text, before.end_char, span.start_char)
    )


def _given_start(text: str, start: int, least: int) -> int:
    """Where a name begins with the given name before it; only if both are written alike."""
    match = _GIVEN_BEFORE.search(text, max(least, start - _N_BEFORE), start)
    if match is None or not text[start : start + 1].isupper() or not match[1][0].isupper():
        return start
    return match.start() if given_gender(fold_name(match[1])) else start


def _name_end(text: str, span: CharSpan, stop: int) -> int:
    held = text[span.start_char : span.end_char]
    following = (_AFTER_ONE if _ENDS.search(held) else _AFTER_TWO).match(text, span.end_char, stop)
    return following.end() if following else span.end_char
