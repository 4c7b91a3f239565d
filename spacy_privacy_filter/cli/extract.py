"""`privacy-filter extract`: a text -> JSON with the personal data in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ..batch.records import decode
from ..errors import WrongUseError
from ..types import CharSpan
from .common import clear_errors, summary
from .inout import STDIN, read_bytes, write_bytes

SCHEMAS = ("ours", "opf")


def extract_cli(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A UTF-8 text file; - reads standard input")
    ] = STDIN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to standard output")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A spaCy pipeline; else the shipped one")
    ] = None,
    schema: Annotated[
        str, typer.Option(help="ours, or opf: what the command of openai/privacy-filter writes")
    ] = "ours",
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="With the text of spans (schema ours)")
    ] = True,
    rules: Annotated[
        bool, typer.Option("--rules", help="Also find identifiers by rule (needs the extra rules)")
    ] = False,
) -> None:
    """List the personal data in a text as JSON: offsets in characters, labels and scores.

    The result holds the personal data itself; with --no-text only where it is.
    """
    with clear_errors():
        if schema not in SCHEMAS:
            raise WrongUseError(f"Unknown schema {schema!r}. Choose one of: {', '.join(SCHEMAS)}.")
        if schema == "opf" and not text:
            raise WrongUseError(
                "The schema opf always has the text. Use the schema ours, --no-text."
            )
        name, content = read_bytes(path)
        source = decode(content, name)
        from .. import loading

        (spans,) = loading.find_spans(loading.load_pipeline(model, len(source), rules), [source])
        made = ours(source, spans, text) if schema == "ours" else opf(source, spans)
        write_bytes(json.dumps(made, ensure_ascii=False, indent=2).encode("utf8") + b"\n", output)
    typer.echo(summary(span.label for span in spans), err=True)


def ours(text: str, spans: Sequence[CharSpan], with_text: bool = True) -> dict[str, Any]:
    """List spans in our own form."""
    rows = []
    for span in spans:
        row = {"start": span.start_char, "end": span.end_char, "label": span.label}
        row["score"] = round(span.score, 6)
        if with_text:
            row["text"] = text[span.start_char : span.end_char]
        rows.append(row)
    return {"version": 1, "n_chars": len(text), "spans": rows}


def opf(text: str, spans: Sequence[CharSpan]) -> dict[str, Any]:
    """List spans as the command `opf redact --format json` of openai/privacy-filter does."""
    from ..redact.mask import fill, mask

    form = "<{label}>"
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
                "placeholder": fill(form, span.label),
            }
            for span in spans
        ],
        "redacted_text": mask(text, spans, form),
    }
