"""What users add themselves: a document -> spans of their texts, expressions and token patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.errors import MatchPatternError
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..rules.patterns.patterns import Patterns, keep_outermost
from ..types import CharSpan


class DocPatterns:
    """Finds the patterns of a setting in documents.

    vocab (Vocab): Of the pipeline.
    settings (Sequence[Mapping]): The entries; see `Patterns.from_settings`.
    RAISES (ValueError): A mistake in an entry.
    """

    def __init__(self, vocab: Vocab, settings: Sequence[Mapping[str, Any]] | str) -> None:
        if isinstance(settings, str):
            raise ValueError(
                "patterns are a list of entries, which is saved with the pipeline. Of a file, give "
                "what it holds: spacy_privacy_filter.read_patterns(file)."
            )
        if isinstance(settings, Mapping):
            raise ValueError(
                "patterns are a list of entries, but are one. Put it in brackets: patterns = "
                '[{"label": ..., "regex": ...}].'
            )
        self.patterns = Patterns.from_settings(settings)
        self._matcher = Matcher(vocab, validate=True)
        for i, entry in enumerate(self.patterns.entries):
            if not entry.spacy:
                continue
            try:
                self._matcher.add(str(i), entry.token_patterns, greedy="LONGEST")
            except MatchPatternError as error:
                reasons = " ".join(str(error).split())
                raise ValueError(f"patterns[{i}].spacy: {reasons}") from None

    def find(self, doc: Doc) -> list[CharSpan]:
        """Find the spans of a document.

        RETURNS (list[CharSpan]): Sorted; some may overlap at their ends.
        RAISES (ValueError): An expression that takes too long, or a token pattern that asks for
            what no component before wrote.
        """
        spans = self.patterns.find(doc.text)
        if not len(self._matcher):
            return spans
        for key, start, end in self._matcher(doc):
            entry = self.patterns.entries[int(doc.vocab.strings[key])]
            first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
            spans += entry.rate(doc.text, first, last)
        return keep_outermost(spans)
