"""What becomes of the columns of a table, or the fields of a record, that somebody declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..errors import WrongUseError

TEXT: Final = "text"
DROP: Final = "drop"
KEEP: Final = "keep"
WHOLE: Final = "whole"
ACTIONS: Final = (TEXT, DROP, KEEP)


@dataclass(frozen=True)
class Columns:
    """What becomes of columns, by name.

    actions (Mapping[str, str]): Name of a column -> "text" (looked through), "drop" (left out),
        "keep" (left as it is), or "whole:LABEL" (all of each cell is of that label).
    """

    actions: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.actions)

    def having(self, action: str) -> tuple[str, ...]:
        """The columns with an action, in order."""
        return tuple(name for name, own in self.actions.items() if own == action)

    @property
    def whole(self) -> dict[str, str]:
        """Columns whose cells are of one label as a whole, and that label."""
        parts = ((name, own.partition(":")) for name, own in self.actions.items())
        return {name: label for name, (action, _, label) in parts if action == WHOLE}

    def replaced_by(self, others: Columns) -> Columns:
        """What both say; where both speak of a column, the others are right."""
        return Columns({**self.actions, **others.actions})


def declare(
    *,
    text: Iterable[str] = (),
    whole: Mapping[str, str] | None = None,
    drop: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Columns:
    """Say what becomes of columns.

    text (Iterable[str]): Those that are looked through.
    whole (Mapping[str, str] | None): Name -> label of all that is in a cell.
    drop (Iterable[str]): Those that are left out of what is written.
    keep (Iterable[str]): Those that stay as they are.
    RAISES (WrongUseError): A column that is named twice, or a label or name that is empty.
    """
    pairs = [(name, TEXT) for name in text]
    for name, label in (whole or {}).items():
        if not isinstance(label, str) or not label.strip():
            raise WrongUseError(f"The column {name!r} is declared without a label.")
        pairs.append((name, f"{WHOLE}:{label.strip()}"))
    pairs += [(name, DROP) for name in drop] + [(name, KEEP) for name in keep]
    actions = dict(pairs)
    if len(actions) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise WrongUseError(f"The field {twice!r} is named twice.")
    if "" in actions:
        raise WrongUseError("The name of a column is empty.")
    return Columns(actions)


def read_columns(value: Any, where: str) -> Columns:
    """Check what a policy says of columns.

    value (Any): Name -> "text", "drop", "keep", or {"whole": label}.
    where (str): Start of a message.
    RAISES (ValueError): Anything else.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} must be names of columns, each with what becomes of it.")
    actions = {}
    for name, action in value.items():
        if not isinstance(name, str) or not name:
            raise ValueError(f"{where}: names are text, but found {name!r}. Put it in quotes.")
        if isinstance(action, Mapping) and list(action) == [WHOLE]:
            label = action[WHOLE]
            if not isinstance(label, str) or not label.strip():
                raise ValueError(f"{where}, {name!r}: whole needs a label, such as private_person.")
            actions[name] = f"{WHOLE}:{label.strip()}"
        elif action in ACTIONS:
            actions[name] = action
        else:
            raise ValueError(
                f"{where}, {name!r}: expected one of {', '.join(ACTIONS)}, or a label as in "
                "{whole: private_person}."
            )
    return Columns(actions)
