"""Use the installed package with one backend and no other: `alone.py BACKEND OTHER...`.

Finds, sorts, saves, trains both phases and goes on from there. OTHER are modules that must not be
to be had.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TEXT = "Please write to Annika Reyes at annika.reyes@example.org before Monday."
NEW = "Ticket ZX-4417 was closed by the late shift."
TOPICS = {"How do I install a printer driver?": "machines", "My knee hurts on stairs.": "bodies"}


def check(right: bool, what: str) -> None:
    """Stop with a message unless something holds."""
    if not right:
        raise SystemExit(what)


def examples(nlp: Any) -> list[Any]:
    """Two things to learn: a label that is new, and whom a letter is about."""
    from spacy.training import Example

    golds = [
        (NEW, {"entities": [(7, 14, "ticket")]}),
        (TEXT, {"entities": [(16, 28, "private_person"), (32, 56, "private_email")]}),
    ]
    golds += [
        (text, {"cats": {name: float(name == topic) for name in TOPICS.values()}})
        for text, topic in TOPICS.items()
    ]
    return [Example.from_dict(nlp.make_doc(text), gold) for text, gold in golds]


def pipeline(**settings: Any) -> Any:
    """The shipped network with both heads."""
    import spacy

    nlp = spacy.blank("en")
    for name in ("privacy_filter", "privacy_filter_textcat"):
        nlp.add_pipe(name, config=settings)
    return nlp


def use_the_shipped_pipeline(backend: str) -> None:
    """Entities and categories, before and after a trip to disk."""
    import spacy

    nlp = pipeline()
    doc = nlp(TEXT)
    found = {span.label for span in doc._.privacy_spans}
    check({"private_person", "private_email"} <= found, f"Labels found: {sorted(found)}.")
    check(max(doc.cats.values()) > 0.1, "No category.")
    network = nlp.get_pipe("privacy_filter").network
    check(network.backend == backend, f"The backend is {network.backend}, not {backend}.")
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        again = spacy.load(folder)(TEXT)
    check(again._.privacy_spans == doc._.privacy_spans, "A saved pipeline finds something else.")


def train_phase_1() -> Any:
    """A short training of both heads and of the network's last layer."""
    from thinc.api import Adam

    nlp = pipeline(trainable_layers=1)
    golds = examples(nlp)
    nlp.initialize(lambda: golds)
    optimizer = Adam(0.003)
    losses = [sum(nlp.update(golds, sgd=optimizer, drop=0.1).values()) for _ in range(20)]
    check(losses[-1] < 0.3 * losses[0], f"Training does not learn: {losses}.")
    labels = {span.label for span in nlp(NEW)._.privacy_spans}
    check(labels == {"ticket"}, f"Labels found after training: {sorted(labels)}.")
    return nlp


def train_phase_2(nlp: Any) -> None:
    """Features, and a head on them, by the commands."""
    import spacy

    from spacy_privacy_filter.cli import app

    with tempfile.TemporaryDirectory() as folder:
        place, rows = Path(folder) / "pipeline", Path(folder) / "rows.jsonl"
        features = Path(folder) / "features.safetensors"
        nlp.to_disk(place)
        lines = [
            {"id": str(i), "source": "t", "text": text, "cats": {t: float(t == topic) for t in ALL}}
            for i, (text, topic) in enumerate(TOPICS.items())
        ]
        rows.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
        for command in (("features", place, rows, features), ("train-head", place, features)):
            app([str(word) for word in command], standalone_mode=False)
        doc = spacy.load(place)(next(iter(TOPICS)))
    check(set(doc.cats) == set(TOPICS.values()), f"Categories: {sorted(doc.cats)}.")


ALL = tuple(TOPICS.values())


def main(backend: str, *others: str) -> None:
    """Run all of it."""
    for other in others:
        check(find_spec(other) is None, f"{other} is installed.")
    use_the_shipped_pipeline(backend)
    train_phase_2(train_phase_1())
    loaded = [other for other in others if sys.modules.get(other) is not None]
    check(not loaded, f"Imported: {loaded}.")
    sys.stdout.write(f"{backend} alone finds, sorts, saves and trains\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
