"""The passages of a file -> the personal data in each, also by where a passage stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from typing import TYPE_CHECKING, Final

from .. import loading
from ..progress import SILENT, Progress
from ..types import CharSpan
from .formats.base import Passage
from .sharing import share_values

if TYPE_CHECKING:
    from spacy.language import Language

DECLARED: Final = "declared"  # source of a span that somebody declared
_BATCH: Final = 256  # passages that are read between two looks at how far work is
# A cell of a few words tells too little by itself; a longer one is a text of its own.
_MOST_CHARS: Final = 100
_MOST_WORDS: Final = 8
# What columns of texts are called tells nothing of what is in them.
_TELLS_NOTHING: Final = frozenset(
    "text texts note notes body content contents message messages msg comment comments description"
    " value values data details summary remark remarks input output prompt response".split()
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_CARRIED: Final = "carried:"


def find_in_passages(
    nlp: Language,
    passages: Sequence[Passage],
    also: Collection[str] = (),
    progress: Progress = SILENT,
    n_process: int = 1,
) -> list[Sequence[CharSpan]]:
    """Find the personal data in the passages of a file.

    A short one is read behind the name of its column. One that was declared as a whole is a span
    without a look. Names that one passage of a record, or of a subject, tells are found in all of
    these, and full names and long values in the whole file, if the pipeline carries names. Spans of
    a text put together of others are cut where these end.

    nlp (Language): The pipeline.
    passages (Sequence[Passage]): The passages.
    also (Collection[str]): What else a policy asks for; see `Policy.also`.
    progress (Progress): Is told how far work is.
    n_process (int): Processes that share the work.
    RETURNS (list[Sequence[CharSpan]]): Of each passage, in order.
    """
    spans: list[Sequence[CharSpan]] = [_declare(passage) for passage in passages]
    places = [i for i, passage in enumerate(passages) if passage.label is None]
    # To start processes takes longer than to read a batch.
    size = _BATCH if n_process == 1 else max(1, len(places))
    batches = [places[i : i + size] for i in range(0, len(places), size)]
    how = {} if n_process == 1 else {"n_process": n_process}
    for batch in progress.track(batches, "Reading", len(batches)):
        starts = [_introduce(passages[i]) for i in batch]
        texts = [start + passages[i].text for i, start in zip(batch, starts, strict=True)]
        found = loading.find_spans(nlp, texts, also, **how)
        for i, start, own in zip(batch, starts, found, strict=True):
            spans[i] = _cut_off(own, len(start))
    texts = [passage.text for passage in passages]
    if len(passages) > 1 and loading.is_carrying(nlp):
        spans = share_values(texts, loading.share_names(nlp, texts, spans, _group(passages)))
    return [
        passage.settle(own) if passage.settle else own
        for passage, own in zip(passages, spans, strict=True)
    ]


def _declare(passage: Passage) -> list[CharSpan]:
    """Make a span of all of a passage but the blanks around it, if that was declared."""
    text = passage.text.strip()
    if passage.label is None or not text:
        return []
    start = passage.text.index(text)
    return [CharSpan(start, start + len(text), passage.label, 1.0, DECLARED)]


def _introduce(passage: Passage) -> str:
    """Say what stands before a short passage, as in a form: "Full Name: "; or nothing."""
    text = passage.text
    if not passage.column or len(text) > _MOST_CHARS or "\n" in text:
        return ""
    if len(text.split()) > _MOST_WORDS:
        return ""
    words = _NO_WORD.sub(" ", _CAMEL.sub(" ", passage.column)).split()
    if not words or _TELLS_NOTHING.issuperset(word.lower() for word in words):
        return ""
    return f"{' '.join(words)}: "


def _cut_off(spans: Sequence[CharSpan], n_chars: int) -> Sequence[CharSpan]:
    """Move spans to a text without its first characters."""
    if not n_chars:
        return spans
    return [
        CharSpan(
            max(0, span.start_char - n_chars),
            span.end_char - n_chars,
            span.label,
            span.score,
            _move_source(span.source, n_chars),
        )
        for span in spans
        if span.end_char > n_chars
    ]


def _move_source(source: str, n_chars: int) -> str:
    place = source.removeprefix(_CARRIED)
    if place == source or not place.isdecimal():
        return source
    return f"{_CARRIED}{max(0, int(place) - n_chars)}"


def _group(passages: Sequence[Passage]) -> list[Hashable | None]:
    """Say which passages tell each other names: those of a subject, else those of a record."""
    return [
        passage.subject if passage.subject else None if passage.record is None else passage.record
        for passage in passages
    ]
