"""A postcode -> its first characters, unless few people live where they stand for."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .tables import read_table, read_words

# Three-digit ZIP areas with 20,000 people or fewer. SOURCE: the guidance on 45 CFR 164.514 (b) by
# the US Department of Health and Human Services (census of 2000).
SMALL_ZIP_AREAS: Final = read_words("postcodes", "small_zip_areas")
# Lengths of groups of digits. Of 4 or 8 digits nobody can say whether a leading zero of a ZIP code
# was lost, whose first three would then tell four of it; nor of 7 in one.
_DIGITS: Final = frozenset(map(tuple, read_table("postcodes")["digits"]))
# Whose ZIP codes begin with a zero, and the army.
_STATES: Final = "|".join(read_table("postcodes")["states"])
_LETTERS = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"  # British
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d"  # Canadian
    r"|[A-Z]\d[\dW] ?[A-Z\d]{4}"  # Irish
    rf"|\d{{4}} ?(?!{_STATES})[A-Z]{{2}}"  # Dutch
)


def coarse_postcode(text: str, n_chars: int) -> str | None:
    """Give the start of a postcode: "90210" is "902**"; that of a small ZIP area is "000**".

    Any digits that could be a ZIP code are taken for one.

    text (str): A postcode; blanks and marks around and within it do not count.
    n_chars (int): Letters and digits that stay.
    RETURNS (str | None): None for one that is too short, or in no form that is known.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    groups = re.findall(r"[^\W_]+", text)
    chars = "".join(groups)
    if chars.isdecimal():
        known = tuple(map(len, groups)) in _DIGITS
    else:
        known = _LETTERS.fullmatch(" ".join(groups).upper()) is not None
    if not known or len(chars) <= n_chars:
        return None
    small = n_chars >= 3 and chars[:3] in SMALL_ZIP_AREAS
    start = "0" * n_chars if small else chars[:n_chars]
    return start + "*" * min(len(chars) - n_chars, 5)
