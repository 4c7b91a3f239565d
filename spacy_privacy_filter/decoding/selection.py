"""Spans that were found -> those that the user wants to see, under the names that they want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..rules.patterns.expressions import (
    Expression,
    ExpressionError,
    compile_regex,
    squeeze_dollars,
)
from ..types import CharSpan


@dataclass(frozen=True)
class AllowList:
    """What is never reported: exact texts, and regular expressions that match a whole span."""

    texts: frozenset[str] = frozenset()
    patterns: tuple[Expression, ...] = ()

    def __contains__(self, text: str) -> bool:
        return squeeze_dollars(text) in self.texts or any(
            pattern.fits(text) for pattern in self.patterns
        )


ALLOW_NOTHING = AllowList()


def compile_allow(items: Iterable[str | Mapping[str, str]]) -> AllowList:
    r"""Read the `allow` setting.

    items (Iterable[str | Mapping[str, str]]): Exact texts, or {"regex": r"\d+"}, which must match
        the whole of a span. Case counts, unless an expression starts with "(?i)". RE2 runs it, in
        linear time; see `rules/patterns/expressions.py`.
    RETURNS (AllowList): What `select` takes.
    RAISES (ValueError): An empty text, an invalid expression, or an item of another form.
    """
    given: object = items
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        what = "a single item" if isinstance(given, (str, Mapping)) else f"{given!r}"
        raise ValueError(
            f'"allow" is a list of texts and {{"regex": ...}}, but is {what}. Write it in '
            'brackets: allow = ["a text", {"regex": "\\\\d+"}].'
        )
    texts, patterns = set(), []
    for i, item in enumerate(items):
        regex = item.get("regex") if isinstance(item, Mapping) and set(item) == {"regex"} else None
        if isinstance(item, str) and item:
            texts.add(squeeze_dollars(item))
        elif isinstance(regex, str) and regex:
            try:
                patterns.append(compile_regex(regex, empty=True))
            except ExpressionError as err:
                raise ValueError(
                    f'Item {i} of "allow" is not a valid regular expression: {err} In a config '
                    f"file, write every backslash twice."
                ) from None
        else:
            raise ValueError(
                f'Item {i} of "allow" must be a text that is not empty, or {{"regex": "..."}}, but '
                f"is {item!r}."
            )
    return AllowList(frozenset(texts), tuple(patterns))


def check_labels(names: Iterable[str], allowed: Iterable[str], setting: str) -> None:
    """Refuse labels that the model does not have.

    names (Iterable[str]): Labels that a setting names.
    allowed (Iterable[str]): Labels that exist.
    setting (str): The setting, for the message.
    RAISES (ValueError): An unknown label.
    """
    allowed = list(allowed)
    unknown = sorted({str(name) for name in names} - set(allowed))
    if unknown:
        raise ValueError(
            f'Unknown label(s) in "{setting}": {", ".join(unknown)}. The model has: '
            f"{', '.join(dict.fromkeys(allowed))}."
        )


def select(
    text: str,
    spans: Iterable[CharSpan],
    *,
    thresholds: float | Mapping[str, float] = 0.0,
    min_length: int = 1,
    allow: AllowList = ALLOW_NOTHING,
    label_map: Mapping[str, str | None] | None = None,
) -> list[CharSpan]:
    """Leave out what the user does not want reported, and rename labels.

    Every test is made on the model's own label, before it is renamed.

    text (str): The text.
    spans (Iterable[CharSpan]): Spans of the text.
    thresholds (float | Mapping[str, float]): Spans that score less are left out; one number, or one
        for each label. A label without a number has 0: everything is reported.
    min_length (int): Shorter spans, in characters, are left out.
    allow (AllowList): Texts that are left out.
    label_map (Mapping[str, str | None] | None): New names of labels. None leaves out the label; a
        label that is not in the map keeps its name.
    RETURNS (list[CharSpan]): What is left, in the same order.
    """
    label_map = label_map or {}
    kept = []
    for span in spans:
        least = thresholds.get(span.label, 0.0) if isinstance(thresholds, Mapping) else thresholds
        if span.score < least or span.end_char - span.start_char < min_length:
            continue
        label = label_map.get(span.label, span.label)
        if label is not None and text[span.start_char : span.end_char] not in allow:
            kept.append(span._replace(label=label))
    return kept
