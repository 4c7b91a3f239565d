"""Labelled documents -> the transition biases and thresholds that make F-beta as high as they can.

The network reads each document once; then its log-probabilities are decoded again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
from spacy.tokens import Doc

from ..checkpoints.calibration import DEFAULT
from ..evaluate.counts import count_spans
from ..labels.transitions import NO_BIASES, TransitionBiases
from ..learning.gold import Gold, gold_of
from ..pipeline.base import batch_by_size
from ..pipeline.tagger import PrivacyFilter
from ..types import CharSpan, Floats2d, Pieces

# What a command writes if it is not told otherwise: the name of a point -> its beta.
BETAS: Final = {"balanced": 1.0, "high_recall": 2.0, "high_precision": 0.5}
# Steps of the search, in nats, and how far it goes from zero.
STEPS: Final = (2.0, 1.0, 0.5, 0.25)
FARTHEST: Final = 12.0
# Thresholds with which the search begins.
STARTS: Final = (0.0, 0.2, 0.3, 0.4)
# A threshold for a label is a guess from fewer judged spans than this.
MIN_SPANS: Final = 10
# A point that gains less than this on the tuning documents is noise.
MIN_GAIN: Final = 1e-4


class Counts(NamedTuple):
    """Spans of some documents: right, wrong, missed."""

    tp: int
    fp: int
    fn: int

    def f_beta(self, beta: float) -> float:
        """Weigh recall beta times as much as precision; 0 if nothing is right."""
        square = beta * beta
        all_ = (1 + square) * self.tp + square * self.fn + self.fp
        return (1 + square) * self.tp / all_ if self.tp else 0.0

    def to_dict(self, beta: float) -> dict[str, float]:
        """Precision, recall, F-beta and the counts themselves."""
        return {
            "precision": self.tp / max(self.tp + self.fp, 1),
            "recall": self.tp / max(self.tp + self.fn, 1),
            "f_beta": self.f_beta(beta),
            **self._asdict(),
        }


@dataclass(frozen=True)
class Emissions:
    """What the network gave for labelled documents, ready to be decoded with any biases.

    texts (list[str]): Their texts. golds (list[Gold]): What is known of them.
    pieces (list[Pieces]): Their pieces.
    log_probs (list[Floats2d]): Of the tags, in nats. Shape of each: (n_pieces, n_tags).
    """

    texts: list[str]
    golds: list[Gold]
    pieces: list[Pieces]
    log_probs: list[Floats2d]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: Iterable[int]) -> Emissions:
        """Some of the documents."""
        kept = list(rows)
        parts: list[list[Any]] = [self.texts, self.golds, self.pieces, self.log_probs]
        return Emissions(*([part[i] for i in kept] for part in parts))

    def plus(self, other: Emissions) -> Emissions:
        """These documents and others."""
        pairs: list[tuple[list[Any], list[Any]]] = [
            (self.texts, other.texts),
            (self.golds, other.golds),
            (self.pieces, other.pieces),
            (self.log_probs, other.log_probs),
        ]
        return Emissions(*(own + theirs for own, theirs in pairs))

    def split(self, share: float) -> tuple[Emissions, Emissions]:
        """Cut in two, by a hash of each text: the same text is never on both sides.

        share (float): Of the documents that come first, 0 to 1.
        """
        marks = [sha256(text.encode("utf8", "surrogatepass")).digest() for text in self.texts]
        ranked = sorted(set(marks))
        first = set(ranked[: round(share * len(ranked))])
        sides = [
            [i for i, mark in enumerate(marks) if (mark in first) is side] for side in (True, False)
        ]
        return self.take(sides[0]), self.take(sides[1])


def read_emissions(pipe: PrivacyFilter, docs: Iterable[Doc], max_docs: int = 256) -> Emissions:
    """Run the network once over every document that says something about personal data.

    pipe (PrivacyFilter): The component.
    docs (Iterable[Doc]): With gold, see `loss.gold_of`; others are passed over.
    max_docs (int): Documents in a batch; a batch of long ones is smaller.
    RAISES (ValueError): Gold with labels that the head does not have.
    """
    labels, limit = set(pipe.tags.labels), pipe.network.settings.batch_pieces
    found = Emissions([], [], [], [])
    for batch in batch_by_size(docs, max_docs=max_docs, max_tokens=limit):
        pairs = [(doc, gold) for doc in batch if (gold := gold_of(doc)) is not None]
        unknown = {label for _, gold in pairs for *_, label in gold.spans} - labels
        if unknown:
            raise ValueError(
                f"Gold has labels that the checkpoint does not: {', '.join(sorted(unknown)[:10])}. "
                f"It has: {', '.join(sorted(labels))}. Map them first (see the corpus command)."
            )
        pieces, log_probs = pipe.emissions([doc for doc, _ in pairs])
        found.texts.extend(doc.text for doc, _ in pairs)
        found.golds.extend(gold for _, gold in pairs)
        found.pieces.extend(pieces)
        found.log_probs.extend(log_probs)
    return found


@dataclass(frozen=True)
class Point:
    """An operating point as the search changes it.

    biases (TransitionBiases): Of the decoder. thresholds (Mapping): Least score, by label.
    """

    biases: TransitionBiases = NO_BIASES
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As operating_points.json holds it."""
        thresholds = dict(sorted(self.thresholds.items()))
        return {"biases": self.biases.to_dict(), "thresholds": thresholds or 0.0}


