"""A DataFrame of pandas, as `redacting` asks for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from pandas.api import types


class PandasFrame:
    """A DataFrame of pandas.

    df (pd.DataFrame): The frame, which is not changed.
    """

    def __init__(self, df: pd.DataFrame) -> None:
        self.df = df

    @property
    def names(self) -> Sequence[Hashable]:
        """The names of the columns."""
        return list(self.df.columns)

    def holds_text(self, place: int) -> bool:
        """Whether a column can hold text: an object may be one."""
        dtype = self.df.dtypes.iloc[place]
        if isinstance(dtype, pd.CategoricalDtype):
            dtype = dtype.categories.dtype
        return bool(types.is_string_dtype(dtype) or types.is_object_dtype(dtype))

    def read(self, place: int) -> list[Any]:
        """The values of a column; None for every one that is missing."""
        column = self.df.iloc[:, place]
        missing = column.isna().to_numpy()
        return [None if gone else v for v, gone in zip(column.tolist(), missing, strict=True)]

    def write(self, changes: Mapping[int, list[Any]], dropped: Iterable[int]) -> pd.DataFrame:
        """Make a frame with other values in some columns, and without others."""
        made = self.df.copy()
        for place, values in changes.items():
            made.isetitem(place, self._column(place, values))
        gone = set(dropped)
        return made.iloc[:, [place for place in range(made.shape[1]) if place not in gone]]

    def _column(self, place: int, values: list[Any]) -> pd.Series:
        old = self.df.iloc[:, place]
        # What is missing stays as it was: NaN, None or NA.
        whole = [was if new is None else new for was, new in zip(old.tolist(), values, strict=True)]
        if isinstance(old.dtype, pd.CategoricalDtype):
            return pd.Series(_categories(old, values), index=old.index, name=old.name)
        is_text = types.is_string_dtype(old.dtype) and not types.is_object_dtype(old.dtype)
        dtype = old.dtype if is_text else object
        return pd.Series(whole, index=old.index, name=old.name, dtype=dtype)


def _categories(old: pd.Series, values: list[Any]) -> pd.Categorical:
    """Put other values into a column of categories, in the order of those that they replace."""
    order = {category: n for n, category in enumerate(old.cat.categories)}
    pairs = (
        (order[was], new) for was, new in zip(old.tolist(), values, strict=True) if new is not None
    )
    seen = dict.fromkeys(new for _, new in sorted(pairs, key=lambda pair: pair[0]))
    return pd.Categorical(values, categories=list(seen), ordered=bool(old.cat.ordered))
