"""Spans of personal data -> those that are not inside a token that is nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from ..labels.kinds import EMAIL, HANDLE, PERSON, SECRET, URL, kind_of
from ..types import CharSpan
from .characters import plain_text
from .finds import CHECKED
from .tokens.code import find_code
from .tokens.eponyms import find_eponyms
from .tokens.fields import field_end, named_after, names_secret
from .tokens.forms import find_tokens
from .tokens.number_rows import find_rows
from .tokens.token import Token

# The tokens at a place, for a kind: several finders often find the same.
_Seen: TypeAlias = "dict[tuple[int, int, str], list[Token]]"
_OF_CODE: Final = (
    PERSON,
    SECRET,
    URL,
    EMAIL,
    HANDLE,
)  # what variables and decorators are taken for
_RULE: Final = "rule:"
_LONGEST: Final = 2000  # characters; what is longer is no token


def drop_impersonal(text: str, spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Leave out spans of what is nobody's: hashes, versions, times of machines, measures, methods.

    A span goes only if every letter and digit of it is in such a token. It stays if a word before
    or after it names a field of somebody's data ("MRN", "account", "phone"), unless what says what
    the token is stands nearer ("account created_at=1548860916"); if a word for a secret is before
    it; and, where the form of the token is all there is, if it is a secret. What a rule has
    checked stays as well.

    text (str): The text.
    spans (Sequence[CharSpan]): Spans of any labels; `labels.kinds.kind_of` tells what they are.
    RETURNS (list[CharSpan]): The spans that stay, as they were and in the same order.
    """
    return drop_impersonal_of(text, spans)[0]


def drop_impersonal_of(text: str, *finders: Sequence[CharSpan]) -> tuple[list[CharSpan], ...]:
    """Leave out of what each of several has found what is nobody's, as `drop_impersonal` does."""
    plain = plain_text(text)
    seen: _Seen = {}
    return tuple(
        [span for span in spans if not _is_impersonal(text, plain, span, seen)] for spans in finders
    )


def _is_impersonal(text: str, plain: str, span: CharSpan, seen: _Seen) -> bool:
    kind = kind_of(span.label)
    start, end = span.start_char, span.end_char
    if end - start > _LONGEST or (span.source.startswith(_RULE) and span.score >= CHECKED):
        return False
    if kind in _OF_CODE and _covers(text, span, find_code(text, start, end)):
        return True
    if kind == PERSON:
        return _covers(text, span, find_eponyms(text, start, end))
    if kind == EMAIL or not (kind in (URL, SECRET) or any(map(str.isdigit, plain[start:end]))):
        return False
    place = start, end, kind
    if place not in seen:
        seen[place] = [*find_tokens(plain, *place), *find_rows(plain, *place)]
    return _covers(text, span, (t for t in seen[place] if _speaks_against(t, span, kind, text)))


def _speaks_against(token: Token, span: CharSpan, kind: str, text: str) -> bool:
    """Whether a token that a span touches is reason to drop it."""
    if span.score >= token.below or (kind == SECRET and not token.is_named):
        return False
    if names_secret(text, token.value_char):
        return False
    field = field_end(text, token.value_char)
    has_words = token.value_char > token.start_char  # before it, that say what it is
    if field >= 0 and not (has_words and field <= token.start_char):
        return False
    return has_words or not named_after(text, max(span.end_char, token.end_char))


def _covers(text: str, span: CharSpan, tokens: Iterable[Token]) -> bool:
    """Whether every letter and digit of a span is in one of the tokens."""
    place = span.start_char
    for token in sorted(tokens):
        if any(map(str.isalnum, text[place : token.start_char])):
            return False
        place = max(place, token.end_char)
    return place > span.start_char and not any(map(str.isalnum, text[place : span.end_char]))
