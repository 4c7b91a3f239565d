"""What a function that takes long tells whoever waits for it. The library itself prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

Item = TypeVar("Item")
MOST_SHOWN: Final = 20  # problems of one file that are told one by one


class Progress:
    """Takes what a long function tells. This one keeps it to itself; others show or log it.

    What is told holds names of files and of labels, and never a text.
    """

    def say(self, message: str) -> None:
        """Take a sentence for the user: a warning, or why one file of many could not be done."""

    def say_new_folder(self, folder: Path) -> None:
        """Say that a folder is going to be made: its name may be a slip of the pen."""
        if not folder.exists():
            self.say(f"Making the folder {folder}")

    def tell(self, notes: Sequence[str], problems: Sequence[str]) -> None:
        """Take what a user should know of one file, and which parts of it could not be done."""
        for problem in problems[:MOST_SHOWN]:
            self.say(f"Error: {problem}")
        if len(problems) > MOST_SHOWN:
            self.say(f"Error: ... and {len(problems) - MOST_SHOWN} more.")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Go with work whose end nobody can tell.

        name (str): What is done, such as "Measuring".
        """
        yield

    def track(self, items: Iterable[Item], name: str, n_items: int | None = None) -> Iterable[Item]:
        """Go with work that is done item by item.

        items (Iterable[Item]): What is worked on.
        name (str): What is done with them, such as "Redacting".
        n_items (int | None): How many there are; None if nobody knows.
        RETURNS (Iterable[Item]): The same items.
        """
        return items


SILENT: Final = Progress()
