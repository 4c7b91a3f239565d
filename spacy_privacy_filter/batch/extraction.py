"""A text and its spans -> plain values for JSON: our own form, or that of openai/privacy-filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from ..redact.mask import fill, mask
from ..types import CharSpan

PLACEHOLDER: Final = "<{label}>"


def list_spans(
    text: str,
    spans: Sequence[CharSpan],
    with_text: bool = True,
    explain: bool = False,
    place_of: Callable[[int], str] | None = None,
) -> dict[str, Any]:
    """List spans in our own form.

    text (str): The text. spans (Sequence[CharSpan]): What was found in it.
    with_text (bool): Whether to tell what the spans say, not only where they are.
    explain (bool): Whether to tell why each was found: "network", "rule:email", "carried:12" (from
        the mention at character 12) and others.
    place_of (Callable | None): Says where a character of the text is in a file with parts.
    RETURNS (dict[str, Any]): "version", "n_chars" and "spans", ready for JSON.
    """
    rows = []
    for span in spans:
        row: dict[str, Any] = {
            "start": span.start_char,
            "end": span.end_char,
            "label": span.label,
            "score": round(span.score, 6),
        }
        if explain:
            row["source"] = span.source
        if place_of is not None:
            row["place"] = place_of(span.start_char)
        if with_text:
            row["text"] = text[span.start_char : span.end_char]
        rows.append(row)
    return {"version": 1, "n_chars": len(text), "spans": rows}


def list_spans_as_opf(text: str, spans: Sequence[CharSpan]) -> dict[str, Any]:
    """List spans as the command `opf redact --format json` of openai/privacy-filter does."""
    return {
        "schema_version": 1,
        "summary": {
            "output_mode": "typed",
            "span_count": len(spans),
            "by_label": dict(sorted(Counter(span.label for span in spans).items())),
            "decoded_mismatch": False,
        },
        "text": text,
        "detected_spans": [
            {
                "label": span.label,
                "start": span.start_char,
                "end": span.end_char,
                "text": text[span.start_char : span.end_char],
                "placeholder": fill(PLACEHOLDER, span.label),
            }
            for span in spans
        ],
        "redacted_text": mask(text, spans, PLACEHOLDER),
    }


SCHEMAS: Final[dict[str, Callable[[str, Sequence[CharSpan]], dict[str, Any]]]] = {
    "ours": list_spans,
    "opf": list_spans_as_opf,
}
