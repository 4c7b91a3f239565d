"""The paths of a training config -> an error that names the wrong one, which spaCy's does not."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from thinc.api import Config

from ..errors import WrongUseError


def check_paths(config: Config, plain: Config, overrides: Mapping[str, Any]) -> None:
    """Refuse misspelt paths and corpora that cannot be read: spaCy would name neither.

    config, plain (Config): With the overrides and without.
    RAISES (WrongUseError): A path that the config does not know, or a corpus of another format.
    RAISES (FileNotFoundError): A corpus that is not there.
    """
    known = [f"paths.{name}" for name in plain.get("paths", {})]
    for name in overrides:
        if name.startswith("paths.") and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"Did you mean --{near[0]}?" if near else f"It has: {', '.join(known)}."
            raise WrongUseError(f"The config has no setting {name!r}. {hint}")
    for name in ("train", "dev"):
        path = config.get("paths", {}).get(name)
        reader = config.get("corpora", {}).get(name, {}).get("@readers")
        if reader != "spacy.Corpus.v1" or not isinstance(path, str):
            continue
        if not Path(path).exists():
            raise FileNotFoundError(f"No such corpus: {path} (paths.{name}).")
        if Path(path).is_file() and Path(path).suffix != ".spacy":
            raise WrongUseError(
                f"paths.{name} must be a .spacy file, but is {path}. Make one: python -m spacy "
                f"privacy-filter corpus {path} {name}.spacy --lang {config['nlp']['lang']}"
            )
