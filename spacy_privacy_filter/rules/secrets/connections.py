"""A text -> the connection strings in it that hold a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..finds import CHECKED, FORMED, Find

_REST = r"(?:[^\s\"'`<>\\]|\\(?![\"'nrt]))"
_TAIL = r"(?:[^\s\"'`<>\\]|\\/)"
# scheme://user:password@host, whatever comes after; JSON may write "/" with a backslash. A password
# may hold "/", "?" and "@" that are not written in its escapes, but it is no port of a host.
_WITH_SCHEME = re.compile(
    r"(?<![0-9A-Za-z+.-])(?:jdbc:)?[A-Za-z][0-9A-Za-z+.-]{1,24}:(?://|\\/\\/)"
    r"[^\s\"'`<>@/:?#\\]{0,64}"
    rf":(?!//|[0-9]{{1,5}}\\?[/?#])(?P<password>{_REST}{{1,200}})@[\w.\[]{_TAIL}{{0,1000}}"
)
# With the password among its values, or before "@", as drivers of databases write it.
_DRIVER = re.compile(
    r"(?<![0-9A-Za-z+.-])(?:jdbc:[A-Za-z]|(?!https?:|wss?:|ftps?:)[A-Za-z][0-9A-Za-z+.-]{1,24}:"
    rf"(?://|\\/\\/)){_TAIL}{{1,1000}}"
)
_VALUE = re.compile(
    r"[?&;](?:password|passwd|pwd|pass)=(?P<password>[^&;\s]{1,200})", re.IGNORECASE
)
_THIN = re.compile(r"jdbc:oracle:\w{2,6}:[^\s/@:]{1,64}/(?P<password>[^\s@/]{1,200})@", re.I)
# Without a scheme there must be more that tells.
_BARE = re.compile(
    r"(?<![\w@.:/+%-])(?P<user>[A-Za-z][\w.-]{1,30}):(?P<password>[^\s\"'`<>@/:,;]{4,64})@"
    r"[A-Za-z0-9][\w-]*(?:\.[\w-]+)*(?::[0-9]{1,5})?(?:/[^\s\"'`<>\\]*)?"
)
# What stands before a mail address with a colon
_FIELDS = frozenset(
    """mailto email e-mail mail to from cc bcc reply-to replyto sender recipient author contact
    user username login account name owner by sip sips xmpp skype paypal acct im msn kontakt
    courriel correo von an de para id uid""".split()
)
_MARKS: Final = ".,;:!?…*_~"
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_MASKED = re.compile(r"[*xX.•]{3,}|\$\{?\w*\}?|\$\([^)]*\)|\{+[^}]*\}+|%\w+%|%s|\[[^\]]*\]|_+")


def find_connections(text: str) -> Iterator[Find]:
    """Find connection strings with a password: `scheme://user:password@host/x`, whole."""
    yield from _find_of_drivers(text)
    if "@" not in text:
        return
    for match in _WITH_SCHEME.finditer(text):
        if not _MASKED.fullmatch(match["password"]):
            value = _without_marks(match[0])
            yield Find(match.start(), match.start() + len(value), CHECKED)
    for match in _BARE.finditer(text):
        password = match["password"]
        tells = any(char.isdigit() for char in password) or not re.fullmatch(r"[\w.+-]+", password)
        if tells and match["user"].lower() not in _FIELDS and not _MASKED.fullmatch(password):
            yield Find(match.start(), match.start() + len(_without_marks(match[0])), FORMED)


def _find_of_drivers(text: str) -> Iterator[Find]:
    """Find strings of drivers: `jdbc:sqlserver://host;user=sa;password=...`, whole."""
    lowered = text.lower()
    if "jdbc:" not in lowered and "pass" not in lowered and "pwd=" not in lowered:
        return
    for match in _DRIVER.finditer(text):
        told = _VALUE.search(match[0]) or _THIN.match(match[0])
        if told and not _MASKED.fullmatch(told["password"]):
            yield Find(match.start(), match.start() + len(_without_marks(match[0])), CHECKED)


def _without_marks(value: str) -> str:
    """Leave out the marks of the sentence after it."""
    value = value.rstrip(_MARKS)
    while value[-1] in _CLOSING and value.count(value[-1]) > value.count(_CLOSING[value[-1]]):
        value = value[:-1].rstrip(_MARKS)
    return value
