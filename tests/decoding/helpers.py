"""Texts and spans to draw, for the tests of what becomes of spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

# Letters, many kinds of white space, and characters of two, three and four bytes.
TEXTS = st.one_of(
    st.text(alphabet="ab. \n\t\r\u00a0\u3000\u200b\u0301éж😀👩‍🔬", max_size=30),
    st.text(max_size=30),
)


@st.composite
def disjoint(draw: st.DrawFn, n: int) -> list[tuple[int, int, int]]:
    """Disjoint stretches of range(n), each with a label 0 or 1."""
    edges = sorted(draw(st.sets(st.integers(0, n), max_size=8)))
    every = pairwise(edges)
    return [(*pair, draw(st.integers(0, 1))) for pair in every if draw(st.booleans())]


def solid(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, end) if not text[i].isspace()}


# --- tag path -> pieces ---
