"""A text, its spans and a policy -> what is replaced: disjoint mentions, each with one operator."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..labels.kinds import DATE, OTHER, SECRET_SOURCES
from ..types import CharSpan
from .operators.base import ENCRYPT, KEEP, Operator
from .overlaps import check_inside, find_limits, find_longest, group_overlaps
from .people.mentions import Mention, Place, find_mentions
from .policy import Policy, Rule
from .spans import check_spans, check_text

LITERAL = "literal"  # label of what looks like a token of ours in a source


@dataclass(frozen=True)
class Plan:
    """What is going to be replaced in a text, and by which operator.

    used (tuple): Each mention with its operator, in the order of the text.
    literals (tuple): What looks like an encrypted text in the source: encrypted as well, or it
        would be taken for one of ours.
    kept (tuple[CharSpan, ...]): Spans that stay as they are.
    dates (tuple): start_char, end_char and label of every date, also of those that stay.
    """

    text: str = field(repr=False)
    used: tuple[tuple[Mention, Operator], ...] = field(repr=False)
    literals: tuple[tuple[Mention, Operator], ...] = field(repr=False)
    kept: tuple[CharSpan, ...] = field(repr=False)
    dates: tuple[tuple[int, int, str], ...] = field(repr=False)


def make_plan(text: str, spans: Iterable[CharSpan], policy: Policy) -> Plan:
    """Decide what is replaced, and by which operator.

    text (str): Any text.
    spans (Iterable[CharSpan]): Spans of it, in any order.
    policy (Policy): What happens to each label.
    RETURNS (Plan): Disjoint mentions with their operators.
    RAISES (ValueError): A span outside the text.
    RAISES (TypeError): Not a text, or spans that are none.
    """
    check_text(text)
    selected = policy.select(check_spans(spans))
    rules = {
        (label, source): policy.find_rule(label, source)
        for label, source in {(span.label, span.source) for span in selected}
    }
    kept = [span for span in selected if rules[span.label, span.source].operator.name == KEEP]
    for span in kept:
        check_inside(span, len(text))
    groups = group_overlaps(
        (span for span in selected if rules[span.label, span.source].operator.name != KEEP),
        len(text),
    )
    chosen = [_choose(group, rules, policy.default) for group in groups]
    encrypt = next((o for o in policy.operators if o.name == ENCRYPT), None)
    literals = [] if encrypt is None else _find_literals(text, encrypt, [p for p, _ in chosen])
    mentions = find_mentions(text, [*(place for place, _ in chosen), *literals])
    used = tuple((mention, o) for mention, (_, o) in zip(mentions, chosen, strict=False))
    dates = [(m.start_char, m.end_char, m.label) for m, _ in used if m.kind == DATE]
    dates += [span[:3] for span in kept if rules[span.label, span.source].kind == DATE]
    tokens = tuple((mention, encrypt) for mention in mentions[len(used) :] if encrypt is not None)
    return Plan(text, used, tokens, tuple(kept), tuple(dates))


def _choose(
    group: Sequence[CharSpan], rules: Mapping[tuple[str, str], Rule], default: Operator
) -> tuple[Place, Operator]:
    """Make one place of spans that overlap; the label is that of the longest.

    If one lets in whoever has it, all are hidden as it is.
    """
    longest = find_longest([s for s in group if s.source in SECRET_SOURCES] or group)
    operator = rules[longest.label, longest.source].operator
    if operator.reveals and len({rules[s.label, s.source].operator for s in group}) > 1:
        # What one label may show, another may not.
        hiding = [s for s in group if not rules[s.label, s.source].operator.reveals]
        longest = find_longest(hiding) if hiding else longest
        operator = rules[longest.label, longest.source].operator if hiding else default
    start, end = find_limits(group)
    score = max(span.score for span in group)
    kind = rules[longest.label, longest.source].kind
    return Place(start, end, longest.label, kind, score), operator


def _find_literals(text: str, encrypt: Operator, places: Sequence[Place]) -> list[Place]:
    """Find what looks like a token of ours and lies outside of all places, which are in order."""
    starts = [place.start_char for place in places]
    ends = [place.end_char for place in places]
    matches = [] if encrypt.writes is None else encrypt.writes.finditer(text)
    return [
        Place(match.start(), match.end(), LITERAL, OTHER)
        for match in matches
        if bisect_right(ends, match.start()) >= bisect_left(starts, match.end())
    ]
