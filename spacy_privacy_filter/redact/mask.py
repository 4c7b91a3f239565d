"""A text and its spans -> the text with a placeholder for each span.

Works on characters, whatever any tokenizer did.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..types import CharSpan
from .overlaps import join_overlaps
from .spans import check_spans

PLACEHOLDER = "[{label}]"


def mask(text: str, spans: Sequence[CharSpan], placeholder: str = PLACEHOLDER) -> str:
    """Replace every span of a text by a placeholder that names its label.

    Spans that overlap are replaced together, by one placeholder; spans that only touch are not.

    text (str): Any text.
    spans (Sequence[CharSpan]): What to replace, in any order.
    placeholder (str): "{label}" in it becomes the label in capitals, as in "[PRIVATE_PERSON]".
    RETURNS (str): The text, with no character of any span left.
    RAISES (ValueError): A span that is empty or reaches outside the text.
    """
    parts, end = [], 0
    for stretch in join_overlaps(check_spans(spans), len(text)):
        parts += [text[end : stretch.start_char], fill(placeholder, stretch.label)]
        end = stretch.end_char
    return "".join([*parts, text[end:]])


def fill(placeholder: str, label: str) -> str:
    """Put a label into a placeholder. Not `str.format`: other braces stay as they are."""
    return placeholder.replace("{label}", label.upper())
