"""Columns of tokens and tags (CoNLL) -> texts with spans.

The first column is the token and the last its tag: BIO, IOB1, BIOES or BILOU, even mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from .label_map import Span
from .schemas import Raw

DOCUMENT: Final = "-DOCSTART-"
Token = tuple[str, str]


def read_conll(path: Path) -> Iterator[tuple[str, Raw]]:
    """Read a file of columns. Tokens are joined by spaces, as nothing says how they were set.

    A text is a document if the file marks documents (-DOCSTART-), with a line for each sentence;
    else it is a sentence.

    path (Path): UTF-8; a blank line ends a sentence, "# " at the start of a line is a comment.
    YIELDS (tuple[str, Raw]): Where the text begins, and the text.
    RAISES (ValueError): A line without a tag, or a tag of another kind, named by its number; or a
        file that is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # no mark of Windows in a token
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is not UTF-8. Save the file as UTF-8.") from None
    lines = text.split("\n")  # not at the other marks that Unicode calls a line's end
    documents = any(line.startswith(DOCUMENT) for line in lines)
    for number, sentences in _documents(_sentences(lines, path.name), documents):
        yield f"{path.name}, line {number}", _join(sentences)


def _sentences(lines: Iterable[str], name: str) -> Iterator[tuple[int, list[Token] | None]]:
    """Group lines to sentences; None marks the start of a document."""
    tokens: list[Token] = []
    first = 1
    for number, line in enumerate([*lines, ""], start=1):
        mark = line.startswith(DOCUMENT)
        if not line.strip() or mark:
            if tokens:
                yield first, tokens
            tokens = []
            if mark:
                yield number, None
        elif not (line.startswith("# ") and not tokens):
            first = first if tokens else number
            tokens.append(_token(line, f"{name}, line {number}"))


def _token(line: str, where: str) -> Token:
    columns = line.split("\t") if "\t" in line else line.split()
    if len(columns) < 2 or not columns[0].strip():
        raise ValueError(f"{where}: a line needs a token and a tag, in columns.")
    token, tag = columns[0].strip(), columns[-1].strip()
    if tag != "O" and (len(tag) < 3 or tag[0] not in "BIESLU" or tag[1] != "-"):
        # The tag is not shown: with its columns swapped it would be the text.
        raise ValueError(
            f"{where}: the last column must be O or a position and a label, such as B-person "
            "(positions: B, I, E, S, L, U)."
        )
    return token, tag


def _documents(
    sentences: Iterable[tuple[int, list[Token] | None]], whole: bool
) -> Iterator[tuple[int, list[list[Token]]]]:
    """Group sentences to documents, or let each be one."""
    document: list[list[Token]] = []
    first = 1
    for number, tokens in sentences:
        if tokens is None or not whole:
            if document:
                yield first, document
            document = []
        if tokens is not None:
            first = first if document else number
            document.append(tokens)
    if document:
        yield first, document


def _join(sentences: list[list[Token]]) -> Raw:
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for tokens in sentences:
        spans += [(at + s, at + e, label) for s, e, label in _spans(tokens)]
        parts.append(" ".join(token for token, _ in tokens))
        at += len(parts[-1]) + 1
    return Raw("\n".join(parts), spans)


def _spans(tokens: list[Token]) -> Iterator[Span]:
    """Read tags: B, S and U start a span, and so does any tag that continues none."""
    start, label, at = 0, "", 0
    for token, tag in tokens:
        prefix, name = tag[0], tag[2:]
        if label and (prefix in "OBSU" or name != label):
            yield start, at - 1, label
            label = ""
        if prefix != "O" and not label:
            start, label = at, name
        at += len(token) + 1
        if label and prefix in "ESLU":
            yield start, at - 1, label
            label = ""
    if label:
        yield start, at - 1, label
