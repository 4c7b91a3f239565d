"""Tiny pipelines with random weights, and what they give, for the tests of the components."""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    CATEGORY_HEAD,
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS, TagSet

# Seconds that nothing takes, however busy the machine: they end a test that hangs. What a test
# waits for is an event.
PATIENCE = 600
FILTER, TEXTCAT = "privacy_filter", "privacy_filter_textcat"
# Settings of a filter that reports what its network finds, as the published decoder does.
ALONE: dict[str, Any] = {"rules": False, "snap": None, "carry": False}
# The same sizes as `tiny_config`, as a config holds them.
SIZES = {
    "width": 32,
    "n_layers": 2,
    "n_heads": 4,
    "n_kv_heads": 2,
    "head_dim": 8,
    "n_experts": 4,
    "experts_per_piece": 2,
    "expert_width": 16,
    "window": 8,
}
TEXTS = [
    "Dear Tomasz Wilk, your appointment is on 14/02/1991. Call +1 202 555 0191 to change it.",
    "",
    "Mail leila.haddadi@example.org or write to 7 Quay Lane, Port Ardle PA2 1ZZ.\r\n\r\nThanks!",
    "   \n\t ",
    "短い文です。田中さんは東京に住んでいます。🙂🙃 Zoë 👩‍👩‍👧‍👦 said hello.",
    "One.",
    " ".join(f"Line {i}: patient {i * 7919} was seen by Dr Mbeki-Lowe." for i in range(40)),
]


def make_checkpoint(seed: int = 1, *, heads: str = "both", **sizes: int) -> Checkpoint:
    """Make a network of random weights that finds something in most texts."""
    rng = np.random.default_rng(seed)
    config = NetworkConfig(**{**SIZES, **sizes})
    shapes = backbone_shapes(config)
    tags = TagSet.from_labels(OPENAI_LABELS) if heads in ("both", "tags") else None
    categories = MULTITASK_CATEGORIES if heads in ("both", "categories") else None
    if tags is not None:
        shapes |= head_shapes(TAG_HEAD, len(tags), config.width)
    if categories is not None:
        shapes |= head_shapes(CATEGORY_HEAD, len(categories), config.width)
    tensors = {}
    for name, shape in shapes.items():
        values = rng.standard_normal(shape, dtype=np.float32)
        if name.endswith("norm.scale"):
            values = 1 + 0.1 * values
        elif name == f"{TAG_HEAD}.bias":
            values[0] += 5  # so that not every piece is personal data
        elif not name.startswith("embedding") and name.endswith("weight"):
            values *= (3 if name.startswith(TAG_HEAD) else 1) / np.sqrt(shape[1])
        tensors[name] = StoredTensor.from_float32(values, "BF16")
    return Checkpoint("native", config, tensors, tags, categories)


def write_source(folder: Path, seed: int = 1, **kwargs: Any) -> str:
    """Write such a network to a folder, and give the folder as a setting takes it."""
    write_checkpoint(folder, make_checkpoint(seed, **kwargs))
    return str(folder)


def make_nlp(source: str, names: Iterable[str] = (FILTER, TEXTCAT), lang: str = "en") -> Language:
    """Make a pipeline of ours; the first component has the source, the others share it.

    Its filter is the network alone: what random weights find is no name that could be completed.
    """
    nlp = spacy.blank(lang)
    for i, name in enumerate(names):
        own = ALONE if name == FILTER else {}
        nlp.add_pipe(name, config={"source": source, **own} if i == 0 else own)
    return nlp


def from_config(settings: dict[str, Any], name: str = FILTER) -> Language:
    """Make a pipeline with one component from a config, as `spacy train` and `spacy.load` do."""
    config = spacy.blank("en").config.copy()
    config["components"] = {name: {"factory": name, **settings}}
    config["nlp"]["pipeline"] = [name]
    return spacy.util.load_model_from_config(config, auto_fill=True)


def tagger(nlp: Language) -> Any:
    return nlp.get_pipe(FILTER)


def textcat(nlp: Language) -> Any:
    return nlp.get_pipe(TEXTCAT)


def outcome(doc: Doc) -> dict[str, Any]:
    """All that our components write into a document."""
    return {
        "exact": doc._.privacy_spans,
        "ents": [(ent.start, ent.end, ent.label_) for ent in doc.ents],
        "spans": {
            key: [(span.start, span.end, span.label_) for span in group]
            for key, group in doc.spans.items()
        },
        "scores": {key: list(group.attrs.get("scores", ())) for key, group in doc.spans.items()},
        "cats": dict(doc.cats),
    }


