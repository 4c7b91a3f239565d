"""The name of a month or weekday in any language -> which it is, and others of its language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from .tables import read_table

# What stands for each letter of a name, so that forms need not list the names.
MONTH, WEEKDAY = "\ue000", "\ue001"
_WORD = re.compile(r"[^\s\d.,،፣/():（）年月日号號년월일-]+(?:-feira)?")
_LETTERS = re.compile(r"[^\W\d_]+")
# What may stand in a name or not, and other signs for one.
_UNLIKE = str.maketrans({"\u200c": "", "\u200d": "", "’": "'", "ʼ": "'"})
_MARKS = {
    ".": re.compile(r"\d\. ?[^\W\d_]"),
    "1. x": re.compile(r"(?<!\d)\d\d?\. +[^\W\d_]"),
    "2000.": re.compile(r"(?<!\d)\d\d?\. .*\d{4}\."),
}
_JOINT = re.compile(r"([ '’])(?=\w)")  # between the words of a name
_SHORT = 3  # letters of a name that others may have by chance
# Of a language that is not preferred: a name that others have is theirs, unless a word tells.
_LAST = 1.5
# Of a short form, or of that without a day beside one: who has a name in full has it first.
_OTHER = 0.25
_DAY = re.compile(r"(?<!\d)\d\d?(?!\d)")


@dataclass(frozen=True)
class NameRow:
    """The names of the months, or weekdays, of a language in one of its forms.

    form (str): "day" (as beside a day), "alone", "short" and others. Several may have one name.
    names (tuple[str, ...]): From January, or Monday.
    """

    language: str
    form: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class NameTable:
    """The rows of all languages, those of the preferred ones first.

    preferred (frozenset[str]): Languages that a name is of where nothing tells.
    numbers (Mapping): Each name that is read, as it is compared -> its rows, and which it is
        there, from 0.
    most_words (int): Of a name: "de gener" has two.
    """

    rows: tuple[NameRow, ...]
    preferred: frozenset[str]
    numbers: Mapping[str, tuple[tuple[NameRow, int], ...]]
    most_words: int

    def rows_of(self, names: Iterable[str]) -> set[NameRow]:
        """The rows that have any of some names, which are given as they are compared."""
        return {row for name in names for row, _ in self.numbers.get(name, ())}


@cache
def read_months() -> NameTable:
    """The names of the months.

    RAISES (FileNotFoundError, ValueError): As `tables.read_table`.
    """
    return _read_names("months")


@cache
def read_weekdays() -> NameTable:
    """The names of the weekdays.

    RAISES (FileNotFoundError, ValueError): As `tables.read_table`.
    """
    return _read_names("weekdays")


def _read_names(name: str) -> NameTable:
    table = read_table(name)
    rows = tuple(
        NameRow(language, row["form"], tuple(map(_nfc, row["names"])))
        for language, own in table["languages"].items()
        for row in own
    )
    unread = set(table.get("unread", ()))
    numbers: dict[str, list[tuple[NameRow, int]]] = {}
    for row in rows:
        for number, folded in enumerate(map(_fold, row.names)):
            if folded not in unread:
                numbers.setdefault(folded, []).append((row, number))
    return NameTable(
        rows,
        frozenset(table["preferred"]),
        {folded: tuple(own) for folded, own in numbers.items()},
        max(len(folded.split()) for folded in numbers),
    )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _fold(text: str) -> str:
    """Write a name as it is compared: case, marks that join letters, and blanks do not count."""
    if not text.isascii():
        text = _nfc(text).casefold().translate(_UNLIKE)
    return " ".join(text.casefold().split())


def month_names(language: str, form: str) -> tuple[str, ...]:
    """The names of the months in a form of a language, from January; none if it has no such form.

    form (str): "day" is that beside a day.
    """
    return _names_of(read_months(), language, form)


def weekday_names(language: str, form: str = "full") -> tuple[str, ...]:
    """The names of the weekdays in a form of a language, from Monday; none if it has none."""
    return _names_of(read_weekdays(), language, form)


def _names_of(table: NameTable, language: str, form: str) -> tuple[str, ...]:
    own = (row for row in table.rows if row.language == language and row.form == form)
    return next((row.names for row in own), ())


def month_number(name: str, rest: str = "", language: str = "") -> int | None:
    """The number of a month, 1 to 12, by its name in any language; None if it is no month.

    rest (str): The whole date: words about a name tell languages apart that have it for two months.
    language (str): What dates before it tell; see `sure_language`.
    """
    found = _best(read_months(), name, rest, language)
    return None if found is None else found[1] + 1


def is_weekday(name: str) -> bool:
    """Whether a word is a weekday in any language."""
    return _fold(name) in read_weekdays().numbers


def hide_names(text: str) -> str:
    """Write `MONTH` for each character of a month's name, and `WEEKDAY` for those of a weekday.

    Of "mar", which is both (Spanish Tuesday, March), it is a month unless one follows.
    """
    made = text
    seen = False
    for start, end in _candidates(text):
        name, mark = text[start:end], ""
        if made[start:end] != name:
            continue  # a part of a longer one
        if _fold(name) in read_months().numbers and not (seen and is_weekday(name)):
            mark, seen = MONTH, True
        elif is_weekday(name):
            mark = WEEKDAY
        if mark:
            made = made[:start] + mark * len(name) + made[end:]
    return made


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Where words begin and end, and words that stand together, from the last; long ones first."""
    words = [match.span() for match in _WORD.finditer(text)]
    most = max(read_months().most_words, read_weekdays().most_words)
    for last in reversed(range(len(words))):
        for first in range(max(0, last - most + 1), last):
            gaps = (text[words[i][1] : words[i + 1][0]] for i in range(first, last))
            if all(gap.isspace() for gap in gaps):
                yield words[first][0], words[last][1]
        yield words[last]


