"""Settings of `privacy_filter`: names, defaults and meanings, for its factory and the docs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ..labels.taxonomies import check_target
from ..rules.settings import RuleSetting, compile_rules
from .names import FILTER
from .token_spans import ENTS_POLICIES, MERGE

DECODERS: Final = ("viterbi", "argmax")
PIECE: Final = "piece"
# A text, or {"regex": ...}.
Allowed: TypeAlias = str | Mapping[str, str]
DEFAULT_POINT: Final = "default"
WORD: Final = "word"
FORWARD: Final = "forward"
# As the published decoder has it.
PUBLISHED: Final[Mapping[str, bool | None]] = {"rules": False, "snap": None, "carry": False}


@dataclass(frozen=True)
class TaggerSettings:
    """How tags become spans, and where spans are written.

    decode (str): "viterbi" (best legal path) or "argmax" (best tag of each piece).
    aggregation (str): "piece" (each piece of the network has its tag) or "word" (the first piece of
        a word speaks for all of it): for networks that were trained on the first pieces alone.
    operating_point (str): Named set of transition biases and thresholds that comes with the
        weights (operating_points.json); "default" is the published calibration.
    biases (dict | None): The six transition biases by name, in place of an operating point.
    thresholds (float | dict): Least score of a span, 0 to 1; one for all, or by label.
    label_map (dict | str | None): Model label -> name to write; None as a name drops the label. Or
        "hipaa", "kp" or "openai" for a published map (see crosswalk.py), which drops none.
    min_length (int): Least number of characters of a span.
    trim_marks (bool): Leave out marks such as "=" or a quote that share a piece with the first or
        last character of a span; false keeps whole pieces but for white space, as opf does.
    allow (list): Texts that are never reported: exact ones, or {"regex": ...} for the whole span.
    patterns (list): What is found besides: texts, expressions and token patterns; see
        docs/patterns.md.
    ents_policy (str): What becomes of entities that are there already, where spans meet: "merge"
        (higher score wins), "keep" (they win), "replace" (all go), "none" (doc.ents is left alone).
        What does not win is left out of doc.ents whole.
    spans_key (str): Key of `doc.spans`.
    rules (bool | dict): Also find by rule what has a form, and leave out what is not personal; true
        for every rule that is on by default. Or a dict: a rule's name -> whether it is used, or the
        label that it gives; "ages" -> whether ages over 89 are reported; "regions" -> countries
        whose phone numbers are known without +. See `rules.finder.make_rules`.
    snap (str | None): "word" makes a span grow to whole words, addresses and numbers; null keeps
        the pieces that the network tagged.
    carry (bool | str): Whether a name or value that was found once is found everywhere in the
        text; "forward" only in what follows it, as a stream needs.
    log_times (bool): Whether the time that begins a line of a log is reported if the line holds no
        person.

    With rules, snap and carry all off, spans are those of the published decoder.
    """

    decode: str = "viterbi"
    aggregation: str = PIECE
    operating_point: str = DEFAULT_POINT
    biases: Mapping[str, float] | None = None
    thresholds: float | Mapping[str, float] = 0.0
    label_map: Mapping[str, str | None] | str | None = None
    min_length: int = 1
    trim_marks: bool = True
    allow: Sequence[Allowed] = field(default_factory=list)
    patterns: Sequence[Mapping[str, object]] = field(default_factory=list)
    ents_policy: str = MERGE
    spans_key: str = FILTER
    rules: bool | Mapping[str, RuleSetting] = True
    snap: str | None = WORD
    carry: bool | str = True
    log_times: bool = False

    @property
    def completes(self) -> bool:
        """Whether anything is done with the spans of the network before they are reported."""
        return bool(self.rules or self.snap or self.carry)

    @property
    def depends_on_weights(self) -> bool:
        """Whether some of them name labels or points, which come with the weights."""
        labels = isinstance(self.thresholds, Mapping) or self.label_map is not None
        return labels or self.operating_point != DEFAULT_POINT

    def __post_init__(self) -> None:
        check_choice("decode", self.decode, DECODERS)
        check_choice("aggregation", self.aggregation, (PIECE, WORD))
        check_choice("ents_policy", self.ents_policy, ENTS_POLICIES)
        given = self.thresholds
        values = given.values() if isinstance(given, Mapping) else [given]
        if not all(isinstance(value, (int, float)) and 0 <= value <= 1 for value in values):
            raise ValueError(f"thresholds must be 0 to 1, but are {self.thresholds!r}.")
        if isinstance(self.label_map, Mapping) and "" in self.label_map.values():
            raise ValueError("label_map has an empty name. To drop a label, map it to null (None).")
        if isinstance(self.label_map, str):
            check_target(self.label_map)
        if self.min_length < 1:
            raise ValueError(f"min_length must be at least 1, but is {self.min_length}.")
        if not self.spans_key:
            raise ValueError("spans_key must not be empty.")
        if self.snap not in (None, WORD):
            raise ValueError(f"snap must be {WORD!r} or null (None), but is {self.snap!r}.")
        if self.carry not in (True, False, FORWARD):
            raise ValueError(f"carry must be true, false or {FORWARD!r}, but is {self.carry!r}.")
        compile_rules(self.rules)


def check_choice(setting: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a value that is not one of those allowed. RAISES (ValueError)."""
    if value not in allowed:
        raise ValueError(f"{setting} = {value!r} is not known. Choose: {', '.join(allowed)}.")
