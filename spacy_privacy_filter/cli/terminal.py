"""The standard streams and the terminal: bytes in and out, progress, and tables."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from ..errors import WrongUseError, naming
from ..files import is_stdout, refuse_pipe, write_atomically
from ..progress import Item, Progress

if TYPE_CHECKING:
    from rich.table import Table

STDIN: Final = Path("-")
N_BETWEEN: Final = 1000  # items that go by before their number is shown again


class TerminalProgress(Progress):
    """Says everything on standard error, and shows there how far work is if it is a terminal.

    is_quiet (bool): Say only what is wrong.
    """

    def __init__(self, is_quiet: bool = False) -> None:
        self.is_quiet = is_quiet

    def say_new_folder(self, folder: Path) -> None:
        """Say that a folder is going to be made."""
        if not self.is_quiet:
            super().say_new_folder(folder)

    def tell(self, notes: Sequence[str], problems: Sequence[str]) -> None:
        """Say what a user should know of a file, and which parts of it could not be done."""
        if not self.is_quiet:
            for note in notes:
                self.say(f"Note: {note}")
        super().tell(notes, problems)

    def say(self, message: str) -> None:
        """Write a line."""
        typer.echo(message, err=True)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show a spinner."""
        from rich.console import Console

        console = Console(stderr=True)
        if self.is_quiet or not console.is_terminal:
            yield
            return
        with console.status(name):
            yield

    def track(self, items: Iterable[Item], name: str, n_items: int | None = None) -> Iterable[Item]:
        """Show a bar, or, of items of which nobody knows how many there are, their number."""
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        if self.is_quiet or not console.is_terminal:
            yield from items
        elif n_items is not None:
            yield from track(items, total=n_items, description=name, console=console)
        else:
            with console.status(name) as status:
                for n, item in enumerate(items, start=1):
                    if n % N_BETWEEN == 0:
                        status.update(f"{name}: {n:,}")
                    yield item


def read_bytes(path: Path) -> tuple[str, bytes]:
    """Read a file or standard input. RETURNS: its name for messages, and its content.

    RAISES (FileNotFoundError): No such file.
    RAISES (WrongUseError): A folder.
    """
    if path == STDIN:
        say_stdin()
        return "Standard input", typer.get_binary_stream("stdin").read()
    if path.is_dir():
        raise WrongUseError(f"{path} is a folder. Give a text file, or - for standard input.")
    if not path.exists():
        raise FileNotFoundError(f"No such file: {path}. Give a text file, or - for standard input.")
    refuse_pipe(path)
    return str(path), path.read_bytes()


def is_interactive() -> bool:
    """Whether somebody is at the keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()


def say_stdin() -> None:
    """Say that standard input is read, if somebody has to type it."""
    if is_interactive():
        typer.echo(
            "Reading standard input: type or paste, and end with Ctrl-D. See --help.", err=True
        )


def write_bytes(
    content: bytes,
    output: Path | None,
    mode: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Write to a file, whole or not at all, or to standard output.

    mode (int | None): Permissions of the file; None for those of a file that is replaced, or else
        the usual ones.
    """
    if output is None or is_stdout(output):
        stdout = typer.get_binary_stream("stdout")
        stdout.write(content)
        stdout.flush()
    else:
        (progress or TerminalProgress()).say_new_folder(output.parent)
        with naming(output):
            write_atomically(output, content, mode)


def make_table(
    head: Sequence[str], lines: Iterable[Sequence[str]], right: Collection[int] = ()
) -> Table:
    """Make a table whose cells are folded, never cut, and never read as markup.

    right (Collection[int]): Columns of numbers, which end at the right.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(*head)
    for i, column in enumerate(table.columns):
        column.overflow = "fold"
        if i in right:
            column.justify = "right"
    for line in lines:
        table.add_row(*(Text(cell) for cell in line))
    return table
