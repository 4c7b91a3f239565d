"""What a user writes of a pattern -> the pattern, checked: what it finds, and as what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from ...types import CharSpan
from .expressions import (
    EncodedText,
    Expression,
    ExpressionError,
    compile_regex,
    compile_texts,
    squeeze_dollars,
)

WHAT: Final = ("deny", "regex", "spacy")
# Where a context word may stand: so many words before or after, within so many characters.
N_WORDS: Final = 5
N_CHARS: Final = 200
_WORD = re.compile(r"\w+")
# A context word of fewer letters is no start of other words: "no" is not in "notes".
_MIN_START: Final = 4

Token = Mapping[str, Any]


class PatternError(ValueError):
    """A mistake in an entry.

    keys (tuple): The way to it: keys of mappings and places in lists.
    reason (str): What is wrong, and what is allowed.
    """

    def __init__(self, keys: Sequence[str | int], reason: str) -> None:
        way = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
        super().__init__(f"patterns{way}: {reason}")
        self.keys, self.reason = tuple(keys), reason


@dataclass(frozen=True)
class Pattern:
    """One entry: what is found, and what it is then called.

    label (str): Label of the spans.
    deny (tuple[str, ...]): Texts that are found as whole words; a blank is any white space.
    case (bool): Whether case counts in these.
    regex (str): An expression for RE2, see `expressions.compile_regex`.
    spacy (tuple): Token patterns for spaCy's Matcher, each as JSON; see `pipeline/patterns.py`.
    name (str): What the source of a span says, after "pattern:"; the label if there is none.
    score (float): Of a span, 0 to 1.
    context (tuple[str, ...]): Words or phrases, one of which stands within five words of a span
        that gets the higher score. Those of four or more letters may go on.
    score_with_context (float): The least score of a span that has context.
    context_required (bool): Whether a span without context is none.
    """

    label: str
    deny: tuple[str, ...] = ()
    case: bool = True
    regex: str = ""
    spacy: tuple[str, ...] = ()
    name: str = ""
    score: float = 1.0
    context: tuple[str, ...] = ()
    score_with_context: float = 1.0
    context_required: bool = False

    @property
    def source(self) -> str:
        """Why its spans were found."""
        return f"pattern:{self.name or self.label}"

    @property
    def token_patterns(self) -> list[list[dict[str, Any]]]:
        """The patterns for spaCy's Matcher."""
        return [json.loads(pattern) for pattern in self.spacy]

    def find(self, encoded: EncodedText) -> Iterator[CharSpan]:
        """Find its texts or its expression in a text. RAISES (ValueError): It takes too long."""
        expression = self._compile()
        if expression is not None:
            try:
                for start, end in expression.find(encoded):
                    yield from self.rate(encoded.text, start, end)
            except ExpressionError as error:
                raise ValueError(f"The pattern {self.name or self.label!r}: {error}") from None

    def _compile(self) -> Expression | None:
        if self.deny:
            return compile_texts(self.deny, self.case)
        return compile_regex(self.regex) if self.regex else None

    def rate(self, text: str, start: int, end: int) -> Iterator[CharSpan]:
        """Make a stretch that was found a span, unless it lacks the context that it needs."""
        score = self.score
        if self.context:
            if _has_context(text, start, end, self.context):
                score = max(score, self.score_with_context)
            elif self.context_required:
                return
        yield CharSpan(start, end, self.label, score, self.source)

    def to_settings(self) -> dict[str, Any]:
        """Write what is not left as it is by default."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        given = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
            if value != _DEFAULTS.get(key)
        }
        if self.spacy:
            given["spacy"] = self.token_patterns
        return given


_DEFAULTS: Final = {field.name: field.default for field in fields(Pattern)}
KEYS: Final = tuple(_DEFAULTS)


def _has_context(text: str, start: int, end: int, context: Sequence[str]) -> bool:
    before = _WORD.findall(text[max(0, start - N_CHARS) : start].casefold())[-N_WORDS:]
    after = _WORD.findall(text[end : end + N_CHARS].casefold())[:N_WORDS]
    # The mark between the two sides keeps a phrase from reaching over the span.
    near = f" {' '.join(before)} | {' '.join(after)} "
    for phrase in context:
        words = " ".join(_WORD.findall(phrase.casefold()))
        if f" {words} " in near or (len(words) >= _MIN_START and f" {words}" in near):
            return True
    return False


# --- Checks ------------------------------------------------------------------------------------


def read_entries(value: Any) -> tuple[Pattern, ...]:
    """Check a list of entries. RAISES (PatternError): What is wrong, where, and what is allowed."""
    if not isinstance(value, (list, tuple)):
        raise PatternError((), f"expected a list of entries, but found {kind_of_value(value)}.")
    return tuple(read_entry(entry, (i,)) for i, entry in enumerate(value))


def read_entry(entry: Any, keys: tuple[str | int, ...]) -> Pattern:
    """Check an entry.

    entry (Any): What should be an entry of the settings.
    keys (tuple): The way to it, for messages.
    RAISES (PatternError): A key that is unknown, missing or has a bad value.
    """
    if not isinstance(entry, Mapping):
        raise PatternError(
            keys, f"expected an entry with a label, but found {kind_of_value(entry)}."
        )
    check_keys(entry, KEYS, keys)
    if "label" not in entry:
        raise PatternError(keys, 'the key "label" is missing.')
    values: dict[str, Any] = {}
    for key, value in entry.items():
        try:
            values[key] = _CHECKS[key](value)
        except ValueError as error:  # noqa: PERF203 - once a key
            raise PatternError((*keys, key), str(error)) from None
    _check_together(values, keys)
    if isinstance(values.get("spacy"), str):  # a phrase
        values["deny"] = (values.pop("spacy"),)
    return Pattern(**values)


def check_keys(entry: Mapping[Any, Any], known: Sequence[str], keys: Sequence[str | int]) -> None:
    """Refuse keys that are not known. RAISES (PatternError): Names the first of them."""
    for key in entry:
        if key not in known:
            shown = repr(key)[:80]
            raise PatternError(
                (*keys, str(key)[:80]), f"unknown key {shown}. Allowed: {', '.join(known)}."
            )


def _check_together(values: Mapping[str, Any], keys: tuple[str | int, ...]) -> None:
    given = [key for key in WHAT if key in values]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise PatternError(
            keys, f"give one of {', '.join(WHAT)}; found {found}. Write two entries."
        )
    if "case" in values and "deny" not in values and not isinstance(values.get("spacy"), str):
        raise PatternError(
            (*keys, "case"), 'it goes with deny. An expression begins with "(?i)" instead.'
        )
    for key in ("score_with_context", "context_required"):
        if key in values and not values.get("context"):
            raise PatternError((*keys, key), "it goes with context, a list of words.")


def kind_of_value(value: Any) -> str:
    """Say what a value is, without showing it."""
    names = {str: "text", int: "a number", float: "a number", bool: "true or false", list: "a list"}
    if isinstance(value, Mapping):
        return "a mapping"
    return "nothing" if value is None else names.get(type(value), type(value).__name__)


def check_text(value: Any) -> str:
    """Take a text with something else than blanks. RAISES (ValueError)."""
    if not isinstance(value, str):
        raise ValueError(f"expected text, but found {kind_of_value(value)}. Put it in quotes.")
    if not value.strip():
        raise ValueError("the text is empty.")
    return value


def check_texts(value: Any) -> tuple[str, ...]:
    """Take a list of texts. RAISES (ValueError)."""
    if isinstance(value, (list, tuple)) and not value:
        raise ValueError("the list is empty.")
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"expected a list of texts, but found {kind_of_value(value)}.")
    for i, text in enumerate(value):
        try:
            check_text(text)
        except ValueError as error:  # noqa: PERF203 - once a text
            raise ValueError(f"item {i}: {error}") from None
    return tuple(map(squeeze_dollars, value))


def check_score(value: Any) -> float:
    """Take a score. RAISES (ValueError)."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("expected a number from 0 to 1.")
    return float(value)


