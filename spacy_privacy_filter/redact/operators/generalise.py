"""A date, age or postcode -> something coarser: its year, a band of years, its first characters."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from ...labels.kinds import AGE, DATE, POSTCODE, short
from ...language.ages import coarse_age
from ...language.dates import LATEST_YEAR, NOT_OURS
from ...language.postcodes import coarse_postcode
from ..people.mentions import Mention
from .base import DATES, Operator, Scope


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
            parsed = scope.timeline.parse_date(
                mention.text, mention.start_char, day_first, latest_year
            )
            if parsed is None or not parsed.has_year:
                return None
            # What a Thai year tells of an age is not what it says.
            told = min_year <= parsed.day.year < NOT_OURS
            return str(parsed.day.year) if told else None
        if mention.kind == AGE:
            return coarse_age(mention.text, age_band, max_age)
        if mention.kind == POSTCODE:
            return coarse_postcode(mention.text, postcode_chars)
        return None

    def apply(mention: Mention, scope: Scope) -> str:
        return coarse(mention, scope) or f"[{short(mention.label)}]"

    return Operator(apply, "generalise", reveals=True, depends=DATES)
