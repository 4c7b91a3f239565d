"""A text -> the numbers in it that states give to people and firms, and those of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TypeAlias

from ..identifiers.table import KINDS, get_kind, is_valid
from .characters import DIGIT, count_digits, find_near_digits
from .context import KIND, STRONG, WEAK, Name, NameAt, name_before, read_kinds
from .finds import CHECKED, FORMED, Find

_SSN = re.compile(
    r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"
    r"|(?<![\w-])(?<![0-9] )[0-9]{3} [0-9]{2} [0-9]{4}(?![\w-]| [0-9])"
)
_N_SSN = 9
# Nine digits alone may be anything.
_NAMED_SSN = re.compile(
    r"(?<!\w)(?:ssn|security)(?: numbers?| no| nr)?[.:#]{0,2}(?: is| was)?[ \t]{0,2}[=:#]?"
    r"[ \t]{0,2}([0-9]{9})(?![\w-])",
    re.IGNORECASE,
)
_VIN = re.compile(
    r"(?<!\w)(?:(?=[0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}"
    r"|(?=[0-9]*[a-z])(?=[a-z]*[0-9])[a-hj-npr-z0-9]{17})(?!\w)"
)


# What may be a number with a name before it: groups of digits and letters, not of letters alone;
# behind a blank only digits, and Corsica in a French number.
_VALUE = re.compile(
    r"(?<![\w.,@$€£-])(?<![\w]/)(?=[A-Za-z]{0,6}[-/.]?[A-Za-z]{0,4}[-/.]?[0-9])[0-9A-Za-z]+"
    r"(?:[-/.][0-9A-Za-z]+)*"
    r"(?:(?:(?<=[0-9])|(?<= 2[AB])) (?:2[AB]|[0-9]{1,6})(?![0-9A-Za-z]|,[0-9]))*"
    r"(?![\w@%]|[.,:][0-9])"
)
_N_LETTERS = 12  # letters and marks of a value before its first digit, at most
_DATE = re.compile(
    r"[0-9]{1,2}[./-](?:[0-9]{1,2}|[A-Za-z]{3,9})[./-](?:[0-9]{2}|[0-9]{4})"
    r"|[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|(?:19|20)[0-9]{2}[/-](?:19|20)?[0-9]{2}"
    r"|[0-9]{1,2} [0-9]{1,2} (?:19|20)[0-9]{2}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    r"|[vV]?[0-9]+(?:\.[0-9]+)+"
)
_LONE_DIGIT = re.compile(r" [0-9](?![0-9])")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_N_STRONG, _N_WEAK = 5, 5
_SORT_CODE = re.compile(r"[0-9]{2}[- ][0-9]{2}[- ][0-9]{2}(?![0-9-])")
_SORT_NAMES = frozenset({"sort", "sort code"})
# SOURCE: ISO 9362: a bank, a country, a place, perhaps a branch.
_BIC = re.compile(r"(?<!\w)[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)")
_BIC_NAME = re.compile(
    r"(?<!\w)(?:(?:BIC|SWIFT)(?:[ /-]?(?:BIC|SWIFT))?(?i: code| no\.?)?"
    r"|(?i:bic|swift)(?i: code| no\.?|(?=\W{0,3}:)))\W{1,4}\Z"
)
# SOURCE: CMS, Understanding the Medicare Beneficiary Identifier format. S, L, O, I, B, Z are none.
_LETTER = "[AC-HJKMNP-RT-Y]"
_MBI = re.compile(
    rf"(?<![\w-])[1-9]{_LETTER}[0-9AC-HJKMNP-RT-Y][0-9]-?{_LETTER}[0-9AC-HJKMNP-RT-Y][0-9]-?"
    rf"{_LETTER}{{2}}[0-9]{{2}}(?![\w-])"
)
_MASKED = re.compile(r"(?<!\w)(?:[xX*\u2022#]{3}-[xX*\u2022#]{2}-)([0-9]{4})(?![\w-])")

# A value, and what it is called.
Named: TypeAlias = "tuple[re.Match[str], Name]"


def find_ssns(text: str) -> Iterator[Find]:
    """Find US social security numbers in print, or right after their name."""
    if count_digits(text) < _N_SSN:
        return
    for match in find_near_digits(_SSN, text):
        if is_valid("us_ssn", match[0]):
            yield Find(match.start(), match.end(), CHECKED)
    lowered = text.lower()
    for match in _NAMED_SSN.finditer(text) if "ssn" in lowered or "security" in lowered else ():
        if is_valid("us_ssn", match[1]):
            yield Find(match.start(1), match.end(1), CHECKED)


def find_nationals(text: str, values: Sequence[Named]) -> Iterator[Find]:
    """Find numbers of the table of kinds that keep their check, where a word says what they are.

    A few are so particular that they need none: letters and digits in their own order.

    text (str): With digits, blanks and hyphens in ASCII.
    values (Sequence[Named]): What `named_values` gives of it.
    """
    for match, name in values:
        if name.group != KIND:
            continue
        for end in _ends_of_groups(match):
            value = text[match.start() : end]
            if any(is_valid(key, value) for key in read_kinds()[name.words]):
                yield Find(match.start(), end, CHECKED)
                break
    for match in _alone().finditer(text):
        keys = _alone_by_length().get(sum(map(str.isalnum, match[0])), ())
        if any(is_valid(key, match[0]) for key in keys):
            yield Find(match.start(), match.end(), CHECKED)


def named_values(text: str, name_at: NameAt | None = None) -> list[Named]:
    """Find what may be a number, with the name of a field right before it.

    text (str): With digits, blanks and hyphens in ASCII.
    name_at (Callable | None): In place of `name_before`, where that is asked more than once.
    """
    name_at = name_at or partial(name_before, text)
    values = find_near_digits(_VALUE, text, _N_LETTERS)
    named = ((match, name_at(match.start())) for match in values)
    return [(match, name) for match, name in named if name is not None]


@cache
def _alone() -> re.Pattern[str]:
    """A pattern of all layouts of the kinds that need no word."""
    forms = (_places_of(key, key in _PRINTED) for key, kind in KINDS.items() if kind.alone)
    return re.compile(_apart("|".join(forms)))


@cache
def _alone_by_length() -> dict[int, list[str]]:
    """How many letters and digits -> the kinds of them that need no word."""
    keys: dict[int, list[str]] = {}
    for key, kind in KINDS.items():
        for n_chars in {layout.count("#") for layout in kind.layouts if kind.alone}:
            keys.setdefault(n_chars, []).append(key)
    return keys


# Only with the marks of their print: digits alone may be anything.
_PRINTED = frozenset({"br_cnpj", "ch_ahv"})


def _ends_of_groups(match: re.Match[str]) -> Iterator[int]:
    """Where a value may end, the longest first: digits in groups may be followed by others."""
    value = match[0]
    yield match.end()
    for i in range(len(value) - 1, 0, -1):
        if value[i] == " ":
            yield match.start() + i


def find_named(text: str, values: Sequence[Named]) -> Iterator[Find]:
    """Find numbers of accounts, patients, members and the like right after what they are called.

    text, values: As in `find_nationals`.
    """
    for match, name in values:
        if sum(map(str.isdigit, match[0])) < 2:
            continue
        end = _end_of_named(text, match, name)
        if end is not None:
            yield Find(match.start(), end, FORMED)
    lowered = text.lower()
    for match in _BIC.finditer(text) if "bic" in lowered or "swift" in lowered else ():
        if _BIC_NAME.search(text, max(0, match.start() - 24), match.start()):
            yield Find(match.start(), match.end(), FORMED)
    if DIGIT.search(text):
        yield from (Find(m.start(), m.end(), FORMED) for m in _MBI.finditer(text))
        yield from (Find(m.start(1), m.end(1), FORMED) for m in _MASKED.finditer(text))


def _end_of_named(text: str, match: re.Match[str], name: Name) -> int | None:
    """Where a value ends that a name says to be a number of somebody; None if it is none."""
    if name.words in _SORT_NAMES:
        code = _SORT_CODE.match(text, match.start())
        return code.end() if code else None
    if name.group not in (STRONG, WEAK):
        return None
    value = match[0]
    # Of several groups, one of a single digit is another number.
    value = value.split(" ")[0] if name.group == WEAK else _LONE_DIGIT.split(value)[0]
    if _DATE.fullmatch(value) or len(value) < _N_WEAK:
        return None
    if _THOUSANDS.fullmatch(value) and not name.marked:
        return None
    n_digits = sum(map(str.isdigit, value))
    coded = n_digits < len(value) and n_digits >= 3 and any(map(str.isalpha, value))
    sure = n_digits >= _N_STRONG if name.group == STRONG else n_digits >= _N_WEAK and name.marked
    return match.start() + len(value) if coded or sure else None


def find_vins(text: str) -> Iterator[Find]:
    """Find numbers of vehicles, in capitals or small letters, not in both."""
    for match in _VIN.finditer(text):
        if is_valid("vin", match[0]):
            yield Find(match.start(), match.end(), CHECKED)


def find_numbers(key: str, text: str, printed: bool = False) -> Iterator[Find]:
    """Find numbers of any kind of the table, in its layouts or without marks.

    key (str): A key of `identifiers.table.KINDS`.
    text (str): With digits, blanks and hyphens in ASCII.
    printed (bool): Only in its layouts.
    """
    for match in _layouts_of(key, printed).finditer(text):
        if is_valid(key, match[0]):
            yield Find(match.start(), match.end(), CHECKED)


@cache
def _layouts_of(key: str, printed: bool) -> re.Pattern[str]:
    """Make a pattern of the layouts of a kind."""
    return re.compile(_apart(_places_of(key, printed)))


def _apart(places: str) -> str:
    return rf"(?<![\w-])(?:{places})(?![\w-])"


def _places_of(key: str, printed: bool) -> str:
    """Make a pattern of the places for characters in the layouts of a kind, the longest first."""
    layouts = get_kind(key).layouts
    plain = () if printed else tuple("#" * layout.count("#") for layout in layouts)
    forms = sorted({*layouts, *plain}, key=len, reverse=True)
    return "|".join(
        "".join(
            rf"[0-9A-Za-z]{{{len(part)}}}" if part[0] == "#" else re.escape(part)
            for part in re.findall("#+|[^#]+", form)
        )
        for form in forms
    )
