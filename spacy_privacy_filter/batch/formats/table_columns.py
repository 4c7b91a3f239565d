"""The header of a table, and what a user said of columns -> which of them are replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...errors import WrongUseError
from .names import show_names
from .reading import Reading


def check_columns(name: str, header: Sequence[str], reading: Reading) -> dict[int, str | None]:
    """Find the columns that are replaced.

    name (str): Of the file. header (Sequence[str]): Names of all columns.
    RETURNS (dict[int, str | None]): Number of each -> label of all of its cells, or None.
    RAISES (WrongUseError): One that is named is not there, or there twice.
    """
    for column in reading.named:
        if column not in header:
            raise WrongUseError(
                f"{name} has no column {column!r} among the {len(header)} that its first row "
                f"names. {show_names(header)} Name the columns that hold text: --field NAME"
            )
        if header.count(column) > 1:
            raise WrongUseError(f"{name} has the column {column!r} twice. Rename one of them.")
    places: dict[int, str | None] = {}
    others = {*reading.drop, *reading.keep}
    for place, column in enumerate(header):
        if column in reading.whole:
            places[place] = reading.whole[column]
        elif column in reading.fields or (reading.all_strings and column not in others):
            places[place] = None
    return places


def note_others(
    name: str, header: Sequence[str], reading: Reading, places: Mapping[int, str | None]
) -> list[str]:
    """Say which columns stay as they are, if some were declared and of these nothing was said."""
    said = {*reading.columns.actions, reading.subject}
    others = [c for i, c in enumerate(header) if i not in places and c not in said]
    if not others or not (reading.whole or reading.drop):
        return []
    n_others = (
        f"{len(others)} other column{'s stay as they are' if others[1:] else ' stays as it is'}"
    )
    return [f"{name}: {n_others} (--all-strings looks through all). {show_names(others)}"]
