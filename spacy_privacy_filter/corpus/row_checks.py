"""Values of a row, as JSON gives them -> the same, checked; a message never shows the text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ..labels.tags import MULTITASK_CATEGORIES
from .details import Detail, check_detail


def check_category(label: Any, where: str) -> str:
    """Check the category of a row. RAISES (ValueError): Not one of the ten."""
    if label not in MULTITASK_CATEGORIES:
        raise ValueError(
            f"{where}: 'label' is no known category. Known: {', '.join(MULTITASK_CATEGORIES)}."
        )
    return str(label)


def check_cats(cats: Any, where: str) -> tuple[tuple[str, float], ...]:
    """Check the categories of a row, by name. RAISES (ValueError): Not numbers from 0 to 1."""
    if not isinstance(cats, dict) or not cats:
        raise ValueError(f"{where}: 'cats' must be an object with a number for each category.")
    for name, value in cats.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not name or not number or not 0 <= value <= 1:
            raise ValueError(f"{where}: each value in 'cats' must be a number from 0 to 1.")
    return tuple((name, float(value)) for name, value in cats.items())


def check_known(known: Any, where: str) -> tuple[str, ...]:
    """Check the labels that a row may have. RAISES (ValueError): No list of different names."""
    if not isinstance(known, list) or not all(isinstance(k, str) and k for k in known):
        raise ValueError(f"{where}: 'known' must be a list of labels (strings).")
    if len(set(known)) != len(known):
        raise ValueError(f"{where}: 'known' names a label twice.")
    return tuple(known)


def check_spans(
    spans: Any, text: str, known: tuple[str, ...], where: str
) -> tuple[tuple[tuple[int, int, str], ...], tuple[Detail, ...]]:
    """Check the spans of a row, in any order.

    RETURNS (tuple): The spans, sorted, and what else is said of each.
    RAISES (ValueError): Bad offsets, a label that is not in `known`, or spans that overlap.
    """
    done: list[tuple[tuple[int, int, str], Detail]] = []
    form = "[start, end, label], perhaps with an object as a fourth item"
    for item in _check_list(spans, (3, 4), "spans", form, where):
        start, end = _check_offsets(item, text, "span", where)
        label = item[2]
        if label not in known:
            # The label found is not shown: in a row with its columns swapped it would be the text.
            raise ValueError(
                f"{where}: span {start} to {end} has a label that 'known' does not name. Known: "
                f"{', '.join(known) or 'none'}."
            )
        detail = check_detail(item[3], f"{where}: span {start} to {end}") if item[3:] else Detail()
        done.append(((start, end, label), detail))
    done.sort(key=lambda pair: pair[0])
    for ((start, end, _), _), ((start_next, end_next, _), _) in pairwise(done):
        if start_next < end:
            raise ValueError(
                f"{where}: spans {start} to {end} and {start_next} to {end_next} overlap. A "
                "character has one label: join them or drop one."
            )
    return tuple(span for span, _ in done), tuple(detail for _, detail in done)


def check_ignore(ignore: Any, text: str, where: str) -> tuple[tuple[int, int], ...]:
    """Check the stretches that are neither right nor wrong. RAISES (ValueError): Bad offsets."""
    items = _check_list(ignore, (2,), "ignore", "[start, end]", where)
    return tuple(sorted(_check_offsets(item, text, "ignored stretch", where) for item in items))


def _check_list(
    items: Any, sizes: tuple[int, ...], key: str, form: str, where: str
) -> list[list[Any]]:
    if not isinstance(items, list):
        raise ValueError(f"{where}: {key!r} must be a list, but is a {type(items).__name__}.")
    for i, item in enumerate(items):
        if not isinstance(item, list) or len(item) not in sizes:
            raise ValueError(f"{where}: item {i} of {key!r} must be {form}.")
    return items


def _check_offsets(item: list[Any], text: str, what: str, where: str) -> tuple[int, int]:
    start, end = item[0], item[1]
    # bool is an int to Python, never to a person who writes offsets
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"{where}: offsets of a {what} must be whole numbers.")
    if not 0 <= start < end <= len(text):
        raise ValueError(
            f"{where}: {what} {start} to {end} is empty or outside the text, which has "
            f"{len(text)} characters. Offsets are half-open, in Python characters (not bytes)."
        )
    if text[start].isspace() or text[end - 1].isspace():
        raise ValueError(
            f"{where}: {what} {start} to {end} starts or ends with white space. Move its ends "
            "onto the first and last character that is seen."
        )
    return start, end
