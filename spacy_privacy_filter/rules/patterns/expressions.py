"""A user's regular expression or list of texts -> where it matches, in linear time (RE2)."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import re2

from ...types import Ints1d

# The group that is the find, where an expression has one.
VALUE: Final = "value"
# Of RE2: a program that is larger is refused, and of its states no more are kept.
MAX_BYTES: Final = 128 << 20
# One search takes linear time, but an expression may look to the end of the text for each of many
# matches. What it may take: seconds of a processor for so many characters, and for each match.
SECONDS: Final = 10.0
N_CHARS: Final = 1_000_000
SECONDS_A_MATCH: Final = 5e-5

_Stretch = tuple[int, int]

# What RE2 knows of ASCII alone, for all scripts: the inside of a class.
_WORD = r"\pL\pM\pN\p{Pc}"
_SPACE = r"\s\x0b\x1c-\x1f\x85\pZ"
_OUTSIDE = {
    "w": f"[{_WORD}]", "W": f"[^{_WORD}]", "d": r"\p{Nd}", "D": r"\P{Nd}", "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]", "Z": r"\z",
}  # fmt: skip
_INSIDE = {
    "w": _WORD, "W": r"\pC\pZ\pS\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}", "d": r"\p{Nd}",
    "D": r"\P{Nd}", "s": _SPACE, "S": r"\pL\pM\pN\pP\pS", "b": r"\x08",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|x\{[0-9A-Fa-f]+\}|[pP]\{[^}]*\}"
    r"|(?P<letter>.))|\{,(?P<most>[0-9]+)\}|\[:\^?[a-z]+:\]|(?P<open>\[\^?)(?P<first>\]?)|.",
    re.DOTALL,
)
_EDGE = "_edge"
# An expression that finds nothing at all does so in one of these.
_PROBES = (b"", b"a", b"a 1\n-")
_N_TEXTS = 500
_NO_LOOKAROUND = (
    "There is no look-ahead or look-behind: match what stands beside, too, and name the group that "
    r"is to be found value, such as MRN (?P<value>\d+)."
)


def squeeze_dollars(value: str) -> str:
    """Write several "$" as one.

    spaCy doubles each whenever a pipeline is saved and loaded (in a config "$" begins a variable),
    so nothing may hang on how many there are: two ends of a text are one.
    """
    return re.sub(r"\$+", "$", value)


class ExpressionError(ValueError):
    """An expression that cannot be used; says why, and what to do."""


class EncodedText:
    """A text as RE2 reads it, made once for all expressions.

    text (str): Any text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf8", "surrogatepass")
        self.is_ascii = len(self.data) == len(text)

    @cached_property
    def _chars(self) -> Ints1d:
        """The character of each byte, and of the end. Shape: (n_bytes + 1,)."""
        starts = (np.frombuffer(self.data, dtype=np.uint8) & 0xC0) != 0x80
        return np.concatenate([np.cumsum(starts) - 1, [len(self.text)]])

    def find_char(self, byte: int) -> int:
        """The character that begins at a byte."""
        return byte if self.is_ascii else int(self._chars[byte])

    def find_byte(self, char: int) -> int:
        """The byte at which a character begins."""
        return char if self.is_ascii else int(np.searchsorted(self._chars, char))

    def is_edge(self, char: int) -> bool:
        """Whether a word of any script begins or ends before a character."""
        before = char > 0 and is_word(self.text[char - 1])
        return before != (char < len(self.text) and is_word(self.text[char]))

    def find_edge(self, char: int) -> int:
        """The next place after a character where a word begins or ends, or the end."""
        return next((i for i in range(char + 1, len(self.text)) if self.is_edge(i)), len(self.text))


@lru_cache(maxsize=1 << 16)
def is_word(char: str) -> bool:
    """Whether a character is a part of words: a letter, mark or digit, or one like "_"."""
    category = unicodedata.category(char)
    return category[0] in "LMN" or category == "Pc"


