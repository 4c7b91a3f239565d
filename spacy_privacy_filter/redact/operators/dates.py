"""A date -> another day in the same form, as far from it as all dates of a subject are moved."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from datetime import timedelta

from ...labels.kinds import short
from ...language.dates import is_ambiguous, is_month_or_day
from ..people.mentions import Mention
from .base import SUBJECT, Operator, Scope


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
        return shift(mention, scope) or f"[{short(mention.label)}]"

    def shift(mention: Mention, scope: Scope) -> str | None:
        proven = scope.timeline.day_first
        order = day_first if proven is None else proven
        if is_month_or_day(mention.text) or (order is None and is_ambiguous(mention.text)):
            return None
        parsed = scope.timeline.parse_date(mention.text, mention.start_char, bool(order))
        if parsed is None:
            return None
        try:
            day = parsed.day + timedelta(_find_shift(scope, max_days))
        except OverflowError:
            return None
        if day.year < 1000 and re.search(r"\d{4}", parsed.text):
            return None
        shifted = parsed.render(day)
        return None if shifted == mention.text else shifted

    return Operator(apply, "shift_dates", needs_key=True, reveals=True, depends=SUBJECT)


def _find_shift(scope: Scope, max_days: int) -> int:
    """By how many days all dates of a subject move; without one, those of the document."""
    code = scope.hmac("shift", scope.subject, salted=not scope.subject)
    number = int.from_bytes(code[:8], "big")
    days = number % max_days + 1
    return days if number >> 63 else -days
