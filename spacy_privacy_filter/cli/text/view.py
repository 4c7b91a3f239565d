"""`privacy-filter view`: a text -> a page, or coloured lines, that show it before and after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...errors import reading_options
from ...types import CharSpan
from .. import options
from ..common import clear_errors, read_settings, say_counts, take_key
from ..terminal import STDIN, read_bytes, write_bytes

if TYPE_CHECKING:
    from rich.text import Text

# Of rich; by place in the sorted labels.
STYLES: Final = (
    "cyan", "yellow", "green", "magenta", "blue", "red", "bright_green", "bright_magenta",
)  # fmt: skip


def view_cli(
    path: options.Text = STDIN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write an HTML page here")
    ] = None,
    model: options.Model = None,
    policy: options.Policy = None,
    key_file: options.KeyFile = None,
    rules: options.Rules = None,
    patterns: options.Patterns = None,
    deny: options.Deny = None,
    allow: options.Allow = None,
    labels: options.Labels = None,
    threshold: options.Threshold = None,
    device: options.Device = None,
    dtype: options.Dtype = None,
) -> None:
    """Show a text before and after: coloured in the terminal, or as a page with --output.

    Both hold the personal data: they are for you to check, not to hand on.
    """
    with clear_errors():
        from ... import loading
        from ...api import choose_policy
        from ...batch.finding import find_in_passages
        from ...batch.formats.reading import Reading
        from ...batch.formats.registry import read_as_one
        from ...redact.engine import redact
        from ...redact.html import make_page

        name, content = read_bytes(path)
        (passage,) = read_as_one(content, name, Reading()).passages
        text = passage.text
        with reading_options():
            chosen = choose_policy(None, policy)
            key = take_key(key_file)
        settings = read_settings(
            rules, patterns, deny, allow, threshold=threshold, device=device, dtype=dtype
        )
        with reading_options():
            nlp = loading.load_pipeline(model, settings)
            chosen_labels = loading.choose_labels(nlp, labels or ())
        (spans,) = find_in_passages(nlp, [passage], chosen.also)
        spans = loading.select_labels(spans, chosen_labels)
        done = redact(text, spans, chosen, key=key)
        if output is not None:
            page = make_page(text, spans, done, path.name, chosen.name)
            write_bytes(page.encode("utf8"), output)
            typer.echo(f"Wrote {output}. It holds the personal data.", err=True)
        else:
            _print(text, spans, [CharSpan(*span[:3], span.score) for span in done.spans], done.text)
    say_counts(span.label for span in spans)


def _print(text: str, before: Sequence[CharSpan], after: Sequence[CharSpan], redacted: str) -> None:
    """Show both texts in colours, and what the colours mean."""
    from rich.console import Console

    console = Console()
    labels = sorted({span.label for span in (*before, *after)})
    console.rule("before")
    console.print(colour(text, before, labels), highlight=False)
    console.rule("after")
    console.print(colour(redacted, after, labels), highlight=False)
    console.rule()
    legend = [f"[{STYLES[i % len(STYLES)]} reverse] {name} [/]" for i, name in enumerate(labels)]
    console.print(" ".join(legend))


def colour(text: str, spans: Sequence[CharSpan], labels: Sequence[str]) -> Text:
    """Colour the spans of a text for a terminal."""
    from rich.text import Text

    # Control characters of a text must not steer the terminal; each becomes one visible sign.
    shown = "".join(c if c in "\n\t" or c.isprintable() else "�" for c in text)
    coloured = Text(shown)
    for span in spans:
        style = STYLES[labels.index(span.label) % len(STYLES)]
        coloured.stylize(f"{style} reverse", span.start_char, span.end_char)
    return coloured