class Program(NamedTuple):
    """What RE2 runs.

    compiled (Any): The expression.
    value (int): The group that is the find; 0 is the whole.
    edges (tuple[int, ...]): Groups that must be where words begin or end.
    """

    compiled: Any
    value: int
    edges: tuple[int, ...]

    def fits(self, match: Any, encoded: EncodedText) -> bool:
        """Whether words begin and end where they should."""
        places = (match.start(group) for group in self.edges)
        return all(encoded.is_edge(encoded.find_char(place)) for place in places if place >= 0)


@dataclass(frozen=True)
class Expression:
    """What finds: one or more programs, whose matches count together.

    programs (tuple[Program, ...]): They run one after the other.
    overlapping (bool): Whether a match may begin inside another.
    """

    programs: tuple[Program, ...]
    overlapping: bool = False

    def find(self, encoded: EncodedText) -> Iterator[_Stretch]:
        """Find stretches in characters, not empty, in any order.

        RAISES (ExpressionError): It takes too long.
        """
        for i, program in enumerate(self.programs):
            # What the other programs are for, boundaries between other letters, is not there.
            if i and encoded.is_ascii and not self.overlapping:
                break
            yield from _search(program, encoded, self.overlapping)

    def fits(self, text: str) -> bool:
        """Whether the whole of a text matches."""
        encoded = EncodedText(text)
        matches = ((program, program.compiled.fullmatch(encoded.data)) for program in self.programs)
        return any(match and program.fits(match, encoded) for program, match in matches)


def _search(program: Program, encoded: EncodedText, overlapping: bool) -> Iterator[_Stretch]:
    deadline = time.thread_time() + SECONDS * max(1.0, len(encoded.text) / N_CHARS)
    matches = program.compiled.finditer(encoded.data)
    while (match := next(matches, None)) is not None:
        deadline += SECONDS_A_MATCH
        if time.thread_time() > deadline:
            raise ExpressionError(
                f"it takes more than {SECONDS:g} seconds for {N_CHARS:,} characters. Bound what it "
                "may look at, such as {0,100} in place of *."
            )
        start, end = match.span(program.value)
        fits = program.fits(match, encoded)
        if fits and start < end:
            yield encoded.find_char(start), encoded.find_char(end)
        if overlapping or not fits:
            edge = encoded.find_edge(encoded.find_char(match.start()))
            if edge < encoded.find_char(match.end()):
                matches = program.compiled.finditer(encoded.data, encoded.find_byte(edge))


@lru_cache(maxsize=1 << 12)
def compile_regex(source: str, empty: bool = False) -> Expression:
    r"""Compile a regular expression as Python writes it, as far as RE2 has it.

    \w, \d, \s and \b know the letters of every script. If there is a group `value`, it is the find.

    source (str): The expression; flags stand at its start, such as "(?i)".
    empty (bool): Whether it may match where there is nothing, as is right for a whole text.
    RETURNS (Expression): What finds.
    RAISES (ExpressionError): What RE2 refuses, or what matches nothing at all.
    """
    # RE2 sees the boundaries of words of ASCII letters alone. Where there are others, a second
    # program that asks for none is tried, and what it finds is checked.
    source = squeeze_dollars(source)
    sources = [translate(source, r"\b")]
    if _EDGE in sources[0]:
        sources.append(translate(source, ""))
    programs = tuple(_compile(source) for source in sources)
    for probe in () if empty else _PROBES:
        match = programs[0].compiled.search(probe)
        if match is not None and match.start() == match.end():
            raise ExpressionError(
                "it matches where there is nothing. Ask for one character at least: + in place of "
                "*, no ? around the whole."
            )
    return Expression(programs)


