"""A text -> structured identifiers in it: what has a checksum, a fixed form, or a known prefix."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..compat import missing
from ..types import CharSpan
from .phones import find_phones

try:
    import phonenumbers
    from stdnum import iban, luhn
    from stdnum.us import ssn
except ImportError:
    raise missing("stdnum", "The component privacy_filter_rules") from None

CHECKED, FORMED = 1.0, 0.95
DEFAULT_REGIONS = ("US", "GB")
# What each rule's finds are called, in the label set of openai/privacy-filter.
LABELS: dict[str, str] = {
    "key": "secret",
    "iban": "account_number",
    "card": "account_number",
    "vin": "account_number",
    "ssn": "account_number",
    "mac": "account_number",
    "email": "private_email",
    "url": "private_url",
    "ip": "account_number",
    "phone": "private_phone",
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))

_NARROW = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}  # of full width
# What else is written for a blank, hyphen, digit or capital, one character for one.
_PLAIN = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
    ),
    **dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **_NARROW,
    **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for n in range(10)},
}
_TO_PLAIN, _TO_NARROW = str.maketrans(_PLAIN), str.maketrans(_NARROW)
# A start is only tried at the edge of a word, so that no text takes quadratic time.
_EMAIL = re.compile(
    r"(?<![\w.+%-])(?<!\w['\u2019])[\w+%-](?:[\w.+%-]|(?<=\w)['\u2019](?=\w))*@(?:[\w-]+\.)+"
    r"(?:[xX][nN]--[0-9A-Za-z-]*[0-9A-Za-z]|[^\W\d_]{2,})(?![\w-])"
)
_URL = re.compile(r"(?<!\w)(?:(?:https?|ftp)://|www\.)[^\s<>\"'`{}|\\^\[\]]+", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])")
# As Cisco writes it; with a letter, so that it is no number in groups.
_DOTTED_MAC = re.compile(
    r"(?<![\w.])(?=[0-9.]{0,13}[A-Fa-f])[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}(?![\w-]|\.\w)"
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)", re.ASCII)
# Right before four numbers, they say that it is no address. No cut falls between, as after a cut
# comes a word of letters (see `Rules.cuts`).
_VERSION = re.compile(r"\b(?:versions?|ver|v|release|firmware|build)[.:]?\s{0,2}$", re.IGNORECASE)
_N_BEFORE = 12
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]*:)[0-9A-Fa-f:]{6,39}(?![\w:])")
# What a phone number may begin with is a part of the find, so that no "+" is left over.
_CARD = re.compile(r"(?:\+|(?<![\w+]))[2-6](?:[ -]?[0-9]){12,18}(?!\w)")
# As it is printed: then it may be followed by when it expires and the like.
_PRINTED_CARD = re.compile(
    r"(?<![\w+])(?:[2-6][0-9]{3}(?P<gap>[ -]{0,3})(?:[0-9]{4}(?P=gap)){2}[0-9]{4}"
    r"|3[47][0-9]{2}(?P<space>[ -]?)[0-9]{6}(?P=space)[0-9]{5}|[2-6][0-9]{12,18})(?!\w)"
)
_DOTTED_CARD = re.compile(r"(?<![\w.])[2-6][0-9]{3}(?:\.[0-9]{4}){3}(?!\w|\.\w)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}")
# With small letters no blank stands between two letters, where a text may be cut.
_SMALL_IBAN = re.compile(
    r"(?<!\w)[A-Za-z]{2}[0-9]{2}(?:[A-Za-z0-9]|[ -][0-9]|(?<=[0-9])[ -][A-Za-z]){11,30}"
)
_SSN = re.compile(
    r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"
    r"|(?<![\w-])(?<![0-9] )[0-9]{3} [0-9]{2} [0-9]{4}(?![\w-]| [0-9])"
)
# Nine digits alone may be anything.
_NAMED_SSN = re.compile(
    r"(?<!\w)(?:ssn|security)(?: numbers?| no| nr)?[.:#]{0,2}(?: is| was)?[ \t]{0,2}[=:#]?"
    r"[ \t]{0,2}([0-9]{9})(?![\w-])",
    re.IGNORECASE,
)
_VIN = re.compile(
    r"(?<!\w)(?:(?=[0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}"
    r"|(?=[0-9]*[a-z])(?=[a-z]*[0-9])[a-hj-npr-z0-9]{17})(?!\w)"
)
_KEYS = re.compile(
    r"(?<![\w-])(?:"
    r"(?:sk|pk|rk)_(?:live|test)_[0-9A-Za-z]{16,}"
    r"|sk-[0-9A-Za-z_-]{20,}"
    r"|gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|glpat-[0-9A-Za-z_-]{20,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}"
    r"|xox[abeoprs]-[0-9A-Za-z-]{10,}|hf_[0-9A-Za-z]{30,}|npm_[0-9A-Za-z]{36}"
    r"|pypi-[0-9A-Za-z_-]{50,}|SG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}"
    r"|eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]+"
    r")(?![\w-])"
)
_PEM = re.compile(r"-----BEGIN (?P<kind>[A-Z ]*PRIVATE KEY)-----[^-]*(?:-----END (?P=kind)-----)?")
# Between two words of four or more letters, each with a small one; the second has ended, and
# is not "number", which belongs to the word before it.
_BETWEEN = re.compile(
    r"(?<!\S)(?=[A-Z]*[a-z])[A-Za-z]{4,}"
    r"(?= (?!(?i:numbers?)[ ,.;])(?=[A-Z]*[a-z])[A-Za-z]{4,}[ ,.;])"
)


class Find(NamedTuple):
    """A find of one rule."""

    start_char: int
    end_char: int
    score: float


def make_rules(
    labels: dict[str, str | None] | None = None, regions: list[str] | None = None
) -> "Rules":
    """Make a function that finds structured identifiers in a text.

    Rules: key (API keys with known prefixes, JSON web tokens, private keys), iban, card, vin, ssn
    (checked by their checksums or ranges), mac, email, url, ip, phone.

    labels (dict | None): New label of a rule, None to leave the rule out.
    regions (list[str] | None): Countries whose phone numbers are known without +; ISO 3166 letters.
        The default is US and GB; an empty list finds international numbers only.
    RETURNS (Rules): Text -> spans.
    RAISES (ValueError): An unknown rule or region.
    """
    if unknown := sorted(set(labels or ()) - set(LABELS)):
        raise ValueError(f"Unknown rules: {', '.join(unknown)}. Choose among: {', '.join(LABELS)}.")
    wanted = {**LABELS, **(labels or {})}
    own = list(DEFAULT_REGIONS) if regions is None else list(regions)
    if wrong := sorted(set(own) - set(phonenumbers.SUPPORTED_REGIONS)):
        raise ValueError(f"Unknown regions: {', '.join(wrong)}. Give codes such as US, GB, DE.")

    return Rules({rule: label for rule, label in wanted.items() if label is not None}, own)


class Rules:
    """Finds structured identifiers in a text.

    labels (dict[str, str]): Label of each rule that is used.
    regions (list[str]): Countries whose phone numbers are known without +.
    """

    def __init__(self, labels: dict[str, str], regions: list[str]) -> None:
        self.labels, self.regions = labels, regions

    def __call__(self, text: str) -> list[CharSpan]:
        """Give the spans of a text, sorted; those inside another are left out."""
        plain, narrow = text.translate(_TO_PLAIN), text.translate(_TO_NARROW)
        found = {
            rule: list(_RULES[rule](narrow if rule in _OF_WORDS else plain))
            for rule in self.labels
            if rule != "phone"
        }
        if "phone" in self.labels:
            checked = [*_ibans(plain), *_checked_cards(_PRINTED_CARD, plain)]
            taken = [(find.start_char, find.end_char) for find in checked]
            phones = find_phones(text, plain, self.regions, taken)
            found["phone"] = [Find(start, end, FORMED) for start, end in phones]
        if "card" in found:
            found["card"] = _no_phones(plain, found["card"], found.get("phone", []))
        spans = [
            CharSpan(find.start_char, find.end_char, self.labels[rule], find.score)
            for rule, finds in found.items()
            for find in finds
        ]
        return _outermost(spans)

    def cuts(self, text: str) -> Iterator[int]:
        """Find places, from the last, where a text can be cut without a change of what is found.

        Before the space between two words of four or more letters, small ones among them, no rule
        looks on: numbers need a digit near, and what has no digit needs no space, but for private
        keys, which end at a dash. Text may follow.
        """
        for match in reversed(list(_BETWEEN.finditer(text))):
            cut = match.end()
            if not any(key.start() < cut <= key.end() for key in _PEM.finditer(text[:cut])):
                yield cut


def _outermost(spans: list[CharSpan]) -> list[CharSpan]:
    """Leave out spans inside others; of equal ones the first stays (rules come in rank order)."""
    kept: list[CharSpan] = []
    for span in sorted(spans, key=lambda s: (s.start_char, -s.end_char)):
        if not kept or span.end_char > kept[-1].end_char:
            kept.append(span)
    return kept


def _plain(pattern: re.Pattern[str], text: str, score: float = FORMED) -> Iterator[Find]:
    for match in pattern.finditer(text):
        yield Find(match.start(), match.end(), score)


def _macs(text: str) -> Iterator[Find]:
    yield from _plain(_MAC, text)
    yield from _plain(_DOTTED_MAC, text)


def _keys(text: str) -> Iterator[Find]:
    yield from _plain(_KEYS, text, CHECKED)
    yield from _plain(_PEM, text, CHECKED)


def _ibans(text: str) -> Iterator[Find]:
    for pattern in (_IBAN, _SMALL_IBAN):
        start = 0
        while match := pattern.search(text, start):
            # Words, digits or another may follow: take the longest start that is an IBAN.
            ends = reversed(list(_checked_ends(text, match.start(), match.end())))
            end = next((e for e in ends if iban.is_valid(text[match.start() : e])), None)
            if end is not None:
                yield Find(match.start(), end, CHECKED)
            start = end or match.start() + 4


def _checked_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Where an IBAN may end by its checksum: a word's end, or digits follow.

    SOURCE: ISO 13616, ISO/IEC 7064 MOD 97-10.
    """
    first, rest = int("".join(str(int(c, 36)) for c in text[start : start + 4])), 0
    for end in range(start + 5, stop + 1):
        if text[end - 1].isalnum():
            value = int(text[end - 1], 36)
            rest = (rest * (10 if value < 10 else 100) + value) % 97
            after = text[end : end + 1]
            if (rest * 10**6 + first) % 97 == 1 and (after.isdigit() or not after.isalnum()):
                yield end


