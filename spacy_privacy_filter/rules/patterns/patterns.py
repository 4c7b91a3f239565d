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
