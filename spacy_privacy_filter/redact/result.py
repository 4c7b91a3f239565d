"""What de-identification gives back: the new text, what was replaced, and the way back."""

from __future__ import annotations

import hashlib
import re
import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..types import CharSpan
from .people.mentions import Entity, Mention

VERSION = 1


class Replacement(NamedTuple):
    """One replacement, in both texts.

    start_char, end_char (int): Characters of the new text.
    label (str): Label of the span; of several that overlap, of the longest.
    source_start_char, source_end_char (int): Characters of the source.
    operator (str): What was done.
    score (float): Highest score of the spans.
    """

    start_char: int
    end_char: int
    label: str
    source_start_char: int
    source_end_char: int
    operator: str
    score: float


class Replaced(NamedTuple):
    """What becomes of a mention."""

    mention: Mention
    operator: str
    value: str


class Restored(NamedTuple):
    """A text with what was put back.

    text (str): The text.
    n_restored (int): How many replacements were put back.
    n_left (int): How many stay, as they stand for several things and nobody can say for which.
    edits (tuple): start_char and end_char of each replacement in the text that was given, and what
        was put back in its place; in order.
    """

    text: str
    n_restored: int
    n_left: int = 0
    edits: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class TextMapping:
    """What stood where, so that a text can be restored. It never shows a text when printed.

    digest (str): Of the text that it belongs to.
    items (tuple): start_char and end_char in that text, the source's characters.
    names (dict): What each replacement stands for, for texts that were written anew; None if it
        stands for several things.
    """

    digest: str
    items: tuple[tuple[int, int, str], ...] = field(repr=False)
    names: dict[str, str | None] = field(repr=False, default_factory=dict)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"Mapping({len(self.items)} spans)"

    def to_dict(self) -> dict[str, Any]:
        """Write it as values that JSON has."""
        return {
            "version": VERSION,
            "digest": self.digest,
            "items": [list(item) for item in self.items],
            "names": self.names,
        }

    @classmethod
    def from_dict(cls, values: Any) -> TextMapping:
        """Read what `to_dict` wrote.

        RAISES (ValueError): Anything else.
        """
        try:
            if values["version"] != VERSION:
                raise ValueError(
                    f"The mapping has version {values['version']!r}; this package reads {VERSION}."
                )
            items = tuple((int(start), int(end), str(text)) for start, end, text in values["items"])
            names = {str(k): None if v is None else str(v) for k, v in values["names"].items()}
            return cls(str(values["digest"]), items, names)
        except (KeyError, TypeError, AttributeError):
            raise ValueError("This is no mapping that `deidentify` made.") from None

    def restore(self, text: str) -> str:
        """Put back what was replaced.

        The very text that was made is restored exactly. In any other text, say an answer that holds
        some of the placeholders, each placeholder becomes what it stands for. One that stands for
        several things stays, with a warning.

        text (str): The text that was made, or one written with its placeholders.
        """
        done = self.restore_counted(text)
        if done.n_left:
            warnings.warn(some_left(done.n_left), stacklevel=2)
        return done.text

    def restore_counted(self, text: str) -> Restored:
        """Do what `restore` does, and count in place of the warning."""
        if digest_of(text) != self.digest:
            return self._restore_names(text)
        parts, end = [], 0
        for start, stop, source in self.items:
            parts += [text[end:start], source]
            end = stop
        return Restored("".join([*parts, text[end:]]), len(self.items), edits=self.items)

    def _restore_names(self, text: str) -> Restored:
        names = sorted((name for name in self.names if name.strip()), key=lambda n: (-len(n), n))
        if not names:
            return Restored(text, 0)
        # A name that ends in a digit must not be found in a longer number.
        patterns = (
            ("(?<!\\w)" if name[0].isalnum() else "")
            + re.escape(name)
            + ("(?!\\w)" if name[-1].isalnum() else "")
            for name in names
        )

        n_left, edits = 0, []

        def restored(match: re.Match[str]) -> str:
            nonlocal n_left
            source = self.names[match[0]]
            if source is None:
                n_left += 1
                return match[0]
            edits.append((match.start(), match.end(), source))
            return source

        written = re.sub("|".join(patterns), restored, text)
        return Restored(written, len(edits), n_left, tuple(edits))


# The name under which it was first published.
Mapping = TextMapping


