"""A sample of a table or of records -> what each column may hold, for somebody to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import WrongUseError
from ..redact.columns import KEEP, TEXT, WHOLE, Columns
from ..types import CharSpan
from .finding import find_in_passages
from .formats.base import Content, Passage

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLE: Final = 100  # cells of a column that are looked at
_LEAST_WHOLE: Final = 0.6  # share of cells that are all one label, for the column to be it
_LEAST_COVERED: Final = 0.8  # share of the characters of such a cell
_TEXT_WORDS: Final = 5  # a column with so many words to a cell is one of texts
_NUMBER = re.compile(r"\[\d+\]")


class Proposal(NamedTuple):
    """What may become of a column.

    column (str): Its name, or the path of a field.
    action (str): As in `Columns.actions`.
    share (float): Of its cells that are not empty: those in which something was found.
    """

    column: str
    action: str
    share: float


def propose(nlp: Language, content: Content, said: Columns) -> list[Proposal]:
    """Propose what becomes of each column of which nothing was said.

    nlp (Language): The pipeline that looks at the sample.
    content (Content): With every cell as a passage.
    said (Columns): What was said of columns.
    RETURNS (list[Proposal]): One a column, in order of the first cell that is not empty.
    RAISES (WrongUseError): A file without columns.
    """
    cells: dict[str, list[Passage]] = {}
    for passage in content.passages:
        column = _NUMBER.sub("[]", passage.name.partition(", ")[2])
        if column and column not in said.actions and passage.text.strip():
            cells.setdefault(column, []).append(passage)
    if content.passages and not any(passage.name for passage in content.passages):
        raise WrongUseError("--auto-columns is for tables and records, but this is one text.")
    samples = {column: _draw(passages) for column, passages in cells.items()}
    sampled = [passage for passages in samples.values() for passage in passages]
    # A look at one cell may not hang on the others of its row, of which some are not in the sample.
    alone = [replace(passage, record=None, subject=None) for passage in sampled]
    found = iter(find_in_passages(nlp, alone))
    return [
        _rate(column, passages, [next(found) for _ in passages])
        for column, passages in samples.items()
    ]


def _draw(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Take cells from all over a column, each value once."""
    unique = list({passage.text: passage for passage in passages}.values())
    step = max(1, len(unique) // SAMPLE)
    return unique[::step][:SAMPLE]


def _rate(
    column: str, passages: Sequence[Passage], spans: Sequence[Sequence[CharSpan]]
) -> Proposal:
    whole: Counter[str] = Counter()
    n_words = n_found = 0
    for passage, own in zip(passages, spans, strict=True):
        text = passage.text.strip()
        n_words += len(text.split())
        n_found += bool(own)
        longest = max(own, key=lambda s: s.end_char - s.start_char, default=None)
        if longest and longest.end_char - longest.start_char >= _LEAST_COVERED * len(text):
            whole[longest.label] += 1
    n_cells = len(passages)
    label, n_whole = whole.most_common(1)[0] if whole else ("", 0)
    if n_whole >= _LEAST_WHOLE * n_cells:
        return Proposal(column, f"{WHOLE}:{label}", n_found / n_cells)
    is_text = n_found or n_words >= _TEXT_WORDS * n_cells
    return Proposal(column, TEXT if is_text else KEEP, n_found / n_cells)
