"""What users add themselves: a text -> spans of their texts and expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...types import CharSpan
from .entries import Pattern, read_entries
from .expressions import EncodedText
from .files import read_patterns


@dataclass(frozen=True)
class Patterns:
    """Entries that users wrote, checked. It holds plain values alone, and never changes.

    entries (tuple[Pattern, ...]): In the order in which they were written.
    """

    entries: tuple[Pattern, ...] = ()

    @classmethod
    def from_settings(cls, value: Sequence[Mapping[str, Any]] | str | Path | None) -> Patterns:
        """Read entries, or a file of them.

        value (Sequence[Mapping] | str | Path | None): Entries, each with a "label", one of "deny",
            "regex" and "spacy", and what else `Pattern` has; or the path of a YAML file, ours or
            Presidio's.
        RETURNS (Patterns): The entries.
        RAISES (ValueError): What is wrong, where, and what is allowed.
        RAISES (FileNotFoundError): No such file.
        """
        entries = read_patterns(value) if isinstance(value, (str, Path)) else value
        return cls(read_entries([] if entries is None else entries))

    def to_settings(self) -> list[dict[str, Any]]:
        """Write the entries as plain values, which `from_settings` reads."""
        return [entry.to_settings() for entry in self.entries]

    def __bool__(self) -> bool:
        return bool(self.entries)

    def find(self, text: str) -> list[CharSpan]:
        """Find the texts and expressions in a text. spaCy's patterns need a document.

        RETURNS (list[CharSpan]): Sorted; see `keep_outermost`.
        RAISES (ValueError): An expression that takes too long.
        """
        if not self.entries:
            return []
        encoded = EncodedText(text)
        return keep_outermost(span for entry in self.entries for span in entry.find(encoded))


def keep_outermost(spans: Iterable[CharSpan]) -> list[CharSpan]:
    """Leave out spans that lie inside another; of equal stretches the best score stays.

    RETURNS (list[CharSpan]): Sorted. Some may still overlap at their ends.
    """
    kept: list[CharSpan] = []
    for span in sorted(spans, key=lambda span: (span.start_char, -span.end_char, -span.score)):
        if not kept or span.end_char > kept[-1].end_char:
            kept.append(span)
    return kept


def join_own(own: Iterable[CharSpan], others: Iterable[CharSpan]) -> list[CharSpan]:
    """Join the spans of patterns with others, so that no two overlap and no character is lost.

    Of spans that overlap, one that holds all the rest stays as it is, a pattern's if two are
    equal: a project's name inside an address leaves the address one. Else they become one span,
    with the label, score and source of the longest span of a pattern.

    own (Iterable[CharSpan]): Spans of patterns, which may overlap.
    others (Iterable[CharSpan]): What the network and rules found, disjoint.
    RETURNS (list[CharSpan]): Sorted and disjoint.
    """
    ranked = [(span, 0) for span in own] + [(span, 1) for span in others]
    ranked.sort(key=lambda item: (item[0].start_char, -item[0].end_char, item[1]))
    groups: list[list[tuple[CharSpan, int]]] = []
    end = -1
    for span, rank in ranked:
        if span.start_char >= end:
            groups.append([])
        groups[-1].append((span, rank))
        end = max(end, span.end_char)
    return [_join_group(group) for group in groups]


def _join_group(group: Sequence[tuple[CharSpan, int]]) -> CharSpan:
    start = group[0][0].start_char
    end = max(span.end_char for span, _ in group)
    # The first is the longest of those that begin there.
    if group[0][0].end_char == end:
        return group[0][0]
    best, _ = min(group, key=lambda item: (item[1], item[0].start_char - item[0].end_char))
    return best._replace(start_char=start, end_char=end)
