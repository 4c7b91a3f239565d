"""Handles in labelled texts: neither right nor wrong, whatever a source says of them.

Some sources label "@name" as a person, others do not, so nothing is learnt from either; with our
own pipelines a rule finds handles, by a label of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from .rows import Row

PERSON: Final = "private_person"
# "@name" and "u/name", not inside a mail address or a path. Sources disagree about what they are.
HANDLE: Final = re.compile(r"(?<![\w.@/+-])(?:@\w{2,40}|/?u/[\w-]{3,30})(?![\w@])")


def ignore_handles(row: Row) -> Row:
    """Count handles, and people that are one or hold one, as neither right nor wrong.

    A span of another label that holds a handle, such as a link, stays as it is.

    row (Row): With spans, or without.
    RETURNS (Row): With fewer people and more to ignore; the same where there is no handle.
    """
    found = [match.span() for match in HANDLE.finditer(row.text)]
    if not found:
        return row
    kept, ignored = [], []
    for i, (start, end, label) in enumerate(row.spans):
        inside = [(s, e) for s, e in found if s < end and start < e]
        if inside and label == PERSON:
            ignored.append((min(start, inside[0][0]), max(end, inside[-1][1])))
            continue
        kept.append(i)
        found = [handle for handle in found if handle not in inside]
    return replace(
        row,
        spans=tuple(row.spans[i] for i in kept),
        details=tuple(row.details[i] for i in kept) if row.details else (),
        ignore=_joined([*row.ignore, *found, *ignored]),
    )


def _joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join ranges that overlap."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if done and start < done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return tuple(done)
