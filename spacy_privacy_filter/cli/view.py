"""`privacy-filter view`: a text -> a page, or coloured lines, that show it before and after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..batch.records import decode
from ..redact.secrets.keys import get_key
from ..types import CharSpan
from .common import clear_errors, summary
from .inout import STDIN, read_bytes, write_bytes

if TYPE_CHECKING:
    from rich.text import Text

# Of rich; by place in the sorted labels.
STYLES = ("cyan", "yellow", "green", "magenta", "blue", "red", "bright_green", "bright_magenta")


def view_cli(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A UTF-8 text file; - reads standard input")
    ] = STDIN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write an HTML page here")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A spaCy pipeline; else the shipped one")
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", "-p", help="As for redact; default mask")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="File with the key; else $PRIVACY_FILTER_KEY")
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Also find identifiers by rule (needs the extra rules)")
    ] = False,
) -> None:
    """Show a text before and after: coloured in the terminal, or as a page with --output.

    Both hold the personal data: they are for you to check, not to hand on.
    """
    with clear_errors():
        from .. import loading
        from ..api import choose_policy
        from ..redact.engine import redact
        from ..redact.html import make_page

        name, content = read_bytes(path)
        text = decode(content, name)
        chosen = choose_policy(None, policy)
        key = get_key(key_file)
        (spans,) = loading.find_spans(loading.load_pipeline(model, len(text), rules), [text])
        done = redact(text, spans, chosen, key=key)
        if output is not None:
            write_bytes(make_page(text, spans, done, path.name, chosen.name).encode("utf8"), output)
            typer.echo(f"Wrote {output}. It holds the personal data.", err=True)
        else:
            _print(text, spans, [CharSpan(*span[:3], span.score) for span in done.spans], done.text)
    typer.echo(summary(span.label for span in spans), err=True)


def _print(text: str, before: Sequence[CharSpan], after: Sequence[CharSpan], redacted: str) -> None:
    from rich.console import Console

    console = Console()
    labels = sorted({span.label for span in (*before, *after)})
    console.rule("before")
    console.print(coloured(text, before, labels), highlight=False)
    console.rule("after")
    console.print(coloured(redacted, after, labels), highlight=False)
    console.rule()
    legend = [f"[{STYLES[i % len(STYLES)]} reverse] {name} [/]" for i, name in enumerate(labels)]
    console.print(" ".join(legend))


def coloured(text: str, spans: Sequence[CharSpan], labels: Sequence[str]) -> Text:
    """Colour the spans of a text for a terminal."""
    from rich.text import Text

    # Control characters of a text must not steer the terminal; each becomes one visible sign.
    shown = "".join(c if c in "\n\t" or c.isprintable() else "�" for c in text)
    made = Text(shown)
    for span in spans:
        style = STYLES[labels.index(span.label) % len(STYLES)]
        made.stylize(f"{style} reverse", span.start_char, span.end_char)
    return made