def other_month(name: str, number: int, rest: str, language: str = "") -> str:
    """Name another month in the language and form of a name.

    number (int): 1 to 12.
    rest (str): The whole date: words about a name tell languages apart that share it.
    language (str): What dates before it tell; see `sure_language`.
    """
    return _cased(_row_like(read_months(), name, rest, language)[0].names[number - 1], name)


def other_weekday(name: str, number: int, rest: str, language: str = "") -> str:
    """Name another weekday in the language of a name. number (int): 0 to 6, Monday first."""
    return _cased(_row_like(read_weekdays(), name, rest, language)[0].names[number], name)


def later_weekday(name: str, n_days: int, rest: str, language: str = "") -> str:
    """Name the weekday so many days after one, in its language."""
    row, number = _row_like(read_weekdays(), name, rest, language)
    return _cased(row.names[(number + n_days) % 7], name)


def short_weekday(name: str, rest: str) -> str | None:
    """The short form of a weekday, if its language has one that is shorter."""
    table = read_weekdays()
    row, number = _row_like(table, name, rest)
    own = (other.names for other in table.rows if other.language == row.language)
    short = min(own, key=lambda names: len(names[0]))[number]
    return _cased(short, name) if len(short) < len(name) else None


def language_of(name: str, rest: str, language: str = "") -> str:
    """The language of a month's name, as far as a date, and those before it, tell."""
    return _row_like(read_months(), name, rest, language)[0].language


def sure_language(name: str, rest: str, language: str = "") -> str:
    """The language that tells whose the names in later dates are.

    RETURNS (str): That of a month's name, if it is not preferred and no other has the name as
        well; else what dates before it tell.
    """
    table = read_months()
    scores: dict[str, float] = {}
    for score, (row, _) in _scored(table, name, rest, language):
        scores[row.language] = max(score, scores.get(row.language, score))
    best = max(scores, key=lambda code: scores[code], default="")
    alone = all(score < scores[best] for code, score in scores.items() if code != best)
    return best if alone and best not in table.preferred else language


def _row_like(table: NameTable, name: str, rest: str, language: str = "") -> tuple[NameRow, int]:
    """As `_best`, of a name that is known to be one."""
    found = _best(table, name, rest, language)
    if found is None:
        raise ValueError("What shall be written like a month or weekday is the name of none.")
    return found


