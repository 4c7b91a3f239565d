"""A saved pipeline and features -> the same pipeline with a fresh category head.

Works on files: no network is loaded, so no backend is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ..files import hash_file
from ..pipeline.storage.pipelines import check_output, open_pipeline
from ..progress import SILENT, Progress
from .features import Features, check_fresh, read_features
from .head import Epoch, HeadSettings, fit_head, is_exclusive, match, score_head
from .head_in_pipeline import NewHead, copy_with_head, put_head


def train_head(
    pipeline: Path,
    features: Path,
    output: Path | None = None,
    *,
    dev: Path | None = None,
    corpus: Path | None = None,
    name: str | None = None,
    epochs: int | None = None,
    exclusive: bool | None = None,
    progress: Progress = SILENT,
    on_epoch: Callable[[Epoch, int], None] = lambda epoch, n_epochs: None,
    **settings: Any,
) -> None:
    """Train a category head on cached vectors, and put it into a saved pipeline.

    pipeline (Path): What `nlp.to_disk` wrote.
    features (Path): What `features.make_features` wrote, of this pipeline.
    output (Path | None): Folder for the new pipeline; None to change the one that is there.
    dev (Path | None): Features to measure on.
    corpus (Path | None): Refuse features that were not made of this file.
    name (str | None): The component with the category head, if there are several.
    epochs (int | None): Passes over the features; see `HeadSettings.for_documents`.
    exclusive (bool | None): One category a document, or any number; None as the data are.
    progress (Progress): Is told what is trained, and what the figures mean.
    on_epoch (Callable): Is given each epoch, and how many there are.
    settings (Any): learn_rate, batch_size and seed; see `HeadSettings`.
    RAISES (FileNotFoundError): No such pipeline or file. (FileExistsError): The output is no older
        pipeline. (ValueError): Features of another network or corpus, or bad settings.
    """
    saved = open_pipeline(pipeline, name)
    if output is not None:
        check_output(output, pipeline, features, dev, corpus)
    learnt = read_features(features)
    check_fresh(learnt, backbone=saved.backbone, data=None if corpus is None else hash_file(corpus))
    one = is_exclusive(learnt) if exclusive is None else exclusive
    how = HeadSettings.for_documents(len(learnt), epochs, exclusive=one, **settings)
    progress.say(
        f"{len(learnt):,} documents, {len(learnt.categories)} "
        f"{'exclusive' if one else 'independent'} categories"
    )
    measured = None if dev is None else match(learnt, read_features(dev))
    if measured is not None:
        progress.say(explain_accuracy(measured, one, is_exclusive(measured)))
    head = fit_head(learnt, how, measured, lambda epoch: on_epoch(epoch, how.epochs))
    scores = {} if measured is None else score_head(head, measured, one, saved.threshold)
    new = NewHead(head.weight, head.bias, learnt.categories, one, scores)
    if output is None:
        put_head(saved, new)
    else:
        copy_with_head(saved, output, new)


def explain_accuracy(dev: Features, one: bool, one_in_dev: bool) -> str:
    """Say what the accuracy means, and where the dev features are not like the head.

    one, one_in_dev (bool): Whether categories exclude each other: of the head, in the features.
    """
    what = "documents whose likeliest category is right" if one else "right yes-or-no decisions"
    lines = [f"Dev accuracy: of {len(dev):,} documents, the share of {what}"]
    seen = np.nanmax(dev.targets, axis=0, initial=0) > 0
    if lacking := [name for name, is_seen in zip(dev.categories, seen, strict=True) if not is_seen]:
        lines.append(f"Note: it says little of what no dev document is about: {', '.join(lacking)}")
    if one and not one_in_dev:
        lines.append(
            "Note: dev documents have no category, several or shares of them, but the head chooses "
            "one: right is the first of the highest"
        )
    elif one_in_dev and not one:
        lines.append(
            "Note: dev documents have exactly one category each, but the head decides on each "
            "category apart"
        )
    return "\n".join(lines)
