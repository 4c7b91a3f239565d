"""A DataFrame of polars, as `redacting` asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl


class PolarsFrame:
    """A DataFrame of polars.

    df (pl.DataFrame): The frame, which is not changed.
    """

    def __init__(self, df: pl.DataFrame) -> None:
        self.df = df

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns."""
        return self.df.columns

    def holds_text(self, place: int) -> bool:
        """Whether a column can hold text."""
        return self.df.dtypes[place] in (pl.String, pl.Categorical, pl.Enum)

    def read(self, place: int) -> list[Any]:
        """The values of a column; None for every one that is missing."""
        # A NaN is no value, either, though polars does not count it as missing.
        return [None if value != value else value for value in self.df.to_series(place).to_list()]

    def write(self, changes: Mapping[int, list[Any]], dropped: Iterable[int]) -> pl.DataFrame:
        """Make a frame with other values in some columns, and without others."""
        gone, columns = set(dropped), []
        for place, column in enumerate(self.df.get_columns()):
            if place in gone:
                continue
            if place in changes:
                made = pl.Series(column.name, changes[place], dtype=pl.String)
                # The categories of an Enum are fixed, and the new ones are not among them.
                is_category = column.dtype in (pl.Categorical, pl.Enum)
                columns.append(made.cast(pl.Categorical) if is_category else made)
            else:
                columns.append(column)
        return pl.DataFrame(columns)
