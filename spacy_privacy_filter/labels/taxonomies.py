"""Labels of one taxonomy -> those of another, from a table that ships with the package.

openai (8 labels), nemotron (55), kp (18), and the 18 identifiers of HIPAA's Safe Harbor method.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parent.parent / "data" / "crosswalk.json"
# Taxonomies that others can be mapped to; nemotron's are finer than what the others know.
TARGETS: Final = ("hipaa", "kp", "openai")


@lru_cache(maxsize=1)
def read_crosswalk() -> Mapping[str, Any]:
    """Read the table.

    "taxonomies", "maps" (source > label > target), "not_in_text", "finds" (a rule's name, or our
    label -> what others call it), "found_by_rule" (our label that no network has > target).
    """
    table: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return table


def check_target(target: str) -> None:
    """Refuse a name that is no target.

    RAISES (ValueError): Names those that are.
    """
    if target not in TARGETS:
        raise ValueError(
            f"Unknown label map {target!r}. Choose one of: {', '.join(TARGETS)}; or give a map of "
            f"your own, from the model's labels to other names."
        )


def find_taxonomy(labels: Iterable[str]) -> str:
    """Find the taxonomy that some labels are from: the smallest that has all of them.

    labels (Iterable[str]): Labels without a position.
    RETURNS (str): A key of the table's "taxonomies".
    RAISES (ValueError): None has all of them.
    """
    wanted = set(labels)
    taxonomies = read_crosswalk()["taxonomies"]
    fits = [name for name in taxonomies if wanted <= set(taxonomies[name])]
    if not fits:
        nearest = max(taxonomies, key=lambda name: len(wanted & set(taxonomies[name])))
        unknown = sorted(wanted - set(taxonomies[nearest]))
        raise ValueError(
            f"These labels are of no taxonomy in the crosswalk ({', '.join(taxonomies)}): "
            f"{', '.join(unknown[:10])}. Give a label_map of your own."
        )
    return min(fits, key=lambda name: len(taxonomies[name]))


def label_map(labels: Iterable[str], target: str) -> dict[str, str]:
    """Map labels to those of another taxonomy.

    A label that has no counterpart there is not in the map, so that its spans keep their name and
    are never lost.

    labels (Iterable[str]): Labels of one of the taxonomies.
    target (str): One of `TARGETS`.
    RETURNS (dict[str, str]): Label -> label of the target.
    RAISES (ValueError): An unknown target, labels of no taxonomy, or a pair that is not mapped.
    """
    check_target(target)
    labels = list(labels)
    source = find_taxonomy(labels)
    if source == target:
        return {label: label for label in labels}
    maps = read_crosswalk()["maps"].get(source, {})
    if any(target not in maps.get(label, {}) for label in labels):
        raise ValueError(
            f"The labels of {source!r} are coarser than those of {target!r}, or other, so they are "
            f"not mapped. Give a label_map of your own."
        )
    found = {label: maps[label][target] for label in labels}
    return {label: name for label, name in found.items() if name is not None}


def name_finds(labels: Iterable[str], rules: Mapping[str, str]) -> dict[str, str]:
    """Name what rules find as a taxonomy does, so that a network and rules say the same.

    labels (Iterable[str]): Labels of the network.
    rules (Mapping[str, str]): Our label of each rule.
    RETURNS (dict[str, str]): Rule -> label of the network where it has one for this, else ours.
    """
    known = set(labels)
    names = read_crosswalk()["finds"]
    made = {}
    for rule, label in rules.items():
        wanted = (*names.get(rule, ()), label, *names.get(label, ()))
        made[rule] = next((name for name in wanted if name in known), label)
    return made


def map_finds(target: str) -> dict[str, str]:
    """Map the labels that only rules give to those of another taxonomy; see `label_map`."""
    check_target(target)
    found = read_crosswalk()["found_by_rule"].items()
    return {label: names[target] for label, names in found if names[target] is not None}
