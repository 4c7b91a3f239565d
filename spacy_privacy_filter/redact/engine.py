"""A text, its spans and a policy -> the text without personal data, and the way back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..labels.kinds import DATE, kind_of
from ..language.timeline import Timeline, read_timeline
from ..types import CharSpan
from .mask import join_overlaps, read_spans
from .operators.base import CORPUS, Operator, Scope
from .people.mentions import Mention, find_mentions
from .policy import Policy
from .result import Mapping, Redaction, Replacement, count_kept, digest_of
from .secrets.keys import check_key, check_text, digest, subject_of


@dataclass(frozen=True)
class Plan:
    """What is going to be replaced in a text, and by which operator."""

    text: str = field(repr=False)
    used: tuple[tuple[Mention, Operator], ...] = field(repr=False)
    kept: tuple[CharSpan, ...] = field(repr=False)


class Corpus:
    """Texts that share their replacements: the same entity gets the same one in all of them.

    Add every text, then redact each. The order of neither matters. Texts are not kept.
    """

    def __init__(self, policy: Policy, key: bytes | str) -> None:
        self.policy = policy
        self.scope = Scope(check_key(key, "A corpus"), by_digest=True)

    def add(self, text: str, spans: Iterable[CharSpan]) -> None:
        """Take in a text and its spans.

        RAISES (ValueError): Something of the corpus was redacted already.
        """
        self.scope.add(text, make_plan(text, spans, self.policy).used)


def redact(
    text: str,
    spans: Iterable[CharSpan],
    policy: Policy,
    *,
    key: bytes | str | None = None,
    subject: str | None = None,
    corpus: Corpus | None = None,
) -> Redaction:
    """Replace the spans of a text as a policy says.

    Spans that overlap are replaced together. If their operators differ, that of the longest span
    that hides everything is taken, or else the policy's default.

    text (str): Any text.
    spans (Iterable[CharSpan]): Spans of it, in any order.
    policy (Policy): What happens to each label.
    key (bytes | str | None): Secret of at least 16 bytes, for operators that need one.
    subject (str | None): Whose text it is: dates of one subject are shifted alike. A blank one is
        none.
    corpus (Corpus | None): The corpus to which the text was added, for policies with that scope.
    RETURNS (Redaction): The new text, what was replaced, and the way back.
    RAISES (ValueError): A span outside the text, no key or a short one, or no corpus.
    RAISES (TypeError): Not a text, or spans that are none.
    """
    plan = make_plan(text, spans, policy)
    subject = subject_of(subject)
    if corpus is not None:
        plan = _settled(plan, corpus)
    scope = _scope(plan, policy, key, subject, corpus)
    scope.timeline = _timeline(plan)
    done = [(mention, operator, operator.apply(mention, scope)) for mention, operator in plan.used]
    return _assemble(plan, [*done, *_literals(plan, policy, scope)])


def make_plan(text: str, spans: Iterable[CharSpan], policy: Policy) -> Plan:
    """Decide what is replaced: disjoint stretches, each with one operator."""
    check_text(text)
    active: list[CharSpan] = []
    kept: list[CharSpan] = []
    for span in policy.select(read_spans(spans)):
        (kept if policy.operator(span.label).name == "keep" else active).append(span)
    join_overlaps(kept, len(text))  # raises if one lies outside
    stretches = [_joined(members, policy) for members in _groups(active, len(text))]
    mentions = find_mentions(text, [span for span, _ in stretches])
    used = tuple(
        (mention, operator) for mention, (_, operator) in zip(mentions, stretches, strict=True)
    )
    return Plan(text, used, tuple(kept))


def _settled(plan: Plan, corpus: Corpus) -> Plan:
    """Say of each mention whose it is in the corpus, where that decides what it becomes.

    What hands nothing out, such as a hash, is to be the same in any corpus.
    """
    people = corpus.scope.settle()
    used = tuple(
        (replace(m, entity=people.settle(m.entity)) if operator.assigns else m, operator)
        for m, operator in plan.used
    )
    return replace(plan, used=used)


def _timeline(plan: Plan) -> Timeline:
    """What the dates of a document tell of each other, those that are kept as well."""
    found = [(m.start_char, m.end_char, m.label) for m, _ in plan.used]
    found += [(s.start_char, s.end_char, s.label) for s in plan.kept]
    return read_timeline(plan.text, [item for item in found if kind_of(item[2]) == DATE])


def _groups(spans: Sequence[CharSpan], n_chars: int) -> list[list[CharSpan]]:
    """Group the spans that overlap."""
    groups: list[list[CharSpan]] = []
    ordered = sorted(spans, key=lambda s: (s.start_char, -s.end_char, s.label, -s.score))
    stretches = iter(join_overlaps(spans, n_chars))
    end = 0
    for span in ordered:
        if not groups or span.start_char >= end:
            groups.append([])
            end = next(stretches).end_char
        groups[-1].append(span)
    return groups


def _joined(members: list[CharSpan], policy: Policy) -> tuple[CharSpan, Operator]:
    """Make one span of those that overlap; the label is that of the longest."""
    start = min(span.start_char for span in members)
    end = max(span.end_char for span in members)
    best = min(members, key=_by_length)
    operators = {policy.operator(span.label) for span in members}
    operator = policy.operator(best.label)
    if len(operators) > 1 and operator.reveals:
        # What one label may show, another may not.
        hiding = [span for span in members if not policy.operator(span.label).reveals]
        best = min(hiding, key=_by_length) if hiding else best
        operator = policy.operator(best.label) if hiding else policy.default
    score = max(span.score for span in members)
    return CharSpan(start, end, best.label, score), operator


def _by_length(span: CharSpan) -> tuple[int, int, str]:
    return span.start_char - span.end_char, span.start_char, span.label


def _scope(
    plan: Plan, policy: Policy, key: bytes | str | None, subject: str | None, corpus: Corpus | None
) -> Scope:
    operators = {operator for _, operator in plan.used}
    needy = [operator for operator in operators if operator.needs_key]
    assigning = any(operator.assigns for operator in operators)
    if corpus is not None:
        base = corpus.scope
        for mention, operator in plan.used:
            known = base.found.get(operator, {}).get(mention.entity, {})
            if operator.assigns and mention.text not in known:
                raise ValueError(
                    f"A span of label {mention.label!r} was not added to the corpus with this "
                    "policy. Add every text with the same spans before the first is redacted."
                )
        scope = Scope(base.key, b"", subject or "", True, base.found, base.literals, base.words)
        scope.tables = base.tables
        return scope
    if policy.scope == CORPUS and assigning:
        raise ValueError(
            f"Policy {policy.name!r} has the scope of a corpus, so every text must be known before "
            "the first is written. Use `deidentify_all`, or the command on all files at once."
        )
    needs = f"The operator {min(operator.name for operator in needy)}" if needy else "The policy"
    found = check_key(key, needs) if needy or key is not None else None
    # A document is told by its text, so that a new run on it gives the same.
    salt = b"" if found is None or policy.scope == CORPUS else digest(found, "document", plan.text)
    scope = Scope(found, salt, subject or "")
    scope.add(plan.text, plan.used)
    return scope


def _literals(plan: Plan, policy: Policy, scope: Scope) -> list[tuple[Mention, Operator, str]]:
    """Encrypt what looks like a token in the source, or it would be taken for one of ours."""
    encrypting = [operator for operator in policy.operators if operator.name == "encrypt"]
    if not encrypting or scope.key is None:
        return []
    writes = encrypting[0].writes
    matches = list(writes.finditer(plan.text)) if writes is not None else []
    starts = [mention.start_char for mention, _ in plan.used]  # disjoint, in order
    ends = [mention.end_char for mention, _ in plan.used]
    spans = [
        CharSpan(m.start(), m.end(), "literal")
        for m in matches
        if bisect_right(ends, m.start()) >= bisect_left(starts, m.end())
    ]
    return [
        (m, encrypting[0], encrypting[0].apply(m, scope)) for m in find_mentions(plan.text, spans)
    ]


def _assemble(plan: Plan, done: list[tuple[Mention, Operator, str]]) -> Redaction:
    parts: list[str] = []
    spans, items, end, n_chars = [], [], 0, 0
    for mention, operator, value in sorted(done, key=lambda item: item[0].start_char):
        between = plan.text[end : mention.start_char]
        start, end = n_chars + len(between), mention.end_char
        n_chars = start + len(value)
        parts += [between, value]
        items.append((start, n_chars, mention.text))
        spans.append(
            Replacement(
                start, n_chars, mention.label, mention.start_char, end, operator.name, mention.score
            )
        )
    text = "".join([*parts, plan.text[end:]])
    mapping = Mapping(digest_of(text), tuple(items), _names(done))
    return Redaction(text, tuple(spans), mapping, count_kept(span.label for span in plan.kept))


def _names(done: list[tuple[Mention, Operator, str]]) -> dict[str, str | None]:
    """What each replacement stands for: the longest text of its entity, None if of several."""
    entities: dict[str, set[object]] = {}
    texts: dict[str, str] = {}
    for mention, _, value in done:
        entities.setdefault(value, set()).add(mention.entity)
        texts[value] = max(texts.get(value, ""), mention.text, key=lambda t: (len(t), t))
    return {value: texts[value] if len(entities[value]) == 1 else None for value in texts}
