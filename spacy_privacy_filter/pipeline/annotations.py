"""Where exact spans live in a Doc: `doc._.privacy_spans`, kept by `to_bytes` and `DocBin`.

They are stored as plain lists in `doc.user_data`, one entry a spans_key, so that filters with keys
of their own do not overwrite each other, and a document read back needs no component to show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span

from ..types import CharSpan

USER_DATA_KEY = "privacy_spans"
OPTIONAL_KEY = "privacy_spans_optional"
NETWORK_KEY = "privacy_spans_of_network"
LOST_ENTS_KEY = "privacy_lost_ents"


def get_privacy_spans(doc: Doc, also: Iterable[str] = ()) -> tuple[CharSpan, ...]:
    """All spans found in a document, sorted. Those of different components may overlap.

    also (Iterable[str]): What else a policy asks for, by source, such as "rule:age".
    """
    sources = frozenset(also)
    stored = doc.user_data.get(USER_DATA_KEY, {}).values()
    found = [CharSpan(*span) for spans in stored for span in spans]
    if sources:
        others = doc.user_data.get(OPTIONAL_KEY, {}).values()
        optional = (CharSpan(*span) for spans in others for span in spans)
        found += [span for span in optional if span.source in sources]
    return tuple(sorted(found))


def get_network_spans(doc: Doc) -> tuple[CharSpan, ...]:
    """What the networks alone found, where that was kept, else all spans; sorted."""
    alone, stored = doc.user_data.get(NETWORK_KEY, {}), doc.user_data.get(USER_DATA_KEY, {})
    rows = [*alone.values(), *(spans for key, spans in stored.items() if key not in alone)]
    return tuple(sorted(CharSpan(*span) for spans in rows for span in spans))


def set_privacy_spans(
    doc: Doc, spans_key: str, spans: Iterable[CharSpan], where: str = USER_DATA_KEY
) -> None:
    """Store what one component found; replaces what was stored under the same key.

    where (str): `USER_DATA_KEY` for what is reported; `OPTIONAL_KEY` for what a policy may ask for;
        `NETWORK_KEY` for what the network alone found, to score it while it is trained.
    """
    stored = doc.user_data.setdefault(where, {})
    stored[spans_key] = [
        [int(span.start_char), int(span.end_char), span.label, float(span.score), span.source]
        for span in spans
    ]


def set_ents(doc: Doc, ents: Sequence[Span]) -> None:
    """Write `doc.ents`, and keep where those were that give way: redaction may be asked for them.

    ents (Sequence[Span]): Disjoint.
    """
    kept = {(ent.start, ent.end, ent.label) for ent in ents}
    lost = [ent for ent in doc.ents if (ent.start, ent.end, ent.label) not in kept]
    if lost:
        stored = doc.user_data.setdefault(LOST_ENTS_KEY, [])
        stored += [[ent.start_char, ent.end_char, ent.label_] for ent in lost]
    doc.set_ents(list(ents))


def get_lost_ents(doc: Doc) -> list[tuple[int, int, str]]:
    """Where entities were that gave way to our spans: characters and label."""
    return [(start, end, label) for start, end, label in doc.user_data.get(LOST_ENTS_KEY, [])]


def register_extensions() -> None:
    """Make `doc._.privacy_spans` available. Harmless to repeat."""
    Doc.set_extension("privacy_spans", getter=get_privacy_spans, force=True)