def _best(table: NameTable, name: str, rest: str, language: str = "") -> tuple[NameRow, int] | None:
    """The row that a name is most likely from, of several equal ones the first; and its place."""
    scored = _scored(table, name, rest, language)
    return max(scored, key=lambda item: item[0])[1] if scored else None


def _scored(
    table: NameTable, name: str, rest: str, language: str
) -> list[tuple[float, tuple[NameRow, int]]]:
    """The rows that have a name, how well each fits the date, and which name it is there."""
    found = table.numbers.get(_fold(name), ())
    if len(found) < 2:
        return [(0, item) for item in found]
    words, marks = _told(_words(rest)), _told(_marks(rest))
    beside = Counter(_beside(table, name, rest, language))
    capitalised = read_table("months")["capitalised"]
    # A name in capitals, or in letters that have none, does not say how a month is written.
    cased = table is read_months() and not name.isupper() and name.lower() != name.upper()
    has_day = _DAY.search(rest) is not None

    def score(row: NameRow) -> float:
        code = row.language
        odd = cased and name[:1].isupper() != (code in capitalised)
        if code in table.preferred:
            return 2 * (words[code] + marks[code] + beside[code]) - odd
        told = beside[code] + 2 * (code == language)
        if table is read_months():
            # Short names are too much alike for a mark to tell, and no day is beside others.
            marked = row.form not in ("short", "alone") and len(name) > _SHORT
            told += words[code] + marked * marks[code]
        other = row.form == "short" or (has_day and row.form == "alone")
        return 2 * told - odd - _LAST - _OTHER * other

    return [(score(row), (row, number)) for row, number in found]


def _words(text: str) -> set[str]:
    """The words of letters alone, in small letters."""
    return set(_LETTERS.findall(_nfc(text).casefold()))


def _told(words: set[str]) -> Counter[str]:
    """How many different words and marks tell each language."""
    table = read_table("dates")["hints"]
    return Counter(language for word in words for language in table.get(word, ()))


def _beside(table: NameTable, name: str, text: str, language: str) -> Iterator[str]:
    """The languages that a weekday tells of a month, and a month of a weekday.

    A weekday is of a language that is not preferred only if its month is.
    """
    words = _words(text) - {_nfc(name).casefold()}
    other = read_weekdays() if table is read_months() else read_months()
    yield from (row.language for row in other.rows_of(words) if row.language in other.preferred)
    # Names with marks or of two words are no letters alone.
    spans = [text[start:end] for start, end in _candidates(text)]
    if table is read_months():
        rows = other.rows_of({_fold(own) for own in spans} - {_fold(name)})
        yield from (row.language for row in rows if row.language not in other.preferred)
        return
    month = next((own for own in spans if _fold(own) in other.numbers), "")
    found = _best(other, month, text, language)
    if found and found[0].language not in other.preferred:
        yield from [found[0].language] * 2


def _marks(text: str) -> set[str]:
    """What else of a date tells a language, as the table of hints has it.

    RETURNS (set[str]): ".": a number with a dot before a word; "1. x": a day with a dot; "2000.":
        a year with one at the end, too; and the zero of a script's digits.
    """
    marks = set()
    if not text.isascii():
        digits = {char for char in text if char.isdecimal() and not char.isascii()}
        marks = {chr(ord(digit) - int(digit)) for digit in digits}
    if "." in text:
        marks |= {mark for mark, pattern in _MARKS.items() if pattern.search(text)}
    return marks


def _cased(text: str, like: str) -> str:
    """Write a name in capitals, in small letters, or as it is, like another one."""
    if like.isupper() and len(like) > 1:
        return text.upper()
    if like.islower():
        return text.lower()
    if _JOINT.search(text) and _JOINT.search(like):  # "de Gener" is as "d'Abril"
        (head, mark, tail), other = _JOINT.split(text, 1), _JOINT.split(like, 1)
        return _cased(head, other[0]) + mark + _cased(tail, other[2])
    return text if text[:1].isupper() else text.capitalize()
