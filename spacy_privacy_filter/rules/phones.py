"""A text -> the phone numbers in it, whole, also those right beside other numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final

import phonenumbers

from ..identifiers.phone_plans import (
    GROUPED,
    N_DIGITS,
    VALID,
    codes_of,
    groups_of,
    is_match,
    is_possible,
    may_be_of,
    may_hold,
    n_digits_of,
    starts_of_groups,
    usual_groups,
)
from ..language.tables import read_words
from .ages import end_before_age
from .characters import count_digits, find_near_digits
from .context import PHONE, Name, NameAt, name_before
from .finds import FORMED, NAMED

Stretch = tuple[int, int]  # start_char and end_char

# What may be a number, or several: digits with the marks of phone numbers between them.
_STRETCH = re.compile(
    r"(?<![0-9A-Za-z_])(?:\+ ?)?[(\[]{0,2}(?:\+ ?)?[0-9](?:[ ()\[\]./~-]{0,3}[0-9])*"
)
_N_LEAD = 6  # of its characters before the first digit, at most
# Another number may begin there.
_NEXT = re.compile(r"(?<=[0-9])(?: ?/ | +(?=[(\[])| {2,3}| - )")
_MOST_OF_ONE = 24  # digits of a stretch that the matcher is asked about; more are rows of numbers
_N_SURE = 9  # digits of what is no date and no count
_MOST_ALONE = 13  # digits without a mark between them; more are of devices and cards
_ROW = re.compile(r"(?<![\w+])\+?[0-9]+(?:[ -][0-9]+)+")
_GROUP = re.compile(r"\+?[0-9]+")
_ASKED = re.compile(r"[+(]|(?<![0-9])0[0-9]")  # without any, a number is grouped as is usual
_N_GROUPS = 8
_N_SPOKEN = 3  # words of a number said aloud that are no "oh", at least
_EXTENSION = re.compile(
    r"(?:[,;]? ?(?:ext(?:ension|n)?|x|anexo|int|durchwahl|dw|poste|app)[.:]? ?#? ?[0-9]{1,7}"
    r"|;ext=[0-9]{1,7}|,{1,3}[0-9]{3,12}#?|-[0-9]{1,4}| ?# ?[0-9]{1,6})(?![\w-]|[.,][0-9])",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"(?:\+ ?|(?<![0-9A-Za-z_+-])00)[0-9]{0,3}[ ./-]{0,2}\Z")
# Printed so, it is a phone number of North America, or of France, whether given out or not.
_AMERICAN = re.compile(
    r"(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?[0-9]{3}[ .-][0-9]{4}"
    r"|[2-9][0-9]{2}([.-])[0-9]{3}\1[0-9]{4})"
)
# Printed so, with 0 for the trunk or a code in brackets, it is a number of some country.
_WITH_ZERO = re.compile(
    r"(?![0-9]{3}[ -][0-9]{2}[ -][0-9]{4}$)0[1-9][0-9]{0,4}(?:[ .-][0-9]{2,4}){2,4}"
    r"|(?=[0-9 -]{10,12}$)0[1-9][0-9]{1,3}[ -][0-9]{6,8}|07[0-9]{3} [0-9]{6}"
)
_WITH_AREA = re.compile(r"\((?:0[0-9]{1,4}|[2-9][0-9]{2})\)[ .-]{0,2}[0-9]{3,4}[ .-]?[0-9]{3,5}")
# Groups of other sizes than thousands have.
_WITH_PLUS = re.compile(r"\+(?![0-9]{1,3}(?:[ .-]?[0-9]{3})+$)[0-9]{1,7}(?:[ .-][0-9]{2,8}){1,5}")
_IN_PAIRS = re.compile(r"0[1-9](?:([ .-])[0-9]{2})(?:\1[0-9]{2}){3}")
_OF_AMERICA: Final = frozenset({"US", "CA"})
_DATE = re.compile(
    r"(?:(?:(?:0?[1-9]|[12][0-9]|3[01])[./ -](?:0?[1-9]|1[0-2])"
    r"|(?:0?[1-9]|1[0-2])[./ -](?:1[3-9]|2[0-9]|3[01]))[./ -](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[./ -][0-9]{1,2}[./ -][0-9]{1,2})"
    r"(?:[ .-][0-9]{1,2}){0,3}"
    r"|(?:19|20)[0-9]{2} ?[/-] ?(?:19|20)[0-9]{2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9]+\.[0-9]+"
)
_MONEY_BEFORE, _MONEY_AFTER = "$€£¥%", re.compile(r" ?[%€$£¥]| ?(?:EUR|USD|GBP|CHF|ms|px|kB|MB)\b")
# Words that often stand before a number that is none: then it must look like one.
_VAGUE: Final = frozenset(
    "line text contact contacts reach call calls calling portable hp simu bel contacted "
    "contacting".split()
)


def find_phones(
    text: str,
    plain: str,
    regions: Sequence[str],
    taken: Sequence[Stretch],
    name_at: NameAt | None = None,
) -> list[Stretch]:
    """Find phone numbers: what is valid where it is from, printed as one, or called one.

    text (str): Any text.
    plain (str): The same with digits, blanks and hyphens in ASCII.
    regions (Sequence[str]): Countries whose numbers are known without +.
    taken (Sequence[Stretch]): What holds no phone number: digits that pass a check.
    name_at (Callable | None): In place of `name_before`, where that is asked more than once.
    RETURNS (list[Stretch]): They may overlap.
    """
    own: tuple[str, ...] = tuple(regions)
    hidden = _hide(plain, taken) if taken else plain
    # What is hidden is no name.
    name_at = name_at if name_at and hidden is plain else partial(name_before, hidden)
    found: list[Stretch] = []
    has_enough = count_digits(hidden) >= N_DIGITS[0]
    for stretch in find_near_digits(_STRETCH, hidden, _N_LEAD) if has_enough else ():
        if sum(map(str.isdigit, stretch[0])) >= N_DIGITS[0]:
            end = end_before_age(hidden, *stretch.span())
            found += _find_in(hidden, stretch.start(), end, own, name_at)
    if sum(map(plain.lower().count, _digit_words())) >= _N_SPOKEN:
        spoken = [words.span() for words in _spoken().finditer(plain)]
        found += [words for words in spoken if _is_phone_name(name_before(plain, words[0]))]
    return sorted(set(found))


@cache
def _digit_words() -> tuple[str, ...]:
    """Digits in words, but "o" and "oh", which are in many others."""
    return tuple(sorted(word for word in read_words("fields", "digits") if len(word) > 2))


@cache
def _spoken() -> re.Pattern[str]:
    """Seven digits or more in words, as somebody says a number."""
    digit = "|".join(sorted(read_words("fields", "digits")))
    return re.compile(
        rf"(?<![\w-])(?:(?:{digit})[ ,-]{{1,2}}){{6,15}}(?:{digit})(?![\w-])", re.IGNORECASE
    )


def _is_phone_name(name: Name | None) -> bool:
    return name is not None and name.group == PHONE


def rate_phone(plain: str, start: int, name_at: NameAt | None = None) -> float:
    """Say how sure a phone number is: more if it is called one, or is one of any country."""
    if plain.startswith(("+", "00"), start):
        return NAMED
    name = name_at(start) if name_at else name_before(plain, start)
    return NAMED if _is_phone_name(name) else FORMED


def _hide(text: str, taken: Sequence[Stretch]) -> str:
    """Write "x" for what is taken, so that numbers beside it end there."""
    parts, end = [], 0
    for start, stop in sorted(taken):
        if stop > end:
            start = max(start, end)
            parts += [text[end:start], "\ue000" * (stop - start)]
            end = stop
    return "".join([*parts, text[end:]])


def _find_in(
    text: str, start: int, end: int, regions: tuple[str, ...], name_at: NameAt
) -> Iterator[Stretch]:
    """Find the numbers of a stretch, each with what belongs to it."""
    if _is_glued(text, start, end):
        return
    name = name_at(start)
    first = True
    for part_start, part_end in _part(text, start, end):
        own = name if first or (name and name.group == PHONE) else None
        first = False
        for number in _read(text, part_start, part_end, regions, own):
            whole = _complete(text, *number, part_start, part_end)
            if whole is not None:
                yield whole


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a stretch is the tail or the head of a code: DOC-2012-1034, #5551234, 12345678-ab."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in ("#", "\\", "@") or (
        before[-1:] in "-./_:=" and before[:1].isdigit() and before
    ):
        return True
    if before[-1:] in ("-", "/", "_", ".") and before[:1].isalnum():
        return True
    return after[:1] in ("_", "@") or (after[:1] in ("-", "=") and after[1:].isalpha())


def _part(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Part a stretch where another number may begin, behind one that is long enough."""
    first = start
    for gap in _NEXT.finditer(text, start, end):
        after = text[gap.end() : end]
        if min(n_digits_of(text[first : gap.start()]), n_digits_of(after)) >= N_DIGITS[0]:
            yield first, gap.start()
            first = gap.end()
    yield first, end


