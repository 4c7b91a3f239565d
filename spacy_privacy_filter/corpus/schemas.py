"""One record of somebody else's format -> text, spans and category, with nothing guessed.

Errors are short: the reader that called says which record it was.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..labels.tags import MULTITASK_CATEGORIES
from .details import Detail
from .label_map import AI4PRIVACY, NEMOTRON, LabelMap, Span

Record = Mapping[str, Any]
SPANS: Final = "spans"
BARE_KEYS: Final = frozenset(("text", "spans", "id"))


@dataclass(frozen=True)
class Raw:
    """A labelled text before its labels are mapped. `spans` is None if it only has a category.

    `details` are by the place of a span, so that they stay with those that a map leaves whole;
    `overlaps` says that the data set has spans on others, which is nobody's mistake.
    """

    text: str
    spans: list[Span] | None = None
    category: str | None = None
    cats: dict[str, float] = field(default_factory=dict)
    ignore: list[tuple[int, int]] = field(default_factory=list)
    known: tuple[str, ...] | None = None
    id: str | None = None
    language: str | None = None
    details: Mapping[tuple[int, int], Detail] = field(default_factory=dict)
    subject: str | None = None
    overlaps: bool = False


@dataclass(frozen=True)
class Schema:
    """How to recognise records by their keys, how to read one, and what their labels become."""

    fits: Callable[[Record], bool]
    read: Callable[[Record], Raw]
    labels: LabelMap | None = None


def read_opf(record: Record) -> Raw:
    """Read a record of opf's JSONL, in either of its forms.

    SOURCE: openai/privacy-filter, `opf` data format: "label" as a list of {"category", "start",
        "end"}, or "spans" as {"label: surface": [[start, end]]}.
    """
    unknown = sorted(set(record) - {"text", "label", "spans", "info", "id"})
    if unknown:
        raise ValueError(
            f"unknown key(s) {', '.join(unknown)}; known: text, label, spans, info, id"
        )
    if ("label" in record) == ("spans" in record):
        raise ValueError("needs either 'label' (a list) or 'spans' (an object)")
    text = _text(record, "text")
    spans = _opf_label(record["label"]) if "label" in record else _opf_spans(record["spans"], text)
    return Raw(text, spans, id=_id(record.get("id")))


def _opf_label(items: Any) -> list[Span]:
    if not isinstance(items, list):
        raise ValueError("'label' must be a list")
    spans = []
    for i, item in enumerate(items):
        if not isinstance(item, dict) or set(item) != {"category", "start", "end"}:
            raise ValueError(f"item {i} of 'label' must have category, start and end")
        spans.append(_span(item["start"], item["end"], item["category"], f"item {i}"))
    return spans


def _opf_spans(groups: Any, text: str) -> list[Span]:
    if not isinstance(groups, dict):
        raise ValueError("'spans' must be an object")
    spans = []
    for i, (key, places) in enumerate(groups.items()):
        label, colon, surface = key.partition(": ")
        if not colon or not isinstance(places, list):
            raise ValueError(f"entry {i} of 'spans' must be 'label: surface' with a list of places")
        for place in places:
            if not isinstance(place, list) or len(place) != 2:
                raise ValueError(f"entry {i} of 'spans' must list [start, end]")
            start, end, _ = span = _span(place[0], place[1], label, f"entry {i}")
            if text[start:end].strip() != surface.strip():
                raise ValueError(
                    f"entry {i} of 'spans' says another text than stands at {start} to {end}; are "
                    "the offsets bytes?"
                )
            spans.append(span)
    return spans


def read_ai4privacy(record: Record) -> Raw:
    """Read a row of an ai4privacy pii-masking set (200k, 300k or 400k)."""
    key = next(key for key in ("source_text", "unmasked_text") if key in record)
    spans = []
    for i, item in enumerate(_parsed(record["privacy_mask"], "privacy_mask")):
        if not isinstance(item, dict) or not {"start", "end", "label"} <= set(item):
            raise ValueError(
                f"item {i} of 'privacy_mask' has no start, end and label; this edition of the data "
                "set has no offsets"
            )
        spans.append(_span(item["start"], item["end"], item["label"], f"item {i}"))
    own = _id(record.get("id"))
    return Raw(_text(record, key), spans, id=own, language=record.get("language"), overlaps=True)


def read_nemotron(record: Record) -> Raw:
    """Read a row of nvidia/Nemotron-PII."""
    spans = []
    for i, item in enumerate(_parsed(record["spans"], "spans")):
        if not isinstance(item, dict) or not {"start", "end", "label"} <= set(item):
            raise ValueError(f"item {i} of 'spans' must have start, end and label")
        spans.append(_span(item["start"], item["end"], item["label"], f"item {i}"))
    return Raw(_text(record, "text"), spans, id=_id(record.get("uid")), overlaps=True)


def read_yahoo(record: Record) -> Raw:
    """Read a row of yahoo_answers_topics: question, its details and the best answer."""
    topic = record["topic"]
    if type(topic) is not int or not 0 <= topic < len(MULTITASK_CATEGORIES):
        raise ValueError(f"'topic' must be 0 to {len(MULTITASK_CATEGORIES) - 1}")
    parts = [record.get(key) for key in ("question_title", "question_content", "best_answer")]
    text = "\n".join(part for part in parts if isinstance(part, str) and part.strip())
    return Raw(text, category=MULTITASK_CATEGORIES[topic], id=_id(record.get("id")))


def read_spans(record: Record) -> Raw:
    """Read a row with "text" and "spans" alone, [[start, end, label]]; an id may be there."""
    if unknown := sorted(set(record) - BARE_KEYS):
        raise ValueError(f"unknown key(s) {', '.join(unknown)}; known: text, spans, id")
    spans = []
    for i, item in enumerate(_parsed(record["spans"], "spans")):
        if not isinstance(item, list) or len(item) != 3:
            raise ValueError(f"item {i} of 'spans' must be [start, end, label]")
        start, end, label = item
        spans.append(_span(start, end, label, f"item {i}"))
    return Raw(_text(record, "text"), spans, id=_id(record.get("id")))


def _text(record: Record, key: str) -> str:
    text = record.get(key)
    if not isinstance(text, str):
        raise ValueError(f"{key!r} must be a string, but is of type {type(text).__name__}")
    return text


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) else None


def _span(start: Any, end: Any, label: Any, where: str) -> Span:
    if type(start) is not int or type(end) is not int or not isinstance(label, str) or not label:
        raise ValueError(f"{where}: offsets must be whole numbers and a label a string")
    return start, end, label


def _parsed(value: Any, key: str) -> list[Any]:
    """Some editions hold the list as a string, of JSON or of Python literals."""
    if isinstance(value, str):
        for parse in (json.loads, ast.literal_eval):
            try:
                value = parse(value)
                break
            except (ValueError, SyntaxError, RecursionError):
                continue
    if not isinstance(value, list):
        raise ValueError(f"{key!r} must be a list")
    return value


def _fits_opf(record: Record) -> bool:
    return isinstance(record.get("label"), list) or isinstance(record.get("spans"), dict)


def _fits_ai4privacy(record: Record) -> bool:
    return "privacy_mask" in record and ("source_text" in record or "unmasked_text" in record)


def _fits_nemotron(record: Record) -> bool:
    return {"text", "spans", "text_tagged"} <= set(record)


def _fits_yahoo(record: Record) -> bool:
    return {"topic", "question_title"} <= set(record)


def is_bare(record: Record) -> bool:
    """Whether a row has text and spans, but not what our own format says besides."""
    return {"text", "spans"} <= set(record) <= BARE_KEYS and isinstance(record["spans"], list)


SCHEMAS: Final = {
    "opf": Schema(_fits_opf, read_opf),
    "ai4privacy": Schema(_fits_ai4privacy, read_ai4privacy, AI4PRIVACY),
    "nemotron": Schema(_fits_nemotron, read_nemotron, NEMOTRON),
    "yahoo": Schema(_fits_yahoo, read_yahoo),
    # To train on, a row of ours must be whole: only who asks for it has it read as these.
    SPANS: Schema(lambda record: False, read_spans),
}
