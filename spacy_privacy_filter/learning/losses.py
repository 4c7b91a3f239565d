"""Gold annotation -> which tags each piece may have; losses and their gradients.

Sources annotate different labels. A piece outside every span is known not to be of an annotated
label, and may be anything else: the probabilities of all tags that it may have are summed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc

from ..labels.tags import BIOES, TagSet
from ..types import Bools2d, Floats2d, Ints1d, Pieces

# Where a Doc keeps gold with exact characters; survives `.spacy` files and `Doc.to_bytes`.
GOLD_KEY = "privacy_gold"


@dataclass(frozen=True)
class Gold:
    """What is known about the personal data of one text, in exact characters.

    spans (tuple): (start_char, end_char, label), sorted and disjoint.
    ignore (tuple): (start_char, end_char) of stretches about which nothing is said.
    known (frozenset[str] | None): Labels that were annotated; None for all.
    """

    spans: tuple[tuple[int, int, str], ...]
    ignore: tuple[tuple[int, int], ...] = ()
    known: frozenset[str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write in the form that `doc.user_data[GOLD_KEY]` holds."""
        return {
            "spans": [list(span) for span in self.spans],
            "ignore": [list(span) for span in self.ignore],
            "known": None if self.known is None else sorted(self.known),
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any], n_chars: int) -> Gold:
        """Read and check the form that `doc.user_data[GOLD_KEY]` holds.

        values (dict): "spans", and optionally "ignore" and "known".
        n_chars (int): Length of the text, in characters.
        RAISES (ValueError): An unknown key, offsets outside the text, empty or overlapping spans,
            or a span whose label is not among the known ones.
        """
        extra = set(values) - {"spans", "ignore", "known"}
        if extra or "spans" not in values:
            raise ValueError(
                f"Gold in user_data[{GOLD_KEY!r}] has the keys spans, ignore and known; found: "
                f"{', '.join(sorted(map(str, values)))}."
            )
        known = values.get("known")
        if isinstance(known, str):
            raise ValueError(f"'known' in user_data[{GOLD_KEY!r}] must be a list of labels.")
        gold = cls(
            tuple(sorted(_read_items(values["spans"], "spans", "[start_char, end_char, label]"))),
            tuple(_read_items(values.get("ignore", ()), "ignore", "[start_char, end_char]")),
            None if known is None else frozenset(known),
        )
        gold._check(n_chars)
        return gold

    def renamed(self, names: Mapping[str, str | None]) -> Gold:
        """Rename labels, and forget those that are mapped to None.

        names (Mapping[str, str | None]): As the setting `label_map`; other labels stay.
        """
        spans = [(start, end, names.get(label, label)) for start, end, label in self.spans]
        known = None if self.known is None else {names.get(label, label) for label in self.known}
        return Gold(
            tuple((start, end, label) for start, end, label in spans if label is not None),
            self.ignore,
            None if known is None else frozenset(label for label in known if label is not None),
        )

    def _check(self, n_chars: int) -> None:
        stretches = [*((start, end) for start, end, _ in self.spans), *self.ignore]
        for start, end in stretches:
            if not 0 <= start < end <= n_chars:
                raise ValueError(
                    f"Gold offsets {start} to {end} do not fit a text of {n_chars} characters. "
                    "Offsets are Python characters, half-open; check that they are not bytes."
                )
        for (_, end, _), (start, _, _) in zip(self.spans, self.spans[1:], strict=False):
            if start < end:
                raise ValueError(f"Gold spans overlap at character {start}. Merge or drop one.")
        unknown = {label for *_, label in self.spans} - (self.known or set())
        if self.known is not None and unknown:
            raise ValueError(
                f"Gold spans have labels that are not among the known ones: {sorted(unknown)}."
            )


def _read_items(items: Any, key: str, form: str) -> list[Any]:
    """Read stretches of gold. What is found is not shown: where columns are swapped, it is text."""
    if not isinstance(items, (list, tuple)):
        raise ValueError(f"{key!r} in user_data[{GOLD_KEY!r}] must be a list of {form}.")
    rows = []
    for i, item in enumerate(items):
        row = tuple(item) if isinstance(item, (list, tuple)) else ()
        whole = all(isinstance(n, (int, np.integer)) for n in row[:2])
        if (
            len(row) != form.count(",") + 1
            or not whole
            or not all(isinstance(label, str) for label in row[2:])
        ):
            raise ValueError(f"Item {i} of {key!r} in user_data[{GOLD_KEY!r}] must be {form}.")
        rows.append((int(row[0]), int(row[1]), *row[2:]))
    return rows