def _read(
    text: str, start: int, end: int, regions: tuple[str, ...], name: Name | None
) -> Iterator[Stretch]:
    """Find the numbers of a part of a stretch, given what the words before call it."""
    value = text[start:end]
    n_digits = n_digits_of(value)
    called = name is not None and name.group == PHONE
    if n_digits > _MOST_OF_ONE:
        yield from _in_rows(text, start, end, regions)
        return
    if n_digits in N_DIGITS and _looks_whole(text, start, end, regions, name):
        yield start, end
        return
    if name is not None and not called and value[0] not in "+(":
        return
    if value.isdigit() and len(value) > _MOST_ALONE:
        return
    if not (called or _ASKED.search(value)):
        if _is_phone(value, regions, in_row=False):
            yield start, end
        else:
            yield from _in_rows(text, start, end, regions)
        return
    found = [
        (start + match.start, start + match.end)
        for region in (regions or (None,))
        if region is None or may_hold(value, region)
        for match in phonenumbers.PhoneNumberMatcher(value, region)
        if _is_sure(match.raw_string, region, called)
    ]
    yield from found
    if not found or n_digits > N_DIGITS[-1]:
        yield from _in_rows(text, start, end, regions)


def _looks_whole(
    text: str, start: int, end: int, regions: tuple[str, ...], name: Name | None
) -> bool:
    """Whether a stretch as a whole is a number by its print, or by what it is called."""
    value = text[start:end]
    if not regions and value[0] != "+" and not value.startswith("00"):
        return False
    called = name is not None and name.group == PHONE
    if _IN_PAIRS.fullmatch(value) and (called or name is None):
        return True
    if called and name is not None:
        return _looks_called(value, name)
    if _DATE.fullmatch(value) or text[end : end + 1] == ":":
        return False
    abroad = value[0] == "+" or (value.startswith("00") and not value.isdigit())
    if abroad and is_possible(value):
        return True
    if name is not None and value[0] != "+":
        return False
    if _OF_AMERICA & set(regions) and _AMERICAN.fullmatch(value):
        return True
    if _WITH_ZERO.fullmatch(value) or _WITH_AREA.fullmatch(value):
        return True
    return abroad and _WITH_PLUS.fullmatch(value) is not None


