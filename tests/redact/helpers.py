"""Spans by hand: what to find in a text, and random texts with random spans."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from spacy_privacy_filter.types import CharSpan

KEY = b"a key of the tests, of 16 bytes or more"
LABELS = (
    "private_person", "private_email", "private_date", "private_phone", "private_address",
    "private_url", "account_number", "secret", "age", "postcode", "job title",
)  # fmt: skip
# Names, numbers, marks and clusters of several characters; also what placeholders look like.
WORDS = (
    "Sarah", "Johnson", "Ms ", "Tom", "sarah.johnson@example.org", "2026-03-12", "12 March 2026",
    "+44 1632 960318", "4000 1234 5678 9017", "12 High Street, Leeds", "e\u0301", "👩‍👧",
    " ", "\r\n", ", ", "[PERSON_1]", "[PERSON_2]", "[PRIVATE_PERSON]", "[PERSON:~AAAA~]",
    "[EMAIL:~", "~]",
    "王小明", "Ольга", "47", "90210", "https://a.example/x", "O'Hara", "\ufeff", "\x00", "ß", "İ",
)  # fmt: skip


def find(text: str, words: dict[str, str]) -> list[CharSpan]:
    """Every place of each word, with its label."""
    return [
        CharSpan(m.start(), m.end(), label)
        for word, label in words.items()
        for m in re.finditer(re.escape(word), text)
    ]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    """A text of words like the ones above, and spans that overlap, touch and cut clusters."""
    parts = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=12))
    text = "".join(part.encode("utf8", "ignore").decode("utf8") for part in parts)
    spans = []
    if text:
        for _ in range(draw(st.integers(0, 6))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, min(len(text), start + 25)))
            score = draw(st.sampled_from([0.2, 0.9]))
            spans.append(CharSpan(start, end, draw(st.sampled_from(LABELS)), score))
        at = 0
        for part in parts:  # and some that are what a model finds
            if len(part) > 3 and text[at : at + len(part)] == part and draw(st.booleans()):
                spans.append(CharSpan(at, at + len(part), draw(st.sampled_from(LABELS))))
            at += len(part)
    return text, [s for s in spans if s.end_char <= len(text)]
