"""Spans of rules and of models -> spans that do not collide; no character of either is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ..labels.kinds import DEVICE, EMAIL, HANDLE, SECRET, SECRET_SOURCES, URL, kind_of
from ..types import CharSpan
from .finds import CHECKED, NAMED

RULES: Final = "rules"
MODEL: Final = "model"
SCORE: Final = "score"
BOTH: Final = "both"
PREFERENCES: Final = (RULES, MODEL, SCORE, BOTH)
_OF_RULE: Final = "rule:"
# What these look like, nothing else does.
FORMS: Final = (EMAIL, DEVICE, HANDLE)
N_MARK: Final = 2  # characters before a handle that are no part of it: "@", "u/"
SURE_SECRET: Final = 0.9
LEAST_SECRET: Final = 0.6


class _Item(NamedTuple):
    """A span, and what it was joined from.

    span (CharSpan): What it is now.
    rules (tuple[CharSpan, ...]): Spans of rules in it.
    models (tuple[CharSpan, ...]): Spans of models in it.
    model (str): Name of the model of a span that no other was joined to.
    """

    span: CharSpan
    rules: tuple[CharSpan, ...] = ()
    models: tuple[CharSpan, ...] = ()
    model: str = ""


def join(
    rules: Sequence[CharSpan], models: Sequence[CharSpan], text: str | None = None
) -> list[CharSpan]:
    """Join spans of rules with those of a model, so that they are disjoint.

    Two spans become one if one contains the other or both are of one kind. Where two of different
    kinds overlap in part, the one that knows more stays whole, and the other keeps its rest. A
    secret knows more than anything else, then what has passed a check, then what is longer. A span
    of a model is never named anew by a rule that knows less. A link that holds a secret after its
    start stays a link.

    rules (Sequence[CharSpan]): What rules found; they may overlap.
    models (Sequence[CharSpan]): What a model found.
    text (str | None): Their text; if it is given, a rest loses the white space at its ends, and one
        without a letter or digit is left out.
    RETURNS (list[CharSpan]): Disjoint and sorted.
    """
    if not rules:
        return sorted(models)
    items = [_Item(span, rules=(span,)) for span in rules]
    items += [_Item(span, models=(span,)) for span in models]
    return sorted(item.span for item in _separate(_unite(items), text))


def merge(
    rules: Sequence[CharSpan],
    models: Mapping[str, Sequence[CharSpan]],
    prefer: str,
    text: str | None = None,
) -> tuple[list[CharSpan], dict[str, list[CharSpan]]]:
    """Join spans of rules with the spans of models that they overlap, as `join` does.

    Spans that become one go to the rules. The label and score of one kind are those of the longest
    rule's span ("rules"), of the longest model's span ("model"), or of the best score, a rule's if
    equal ("score"); of several kinds, with "rules", those of what knows more. With "both" nothing
    is joined.

    rules (Sequence[CharSpan]): What rules found.
    models (Mapping[str, Sequence[CharSpan]]): What each model found, by name.
    prefer (str): One of `PREFERENCES`.
    text (str | None): As in `join`.
    RETURNS (tuple): The spans of the rules, sorted; and of each model the others, or what is left
        of them.
    """
    if prefer == BOTH:
        return sorted(rules), {name: list(spans) for name, spans in models.items()}
    items = [_Item(span, rules=(span,)) for span in rules]
    items += [
        _Item(span, models=(span,), model=name) for name, spans in models.items() for span in spans
    ]
    separate = _separate([_named(item, prefer) for item in _unite(items)], text)
    left: dict[str, list[CharSpan]] = {name: [] for name in models}
    for item in separate:
        if not item.rules:
            left[item.model].append(item.span)
    return sorted(item.span for item in separate if item.rules), left


def _unite(items: Sequence[_Item]) -> list[_Item]:
    """Make one of what belongs together, until nothing else does."""
    done: list[_Item] = []
    active: list[_Item] = []  # those that may still meet others
    for item in sorted(items, key=lambda it: (it.span.start_char, -it.span.end_char, it.models)):
        done += [other for other in active if other.span.end_char <= item.span.start_char]
        active = [other for other in active if other.span.end_char > item.span.start_char]
        joined = item
        while True:
            other = next((other for other in active if _belong_together(other, joined)), None)
            if other is None:
                break
            active.remove(other)
            joined = _united(other, joined)
        active.append(joined)
    return [*done, *active]


def _united(one: _Item, other: _Item) -> _Item:
    stronger, weaker = (one, other) if _is_stronger(one.span, other.span) else (other, one)
    # A link that lets in whoever has it is hidden as a secret is.
    secret = next((s for s in (one.span, other.span) if s.source in SECRET_SOURCES), stronger.span)
    span = stronger.span._replace(
        source=secret.source,
        start_char=min(one.span.start_char, other.span.start_char),
        end_char=max(one.span.end_char, other.span.end_char),
        score=max(stronger.span.score, weaker.span.score),
    )
    return _Item(span, one.rules + other.rules, one.models + other.models)


def _belong_together(one: _Item, other: _Item) -> bool:
    a, b = one.span, other.span
    if not (one.rules or other.rules) or not _overlap(a, b):
        return False
    return _contains(a, b) or _contains(b, a) or kind_of(a.label) == kind_of(b.label)


def _overlap(one: CharSpan, other: CharSpan) -> bool:
    return one.start_char < other.end_char and other.start_char < one.end_char


def _contains(one: CharSpan, other: CharSpan) -> bool:
    return one.start_char <= other.start_char and other.end_char <= one.end_char


def _is_stronger(one: CharSpan, other: CharSpan) -> bool:
    """Whether the first of two spans that meet knows more of what they are together."""
    told = _is_told(one, other), _is_told(other, one)
    if told[0] != told[1]:
        return told[0]
    secret = kind_of(one.label) == SECRET
    if secret != (kind_of(other.label) == SECRET):
        return _wins_as_secret(one, other) if secret else not _wins_as_secret(other, one)
    if _is_checked(one) != _is_checked(other):
        # A card in an address of three lines does not make that an account.
        if _is_checked(one):
            return 2 * _length(one) >= _length(other)
        return 2 * _length(other) < _length(one)
    if _is_of_rule(one) != _is_of_rule(other) and kind_of(one.label) == kind_of(other.label):
        return _is_of_rule(other)  # a model may know more of one kind: "fax_number"
    if _length(one) != _length(other):
        return _length(one) > _length(other)
    return _is_of_rule(other)


def _is_told(rule: CharSpan, model: CharSpan) -> bool:
    """Whether the form of a find, or a word beside it, says more than a model that was not sure.

    Only what covers all that the model found: an address of mail or of a machine is nothing else,
    but a password may look like one, so that a model that is sure of a secret is believed.
    """
    own, other = kind_of(rule.label), kind_of(model.label)
    if not _is_of_rule(rule) or _is_of_rule(model) or own == other:
        return False
    mark = N_MARK if own == HANDLE else 0
    if model.start_char < rule.start_char - mark or model.end_char > rule.end_char:
        return False
    if other == SECRET:
        return model.score < (SURE_SECRET if own in FORMS else LEAST_SECRET) and (
            own in FORMS or _is_checked(rule)
        )
    return own in FORMS or rule.score >= NAMED


def _wins_as_secret(secret: CharSpan, other: CharSpan) -> bool:
    """Whether a secret makes what it meets a secret, too: not a link that begins before it."""
    is_link = kind_of(other.label) == URL and _contains(other, secret)
    return not (is_link and other.start_char < secret.start_char)


def _separate(items: Sequence[_Item], text: str | None) -> list[_Item]:
    """Cut off of what knows less what it shares with what knows more; models may share."""
    order = sorted(items, key=lambda item: (item.span.start_char, item.span.end_char))
    ranks = sorted(range(len(order)), key=lambda i: (_rank(order[i].span), i))
    reach = _reach_back(order)
    placed: dict[int, CharSpan] = {}
    for i in ranks:
        start, end = order[i].span[:2]
        for j in range(reach[i], len(order)):
            other = order[j].span
            if other.start_char >= order[i].span.end_char:
                break
            if j not in placed or not (order[i].rules or order[j].rules):
                continue
            if placed[j].start_char <= start < placed[j].end_char:
                start = placed[j].end_char
            if placed[j].start_char < end <= placed[j].end_char:
                end = placed[j].start_char
        if text is not None and (start, end) != order[i].span[:2]:
            start, end = _trim(text, start, end)
        if start < end:
            placed[i] = order[i].span._replace(start_char=start, end_char=end)
    return [order[i]._replace(span=placed[i]) for i in sorted(placed)]


def _reach_back(order: Sequence[_Item]) -> list[int]:
    """For each item of a sorted row, the first that may reach into it."""
    first, reach, furthest = 0, [], [0]
    for item in order:
        furthest.append(max(furthest[-1], item.span.end_char))
    for item in order:
        while furthest[first + 1] <= item.span.start_char:
            first += 1
        reach.append(first)
    return reach


def _rank(span: CharSpan) -> tuple[bool, bool, int, bool]:
    """Sorts what knows more first."""
    secret = kind_of(span.label) == SECRET
    return (not secret, not _is_checked(span), -_length(span), _is_of_rule(span))


def _is_of_rule(span: CharSpan) -> bool:
    return span.source.startswith(_OF_RULE)


def _is_checked(span: CharSpan) -> bool:
    return span.score >= CHECKED and _is_of_rule(span)


def _length(span: CharSpan) -> int:
    return span.end_char - span.start_char


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the white space off a rest, and leave nothing of one without a letter or digit."""
    rest = text[start:end]
    if not any(char.isalnum() for char in rest):
        return start, start
    n_before = len(rest) - len(rest.lstrip())
    return start + n_before, start + len(rest.rstrip())


def _named(item: _Item, prefer: str) -> _Item:
    """Give what was joined the label and score of those that are preferred."""
    parts = (*item.rules, *item.models)
    if not item.rules or not item.models:
        return item
    if prefer == RULES and len({kind_of(span.label) for span in parts}) > 1:
        return item
    if prefer == SCORE:
        best = max(parts, key=lambda span: span.score)
    else:
        best = max(item.rules if prefer == RULES else item.models, key=_length)
    start, end = item.span.start_char, item.span.end_char
    return item._replace(span=best._replace(start_char=start, end_char=end))
