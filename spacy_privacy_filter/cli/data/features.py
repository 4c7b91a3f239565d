"""`privacy-filter features`: labelled texts -> their pooled vectors, computed once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors
from ..terminal import TerminalProgress


def features_cli(
    pipeline: options.Pipeline,
    corpus: Annotated[
        Path, typer.Argument(help="Texts with categories: .spacy, .jsonl, .jsonl.gz")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="A .safetensors file to write")],
    batch_size: Annotated[int, typer.Option(min=1, help="Documents in a batch")] = 256,
    gpu_id: options.Gpu = -1,
) -> None:
    """Compute the pooled vectors of a corpus once, for train-head.

    A file that is there is kept if it was made of the same network and corpus, else replaced.
    """
    with clear_errors():
        from thinc.api import require_gpu

        from ...training.features import make_features

        if gpu_id >= 0:
            require_gpu(gpu_id)
        features = make_features(
            pipeline, corpus, output, batch_docs=batch_size, progress=TerminalProgress()
        )
    if features is None:
        typer.echo(f"{output} is up to date")
        return
    typer.echo(
        f"Wrote {len(features):,} vectors of {features.pooled.shape[1]} numbers, "
        f"{len(features.categories)} categories, to {output}"
    )
