"""How a user wants files to be read: their format, and which fields and columns count."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import WrongUseError

AUTO = "auto"


@dataclass(frozen=True)
class Reading:
    """How files are read.

    form (str): Name of a format; "auto" goes by the name's ending, and takes others for text.
    fields (tuple[str, ...]): Names of JSONL, or columns of CSV or Parquet, that are
        redacted.
    subject (str | None): The field that says whose row it is.
    delimiter (str | None): What parts the columns of CSV; None for a comma.
    """

    form: str = AUTO
    fields: tuple[str, ...] = ("text",)
    subject: str | None = None
    delimiter: str | None = None

    def __post_init__(self) -> None:
        if self.delimiter is not None:
            self._check_delimiter(self.delimiter)
        if len(set(self.fields)) < len(self.fields):
            raise WrongUseError("A field is named twice.")
        if self.subject in self.fields:
            raise WrongUseError(
                f"The field {self.subject!r} cannot both be redacted and say whose row it is: what "
                "is left in it would tell. Give rows another id, or remove it after."
            )

    def _check_delimiter(self, delimiter: str) -> None:
        if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n \ufeff':
            raise WrongUseError(
                f"--delimiter is {delimiter!r}, but must be one mark, such as ';' or '|'. Columns "
                "that tabs part are the format tsv."
            )
        if self.form not in (AUTO, "csv"):
            raise WrongUseError(f"--delimiter is for CSV, but the format is {self.form}.")