def gold_of(reference: Doc) -> Gold | None:
    """Find what a gold document says about personal data.

    Exact characters in `doc.user_data["privacy_gold"]` come first; otherwise `doc.ents`, whose
    tokens without annotation are ignored.

    reference (Doc): The gold side of an `Example`.
    RETURNS (Gold | None): None if the document has no such annotation at all.
    RAISES (ValueError): As `Gold.from_dict`.
    """
    stored = reference.user_data.get(GOLD_KEY)
    if stored is not None:
        return Gold.from_dict(stored, len(reference.text))
    if not reference.has_annotation("ENT_IOB"):
        return None
    spans = tuple((ent.start_char, ent.end_char, ent.label_) for ent in reference.ents)
    missing = tuple(
        (token.idx, token.idx + len(token)) for token in reference if token.ent_iob == 0
    )
    return Gold(spans, missing)


def allowed_tags(gold: Gold, text: str, pieces: Pieces, tags: TagSet) -> Bools2d:
    """Say which tags each piece may have.

    gold (Gold): What is known of the text.
    text (str): The text, to leave white space at the edge of a piece out of account.
    pieces (Pieces): Its pieces.
    tags (TagSet): Tags of the head.
    RETURNS (Bools2d): At least one True in each row. Shape: (n_pieces, n_tags).
    RAISES (ValueError): A label that the head does not have.
    """
    unknown = {label for *_, label in gold.spans} - set(tags.labels)
    if unknown:
        raise ValueError(
            f"Gold has labels that this pipeline does not: {', '.join(sorted(unknown))}. It has: "
            f"{', '.join(tags.labels)}. Name all that it is to learn in `labels` under "
            "[initialize.components.privacy_filter] (for commands: --initialize.components."
            "privacy_filter.labels), or call its add_label; or rename those of the data (corpus "
            "--label-map)."
        )
    allowed = np.tile(_outside_row(gold, tags), (len(pieces), 1))
    starts, ends = _visible_ranges(text, pieces)
    for start, end in gold.ignore:
        allowed[(starts < end) & (ends > start)] = True
    for first, last, label in gold.spans:
        start, end = _trim(text, first, last)
        rows = np.flatnonzero((starts < end) & (ends > start))
        for row, tag in zip(rows, _span_tags(len(rows), label, tags), strict=True):
            allowed[row] = False
            allowed[row, tag] = True
    return allowed


def _outside_row(gold: Gold, tags: TagSet) -> np.ndarray:
    """Tags that a piece outside every span may have: O, and all of labels nobody looked for."""
    open_labels = set() if gold.known is None else set(tags.labels) - gold.known
    return np.asarray([name == "O" or name[2:] in open_labels for name in tags.names])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space at the edges of a span out. One that is nothing else touches no piece."""
    marked = text[start:end]
    if not marked or marked.isspace():
        return len(text), 0
    return end - len(marked.lstrip()), start + len(marked.rstrip())


def _visible_ranges(text: str, pieces: Pieces) -> tuple[Ints1d, Ints1d]:
    """Characters of each piece without the white space around them, which may leave none."""
    space = np.fromiter(map(str.isspace, text), dtype=bool, count=len(text))
    before = np.concatenate([[0], np.cumsum(~space)])  # visible characters before each offset
    visible = np.flatnonzero(~space)
    first, last = before[pieces.starts], before[pieces.ends]
    padded = np.concatenate([visible, [len(text)]])
    starts = padded[first]
    ends = np.where(last > first, padded[np.maximum(last - 1, 0)] + 1, starts)
    return starts, ends


def _span_tags(n_pieces: int, label: str, tags: TagSet) -> list[int]:
    """Tag ids of a span of so many pieces."""
    ids = tags.label_tags(label)
    if n_pieces == 0:
        return []
    if tags.scheme != BIOES:
        return [ids["B"]] + [ids.get("I", ids["B"])] * (n_pieces - 1)
    if n_pieces == 1:
        return [ids["S"]]
    return [ids["B"]] + [ids["I"]] * (n_pieces - 2) + [ids["E"]]


def log_softmax(logits: Floats2d) -> Floats2d:
    """Turn logits into log-probabilities, in nats. Shape: (n, n_out)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def tag_loss(
    logits: Sequence[Floats2d], allowed: Sequence[Bools2d]
) -> tuple[float, list[Floats2d]]:
    """Compute -log P(the tag is one of those allowed), averaged over the pieces of a batch.

    Pieces for which every tag is allowed say nothing and are not counted.

    logits (Sequence[Floats2d]): Of each document. Shape: (n_pieces, n_tags).
    allowed (Sequence[Bools2d]): Of each document. Shape: (n_pieces, n_tags).
    RETURNS (tuple[float, list[Floats2d]]): Loss in nats per piece; its gradient, shaped as logits.
    RAISES (ValueError): Logits that are not finite.
    """
    n_counted = max(sum(int((~mask.all(axis=1)).sum()) for mask in allowed), 1)
    loss, gradients = 0.0, []
    for scores, mask in zip(logits, allowed, strict=True):
        _check_finite(scores)
        log_probs = log_softmax(scores)
        kept = np.where(mask, log_probs, -np.inf)
        peak = kept.max(axis=1, keepdims=True)
        total = peak + np.log(np.exp(kept - peak).sum(axis=1, keepdims=True))  # (n_pieces, 1)
        loss -= float(total.sum())
        gradients.append(((np.exp(log_probs) - np.exp(kept - total)) / n_counted).astype("f"))
    return loss / n_counted, gradients


