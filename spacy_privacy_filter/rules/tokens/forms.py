"""A text -> hashes, versions, times of machines, measures and codes of goods in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from ...identifiers.table import is_valid
from ...labels.kinds import ACCOUNT, ADDRESS, AGE, DATE, OTHER, PHONE, POSTCODE, SECRET, URL
from ...language.tables import read_table
from .fields import any_word

NUMBERS: Final = frozenset({ACCOUNT, PHONE, POSTCODE, AGE, OTHER})
_ALL: Final = NUMBERS | {DATE, URL, ADDRESS}
REACH: Final = 200  # characters around a span in which a form may begin and end


class Token(NamedTuple):
    """A stretch of a text that is nobody's.

    start_char (int): First character of the words that say what it is, or of itself.
    end_char (int): One past its last character.
    value_char (int): Its own first character, after those words.
    kinds (frozenset[str]): Kinds of spans that it speaks against.
    is_named (bool): The text says what it is; else its form alone does.
    below (float): Least score with which a span is believed all the same.
    """

    start_char: int
    end_char: int
    value_char: int
    kinds: frozenset[str]
    is_named: bool
    below: float = 2.0


class _Form(NamedTuple):
    """A form of tokens. The group "t" is the value, if it is less than the whole."""

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    is_named: bool = True
    below: float = 2.0
    check: Callable[[str], bool] | None = None


def find_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Find tokens that touch a stretch.

    text (str): With blanks, hyphens and digits in ASCII.
    start, end (int): The stretch.
    """
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    for form in _FORMS:
        for match in form.pattern.finditer(text, first, last):
            if match.start() >= end:
                break
            if match.end() <= start:
                continue
            group = "t" if "t" in form.pattern.groupindex else 0
            if form.check is None or form.check(match[group]):
                stretch = match.start(), match.end(), match.start(group)
                yield Token(*stretch, form.kinds, form.is_named, form.below)


# --- Checks ---


def _is_epoch(value: str) -> bool:
    """Seconds, milliseconds, micro- or nanoseconds from 2001 to 2038, maybe with a fraction."""
    whole = value.partition(".")[0]
    return len(whole) in (10, 13, 16, 19) and 10**9 <= int(whole[:10]) < 2**31


def _has_letter_and_digit(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _is_gtin(value: str) -> bool:
    """ISBN, EAN, UPC and GTIN of 8, 12, 13 or 14 digits, by their check digit."""
    digits = re.sub(r"[ -]", "", value).upper()
    if len(digits) == 10:
        body, last = digits[:9], digits[9]
        total = sum(int(d) * w for d, w in zip(body, range(10, 1, -1), strict=True))
        return last == "0123456789X"[-total % 11]
    if not digits.isdigit():
        return False
    # A GTIN-14 has a digit before the thirteen; zeros before one change no sum.
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return len(digits) in (8, 12, 13, 14) and total % 10 == 0


def _is_isbn(value: str) -> bool:
    return is_valid("isbn", value)


def _is_cas(value: str) -> bool:
    """SOURCE: CAS registry numbers; the last digit is a sum weighted from the right."""
    digits = value.replace("-", "")
    total = sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), start=1))
    return total % 10 == int(digits[-1])


def _is_no_number_of_13(value: str) -> bool:
    """No number of a person of Thailand, the former Yugoslavia, Romania or South Africa."""
    if len(value) != 13 or is_valid("ro_cnp", value) or is_valid("za_id", value):
        return False
    thai = sum(int(d) * w for d, w in zip(value, range(13, 1, -1), strict=False))
    jmbg = sum(int(d) * w for d, w in zip(value, (7, 6, 5, 4, 3, 2) * 2, strict=False))
    return int(value[-1]) not in ((11 - thai % 11) % 10, (11 - jmbg % 11) % 11)


def _is_no_date(value: str) -> bool:
    """No day, month and year of four: 1.2.2024."""
    return not re.fullmatch(r"v?\d{1,2}\.\d{1,2}\.(?:19|20)\d\d", value)


