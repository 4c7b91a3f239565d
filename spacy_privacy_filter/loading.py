"""A checkpoint in any known format -> a pipeline with a component for every head that it has."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from .checkpoints.checkpoint import ReadOptions
from .checkpoints.source import SHIPPED, find_source, is_pipeline, read_card
from .pipeline.annotations import get_privacy_spans
from .pipeline.names import FILTER, RULES, TEXTCAT
from .pipeline.tagger import PrivacyFilter
from .pipeline.tagger_settings import FORWARD, PUBLISHED, WORD, TaggerSettings
from .rules.carry_rows import carry_rows
from .rules.patterns.files import read_patterns
from .types import CharSpan

ANY_LENGTH: Final = 2**63 - 1
NO_SETTINGS: Final[Mapping[str, Any]] = {}
MLX_FORMATS: Final = ("openmed", "mlx-community")
# Settings that change no result, so that what was measured still holds.
NEUTRAL: Final = frozenset(("source", "backend", "device", "window", "batch_pieces"))
EXPANDED: Final = (
    ", with quantised weights expanded to float32: it needs more memory than the files have"
)


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

    source (str | Path | None): Folder or hub id of a checkpoint in any known format, or of a saved
        pipeline; None for the small pipeline that ships. Of a pipeline on a hub nothing is run but
        what its config names among the registered functions of packages that are installed here.
    lang (str): Language whose tokenizer cuts the texts; a saved pipeline brings its own.
    revision (str | None): Branch, tag or commit of a hub repository.
    sinks_unit (str | None), window (int | None): Conventions of the file, if the user knows better:
        the unit of the attention sinks ("log2" or "natural"), and how many pieces attention reaches
        to each side. See checkpoints/conventions.py.
    ignore_keys (Collection[str]): Unknown keys of the configuration that are harmless.
    settings (Any): Further settings of the components: backend, device, dtype, batch_pieces,
        operating_point, thresholds and others; see `nlp.add_pipe`. `patterns` may be a file.
        In a saved pipeline they go before its own.
    RETURNS (Language): A pipeline whose weights are in memory.
    RAISES (FileNotFoundError): No such folder or repository. (ImportError): No backend.
    RAISES (ValueError): A checkpoint that cannot be read, settings that no component has, or
        conventions for a saved pipeline, which settled them when it was made.
    """
    known = {"sinks_unit": sinks_unit, "window": window, "ignore_keys": tuple(ignore_keys)}
    settings = _read_file(settings)
    folder = find_source(None if source is None else str(source), revision)
    if is_pipeline(folder):
        if any(known.values()):
            raise ValueError(
                f"{source} is a saved pipeline, which knows its sinks_unit, window and keys. Leave "
                "them out."
            )
        return spacy.load(folder, config=_overrides(folder, settings))
    nlp = spacy.blank(lang)
    _refuse_unknown(nlp, (FILTER, TEXTCAT), settings, "load")
    if source is not None:
        settings["source"] = str(source)
    network = nlp.add_pipe(FILTER, config=_of(nlp, FILTER, settings)).network  # type: ignore[attr-defined]
    network.load(folder, ReadOptions(tuple(ignore_keys), sinks_unit, window))
    checkpoint = network.checkpoint
    if checkpoint.categories is not None:
        nlp.add_pipe(TEXTCAT, config=_of(nlp, TEXTCAT, settings))
    if checkpoint.tags is None:
        nlp.remove_pipe(FILTER)
    if not nlp.pipe_names:
        raise ValueError(
            f"{source} has neither a tag head nor a category head, so there is nothing to run. "
            f"Give a checkpoint with a head."
        )
    _refuse_unknown(nlp, nlp.pipe_names, settings, f"The pipeline of {source}")
    for name in nlp.pipe_names:
        nlp.get_pipe(name).ensure_ready()  # type: ignore[attr-defined]
    if folder == SHIPPED:
        _describe(nlp, settings)
    if checkpoint.format in MLX_FORMATS and network.backend != "mlx":
        warnings.warn(
            f"{source} is made for MLX. It runs here on {network.backend}, from the same files"
            + (EXPANDED if network.was_quantized else "")
            + ". backend = 'mlx' runs them as they are.",
            stacklevel=2,
        )
    return nlp


def _read_file(settings: dict[str, Any]) -> dict[str, Any]:
    """Put the entries of a file of patterns in its place."""
    given = settings.get("patterns")
    if not isinstance(given, (str, Path)):
        return settings
    return {**settings, "patterns": read_patterns(given)}


def make_pipeline(**settings: Any) -> Language:
    """Put the pipeline that ships together, to find personal data in texts of any length.

    settings (Any): Of its `privacy_filter`.
    """
    nlp: Language = spacy.blank("xx")
    nlp.add_pipe(FILTER, config=settings)
    # spaCy's limit is there for parsers, whose memory grows with a text; ours does not.
    nlp.max_length = ANY_LENGTH
    return nlp


@cache
def default_pipeline() -> Language:
    """Give the pipeline that ships, made once a process. Add nothing to it: it is everybody's."""
    return make_pipeline()