def _cards(text: str) -> Iterator[Find]:
    for pattern in (_CARD, _PRINTED_CARD, _DOTTED_CARD):
        yield from _checked_cards(pattern, text)


def _checked_cards(pattern: re.Pattern[str], text: str) -> Iterator[Find]:
    for match in pattern.finditer(text):
        digits = re.sub("[^0-9]", "", match[0])
        if luhn.is_valid(digits) and len(set(digits)) > 1:
            yield Find(match.start(), match.end(), CHECKED)


def _no_phones(text: str, cards: list[Find], phones: list[Find]) -> list[Find]:
    """Leave out cards that meet phone numbers which, together, have more characters than they.

    A plus at the start is not counted: it is no part of a card. The checksum comes out right by
    chance in one of ten numbers.
    """
    rows: list[list[int]] = []  # stretches of phone numbers, disjoint and in order
    for phone in sorted(phones):
        if rows and phone.start_char < rows[-1][1]:
            rows[-1][1] = max(rows[-1][1], phone.end_char)
        else:
            rows.append([phone.start_char, phone.end_char])
    ends = [end for _, end in rows]
    kept = []
    for card in cards:
        i, n_chars = bisect_right(ends, card.start_char), 0
        while i < len(rows) and rows[i][0] < card.end_char:
            n_chars += rows[i][1] - rows[i][0]
            i += 1
        if n_chars <= card.end_char - card.start_char - (text[card.start_char] == "+"):
            kept.append(card)
    return kept


