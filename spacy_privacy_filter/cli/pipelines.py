"""What commands share: the pipeline that finds spans, keys, and counts of what was found."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..types import CharSpan

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENT = "privacy_filter"
RULES = "privacy_filter_rules"
KEY_ENV = "PRIVACY_FILTER_KEY"


def load_pipeline(model: str | None, n_chars: int, rules: bool = False) -> Language:
    """Load the pipeline that finds the spans.

    model (str | None): A package or folder that spaCy can load; None is the shipped pipeline.
    n_chars (int): Length of the longest text. The shipped pipeline reads any length.
    rules (bool): Whether rules look for identifiers after it.
    RAISES (OSError): No such pipeline.
    RAISES (ValueError): A pipeline that has no `privacy_filter`.
    """
    import spacy

    if model is None:
        nlp: Language = spacy.blank("xx")
        nlp.add_pipe(COMPONENT)
        # spaCy's limit is there for parsers, whose memory grows with a text; ours does not.
        nlp.max_length = max(nlp.max_length, n_chars)
    else:
        nlp = spacy.load(model)
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    if COMPONENT not in factories:
        raise ValueError(
            f"The pipeline {model!r} has no {COMPONENT!r} component, only: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}. Add one: nlp.add_pipe({COMPONENT!r})"
        )
    if rules and RULES not in factories:
        nlp.add_pipe(RULES)
    return nlp


def find_spans(nlp: Language, texts: Sequence[str]) -> list[Sequence[CharSpan]]:
    """Find the exact characters of the personal data in texts."""
    return [doc._.privacy_spans for doc in nlp.pipe(texts)]


def get_key(key_file: Path | None) -> bytes | None:
    """Read the key from a file, or else from the environment. Never from the command line, where
    every user of the machine could see it.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A key that is too short.
    """
    from ..redact.keys import check_key, read_key

    if key_file is not None:
        return read_key(key_file)
    found = os.environ.get(KEY_ENV)
    return check_key(found, f"The variable {KEY_ENV}") if found else None


def summary(labels: Iterable[str] | Mapping[str, int]) -> str:
    """Count the spans of each label, the most frequent first."""
    found = Counter(labels)
    counts = sorted(found.items(), key=lambda c: (-c[1], c[0]))
    return f"{found.total()} spans" + "".join(f"\n  {label}: {n}" for label, n in counts)
