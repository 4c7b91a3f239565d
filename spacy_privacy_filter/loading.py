"""A checkpoint in any known format -> a pipeline with a component for every head that it has."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

FILTER: Final = "privacy_filter"
TEXTCAT: Final = "privacy_filter_textcat"
# A saved pipeline of spaCy has both.
PIPELINE: Final = ("config.cfg", "meta.json")
MLX_FORMATS: Final = ("openmed", "mlx-community")


def load(
    source: str | Path | None = None,
    *,
    lang: str = "xx",
    revision: str | None = None,
    sinks_unit: str | None = None,
    window: int | None = None,
    ignore_keys: Collection[str] = (),
    **settings: Any,
) -> Language:
    """Load a pipeline with every head that a checkpoint has.

    No code of a repository is run and no other model is ever put in its place.

    source (str | Path | None): Folder or hub id of a checkpoint in any known format, or the folder
        of a saved pipeline; None for the small pipeline that ships.
    lang (str): Language whose tokenizer cuts the texts; a saved pipeline brings its own.
    revision (str | None): Branch, tag or commit of a hub repository.
    sinks_unit (str | None), window (int | None): Conventions of the file, if the user knows better:
        the unit of the attention sinks ("log2" or "natural"), and how many pieces attention reaches
        to each side. See models/conventions.py.
    ignore_keys (Collection[str]): Unknown keys of the configuration that are harmless.
    settings (Any): Further settings of the components: backend, device, dtype, batch_pieces.
    RETURNS (Language): A pipeline whose weights are in memory.
    RAISES (FileNotFoundError): No such folder or repository. (ImportError): No backend.
    RAISES (ValueError): A checkpoint that cannot be read, or settings that a saved pipeline has.
    """
    known = {"sinks_unit": sinks_unit, "window": window, "ignore_keys": tuple(ignore_keys)}
    if _is_pipeline(source):
        if revision is not None or settings or any(known.values()):
            raise ValueError(
                f"{source} is a saved pipeline, which brings its settings. Leave the others out, "
                f"or change its config.cfg."
            )
        return spacy.load(str(source))
    if source is not None:
        settings["source"] = str(source)
    nlp = spacy.blank(lang)
    network = nlp.add_pipe(FILTER, config=settings).network  # type: ignore[attr-defined]
    network.known = {"revision": revision, **known}
    network.load()
    checkpoint = network.checkpoint
    if checkpoint.categories is not None:
        nlp.add_pipe(TEXTCAT, config=settings)
    if checkpoint.tags is None:
        nlp.remove_pipe(FILTER)
    for name in nlp.pipe_names:
        nlp.get_pipe(name).ensure_ready()  # type: ignore[attr-defined]
    if checkpoint.format in MLX_FORMATS and network.backend != "mlx":
        warnings.warn(
            f"{source} is made for MLX. It runs here on {network.backend}, from the same files, "
            f"with quantised weights expanded to float32: it needs more memory than the files "
            f"have. backend = 'mlx' runs them as they are.",
            stacklevel=2,
        )
    if not nlp.pipe_names:
        raise ValueError(
            f"{source} has neither a tag head nor a category head, so there is nothing to run. "
            f"Give a checkpoint with a head."
        )
    return nlp


def _is_pipeline(source: str | Path | None) -> bool:
    if source is None:
        return False
    folder = Path(source).expanduser()
    return all((folder / name).is_file() for name in PIPELINE)
