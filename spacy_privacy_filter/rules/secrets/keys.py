"""A text -> the keys of services in it that have a known form, and web tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from ..finds import CHECKED, FORMED, Find

_TABLE: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "keys.json").read_text(encoding="utf8")
)
# After "_" and "-", too: MY_KEY_AKIA... What ends in a mark may have another after it.
_FORMS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    + "|".join(form for forms in _TABLE["forms"].values() for form in forms)
    + r")(?![0-9A-Za-z])",
    re.ASCII,
)
_WORDED = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_TABLE['worded'])})(?![0-9A-Za-z])", re.ASCII
)  # fmt: skip
_NAMED = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(_TABLE['named'])})[\w.-]{{0,32}}['\"]?[ \t]?(?:=>|:=|[:=])[ \t]?"
    r"['\"]?([0-9A-Za-z][\w+/-]{18,127})={0,2}(?![\w+/-])",
    re.ASCII | re.IGNORECASE,
)
_VALUE = re.compile("[=:> \\t'\"][0-9A-Za-z][0-9A-Za-z_+/-]{18}")
# Signed (three parts), or encrypted (five, of which the key may be empty). SOURCE: RFC 7515, 7516.
_WEB_TOKEN = re.compile(
    r"(?<![\w-])eyJ[\w-]{10,}(?:\.[\w-]*\.[\w-]{10,}\.[\w-]+\.[\w-]{10,}|\.eyJ[\w-]{8,}\.[\w-]*)"
    r"(?![\w-])",
    re.ASCII,
)
# No key is shorter, or goes over a blank.
_LONG_RUN = re.compile(r"(?<!\S)\S{15,}")
_NO_MARKS = re.compile(r"[^0-9A-Za-z]")
_RUN = re.compile(r"[0-9]+|[a-z]+|[A-Z]+")
_N_KINDS: Final = 4  # different letters and digits of what is random, at least
_PER_RUN: Final = 3  # characters of a run of digits, small letters or capitals, at most, on average
_PLACEHOLDER = re.compile(r"(.)\1{9}|x{8}|(?:your|my)[_-]|1234567890abcdef|placeholder", re.I)


def find_keys(text: str) -> Iterator[Find]:
    """Find keys of services by their forms, and JSON web tokens."""
    runs = [run.span() for run in _LONG_RUN.finditer(text)]
    if not runs:
        return
    for run in runs:
        for pattern in (_FORMS, _WEB_TOKEN):
            for match in pattern.finditer(text, *run):
                if not _PLACEHOLDER.search(match[0]):
                    yield Find(match.start(), match.end(), CHECKED)
        for match in _WORDED.finditer(text, *run):
            if looks_random(match[0].partition("-" if "-" in match[0] else "_")[2]):
                yield Find(match.start(), match.end(), CHECKED)
    for match in _NAMED.finditer(text) if _VALUE.search(text) else ():
        if looks_random(match[1]):
            yield Find(match.start(1), match.end(), FORMED)


def looks_random(text: str) -> bool:
    """Whether digits and letters alternate as by chance; words, also with a year, do not."""
    chars = _NO_MARKS.sub("", text)
    runs = _RUN.findall(chars)
    if not any(map(str.isdigit, runs)) or not any(map(str.isalpha, runs)):
        return False
    # A word with a capital at its start is two runs, but one word.
    n_words = sum(
        len(one) == 1 and one.isupper() and other.islower() for one, other in pairwise(runs)
    )
    alternate = len(chars) <= _PER_RUN * (len(runs) - n_words)
    return alternate and len(set(chars)) >= _N_KINDS and not _PLACEHOLDER.search(text)
