"""Plots of a report."""

from __future__ import annotations

import itertools

import pytest


def test_every_point_has_its_own_name_and_the_frontier_is_drawn() -> None:
    plots = pytest.importorskip("spacy_privacy_filter.evaluate.plots")
    places = {
        "keep": (1, 1), "partial": (1, 0.98), "number": (0, 1), "hash": (0, 1), "mask": (0, 0),
        "block": (0, 0.3), "remove": (0, 0), "generalise": (0.1, 0.02), "surrogate": (0.02, 0.95),
    }  # fmt: skip
    rows = {name: {"leaked": x, "distinctions": y} for name, (x, y) in places.items()}
    figure = plots._operators({"one": {"operators": rows}, "two": {"operators": rows}})
    for axis in figure.axes:
        notes = {note.get_text().split()[0]: note for note in axis.texts}
        assert {name: note.xy for name, note in notes.items()} == places
        heights = sorted(note.xyann[1] for note in notes.values())
        assert min(b - a for a, b in itertools.pairwise(heights)) > 0.05
        assert -0.05 < heights[0] < heights[-1] < 1.05
        (line,) = (line for line in axis.lines if line.get_label().startswith("frontier"))
        assert line.get_xydata().tolist() == [[0, 1]]
        assert len(axis.lines) == 2
