"""One of two pipelines to compare: what it makes of texts, how large and how slow it is."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language

    from ..types import CharSpan, Floats2d

COMPONENT = "privacy_filter"
NOTHING: Mapping[str, Any] = MappingProxyType({})
# Files of weights, in every format.
WEIGHTS = (".safetensors", ".npz", ".pt")
BATCH = 32
# How often the short text is read; the quickest time counts.
REPEATS = 7
SHORT = "Email annika.reyes@example.org"  # 10 pieces


class Side:
    """One of the two pipelines, with the time it has taken.

    source (str): Folder or hub id.
    settings (Mapping[str, str]): Its backend and dtype; what is usual is left to a saved pipeline.
    known (Mapping[str, Any]): What else `load` is to be told: revision, sinks_unit, window,
        ignore_keys.
    RAISES (ValueError): A checkpoint without a tag head.
    """

    def __init__(
        self, source: str, settings: Mapping[str, str], known: Mapping[str, Any] = NOTHING
    ) -> None:
        from ..checkpoints.source import is_pipeline
        from ..loading import load

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
        if COMPONENT not in self.nlp.pipe_names:
            raise ValueError(f"{source} has no tag head. Give a checkpoint that has one.")
        self.known = dict(known)
        self.source, self.seconds_to_load = source, perf_counter() - start
        self.pipe = cast(Any, self.nlp.get_pipe(COMPONENT))
        self.tags = self.pipe.tags
        # Also because the first pass of a backend takes longer, whoever comes first.
        self.seconds_short = min(self._time([SHORT]) for _ in range(REPEATS))
        self.seconds = 0.0

    def read(self, texts: Sequence[str]) -> list[tuple[Floats2d, set[CharSpan]]]:
        """Give the logits and the spans of each text."""
        from ..learning.losses import log_softmax

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
        from ..checkpoints.source import find_source

        network = self.pipe.network
        runtime = getattr(network.shim, "runtime", None)
        computes = getattr(network.shim, "computes", network.settings.dtype)
        folder, revision = Path(self.source).expanduser(), self.known.get("revision")
        files = (folder if folder.is_dir() else find_source(self.source, revision)).rglob("*")
        sizes = {path: path.stat().st_size for path in files if path.is_file()}
        return {
            "source": self.source,
            "known": self.known,
            "format": "pipeline" if network.checkpoint is None else network.checkpoint.format,
            "backend": network.backend,
            "dtype": network.settings.dtype,
            "computes": computes,
            "runs": computes if runtime is None else f"{runtime.experts}: {runtime.why}",
            "bytes": sum(sizes.values()),
            "bytes_of_weights": sum(n for path, n in sizes.items() if path.suffix in WEIGHTS),
            "seconds_to_load": round(self.seconds_to_load, 3),
            "seconds_short": round(self.seconds_short, 5),
            "seconds": round(self.seconds, 3),
        }


def compare(a: tuple[Floats2d, set[CharSpan]], b: tuple[Floats2d, set[CharSpan]]) -> dict[str, Any]:
    """Compare what two pipelines make of one text."""
    import numpy as np

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
