"""`privacy-filter train-head`: pooled vectors -> a fresh category head in a saved pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...progress import Progress
from .. import options
from ..common import clear_errors

if TYPE_CHECKING:
    from ...training.head import Epoch

N_SHOWN: Final = 50  # epochs, about


class Printed(Progress):
    """Prints what is said to standard output: it is what the command is asked for."""

    def say(self, message: str) -> None:
        """Print a line."""
        typer.echo(message)


def train_head_cli(
    pipeline: options.Pipeline,
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
    with clear_errors():
        from ...training.saved_head import train_head

        train_head(
            pipeline, features, output, dev=dev, corpus=corpus, name=name, epochs=epochs,
            exclusive=exclusive, learn_rate=learn_rate, batch_size=batch_size, seed=seed,
            progress=Printed(), on_epoch=_show_epoch,
        )  # fmt: skip
    typer.echo(f"Put the head into {output or pipeline}")


def _show_epoch(epoch: Epoch, n_epochs: int) -> None:
    """Print a line for some epochs, the first and the last among them."""
    if epoch.number not in (1, n_epochs) and epoch.number % -(-n_epochs // N_SHOWN):
        return
    line = f"epoch {epoch.number:>3}  loss {epoch.loss:.4f}  {epoch.seconds:.2f} s"
    if epoch.accuracy is not None:
        line += f"  dev accuracy {epoch.accuracy:.4f}"
    typer.echo(line)
