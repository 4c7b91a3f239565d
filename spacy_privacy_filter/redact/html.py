"""A text and what was done with it -> one HTML page that shows both, with nothing from outside."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from ..types import CharSpan
from .overlaps import join_overlaps
from .result import Redaction

# Pale backgrounds on which black text has a contrast of 10:1 or more; by place in sorted labels.
COLOURS = (
    "#ffd8a8", "#b2f2bb", "#a5d8ff", "#fcc2d7", "#d0bfff", "#ffec99", "#99e9f2", "#eebefa",
    "#c3fae8", "#ffc9c9", "#d8f5a2", "#bac8ff",
)  # fmt: skip
STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.7 system-ui, sans-serif; margin: 0; color: #1a1a1a; background: #f6f6f4; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem; }
h1 { font-size: 1.3rem; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: .9rem; margin: 0 0 .5rem; color: #555; font-weight: 600; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1.5rem; }
section { background: #fff; border: 1px solid #ddd; border-radius: .5rem; padding: 1rem 1.25rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; -webkit-box-decoration-break: clone; box-decoration-break: clone;
  padding: .1em .25em; border-radius: .3em; position: relative; }
.text mark { cursor: help; }
.text mark small { font-size: .62em; font-weight: 700; letter-spacing: .02em; margin-left: .4em;
  opacity: .75; user-select: none; }
.text mark:hover::after, .text mark:focus::after { content: attr(data-tip); position: absolute;
  left: 0; top: 1.9em; background: #1a1a1a; color: #fff; font-size: .8rem; line-height: 1.4;
  padding: .25rem .5rem; border-radius: .25rem; white-space: nowrap; z-index: 1; }
.legend mark { margin-right: .5rem; white-space: nowrap; display: inline-block; font-size: .85rem; }
footer { color: #555; font-size: .85rem; }
"""


def make_page(
    text: str, spans: Sequence[CharSpan], done: Redaction, title: str, policy: str
) -> str:
    """Make a page with a text before and after, colours by label, and scores on hover.

    text (str): The source. The page holds it.
    spans (Sequence[CharSpan]): What was found in it.
    done (Redaction): What was made of it.
    title (str): Name of the text.
    policy (str): Name of the policy.
    RETURNS (str): HTML, whole in itself.
    """
    counts = Counter(span.label for span in spans)
    labels = sorted({*counts, *done.counts})
    colours = {label: COLOURS[i % len(COLOURS)] for i, label in enumerate(labels)}
    after = [
        (span.start_char, span.end_char, span.label, f"{span.operator}, score {span.score:.2f}")
        for span in done.spans
    ]
    legend = "".join(
        f'<mark style="background:{colours[label]}">{escape(label)} {counts[label]}</mark>'
        for label in labels
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1>\n"
        f'<div class="legend">{legend or "Nothing was found."}</div></header>\n<main>\n'
        f'<section><h2>Before</h2><div class="text">{_marked(text, _rows(text, spans), colours)}'
        f"</div></section>\n<section><h2>After, policy {escape(policy)}</h2>"
        f'<div class="text">{_marked(done.text, after, colours)}</div></section>\n</main>\n'
        "<footer>This page holds the personal data. It is for checking, not for handing on."
        "</footer>\n</body>\n</html>\n"
    )


def _rows(text: str, spans: Sequence[CharSpan]) -> list[tuple[int, int, str, str]]:
    """Lay out spans that may overlap: those that do are shown as one, with every score."""
    stretches = join_overlaps(spans, len(text))
    starts = [stretch.start_char for stretch in stretches]
    tips: list[list[str]] = [[] for _ in stretches]
    for span in spans:
        tips[bisect_right(starts, span.start_char) - 1].append(
            f"{span.label}, score {span.score:.2f}"
        )
    return [(*stretch, "; ".join(tip)) for stretch, tip in zip(stretches, tips, strict=True)]


def _marked(text: str, rows: Iterable[tuple[int, int, str, str]], colours: dict[str, str]) -> str:
    parts, end = [], 0
    for start, stop, label, tip in rows:
        parts.append(escape(text[end:start]))
        parts.append(
            f'<mark tabindex="0" style="background:{colours.get(label, "#eee")}" '
            f'data-tip="{escape(tip)}">{escape(text[start:stop])}'
            f"<small>{escape(label)}</small></mark>"
        )
        end = stop
    return "".join([*parts, escape(text[end:])])
