"""Does this export still find what its source finds? `python verify.py`

Needs onnxruntime, tokenizers and numpy, and nothing else: it stands beside the models in an
exported folder, with `verify.json`, which says what the source made of texts of invented people.
Exit code 1 where a model fails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

# Largest logit drift, share of pieces with another best tag, share of texts with the same spans.
# None: is shown, and does not decide. Spans here follow the best tags one by one, without the
# decoder, which mends most of what 4 bits change.
LIMITS: dict[str, tuple[float | None, float, float]] = {
    "model.onnx": (1e-4, 0.0, 1.0),
    "model_fp16.onnx": (None, 0.005, 0.99),
    "model_int8.onnx": (None, 0.005, 0.99),
    "model_q4.onnx": (None, 0.02, 0.9),
}


def check_hash(path: Path) -> bool | None:
    """Compare a file with its hash. RETURNS (bool | None): None if there is no hash."""
    note = path.with_name(path.name + ".sha256")
    if not note.is_file():
        return None
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return note.read_text().split()[0] == digest.hexdigest()


def spans_of(tags: np.ndarray, labels: list[str]) -> set[tuple[int, int, str]]:
    """Read spans off the best tags: (first piece, one past the last, label)."""
    spans: list[tuple[int, int, str]] = []
    is_open = False
    for i, tag in enumerate(tags.tolist()):
        prefix, _, label = labels[tag].partition("-")
        if prefix == "O":
            is_open = False
        elif is_open and prefix in "IE" and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], i + 1, label)
            is_open = prefix != "E"
        else:
            spans.append((i, i + 1, label))
            is_open = prefix in "BI"
    return set(spans)


def feed(session: Any, ids: np.ndarray) -> dict[str, np.ndarray]:
    """Give one text as a model takes it: padded rows, or packed pieces."""
    if "input_ids" in {value.name for value in session.get_inputs()}:
        return {"input_ids": ids[None], "attention_mask": np.ones_like(ids)[None]}
    return {"ids": ids, "positions": np.arange(len(ids)), "segments": np.zeros_like(ids)}


def verify(path: Path, reference: dict[str, Any], tokenizer: Tokenizer) -> dict[str, Any]:
    """Run one model over all texts, and count what differs."""
    start = time.perf_counter()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    loaded = time.perf_counter() - start
    drift, n_other, n_pieces, n_same, seconds = 0.0, 0, 0, 0, 0.0
    for row in reference["texts"]:
        ids = np.array(tokenizer.encode(row["text"], add_special_tokens=False).ids, np.int64)
        if ids.tolist() != row["ids"]:
            raise SystemExit(f"tokenizer.json cuts {row['name']!r} into other pieces")
        start = time.perf_counter()
        logits = session.run(["logits"], feed(session, ids))[0].reshape(len(ids), -1)
        seconds += time.perf_counter() - start
        tags, expected = logits.argmax(-1), np.array(row["tags"])
        if "logits" in row:
            drift = max(drift, float(np.abs(logits - np.array(row["logits"])).max()))
        n_pieces, n_other = n_pieces + len(ids), n_other + int((tags != expected).sum())
        labels = reference["labels"]
        n_same += spans_of(tags, labels) == spans_of(expected, labels)
    files = (path, path.with_name(path.name + ".data"))
    n_bytes = sum(file.stat().st_size for file in files if file.exists())
    n_texts = len(reference["texts"])
    largest, other, same = LIMITS.get(path.name, LIMITS["model_q4.onnx"])
    passed = (
        check_hash(path) is not False
        and (largest is None or drift < largest)
        and n_other / n_pieces <= other
        and n_same / n_texts >= same
    )
    return {
        "model": path.name,
        "MB": f"{n_bytes / 1e6:.1f}",
        "hash": {True: "ok", False: "WRONG", None: "none"}[check_hash(path)],
        "logit drift": f"{drift:.2e}",
        "other best tag": f"{n_other} / {n_pieces} ({n_other / n_pieces:.3%})",
        "same spans": f"{n_same} / {n_texts} ({n_same / n_texts:.1%})",
        "load s": f"{loaded:.2f}",
        "pieces/s": f"{n_pieces / seconds:,.0f}",
        "passed": "yes" if passed else "NO",
    }


def main() -> None:
    """Verify the models that are named, or all that lie beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", action="append", type=Path, help="one of several; else all")
    folder = Path(__file__).parent
    chosen = parser.parse_args().model or sorted(folder.glob("model*.onnx"))
    if not chosen:
        raise SystemExit(f"No model in {folder}.")
    reference = json.loads((folder / "verify.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = [verify(path, reference, tokenizer) for path in chosen]
    for cells in (list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)):
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
    if any(row["passed"] != "yes" for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
