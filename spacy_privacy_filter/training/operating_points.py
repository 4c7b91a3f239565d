"""Labelled texts -> operating points beside the weights of a checkpoint or a saved pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import srsly
from spacy.language import Language

from ..checkpoints.calibration import POINTS, check_points, read_points, write_points
from ..checkpoints.registry import find_format
from ..corpus.readers import read_docs
from ..files import write_atomically
from ..labels.transitions import TransitionBiases
from ..loading import load
from ..pipeline.storage.components import read_object
from ..pipeline.storage.pipelines import CONFIG
from ..pipeline.tagger import PrivacyFilter
from .tuning import Point, check_betas, read_emissions, tuned_report

# With fewer on a side, a figure says nothing.
MIN_DOCS: Final = 5


def tune_points(
    target: Path,
    gold: Path,
    names: Sequence[str] = (),
    betas: Sequence[float] = (),
    share: float = 0.5,
    *,
    component: str | None = None,
    form: str | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """Tune operating points on one part of the texts, and write those that gain on the other.

    target (Path): Folder of a checkpoint or of a saved pipeline; points by other names stay.
    gold (Path): Labelled texts, in any format that the readers know.
    names (Sequence[str]): Of the points; empty for those of `tuning.BETAS`.
    betas (Sequence[float]): How many times recall counts as much as precision; one a name.
    share (float): Of the texts to tune on, 0 to 1; the rest measures.
    component (str | None): Of a pipeline, if it has several filters.
    form (str | None): Format of the gold; None to recognise it.
    force (bool): Also write points that gain nothing.
    RETURNS (dict[str, Any]): Counts of documents, the file, and the points with their figures.
    RAISES (FileNotFoundError): No such folder.
    RAISES (ValueError): No labelled texts, labels that the head does not have, or bad settings.
    """
    wanted = check_betas(names, betas)
    nlp, pipe = _open(target, component)
    if pipe.settings.decode != "viterbi":
        raise ValueError(
            f"{pipe.name!r} has decode = {pipe.settings.decode!r}, which uses no transition "
            "biases. Set it to 'viterbi'."
        )
    emissions = read_emissions(pipe, read_docs(gold, nlp, form))
    first, second = emissions.split(share)
    if min(len(first), len(second)) < MIN_DOCS or not any(g.spans for g in second.golds):
        raise ValueError(
            f"{gold} has {len(emissions)} texts that say something about personal data; cut in two "
            f"they are too few to tune and to measure. Give at least {2 * MIN_DOCS}, with spans."
        )
    before = Point(TransitionBiases.from_dict(pipe.cfg["biases"] or {}, partial=True))
    points = tuned_report(pipe, (first, second), wanted, before)
    for row in points.values():
        row["written"] = force or row["gains"]
    written = {name: row["point"] for name, row in points.items() if row["written"]}
    path = _write(target, pipe.name, written)
    return {
        "tuned_on": len(first),
        "measured_on": len(second),
        "file": str(path),
        "points": points,
    }


def _open(target: Path, component: str | None) -> tuple[Language, PrivacyFilter]:
    """Load the filter whose points are tuned."""
    if not target.is_dir():
        raise FileNotFoundError(
            f"No folder {target}. Points are written beside the weights: give a checkpoint's or a "
            "pipeline's own folder (convert SRC DST copies a repository of the hub to one)."
        )
    nlp = load(target)
    found = {name: pipe for name, pipe in nlp.components if isinstance(pipe, PrivacyFilter)}
    if component is None and len(found) > 1:
        raise ValueError(f"Several filters: {', '.join(found)}. Choose one with --component.")
    chosen = component or next(iter(found), "")
    if chosen not in found:
        raise ValueError(
            f"{target} has no filter {chosen!r}. It has: {', '.join(found) or 'none'}."
        )
    return nlp, found[chosen]


def _write(target: Path, component: str, points: Mapping[str, Any]) -> Path:
    """Put points where the weights are read from: others stay, and the file changes at once."""
    if not (target / CONFIG).is_file():
        _, folder = find_format(target)
        write_points(folder, {**read_points(folder), **points})
        return folder / POINTS
    path = target / component / "cfg"
    values = read_object(path)
    values["points"] = {**(values.get("points") or {}), **check_points(points, "the result")}
    write_atomically(path, srsly.json_dumps(values, indent=2).encode())
    return path
