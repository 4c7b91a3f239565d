"""Templates: texts with slots, and which of them are held back.

A slot is written {{slot}}, {{slot:form}}, {{slot#1}} or {{slot:form#1}}: the same mark behind #
means the same person (whose e-mail address fits) or, for other slots, the same value again.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Final

SLOT: Final = re.compile(r"\{\{(\w+)(?::([^{}#]*))?(?:#(\w+))?\}\}")
HELD_SHARE: Final = 5  # one template in five is held back
SPLITS: Final = ("train", "held")


@dataclass(frozen=True)
class Template:
    """A text with slots.

    text (str): The text; in a table, the line that is repeated.
    language (str): Decides which names, dates, numbers fill the slots.
    group (str): What kind of text it is, for a balanced draw.
    head, tail (str): Around the repeated lines of a table.
    rows (tuple[int, int]): Fewest and most lines; (1, 1) is not a table.
    joiner (str): Between the lines of a table.
    """

    text: str
    language: str
    group: str
    head: str = ""
    tail: str = ""
    rows: tuple[int, int] = (1, 1)
    joiner: str = "\n"

    @property
    def split(self) -> str:
        """ "train" or "held" by the text alone; what has a twin in "train" is there, too.

        See `rows.templates_of`. So nothing of "train" ever changes sides.
        """
        return SPLITS[zlib.crc32((self.head + self.text).encode("utf8")) % HELD_SHARE == 0]

    @property
    def wording(self) -> str:
        """The text without what twins differ in: forms of slots, case, what is ignored."""
        return SLOT.sub(lambda m: "" if m[1] == "ignored" else f"{{{m[1]}}}", self.text).lower()
