"""`privacy-filter features` and `train-head`: pooled vectors once, then a category head on them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import numpy as np
import typer

from .common import clear_errors

if TYPE_CHECKING:
    from ..training.features import Features
    from ..training.head import Epoch

N_SHOWN: Final = 50  # epochs, about


def features_cli(
    pipeline: Annotated[Path, typer.Argument(help="Folder of a saved pipeline")],
    corpus: Annotated[
        Path, typer.Argument(help="Texts with categories: .spacy, .jsonl, .jsonl.gz")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="A .safetensors file to write")],
    batch_size: Annotated[int, typer.Option(min=1, help="Documents in a batch")] = 256,
    gpu_id: Annotated[int, typer.Option(help="GPU to use, -1 for the CPU")] = -1,
) -> None:
    """Compute the pooled vectors of a corpus once, for train-head.

    A file that is there is kept if it was made of the same network and corpus, else replaced.
    """
    import spacy
    from rich.console import Console
    from rich.progress import Progress
    from thinc.api import require_gpu

    from ..corpus.readers import read_docs
    from ..pipeline.saved_pipelines import open_pipeline
    from ..training.features import compute_features, fingerprint_file, is_fresh, write_features

    with clear_errors():
        if gpu_id >= 0:
            require_gpu(gpu_id)
        if not corpus.is_file():
            raise FileNotFoundError(f"No such corpus file: {corpus}.")
        data = fingerprint_file(corpus)
        if is_fresh(output, open_pipeline(pipeline).backbone, data):
            typer.echo(f"{output} is up to date")
            return
        nlp = spacy.load(pipeline)
        with Progress(console=Console(stderr=True), transient=True) as progress:
            docs = progress.track(read_docs(corpus, nlp), total=None, description="Documents")
            features = compute_features(nlp, docs, data=data, batch_docs=batch_size)
        write_features(output, features)
    typer.echo(
        f"Wrote {len(features):,} vectors of {features.pooled.shape[1]} numbers, "
        f"{len(features.categories)} categories, to {output}"
    )


def train_head_cli(
    pipeline: Annotated[Path, typer.Argument(help="Folder of a saved pipeline")],
    features: Annotated[Path, typer.Argument(help="What the features command wrote")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the new pipeline  [default: in place]"),
    ] = None,
    dev: Annotated[Path | None, typer.Option(help="Features to measure on")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Refuse features that were not made of this file")
    ] = None,
    epochs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Passes over the features  [default: 10, or more for 1,000 updates]"
        ),
    ] = None,
    learn_rate: Annotated[float, typer.Option(help="At the start; cosine decay to 0")] = 1e-3,
    batch_size: Annotated[int, typer.Option(min=1, help="Documents in an update")] = 64,
    exclusive: Annotated[
        bool | None,
        typer.Option(
            "--exclusive/--independent",
            help="One category a document, or any number  [default: as the data are]",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the order of the documents")] = 0,
    name: Annotated[str | None, typer.Option(help="Component, if there are several")] = None,
) -> None:
    """Train a fresh category head on cached vectors, and put it into the pipeline.

    The categories are those of the features. Nothing but the category head changes.
    """
    from ..pipeline.saved_pipelines import check_output, open_pipeline
    from ..training.features import check_fresh, fingerprint_file, read_features
    from ..training.head import HeadSettings, fit_head, is_exclusive, match, score_head
    from ..training.head_in_pipeline import copy_with_head, put_head

    with clear_errors():
        saved = open_pipeline(pipeline, name)
        if output is not None:
            check_output(output, pipeline, features, dev, corpus)
        found = read_features(features)
        check_fresh(
            found,
            backbone=saved.backbone,
            data=None if corpus is None else fingerprint_file(corpus),
        )
        one = is_exclusive(found) if exclusive is None else exclusive
        settings = HeadSettings.for_documents(
            len(found), epochs, learn_rate=learn_rate, batch_size=batch_size,
            exclusive=one, seed=seed,
        )  # fmt: skip
        typer.echo(
            f"{len(found):,} documents, {len(found.categories)} "
            f"{'exclusive' if one else 'independent'} categories"
        )
        measured = None if dev is None else match(found, read_features(dev))
        if measured is not None:
            typer.echo(_what_is_measured(measured, one, is_exclusive(measured)))
        head = fit_head(found, settings, measured, on_epoch=partial(_show, settings.epochs))
        scores = {} if measured is None else score_head(head, measured, one, saved.threshold)
        if output is None:
            put_head(saved, head, list(found.categories), one, scores)
        else:
            copy_with_head(saved, output, head, list(found.categories), one, scores)
    typer.echo(f"Put the head into {output or pipeline}")


def checkpoint_cli(
    pipeline: Annotated[Path, typer.Argument(help="Folder of a saved pipeline")],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write")],
) -> None:
    """Write the network and the heads of a pipeline as one checkpoint, to train on from there.

    Give OUT as `source` of a component or of configs/finetune.cfg.
    """
    from ..checkpoints.registry import NATIVE_CONFIG, write_checkpoint
    from ..files import check_folder
    from ..training.checkpoint import read_pipeline

    with clear_errors():
        check_folder(output, (NATIVE_CONFIG,), "a checkpoint of this package", [pipeline])
        write_checkpoint(output, read_pipeline(pipeline))
    typer.echo(f"Wrote {output}")


def _what_is_measured(dev: Features, one: bool, one_in_dev: bool) -> str:
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


def _show(n_epochs: int, epoch: Epoch) -> None:
    if epoch.number not in (1, n_epochs) and epoch.number % -(-n_epochs // N_SHOWN):
        return
    line = f"epoch {epoch.number:>3}  loss {epoch.loss:.4f}  {epoch.seconds:.2f} s"
    if epoch.accuracy is not None:
        line += f"  dev accuracy {epoch.accuracy:.4f}"
    typer.echo(line)
