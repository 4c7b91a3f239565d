"""A text -> the addresses of mail in it, also as people write them to hide them from machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..language.hosts import is_mail_host, is_top
from .finds import FORMED, Find

# What stands behind "@" is read first, as most of what is none ends there; then what is before it,
# which has a greatest length: so no text takes quadratic time.
_AT = re.compile(r"(?:@|%40)(?=[\w\[])")
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,20}"
    r"(?:[xX][nN]--[0-9A-Za-z-]{0,58}[0-9A-Za-z](?![\w-])"
    r"|[A-Za-z]{2,}(?![0-9A-Za-z_-])|[^\W\d_a-zA-Z]{2,}(?![\w-]))"
)
_LITERAL = re.compile(r"\[(?:IPv6:)?[0-9A-Fa-f:.]{3,45}\]")
_NAME_ALONE = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,30}(?![\w@-]|\.\w|:\w)")
_FIELD = re.compile(
    r"(?<!\w)(?:e-?mail|mail|correo|electr[o\u00f3]nico|courriel|posta)\W{1,4}\Z", re.IGNORECASE
)
_LOCAL = re.compile(
    r"(?<![\w+%&-])(?<![\w+%&-]\.)(?<![\w+%&-]\.\.)(?<!\w['\u2019])-*"
    r"(?P<local>[\w+%&](?:[\w+%&'\u2019-]|(?<=[\w+%&'-])\.{1,2}(?!\.)){0,253})\Z"
)
_QUOTED = re.compile(r'"[^"\r\n@\\]{1,62}"\Z')
_N_LOCAL = 256
_LINK = re.compile(r"://[^\s<>\"'(]*\Z")
_WIDE = re.compile(r"^[^\W\d_a-zA-Z\u00c0-\u024f]+(?=[0-9A-Za-z])")
# Accounts of machines, which are no person's: on a network of one's own they say nothing.
_MACHINES: Final = frozenset("root git postgres daemon nobody www-data mysql admin user".split())

# --- As people write it ---
_DOT_WORDS = r"dot|d0t|punkt|punto|point|ponto"
_AT_WORDS = r"at|@|\u00e4t|arroba|arobase|chiocciola"
_HIDDEN_DOT = rf"\s{{0,2}}[(\[{{<]\s?(?:\.|{_DOT_WORDS})\s?[)\]}}>]\s{{0,2}}"
_HIDDEN_AT = re.compile(rf"\s{{0,2}}[(\[{{<]\s?(?:{_AT_WORDS})\s?[)\]}}>]\s{{0,2}}", re.IGNORECASE)
# "@" itself before a host whose dots are hidden, and the "(a)" of German pages.
_AT_BEFORE_HIDDEN = re.compile(rf"@(?=[\w-]{{1,63}}{_HIDDEN_DOT})", re.IGNORECASE)
_AT_GLUED = re.compile(r"(?<=\w)[(\[]a[)\]](?=\w)|(?<=\w) [(\[]a[)\]] (?=\w)", re.IGNORECASE)
_LIST = re.compile(r"[(\[]b[)\]]", re.IGNORECASE)
_HIDDEN_HOST = re.compile(
    rf"[^\W_][\w-]{{0,62}}(?:(?:\.|{_HIDDEN_DOT}|\s{{1,2}}(?:dot|DOT)\s{{1,2}})[\w-]{{1,63}}){{1,6}}",
    re.IGNORECASE,
)
_HIDDEN_LOCAL = re.compile(
    rf"(?<![\w+%.-])(?P<local>(?:[\w+%-]{{1,40}}(?:\.|{_HIDDEN_DOT}|\s{{1,2}}dot\s{{1,2}})){{0,4}}"
    r"[\w+%-]{1,64})\Z",
    re.IGNORECASE,
)
_N_HIDDEN = 140
_SPOKEN = re.compile(
    r"\s{1,2}(?P<at>at|AT|At)\s{1,2}(?P<host>[^\W_][\w-]{0,62}"
    r"(?:\s{1,2}(?:dot|DOT|Dot)\s{1,2}[A-Za-z][\w-]{1,62}){1,4})(?![\w-])"
)
_SPOKEN_LOCAL = re.compile(
    r"(?<![\w.+-])(?P<local>(?:[\w+-]{1,40}(?:\.|\s{1,2}(?:dot|DOT|Dot)\s{1,2})){0,4}[\w+-]{1,64})\Z"
)
_JOINED_AT = re.compile(r"(?<=\w)(?P<mark>[_-])at(?P=mark)(?=\w)", re.IGNORECASE)
_JOINED_HOST: Final = {
    mark: re.compile(
        rf"[A-Za-z0-9-]{{1,63}}?(?:{mark}dot{mark}[A-Za-z0-9]{{1,63}}){{1,4}}(?![\w-])",
        re.IGNORECASE,
    )
    for mark in "_-"
}
_JOINED_LOCAL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}\Z")
_DOT = re.compile(rf"{_HIDDEN_DOT}|\s{{1,2}}(?:dot)\s{{1,2}}|\.", re.IGNORECASE)
# Before a spoken "at", these are no names of a mailbox.
_NO_LOCAL: Final = frozenset(
    "me us him her them it is are am be look looking out here there email mail e-mail up not and "
    "or the a was were hosted available online live found sold works work working".split()
)


def find_emails(text: str) -> Iterator[Find]:
    """Find addresses of mail: "ada@example.org", "ada (at) example (dot) org"."""
    if "@" in text or "%40" in text:
        yield from _find_written(text)
    if any(mark in text for mark in "([{<"):
        yield from _find_hidden(text)
    if "dot" in text.lower():
        yield from _find_spoken(text)
        yield from _find_joined(text)


def _find_written(text: str) -> Iterator[Find]:
    for at in _AT.finditer(text):
        host = _host_end(text, at.end())
        if host is None:
            continue
        start = _local_start(text, at.start(), host)
        if start is None or _is_of_machine(text, start, at.start(), at.end(), host):
            continue
        if is_mail_host(text[at.end() : host]) or _FIELD.search(text, max(0, start - 24), start):
            yield Find(start, host, FORMED)


def _host_end(text: str, start: int) -> int | None:
    """Where a host ends; of a last part in several scripts, which a sentence goes on, the first."""
    match = (
        _LITERAL.match(text, start) or _HOST.match(text, start) or _NAME_ALONE.match(text, start)
    )
    return match.end() if match else None


def _local_start(text: str, at: int, host_end: int) -> int | None:
    """Where the name of the mailbox begins; None if there is none, or it is of a page."""
    first = max(0, at - _N_LOCAL)
    local = _LOCAL.search(text, first, at)
    quoted = _QUOTED.search(text, first, at) if local is None else None
    if local is None:
        return quoted.start() if quoted else None
    start = local.start("local")
    # A sentence without blanks stands before a name in Latin letters.
    if text[at:host_end].isascii() and (wide := _WIDE.match(local["local"])):
        start += wide.end()
    link = _LINK.search(text, first, start)
    return None if link and "/" not in link[0][3:] else start


def _is_of_machine(text: str, start: int, at: int, after: int, end: int) -> bool:
    """Whether it is an account that is nobody's: git@host:path, root@localhost."""
    local = text[start:at].casefold()
    if local == "git":
        return text[end : end + 1] in (":", "/")
    return local in _MACHINES and "." not in text[after:end]


