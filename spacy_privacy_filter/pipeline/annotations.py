"""Where exact spans live in a Doc: `doc._.privacy_spans`, kept by `to_bytes` and `DocBin`.

They are stored as plain lists in `doc.user_data`, one entry a spans_key, so that filters with keys
of their own do not overwrite each other, and a document read back needs no component to show them.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from ..types import CharSpan

USER_DATA_KEY = "privacy_spans"


def get_privacy_spans(doc: Doc) -> tuple[CharSpan, ...]:
    """All spans found in a document, sorted. Those of different components may overlap."""
    stored = doc.user_data.get(USER_DATA_KEY, {})
    return tuple(sorted(CharSpan(*span) for spans in stored.values() for span in spans))


def set_privacy_spans(doc: Doc, spans_key: str, spans: Iterable[CharSpan]) -> None:
    """Store what one component found; replaces what was stored under the same key."""
    stored = doc.user_data.setdefault(USER_DATA_KEY, {})
    stored[spans_key] = [
        [int(span.start_char), int(span.end_char), span.label, float(span.score), span.source]
        for span in spans
    ]


def register_extensions() -> None:
    """Make `doc._.privacy_spans` available. Harmless to repeat."""
    Doc.set_extension("privacy_spans", getter=get_privacy_spans, force=True)