def _is_pod(value: str) -> bool:
    """A name that a cluster made, not words with hyphens, and no key."""
    *words, template, end = value.split("-")
    if {*words} & {"key", "sk", "pk", "pat", "token", "secret", "pass", "password", "auth"}:
        return False
    return any(map(str.isdigit, template)) and not end.isdigit()


# --- Forms ---

_START: Final = r"(?<![\w.])"
_HEX: Final = r"[0-9a-f]{7,128}|[0-9A-F]{7,128}"
_SHORT_HEX: Final = r"(?:[0-9a-f]{7,40}|[0-9A-F]{7,40})(?![\w-])"
_UUID: Final = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![\w-])"
_ASSIGN: Final = r"[\"']?\s{0,2}[:=]\s{0,2}[\"'(]?"
_NUMBER: Final = r"[-+]?\d{1,15}(?:[.,]\d{1,18})?(?:[eE][-+]?\d{1,3})?"
_FLOAT: Final = r"[-+]?\d{0,9}\.\d{1,18}(?:[eE][-+]?\d{1,3})?"
_MEASURES: Final = any_word(read_table("fields")["measures"])
_MACHINE: Final = (
    r"(?:trace|span|parent|request|req|correlation|event|job|task|run|build|pod|node|volume|disk"
    r"|snapshot|commit|release|deployment|cluster|container|image|artifact|pipeline|workflow"
    r"|partition|part|invocation|operation|batch|flow|thread|worker|x-request|amzn?-trace)"
)
_UNITS: Final = (
    r"%|‰|°\s?[CFK]?|℃|℉|ns|[uµμ]s|ms|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?"
    r"|years?|k?bps|[MG]bps|[KMGTP]i?B(?:/s)?|kB|bytes?|bits?|[kMGT]?Hz|[mkMG]?[WV]|mA|kWh|mAh|rpm|dB|fps|px|dpi"
    r"|[nmckµμ]m|mi|miles?|ft|feet|inch(?:es)?|yards?|km/h|mph|m/s|[mµμk]g|kgs?|lbs?|oz|tonnes?|tons?"
    r"|[mcdµμ]l|litres?|liters?|gal|sq\s?(?:ft|m)|m2|m²|m³|ha|acres?|kcal|cal|k?J|[khM]?Pa|bar|psi|mmHg"
    r"|[mµμn]?mol(?:/l)?|m?Eq/L|IU(?:/[mL]+)?|U/L|[mµμnpk]?g/(?:d?l|mL|L|kg|day)|bpm|mSv|mGy|FLOPS|params"
    r"|tokens?|steps?|epochs?|rows?|records?|items?|pcs|pieces|units|px|pts?|points|million|billion"
)
_MONEY: Final = r"USD|EUR|GBP|JPY|CHF|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|RUB"
_AMOUNT: Final = r"\d{1,3}(?:[ ,.']\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,4})?"
_SUFFIXES: Final = (
    "ico|png|jpe?g|gif|svg|webp|css|jsx?|tsx?|html?|php|txt|log|json|ya?ml|xml|csv|tsv|pdf|docx?|xlsx?"
    "|pptx?|tar|gz|bz2|xz|exe|dll|jar|war|class|java|cpp|hpp|conf|cfg|ini|toml|lock|woff2?|ttf|mp[34]|wav"
    "|parquet|pkl|pt|onnx|safetensors|ipynb|sql|db|sqlite|bak|tmp|pyc|whl|proto|gradle"
)