def digest_of(text: str) -> str:
    """A digest of a text that was made, to know it again."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Redaction:
    """A text without its personal data. When printed, it shows counts only.

    text (str): The new text.
    spans (tuple[Replacement, ...]): What was replaced, in order, in both texts.
    mapping (TextMapping): The way back. Whoever holds it can restore the source.
    kept (dict): How many spans of each label were left as they are, because the policy says so.
    """

    text: str = field(repr=False)
    spans: tuple[Replacement, ...] = field(repr=False)
    mapping: TextMapping = field(repr=False)
    kept: dict[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        counts = ", ".join(f"{label}: {n}" for label, n in self.counts.items())
        return f"Redaction({len(self.spans)} spans{': ' if counts else ''}{counts})"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many spans of each label were replaced, the most frequent first."""
        counts = Counter(span.label for span in self.spans)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def to_source(self, start_char: int, end_char: int) -> tuple[int, int]:
        """Find the stretch of the source for one of the new text, grown over what was replaced.

        RAISES (ValueError): A stretch that is not in the new text.
        """
        pairs = [
            (s.start_char, s.end_char, s.source_start_char, s.source_end_char) for s in self.spans
        ]
        return _map(start_char, end_char, len(self.text), pairs)

    def to_redacted(self, start_char: int, end_char: int) -> tuple[int, int]:
        """Find the stretch of the new text for one of the source, grown over what was replaced.

        RAISES (ValueError): A stretch that is not in the source.
        """
        pairs = [
            (s.source_start_char, s.source_end_char, s.start_char, s.end_char) for s in self.spans
        ]
        more = sum(b - a - (d - c) for a, b, c, d in pairs)
        return _map(start_char, end_char, len(self.text) + more, pairs)


def _map(
    start: int, end: int, n_chars: int, pairs: list[tuple[int, int, int, int]]
) -> tuple[int, int]:
    """Map a stretch from one text to the other: pairs are (start, end, start, end) of both."""
    if not 0 <= start <= end <= n_chars:
        raise ValueError(f"Characters {start} to {end} are not in the text, which has {n_chars}.")
    first = bisect_right([pair[1] for pair in pairs], start)
    last = bisect_left([pair[0] for pair in pairs], end) - 1
    new_start = _shift(start, pairs, first)
    if first < len(pairs) and pairs[first][0] < end and pairs[first][0] <= start:
        new_start = pairs[first][2]
    new_end = _shift(end, pairs, last + 1)
    if last >= 0 and pairs[last][1] >= end and pairs[last][1] > start:
        new_end = pairs[last][3]
    return new_start, max(new_start, new_end)


def _shift(place: int, pairs: list[tuple[int, int, int, int]], n_before: int) -> int:
    """Move a place that no pair covers by what the pairs before it added."""
    if n_before == 0:
        return place
    _, end, _, new_end = pairs[n_before - 1]
    return new_end + place - end


def assemble(text: str, replaced: Sequence[Replaced], kept: Iterable[CharSpan]) -> Redaction:
    """Write a text with its replacements.

    text (str): The source.
    replaced (Sequence[Replaced]): What becomes of which disjoint mentions, in any order.
    kept (Iterable[CharSpan]): Spans that stay as they are; they are counted.
    RETURNS (Redaction): The new text, what was replaced in both texts, and the way back.
    """
    parts: list[str] = []
    spans, items, end, n_chars = [], [], 0, 0
    for mention, operator, value in sorted(replaced, key=lambda item: item.mention.start_char):
        between = text[end : mention.start_char]
        start, end = n_chars + len(between), mention.end_char
        n_chars = start + len(value)
        parts += [between, value]
        items.append((start, n_chars, mention.text))
        spans.append(
            Replacement(
                start, n_chars, mention.label, mention.start_char, end, operator, mention.score
            )
        )
    redacted = "".join([*parts, text[end:]])
    mapping = TextMapping(digest_of(redacted), tuple(items), _name_sources(replaced))
    n_kept = Counter(span.label for span in kept)
    return Redaction(redacted, tuple(spans), mapping, dict(sorted(n_kept.items())))


def _name_sources(replaced: Iterable[Replaced]) -> dict[str, str | None]:
    """What each replacement stands for: the longest text of its entity, None if of several."""
    entities: dict[str, set[Entity]] = {}
    texts: dict[str, str] = {}
    for mention, _, value in replaced:
        entities.setdefault(value, set()).add(mention.entity)
        texts[value] = max(texts.get(value, ""), mention.text, key=lambda t: (len(t), t))
    return {value: texts[value] if len(entities[value]) == 1 else None for value in texts}


def restore_warning(done: Restored, mapping: str | None, instead: str) -> str | None:
    """Say what was not put back, and why, if there is something to say.

    done (Restored): What was done, of several texts in sum, where there was something to put back.
    mapping (str | None): What the mapping is called; None if a key was used.
    instead (str): How a mapping is given.
    """
    if done.n_left:
        return some_left(done.n_left)
    if done.n_restored:
        return None
    if mapping is None:
        return f"the text holds nothing encrypted. If its policy did not encrypt, give {instead}."
    return f"the text holds no replacement of {mapping}. Is that the map of this text?"


def some_left(n_left: int) -> str:
    """Say that some replacements could not be put back."""
    return (
        f"{n_left} replacement{'s' * (n_left > 1)} left as they are: each stands for several "
        "things, and the text is not the very one that was made, which would tell for which. "
        "Numbers and surrogates stand for one thing each; masks, as of secrets, need not."
    )
