"""Spans that hold a part of an address, key or number -> spans of the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ..labels.kinds import ACCOUNT, ADDRESS, AGE, DATE, EMAIL, PERSON, PHONE, SECRET, URL, kind_of
from ..text.words import GLUED
from ..types import CharSpan
from .machines import find_ips, find_macs
from .mail import find_emails
from .money import find_cards, find_ibans
from .sharing import share_out
from .web import find_urls

# Looser than the rules, as a network has already said what it is: a host of one word, a scheme of
# any name, no scheme. Each starts at the edge of a word only, so that no text takes quadratic time.
_EMAIL = re.compile(
    r"(?<![\w.+%-])(?:(?<![\"'])\"[^\s\"@]{1,64}\"|[\w.+%-]+)@[\w-]+(?:\.[\w-]+)*", re.UNICODE
)
_IN_LINK = r"[^\s<>\"'`{}|\\^\[\]]"
_LINK = re.compile(
    rf"(?<![\w@.-])(?:[a-z][a-z0-9+-]{{1,15}}://{_IN_LINK}+"
    rf"|(?:[\w-]+\.)+[^\W\d_]{{2,}}(?::\d{{1,5}})?(?:[/?#]{_IN_LINK}*)?(?![\w@]))",
    re.IGNORECASE,
)
_PASSWORD_IN_LINK = re.compile(r"[a-z][a-z0-9+-]{1,15}://[^\s/@:]{0,200}:[^\s/@]{1,200}@", re.I)
_AFTER_ASCII = re.compile(rf"(?<=[0-9A-Za-z])[{GLUED}\u3000-\u303f\uff00-\uffef]")
_UUID = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z])", re.I
)
_N_AROUND: Final = 80  # characters beside a number in which the rest of it may stand
_END_MARKS: Final = ".,;:!?…*_~"
# What bounds a secret: it may hold any other mark.
_BOUNDS: Final = "\"'`“”‘’«»„<>|,;"
_SECRET_BEFORE = re.compile(rf"[^\s{_BOUNDS}{GLUED}=:()\[\]{{}}]{{1,200}}\Z")
_SECRET_AFTER = re.compile(rf"[^\s{_BOUNDS}{GLUED}]{{1,4096}}")
# Within quotes, only the same quote ends it.
_QUOTED: Final = {quote: re.compile(rf"[^\s{quote}]{{1,4096}}(?={quote})") for quote in "\"'`"}
_NEXT_FIELD = re.compile(r"&(?=[\w.-]{1,40}=)|#")
# The next group of a number, with what stands between the groups.
_GROUP_AFTER = re.compile(r"([-./ \u00a0\u202f])([0-9]{1,12})(?![^\W_])", re.ASCII)
_GROUP_BEFORE = re.compile(r"(?<![^\W_])([0-9]{1,12})([-./ \u00a0\u202f])\Z", re.ASCII)
_GROUPS = re.compile(r"[0-9]+")
_BLANKS: Final = " \u00a0\u202f"
_MOST_DIGITS: Final = 19  # of a card


class Token(NamedTuple):
    """An address in a text.

    start_char, end_char (int): Where it is.
    kind (str): Its kind, whatever a network has called it.
    """

    start_char: int
    end_char: int
    kind: str


def complete_tokens(
    text: str, spans: Sequence[CharSpan], *, labels: Mapping[str, str] | None = None
) -> list[CharSpan]:
    """Let spans grow to the whole address, key or number of which they hold a part.

    An address of mail or of a page goes to the span of its kind that touches it, with all that
    other spans hold of it. A secret in it wins if it is the password of a link, or is in an address
    of mail. A name in it never grows: it gives the address a label of its kind, if there is one.
    Nothing grows over white space but a number in groups of equal length.

    text (str): The text.
    spans (Sequence[CharSpan]): Disjoint.
    labels (Mapping[str, str] | None): Labels by kind, for addresses that only a name touches.
    RETURNS (list[CharSpan]): Sorted and disjoint; every letter and digit of `spans` is in one.
    """
    if not spans:
        return []
    ordered = sorted(spans)
    claimed: list[CharSpan] = []
    for token, inside in _touched(ordered, find_addresses(text)):
        claimed += _claim(text, token, inside, labels or {})
    left = [_grow(text, span) for span in _outside(ordered, claimed)]
    return share_out(text, [*claimed, *left], by_form=True)


def find_addresses(text: str) -> list[Token]:
    """Find what may be an address of a page or of mail; none is in another."""
    tokens = []
    if "." in text or "://" in text:
        links = [match.span() for match in _LINK.finditer(text)]
        links += [find[:2] for find in find_urls(text)]
        tokens += [Token(*_trim_token(text, *link), URL) for link in links]
    if "@" in text:
        mails = [match.span() for match in _EMAIL.finditer(text)]
        mails += [find[:2] for find in find_emails(text)]
        tokens += [Token(*_trim_token(text, *mail), EMAIL) for mail in mails]
    outermost: list[Token] = []
    for token in sorted(tokens, key=lambda token: (token.start_char, -token.end_char)):
        if not outermost or token.end_char > outermost[-1].end_char:
            outermost.append(token)
    return outermost


def _trim_token(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the sentence around an address: its marks, and words of a script without blanks."""
    if cut := _AFTER_ASCII.search(text, start, end):
        end = cut.start()
    at = text.find("@", start, end)
    glued = [m.end() for m in re.finditer(f"[{GLUED}](?=[0-9A-Za-z])", text[start : max(at, 0)])]
    start += glued[-1] if glued else 0
    value = text[start:end].rstrip(_END_MARKS)
    while value.endswith(")") and value.count("(") < value.count(")"):
        value = value[:-1].rstrip(_END_MARKS)
    return start, start + len(value)


