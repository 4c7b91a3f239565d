"""Forms of times that machines write, of durations, and of versions."""

from __future__ import annotations

import re
from typing import Final

from ...identifiers.table import is_valid
from ...labels.kinds import PHONE, URL
from .token import ASSIGN, NUMBERS, SURE, Form, named, shaped, sure

_EPOCH: Final = r"\d{10,19}(?:\.\d{1,9})?"
_EPOCH_KEYS: Final = (
    r"(?:[a-z]{1,20}(?-i:(?<=[a-z])(?:At|Time|Timestamp|Ts|Seen|Date))"
    r"|@?(?:[a-z]{1,15}_){0,2}(?:ts|time|timestamp|epoch|unix|(?<=_)at|since|until|exp|iat|nbf"
    r"|expires|created|updated|modified|mtime|ctime|atime|start|started|end|ended|last[ _-]?seen"
    r"|cursor|offset|watermark|checkpoint|now|date))"
    r"(?:[_-]?(?:ms|us|ns|s|sec|secs|millis|seconds|nanos))?"
)
_EPOCH_WORDS: Final = r"cursor|epoch(?: ms)?|timestamp|watermark|unix ?time|milliseconds|millis"
_EPOCH_STEMS: Final = "cursor epoch timestamp watermark unix millis"
_FILLERS: Final = r"(?:[ ,](?:is|was|of|at|=|next|now|to|from|and|last)){0,2},?(?: next)? "
_RELEASE: Final = r"\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+.]?[a-z]\w{0,12}(?:\.\d{1,4})?)?"
_PROGRAMS: Final = (
    r"versions?|ver\.?|firmware|upgraded?|upgrading|downgraded?|bump(?:ed)?|python|node|java|kernel"
    r"|php|linux|chrome|firefox|safari|ios|android|windows|ubuntu|debian|postgres(?:ql)?|nginx"
)


def _is_epoch(value: str) -> bool:
    """Seconds, milliseconds, micro- or nanoseconds from 2001 to 2038, maybe with a fraction."""
    whole = value.partition(".")[0]
    return len(whole) in (10, 13, 16, 19) and 10**9 <= int(whole[:10]) < 2**31


def _is_bare_epoch(value: str) -> bool:
    """Milliseconds that are no number of a person.

    Those of Thailand, the former Yugoslavia, Romania and South Africa have as many digits.
    """
    if not _is_epoch(value) or is_valid("ro_cnp", value) or is_valid("za_id", value):
        return False
    thai = sum(int(d) * w for d, w in zip(value, range(13, 1, -1), strict=False))
    jmbg = sum(int(d) * w for d, w in zip(value, (7, 6, 5, 4, 3, 2) * 2, strict=False))
    return int(value[-1]) not in ((11 - thai % 11) % 10, (11 - jmbg % 11) % 11)


def _is_no_date(value: str) -> bool:
    """Whether it is no day, month and year of four digits: 1.2.2024."""
    return not re.fullmatch(r"v?\d{1,2}\.\d{1,2}\.(?:19|20)\d\d", value, re.IGNORECASE)


FORMS: Final[tuple[Form, ...]] = (
    named(_EPOCH_KEYS, _EPOCH, SURE, needs=": =", gap=ASSIGN, check=_is_epoch),
    named(_EPOCH_WORDS, _EPOCH, SURE, needs=_EPOCH_STEMS, gap=_FILLERS, check=_is_epoch),
    sure(
        rf"(?<![\w.-])(?P<t>{_EPOCH})(?![\w-])"
        rf"(?= (?:is|was|as) (?:the|a|an) (?i:{_EPOCH_WORDS}|offset))",
        needs=f"{_EPOCH_STEMS} offset",
        check=_is_epoch,
    ),
    shaped(r"(?<![\w.+-])1\d{12}(?![\w-]|\.\d)", frozenset({PHONE}), check=_is_bare_epoch),
    sure(r"\[ {0,8}\d{1,8}\.\d{6}\]", needs="["),  # since a kernel started
    sure(r"(?<![\w:])\d{1,2}:\d{2}(?::\d{2})?[.,]\d{3,9}(?![\w:])", NUMBERS, needs=":"),
    named(
        r"took|takes|duration|elapsed|eta|uptime|runtime|length|real|user|sys|timecode",
        r"\d{1,4}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?!:)",
        SURE,
        needs=":",
    ),
    named(
        r"uptime|up(?: for)?|elapsed|runtime|run time|took|takes|duration|time ?out|ttl|latency"
        r"|max-age|expires[_ ]in|age|lag|delay|backoff|wait(?:ed|ing)?|sleep|after|retry in",
        r"\d{3,12}(?:\.\d{1,9})?"
        r"(?=[ \t]?(?:s|sec|secs|seconds|ms|ns|us|millis|ticks|jiffies)(?!\w))",
        SURE,
        needs="uptime up elapsed run took takes duration out ttl latency age expires lag delay"
        " backoff wait sleep after retry",
    ),
    named(
        r"uptime|elapsed|run ?time|ttl|duration|expires_in|max-age|jiffies|ticks",
        r"\d{1,12}(?:\.\d{1,9})?",
        SURE,
        needs="uptime elapsed run ttl duration expires max-age jiffies ticks",
        gap=r"[\"']?[ \t]{0,2}(?:[:=]|of|is|was)?[ \t]{1,2}|[:=]",
    ),
    named(
        rf"(?:{_PROGRAMS})(?:[ \t]{{1,2}}(?:to|from|of|is|version|v))?",
        rf"v?{_RELEASE}",
        SURE,
        needs="ver firmware upgrad downgrad bump python node java kernel php linux chrome firefox"
        " safari ios android windows ubuntu debian postgres nginx",
        gap=r"[:=/ \t]{1,2}",
        check=_is_no_date,
    ),
    named(
        r"(?:release[sd]?|build|updated?|tag|since)(?: (?:to|in|of))?",
        r"\d{1,5}(?:\.\d{1,6}){2,4}",
        NUMBERS,
        needs="release build update tag since",
        check=_is_no_date,
    ),
    sure(rf"(?<![\w.-])[vV]{_RELEASE}(?!\w|\.\d)", needs="v", check=_is_no_date),
    sure(
        r"(?<![\w-])[A-Za-z][\w-]{1,40}(?:[=~<>!]=|[@/])[~^]?\d{1,5}(?:\.\d{1,6}){1,4}(?!\w|\.\d)",
        NUMBERS | {URL},
        needs="= @ /",
    ),
    shaped(r"(?<![\w.+-])\d{1,3}\.0\.\d{1,4}(?![\w@-]|\.\d)", NUMBERS, needs=".0."),
    shaped(r"(?<![\w.+-])\d{1,2}\.\d{1,2}\.\d{1,3}(?![\w@-]|\.\d)", NUMBERS, needs=".", below=0.9),
)