def _looks_called(value: str, name: Name) -> bool:
    """Whether what is called a phone number is one: no date, and not too many digits."""
    n_digits, vague = n_digits_of(value), name.words in _VAGUE
    if _DATE.fullmatch(value) and (vague or n_digits < _N_SURE):
        return False
    if value.isdigit() and len(value) > _MOST_ALONE:
        return False
    return not vague or name.marked or not value.isdigit() or value[0] == "0" or n_digits > _N_SURE


def _is_sure(value: str, region: str | None, called: bool) -> bool:
    """Whether a valid number says itself that it is one: by + or 0, or grouped as is usual."""
    bare = value.lstrip("([")
    if called or bare[0] == "+" or bare.startswith("00"):
        return True
    if bare[0] == "0":
        return _DATE.fullmatch(bare) is None
    if bare.isdigit():
        return False
    return (
        region is not None
        and (value[0] == "(" or is_match(value, region, GROUPED))
        and _DATE.fullmatch(bare) is None
    )


def _complete(text: str, start: int, end: int, first: int, last: int) -> Stretch | None:
    """Add a country's code and an extension that a number has, and balance its brackets."""
    if text[start] != "+" and (abroad := _ABROAD.search(text, max(0, first - 4, start - 7), start)):
        start = abroad.start()
    if extension := _EXTENSION.match(text, end):
        end = extension.end()
    value = text[start:end]
    if value[0] in "([" and value.count(value[0]) > value.count(")]"["([".index(value[0])]):
        start += 1
    elif value.count(")") > value.count("(") and text[start - 1 : start] == "(":
        start -= 1
    if text[start - 1 : start] in tuple(_MONEY_BEFORE) and start:
        return None
    return None if _MONEY_AFTER.match(text, end) and text[start] != "+" else (start, end)


