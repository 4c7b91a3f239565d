"""A DataFrame of pandas or polars -> the same without personal data."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ...api import choose_policy
from ...errors import WrongUseError
from ...loading import default_pipeline
from ...progress import SILENT, Progress
from ...redact.columns import TEXT, WHOLE
from ...redact.engine import Corpus
from ...redact.operators.base import CORPUS
from ...redact.policy import Policy
from ...redact.secrets.keys import check_key, subject_of
from ..finding import find_in_passages
from ..formats.base import Passage
from ..joining import join_records, redact_documents

if TYPE_CHECKING:
    from spacy.language import Language

FrameT = TypeVar("FrameT")


class Frame(Protocol):
    """What is asked of a frame, of whichever library."""

    @property
    def names(self) -> Sequence[Hashable]:
        """The names of the columns."""

    def holds_text(self, place: int) -> bool:
        """Whether a column can hold text."""

    def read(self, place: int) -> list[Any]:
        """The values of a column; None for every one that is missing."""

    def write(self, changes: Mapping[int, list[Any]], dropped: Iterable[int]) -> Any:
        """Make a frame with other values in some columns, and without others.

        changes (Mapping[int, list[Any]]): Number of a column -> all of its values; those that did
            not change are as `read` gave them.
        """


def redact_frame(
    df: FrameT,
    columns: Sequence[Hashable] | None = None,
    *,
    whole: Mapping[Any, str] | None = None,
    drop: Sequence[Hashable] = (),
    subject: Hashable | None = None,
    method: str | None = None,
    policy: str | Path | Mapping[str, Any] | Policy | None = None,
    key: bytes | str | None = None,
    nlp: Language | None = None,
    progress: Progress = SILENT,
) -> FrameT:
    """Replace the personal data in a DataFrame of pandas or polars. It is not changed itself.

    A row is one document: a person has one number in it, and names that one cell tells are found in
    the others. The index, the order of rows and columns, types of columns, categories and missing
    values stay. The index is not looked at.

    df (DataFrame): Of pandas or polars.
    columns (Sequence | None): Columns that are looked through; None for those that the policy says,
        or else all that hold text and of which nothing else is said.
    whole (Mapping | None): Column -> label of all that is in a cell, as {"DOB": "private_date"}.
        Such a column may hold numbers or dates; then it holds text after.
    drop (Sequence): Columns to leave out.
    subject (Hashable | None): Column that says whom a row is about: dates of one subject move
        together, and names are found in all of its rows.
    method, policy, key, nlp: As for `deidentify`.
    progress (Progress): Is told how far work is.
    RETURNS (DataFrame): A new one, of the same library.
    RAISES (TypeError): No DataFrame.
    RAISES (ValueError): No such column, one that cannot hold text, or as `deidentify`.
    """
    chosen = choose_policy(method, policy)
    frame = open_frame(df)
    actions = _choose_columns(frame, chosen, columns, whole or {}, drop, subject)
    labels = {place: label for place, label in actions.items() if label is not None}
    changes = {place: frame.read(place) for place in labels}
    cells = [
        (place, row)
        for row in range(len(next(iter(changes.values()), [])))
        for place in changes
        if _is_read(changes[place][row], labels[place])
    ]
    whose = None if subject is None else frame.read(_find(frame, subject))
    passages = [
        Passage(
            f"{row}, {place}",
            _spell(changes[place][row]),
            None if whose is None else subject_of(whose[row]),
            str(frame.names[place]),
            labels[place] or None,
            row,
        )
        for place, row in cells
    ]
    for (place, row), text in zip(
        cells, _redact(passages, chosen, key, nlp, progress), strict=True
    ):
        changes[place][row] = text
    made: FrameT = frame.write(changes, [p for p, label in actions.items() if label is None])
    return made


def _redact(
    passages: Sequence[Passage],
    policy: Policy,
    key: bytes | str | None,
    nlp: Language | None,
    progress: Progress,
) -> Iterator[str]:
    """Redact the cells of a frame."""
    pipeline = default_pipeline() if nlp is None else nlp
    spans = find_in_passages(pipeline, passages, policy.also, progress)
    corpus = Corpus(policy, check_key(key, "A corpus")) if policy.scope == CORPUS else None
    if corpus is not None:
        for document in join_records(passages, spans):
            corpus.add(document.text, document.spans)
    texts, _, _ = redact_documents(join_records(passages, spans), policy, key, corpus)
    return (text.text for text in texts)


def open_frame(df: Any) -> Frame:
    """Find out whose frame it is, without importing a library that made none.

    RAISES (TypeError): Nobody's.
    """
    library = type(df).__module__.partition(".")[0]
    name = type(df).__name__
    if library == "pandas" and name == "DataFrame":
        from .pandas_frame import PandasFrame

        return PandasFrame(df)
    if library == "polars" and name == "DataFrame":
        from .polars_frame import PolarsFrame

        return PolarsFrame(df)
    hint = " Collect it first." if name == "LazyFrame" else ""
    raise TypeError(f"A DataFrame of pandas or polars is needed, but this is a {name}.{hint}")


def _choose_columns(
    frame: Frame,
    policy: Policy,
    columns: Sequence[Hashable] | None,
    whole: Mapping[Any, str],
    drop: Sequence[Hashable],
    subject: Hashable | None,
) -> dict[int, str | None]:
    """Say of columns that do not stay what becomes of them, by their number.

    RETURNS (dict[int, str | None]): A label, "" for what is looked through, None for what goes.
    """
    said: dict[Hashable, str] = {
        name: action for name, action in policy.columns.actions.items() if name in frame.names
    }
    if isinstance(columns, (str, bytes)):
        raise WrongUseError("Give the columns as a list, also if it is one.")
    said.update(dict.fromkeys(columns or (), TEXT))
    said.update({name: f"{WHOLE}:{label}" for name, label in whole.items()})
    said.update(dict.fromkeys(drop, "drop"))
    if columns is None and TEXT not in said.values():
        others = (name for place, name in enumerate(frame.names) if frame.holds_text(place))
        said.update({name: TEXT for name in others if name not in said and name != subject})
    actions: dict[int, str | None] = {}
    for name, action in said.items():
        place = _find(frame, name)
        if action == TEXT and not frame.holds_text(place):
            raise WrongUseError(
                f"The column {name!r} does not hold text. Say what it is: whole={{{name!r}: label}}"
            )
        if action != "keep":
            label = action.removeprefix(f"{WHOLE}:") if action.startswith(WHOLE) else ""
            actions[place] = None if action == "drop" else label
    return dict(sorted(actions.items()))


def _find(frame: Frame, name: Hashable) -> int:
    places = [place for place, own in enumerate(frame.names) if own == name]
    if len(places) != 1:
        what = "no column" if not places else "more than one column"
        raise WrongUseError(
            f"There is {what} {name!r}. There are: {', '.join(map(str, frame.names))}."
        )
    return places[0]


def _is_read(value: Any, label: str | None) -> bool:
    """Whether a cell is redacted: text, or whatever is declared, but nothing that is missing."""
    return isinstance(value, str) or (bool(label) and value is not None)


def _spell(value: Any) -> str:
    """Write a value as people do: 5.0 that was a whole number is 5, a date has no midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")
