"""A report of `verify` -> the table of a model card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def make_card(report: Mapping[str, Any]) -> str:
    """Write a report as a table for a model card, in Markdown."""
    a, b = report["a"], report["b"]
    smaller = b["bytes_of_weights"] / max(a["bytes_of_weights"], 1) - 1
    faster = a["seconds_short"] / max(b["seconds_short"], 1e-9)
    n = report["texts"]
    preserved = f"{report['entities_preserved']:.2%} of {report['entities']:,}"
    rows = [
        ("Weights", _megabytes(a), f"{_megabytes(b)} ({smaller:+.0%})"),
        ("Backend, number type", *(f"{s['backend']}, {s['computes']}" for s in (a, b))),
        ("Forward pass (10-piece sample)", _milliseconds(a), f"{_milliseconds(b)} ({faster:.2f}×)"),
        ("Forward passes of all samples", *(f"{s['seconds']:.2f} s" for s in (a, b))),
        (
            f"Argmax agreement ({report['pieces']:,} pieces)",
            "(reference)",
            f"{report['agreement']:.3%}; all pieces of {report['texts_agreeing']:,} of {n:,}",
        ),
        (
            "Entity-group preservation",
            "(reference)",
            f"{preserved}; identical on {report['texts_preserved']:,} of {n:,}",
        ),
        (
            "Logit difference",
            "(reference)",
            f"mean {report['mean_difference']:.2g}, largest {report['max_difference']:.2g}",
        ),
    ]
    rows += [
        ("Load time", *(f"{side['seconds_to_load']:.2f} s" for side in (a, b))),
        *_verdicts(report),
    ]
    head = ("", a["source"], b["source"])
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * 3, *rows))


def _verdicts(report: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Say of an export what its recall is, and whether it keeps the limits of its number type."""
    rows = []
    if "limits" in report and "gold" in report:
        a, b = (f"{report['gold'][side]['privacy_r']:.4f}" for side in "ab")
        rows.append((f"Recall on {report['gold']['rows']} labelled texts", a, b))
    for line in report.get("limits", ()):
        limit = "any" if line["limit"] is None else f"{line['limit']:g}"
        verdict = "passed" if line["passed"] else "**failed**"
        rows.append((f"Limit: {line['what']}", limit, f"{line['found']:.3g}: {verdict}"))
    return rows


def _megabytes(side: Mapping[str, Any]) -> str:
    return f"{side['bytes_of_weights'] / 1e6:.1f} MB"


def _milliseconds(side: Mapping[str, Any]) -> str:
    return f"{side['seconds_short'] * 1e3:.1f} ms"