@cache
def stream_pipeline() -> Language:
    """Give the one for streams: it carries names to what follows, so nothing waits for the end."""
    return make_pipeline(carry=FORWARD)


def load_pipeline(model: str | None, settings: Mapping[str, Any] = NO_SETTINGS) -> Language:
    """Load the pipeline that finds the spans.

    model (str | None): A package or folder that spaCy can load; None is the shipped pipeline.
    settings (Mapping[str, Any]): Of every `privacy_filter` in it, in place of its own; `patterns`
        and `allow` are added to its own.
    RETURNS (Language): A pipeline of the caller's own.
    RAISES (OSError): No such pipeline.
    RAISES (ValueError): A pipeline that has no `privacy_filter`, or a mistake in a pattern.
    """
    if model is None:
        return make_pipeline(**settings)
    nlp = spacy.load(model)
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    if FILTER not in factories:
        raise ValueError(
            f"The pipeline {model!r} has no {FILTER!r} component, only: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}. Add one: nlp.add_pipe({FILTER!r})"
        )
    if settings:
        _change_settings(nlp, settings)
    return nlp


def _change_settings(nlp: Language, settings: Mapping[str, Any]) -> None:
    """Change the filters of a pipeline. A component of its own that finds by rule goes on to."""
    by_rule = [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == RULES]
    if settings.get("rules", True):
        settings = {key: value for key, value in settings.items() if key != "rules" or not by_rule}
    else:
        for name in by_rule:
            nlp.disable_pipe(name)
    for name, pipe in nlp.components:
        if isinstance(pipe, PrivacyFilter):
            lists = {key: settings[key] for key in ("patterns", "allow") if key in settings}
            added = {key: [*getattr(pipe.settings, key), *own] for key, own in lists.items()}
            pipe.change_settings(**{**settings, **added})
            nlp.get_pipe_config(name).update({**settings, **added})


def choose_rules(rules: bool | None) -> dict[str, Any]:
    """Give the settings of a filter that finds by rule, whole and everywhere; or of the network.

    rules (bool | None): None for what the pipeline says.
    """
    if rules is None:
        return {}
    return {"rules": True, "snap": WORD, "carry": True} if rules else dict(PUBLISHED)


def find_spans(
    nlp: Language, texts: Sequence[str], also: Collection[str] = ()
) -> list[Sequence[CharSpan]]:
    """Find the exact characters of the personal data in texts.

    also (Collection[str]): What else a policy asks for; see `Policy.also`.
    """
    return [get_privacy_spans(doc, also) for doc in nlp.pipe(texts)]


def share_names(
    nlp: Language,
    texts: Sequence[str],
    rows: list[Sequence[CharSpan]],
    subjects: Sequence[str | None],
) -> list[Sequence[CharSpan]]:
    """Find in all texts of a subject the names that one of them tells, if the pipeline carries.

    rows (list[Sequence[CharSpan]]): What was found in each text.
    subjects (Sequence[str | None]): Whose each text is.
    """
    filters = [pipe for _, pipe in nlp.pipeline if isinstance(pipe, PrivacyFilter)]
    if not any(subjects) or not any(pipe.settings.carry for pipe in filters):
        return rows
    return [*carry_rows(texts, rows, [subject or None for subject in subjects])]


def _describe(nlp: Language, settings: Collection[str]) -> None:
    """Say in the meta data what the card of the pipeline that ships says."""
    meta = read_card()
    if not set(settings) <= NEUTRAL:
        del meta["performance"]  # was measured with other settings
    nlp.meta.update(meta)


def _of(nlp: Language, name: str, settings: dict[str, Any]) -> dict[str, Any]:
    """Give the settings that a component has."""
    known = nlp.get_factory_meta(name).default_config or {}
    return {key: value for key, value in settings.items() if key in known}


def _refuse_unknown(
    nlp: Language, names: Collection[str], settings: dict[str, Any], who: str
) -> None:
    """Refuse settings that no component has; spaCy would show the whole config with them."""
    known = {key for name in names for key in nlp.get_factory_meta(name).default_config or {}}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ValueError(
            f"{who} has no setting {', '.join(repr(key[:80]) for key in unknown[:10])}. Settings: "
            f"{', '.join(sorted(known - {'model', 'source', 'scorer'}))}. Leave it out, or correct "
            f"its name."
        )


def _overrides(folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Say which components of a saved pipeline get which settings.

    RAISES (ValueError): A setting that none of them has.
    """
    config = spacy.util.load_config(folder / "config.cfg")
    ours = {
        name: values
        for name, values in config["components"].items()
        if values.get("factory") in (FILTER, TEXTCAT)
    }
    # Also those that came after the pipeline was saved.
    later = {FILTER: {field.name for field in fields(TaggerSettings)}}
    known = {name: {*values, *later.get(values["factory"], ())} for name, values in ours.items()}
    unknown = [key for key in settings if not any(key in own for own in known.values())]
    if unknown or "source" in settings:
        raise ValueError(
            f"The pipeline in {folder} has no setting {', '.join(unknown) or 'source'} to change. "
            "Its components' settings are in its config.cfg."
        )
    return {
        "components": {
            name: {key: value for key, value in settings.items() if key in own}
            for name, own in known.items()
        }
    }
