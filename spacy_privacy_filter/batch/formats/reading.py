"""How a user wants files to be read: their format, and which fields and columns count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...errors import WrongUseError
from ...redact.columns import DROP, KEEP, TEXT, Columns, declare

AUTO = "auto"
DEFAULT_FIELDS = ("text",)


@dataclass(frozen=True)
class Reading:
    """How files are read.

    form (str): Name of a format; "auto" goes by the name's ending, and takes others for text.
    fields (Sequence[str]): Names or paths of fields of JSONL, or columns of tables, that are looked
        through.
    subject (str | None): The field that says whose row it is.
    delimiter (str | None): What parts the columns of CSV; None to find out.
    columns (Columns): What is declared of columns besides.
    all_strings (bool): Whether every field and column is looked through of which nothing else is
        said.
    is_declared (bool): Whether anything was said of columns.
    """

    form: str = AUTO
    fields: Sequence[str] = ()
    subject: str | None = None
    delimiter: str | None = None
    columns: Columns = field(default_factory=Columns)
    all_strings: bool = False
    is_declared: bool = field(init=False, default=False, repr=False)

    def __post_init__(self) -> None:
        if self.delimiter is not None:
            self._check_delimiter(self.delimiter)
        named = declare(text=self.fields)
        object.__setattr__(self, "columns", self.columns.replaced_by(named))
        object.__setattr__(self, "is_declared", bool(self.columns))
        if not self.columns and not self.all_strings:
            object.__setattr__(self, "columns", declare(text=DEFAULT_FIELDS))
        object.__setattr__(self, "fields", self.columns.having(TEXT))
        # Who says what stays does not want the rest to stay.
        object.__setattr__(self, "all_strings", self.all_strings or bool(self.keep))
        if self.subject in self.fields:
            raise WrongUseError(
                f"The field {self.subject!r} cannot both be redacted and say whose row it is: what "
                "is left in it would tell. Give rows another id, or remove it after."
            )

    @property
    def drop(self) -> tuple[str, ...]:
        """Fields and columns that are left out of what is written."""
        return self.columns.having(DROP)

    @property
    def keep(self) -> tuple[str, ...]:
        """Fields and columns that stay as they are."""
        return self.columns.having(KEEP)

    @property
    def whole(self) -> dict[str, str]:
        """Fields and columns whose values are of one label as a whole, and that label."""
        return self.columns.whole

    @property
    def named(self) -> tuple[str, ...]:
        """Every field and column that must be there."""
        subject = () if self.subject is None else (self.subject,)
        return tuple(dict.fromkeys((*self.columns.actions, *subject)))

    def _check_delimiter(self, delimiter: str) -> None:
        if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n \ufeff':
            raise WrongUseError(
                f"--delimiter is {delimiter!r}, but must be one mark, such as ';' or '|'. Columns "
                "that tabs part are the format tsv."
            )
        if self.form not in (AUTO, "csv"):
            raise WrongUseError(f"--delimiter is for CSV, but the format is {self.form}.")
