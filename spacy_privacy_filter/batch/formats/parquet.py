"""The bytes of a Parquet file -> the texts of its columns, and the file with other texts.

Needs pyarrow, the extra "parquet".
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ...compat import missing
from ...errors import WrongUseError
from ...redact.secrets.keys import subject_of
from .base import Content, NewText, Passage
from .reading import Reading
from .table_columns import check_columns, note_others

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:
    raise missing("pyarrow", "Reading Parquet files") from None


def read_parquet(content: bytes, name: str, reading: Reading) -> Content:
    """Find the texts in columns of a Parquet file. A cell without a value stays without one.

    What is written has the same schema, row groups, compression and other columns.

    RAISES (ValueError): No Parquet file, no such column, or one that does not hold text.
    """
    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        table = file.read()
    except (pa.ArrowException, OSError):
        raise ValueError(f"{name} is no Parquet file, or is cut or damaged.") from None
    header = table.schema.names
    places = _check_types(table, name, reading, check_columns(name, header, reading))
    labels = {header[place]: label for place, label in places.items()}
    if len(labels) < len(places):
        raise ValueError(f"{name} has two columns of one name. Rename one of them.")
    columns = {column: table.column(column).to_pylist() for column in labels}
    subject = reading.subject
    owners = table.column(subject).to_pylist() if subject else [None] * table.num_rows
    cells = [
        (column, row)
        for row in range(table.num_rows)
        for column in columns
        if columns[column][row] is not None
    ]

    def write(new: Sequence[NewText]) -> bytes:
        made = {column: list(values) for column, values in columns.items()}
        for (column, row), value in zip(cells, new, strict=True):
            made[column][row] = value.text
        return _write(table, made, file, reading.drop)

    passages = [
        Passage(
            f"row {row + 1}, {column}",
            columns[column][row],
            subject_of(owners[row]),
            column,
            labels[column],
            row,
        )
        for column, row in cells
    ]
    return Content(passages, write, notes=note_others(name, header, reading, places))


def _check_types(
    table: Any, name: str, reading: Reading, places: Mapping[int, str | None]
) -> dict[int, str | None]:
    """Refuse columns that were named and cannot hold text; others that cannot are passed over."""
    texts = {}
    for place, label in places.items():
        field = table.schema.field(place)
        kind = field.type
        if _is_text(kind.value_type if pa.types.is_dictionary(kind) else kind):
            texts[place] = label
        elif field.name in reading.columns.actions:
            raise WrongUseError(
                f"{name}: the column {field.name!r} must hold text, but is of type {kind}. Turn it "
                "into text before, or leave it out: --drop"
            )
    return texts


def _is_text(kind: Any) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)


def _write(
    table: Any, made: Mapping[str, list[str | None]], file: Any, dropped: Sequence[str]
) -> bytes:
    for column, values in made.items():
        place = table.schema.names.index(column)
        field = table.schema.field(place)
        own = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        array = pa.array(values, own)
        if pa.types.is_dictionary(field.type):
            array = array.dictionary_encode().cast(field.type)
        table = table.set_column(place, field, array)
    table = table.drop_columns(list(dropped))
    meta, out = file.metadata, io.BytesIO()
    groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
    packed = groups[0].column(0).compression if groups and groups[0].num_columns else "SNAPPY"
    with parquet.ParquetWriter(
        out, table.schema, compression="NONE" if packed == "UNCOMPRESSED" else packed
    ) as writer:
        at = 0
        for group in groups:
            writer.write_table(
                table.slice(at, group.num_rows), row_group_size=group.num_rows or None
            )
            at += group.num_rows
    return out.getvalue()
