"""What has a form is found, with the places in the text and how sure that is."""

from __future__ import annotations

import re

from spacy_privacy_filter.rules.finds import CHECKED, FORMED, Find, find_form


def test_every_place_with_the_form_is_found_in_order() -> None:
    pattern = re.compile(r"\d+")
    assert list(find_form(pattern, "1 👩 23, x456")) == [
        Find(0, 1, FORMED),
        Find(4, 6, FORMED),
        Find(9, 12, FORMED),
    ]
    assert list(find_form(pattern, "none")) == []


def test_what_was_checked_is_surer_than_a_form() -> None:
    (find,) = find_form(re.compile("a"), "bab", CHECKED)
    assert find == (1, 2, CHECKED)
    assert 0 < FORMED < CHECKED <= 1
