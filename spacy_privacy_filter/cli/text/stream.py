"""`privacy-filter redact --stream`: standard input -> the same, redacted as it comes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import typer

from ...errors import WrongUseError, reading_options
from ..terminal import say_stdin

if TYPE_CHECKING:
    from ...redact.policy import Policy

CHUNK: Final = 1 << 16


def check_alone(given: dict[str, object]) -> None:
    """Refuse what a stream cannot do.

    given (dict[str, object]): Options that were given, by name.
    RAISES (WrongUseError): Any that makes sense for files only.
    """
    if wrong := [name for name, value in given.items() if value]:
        raise WrongUseError(
            f"--stream reads text from standard input and writes it to standard output as it "
            f"comes, so it cannot have {', '.join(wrong)}."
        )


def redact_stdin(
    policy: Policy,
    key: bytes | None,
    model: str | None,
    settings: Mapping[str, Any],
    step: int | None,
) -> Mapping[str, int]:
    """Redact standard input to standard output. RETURNS (Mapping[str, int]): Counts by label."""
    from ...api import STEP, open_stream
    from ...loading import is_shipped, load_pipeline
    from ...pipeline.tagger_settings import FORWARD

    # To carry names back as well, the whole text would have to wait for its end.
    forward = {"carry": FORWARD} if is_shipped(model) and "carry" not in settings else {}
    with reading_options():
        nlp = load_pipeline(model, {**settings, **forward})
    stream = open_stream(policy=policy, key=key, nlp=nlp, step=STEP if step is None else step)
    out = typer.get_binary_stream("stdout")
    say_stdin()
    for chunk in _chunks(typer.get_binary_stream("stdin")):
        _write(out, stream.feed(chunk))
    _write(out, stream.close())
    return stream.counts


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    """Read what is there, and wait only if nothing is."""
    read = getattr(source, "read1", source.read)
    while chunk := read(CHUNK):
        yield chunk


def _write(out: BinaryIO, text: str) -> None:
    if not text:
        return
    try:
        out.write(text.encode("utf8"))
        out.flush()
    except BrokenPipeError:
        # Who reads has gone. Python would complain once more when it closes the pipe at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise
