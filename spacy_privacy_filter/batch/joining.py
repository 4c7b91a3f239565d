"""The passages of one record -> one document, so that a person is the same in all, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..redact.engine import Corpus, redact
from ..redact.policy import Policy
from ..redact.result import Redaction, TextMapping, digest_of
from ..types import CharSpan
from .formats.base import Edit, NewText, Passage

_BETWEEN = "\n"


@dataclass(frozen=True)
class Document:
    """Passages that are redacted together.

    passages (Sequence[Passage]): In order.
    text (str): All of them, a line break between two.
    spans (list[CharSpan]): What was found, in characters of this text.
    """

    passages: Sequence[Passage]
    text: str
    spans: list[CharSpan]

    @property
    def subject(self) -> str | None:
        """Whom it is about."""
        return self.passages[0].subject

    def split(self, done: Redaction) -> Iterator[tuple[NewText, TextMapping]]:
        """Say what became of each passage, and how it is restored."""
        replaced = list(zip(done.spans, done.mapping.items, strict=True))
        start, place = 0, 0
        for passage in self.passages:
            end = start + len(passage.text)
            own = []
            while place < len(replaced) and replaced[place][0].source_start_char < end:
                own.append(replaced[place])
                place += 1
            edits = tuple(
                Edit(
                    span.source_start_char - start,
                    span.source_end_char - start,
                    done.text[span.start_char : span.end_char],
                )
                for span, _ in own
            )
            yield _assemble(passage.text, edits, done.mapping)
            start = end + len(_BETWEEN)


def _assemble(
    text: str, edits: tuple[Edit, ...], whole: TextMapping
) -> tuple[NewText, TextMapping]:
    """Put edits into a passage, and note the way back."""
    parts: list[str] = []
    items, end, n_chars = [], 0, 0
    for edit in edits:
        between = text[end : edit.start_char]
        first = n_chars + len(between)
        n_chars = first + len(edit.text)
        parts += [between, edit.text]
        items.append((first, n_chars, text[edit.start_char : edit.end_char]))
        end = edit.end_char
    new = "".join([*parts, text[end:]])
    names = {edit.text: whole.names[edit.text] for edit in edits}
    return NewText(new, edits), TextMapping(digest_of(new), tuple(items), names)


def join_records(
    passages: Sequence[Passage], spans: Sequence[Sequence[CharSpan]]
) -> Iterator[Document]:
    """Put together the passages of each record. One of no record is a document by itself.

    passages (Sequence[Passage]): Those of a record follow each other.
    spans (Sequence[Sequence[CharSpan]]): What was found in each.
    """
    pairs = enumerate(zip(passages, spans, strict=True))
    for _, group in groupby(pairs, key=_record):
        yield _join([pair for _, pair in group])


def _record(numbered: tuple[int, tuple[Passage, Sequence[CharSpan]]]) -> tuple[bool, int]:
    number, (passage, _) = numbered
    return (True, number) if passage.record is None else (False, passage.record)


def _join(pairs: Sequence[tuple[Passage, Sequence[CharSpan]]]) -> Document:
    moved: list[CharSpan] = []
    start = 0
    for passage, spans in pairs:
        moved += [
            span._replace(start_char=span.start_char + start, end_char=span.end_char + start)
            for span in spans
        ]
        start += len(passage.text) + len(_BETWEEN)
    passages = [passage for passage, _ in pairs]
    return Document(passages, _BETWEEN.join(passage.text for passage in passages), moved)


def redact_documents(
    documents: Iterable[Document],
    policy: Policy,
    key: bytes | str | None = None,
    corpus: Corpus | None = None,
) -> tuple[list[NewText], dict[str, TextMapping], Counter[str]]:
    """Redact documents, and take them apart again.

    corpus (Corpus | None): To which they were added, for policies with that scope.
    RETURNS (tuple): What became of each passage, in order; by the name of each its way back; and
        how many spans of each label were replaced.
    RAISES (ValueError): No key or a short one, or no corpus.
    """
    texts: list[NewText] = []
    mappings: dict[str, TextMapping] = {}
    counts: Counter[str] = Counter()
    for document in documents:
        done = redact(
            document.text,
            document.spans,
            policy,
            key=key,
            subject=document.subject,
            corpus=corpus,
        )
        counts.update(done.counts)
        for passage, (new, mapping) in zip(document.passages, document.split(done), strict=True):
            texts.append(new)
            mappings[passage.name] = mapping
    return texts, mappings, counts
