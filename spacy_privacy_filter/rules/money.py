"""A text -> the account numbers (IBAN) and payment cards in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..identifiers.ibans import length_of
from ..identifiers.table import is_valid
from .characters import count_digits
from .finds import CHECKED, Find

# All of theirs have it, which is fast to see.
_GROUPS_OF_CARD = re.compile("[2-6][0-9]{3}[^0-9]{0,12}[0-9]{4}")
_START_OF_IBAN = re.compile("[A-Za-z]{2}[0-9]{2}(?:[ -]?[0-9A-Za-z]){11}")
_N_SPOKEN = 16  # digits, at least
# What a phone number may begin with is a part of the find, so that no "+" is left over. In other
# groups, any table of numbers holds some that pass the check.
_CARD = re.compile(
    r"(?:\+|(?<![\w+]))[2-6][0-9]{3}"
    r"(?:(?:[ -]?[0-9]{4}){2}(?:[ -]?[0-9]{4}(?:[ -]?[0-9]{1,3})?|[ -]?[0-9]{1,3})"
    r"|[ -]?[0-9]{6}[ -]?[0-9]{4,5}|[ -]?[0-9]{8}(?:[ -][0-9]{4})?|[0-9]{4}[ -][0-9]{8})(?!\w)"
)
# As somebody reads it out, or a machine writes down what was said.
_PAUSE = r"(?:[ -]|[ ,]{1,2}(?:uh|um|er|erm|eh|ehm|ähm|äh|then|and|dash|\.\.\.|…)[ ,]{1,2})"
_SPOKEN_CARD = re.compile(
    rf"(?<![\w-])[2-6][0-9]{{3}}{_PAUSE}[0-9]{{4}}{_PAUSE}[0-9]{{4}}{_PAUSE}[0-9]{{4}}(?!\w)",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
# As it is printed: then it may be followed by when it expires and the like.
_PRINTED_CARD = re.compile(
    r"(?<![\w+])(?:[2-6][0-9]{3}(?P<gap>[ -]{0,3})(?:[0-9]{4}(?P=gap)){2}[0-9]{4}"
    r"|3[47][0-9]{2}(?P<space>[ -]?)[0-9]{6}(?P=space)[0-9]{5}|[2-6][0-9]{12,18})(?!\w)"
)
_DOTTED_CARD = re.compile(r"(?<![\w.])[2-6][0-9]{3}(?:\.[0-9]{4}){3}(?!\w|\.\w)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}")
# With small letters no blank stands between two letters, where a text may be cut.
_SMALL_IBAN = re.compile(
    r"(?<!\w)[A-Za-z]{2}[0-9]{2}(?:[A-Za-z0-9]|[ -][0-9]|(?<=[0-9])[ -][A-Za-z]){11,30}"
)


def find_ibans(text: str) -> Iterator[Find]:
    """Find IBANs, also with words or digits right after them."""
    if not _START_OF_IBAN.search(text):
        return
    for pattern in (_IBAN, _SMALL_IBAN):
        start = 0
        while match := pattern.search(text, start):
            # Words, digits or another may follow.
            end = _iban_end(text, match.start(), match.end())
            if end is not None and is_valid("iban", text[match.start() : end]):
                yield Find(match.start(), end, CHECKED)
                start = end
            else:
                start = match.start() + 4


def _iban_end(text: str, start: int, stop: int) -> int | None:
    """Where an IBAN ends that is as long as those of its country: a word's end, or digits follow.

    SOURCE: ISO 13616.
    """
    n_chars = length_of(text[start : start + 2].upper())
    if not n_chars:
        return None
    places = [i for i in range(start, stop) if text[i].isalnum()]
    if len(places) < n_chars:
        return None
    end = places[n_chars - 1] + 1
    after = text[end : end + 1]
    return end if after.isdigit() or not after.isalnum() else None


def find_cards(text: str) -> Iterator[Find]:
    """Find payment cards in any groups; some phone numbers side by side pass the check, too."""
    if not _GROUPS_OF_CARD.search(text):
        return
    for pattern in (_CARD, _PRINTED_CARD):
        yield from _checked_cards(pattern, text)
    if "." in text:
        yield from _checked_cards(_DOTTED_CARD, text)
    for match in _SPOKEN_CARD.finditer(text) if count_digits(text) >= _N_SPOKEN else ():
        if is_valid("card", "".join(filter(str.isdigit, match[0]))):
            for group in _GROUPS.finditer(text, match.start(), match.end()):
                yield Find(group.start(), group.end(), CHECKED)


def find_printed_cards(text: str) -> Iterator[Find]:
    """Find payment cards in groups as they are printed."""
    return _checked_cards(_PRINTED_CARD, text) if _GROUPS_OF_CARD.search(text) else iter(())


def _checked_cards(pattern: re.Pattern[str], text: str) -> Iterator[Find]:
    for match in pattern.finditer(text):
        if is_valid("card", match[0]):
            yield Find(match.start(), match.end(), CHECKED)


def leave_out_phones(text: str, cards: Sequence[Find], phones: Sequence[Find]) -> list[Find]:
    """Leave out cards that meet phone numbers which, together, have more characters than they.

    A plus at the start is not counted: it is no part of a card. The checksum comes out right by
    chance in one of ten numbers.
    """
    rows: list[list[int]] = []  # stretches of phone numbers, disjoint and in order
    for phone in sorted(phones):
        if rows and phone.start_char < rows[-1][1]:
            rows[-1][1] = max(rows[-1][1], phone.end_char)
        else:
            rows.append([phone.start_char, phone.end_char])
    ends = [end for _, end in rows]
    kept = []
    for card in cards:
        i, n_chars = bisect_right(ends, card.start_char), 0
        while i < len(rows) and rows[i][0] < card.end_char:
            n_chars += rows[i][1] - rows[i][0]
            i += 1
        if n_chars <= card.end_char - card.start_char - (text[card.start_char] == "+"):
            kept.append(card)
    return kept
