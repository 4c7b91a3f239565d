"""Spans of a network -> what is reported: whole values, what rules find, and names everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ..decoding.selection import ALLOW_NOTHING, AllowList
from ..decoding.snap import snap_words
from ..labels.kinds import AGE, EMAIL, PERSON
from ..labels.taxonomies import name_finds
from ..rules.ages import find_ages
from ..rules.carry import carry
from ..rules.characters import plain_text
from ..rules.edges import cut_edges
from ..rules.impersonal import drop_impersonal_of
from ..rules.log_times import find_log_times
from ..rules.merge import join
from ..rules.name_parts import complete_names
from ..rules.patterns.patterns import join_own
from ..rules.repair import complete_tokens
from ..rules.settings import compile_rules
from ..rules.telling import Memory, remember
from ..text.words import cut_words
from ..types import CharSpan
from .tagger_settings import FORWARD, TaggerSettings


class Findings(NamedTuple):
    """What was found in a document.

    spans (list[CharSpan]): What is reported: sorted, disjoint.
    optional (list[CharSpan]): What is reported only if a policy asks for it; see `Policy.also`.
    network (list[CharSpan]): What the network alone would report.
    """

    spans: list[CharSpan]
    optional: list[CharSpan]
    network: list[CharSpan]


class Completion:
    """What is done with the spans of a network before they are reported.

    settings (TaggerSettings): Which steps are taken.
    labels (Iterable[str]): Labels of the network, whose names rules take over where they can.
    allow (AllowList): What is never reported, and so is never carried.
    """

    def __init__(
        self, settings: TaggerSettings, labels: Iterable[str], allow: AllowList = ALLOW_NOTHING
    ) -> None:
        self.settings, self.allow = settings, allow
        self._find = compile_rules(settings.rules)
        self._rules = {} if self._find is None else self._find.labels
        self._reports_ages = AGE in self._rules
        self._labels = tuple(labels)

    def __call__(
        self,
        text: str,
        spans: Sequence[CharSpan],
        given: Sequence[CharSpan] = (),
        memory: Memory | None = None,
        around: tuple[str, str] = ("", ""),
    ) -> tuple[list[CharSpan], list[CharSpan]]:
        """Complete the spans of a text.

        text (str): The text.
        spans (Sequence[CharSpan]): What the network found: sorted, disjoint.
        given (Sequence[CharSpan]): What patterns of the user's found.
        memory (Memory | None): What earlier parts of the same text told; gets what this one tells.
        around (tuple[str, str]): Whole lines of the same text before and after.
        RETURNS (tuple): What is reported, before `label_map`; and what is optional.
        """
        kept = list(spans)
        words = cut_words(text) if kept else None
        if self.settings.snap:
            kept = complete_names(text, snap_words(text, kept, words))
            kept = cut_edges(text, complete_tokens(text, kept, labels=self._by_kind))
        optional: list[CharSpan] = []
        if self._find is not None:
            by_rule, kept = drop_impersonal_of(text, self.find_by_rule(text), kept)
            kept = join(by_rule, kept, text)
        kept = join_own(given, kept) if given else kept
        kept = [s for s in kept if text[s.start_char : s.end_char] not in self.allow]
        if self.settings.carry:
            known = () if memory is None else tuple(memory.values())
            if memory is not None:
                remember(memory, text, kept)
            forward = self.settings.carry == FORWARD
            person = self._by_kind.get(PERSON)
            kept = carry(text, kept, known=known, forward=forward, person=person, words=words)
        if self._find is not None:
            kept, optional = self._set_apart(text, kept, around)
        return kept, optional

    @cached_property
    def _names(self) -> dict[str, str]:
        """The label of each rule: read at first use, as the table is a file."""
        return name_finds(self._labels, self._rules)

    @cached_property
    def _by_source(self) -> dict[str, str]:
        return {f"rule:{rule}": label for rule, label in self._names.items()}

    @cached_property
    def _by_kind(self) -> dict[str, str]:
        """Labels of the network by kind, for what is found beside it."""
        own = name_finds(self._labels, {EMAIL: "private_email", PERSON: "private_person"})
        return {kind: label for kind, label in own.items() if label in self._labels}

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that rules may give."""
        return tuple(dict.fromkeys((*self._names.values(), AGE) if self._names else ()))

    def find_by_rule(self, text: str) -> list[CharSpan]:
        """Find by rule, under the network's own labels where it has one for it."""
        if self._find is None:
            return []
        names = self._by_source
        return [
            CharSpan(start, end, names.get(source, label), score, source)
            for start, end, label, score, source in self._find(text)
        ]

    def _set_apart(
        self, text: str, spans: list[CharSpan], around: tuple[str, str]
    ) -> tuple[list[CharSpan], list[CharSpan]]:
        """Set apart what is reported only if it is asked for."""
        before, after = around
        if before or after:
            moved = [_move(span, len(before)) for span in spans]
            kept, times = (
                [_move(span, -len(before)) for span in own]
                for own in find_log_times(before + text + after, moved)
            )
        else:
            kept, times = find_log_times(text, spans)
        ages = [] if self._reports_ages else list(_find_ages(text))
        if self.settings.log_times:
            return sorted([*kept, *times]), ages
        return kept, sorted([*ages, *times])


def _move(span: CharSpan, n_chars: int) -> CharSpan:
    return span._replace(start_char=span.start_char + n_chars, end_char=span.end_char + n_chars)


def _find_ages(text: str) -> Iterator[CharSpan]:
    for find in find_ages(plain_text(text)):
        yield CharSpan(find.start_char, find.end_char, AGE, find.score, f"rule:{AGE}")
