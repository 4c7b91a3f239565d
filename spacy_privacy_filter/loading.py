"""A checkpoint in any known format -> a pipeline with a component for every head that it has."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from .checkpoints.checkpoint import ReadOptions
from .checkpoints.source import SHIPPED, SHIPPED_NAME, find_source, is_pipeline, read_card
from .errors import WrongUseError
from .pipeline.annotations import get_privacy_spans
from .pipeline.names import FILTER, RULES, TEXTCAT
from .pipeline.tagger import PrivacyFilter
from .pipeline.tagger_settings import FORWARD, PUBLISHED, WORD, TaggerSettings
from .rules.carry_rows import carry_rows
from .rules.finder import LABELS as RULE_LABELS
from .rules.patterns.files import read_patterns
from .types import CharSpan

ANY_LENGTH: Final = 2**63 - 1
NO_SETTINGS: Final[Mapping[str, Any]] = {}
SHIPPED_ALIAS: Final = "small"
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

    model (str | None): What `load` takes, or a package with a pipeline; None, "shipped" and "small"
        are the shipped pipeline.
    settings (Mapping[str, Any]): Of every `privacy_filter` in it, in place of its own; `patterns`
        and `allow` are added to its own.
    RETURNS (Language): A pipeline of the caller's own.
    RAISES (FileNotFoundError): No such pipeline.
    RAISES (WrongUseError): A pipeline that has no `privacy_filter`.
    RAISES (ValueError): A mistake in a pattern, or a checkpoint that cannot be read.
    """
    if is_shipped(model):
        return make_pipeline(**settings)
    run = {key: value for key, value in settings.items() if key in NEUTRAL or key == "dtype"}
    settings = {key: value for key, value in settings.items() if key not in run}
    nlp = _load_any(str(model), run)
    nlp.max_length = ANY_LENGTH
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    if FILTER not in factories:
        raise WrongUseError(
            f"The pipeline {model!r} has no {FILTER!r} component, only: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}. Add one: nlp.add_pipe({FILTER!r})"
        )
    if settings:
        _change_settings(nlp, settings)
    return nlp


def is_shipped(model: str | None) -> bool:
    """Whether a model is the pipeline that ships; a folder called "small" is another."""
    if model == SHIPPED_ALIAS:
        return not Path(model).exists()
    return model in (None, SHIPPED_NAME)


def stamp_model(model: str | None) -> str:
    """Tell a pipeline from one that is changed later, without reading its weights.

    RETURNS (str): Names, sizes and times of the files of a folder; "" of what has none here.
    """
    folder = SHIPPED if is_shipped(model) else Path(str(model)).expanduser()
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    # What ships gets new times with every installation.
    stats = (
        (p.name, p.stat().st_size, 0 if folder == SHIPPED else p.stat().st_mtime_ns) for p in files
    )
    return repr(list(stats))


def _load_any(model: str, settings: Mapping[str, Any]) -> Language:
    """Load a package with a pipeline, or what `load` takes."""
    if spacy.util.is_package(model):
        if settings:
            raise WrongUseError(
                f"{model} is an installed package, whose {', '.join(settings)} cannot be changed "
                "here. Save it to a folder, and name that."
            )
        return spacy.load(model)
    return load(model, **settings)


def choose_labels(nlp: Language, labels: Collection[str]) -> frozenset[str]:
    """Check the names of labels, each perhaps several by comma.

    RETURNS (frozenset[str]): The labels; none if none were given.
    RAISES (WrongUseError): One that nothing in the pipeline gives.
    """
    chosen = frozenset(name.strip() for part in labels for name in part.split(",") if name.strip())
    known = set(RULE_LABELS.values())
    for _, pipe in nlp.components:
        known.update(getattr(pipe, "labels", ()))
        if isinstance(pipe, PrivacyFilter):
            known.update(str(entry.get("label")) for entry in pipe.settings.patterns)
    if unknown := sorted(chosen - known):
        raise WrongUseError(
            f"Nothing finds the label {', '.join(unknown)}. Labels: {', '.join(sorted(known))}."
        )
    return chosen


def select_labels(spans: Sequence[CharSpan], labels: Collection[str]) -> Sequence[CharSpan]:
    """Leave out spans of other labels; with no labels, none."""
    return [span for span in spans if span.label in labels] if labels else spans


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
    nlp: Language, texts: Sequence[str], also: Collection[str] = (), n_process: int = 1
) -> list[Sequence[CharSpan]]:
    """Find the exact characters of the personal data in texts.

    also (Collection[str]): What else a policy asks for; see `Policy.also`.
    n_process (int): Processes that share the work.
    """
    return [get_privacy_spans(doc, also) for doc in nlp.pipe(texts, n_process=n_process)]


def share_names(
    nlp: Language,
    texts: Sequence[str],
    rows: list[Sequence[CharSpan]],
    subjects: Sequence[Hashable | None],
) -> list[Sequence[CharSpan]]:
    """Find in all texts of a subject the names that one of them tells, if the pipeline carries.

    rows (list[Sequence[CharSpan]]): What was found in each text.
    subjects (Sequence[Hashable | None]): Whose each text is; None for nobody's.
    """
    known = [None if subject == "" else subject for subject in subjects]
    if all(subject is None for subject in known) or not is_carrying(nlp):
        return rows
    return [*carry_rows(texts, rows, known)]


def is_carrying(nlp: Language) -> bool:
    """Whether a pipeline finds a name that it found once everywhere."""
    return any(pipe.settings.carry for _, pipe in nlp.pipeline if isinstance(pipe, PrivacyFilter))


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