def category_loss(logits: Floats2d, targets: Floats2d, exclusive: bool) -> tuple[float, Floats2d]:
    """Compute the cross-entropy of document categories, averaged over documents.

    logits (Floats2d): Shape: (n_docs, n_categories).
    targets (Floats2d): 0 to 1; NaN where a category is not annotated (only if not exclusive).
    exclusive (bool): One category a document (softmax), or each on its own (sigmoid).
    RETURNS (tuple[float, Floats2d]): Loss in nats per document; its gradient, shaped as logits.
    RAISES (ValueError): Logits that are not finite.
    """
    _check_finite(logits)
    n_docs = max(len(logits), 1)
    if exclusive:
        log_probs = log_softmax(logits)
        return (
            -float((targets * log_probs).sum()) / n_docs,
            ((np.exp(log_probs) - targets) / n_docs).astype("f"),
        )
    seen = ~np.isnan(targets)
    goal = np.where(seen, targets, 0.0)
    each = np.logaddexp(0.0, logits) - goal * logits  # -log P, stable for large logits
    probs = np.exp(-np.logaddexp(0.0, -logits))
    gradient = np.where(seen, probs - goal, 0.0)
    return float(each[seen].sum()) / n_docs, (gradient / n_docs).astype("f")


def category_targets(
    cats: Iterable[dict[str, float]], labels: Sequence[str], exclusive: bool
) -> Floats2d:
    """Write the gold categories of documents as rows.

    cats (Iterable[dict[str, float]]): `doc.cats` of each gold document.
    labels (Sequence[str]): Categories of the head, in order.
    exclusive (bool): Whether each document has exactly one.
    RETURNS (Floats2d): Shape: (n_docs, n_categories). What is not annotated is 0, or NaN if not
        exclusive.
    RAISES (ValueError): An unknown category that is not 0, or an exclusive row that does not add up
        to 1.
    """
    index = {label: i for i, label in enumerate(labels)}
    rows = []
    for values in cats:
        # What a document is not about says nothing to a head that has no such category.
        unknown = sorted(name for name in set(values) - set(labels) if values[name])
        if unknown:
            raise ValueError(
                f"Unknown categories: {', '.join(unknown)}. This pipeline has: "
                f"{', '.join(labels)}. Name all that it is to learn in `labels` under "
                "[initialize.components.privacy_filter_textcat] (for commands: "
                "--initialize.components.privacy_filter_textcat.labels), or call its add_label."
            )
        row = np.full(len(labels), 0.0 if exclusive else np.nan)
        for label, value in values.items():
            if label in index:
                row[index[label]] = value
        if exclusive and not np.isclose(row.sum(), 1.0):
            raise ValueError(
                f"Exclusive categories must add up to 1, but a document has {row.sum():g}. Give "
                "one category the value 1, or set exclusive = false."
            )
        rows.append(row)
    return np.asarray(rows, dtype="f").reshape(-1, len(labels))


def _check_finite(logits: Floats2d) -> None:
    if not np.isfinite(logits).all():
        raise ValueError(
            "The network gave logits that are not finite (NaN or infinity). Its weights are "
            "damaged, or training has diverged: lower the learning rate or clip gradients."
        )
