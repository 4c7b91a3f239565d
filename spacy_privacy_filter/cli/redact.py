"""`privacy-filter redact`: a text -> the same text with a placeholder for each find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..files import write_atomically
from ..redact.mask import mask
from ..types import CharSpan
from .common import clear_errors

if TYPE_CHECKING:
    from spacy.language import Language

STDIN = Path("-")
COMPONENT = "privacy_filter"


def redact_cli(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A UTF-8 text file; - reads standard input")
    ] = STDIN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to standard output")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A spaCy pipeline; else the shipped one")
    ] = None,
) -> None:
    """Replace personal data in a text by placeholders such as [PRIVATE_PERSON].

    Nothing is written before the whole text is done. Counts go to standard error, never text.
    """
    with clear_errors():
        text = read_text(path)
        spans = find_spans(load_pipeline(model, len(text)), text)
        content = mask(text, spans).encode("utf8")
        if output is None:
            stdout = typer.get_binary_stream("stdout")
            stdout.write(content)
            stdout.flush()
        else:
            write_atomically(output, content)
    typer.echo(summary(spans), err=True)


def read_text(path: Path) -> str:
    """Read a file, or standard input, as UTF-8. Line ends and a byte order mark stay as they are.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A folder, or bytes that are not UTF-8.
    """
    if path == STDIN:
        name, content = "Standard input", typer.get_binary_stream("stdin").read()
    elif path.is_dir():
        raise ValueError(f"{path} is a folder. Give a text file, or - for standard input.")
    elif not path.exists():
        raise FileNotFoundError(f"No such file: {path}. Give a text file, or - for standard input.")
    else:
        name, content = str(path), path.read_bytes()
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} is not UTF-8 text: byte {error.start} does not fit. Convert it first, for "
            "instance with: iconv -f LATIN1 -t UTF-8"
        ) from None


def load_pipeline(model: str | None, n_chars: int) -> Language:
    """Load the pipeline that finds the spans.

    model (str | None): A package or folder that spaCy can load; None is the shipped pipeline.
    n_chars (int): Length of the text. The shipped pipeline reads any length.
    RAISES (OSError): No such pipeline.
    RAISES (ValueError): A pipeline that has no `privacy_filter`.
    """
    import spacy

    if model is None:
        nlp: Language = spacy.blank("xx")
        nlp.add_pipe(COMPONENT)
        # spaCy's limit is there for parsers, whose memory grows with a text; ours does not.
        nlp.max_length = max(nlp.max_length, n_chars)
        return nlp
    nlp = spacy.load(model)
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    if COMPONENT not in factories:
        raise ValueError(
            f"The pipeline {model!r} has no {COMPONENT!r} component, only: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}. Add one: nlp.add_pipe({COMPONENT!r})"
        )
    return nlp


def find_spans(nlp: Language, text: str) -> Sequence[CharSpan]:
    """Find the exact characters of the personal data in a text."""
    spans: Sequence[CharSpan] = nlp(text)._.privacy_spans
    return spans


def summary(spans: Sequence[CharSpan]) -> str:
    """Count the spans of each label, the most frequent first."""
    counts = sorted(Counter(span.label for span in spans).items(), key=lambda c: (-c[1], c[0]))
    return f"{len(spans)} spans" + "".join(f"\n  {label}: {n}" for label, n in counts)