def _touched(
    spans: Sequence[CharSpan], tokens: Sequence[Token]
) -> Iterator[tuple[Token, list[CharSpan]]]:
    """Give the addresses that spans touch, with these spans."""
    first = 0
    for token in tokens:
        while first < len(spans) and spans[first].end_char <= token.start_char:
            first += 1
        last = first
        while last < len(spans) and spans[last].start_char < token.end_char:
            last += 1
        if last > first:
            yield token, list(spans[first:last])


def _claim(
    text: str, token: Token, spans: Sequence[CharSpan], labels: Mapping[str, str]
) -> Iterator[CharSpan]:
    """Give an address to one of the spans that touch it, or to none."""
    start, end, kind = token
    by_kind: dict[str, list[CharSpan]] = {}
    for span in spans:
        by_kind.setdefault(kind_of(span.label), []).append(span)
    has_password = kind == EMAIL or _PASSWORD_IN_LINK.match(text, start, end)
    unsure = PERSON, ADDRESS, DATE, AGE
    if kind == EMAIL and "." not in text[start:end].partition("@")[2]:  # "Ada King@FIRM"
        spans = [s for s in spans if kind_of(s.label) != PERSON or s.start_char >= start]
        if len(spans) < sum(map(len, by_kind.values())):
            return
    if SECRET in by_kind and has_password:
        owners = by_kind[SECRET]
    elif kind in by_kind:
        owners = by_kind[kind]
    elif kind == EMAIL and kind in labels:
        owners = [span._replace(label=labels[kind]) for span in spans]
    elif kind == EMAIL:
        owners = [s for own, of in by_kind.items() if own not in unsure for s in of]
    else:
        owners = []
    if owners:
        best = max(owners, key=lambda span: span.score)
        yield best._replace(start_char=start, end_char=end)


def _outside(spans: Iterable[CharSpan], claimed: Sequence[CharSpan]) -> Iterator[CharSpan]:
    """The spans that are not wholly in one of those that are claimed. Both are in order."""
    i = 0
    for span in spans:
        while i < len(claimed) and claimed[i].end_char < span.end_char:
            i += 1
        if i == len(claimed) or span.start_char < claimed[i].start_char:
            yield span


def _grow(text: str, span: CharSpan) -> CharSpan:
    kind = kind_of(span.label)
    start, end = span.start_char, span.end_char
    if kind == SECRET:
        start, end = _whole_secret(text, start, end)
    elif kind in (ACCOUNT, PHONE):
        start, end = _whole_number(text, start, end, kind)
    return span._replace(start_char=start, end_char=end)


def _whole_secret(text: str, start: int, end: int) -> tuple[int, int]:
    """A secret goes on up to white space, a quote, or the next field of a link."""
    if text[start].isalnum() and (
        before := _SECRET_BEFORE.search(text[max(0, start - 200) : start])
    ):
        start -= len(before[0])
    quote = text[start - 1 : start] if start else ""
    after = _QUOTED.get(quote, _SECRET_AFTER).match(text, end)
    if after:
        field = _NEXT_FIELD.search(after[0]) if "=" in after[0] else None
        more = after[0][: field.start()] if field else after[0]
        value = text[start:end] + more
        while value.endswith((")", "]", "}", ".", ":", "?")) and len(value) > end - start:
            close = value[-1]
            opening = {")": "(", "]": "[", "}": "{"}.get(close)
            if opening and value.count(opening) >= value.count(close):
                break
            value = value[:-1]
        end = start + len(value)
    return start, end


def _whole_number(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """A number goes on over its separators; over blanks only in groups of one length."""
    offset = max(0, start - _N_AROUND)
    window = text[offset : end + _N_AROUND]
    for find in _find_numbers(window):
        if find[0] + offset < end and start < find[1] + offset:
            start, end = min(start, find[0] + offset), max(end, find[1] + offset)
    while end < len(text) and (group := _GROUP_AFTER.match(text, end)):
        if not _goes_on(text[start:end], group[1], group[2], last=True):
            break
        end = group.end()
    while group := _GROUP_BEFORE.search(text[max(0, start - 14) : start]):
        if not _goes_on(text[start:end], group[2], group[1], last=False):
            break
        start -= len(group[0])
    if kind == PHONE and start and text[start - 1] in "+(" and text[start].isalnum():
        held = text[start:end]
        if text[start - 1] == "+" or held.count(")") > held.count("("):
            start -= 1
    return start, end


def _find_numbers(window: str) -> Iterator[tuple[int, int]]:
    for finder in (find_ibans, find_cards, find_ips, find_macs):
        for find in finder(window):
            yield find.start_char, find.end_char
    for match in _UUID.finditer(window):
        yield match.span()


def _goes_on(value: str, separator: str, group: str, *, last: bool) -> bool:
    """Whether a number goes on with another group.

    last (bool): Whether the group stands after it.
    """
    edge = value[-1] if last else value[0]
    groups = _GROUPS.findall(value)
    if not edge.isdigit() or not groups or sum(map(len, groups)) + len(group) > _MOST_DIGITS:
        return False
    if separator not in _BLANKS:
        return True
    lengths = {len(own) for own in groups}
    return (
        lengths == {len(group)}
        and len(group) in (3, 4, 5)
        and value.replace(separator, "").isdigit()
    )
