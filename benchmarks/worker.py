"""One way to run the network, in a process of its own: JSON commands in, JSON answers out.

Started by bench.py, which interleaves several of these; every one stays loaded meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

VOCABULARY = 199_000


def peak_gb() -> float:
    """Most memory that this process has had in RAM, in GB. 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e9


def draw(lengths: list[int]) -> list[np.ndarray]:
    """Random pieces, the same for everybody."""
    rng = np.random.default_rng(len(lengths) * 1000 + lengths[0])
    return [rng.integers(0, VOCABULARY, n).astype(np.int64) for n in lengths]


class Theirs:
    """transformers' class: "H" as users run it, "B" at its best."""

    def __init__(self, way: str, folder: str) -> None:
        import torch
        from transformers import AutoModelForTokenClassification

        self.torch, self.best = torch, way == "B"
        dtype = torch.bfloat16 if self.best else torch.float32
        settings = {"experts_implementation": "grouped_mm"} if self.best else {}
        self.model = AutoModelForTokenClassification.from_pretrained(
            folder, dtype=dtype, **settings
        ).eval()
        self.why = f"{dtype}, experts {getattr(self.model.config, '_experts_implementation', '')}"

    def run(self, lengths: list[int], mixed: bool) -> None:
        """Uniform batches at once; mixed ones one by one (H) or sorted, 16 at a time (B)."""
        ids = draw(lengths)
        if mixed:
            ids = sorted(ids, key=len) if self.best else ids
            step = 16 if self.best else 1
            for i in range(0, len(ids), step):
                self._batch(ids[i : i + step])
        else:
            self._batch(ids)

    def _batch(self, ids: list[np.ndarray]) -> None:
        torch = self.torch
        rows = torch.full((len(ids), max(map(len, ids))), self.model.config.pad_token_id)
        mask = torch.zeros_like(rows)
        for i, doc in enumerate(ids):
            rows[i, : len(doc)] = torch.from_numpy(doc)
            mask[i, : len(doc)] = 1
        with torch.inference_mode():
            self.model(input_ids=rows, attention_mask=mask).logits.float().numpy()


class Ours:
    """Our package, as `load` gives it, with a category head beside the tag head."""

    def __init__(self, way: str, folder: str) -> None:
        from spacy_privacy_filter import load

        os.environ["SPACY_PRIVACY_FILTER_KERNEL"] = "1" if way.startswith("kernel") else "0"
        dtype = "bfloat16" if way == "kernel" else way.removeprefix("kernel-")
        settings = {"dtype": dtype} if folder else {}
        if way.startswith("onnx"):
            settings = {"backend": "onnx", "dtype": way.removeprefix("onnx-")}
        self.nlp = load(folder or None, **settings)
        self.nlp.max_length = 10**9
        self.pipe: Any = self.nlp.get_pipe("privacy_filter")
        if "privacy_filter_textcat" not in self.nlp.pipe_names:
            textcat: Any = self.nlp.add_pipe("privacy_filter_textcat")
            textcat.cfg["categories"] = ["A", "B", "C"]
            textcat.set_head(np.zeros((3, self.pipe.network.config.width)), np.zeros(3))
        self.network = self.pipe.network
        self.network.read(draw([8]), self.pipe.head)
        shim = self.network.shim
        self.why = shim.runtime.why if hasattr(shim, "runtime") else shim.computes

    def run(self, lengths: list[int], mixed: bool) -> None:
        """Ids to logits: no order, no batch size to choose."""
        self.network.read(draw(lengths), self.pipe.head)

    def texts(self, texts: list[str], stream: bool) -> dict[str, Any]:
        """Texts to documents with entities and categories, and what the network took of it."""
        shim, inside = self.network.shim, 0.0
        predict = shim.predict

        def timed(batch: Any) -> Any:
            nonlocal inside
            start = time.perf_counter()
            hidden = predict(batch)
            inside += time.perf_counter() - start
            return hidden

        shim.predict = timed
        try:
            start = time.perf_counter()
            docs = self.nlp.pipe(texts) if stream else map(self.nlp, texts)
            n_spans = sum(len(doc._.privacy_spans) for doc in docs)
            seconds = time.perf_counter() - start
        finally:
            del shim.predict
        return {"seconds": seconds, "network": inside, "spans": n_spans}


def answer(runner: Any, command: dict[str, Any]) -> dict[str, Any]:
    """Do one thing."""
    if command["do"] == "texts":
        return runner.texts(command["texts"], command["stream"]) | {"peak_gb": peak_gb()}
    start = time.perf_counter()
    runner.run(command["lengths"], command["mixed"])
    return {"seconds": time.perf_counter() - start, "peak_gb": peak_gb()}


def main() -> None:
    """Load, say so, and answer until there is nothing more to read."""
    way, folder, n_threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    # Answers go to what was standard output; what libraries print does not.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    os.environ["OMP_NUM_THREADS"] = str(n_threads)  # for onnxruntime
    import torch

    torch.set_num_threads(n_threads)
    start = time.perf_counter()
    runner = Theirs(way, folder) if way in ("H", "B") else Ours(way, folder)
    ready = {"seconds": time.perf_counter() - start, "peak_gb": peak_gb(), "why": runner.why}
    print(json.dumps(ready), file=out, flush=True)
    for line in sys.stdin:
        try:
            result = answer(runner, json.loads(line))
        except Exception as error:
            result = {"error": type(error).__name__}
        print(json.dumps(result), file=out, flush=True)


if __name__ == "__main__":
    main()