_FORMS: Final = (
    # Hashes, with what they are.
    _Form(
        re.compile(
            r"(?<![^\W_])(?:(?i:sha-?(?:1|224|256|384|512)|sha3-\d{3}|md5|blake[23]\w?|crc32c?|xxh\d*"
            r"|adler32|digest|checksum|e-?tag|if-none-match)(?:[ _-]?(?i:sum|hash|digest|checksum))?)"
            rf"(?:\s?\([^()\n]{{1,80}}\))?(?:\s?[:=@-]\s{{0,2}}|\s)(?:W/)?[\"']?(?P<t>{_HEX})(?![\w+/])"
        ),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(r"(?<!\w)sha(?:256|384|512)-[A-Za-z0-9+/]{40,90}={0,2}(?![\w+/=])"),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:commits?|reverts?|reverted|reverting|cherry[- ]pick(?:ed|ing)?|bisect(?:ed)?"
            r"|git[ -]?(?:sha|rev|hash)|sha|revision|changeset|HEAD(?: is now)?(?: at)?|checkout|git (?:show|log|diff|revert|reset(?: --\w{4,5})?))"
            rf"(?:{_ASSIGN}|[ \t]{{1,2}}[(`\"'#]?|/)(?:(?:at|in|of|to) )?(?P<t>{_SHORT_HEX}(?:\.{{2,3}}{_SHORT_HEX})?)"
        ),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:merged?|rebased?|fix(?:ed|es)?|introduced|landed|bump(?:ed)?|deployed|index|tree|parent|blob|broken|since|tag|build)"
            rf"(?:{_ASSIGN}|[ \t]{{1,2}}[(`\"'#]?)(?:(?:at|in|of|to|by|onto|commit) )?(?P<t>{_SHORT_HEX}(?:\.{{2,3}}{_SHORT_HEX})?)"
        ),
        _ALL | {SECRET},
        check=_has_letter_and_digit,
    ),
    _Form(
        re.compile(
            rf"{_START}(?P<t>{_SHORT_HEX})(?=[)`\"']? (?:on|into|onto|from) [`\"']?(?:main|master|develop|trunk|release|origin)\b)"
        ),
        _ALL | {SECRET},
        check=_has_letter_and_digit,
    ),
    _Form(
        re.compile(
            rf"(?<![^\W_])(?i:{_MACHINE}(?:[ _-]?(?:id|uid|uuid|guid))?)(?:{_ASSIGN}|[ /#])(?P<t>{_UUID}|(?:{_HEX})(?![\w-]))"
        ),
        _ALL | {SECRET},
        check=_has_letter_and_digit,
    ),
    _Form(re.compile(rf"(?<![\w-]){_UUID}"), _ALL, is_named=False, below=0.9),
    _Form(
        re.compile(rf"(?<![\w+/-])(?:{_HEX})(?![\w+/-])"),
        _ALL,
        is_named=False,
        below=0.9,
        check=_has_letter_and_digit,
    ),
    # Machines of a cluster, threads, addresses in memory.
    _Form(
        re.compile(
            r"(?<![\w-])(?P<t>(?:[a-z][a-z0-9]{0,30}-){1,8}[a-z0-9]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5})(?![\w-])"
        ),
        _ALL | {SECRET},
        check=_is_pod,
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:pods?|replicasets?|deployments?|statefulsets?|daemonsets?|nodes?|containers?)"
            rf"(?:_?name)?(?:{_ASSIGN}|[ /])[\"'`]?(?P<t>(?:[a-z][a-z0-9]{{0,30}}-){{1,8}}[a-z0-9]{{1,17}})(?![\w-])"
        ),
        _ALL | {SECRET},
        check=lambda value: any(map(str.isdigit, value)),
    ),
    _Form(
        re.compile(r"(?<![\w-])(?:gke|aks|eks)-(?:[a-z0-9]{1,30}-){1,8}[a-z0-9]{1,16}(?![\w-])"),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(
            r"(?<![\w.-])[a-z][\w.]{0,30}(?:-[a-z0-9]{1,20}){0,4}-(?:exec|thread|worker|pool)-\d{1,5}(?![\w-])"
        ),
        _ALL | {SECRET},
    ),
    _Form(re.compile(r"(?<!\w)0x[0-9A-Fa-f]{1,16}(?!\w)"), _ALL | {SECRET}),
    _Form(
        re.compile(r"(?<![\w#&])#(?P<t>[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?)(?!\w)"),
        _ALL | {SECRET},
        check=_has_letter_and_digit,
    ),
    _Form(
        re.compile(
            r"(?i:colou?r|background|fill|stroke|border)\s?[:=]\s?[\"']?#[0-9A-Fa-f]{3,8}(?!\w)"
        ),
        _ALL | {SECRET},
    ),
    # Times of machines.
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:[a-z_@]{0,20}(?:ts|time|timestamp|epoch|unix|_at|since|until|exp|iat|nbf|expires|created|updated|modified|mtime|ctime|atime|start|started"
            r"|end|ended|last[ _-]?seen|cursor|offset|watermark|checkpoint|now|date)(?:[_-]?(?:ms|us|ns|s|sec|secs|millis|seconds|nanos))?)"
            rf"{_ASSIGN}(?P<t>\d{{10,19}}(?:\.\d{{1,9}})?)(?![\w.-]?\w)"
        ),
        _ALL,
        check=_is_epoch,
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:cursor|epoch|timestamp|watermark|unix time|unixtime|epoch ms|milliseconds|millis)(?: (?:is|was|of|at|=|:|,|next|now|to|from|and|last)){0,2},?(?: next)? (?P<t>\d{10,19})(?!\w|[.-]\w)"
        ),
        _ALL,
        check=_is_epoch,
    ),
    _Form(
        re.compile(
            r"(?<![\w.-])(?P<t>\d{10,19})(?!\w|[.-]\w)(?= (?:is|was|as) (?:the|a|an) (?i:cursor|epoch|timestamp|watermark|offset|unix))"
        ),
        _ALL,
        check=_is_epoch,
    ),
    _Form(
        re.compile(r"(?<![\w.-])(?P<t>1[0-9]{12})(?!\w|[.-]\w)"),
        frozenset({PHONE}),
        is_named=False,
        check=lambda value: _is_epoch(value) and _is_no_number_of_13(value),
    ),
    _Form(re.compile(r"\[\s{0,8}\d{1,8}\.\d{6}\]"), _ALL | {SECRET}),
    _Form(re.compile(r"(?<![\w:])\d{1,2}:\d{2}(?::\d{2})?[.,]\d{3,9}(?![\w:])"), NUMBERS),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:took|takes|duration|elapsed|eta|uptime|runtime|length|real|user|sys|timecode)"
            rf"(?:{_ASSIGN}|[ \t])(?P<t>\d{{1,4}}:\d{{2}}(?::\d{{2}})?(?:[.,]\d{{1,9}})?)(?![\w:])"
        ),
        _ALL,
    ),
    # Versions.
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:versions?|ver\.?|firmware|upgraded?|upgrading|downgraded?|bump(?:ed)?|python|node|java|kernel|php|linux|chrome|firefox|safari|ios|android|windows|ubuntu|debian|postgres(?:ql)?|nginx|pip install \w{1,30})"
            r"(?:[ \t]{1,2}(?:to|from|of|is|version|v))?(?:[:=/ \t]|==){1,2}(?P<t>v?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+.]?[a-z]\w{0,12}(?:\.\d{1,4})?)?)(?![\w.]?\w)"
        ),
        _ALL | {SECRET},
        check=_is_no_date,
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:release[sd]?|build|updated?|update|tag|since)(?: (?:to|in|of))?[:= \t](?P<t>\d{1,5}(?:\.\d{1,6}){2,4})(?![\w.]?\w)"
        ),
        NUMBERS,
        check=_is_no_date,
    ),
    _Form(
        re.compile(
            r"(?<![\w.-])[vV]\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+.]?[a-z]\w{0,12}(?:\.\d{1,4})?)?(?!\w|\.\d)"
        ),
        _ALL | {SECRET},
        check=_is_no_date,
    ),
    _Form(
        re.compile(
            r"[A-Za-z][\w-]{1,40}(?:[=~<>!]=|[@/])[~^]?\d{1,5}(?:\.\d{1,6}){1,4}(?!\w|\.\d)"
        ),
        NUMBERS | {URL},
    ),
    _Form(re.compile(r"(?<![\w.+-])\d{1,3}\.0\.\d{1,4}(?![\w@-]|\.\d)"), NUMBERS, is_named=False),
    _Form(
        re.compile(r"(?<![\w.+-])\d{1,2}\.\d{1,2}\.\d{1,3}(?![\w@-]|\.\d)"),
        NUMBERS,
        is_named=False,
        below=0.9,
    ),
    # Measures and amounts.
    _Form(
        re.compile(
            rf"(?<![\w./@-])(?![\w./-]{{0,30}}(?i:lat|lon|lng|long|latitude|longitude|gps|coords?)\s?=)[A-Za-z_][\w./@-]{{0,40}}\s?=\s?(?P<t>{_FLOAT})%?(?![\w.]?\w)"
        ),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(
            rf"(?<![^\W_])(?i:(?:[a-z]{{1,15}}[_/])?(?:{_MEASURES}))(?:{_ASSIGN}|[ \t])(?P<t>{_FLOAT})%?(?![\w.]?\w)"
        ),
        _ALL | {SECRET},
    ),
    _Form(
        re.compile(
            rf"(?<![^\W_])(?i:(?:[a-z]{{1,15}}[_/])?(?:{_MEASURES}))\s?(?:[:=]|[<>]=?)\s{{0,2}}(?P<t>{_NUMBER})(?:/\d{{1,9}})?%?(?![\w.-]?\w)"
        ),
        NUMBERS,
        check=lambda value: len(value) <= 9 or "." in value or "e" in value.lower(),
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?:p|P|t|F|z|r|rho|χ2|χ²|n|N|df|d|OR|RR|HR|CI)(?:\s?\(\d{1,5}(?:\.\d{1,3})?(?:,\s?\d{1,6}(?:\.\d{1,3})?)?\))?\s?[<=>≤≥]\s?[-+]?\d{0,6}(?:[.,]\d{1,8})?(?!\w)"
        ),
        NUMBERS,
        check=lambda value: sum(map(str.isdigit, value)) < 10,
    ),
    _Form(
        re.compile(rf"(?<![\w.+/-])[-+~≈<>]?\d{{1,7}}(?:[.,]\d{{1,6}})?\s?(?:{_UNITS})(?![^\W_])"),
        NUMBERS,
    ),
    _Form(
        re.compile(rf"(?:[$€£¥₹₽₩]|(?<!\w)(?:{_MONEY}|Rs\.?))\s?(?:{_AMOUNT})(?!\w|[.,]\d)"),
        NUMBERS,
    ),
    _Form(re.compile(rf"(?<![\w.,+-])(?:{_AMOUNT})\s?(?:[$€£¥₹]|(?:{_MONEY})(?!\w))"), NUMBERS),
    _Form(
        re.compile(r"(?<![\w.,+-])\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?(?![\w,]|\.\d)"),
        NUMBERS,
        is_named=False,
    ),
    _Form(
        re.compile(r"(?<![\w.,-])\+?\d{1,3}(?:[ .,']000){2,5}(?!\w|[ .,'-]\d)"),
        NUMBERS,
        is_named=False,
    ),
    _Form(re.compile(r"(?<![\w.])\d{2,5}\s?[x×]\s?\d{2,5}(?:\s?[x×]\s?\d{1,5})?(?!\w)"), NUMBERS),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:units|rooms|pages|pp\.?|lines|sections|items|lots|rows|steps|chapters|figures|figs\.?|articles)\s\d{1,5}\s?[-–]\s?\d{1,5}(?!\w|-)"
        ),
        NUMBERS | {ADDRESS},
    ),
    # Goods, papers, standards, substances.
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:isbn(?:[ -]?1[03])?|ean(?:[ -]?(?:13|8))?|gtin(?:[ -]?\d{1,2})?|upc(?:-a)?|jan|bar ?code|ismn|issn)"
            rf"(?: (?i:code|no\.?|number|nr\.?))?(?:{_ASSIGN}|[ \t#]{{1,2}})(?P<t>\d(?:[ -]?\d){{6,12}}[ -]?[\dXx])(?![\w-])"
        ),
        _ALL,
        check=_is_gtin,
    ),
    _Form(
        re.compile(r"(?<![\w-])(?P<t>97[89](?:[ -]?\d){10})(?![\w-])"),
        _ALL,
        is_named=False,
        check=_is_isbn,
    ),
    _Form(
        re.compile(
            r"(?<![\w-])(?P<t>\d{8}|\d{12,14})(?![\w-])(?=[^\n\d]{0,25}\b(?i:aisle|shelf|stock|barcode|scanned|sku|pcs|pack|carton|product|price|units?)\b)"
        ),
        _ALL,
        is_named=False,
        check=_is_gtin,
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?i:part|p/n|sku|asin|mpn|art(?:icle)?|art\.-nr|item|model|batch|lot|isin|cusip|catalog(?:ue)?|cat)"
            r"(?:[ .]{0,2}(?i:no|number|nr|code|#))?(?:\.?[:=#]?\s{0,2})(?P<t>(?=[A-Z-]{0,8}\d)[A-Z0-9]{1,12}(?:[-/.][A-Z0-9]{1,10}){0,4})(?![\w-])"
        ),
        NUMBERS | {URL},
        check=lambda value: sum(map(str.isdigit, value)) >= 2,
    ),
    _Form(
        re.compile(
            r"(?<![^\W_])(?:RFC[ -]?\d{1,5}|CVE-\d{4}-\d{4,7}|CWE-\d{1,5}|GHSA(?:-\w{4}){3}|(?:ISO|IEC|IEEE|DIN(?: EN)?|ASTM|ANSI|NIST SP|JIS)(?:/[A-Z]{2,5}){0,2}(?: [A-Z]{2,4})?[ -]\d{1,6}(?:[-.:]\d{1,4}){0,3}[a-z]{0,2}"
            r"|PEP[ -]?\d{1,4}|NCT\d{8}|arXiv:\d{4}\.\d{4,5}(?:v\d)?|PMID:? ?\d{4,9}|PMC\d{4,9}|RHSA-\d{4}:\d{3,5}|GH-\d{1,6}|LOINC:? ?\d{1,6}-\d)(?![\w-])"
        ),
        _ALL | {SECRET},
    ),
    _Form(re.compile(r"(?<![\w/])(?:doi:\s?|DOI:?\s?)10\.\d{4,9}/[\w.()/:;-]{1,80}"), NUMBERS),
    _Form(
        re.compile(
            r"(?<![^\W_])CAS(?:[ -]?(?:RN|No\.?|number|#))?:?\s{0,2}(?P<t>\d{2,7}-\d{2}-\d)(?![\w-])"
        ),
        _ALL,
        check=_is_cas,
    ),
    # Orders are not accounts, nor phone numbers.
    _Form(
        re.compile(
            r"(?<![^\W_])(?<!to )(?<!by )(?i:order|invoice|shipment|parcel|pull request)(?: (?:no\.?|number|nr\.?|id))?\s?[# ]\s?(?P<t>\d{3,14})(?![\w-])"
        ),
        frozenset({PHONE}),
    ),
    # Files and what they hold.
    _Form(
        re.compile(
            r"(?<![\w@])(?:application|text|image|audio|video|font|multipart|message)/[A-Za-z][\w.+-]{1,60}(?!\w)"
        ),
        frozenset({URL, OTHER}),
    ),
    _Form(
        re.compile(
            rf"(?<![\w@.])[\w-]{{1,60}}(?:\.[\w-]{{1,20}}){{0,2}}\.(?:{_SUFFIXES})(?::\d{{1,6}}){{0,2}}(?![\w/-]|\.\w)"
        ),
        frozenset({URL, OTHER}),
        is_named=False,
        below=0.9,
    ),
    _Form(re.compile(r"(?<=\w)\[\d{1,7}\](?=[ :])"), NUMBERS),
    _Form(
        re.compile(r"(?<![\w./-])[\w./-]{1,80}\.[A-Za-z]{1,6}:\d{1,6}(?::\d{1,5})?(?!\w)"), NUMBERS
    ),
    _Form(re.compile(r"HTTP/\d(?:\.\d)?\"? \d{3}(?: (?:\d{1,12}|-))?(?!\w)"), NUMBERS),
)
