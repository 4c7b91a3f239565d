"""`privacy-filter extract`: a text -> JSON with the personal data in it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ...errors import WrongUseError, reading_options
from .. import options
from ..common import clear_errors, read_settings, say_counts
from ..terminal import STDIN, read_bytes, write_bytes


def extract_cli(
    path: options.Text = STDIN,
    output: options.OutputFile = None,
    model: options.Model = None,
    form: options.FileFormat = "auto",
    schema: Annotated[
        str, typer.Option(help="ours, or opf: what the command of openai/privacy-filter writes")
    ] = "ours",
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="With the text of spans (schema ours)")
    ] = True,
    rules: options.Rules = None,
    patterns: options.Patterns = None,
    deny: options.Deny = None,
    allow: options.Allow = None,
    labels: options.Labels = None,
    threshold: options.Threshold = None,
    device: options.Device = None,
    dtype: options.Dtype = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each was found (schema ours)")
    ] = False,
) -> None:
    """List the personal data in a text as JSON: offsets in characters, labels and scores.

    Of an office file, mail, page or PDF, offsets are those of its text, and places say where in the
    file each is. Tables are read as the text that they are.

    The result holds the personal data itself; with --no-text only where it is.
    """
    with clear_errors():
        from ... import loading
        from ...batch.extraction import SCHEMAS, list_spans
        from ...batch.finding import find_in_passages
        from ...batch.formats.reading import Reading
        from ...batch.formats.registry import read_as_one

        if schema not in SCHEMAS:
            raise WrongUseError(f"Unknown schema {schema!r}. Choose one of: {', '.join(SCHEMAS)}.")
        if schema == "opf" and (explain or not text):
            raise WrongUseError(
                "The schema opf always has the text and no reason. Use the schema ours for "
                "--no-text and --explain."
            )
        name, content = read_bytes(path)
        (passage,) = read_as_one(content, name, Reading(form)).passages
        settings = read_settings(
            rules, patterns, deny, allow, threshold=threshold, device=device, dtype=dtype
        )
        with reading_options():
            nlp = loading.load_pipeline(model, settings)
            chosen_labels = loading.choose_labels(nlp, labels or ())
        (spans,) = find_in_passages(nlp, [passage])
        spans = loading.select_labels(spans, chosen_labels)
        if schema == "ours":
            values = list_spans(passage.text, spans, text, explain, passage.place_of)
        else:
            values = SCHEMAS[schema](passage.text, spans)
        shown = json.dumps(values, ensure_ascii=False, indent=2)
        write_bytes(f"{shown}\n".encode(), output)
    say_counts(span.label for span in spans)