@dataclass(frozen=True)
class _Judged:
    """Spans that gold can judge, of all documents, decoded in one way.

    labels, scores, right (arrays): Of each. Shape: (n_spans,).
    n_gold (int): Spans that should be found.
    """

    labels: np.ndarray
    scores: np.ndarray
    right: np.ndarray
    n_gold: int

    def count(self, thresholds: Mapping[str, float]) -> Counts:
        """Count with the spans under the thresholds left out."""
        least = np.asarray([thresholds.get(label, 0.0) for label in self.labels], dtype=float)
        kept = self.right[self.scores >= least]
        tp = int(kept.sum())
        return Counts(tp, len(kept) - tp, self.n_gold - tp)


def measure(pipe: PrivacyFilter, emissions: Emissions, point: Point) -> Counts:
    """Count what an operating point finds: strict, all labels together.

    What gold cannot judge is left out of account, as in `scorer.score_spans`.
    """
    return _judge(pipe, emissions, point.biases).count(point.thresholds)


def _judge(pipe: PrivacyFilter, emissions: Emissions, biases: TransitionBiases) -> _Judged:
    found = pipe.decode(emissions.texts, emissions.pieces, emissions.log_probs, biases)
    rows: list[tuple[CharSpan, bool]] = []
    for gold, spans in zip(emissions.golds, found, strict=True):
        verdicts = _verdicts(gold, spans)
        rows += [(s, right) for s, right in zip(spans, verdicts, strict=True) if right is not None]
    return _Judged(
        np.asarray([span.label for span, _ in rows], dtype=object),
        np.asarray([span.score for span, _ in rows], dtype=float),
        np.asarray([right for _, right in rows], dtype=bool),
        sum(len(gold.spans) for gold in emissions.golds),
    )


def _verdicts(gold: Gold, spans: Iterable[CharSpan]) -> list[bool | None]:
    """Say of each span whether it is right; None if gold says nothing about it."""
    right, empty = set(gold.spans), replace(gold, spans=())
    # With no span in the gold, the scorer counts a span as wrong, or not at all.
    return [
        True if span[:3] in right else (False if count_spans(empty, [span]) else None)
        for span in spans
    ]


def tune(
    pipe: PrivacyFilter, emissions: Emissions, beta: float, start: Point | None = None
) -> Point:
    """Search the six biases, one at a time in ever smaller steps, then a threshold a label.

    Biases and thresholds help each other: a decoder that tags freely, with a threshold that leaves
    out what it was not sure of, is better than either alone. So the search begins several times,
    with other thresholds, and the best end counts.

    pipe (PrivacyFilter): Whose decoder is used; its network is not run.
    emissions (Emissions): The documents to tune on.
    beta (float): How many times recall counts as much as precision.
    start (Point | None): Where to begin; None for zeros.
    RETURNS (Point): At least as good on these documents as the one to begin with.
    """
    start = start or Point()
    judged: dict[TransitionBiases, _Judged] = {}

    def judge(biases: TransitionBiases) -> _Judged:
        if biases not in judged:
            judged[biases] = _judge(pipe, emissions, biases)
        return judged[biases]

    best, best_value = start, judge(start.biases).count(start.thresholds).f_beta(beta)
    for least in STARTS:
        low = dict.fromkeys(pipe.tags.labels, least) if least else {}
        thresholds = {**low, **start.thresholds}
        biases = _climb(lambda own, t=thresholds: judge(own).count(t).f_beta(beta), start.biases)  # type: ignore[misc]
        found = Point(biases, _cut(judge(biases), beta, thresholds))
        value = judge(biases).count(found.thresholds).f_beta(beta)
        if value > best_value + MIN_GAIN:
            best, best_value = found, value
    return best


