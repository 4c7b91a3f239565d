"""A phone number -> another of the same form, with a country whose numbers are as long."""

from __future__ import annotations

import re
from random import Random

from ...identifiers.characters import plain_char
from .numbers import in_script_of

# Country code -> how many digits its numbers have after it. SOURCE: the metadata of libphonenumber
# (lengths of fixed and mobile numbers), of countries with many phones.
_LENGTHS = {
    "1": "10", "7": "10",
    "20": "9 10", "27": "9", "30": "10", "31": "9", "32": "8 9", "33": "9", "34": "9", "36": "8 9",
    "39": "9 10", "40": "9", "41": "9", "43": "10 11", "44": "10", "45": "8", "46": "7 8 9",
    "47": "8", "48": "9", "49": "10 11", "51": "8 9", "52": "10", "54": "10", "55": "10 11",
    "56": "9", "57": "10", "58": "10", "60": "8 9 10", "61": "9", "62": "9 10 11", "63": "8 10",
    "64": "8 9", "65": "8", "66": "8 9", "81": "9 10", "82": "9 10", "84": "9 10", "86": "10 11",
    "90": "10", "91": "10", "92": "9 10", "94": "9", "95": "8 9", "98": "10",
    "212": "9", "213": "8 9", "216": "8", "233": "9", "234": "8 10", "254": "9", "255": "9",
    "256": "9", "351": "9", "352": "6 8 9", "353": "7 8 9", "354": "7 9", "357": "8",
    "358": "7 8 9", "359": "8 9", "370": "8", "371": "8", "372": "7 8",
    "380": "9", "381": "8 9", "385": "8 9", "386": "8", "420": "9", "421": "9", "502": "8",
    "503": "8", "506": "8", "507": "7 8", "591": "8", "593": "8 9", "595": "9", "598": "8",
    "852": "8", "855": "8 9", "880": "10", "886": "8 9", "961": "7 8", "962": "8 9", "965": "8",
    "966": "9", "971": "8 9", "972": "8 9", "974": "8", "977": "8 10",
}  # fmt: skip
_PLUS = re.compile(r"[^\d+]*\+")
_ZEROS = re.compile(r"\D*00 ?(?=[1-9])")
_TRUNK = re.compile(r" ?\(0\) ?")
_EXTENSION = re.compile(r"(?:,? *)\b(?:ext(?:ension|n)?|durchwahl|dw|poste|int)\b\.? *", re.I)

_SCHEME = re.compile(r"(?:tel|callto|sms):(?=.*\d)", re.I)  # a run of four
_VANITY = re.compile(r"(?<![^\W_])[A-Z]{3,}(?![^\W_])")


def draw_phone(text: str, rng: Random, i: int) -> str:
    """Draw a phone number of the same form.

    The first draws keep a country code such as +1; then another comes, of a country whose numbers
    are as long, as "+44 " is a run of four. The last leave out a "(0)". Words of
    letters become digits, "ext." an "x".

    text (str): A phone number, with any separators.
    rng (Random): Seeded by the caller.
    i (int): Which draw of one number this is.
    """
    text = _SCHEME.sub("", text)
    text = _VANITY.sub(lambda match: "5" * len(match[0]), _EXTENSION.sub(" x", text))
    if i >= 30:
        text = _TRUNK.sub(" ", text)
    digits = [plain_char(c) for c in text if c.isdigit()]
    abroad = _PLUS.match(text) or _ZEROS.match(text)
    drawn: list[str] = []
    if abroad and len(digits) > 4:
        zeros = ["0", "0"] if "+" not in abroad[0] else []
        drawn = [*zeros, *_choose_code("".join(digits[len(zeros) :]), rng, same=i < 10)]
    for place, digit in enumerate(digits[len(drawn) :]):
        zero = digit == "0" and place == 0
        # After one zero, another would begin the code of a country.
        first = place == 0 or (place == 1 and drawn == ["0"])
        drawn.append("0" if zero else rng.choice("23456789" if first else "0123456789"))
    chars = iter(drawn)
    return "".join(
        in_script_of(c, next(chars)) if c.isdigit() else "x" if c.isalpha() else c for c in text
    )


def _choose_code(digits: str, rng: Random, same: bool) -> str:
    """Choose the code of a country: the same, or another with as many digits in all."""
    code = next((digits[:n] for n in (1, 2, 3) if digits[:n] in _LENGTHS), digits[:2])
    if same:
        return code
    n_rest = len(digits) - len(code)
    pool = [other for other in _LENGTHS if len(other) == len(code) and other != code]
    fitting = [other for other in pool if str(n_rest) in _LENGTHS[other].split()]
    return rng.choice(fitting or pool)
