"""Two checkpoints and some texts -> whether they find the same. Numbers only, never a text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..export.battery import SAMPLES, read_battery
from .agreement import TimedPipeline, compare, compare_on_gold, compare_on_rows
from .exports import LIMITS, find_export_type, judge

MAX_BYTES: Final = 64 << 20


def verify(
    a: TimedPipeline,
    b: TimedPipeline,
    texts: Mapping[str, str],
    min_agreement: float = 0.99,
    *,
    gold: Path | None = None,
    max_recall_loss: float = 0.005,
) -> dict[str, Any]:
    """Compare two checkpoints.

    a, b (TimedPipeline): The reference, and what is compared with it.
    texts (Mapping[str, str]): What both read, by name.
    min_agreement (float): Least share of pieces with the same best tag, 0 to 1.
    gold (Path | None): Labelled texts on which spans are compared, too.
    max_recall_loss (float): Most recall that `b` may lose on them, 0 to 1.
    RETURNS (dict[str, Any]): Sums, and the same numbers for each text; with labelled texts also
        "gold", see `agreement.compare_on_gold`.
    RAISES (ValueError): Two checkpoints with different tags, or gold that cannot be read.
    """
    if a.tags != b.tags:
        raise ValueError(
            f"The heads have different tags ({len(a.tags)} and {len(b.tags)}), so their logits "
            f"cannot be compared. Give two checkpoints of the same labels."
        )
    readings = [pipeline.read(list(texts.values())) for pipeline in (a, b)]
    samples = [
        {"name": name} | compare(one, other)
        for name, one, other in zip(texts, *readings, strict=True)
    ]
    n_pieces = sum(sample["pieces"] for sample in samples)
    n_agree = sum(sample["agree"] for sample in samples)
    n_spans = sum(sample["entities"] for sample in samples)
    kept = sum(sample["preserved"] for sample in samples)
    weighted = sum(sample["mean_difference"] * sample["pieces"] for sample in samples)
    agreement = n_agree / n_pieces if n_pieces else 1.0
    report: dict[str, Any] = {
        "a": a.describe(),
        "b": b.describe(),
        "texts": len(samples),
        "texts_agreeing": sum(sample["agree"] == sample["pieces"] for sample in samples),
        "texts_preserved": sum(
            sample["preserved"] == sample["entities"] == sample["entities_of_b"]
            for sample in samples
        ),
        "pieces": n_pieces,
        "agreement": agreement,
        "entities": n_spans,
        "entities_of_b": sum(sample["entities_of_b"] for sample in samples),
        "entities_preserved": kept / n_spans if n_spans else 1.0,
        "max_difference": max((s["max_difference"] for s in samples), default=0.0),
        "mean_difference": weighted / n_pieces if n_pieces else 0.0,
        "min_agreement": min_agreement,
        "passed": agreement >= min_agreement,
        "samples": samples,
    }
    if gold is not None:
        report["gold"] = compare_on_gold((a.nlp, b.nlp), gold, max_recall_loss)
    return report


def verify_export(
    a: TimedPipeline,
    b: TimedPipeline,
    texts: Mapping[str, str] | None = None,
    min_agreement: float = 0.99,
    *,
    gold: Path | None = None,
    max_recall_loss: float = 0.005,
) -> dict[str, Any]:
    """Compare an export with its source: on the battery, unless other texts are given.

    a, b (TimedPipeline): The source and the export.
    texts, min_agreement, gold, max_recall_loss: As in `verify`.
    RETURNS (dict[str, Any]): As `verify`, with "limits" of the export's number type, which it must
        keep to pass; without them if `b` is no export.
    """
    dtype = find_export_type(b)
    battery = {row.id: row.text for row in read_battery()} if dtype and texts is None else {}
    chosen = SAMPLES | battery if texts is None else texts
    report = verify(a, b, chosen, min_agreement, gold=gold, max_recall_loss=max_recall_loss)
    if dtype is None:
        return report
    if battery and gold is None and {tag[2:] for tag in a.tags.names} & _labels_of_battery():
        rows = read_battery()
        report["gold"] = compare_on_rows((a.nlp, b.nlp), rows, "the battery", LIMITS[dtype].lost)
    report["limits"] = judge(report, dtype)
    report["passed"] = report["passed"] and all(line["passed"] for line in report["limits"])
    return report


def _labels_of_battery() -> set[str]:
    return {label for row in read_battery() for _, _, label in row.spans}


def read_texts(path: Path) -> dict[str, str]:
    """Read the texts to compare on. A message about a bad line names the line, never its text.

    RETURNS (dict[str, str]): Texts by name: the number of the line, or what a sample holds.
    RAISES (ValueError): No text, not UTF-8, or a line of JSONL without "text".
    """
    packed = path.suffix == ".gz"
    with gzip.open(path) if packed else path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError(f"{path} is longer than {MAX_BYTES} bytes. Take a sample of it.")
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text. Convert it first.") from None
    texts = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if ".jsonl" in path.suffixes:
            line = _text_of(line, f"Line {number} of {path}")
        texts[str(number)] = line
    if not texts:
        raise ValueError(f"{path} holds no text. Give a file with one text a line, or JSONL.")
    return texts


def _text_of(line: str, where: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, TypeError, KeyError):
        text = None
    if not isinstance(text, str):
        raise ValueError(f'{where} is not a JSON object with a string as its "text".')
    return text
