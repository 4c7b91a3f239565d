"""The operators that need no other package; each is a function of spaCy's `misc` registry."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from collections.abc import Callable
from datetime import date, timedelta

from spacy.util import registry

from ...labels.kinds import AGE, DATE, POSTCODE, short
from ...language.ages import coarse_age
from ...language.dates import LATEST_YEAR, NOT_OURS, is_ambiguous, is_month_or_day
from ...language.postcodes import coarse_postcode
from ..mask import PLACEHOLDER, fill
from ..people.mentions import Entity, Mention
from .base import DATES, ENTITY, MENTION, SUBJECT, Operator, Scope

NUMBERED = "[{label}_{n}]"
HASHED = "[{label}_{hash}]"
SHORT = "[{label}]"


def make_mask(placeholder: str = PLACEHOLDER) -> Operator:
    """Replace by a placeholder that names the label.

    placeholder (str): "{label}" in it becomes the label in capitals, "[PRIVATE_PERSON]".
    """
    return Operator(
        lambda mention, scope: fill(placeholder, mention.label), "mask", depends=MENTION
    )


def make_number(placeholder: str = NUMBERED) -> Operator:
    """Replace by a numbered placeholder, the same entity the same number: "[PERSON_1]".

    In a document numbers follow the text, in a corpus the digests of the entities. Numbers of
    placeholders that the text already holds are not used.

    placeholder (str): "{label}" becomes the short label, "{n}" the number.
    RAISES (ValueError): No "{n}" or "{label}" in the placeholder.
    """
    _require("number", placeholder, "{n}")
    _require("number", placeholder, "{label}")  # every label has a number 1
    escaped = re.escape(placeholder)
    parts = {re.escape("{label}"): "[A-Z0-9_]+", re.escape("{n}"): r"\d+"}
    for old, new in parts.items():
        escaped = escaped.replace(old, new)

    def apply(mention: Mention, scope: Scope) -> str:
        return str(scope.table(operator, lambda found: build(found, scope))[mention.entity])

    def build(entities: list[Entity], scope: Scope) -> dict[Entity, str]:
        made: dict[Entity, str] = {}
        last: dict[str, int] = {}
        taken = set(scope.literals)
        for entity in entities:
            label = short(scope.label(operator, entity))
            while True:
                last[label] = last.get(label, 0) + 1
                value = placeholder.replace("{label}", label).replace("{n}", str(last[label]))
                if value not in taken:
                    break
            taken.add(value)  # labels that end in a digit may run into the number
            made[entity] = value
        return made

    operator = Operator(apply, "number", assigns=True, writes=re.compile(escaped))
    return operator


def make_remove() -> Operator:
    """Replace by nothing."""
    return Operator(lambda mention, scope: "", "remove", depends=MENTION)


def make_block(char: str = "█") -> Operator:
    """Replace every character by the same one; the length stays.

    char (str): One character.
    RAISES (ValueError): Not one character.
    """
    _one_char("block", char)
    return Operator(lambda mention, scope: char * len(mention.text), "block", depends=MENTION)


def make_partial(keep: int = 4, side: str = "last", char: str = "*") -> Operator:
    """Keep the first or last letters and digits and hide the others; separators stay.

    At least as many are hidden as stay; else all are.

    keep (int): How many letters and digits stay.
    side (str): "first" or "last".
    char (str): What stands for a hidden one.
    RAISES (ValueError): A setting with a bad value.
    """
    _one_char("partial", char)
    if side not in ("first", "last"):
        raise ValueError(f'"side" of the operator partial is "first" or "last", not {side!r}.')
    if keep < 1:
        raise ValueError(f'"keep" of the operator partial is at least 1, but is {keep}.')

    def apply(mention: Mention, scope: Scope) -> str:
        places = [i for i, c in enumerate(mention.text) if c.isalnum()]
        kept = set(places[-keep:] if side == "last" else places[:keep])
        if len(places) < 2 * keep:
            return char * len(mention.text)
        shown = kept | {i for i, c in enumerate(mention.text) if c.isascii() and not c.isalnum()}
        return "".join(c if i in shown else char for i, c in enumerate(mention.text))

    return Operator(apply, "partial", reveals=True, depends=MENTION)


def make_hash(length: int = 16, placeholder: str = HASHED) -> Operator:
    """Replace by an HMAC-SHA256 of the entity, the same in every document and run.

    length (int): Hexadecimal digits, 8 to 64. With 16, two of a million entities are the same with
        a probability of 3 in 10 million.
    placeholder (str): "{label}" becomes the short label, "{hash}" the digits.
    RAISES (ValueError): A setting with a bad value.
    """
    _require("hash", placeholder, "{hash}")
    if not 8 <= length <= 64:
        raise ValueError(f'"length" of the operator hash is 8 to 64, but is {length}.')

    def apply(mention: Mention, scope: Scope) -> str:
        entity = mention.entity
        code = scope.hmac("hash", entity.kind, entity.text, salted=False).hex()[:length]
        return placeholder.replace("{label}", short(mention.label)).replace("{hash}", code)

    return Operator(apply, "hash", needs_key=True, depends=ENTITY)


def make_shift_dates(max_days: int = 365, day_first: bool | None = None) -> Operator:
    """Move every date of a subject by the same number of days; intervals and form stay.

    What is not a date that can be read becomes a placeholder. Without a subject, each document has
    a shift of its own. A year or month alone that a shift leaves as it is becomes a placeholder,
    too: what was found must not stay. Whether 03/04/2026 is 3 April or March 4 is told by other
    dates of its document (13/02/2026 proves that the day is first); if none does, by `day_first`;
    and if that is not given, such a date becomes a placeholder, as "Mar-26" always does, which
    may be of a day or of a year. A date without a year is of the
    year of the nearest date before it, else after it (or of the year beside, if that is within 60
    days of it), where births and dates of decades before do not count; alone it is of a leap year.

    max_days (int): The shift is 1 to this many days, forward or back.
    day_first (bool | None): Whether 03/04/2026 is 3 April where no other date tells.
    RAISES (ValueError): A shift of less than a day.
    """
    if max_days < 1:
        raise ValueError(f'"max_days" of the operator shift_dates is at least 1, not {max_days}.')

    def apply(mention: Mention, scope: Scope) -> str:
        told = scope.timeline.day_first
        order = day_first if told is None else told
        open_order = order is None and is_ambiguous(mention.text)
        if open_order or is_month_or_day(mention.text):
            return fill(SHORT, short(mention.label))
        found = scope.timeline.read(mention.text, mention.start_char, bool(order))
        number = int.from_bytes(
            scope.hmac("shift", scope.subject, salted=not scope.subject)[:8], "big"
        )
        days = number % max_days + 1
        try:
            day = found.day + timedelta(days if number >> 63 else -days) if found else None
        except OverflowError:
            day = None
        if found is None or day is None or not _fits(found.text, day):
            return fill(SHORT, short(mention.label))
        shifted = found.render(day)
        return fill(SHORT, short(mention.label)) if shifted == mention.text else shifted

    return Operator(apply, "shift_dates", needs_key=True, reveals=True, depends=SUBJECT)


def _fits(text: str, day: date) -> bool:
    return day.year >= 1000 or not re.search(r"\d{4}", text)


def make_generalise(
    min_year: int = 1000,
    age_band: int = 10,
    max_age: int = 89,
    postcode_chars: int = 3,
    day_first: bool = False,
    latest_year: int = LATEST_YEAR,
) -> Operator:
    """Replace by something coarser: a date by its year, an age by a band, a postcode by its start.

    Ages are told in years, whatever their unit ("6 months" is "0-9"), and a decade ("in her 40s")
    by the bands it meets. Over the highest age ("> 89", "at least 89") all is "90+"; "over 40" is
    no band. Three digits stay of whatever could be a ZIP code, unless few people live there; of
    four or eight digits, which may have lost a leading zero, none do. What it cannot read, and
    every other kind, becomes a placeholder.

    Of a date such as 01/01/30 it tells the last year with these digits that is not after
    `latest_year`, or after the latest year that a date of the document has in full, if that is
    later: 1930, or 2030 beside a date of 2031. A birth ("born 05/03/15", or a label such as
    date_of_birth) is not after that latest year of its document even if it is earlier, since 2000.

    min_year (int): Earlier years are not told; they would tell that somebody is very old.
    age_band (int): Years in a band, "30-39".
    max_age (int): Ages over this are "90+".
    postcode_chars (int): Letters and digits of a postcode that stay.
    day_first (bool): Whether 03/04/2026 is 3 April.
    latest_year (int): What a year of two digits is not after, where no date tells.
    RAISES (ValueError): A band or start without a member, or a latest year that is not of four
        digits.
    """
    if not 1000 <= latest_year < NOT_OURS:
        raise ValueError(
            f'"latest_year" of the operator generalise is 1000 to {NOT_OURS - 1}, '
            f"not {latest_year}."
        )
    for name, value in {"age_band": age_band, "postcode_chars": postcode_chars}.items():
        if value < 1:
            raise ValueError(f'"{name}" of the operator generalise is at least 1, not {value}.')

    def coarse(mention: Mention, scope: Scope) -> str | None:
        if mention.kind == DATE:
            read = scope.timeline.read
            found = read(mention.text, mention.start_char, day_first, latest_year)
            # What a Thai year tells of an age is not what it says.
            told = found is not None and found.has_year and min_year <= found.day.year < NOT_OURS
            return str(found.day.year) if found is not None and told else None
        if mention.kind == AGE:
            return coarse_age(mention.text, age_band, max_age)
        if mention.kind == POSTCODE:
            return coarse_postcode(mention.text, postcode_chars)
        return None

    def apply(mention: Mention, scope: Scope) -> str:
        return coarse(mention, scope) or fill(SHORT, short(mention.label))

    return Operator(apply, "generalise", reveals=True, depends=DATES)


def make_keep() -> Operator:
    """Leave the text as it is."""
    return Operator(lambda mention, scope: mention.text, "keep", reveals=True, depends=MENTION)


def make_custom(function: str | Callable[[str, str], str]) -> Operator:
    """Replace by what a function of yours makes of the text and the label.

    function (str | Callable): The function, or its name in spaCy's `misc` registry. A policy file
        can name a function but never bring one.
    RAISES (TypeError): Not a function.
    """
    found = registry.misc.get(function) if isinstance(function, str) else function
    if not callable(found):
        raise TypeError('"function" of the operator custom is a function, or a registered name.')

    def apply(mention: Mention, scope: Scope) -> str:
        try:
            value = found(mention.text, mention.label)
        except Exception as error:  # its message may hold the text
            raise ValueError(
                f"The custom operator failed on a span of label {mention.label!r} with a "
                f"{type(error).__name__}. Its message is not shown, as it may hold the text."
            ) from None
        if not isinstance(value, str):
            raise TypeError(f"The custom operator must give text, but gave {type(value).__name__}.")
        return value

    return Operator(apply, "custom", reveals=True)


def _require(operator: str, placeholder: str, part: str) -> None:
    if part not in placeholder:
        raise ValueError(
            f'"placeholder" of the operator {operator} must hold {part!r}, but is {placeholder!r}.'
        )


def _one_char(operator: str, char: str) -> None:
    if len(char) != 1:
        raise ValueError(f'"char" of the operator {operator} is one character, but is {char!r}.')
