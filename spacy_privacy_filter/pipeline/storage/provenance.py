"""What a trained pipeline has from the one that ships -> its meta data: licence, sources, limits.

Never its scores: what was measured of the start says nothing of what was made of it. The figures
that stand in the limits stay there, and the notes say whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from spacy.language import Language

# Sections of the card that hold for what is made of the start, too.
LIMITS: Final = ("## What it must not be used for", "## Failures seen")
# What a pipeline that is trained anew may no longer say of itself, if it is the start's.
STALE: Final = ("description", "author", "performance")


def inherit_meta(nlp: Language, n_rows: int | None = None) -> None:
    """Say in the meta data that a pipeline was trained further from the one that ships, if it was.

    What the user says stays: a licence or a description of theirs is kept, notes and sources are
    added to. A pipeline with other trained components gets no licence from here. Call it again
    when more is known; nothing is said twice.

    nlp (Language): A pipeline whose weights are in memory, and are about to be trained.
    n_rows (int | None): How many rows it is trained on, if that is known.
    """
    cards = _cards(nlp)
    found = [card for card in cards if card]
    if not found:
        return
    card, meta = found[0], nlp.meta
    meta.update({key: type(card[key])() for key in STALE if meta.get(key) == card[key]})
    before, now = _sentence(card, None), _sentence(card, n_rows)
    if meta.get("description") in (None, "", before):
        meta["description"] = now
    if len(found) == len(cards) and not meta.get("license"):
        meta["license"] = card["license"]
    start = {"name": f"weights of {_name(card)}", "license": card["license"]}
    start["author"] = card["author"]
    sources = list(meta.get("sources") or ())
    meta["sources"] = sources + [s for s in (start, *card["sources"]) if s not in sources]
    meta["notes"] = _notes(meta.get("notes") or "", card, before, now)


def _cards(nlp: Language) -> list[Mapping[str, Any]]:
    """Card of the start of each component that is trained; {} where that is something else."""
    frozen = nlp.config["training"]["frozen_components"]
    trained = [
        pipe
        for name, pipe in nlp.pipeline
        if getattr(pipe, "is_trainable", False) and name not in frozen
    ]
    networks = [getattr(pipe, "network", None) for pipe in trained]
    return [{} if network is None else network.card for network in networks]


def _name(card: Mapping[str, Any]) -> str:
    return f"{card['name']} {card['version']}, which ships with spacy-privacy-filter"


def _sentence(card: Mapping[str, Any], n_rows: int | None) -> str:
    rows = "" if n_rows is None else f", on {n_rows:,} rows"
    return f"Trained further{rows}, from {_name(card)} ({card['license']})."


def _notes(notes: str, card: Mapping[str, Any], before: str, now: str) -> str:
    """Add to the notes where the weights come from, and what is said of them there."""
    start, ours = "## What it was trained from", notes.replace(card["notes"], "").strip()
    if f"{start}\n\n{before}" in notes:
        return notes.replace(before, now)
    if start in notes:
        return notes
    name = card["name"]
    text = (
        f"{start}\n\n{now} The sources (but not these rows) are those of {name}, and so is what "
        "follows, with the figures in it; all other figures were measured of this pipeline.\n\n"
        f"{_limits(card['notes'])}"
    )
    return f"{ours}\n\n{text}".strip()


def _limits(notes: str) -> str:
    """Keep the sections about what it cannot do."""
    sections = re.split(r"(?m)^(?=## )", notes)
    return "".join(part for part in sections if part.startswith(LIMITS)).strip()
