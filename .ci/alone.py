"""Use the installed package with one backend and no other: `alone.py BACKEND OTHER...`.

Finds, sorts, saves, trains both phases and goes on from there; names the backend, mistypes one, and
runs a quantised artifact. A backend that only runs networks must refuse to train, and say who does.
OTHER are modules that must not be to be had, and that our package must not even try to import.
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TEXT = "Please write to Annika Reyes at annika.reyes@example.org before Monday."
OURS = "spacy_privacy_filter"
NEW = "Ticket ZX-4417 was closed by the late shift."
# Backends that run networks and do not train them.
RUNNERS = ("onnx",)
TOPICS = {"How do I install a printer driver?": "machines", "My knee hurts on stairs.": "bodies"}


class Watch:
    """A finder that finds nothing, and notes which of our modules tried to import OTHER."""

    def __init__(self, others: tuple[str, ...]) -> None:
        self.others = others
        self.tried: list[str] = []

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Look who asks: thinc tries what it can do without, which is no matter of ours."""
        if name.partition(".")[0] not in self.others:
            return
        frame: Any = sys._getframe(1)
        while frame is not None and _is_machinery(frame.f_globals.get("__name__", "")):
            frame = frame.f_back
        asker = frame.f_globals.get("__name__", "") if frame is not None else ""
        if asker.partition(".")[0] == OURS:  # `importlib.util` if it is asked for, not imported
            self.tried.append(f"{asker} imports {name}")


def _is_machinery(module: str) -> bool:
    return module.startswith("_frozen_importlib") or (
        module.startswith("importlib") and module != "importlib.util"
    )


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


def name_and_mistype(backend: str) -> None:
    """A backend by its name, and by one that is not there: the message must say what is."""
    import spacy

    from spacy_privacy_filter import load

    ways = (
        lambda name: load(backend=name),
        lambda name: spacy.blank("en").add_pipe("privacy_filter", config={"backend": name}),
    )
    for way in ways:
        way(backend)
        try:
            way("mxl")
        except ValueError as error:
            said = str(error)
            check("'mxl'" in said and backend in said, f"The message is: {said}")
        else:
            check(False, "A mistyped backend is taken.")


def use_a_quantised_artifact(backend: str) -> None:
    """The shipped network in 8 bits, in OpenMed's files."""
    from spacy_privacy_filter import load
    from spacy_privacy_filter.cli import app

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "artifact"
        command = ["convert", "shipped", place, "--format", "openmed-mlx", "--bits", 8]
        app([str(word) for word in [*command, "--tags-only"]], standalone_mode=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that it was made for MLX
            nlp = load(place, backend=backend)
        found = {span.label for span in nlp(TEXT)._.privacy_spans}
    check({"private_person", "private_email"} <= found, f"Labels in 8 bits: {sorted(found)}.")


def refuse_to_train() -> None:
    """Say who trains, and go on finding."""
    from thinc.api import Adam

    nlp = pipeline()
    golds = examples(nlp)
    nlp.initialize(lambda: golds)
    try:
        nlp.update(golds, sgd=Adam(0.003))
    except (ImportError, ValueError) as error:
        check("torch" in str(error), f"The message is: {error}")
    else:
        check(False, "It says that it trains.")


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
    watch = Watch(others)
    sys.meta_path.insert(0, watch)
    use_the_shipped_pipeline(backend)
    name_and_mistype(backend)
    use_a_quantised_artifact(backend)
    if backend in RUNNERS:
        refuse_to_train()
    else:
        train_phase_2(train_phase_1())
    loaded = [other for other in others if sys.modules.get(other) is not None]
    check(not loaded, f"Imported: {loaded}.")
    check(not watch.tried, f"Tried: {watch.tried}.")
    trains = "" if backend in RUNNERS else " and trains"
    sys.stdout.write(f"{backend} alone finds, sorts, saves{trains}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
