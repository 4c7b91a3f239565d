"""`privacy-filter train`: `spacy train` whose killed runs can go on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors


def train_cli(
    context: typer.Context,
    config_path: Annotated[Path, typer.Argument(metavar="CONFIG", help="Path to a config file")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pipelines")],
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was stopped, if there is one")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Drop the run that was stopped")
    ] = False,
    gpu_id: options.Gpu = -1,
) -> None:
    """Train a pipeline. Like spacy train, with --resume after a kill.

    Settings of the config are overridden as there, for instance --paths.train corpus/train.spacy.
    """
    from spacy.cli._util import parse_config_overrides, setup_gpu, show_validation_error
    from spacy.util import load_config

    with clear_errors():
        from ...training.config_paths import check_paths
        from ...training.loop import RESTART, RESUME, train

        if not config_path.is_file():
            raise FileNotFoundError(f"No such config: {config_path}.")
        if resume and restart:
            raise ValueError("Choose one of --resume and --restart.")
        overrides = parse_config_overrides(context.args)
        setup_gpu(gpu_id)
        with show_validation_error(config_path):
            config = load_config(config_path, overrides=overrides, interpolate=False)
        check_paths(config, load_config(config_path, interpolate=False), overrides)
        existing = RESUME if resume else RESTART if restart else None
        last = train(
            config,
            output,
            existing=existing,
            use_gpu=gpu_id,
            stdout=sys.stdout,
            stderr=sys.stderr,
        )
    typer.echo(f"The last pipeline is in {last}")