def _climb(value: Callable[[TransitionBiases], float], at: TransitionBiases) -> TransitionBiases:
    """Go uphill along one bias after the other for as long as that helps."""
    best = value(at)
    for step in STEPS:
        gains = True
        while gains:
            gains = False
            for other in _neighbours(at, step):
                found = value(other)
                if found > best + MIN_GAIN:
                    at, best, gains = other, found, True
                    break
    return at


def _neighbours(at: TransitionBiases, step: float) -> Iterator[TransitionBiases]:
    for name, value in at.to_dict().items():
        for moved in (value + step, value - step):
            if abs(moved) <= FARTHEST:
                yield replace(at, **{name: moved})


def _cut(judged: _Judged, beta: float, start: Mapping[str, float]) -> dict[str, float]:
    """Choose a threshold for each label that has enough spans, again until nothing gains."""
    chosen = dict(start)
    best = judged.count(chosen).f_beta(beta)
    gains = True
    while gains:
        gains = False
        for label in dict.fromkeys(judged.labels):
            scores = np.unique(judged.scores[judged.labels == label])
            if (judged.labels == label).sum() < MIN_SPANS:
                continue
            # Between two scores, so that a span a hair away on another machine stays where it is.
            between = (scores[1:] + scores[:-1]) / 2
            grid = np.quantile(between, np.linspace(0, 1, 33)) if len(between) > 33 else between
            for least in (0.0, *(round(float(cut), 4) for cut in grid)):
                found = judged.count(chosen | {label: least}).f_beta(beta)
                if found > best + MIN_GAIN:
                    chosen, best, gains = chosen | {label: least}, found, True
    return {label: least for label, least in chosen.items() if least > 0}


def tuned_report(
    pipe: PrivacyFilter,
    halves: tuple[Emissions, Emissions],
    betas: Mapping[str, float],
    before: Point,
) -> dict[str, dict[str, Any]]:
    """Tune one point for each beta on one part of the documents, and measure it on the other.

    halves (tuple[Emissions, Emissions]): To tune on; to measure on.
    betas (Mapping[str, float]): Name of a point -> its beta.
    before (Point): What the checkpoint does by default.
    RETURNS (dict): Name -> beta, the point, and counts on the second part before and after.
    """
    first, second = halves
    report = {}
    default = measure(pipe, second, before)
    for name, beta in betas.items():
        point = tune(pipe, first, beta, before)
        after = measure(pipe, second, point)
        report[name] = {
            "beta": beta,
            "point": point.to_dict(),
            "before": default.to_dict(beta),
            "after": after.to_dict(beta),
            "gains": after.f_beta(beta) > default.f_beta(beta),
        }
    return report


def check_betas(names: Sequence[str], betas: Sequence[float]) -> dict[str, float]:
    """Pair names with betas; without any, those of `BETAS`.

    RAISES (ValueError): A name without a beta, twice the same or taken, or a bad beta.
    """
    if not names and not betas:
        return dict(BETAS)
    if DEFAULT in names or "" in names:
        raise ValueError(
            f"{DEFAULT!r} is the name of the published calibration, and a point needs a name: "
            "choose another --name."
        )
    if not betas:
        unknown = [name for name in names if name not in BETAS]
        if unknown:
            raise ValueError(
                f"{', '.join(unknown)}: say with --beta how much recall counts. Known without it: "
                f"{', '.join(f'{name} ({beta:g})' for name, beta in BETAS.items())}."
            )
        return {name: BETAS[name] for name in names}
    if len(names) != len(betas) or len(set(names)) != len(names):
        raise ValueError(
            f"{len(names)} names and {len(betas)} betas do not pair up. Give one --name and one "
            "--beta for each point, all names different."
        )
    if not all(0 < beta < 100 for beta in betas):
        raise ValueError(f"beta must be above 0 and below 100, but is {list(betas)}.")
    return dict(zip(names, betas, strict=True))