def outcomes(nlp: Language, texts: Iterable[str] = TEXTS) -> list[dict[str, Any]]:
    return [outcome(nlp(text)) for text in texts]


# The most that one rounding changes, as a share of the number that is rounded.
FLOAT32, BFLOAT16 = 2.0**-24, 2.0**-9


def assert_near(
    found: Any, expected: Any, roundings: float, *, size: Any = None, unit: float = FLOAT32
) -> None:
    """The same numbers, but for sums that ran in another order or in other instructions.

    No entry may differ by more than so many roundings of the largest one: an entry is often small
    because large terms cancel, and these are what is rounded. Roundings are up or down, so n of
    them one after the other are off by about sqrt(n), and two results differ by sqrt(2 n).

    roundings (float): How many. size (Any): Numbers that took part, if larger than what came out.
    unit (float): Of one rounding, by the number type.
    """
    found, expected = (np.asarray(values, np.float64) for values in (found, expected))
    size = np.abs(expected if size is None else np.asarray(size)).max(initial=0.0)
    np.testing.assert_allclose(found, expected, rtol=0, atol=roundings * unit * size)


def assert_close(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    """The same spans, and scores that differ by rounding only."""
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert [span[:3] for span in one["exact"]] == [span[:3] for span in other["exact"]]
        assert (one["ents"], one["spans"]) == (other["ents"], other["spans"])
        assert list(one["cats"]) == list(other["cats"])
        for read in (_scores, lambda row: list(row["cats"].values())):
            np.testing.assert_allclose(read(one), read(other), atol=1e-5)


def _scores(row: dict[str, Any]) -> list[float]:
    return [span.score for span in row["exact"]]


def change_weights(nlp: Language, seed: int = 5) -> None:
    """Change every weight of the backbone and of both heads, so that old ones show."""
    rng = np.random.default_rng(seed)
    seen = set()
    for _, pipe in nlp.components:
        if not hasattr(pipe, "network"):
            continue
        pipe.ensure_ready()
        if id(pipe.network) not in seen:
            seen.add(id(pipe.network))
            shim = pipe.network.shim
            for key, tensor in shim.tensors().items():
                noise = 0.2 * rng.standard_normal(tensor.shape, dtype=np.float32)
                shim.load_tensors({key: StoredTensor.from_float32(tensor.to_float32() + noise)})
        weight, bias = pipe.head.get_param("W"), pipe.head.get_param("b")
        pipe.set_head(
            weight + 0.2 * rng.standard_normal(weight.shape),
            bias + 0.2 * rng.standard_normal(bias.shape),
        )


@contextmanager
def count_passes(network: Any) -> Iterator[list[int]]:
    """Count the rows of every batch that goes through a network."""
    kind = type(network.shim)
    original, rows = kind.predict, []

    def predict(self: Any, batch: Any) -> Any:
        rows.append(len(batch))
        return original(self, batch)

    kind.predict = predict
    try:
        yield rows
    finally:
        kind.predict = original


@contextmanager
def started(command: Sequence[str], **settings: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is there no longer afterwards, however the test ends."""
    with subprocess.Popen(command, text=True, **settings) as process:
        try:
            yield process
        finally:
            process.kill()  # nothing, if it has ended


def wait_for(event: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until something has happened that a process does; fail if that ends before."""
    until = time.monotonic() + PATIENCE
    while not event():
        assert process.poll() is None, f"it ended before ({process.returncode})"
        assert time.monotonic() < until, "it hangs"
        time.sleep(0.02)


def assert_grows_linearly(run: Callable[[int], object], n: int) -> None:
    """Eight times the work takes about eight times as long, and not 64 times.

    What is measured is the time of this process alone, and a share of it: a busy or slow machine
    changes neither. A share of 8 is linear, 64 quadratic; 30 lies far from both.

    What takes next to nothing at a million leaves no doubt, and its times are those of the memory.

    run (Callable): Does work of a size. n (int): The smaller size; doubled until it takes 10 ms.
    """
    while (small := _seconds(run, n)) < 0.01:
        if n > 1_000_000:
            return
        n *= 2
    large = math.inf
    for _ in range(3):  # the best of a few, where the first leaves any doubt
        small = min(small, _seconds(run, n))
        large = min(large, _seconds(run, 8 * n))
        if large < 30 * small:
            return
    raise AssertionError(f"8 x the work takes {large / small:.0f} x as long, from a size of {n}")


def _seconds(run: Callable[[int], object], n: int) -> float:
    start = time.process_time()
    run(n)
    return time.process_time() - start