def _ssns(text: str) -> Iterator[Find]:
    for match in _SSN.finditer(text):
        if ssn.is_valid(match[0].replace(" ", "-")):
            yield Find(match.start(), match.end(), CHECKED)
    for match in _NAMED_SSN.finditer(text):
        if ssn.is_valid(match[1]):
            yield Find(match.start(1), match.end(1), CHECKED)


def _vins(text: str) -> Iterator[Find]:
    for match in _VIN.finditer(text):
        value = match[0].upper()
        values = [int(c) if c.isdigit() else _VIN_VALUES[c] for c in value]
        rest = sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True)) % 11
        if value[8] == ("X" if rest == 10 else str(rest)):
            yield Find(match.start(), match.end(), CHECKED)


def _urls(text: str) -> Iterator[Find]:
    for match in _URL.finditer(text):
        value = match[0].rstrip(".,;:!?…*_~")
        if value.endswith(")") and value.count("(") < value.count(")"):
            value = value.rstrip(").,;:!?")
        if len(value) > len("www.") and not value.endswith("//"):
            yield Find(match.start(), match.start() + len(value), FORMED)


def _ips(text: str) -> Iterator[Find]:
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            try:
                ipaddress.ip_address(match[0])
            except ValueError:
                continue
            before = text[max(0, match.start() - _N_BEFORE) : match.start()]
            if any(c.isdigit() for c in match[0]) and not _VERSION.search(before):
                yield Find(match.start(), match.end(), FORMED)


# Their blanks and hyphens are themselves; of phones the matcher reads all kinds.
_OF_WORDS = ("key", "email", "url")
_RULES: dict[str, Callable[[str], Iterator[Find]]] = {
    "key": _keys,
    "iban": _ibans,
    "card": _cards,
    "vin": _vins,
    "ssn": _ssns,
    "mac": _macs,
    "email": lambda text: _plain(_EMAIL, text),
    "url": _urls,
    "ip": _ips,
}
