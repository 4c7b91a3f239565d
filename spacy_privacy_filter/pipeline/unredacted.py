"""A pipeline, and what its redactor is asked for -> what would silently not be redacted."""

# No postponed annotations here, as in the modules that spaCy builds functions of.

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from .names import FILTER, REDACT, TEXTCAT

_OURS = (FILTER, REDACT, TEXTCAT, "privacy_filter_rules")


def find_unredacted(nlp: Language, name: str, ents: list[str] | bool | None) -> Iterator[str]:
    """Say what other components find that does not reach a redactor.

    nlp (Language): The pipeline.
    name (str): The redactor in it.
    ents (list[str] | bool | None): Its setting.
    """
    names = list(nlp.pipe_names)
    if name not in names or ents == []:
        return
    place = names.index(name)
    for other in names[place + 1 :]:
        written = _written_by(nlp, other)
        if "doc.ents" in written or "doc.spans" in written:
            yield (
                f"{other!r} comes after {name!r}, so what it finds is not redacted. Put it before: "
                f'nlp.add_pipe(..., name="{other}", before="{name}").'
            )
    for other in names[:place]:
        written = _written_by(nlp, other)
        if "doc.spans" in written and "doc.ents" not in written and not _writes_ents(nlp, other):
            yield (
                f"{other!r} writes to doc.spans alone, and {name!r} redacts entities of doc.ents: "
                "what it finds is not redacted. Give a span_ruler annotate_ents = true, or use an "
                "entity_ruler."
            )
    if isinstance(ents, list) and (missing := _unknown_labels(nlp, names[:place], ents)):
        yield (
            f"ents of {name!r} has {', '.join(missing)}, which no component before it finds. Check "
            "how it is written; labels are told by nlp.get_pipe(...).labels."
        )


def _written_by(nlp: Language, name: str) -> list[str]:
    """What a component of others writes, as its factory says."""
    meta = nlp.get_pipe_meta(name)
    return [] if meta.factory in _OURS else list(meta.assigns)


def _writes_ents(nlp: Language, name: str) -> bool:
    return bool(getattr(nlp.get_pipe(name), "annotate_ents", False))


def _unknown_labels(nlp: Language, names: list[str], ents: list[str]) -> list[str]:
    """Labels that no component has; none where one does not tell its labels."""
    known: set[str] = set()
    for name in names:
        pipe: Any = nlp.get_pipe(name)
        is_ours = nlp.get_pipe_meta(name).factory in _OURS
        labels = getattr(pipe, "labels", None)
        if (
            labels is None
            and not is_ours
            and "doc.ents" in (_written_by(nlp, name) or ["doc.ents"])
        ):
            return []
        known |= set(labels or ())
    return sorted(set(ents) - known)
