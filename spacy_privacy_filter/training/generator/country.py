# ruff: noqa: E501  (a list of words reads best as one string)
"""How addresses of a country are made up, and the parts that all countries share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """How addresses of a country are written.

    formats (tuple[str, ...]): Patterns of address parts; "|" is a line break.
    unit (str): Added to the street line for a flat, with "{flat}" and "{floor}".
    """

    name: str
    language: str
    locale: str
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    postcodes: tuple[str, ...]
    formats: tuple[str, ...]
    street_line: str = "{street} {no}"
    unit: str = ""
    joiner: str = ", "
    regions: tuple[str, ...] = ()


def split(text: str) -> tuple[str, ...]:
    """Cut a list at its commas."""
    return tuple(part.strip() for part in text.split(","))


# (state, first three digits of its postcodes)
STATES = tuple(
    (pair[:2], pair[2:])
    for pair in "AL352 AZ850 AR722 CA902 CA941 CO802 CT061 DE198 FL331 GA303 HI968 ID837 IL606 IN462"
    " IA503 KS662 KY402 LA701 ME041 MD212 MA021 MI482 MN554 MS392 MO631 MT591 NE681 NV891 NH031"
    " NJ071 NM871 NY100 NC282 ND581 OH432 OK731 OR972 PA191 RI029 SC292 SD571 TN372 TX750 UT841"
    " VT054 VA232 WA981 WV253 WI532 WY820 DC200 AK995".split()
)
NUMBER_FIRST = "{no} {street}"
