"""`privacy-filter train`: `spacy train` whose killed runs can go on."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import clear_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thinc.api import Config


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
    gpu_id: Annotated[int, typer.Option("--gpu-id", "-g", help="GPU, -1 for the CPU")] = -1,
) -> None:
    """Train a pipeline. Like spacy train, with --resume after a kill.

    Settings of the config are overridden as there, for instance --paths.train corpus/train.spacy.
    """
    from spacy.cli._util import parse_config_overrides, setup_gpu, show_validation_error
    from spacy.util import load_config

    from ..training.loop import RESTART, RESUME, train

    with clear_errors():
        if not config_path.is_file():
            raise FileNotFoundError(f"No such config: {config_path}.")
        if resume and restart:
            raise ValueError("Choose one of --resume and --restart.")
        overrides = parse_config_overrides(context.args)
        setup_gpu(gpu_id)
        with show_validation_error(config_path):
            config = load_config(config_path, overrides=overrides, interpolate=False)
        _check_paths(config, load_config(config_path, interpolate=False), overrides)
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


def _check_paths(config: Config, plain: Config, overrides: Mapping[str, Any]) -> None:
    """Refuse misspelt paths and corpora that cannot be read: spaCy would name neither.

    config, plain (Config): With the overrides and without.
    RAISES (ValueError): A path that the config does not know, or a corpus of another format.
    RAISES (FileNotFoundError): A corpus that is not there.
    """
    known = [f"paths.{name}" for name in plain.get("paths", {})]
    for name in overrides:
        if name.startswith("paths.") and name not in known:
            near = get_close_matches(name, known, 1)
            said = f"Did you mean --{near[0]}?" if near else f"It has: {', '.join(known)}."
            raise ValueError(f"The config has no setting {name!r}. {said}")
    for name in ("train", "dev"):
        path = config.get("paths", {}).get(name)
        reader = config.get("corpora", {}).get(name, {}).get("@readers")
        if reader != "spacy.Corpus.v1" or not isinstance(path, str):
            continue
        if not Path(path).exists():
            raise FileNotFoundError(f"No such corpus: {path} (paths.{name}).")
        if Path(path).is_file() and Path(path).suffix != ".spacy":
            raise ValueError(
                f"paths.{name} must be a .spacy file, but is {path}. Make one: python -m spacy "
                f"privacy-filter corpus {path} {name}.spacy --lang {config['nlp']['lang']}"
            )