def _in_rows(
    text: str, start_char: int, end_char: int, regions: tuple[str, ...]
) -> Iterator[Stretch]:
    """Find in rows of numbers what would be found alone; from the left, the longest first."""
    is_phone = cache(_is_phone)  # a row may repeat; nothing of it stays
    for row in _ROW.finditer(text, start_char, end_char):
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, row.start(), row.end())]
        i = 0
        while i < len(groups):
            last = _longest(text, groups, i, regions, is_phone)
            if last is not None:
                yield groups[i][0], groups[last][1]
                i = last
            i += 1


def _longest(
    text: str,
    groups: Sequence[Stretch],
    first: int,
    regions: tuple[str, ...],
    is_phone: Callable[[str, tuple[str, ...]], bool],
) -> int | None:
    """The last group of the longest number that begins with a group."""
    start, first_end = groups[first]
    least = 2 if text[start] in "+0" else 3
    if first_end - start < least and text[start:first_end] != "1":
        return None
    following = groups[first + 1][1] - groups[first + 1][0] if first + 1 < len(groups) else 0
    if following < least and first_end - start < N_DIGITS[0]:
        return None
    grouped = text[start] not in "+0"
    starts, usual = starts_of_groups(regions), usual_groups(regions)
    sizes: tuple[int, ...] = ()
    lasts, n_digits = [], 0
    for last in range(first, min(first + _N_GROUPS, len(groups))):
        size = groups[last][1] - groups[last][0]
        n_digits += size
        # Only a country's code, at the start, is as short as one digit.
        if (size < least and last > first) or n_digits > N_DIGITS[-1] + 1:
            break
        # A country's code is no part of its groups.
        if last > first or text[start:first_end] not in codes_of(regions):
            sizes = (*sizes, size)
        if grouped and sizes and sizes not in starts:
            break
        if n_digits >= N_DIGITS[0] and (not grouped or sizes in usual):
            lasts.append(last)
    return next((x for x in reversed(lasts) if is_phone(text[start : groups[x][1]], regions)), None)


def _is_phone(value: str, regions: tuple[str, ...], in_row: bool = True) -> bool:
    """Whether the matcher takes the whole for a number where nothing stands beside it.

    Without + or 0 at the start it must be grouped as its country does, and in a row not in twos:
    any table has ten digits.
    """
    if n_digits_of(value) not in N_DIGITS:
        return False
    if value[0] == "+":
        return is_match(value, None, VALID)
    sizes = tuple(map(len, _GROUP.findall(value)))
    if len(sizes) < 2 or (in_row and value[0] != "0" and min(sizes[value[0] == "1" :]) < 3):
        return False
    known = VALID if value[0] == "0" else GROUPED
    return any(
        may_be_of(value, region)
        and (value[0] == "0" or {sizes, sizes[1:]} & groups_of(region))
        and is_match(value, region, known)
        for region in regions
    )