def translate(source: str, edge: str) -> str:
    r"""Write an expression of Python's as one of RE2's, for all scripts.

    source (str): The expression.
    edge (str): What stands for \b. Each becomes a group, so that it can be checked.
    RETURNS (str): What RE2 is given.
    """
    parts: list[str] = []
    in_class = False
    n_edges = 0
    for token in _TOKEN.finditer(source):
        part, letter = token[0], token["letter"]
        if code := token["u"] or token["U"]:
            part = rf"\x{{{code}}}"
        elif letter == "b" and not in_class:
            part = f"(?P<{_EDGE}{n_edges}>{edge})"
            n_edges += 1
        elif letter is not None:
            part = (_INSIDE if in_class else _OUTSIDE).get(letter, part)
        elif in_class:
            in_class = part != "]"
            if token["open"]:
                part = re.sub(r"[\[\]]", r"\\\g<0>", part)
                in_class = not token["first"]
        elif token["open"]:
            part = token["open"] + (r"\]" if token["first"] else "")
            in_class = True
        elif token["most"]:
            part = f"{{0,{token['most']}}}"
        parts.append(part)
    return "".join(parts)


@lru_cache(maxsize=1 << 8)
def compile_texts(texts: tuple[str, ...], case: bool) -> Expression:
    """Compile texts that are found as whole words, also where they overlap.

    A blank stands for any white space, "$" for several, and letters may be composed or not.

    texts (tuple[str, ...]): Not empty, each with something else than white space.
    case (bool): Whether case counts.
    RETURNS (Expression): What finds.
    """
    texts = tuple(map(squeeze_dollars, texts))
    forms = {unicodedata.normalize(form, text.strip()) for text in texts for form in ("NFC", "NFD")}
    forms |= {text.strip() for text in texts}
    groups: dict[tuple[bool, bool], list[str]] = {}
    # At one place the longest counts: it stands first.
    for text in sorted(forms, key=lambda text: (-len(text), text)):
        groups.setdefault((is_word(text[0]), is_word(text[-1])), []).append(text)
    programs = []
    for (starts, ends), members in groups.items():
        before = f"(?P<{_EDGE}>)" if starts else ""
        # A word ends where none goes on; asked here, as a shorter text may end there.
        after = rf"(?:\z|[^{_WORD}])" if ends else ""
        for i in range(0, len(members), _N_TEXTS):
            choices = "|".join(map(_escape, members[i : i + _N_TEXTS]))
            flags = "" if case else "(?i)"
            programs.append(_compile(f"{flags}{before}(?P<{VALUE}>{choices}){after}"))
    return Expression(tuple(programs), overlapping=True)


def _escape(text: str) -> str:
    words = (re2.escape(word).replace(r"\$", r"\$+") for word in text.split())
    return f"[{_SPACE}]+".join(words)


def _compile(source: str) -> Program:
    options = re2.Options()
    options.log_errors, options.max_mem = False, MAX_BYTES
    try:
        compiled = re2.compile(source, options)
    except re2.error as error:
        reason = error.args[0]
        reason = reason.decode("utf8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ExpressionError(f"{reason}.{_advise(reason)}") from None
    except UnicodeEncodeError:
        raise ExpressionError("it has half a character (a lone surrogate).") from None
    groups = compiled.groupindex
    edges = (number for name, number in groups.items() if name.startswith(_EDGE))
    return Program(compiled, groups.get(VALUE, 0), tuple(edges))


# What RE2 says -> what to do.
_ADVICE: Final[Sequence[tuple[str, str]]] = (
    (r"operator: \(\?<?[=!]", _NO_LOOKAROUND),
    (r"escape sequence: \\[1-9]|operator: \(\?P$", "There are no references."),
    (r"operator: \(\?", "The flags are i, m and s."),
    (r"repetition", "A repetition counts to 1000 at most, and is not repeated."),
    (r"too large", "Repeat less."),
)


def _advise(reason: str) -> str:
    return next((f" {advice}" for form, advice in _ADVICE if re.search(form, reason)), "")
