"""What a stretch of a text is that is nobody's, and how such stretches are described."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from ...labels.kinds import ACCOUNT, ADDRESS, DATE, OTHER, PHONE, POSTCODE, SECRET, URL

# Kinds that a form speaks against. None speaks against a name, an address of mail or an age.
NUMBERS: Final = frozenset({ACCOUNT, PHONE, POSTCODE, OTHER})
PLAIN: Final = NUMBERS | {DATE, URL, ADDRESS}
# Where the text itself says what it is, also against what a network takes for a secret.
SURE: Final = PLAIN | {SECRET}

Check = Callable[[str], bool]
# Between a word and the value that it names.
ASSIGN: Final = r"[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"'(]?"
GAP: Final = rf"{ASSIGN}|[ \t]{{1,2}}[(`\"'#]?"


class Token(NamedTuple):
    """A stretch of a text that is nobody's.

    start_char (int): First character of the words that say what it is, or of itself.
    end_char (int): One past its last character.
    value_char (int): Its own first character, after those words.
    is_named (bool): The text says what it is; else its form alone does.
    below (float): Least score with which a span is believed all the same.
    """

    start_char: int
    end_char: int
    value_char: int
    is_named: bool
    below: float = 2.0


class Form(NamedTuple):
    """A form of tokens.

    pattern (re.Pattern[str]): Its group "t" is the value, if that is less than the whole.
    kinds (frozenset[str]): Kinds of spans that it speaks against.
    is_named, below: As in `Token`.
    check (Callable | None): Says whether a value is one.
    needs (tuple[str, ...]): Whatever has the form holds one of these, in small letters; empty if
        nothing is sure. Most texts hold none, which is fast to see.
    also (re.Pattern | None): Whatever has the form holds this as well, in small letters.
    lead (int | None): Characters before its first digit, at most; None if it may have none.
    """

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    is_named: bool = True
    below: float = 2.0
    check: Check | None = None
    needs: tuple[str, ...] = ()
    also: re.Pattern[str] | None = None
    lead: int | None = None


def named(
    words: str,
    value: str,
    kinds: frozenset[str],
    *,
    needs: str,
    gap: str = GAP,
    check: Check | None = None,
    also: str = "",
) -> Form:
    """Make a form of values right after a word that says what they are.

    words, value, gap (str): Patterns; those of words know no case.
    needs (str): As in `Form`, with blanks between.
    also (str): A pattern, as in `Form`.
    """
    pattern = rf"(?<![^\W_])(?=[@_A-Za-z])(?i:{words})(?:{gap})(?P<t>{value})(?![\w.]?\w)"
    held = re.compile(also) if also else None
    return Form(re.compile(pattern), kinds, check=check, needs=tuple(needs.split()), also=held)


def shaped(
    value: str,
    kinds: frozenset[str],
    *,
    needs: str = "",
    below: float = 2.0,
    check: Check | None = None,
) -> Form:
    """Make a form of values that are known by their form alone.

    value (str): A pattern, with what may stand before and after it.
    """
    return Form(re.compile(value), kinds, False, below, check, tuple(needs.split()))


def sure(
    value: str,
    kinds: frozenset[str] = SURE,
    *,
    needs: str = "",
    check: Check | None = None,
    lead: int | None = None,
) -> Form:
    """Make a form of values that nothing else has, or that say what they are."""
    return Form(re.compile(value), kinds, check=check, needs=tuple(needs.split()), lead=lead)
