"""Spans of a network -> what is reported: whole values, what rules find, and names everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ..decoding.selection import ALLOW_NOTHING, AllowList
from ..decoding.snap import snap_words
from ..labels.taxonomies import name_finds
from ..rules.ages import AGE, find_ages
from ..rules.carry import Known, carry
from ..rules.impersonal import drop_impersonal
from ..rules.log_times import find_log_times
from ..rules.merge import join
from ..rules.patterns.patterns import join_own
from ..rules.repair import complete_tokens
from ..rules.settings import AGES, compile_rules
from ..types import CharSpan
from .tagger_settings import FORWARD, TaggerSettings

# Names and values that were told, each once with its best score.
Memory: TypeAlias = dict[tuple[str, str], Known]
LOG_TIMES = "log_times"
# Which finds are kept apart until somebody asks for them.
OPTIONAL: Mapping[str, str] = {AGES: "rule:age", LOG_TIMES: "rule:log_time"}


class Findings(NamedTuple):
    """What was found in a document.

    spans (list[CharSpan]): What is reported: sorted, disjoint.
    optional (list[CharSpan]): What is reported only if a policy asks for it; see `OPTIONAL`.
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
        choice = compile_rules(settings.rules)
        self._find = None if choice is None else choice.rules
        self.asked = {AGES: choice is not None and choice.ages, LOG_TIMES: settings.log_times}
        self._names = name_finds(labels, {} if choice is None else choice.rules.labels)

    def __call__(
        self,
        text: str,
        spans: Sequence[CharSpan],
        given: Sequence[CharSpan] = (),
        memory: Memory | None = None,
    ) -> tuple[list[CharSpan], list[CharSpan]]:
        """Complete the spans of a text.

        text (str): The text.
        spans (Sequence[CharSpan]): What the network found: sorted, disjoint.
        given (Sequence[CharSpan]): What patterns of the user's found.
        memory (Memory | None): What earlier parts of the same text told; gets what this one tells.
        RETURNS (tuple): What is reported, before `label_map`; and what is optional.
        """
        kept = list(spans)
        if self.settings.snap:
            kept = complete_tokens(text, snap_words(text, kept))
        optional: list[CharSpan] = []
        if self._find is not None:
            kept = join(self.find_by_rule(text), drop_impersonal(text, kept))
        kept = join_own(given, kept) if given else kept
        kept = [s for s in kept if text[s.start_char : s.end_char] not in self.allow]
        if self.settings.carry:
            known = () if memory is None else tuple(memory.values())
            _remember(memory, text, kept)
            kept = carry(text, kept, known=known, forward=self.settings.carry == FORWARD)
        if self._find is not None:
            kept, optional = self._set_apart(text, kept)
        return kept, optional

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that rules may give."""
        return tuple(dict.fromkeys((*self._names.values(), AGE) if self._names else ()))

    def find_by_rule(self, text: str) -> list[CharSpan]:
        """Find by rule, under the network's own labels where it has one for it."""
        if self._find is None:
            return []
        return [span._replace(label=self._name(span)) for span in self._find(text)]

    def _name(self, span: CharSpan) -> str:
        return self._names.get(span.source.removeprefix("rule:"), span.label)

    def _set_apart(self, text: str, spans: list[CharSpan]) -> tuple[list[CharSpan], list[CharSpan]]:
        """Set apart what is reported only if it is asked for."""
        kept, times = find_log_times(text, spans)
        optional = list(times)
        ages = list(find_ages(text))
        if self.asked[AGES]:
            kept = join(ages, kept)
        else:
            optional += ages
        if self.asked[LOG_TIMES]:
            kept, optional = sorted([*kept, *times]), [s for s in optional if s not in times]
        return kept, sorted(optional)


def _remember(memory: Memory | None, text: str, spans: Iterable[CharSpan]) -> None:
    if memory is None:
        return
    for span in spans:
        value = text[span.start_char : span.end_char]
        old = memory.get((value, span.label))
        if old is None or old.score < span.score:
            memory[value, span.label] = Known(value, span.label, span.score)
