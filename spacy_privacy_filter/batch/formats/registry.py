"""Which formats of files there are, and which of them a file has.

To add one: a module here with a function that reads it (see `base.Format`), and its line in
`FORMATS`. A package that is an extra is imported at the top of that module, and the module by a
function here.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from ...documents.formats import ENDINGS, REASONS
from ...errors import WrongUseError
from .base import Content, Format
from .csv_table import read_csv, read_tsv
from .documents import read_document, refuse_document
from .jsonl import read_jsonl
from .plain import read_plain
from .reading import AUTO, Reading


def _read_parquet(content: bytes, name: str, reading: Reading) -> Content:
    from .parquet import read_parquet

    return read_parquet(content, name, reading)


def _document(name: str, written_as: str | None = None) -> Format:
    def read(content: bytes, file: str, reading: Reading) -> Content:
        return read_document(content, file, name)

    return Format(name, ENDINGS.get(name, ()), read, written_as, is_one=True)


PLAIN: Final = Format("text", (".txt", ".text", ".log"), read_plain, is_one=True)
REFUSED: Final = Format("", tuple(REASONS), refuse_document, is_one=True)
FORMATS: Final = (
    PLAIN,
    Format("jsonl", (".jsonl", ".ndjson"), read_jsonl),
    Format("csv", (".csv",), read_csv),
    Format("tsv", (".tsv",), read_tsv),
    Format("parquet", (".parquet", ".pq"), _read_parquet),
    *(_document(name) for name in ENDINGS),
    _document("pdf-text", ".txt"),
)
BY_NAME: Final = {form.name: form for form in FORMATS}
BY_SUFFIX: Final = {suffix: form for form in (*FORMATS, REFUSED) for suffix in form.suffixes}


def find_format(name: str, form: str = AUTO) -> Format:
    """Find the format of a file.

    name (str): Of the file; its ending tells.
    form (str): Name of a format, or "auto" to go by the ending; others are plain text.
    RAISES (WrongUseError): No such format.
    """
    if form == AUTO:
        return BY_SUFFIX.get(PurePath(name).suffix.lower(), PLAIN)
    if form not in BY_NAME:
        raise WrongUseError(f"Unknown format {form!r}. Choose: {', '.join((AUTO, *BY_NAME))}.")
    return BY_NAME[form]


def written_name(name: str, form: str = AUTO) -> str:
    """Say how what is written of a file is called: as the file, but for formats that change."""
    ending = find_format(name, form).written_as
    return name if ending is None else name + ending


def parse(content: bytes, name: str, reading: Reading) -> Content:
    """Find the passages of a file.

    content (bytes): The file.
    name (str): Its name, for messages, and for the format if that is "auto".
    RAISES (ValueError): A file that cannot be read. (WrongUseError): A column that is not there.
    """
    return find_format(name, reading.form).read(content, name, reading)


def read_as_one(content: bytes, name: str, reading: Reading) -> Content:
    """Read a file as one text: a document as what it says, any other as it stands.

    RAISES (ValueError): A file that cannot be read.
    """
    form = find_format(name, reading.form)
    return (form if form.is_one else PLAIN).read(content, name, reading)
