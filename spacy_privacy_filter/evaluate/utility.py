"""Texts, gold, predictions and an operator -> what the redacted texts still tell, wanted or not."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ..labels.kinds import KINDS
from ..language.names import normalise
from ..redact.engine import redact
from ..redact.policy import Policy, build_policy
from ..redact.result import Redaction
from ..types import CharSpan
from .cases import Case, Found
from .intervals import wilson
from .leaks import FRAGMENT, rate

OPERATORS: Final = (
    "keep", "partial", "generalise", "number", "hash", "surrogate", "mask", "block", "remove",
)  # fmt: skip
# Nothing that is made with it leaves this process.
KEY: Final = b"a key for measuring only, not a secret"
_WORD = re.compile(r"\w+")


def operator_policy(name: str) -> Policy:
    """Make the policy that does the same to every label, also for operators that show something."""
    return build_policy({"default": "mask", "kinds": dict.fromkeys(KINDS, name)}, name)


def utility_report(cases: Sequence[Case], found: Sequence[Found]) -> dict[str, Any]:
    """Measure what predictions do to a text whatever the operator: words that need not have gone.

    RETURNS (dict): "words_kept": words outside of gold and ignored stretches that no prediction
        touches; "disruption": of 1,000 such words, how many are hidden; "false_alarms": predictions
        that gold judges and that touch no gold span, for 1,000 words.
    """
    words = kept = alarms = 0
    for case, own in zip(cases, found, strict=True):
        if case.gold is None:
            continue
        hidden = [span for span in own.spans if _known(case, span)]
        n_words, n_kept = _count_words(case, hidden)
        words, kept = words + n_words, kept + n_kept
        gold = [CharSpan(*span) for span in case.gold.spans]
        alarms += sum(not _touches(s.start_char, s.end_char, gold) for s in hidden)
    return {
        "words": words,
        "words_kept": kept / words if words else None,
        "interval": wilson(kept, words),
        "disruption": 1000 * (words - kept) / words if words else None,
        "false_alarms": 1000 * alarms / words if words else None,
    }


def _count_words(case: Case, hidden: Sequence[CharSpan]) -> tuple[int, int]:
    """Count words that are in no gold span, and those of them that nothing hides."""
    free = _free_words(case)
    return len(free), sum(not _touches(start, end, hidden) for start, end in free)


def _replaced(case: Case, done: Redaction) -> list[CharSpan]:
    """The stretches of a source that stand otherwise in its redacted text, of known labels."""
    spans = [
        CharSpan(span.source_start_char, span.source_end_char, span.label)
        for span in done.spans
        if done.text[span.start_char : span.end_char]
        != case.text[span.source_start_char : span.source_end_char]
    ]
    return [span for span in spans if _known(case, span)]


def _known(case: Case, span: CharSpan) -> bool:
    """Whether the label was annotated: of others, nobody knows if they should be hidden."""
    known = None if case.gold is None else case.gold.known
    return known is None or span.label in known


def _free_words(case: Case) -> list[tuple[int, int]]:
    gold = case.gold
    taken = [] if gold is None else sorted([*(s[:2] for s in gold.spans), *gold.ignore])
    spans = [CharSpan(start, end, "") for start, end in taken]
    places = [match.span() for match in _WORD.finditer(case.text)]
    return [place for place in places if not _touches(*place, spans)]


def _touches(start: int, end: int, spans: Sequence[CharSpan]) -> bool:
    return any(span.start_char < end and start < span.end_char for span in spans)


def consistency_report(cases: Sequence[Case], found: Sequence[Found]) -> dict[str, Any]:
    """Measure whether the same entity gets the same pseudonym in a document, and others another.

    Entities are told by gold's ids; where it has none, by label and text. Of each, the mentions
    that are replaced count. "number" is what is applied: its pseudonyms are equal where
    entities are.

    RETURNS (dict): "same": of entities with several mentions, those with one pseudonym throughout;
        "apart": of pairs of entities in a document, those that never share a pseudonym.
    """
    policy = operator_policy("number")
    same: list[bool] = []
    apart: list[bool] = []
    for case, own in zip(cases, found, strict=True):
        if case.gold is None or not case.gold.spans:
            continue
        done = redact(case.text, own.spans, policy)
        names: dict[tuple[str, str], list[str]] = defaultdict(list)
        for i, (start, end, label) in enumerate(case.gold.spans):
            name = _pseudonym(done, start, end)
            if name is not None:
                entity = case.detail(i).entity_id
                text = entity if entity is not None else normalise(case.text[start:end])
                names["" if entity is not None else label, text].append(name)
        same += [len(set(own)) == 1 for own in names.values() if len(own) > 1]
        sets = [set(own) for own in names.values()]
        apart += [not a & b for i, a in enumerate(sets) for b in sets[:i]]
    return {
        "same": _share(same),
        "apart": _share(apart),
    }


def _share(values: Sequence[bool]) -> dict[str, Any]:
    found = rate(values)
    return {"share": found["rate"], "n": found["n"], "interval": found["interval"]}


def _pseudonym(done: Redaction, start: int, end: int) -> str | None:
    """The pseudonym of a gold span: that of the replacement over most of its characters."""
    best, most = None, 0
    for span in done.spans:
        common = min(end, span.source_end_char) - max(start, span.source_start_char)
        if common > most:
            best, most = done.text[span.start_char : span.end_char], common
    return best


def frontier(
    cases: Sequence[Case], found: Sequence[Found], operators: Iterable[str] = OPERATORS
) -> dict[str, dict[str, float]]:
    """Measure what each operator gives away and what it leaves of use.

    "leaked": share of gold spans of which a run of 4 or more letters and digits can still be read
    in its place. "information": of all words outside gold, and all gold spans, how much stays: a
    word if it is untouched, a span by the share of the bits that tell it from other spans of its
    document. "length": mean change of a document's length.

    operators (Iterable[str]): Names. An operator whose package is not installed is left out.
    """
    points = {}
    for name in operators:
        try:
            policy = operator_policy(name)
        except ImportError:
            continue
        points[name] = frontier_point(cases, found, policy)
    return points


def frontier_point(
    cases: Sequence[Case], found: Sequence[Found], policy: Policy
) -> dict[str, float]:
    """Measure one policy: see `frontier`."""
    leaked = spans = words = kept = 0
    bits = told = 0.0
    changes = []
    for case, own in zip(cases, found, strict=True):
        if case.gold is None:
            continue
        done = redact(case.text, own.spans, policy, key=KEY, subject=case.subject)
        changes.append(abs(len(done.text) - len(case.text)) / max(1, len(case.text)))
        n_words, n_kept = _count_words(case, _replaced(case, done))
        words, kept = words + n_words, kept + n_kept
        values = [_read(case.text, done, s, e) for s, e, _ in case.gold.spans]
        spans += len(values)
        leaked += sum(
            _same_run(case.text[s:e], value)
            for (s, e, _), value in zip(case.gold.spans, values, strict=True)
        )
        names = [normalise(case.text[s:e]) for s, e, _ in case.gold.spans]
        all_bits, own_bits = information(names, values)
        bits += all_bits
        told += own_bits
    share = told / bits if bits else 1.0
    return {
        "leaked": leaked / max(1, spans),
        "distinctions": share,
        "words_kept": kept / max(1, words),
        "information": (kept + share * spans) / max(1, words + spans),
        "length": sum(changes) / max(1, len(changes)),
    }


def _read(text: str, done: Redaction, start: int, end: int) -> str:
    """What stands in the new text in the place of a stretch of the source."""
    first = bisect_right([span.source_end_char for span in done.spans], start)
    parts, at = [], start
    for span in done.spans[first:]:
        if span.source_start_char >= end:
            break
        parts += [text[at : span.source_start_char], done.text[span.start_char : span.end_char]]
        at = span.source_end_char
    return "".join([*parts, text[at:end]])


def _same_run(source: str, value: str) -> bool:
    """Whether a run of letters and digits of a span can be read; a shorter span only as a whole."""
    bare, seen = ("".join(c for c in t if c.isalnum()) for t in (source, value))
    if len(bare) < FRAGMENT:
        return bare == seen != ""
    return any(bare[i : i + FRAGMENT] in seen for i in range(len(bare) - FRAGMENT + 1))


def information(names: Sequence[str], values: Sequence[str]) -> tuple[float, float]:
    """Bits that tell the spans of a document apart, and how many of them the values still have.

    RETURNS (tuple): Entropy of the names times their number, and mutual information likewise.
    """
    n = len(names)
    joint, one, other = Counter(zip(names, values, strict=True)), Counter(names), Counter(values)
    entropy = _entropy(one, n)
    return n * entropy, n * max(0.0, entropy + _entropy(other, n) - _entropy(joint, n))


def _entropy(counts: Mapping[Any, int], n: int) -> float:
    return -sum(c / n * math.log2(c / n) for c in counts.values())
