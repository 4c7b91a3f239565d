"""What two pipelines make of the same texts -> where they agree, and which is the quicker."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Any, Final, cast

import numpy as np
from spacy.language import Language
from spacy.training import Example

from ..checkpoints.formats.onnx import choose_graph
from ..checkpoints.source import find_source, is_pipeline
from ..corpus.rows import Row, read_rows, to_docs
from ..learning.losses import log_softmax
from ..loading import load
from ..pipeline.names import FILTER
from ..types import CharSpan, Floats2d
from .scorer import score_spans

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
# Files of weights, in every format.
WEIGHTS: Final = (".safetensors", ".npz", ".pt", ".onnx", ".onnx.data")
BATCH: Final = 32
# How often the short text is read; the quickest time counts.
REPEATS: Final = 7
SHORT: Final = "Email annika.reyes@example.org"  # 10 pieces
SCORES: Final = ("privacy_p", "privacy_r", "privacy_f")


class TimedPipeline:
    """One of two pipelines that are compared, with the time it has taken.

    source (str): Folder or hub id.
    settings (Mapping[str, str]): Its backend and dtype; what is usual is left to a saved pipeline.
    known (Mapping[str, Any]): What else `load` is to be told: revision, sinks_unit, window,
        ignore_keys.
    RAISES (ValueError): A checkpoint without a tag head.
    """

    def __init__(
        self, source: str, settings: Mapping[str, str], known: Mapping[str, Any] = NOTHING
    ) -> None:
        start = perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that an artifact was made for MLX
            # A saved pipeline brings its own settings, and the usual ones need not be said.
            own = is_pipeline(Path(source).expanduser())
            chosen: dict[str, Any] = {
                key: value
                for key, value in settings.items()
                if value != "auto" and not (own and value == "float32")
            }
            self.nlp: Language = load(source, **chosen, **known)
        if FILTER not in self.nlp.pipe_names:
            raise ValueError(f"{source} has no tag head. Give a checkpoint that has one.")
        self.known = dict(known)
        self.source, self.seconds_to_load = source, perf_counter() - start
        self.pipe = cast(Any, self.nlp.get_pipe(FILTER))
        self.tags = self.pipe.tags
        # Also because the first pass of a backend takes longer, whoever comes first.
        self.seconds_short = min(self._time([SHORT]) for _ in range(REPEATS))
        self.seconds = 0.0

    def read(self, texts: Sequence[str]) -> list[tuple[Floats2d, set[CharSpan]]]:
        """Give the logits and the spans of each text."""
        found = []
        for at in range(0, len(texts), BATCH):
            docs = [self.nlp.make_doc(text) for text in texts[at : at + BATCH]]
            start = perf_counter()
            outputs = self.pipe.network.run(docs, self.pipe.head)
            self.seconds += perf_counter() - start
            log_probs = [log_softmax(output.logits) for output in outputs]
            batch = [doc.text for doc in docs]
            decoded = self.pipe.decode(batch, [output.pieces for output in outputs], log_probs)
            chosen = map(self.pipe.select_spans, batch, decoded)
            found += [
                (output.logits, {span._replace(score=1.0) for span in own})
                for output, own in zip(outputs, chosen, strict=True)
            ]
        return found

    def _time(self, texts: Sequence[str]) -> float:
        self.seconds = 0.0
        self.read(texts)
        return self.seconds

    def describe(self) -> dict[str, Any]:
        """Say what it is, how it runs, how large it is, and how long it took."""
        network = self.pipe.network
        runtime = getattr(network.shim, "runtime", None)
        computes = getattr(network.shim, "computes", network.settings.dtype)
        folder, revision = Path(self.source).expanduser(), self.known.get("revision")
        files = (folder if folder.is_dir() else find_source(self.source, revision)).rglob("*")
        sizes = {path: path.stat().st_size for path in files if path.is_file()}
        weights = {path: n for path, n in sizes.items() if path.name.endswith(WEIGHTS)}
        graph = choose_graph(network.shim.tensors().values(), network.settings.dtype)
        if graph is not None:  # of an export in several number types, the one that runs
            weights = {p: n for p, n in weights.items() if p.name.startswith(graph.name)}
        return {
            "source": self.source,
            "known": self.known,
            "format": "pipeline" if network.checkpoint is None else network.checkpoint.format,
            "backend": network.backend,
            "dtype": network.settings.dtype,
            "computes": computes,
            "runs": computes if runtime is None else f"{runtime.experts}: {runtime.why}",
            "bytes": sum(sizes.values()),
            "bytes_of_weights": sum(weights.values()),
            "seconds_to_load": round(self.seconds_to_load, 3),
            "seconds_short": round(self.seconds_short, 5),
            "seconds": round(self.seconds, 3),
        }


def compare(a: tuple[Floats2d, set[CharSpan]], b: tuple[Floats2d, set[CharSpan]]) -> dict[str, Any]:
    """Compare what two pipelines make of one text."""
    (logits, spans), (others, other_spans) = a, b
    gaps = np.abs(logits - others)
    return {
        "pieces": len(logits),
        "agree": int((logits.argmax(-1) == others.argmax(-1)).sum()),
        "entities": len(spans),
        "entities_of_b": len(other_spans),
        "preserved": len(spans & other_spans),
        "max_difference": float(gaps.max()) if gaps.size else 0.0,
        "mean_difference": float(gaps.mean()) if gaps.size else 0.0,
    }


def compare_on_gold(pipelines: Sequence[Language], corpus: Path, limit: float) -> dict[str, Any]:
    """Score two pipelines on the same labelled texts, strictly.

    pipelines (Sequence[Language]): The reference, and what is compared with it.
    corpus (Path): JSONL of the package's own format (see the corpus command).
    limit (float): Most recall that may be lost, 0 to 1.
    RETURNS (dict[str, Any]): Scores of both, the changes, and whether the loss is within the limit.
    RAISES (ValueError): A bad line, or no row with spans.
    """
    rows = [row for row in read_rows(corpus) if row.has_spans]
    if not rows:
        raise ValueError(f"{corpus} has no row with spans. Give labelled texts.")
    return compare_on_rows(pipelines, rows, str(corpus), limit)


def compare_on_rows(
    pipelines: Sequence[Language], rows: Sequence[Row], where: str, limit: float
) -> dict[str, Any]:
    """Score two pipelines on labelled texts that have been read. See `compare_on_gold`.

    where (str): What the texts are, for messages.
    """
    a, b = (_score(nlp, rows) for nlp in pipelines)
    if a["privacy_r"] is None:
        raise ValueError(f"{where} has no label that these checkpoints know. Map its labels.")
    loss = a["privacy_r"] - b["privacy_r"]
    return {
        "rows": len(rows),
        "a": a,
        "b": b,
        "recall_loss": loss,
        "f_change": b["privacy_f"] - a["privacy_f"],
        "max_recall_loss": limit,
        "passed": loss <= limit,
    }


def _score(nlp: Language, rows: Sequence[Row]) -> dict[str, float]:
    gold = list(to_docs(rows, nlp))
    found = nlp.pipe(doc.text for doc in gold)
    scores = score_spans(Example(doc, own) for doc, own in zip(found, gold, strict=True))
    return {name: scores[name] for name in SCORES}