def _find_hidden(text: str) -> Iterator[Find]:
    """Find addresses with their marks in brackets: "ada [at] example [dot] org"."""
    places = [*_HIDDEN_AT.finditer(text), *_AT_BEFORE_HIDDEN.finditer(text)]
    # "(a)" may also count what there is to choose from.
    places += [] if _LIST.search(text) else _AT_GLUED.finditer(text)
    for at in places:
        host = _HIDDEN_HOST.match(text, at.end())
        local = _HIDDEN_LOCAL.search(text, max(0, at.start() - _N_HIDDEN), at.start())
        if host is None or local is None:
            continue
        end = _known_end(text, host.start(), host.end())
        if end is not None and local["local"].casefold() not in _NO_LOCAL:
            yield Find(local.start("local"), end, FORMED)


def _find_joined(text: str) -> Iterator[Find]:
    """Find addresses in words that marks join: "kim_at_example_dot_com"."""
    for at in _JOINED_AT.finditer(text):
        mark = at["mark"]
        host = _JOINED_HOST[mark].match(text, at.end())
        local = _JOINED_LOCAL.search(text, max(0, at.start() - _N_HIDDEN), at.start())
        if host is None or local is None:
            continue
        names = re.split(f"{mark}dot{mark}", host[0], flags=re.IGNORECASE)
        if is_top(names[-1]):
            yield Find(local.start(), host.end(), FORMED)


def _find_spoken(text: str) -> Iterator[Find]:
    """Find addresses in words: "ada at example dot org", only with a domain that there is."""
    for match in _SPOKEN.finditer(text):
        local = _SPOKEN_LOCAL.search(text, max(0, match.start() - _N_HIDDEN), match.start())
        end = _known_end(text, match.start("host"), match.end("host"))
        if local is None or end is None or local["local"].casefold() in _NO_LOCAL:
            continue
        yield Find(local.start("local"), end, FORMED)


def _known_end(text: str, start: int, end: int) -> int | None:
    """Where a host in words ends: behind the last part that is a domain at the top."""
    last = end
    for dot in reversed(list(_DOT.finditer(text, start, end))):
        if is_top(text[dot.end() : last]):
            return last
        last = dot.start()
    return None
