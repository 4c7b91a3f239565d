"""A text that comes in chunks -> stretches of it with their spans, as soon as they are certain.

What is given out never changes: it is what the whole text gives. Three things hold a stretch back:
its pieces (see `boundaries`), the context that the network reads, and the best path, which is
certain up to where all paths that may still win are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import count
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from spacy.language import Language

from ..decoding.spans import char_spans
from ..labels.tags import OUTSIDE, TagSet
from ..learning.losses import log_softmax
from ..rules.secrets.private_keys import find_private_keys
from ..rules.telling import Memory
from ..types import CharSpan, Floats2d, Ints1d, Pieces
from .annotations import get_privacy_spans
from .rules import PrivacyRules
from .tagger import PrivacyFilter
from .tagger_settings import WORD
from .textcat import PrivacyTextCategorizer


class Segment(NamedTuple):
    """A stretch of the text that is certain, and its spans, counted from its start."""

    text: str
    spans: list[CharSpan]


class Finder(Protocol):
    """Takes chunks of a text, and gives it back in segments without a gap."""

    def feed(self, chunk: str) -> Segment:
        """Take a chunk; give what is certain now, which may be nothing."""

    def close(self) -> Segment:
        """Take the end of the text; give the rest."""


class WholeText:
    """Gives nothing before the end: for pipelines of which nobody knows what they depend on."""

    def __init__(self, nlp: Language, also: Collection[str] = ()) -> None:
        self.nlp, self.also = nlp, also
        self.chunks: list[str] = []

    def feed(self, chunk: str) -> Segment:
        """Keep a chunk."""
        self.chunks.append(chunk)
        return Segment("", [])

    def close(self) -> Segment:
        """Read the whole text."""
        text = "".join(self.chunks)
        return Segment(text, list(get_privacy_spans(self.nlp(text), self.also)))


class ModelStream:
    """What a `privacy_filter` finds.

    pipe (PrivacyFilter): The component.
    reach (int): Pieces of context that make what is read of a part exact; see `Sizes.reach`.
    whole (bool): Whether spans are given as they are reported; else as the decoder gives them.
    step (int): Least number of new pieces for which the network is run. Each run also reads the
        context on both sides, so small steps cost more; the spans are the same.
    """

    def __init__(self, pipe: PrivacyFilter, step: int, reach: int, *, whole: bool = True) -> None:
        if step < 1:
            raise ValueError(f"step must be at least 1, but is {step}.")
        self.pipe, self.step, self.whole = pipe, step, whole
        self.tags = pipe.tags  # loads the weights
        self.tokenizer, self.context = pipe.network.tokenizer, reach
        self.rest = ""  # not in pieces yet
        self.text = ""  # in pieces, but not given out; pieces count from its start
        self.ids = np.zeros(0, dtype=np.int64)
        self.starts, self.ends = self.ids, self.ids
        self.n_given = 0  # pieces that are only there as context
        self.log_probs: Floats2d = np.zeros((0, len(self.tags)))  # of pieces that are not given out
        self.is_start = True

    def feed(self, chunk: str) -> Segment:
        """Take a chunk."""
        self.rest += chunk
        self._encode(self.tokenizer.final_end(self.rest))
        n_ready = len(self.ids) - self.context
        if n_ready - self.n_given - len(self.log_probs) < self.step:
            return Segment("", [])
        self._read(n_ready)
        path = self._certain()
        places = np.flatnonzero(path == self.tags.ids[OUTSIDE]) + 1
        # Pieces may share a character; there, what follows has a say in it.
        i = self.n_given + places
        places = places[self.starts[i] >= self.ends[i - 1]]
        return self._give(path[: places[-1]]) if len(places) else Segment("", [])

    def close(self) -> Segment:
        """Take the end."""
        self._encode(len(self.rest))
        self._read(len(self.ids))
        (path,) = self.pipe.decode_tags([self._with_start([])])
        return self._give(path if self.is_start else path[1:])

    def _encode(self, n_chars: int) -> None:
        if n_chars:
            pieces = self.tokenizer.encode(self.rest[:n_chars])
            self.ids = np.concatenate([self.ids, pieces.ids])
            self.starts = np.concatenate([self.starts, pieces.starts + len(self.text)])
            self.ends = np.concatenate([self.ends, pieces.ends + len(self.text)])
            self.text, self.rest = self.text + self.rest[:n_chars], self.rest[n_chars:]

    def _read(self, stop: int) -> None:
        """Get the log-probabilities of pieces up to `stop`, with all the context that there is."""
        start = self.n_given + len(self.log_probs)
        first = max(0, start - self.context)
        if start < stop:
            network, ids = self.pipe.network, self.ids[first : stop + self.context]
            (logits,) = network.logits([ids], self.pipe.head)
            fresh = log_softmax(logits[start - first : stop - first])
            self.log_probs = np.concatenate([self.log_probs, fresh])

    def _certain(self) -> Ints1d:
        """The tags that all paths begin with that may still win, whatever comes.

        The best path has some tag at the next piece, and up to there it is the best of all paths
        with that tag. So one such path a tag is enough: where they agree, nothing can change.
        """
        if self.pipe.settings.decode == "argmax":
            (path,) = self.pipe.decode_tags([self.log_probs])
            return path
        suffixes = [_suffix(self.tags, tag) for tag in range(len(self.tags))]
        try:
            paths = self.pipe.decode_tags([self._with_start(suffix) for suffix in suffixes])
        except ValueError:  # infinite log-probabilities forbid some of them: wait for more
            return np.zeros(0, dtype=np.int64)
        n, skip = len(self.log_probs), int(not self.is_start)
        table = np.stack([path[skip : skip + n] for path in paths])  # (n_tags, n_pieces)
        differ = np.flatnonzero((table != table[0]).any(axis=0))
        return table[0, : differ[0] if len(differ) else n]

    def _with_start(self, suffix: Sequence[int]) -> Floats2d:
        """Log-probabilities, after the O that was given out last, and before tags that are set."""
        if self.pipe.settings.decode == "argmax" and self.is_start:
            return self.log_probs
        fixed = [] if self.is_start else [self.tags.ids[OUTSIDE]]
        rows = [_only(self.tags, fixed), self.log_probs, _only(self.tags, suffix)]
        return np.concatenate(rows)

    def _give(self, path: Ints1d) -> Segment:
        """Give out the text of some pieces, and keep of them what is context of others."""
        n, first = len(path), self.n_given
        stop = first + n
        at_end = stop == len(self.ids)
        n_chars = len(self.text) if at_end else int(self.starts[stop]) if n else 0
        own = Pieces(self.ids[first:stop], self.starts[first:stop], self.ends[first:stop])
        text = self.text[:n_chars]
        marks = self.pipe.settings.trim_marks
        found = char_spans(text, own, path, self.tags, self.log_probs[:n], marks=marks)
        keep = max(0, stop - self.context)
        self.ids = self.ids[keep:]
        self.starts, self.ends = self.starts[keep:] - n_chars, self.ends[keep:] - n_chars
        self.n_given = stop - keep
        self.log_probs = self.log_probs[n:]
        self.text = self.text[n_chars:]
        self.is_start = self.is_start and n == 0
        return Segment(text, self.pipe.select_spans(text, found) if self.whole else found)


def _only(tags: TagSet, path: Sequence[int]) -> Floats2d:
    """Log-probabilities that allow one path."""
    rows = np.full((len(path), len(tags)), -np.inf)
    rows[np.arange(len(path)), list(path)] = 0.0
    return rows


def _suffix(tags: TagSet, tag: int) -> list[int]:
    """A tag, and after it what makes a legal end of it."""
    if tags.prefixes[tag] not in "BI":
        return [tag]
    label = tags.labels[tags.label_ids[tag]]
    end = tags.label_tags(label).get("E")
    return [tag] if end is None else [tag, end]


# Text, its spans, and the text around it -> the spans that are reported.
Complete = Callable[[str, list[CharSpan], tuple[str, str]], list[CharSpan]]
# Lines around a line of which what is reported of it may hang: those of a log go in rows.
N_LINES: Final = 2


class CompletedStream:
    """What is made of the spans of a network that stream in, a stretch of text at a time.

    network (Finder): Gives the spans of the network.
    complete (Complete): Makes of a stretch what is reported.
    cuts (Callable): Text -> places where it can be cut, from the last.
    """

    def __init__(
        self, network: Finder, complete: Complete, cuts: Callable[[str], Iterable[int]]
    ) -> None:
        self.network, self.complete, self.cuts = network, complete, cuts
        self.before = ""  # the last lines that were given out
        self.text = ""
        self.spans: list[CharSpan] = []

    def feed(self, chunk: str) -> Segment:
        """Take a chunk."""
        self._add(self.network.feed(chunk))
        free = (c for c in self.cuts(self.text) if not any(_holds(s, c) for s in self.spans))
        return self._give(next(iter(free), 0))

    def close(self) -> Segment:
        """Take the end."""
        self._add(self.network.close())
        return self._give(len(self.text))

    def _add(self, segment: Segment) -> None:
        self.spans += [_moved(span, len(self.text)) for span in segment.spans]
        self.text += segment.text

    def _give(self, cut: int) -> Segment:
        text, self.text = self.text[:cut], self.text[cut:]
        own = [span for span in self.spans if span.end_char <= cut]
        self.spans = [_moved(span, -cut) for span in self.spans if span.end_char > cut]
        found = self.complete(text, own, (self.before, self.text)) if text else []
        self.before = "".join((self.before + text).splitlines(keepends=True)[-N_LINES:])
        return Segment(text, found)


def _holds(span: CharSpan, cut: int) -> bool:
    return span.start_char < cut < span.end_char


def line_cuts(text: str) -> Iterator[int]:
    """Find the ends of lines, from the last, that no private key goes over.

    What completes spans looks no farther than the ends of a line, but for these keys; and some
    lines more are there, as some look at those after them.
    """
    keys = [(key.start_char, key.end_char) for key in find_private_keys(text)]
    cut = len(text)
    for n_after in count():
        cut = text.rfind("\n", 0, cut)
        if cut < 0:
            return
        if n_after >= N_LINES and not any(start <= cut < end for start, end in keys):
            yield cut + 1


def _moved(span: CharSpan, n_chars: int) -> CharSpan:
    return span._replace(start_char=span.start_char + n_chars, end_char=span.end_char + n_chars)


def _join_rules(rules: PrivacyRules, spans_key: str) -> Complete:
    def complete(text: str, spans: list[CharSpan], around: tuple[str, str]) -> list[CharSpan]:
        found, left = rules.join(text, {spans_key: spans})
        return sorted([*found, *left[spans_key]])

    return complete


def _complete_lines(pipe: PrivacyFilter, also: Collection[str]) -> Complete:
    """Complete one stretch after the other; names are known from the earlier ones."""
    known: Memory = {}

    def complete(text: str, spans: list[CharSpan], around: tuple[str, str]) -> list[CharSpan]:
        found = pipe.complete(text, spans, memory=known, around=around)
        asked = [span for span in found.optional if span.source in also]
        return sorted([*found.spans, *asked])

    return complete


def make_finder(nlp: Language, step: int, also: Collection[str] = ()) -> Finder:
    """Choose how spans of a pipeline can be found in a stream.

    One `privacy_filter`, perhaps with our rules after it, and categories beside it, can give spans
    before the end, unless it carries names back to what came before, or has patterns of its user.
    Of any other component, nobody knows what it reads and changes.

    nlp (Language): The pipeline.
    step (int): As in `ModelStream`.
    also (Collection[str]): What else a policy asks for, by source.
    """
    pipes: list[Any] = [
        pipe for _, pipe in nlp.pipeline if not isinstance(pipe, PrivacyTextCategorizer)
    ]
    if not pipes or not isinstance(pipes[0], PrivacyFilter) or len(pipes) > 2:
        return WholeText(nlp, also)
    pipe = pipes[0]
    pipe.ensure_ready()
    reach, settings = pipe.network.reach, pipe.settings
    if reach is None or settings.carry is True or settings.patterns:
        return WholeText(nlp, also)
    if settings.aggregation == WORD:
        return WholeText(nlp, also)
    if len(pipes) == 1 and not settings.completes:
        return ModelStream(pipe, step, reach)
    if len(pipes) == 1:
        network = ModelStream(pipe, step, reach, whole=False)
        return CompletedStream(network, _complete_lines(pipe, also), line_cuts)
    rules = pipes[1]
    if not isinstance(rules, PrivacyRules) or not hasattr(rules.find, "cuts"):
        return WholeText(nlp, also)
    if rules.spans_key == settings.spans_key or settings.completes:
        return WholeText(nlp, also)
    complete = _join_rules(rules, settings.spans_key)
    return CompletedStream(ModelStream(pipe, step, reach), complete, rules.find.cuts)
