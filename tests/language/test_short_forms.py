"""Short forms of a name: which tokens of the full one they have, and the same of another name."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.names import cut_name
from spacy_privacy_filter.language.short_forms import (
    count_words,
    find_places,
    is_asian,
    list_keys,
    write_part,
)


@pytest.mark.parametrize(
    ("short", "full", "places"),
    [
        ("Ms Johnson", "Sarah Johnson", (1,)), ("S. Johnson", "Sarah Johnson", (0, 1)),
        ("Sarah", "Sarah Johnson", (0,)), ("Ms Sarah", "Sarah Johnson", None),
        ("J.-C. Roux", "Jean-Claude Roux", (0, 1)), ("J. C. Roux", "Jean-Claude Roux", (0, 0, 1)),
        ("Sra. García", "Ana García Lorca", (1,)), ("Roux", "Anne Roux-Petit", (1,)),
        ("Mr Lee", "Sarah Johnson", None), ("S. J.", "Sarah Johnson", None), ("王", "王小明", None),
        ("王さん", "王小明", (0,)), ("小明", "王小明", (0,)),
    ],
)  # fmt: skip
def test_the_place_of_a_short_form(short: str, full: str, places: tuple[int, ...] | None) -> None:
    tokens = cut_name(full).parse().tokens
    assert find_places(cut_name(short).parse(), tokens) == places


def test_what_a_name_shares_with_its_full_one() -> None:
    assert set(list_keys(("jean-claude", "roux"))) == {"jean-claude", "jean", "claude", "roux"}
    assert {"王", "小明"} <= set(list_keys(("王小明",)))
    assert count_words(("j", "c", "roux")) == 2
    assert is_asian("王小明")
    assert not is_asian("wang")


@pytest.mark.parametrize(
    ("token", "full", "pieces", "old", "made"),
    [
        ("j", "jean", ["Paul"], "J", "P"), ("j-c", "jean-claude", ["Paul", "Luc"], "J.-C", "P.-L"),
        ("claude", "jean-claude", ["Paul", "Luc"], "Claude", "Luc"),
        ("jean", "jean", ["Paul"], "Jean", "Paul"), ("王", "王小明", ["李", "大山"], "王", "李"),
        ("小明", "王小明", ["李", "大山"], "小明", "大山"),
        ("王小明", "王小明", ["李", "大山"], "", "李大山"),
    ],
)  # fmt: skip
def test_the_same_part_of_another_name(token, full, pieces, old, made) -> None:
    assert write_part(token, full, pieces, old, 0) == made