def check_flag(value: Any) -> bool:
    """Take true or false. RAISES (ValueError)."""
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, but found {kind_of_value(value)}.")
    return value


def check_regex(value: Any) -> str:
    """Take an expression that RE2 can run. RAISES (ValueError): What is wrong, and what to do."""
    regex = squeeze_dollars(check_text(value))
    compile_regex(regex)
    return regex


def _check_name(value: Any) -> str:
    name = check_text(value)
    if len(name) > 80 or not name.isprintable() or "$" in name:
        raise ValueError('expected one line of at most 80 characters, without "$".')
    return name


def _check_spacy(value: Any) -> str | tuple[str, ...]:
    """Take a phrase, a pattern (a list of tokens), or several of these."""
    if isinstance(value, str):
        return check_text(value)
    several = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
    for pattern in several:
        tokens = pattern if isinstance(pattern, list) else [None]
        if not tokens or not all(isinstance(token, Mapping) for token in tokens):
            raise ValueError(
                'expected a list of tokens, such as [{"LOWER": "northshire"}, {"IS_DIGIT": true}].'
            )
        for token in tokens:
            _check_dollars(token)
    try:
        return tuple(json.dumps(pattern) for pattern in several)
    except TypeError:
        raise ValueError("expected plain values: texts, numbers, lists, true, false.") from None


def _check_dollars(value: Any, regex: bool = False) -> None:
    """Refuse what would be another pattern once spaCy has doubled its "$"."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            _check_dollars(item, key == "REGEX")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_dollars(item, regex)
    elif isinstance(value, str) and (r"\$" in value or ("$" in value and not regex)):
        raise ValueError('"$" is doubled in a saved pipeline. Write {"REGEX": "[$]"}.')


_CHECKS: Final[Mapping[str, Callable[[Any], object]]] = {
    "label": _check_name,
    "deny": check_texts,
    "case": check_flag,
    "regex": check_regex,
    "spacy": _check_spacy,
    "name": _check_name,
    "score": check_score,
    "context": check_texts,
    "score_with_context": check_score,
    "context_required": check_flag,
}
