"""Rows: a seed -> filled templates, alone or several after one another, with exact offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from ...labels.tags import OPENAI_LABELS
from .texts.cases import write_case
from .texts.digits import write_digits
from .texts.noise import make_messy
from .texts.segments import IGNORE, Segment, render
from .texts.template_files import load_templates, load_weights
from .texts.templates import SPLITS, Template

LABELS = OPENAI_LABELS
SOURCE = "generated"
# That another text of the same group follows; decoys are short, and have no spans to dilute.
MORE_PROBABILITY = 0.22
MORE_DECOYS_PROBABILITY = 0.6
DECOYS = ("decoy", "plain", "numbers")
ALONE = ("bare", "words")  # each text is all there is
OWN_LINES = ("table", "roster")
LONGEST = 2000  # characters, after which no other text follows


def templates_of(split: str) -> list[Template]:
    """List the templates of a split. No wording is in both.

    split (str): "train" or "held".
    RAISES (ValueError): Another split.
    """
    if split not in SPLITS:
        raise ValueError(f"Unknown split {split!r}. Choose one of: {', '.join(SPLITS)}.")
    templates = load_templates()
    learnt = {template.wording for template in templates if template.split == "train"}
    return [t for t in templates if (t.wording in learnt) == (split == "train")]


def generate(n_rows: int, seed: int, split: str) -> Iterator[dict[str, Any]]:
    """Make rows, the same ones for the same seed and version of Faker.

    n_rows (int): How many.
    split (str): "train" or "held"; no template is in both.
    RETURNS (Iterator[dict[str, Any]]): "id", "source", "language", "text", "spans" (start, end,
        label), "ignore" (start, end) and "known" (all labels). Offsets are Python characters.
    RAISES (ValueError): Another split, or no row.
    """
    if n_rows < 1:
        raise ValueError(f"The number of rows must be at least 1, but is {n_rows}.")
    by_group: dict[str, list[Template]] = defaultdict(list)
    by_language: dict[tuple[str, str], list[Template]] = defaultdict(list)
    for template in templates_of(split):
        by_group[template.group].append(template)
        by_language[template.group, template.language].append(template)
    groups = sorted(by_group)
    weights = [load_weights()[group] for group in groups]
    for i in range(n_rows):
        # a generator of its own for each row: row 7 does not depend on how long row 6 was
        rng = Random(f"{seed}/{split}/{i}")
        group = rng.choices(groups, weights)[0]
        template = rng.choice(by_group[group])
        others = by_language[group, template.language]
        segments = write_digits(rng, template.language, compose(rng, template, others))
        segments = make_messy(rng, write_case(rng, template.language, segments))
        yield make_row(f"{SOURCE}-{split}-{seed}-{i}", template.language, segments)


def compose(rng: Random, template: Template, others: Sequence[Template]) -> list[Segment]:
    """Fill a template, and at times others after it."""
    more = MORE_DECOYS_PROBABILITY if template.group in DECOYS else MORE_PROBABILITY
    segments = render(template, rng)
    if template.group in ALONE:
        return segments
    while rng.random() < more and sum(len(segment.text) for segment in segments) < LONGEST:
        # sentences run on in one line, anything longer starts anew
        in_line = "\n" not in template.text and template.group not in OWN_LINES
        template = rng.choice(others)
        in_line = in_line and "\n" not in template.text
        gap = rng.choice([" ", " ", "\n", "\n\n"] if in_line else ["\n", "\n\n"])
        segments += [Segment(gap), *render(template, rng)]
    return segments


def make_row(name: str, language: str, segments: Sequence[Segment]) -> dict[str, Any]:
    """Join segments into a text and write down where each label starts and ends."""
    spans: list[list[Any]] = []
    ignore: list[list[int]] = []
    parts: list[str] = []
    start = 0
    for segment in segments:
        end = start + len(segment.text)
        if segment.kind:
            left = start + len(segment.text) - len(segment.text.lstrip())
            right = end - (len(segment.text) - len(segment.text.rstrip()))
            if segment.kind == IGNORE and left < right:
                ignore.append([left, right])
            elif left < right:
                spans.append([left, right, segment.kind])
        parts.append(segment.text)
        start = end
    text = "".join(parts)
    return {
        "id": name,
        "source": SOURCE,
        "language": language,
        "text": text,
        "spans": spans,
        "ignore": bare_edges(text, spans, ignore),
        "known": list(LABELS),
    }


def bare_edges(
    text: str, spans: Sequence[Sequence[Any]], ignore: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Take the marks that touch a span out of what is ignored beside it.

    Of what is ignored nothing is learnt: a password would end anywhere in "user:password@host".
    """
    starts, ends = {span[0] for span in spans}, {span[1] for span in spans}
    bare = []
    for left, right in ignore:
        left += left in ends and not text[left].isalnum()
        right -= right in starts and not text[right - 1].isalnum()
        if left < right:
            bare.append([left, right])
    return bare
