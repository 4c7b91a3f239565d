"""Documents per second of the small pipeline, Presidio and en_core_web_sm, in turns."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import mixed_texts
import torch

from spacy_privacy_filter import load


def ours() -> Callable[[list[str]], Any]:
    """Entities and categories."""
    nlp = load()
    return lambda texts: list(nlp.pipe(texts))


def spacy_small() -> Callable[[list[str]], Any]:
    """spaCy's small English pipeline, with all its components."""
    import spacy

    nlp = spacy.load("en_core_web_sm")
    return lambda texts: list(nlp.pipe(texts))


def presidio(model: str) -> Callable[[list[str]], Any]:
    """Presidio's analyser; "blank" leaves out the names that it takes from spaCy."""
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en_core_web_sm"}])
    if model == "blank":
        engine.nlp = {"en": spacy.blank("en")}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda texts: [analyzer.analyze(text, language="en") for text in texts]


# What a peer needs that `make setup` does not install.
HOW = "pip install presidio-analyzer; python -m spacy download en_core_web_sm"
PEERS: dict[str, Callable[[], Callable[[list[str]], Any]]] = {
    "small pipeline": ours,
    "en_core_web_sm": spacy_small,
    "presidio, en_core_web_sm": lambda: presidio("en_core_web_sm"),
    "presidio, patterns alone": lambda: presidio("blank"),
}


def prepare(name: str, texts: list[str]) -> Callable[[list[str]], Any] | str:
    """Load a peer and run it once; or say why it cannot be had."""
    try:
        run = PEERS[name]()
        run(texts)
    except (Exception, SystemExit) as error:
        return f"skipped ({type(error).__name__}); to have it: {HOW}"
    return run


def main() -> None:
    """Print one line of JSON: documents per second, or why a peer is not there."""
    torch.set_num_threads(int(sys.argv[1]))
    texts = mixed_texts.mixed_texts(12 if "--quick" in sys.argv else 48)
    found: dict[str, Any] = {}
    ready: dict[str, Any] = {}
    for name in PEERS:
        run = prepare(name, texts)
        (found if isinstance(run, str) else ready)[name] = run
    times: dict[str, list[float]] = {name: [] for name in ready}
    for _ in range(3):
        for name, run in ready.items():
            start = time.perf_counter()
            run(texts)
            times[name].append(time.perf_counter() - start)
    found |= {name: len(texts) / sorted(t)[1] for name, t in times.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
