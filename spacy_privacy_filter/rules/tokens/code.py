"""A text -> what in it is code that names a value, and is none: decorators, variables, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..handles import HOLDERS, is_of_code
from .token import Token

_AROUND: Final = 120  # characters beside a stretch that are read
_NAME: Final = r"[A-Za-z_]\w{0,40}"
_MORE: Final = rf"(?:\??\.{_NAME}|\??\.?\[[\"']?[\w.-]{{1,40}}[\"']?\])"
_VALUES: Final = (
    r"(?i:(?:\w{0,20}_)?(?:password|passwd|pwd|secret|token|api_?key|credentials?|passphrase)s?)"
)
_GAPS: Final = (
    r"\$\{[^{}\s]{1,80}\}|\$\([^()\n]{1,80}\)|\{\{[^{}\n]{1,80}\}\}|\{%[^%\n]{1,80}%\}|<%=?[^%\n]{1,80}%>"
    r"|#\{[^{}\n]{1,80}\}|%[A-Z_]{3,40}%|(?<![\w$])\$(?:env:)?[A-Z]{1,30}(?:_[A-Z0-9]{1,30}){1,6}(?!\w)"
    r"|(?<![\w$])\$(?:PASSWORD|PASS|TOKEN|SECRET|USER|HOME|KEY|1|2)(?!\w)"
)
# A variable, a gap of a template, and a string of a connection with one for its password.
_PATTERNS: Final = (
    re.compile(_GAPS),
    re.compile(
        rf"(?<![\w.$@/-])(?:{'|'.join(sorted(HOLDERS))}|import\.meta|secrets|vault|var|local|module|ENV|System"
        rf"|Config|Settings|kwargs|cfg|Deno|Bun){_MORE}{{1,6}}(?:\([^()\n]{{0,80}}\)?)?(?![\w@-])"
    ),
    re.compile(rf"(?<![\w.$@/-]){_NAME}(?:\.{_NAME}){{0,5}}\.{_VALUES}(?![\w@-]|\.\w)"),
    re.compile(
        rf"[A-Za-z][\w+.-]{{1,24}}://[^\s:@/]{{0,64}}:(?:{_GAPS}|[*xX•]{{3,40}}|<[^<>\s]{{1,40}}>|%s)@[^\s\"'`<>]{{1,200}}"
    ),
)
_MARK: Final = re.compile(rf"(?<![\w@./])@(?P<name>{_NAME}(?:\.{_NAME}){{0,4}})")


def find_code(text: str, start: int, end: int) -> Iterator[Token]:
    """Find variables, decorators and gaps that touch a stretch.

    text (str): Any text.
    start, end (int): The stretch.
    """
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    part = text[first:last]
    if any(mark in part for mark in ".${%#["):
        for pattern in _PATTERNS:
            for match in pattern.finditer(text, first, last):
                if match.start() < end and start < match.end():
                    yield Token(match.start(), match.end(), match.start(), is_named=True)
    if "@" in part:
        for match in _MARK.finditer(text, first, last):
            if match.start() < end and start < match.end() and is_of_code(text, match):
                yield Token(match.start(), match.end(), match.start(), is_named=True)
