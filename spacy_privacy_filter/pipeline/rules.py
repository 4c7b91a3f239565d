"""`privacy_filter_rules`: finds structured identifiers by rule, beside a model or alone."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from ..rules.merge import PREFERENCES, merge
from ..types import CharSpan
from .annotations import USER_DATA_KEY, register_extensions, set_ents, set_privacy_spans
from .names import RULES
from .tagger import PrivacyFilter
from .token_spans import ENTS_POLICIES, NONE, combine_ents, merge_tokens, to_spacy_spans

register_extensions()


class PrivacyRules:
    """Add what rules find to `doc._.privacy_spans`, `doc.spans` and `doc.ents`."""

    def __init__(
        self,
        name: str,
        find: Callable[[str], list[CharSpan]],
        prefer: str,
        ents_policy: str,
        spans_key: str,
    ) -> None:
        for setting, value, allowed in [
            ("prefer", prefer, PREFERENCES),
            ("ents_policy", ents_policy, ENTS_POLICIES),
        ]:
            if value not in allowed:
                raise ValueError(
                    f"{setting} = {value!r} is not known. Choose: {', '.join(allowed)}."
                )
        if not spans_key:
            raise ValueError("spans_key must not be empty.")
        self.name, self.find = name, find
        self.prefer, self.ents_policy, self.spans_key = prefer, ents_policy, spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        stored = doc.user_data.get(USER_DATA_KEY, {})
        models = {
            key: [CharSpan(*span) for span in spans]
            for key, spans in stored.items()
            if key != self.spans_key
        }
        spans, left = self.join(doc.text, models)
        for key, rest in left.items():
            set_privacy_spans(doc, key, rest)
        set_privacy_spans(doc, self.spans_key, spans)
        grown, scores = to_spacy_spans(doc, spans), [span.score for span in spans]
        doc.spans[self.spans_key] = SpanGroup(
            doc, name=self.spans_key, spans=grown, attrs={"scores": scores}
        )
        if self.ents_policy != NONE:
            set_ents(doc, combine_ents(doc, merge_tokens(grown, scores), self.ents_policy))
        return doc

    def join(
        self, text: str, models: dict[str, list[CharSpan]]
    ) -> tuple[list[CharSpan], dict[str, list[CharSpan]]]:
        """Find spans by rule, and join them with those of models by name. See `merge`."""
        return merge(self.find(text), models, self.prefer, text)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate documents one by one; a batch changes nothing."""
        return map(self, stream)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to write: settings are in the config."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "PrivacyRules":
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "PrivacyRules":
        """Nothing to read."""
        return self


@Language.factory(
    RULES,
    assigns=["doc.ents", "doc.spans", "doc._.privacy_spans"],
    default_config={
        "rules": {"@misc": "spacy_privacy_filter.rules.v1", "labels": None, "regions": None},
        "prefer": "rules",
        "ents_policy": "merge",
        "spans_key": RULES,
    },
)
def make_privacy_rules(
    nlp: Language,
    name: str,
    rules: Callable[[str], Any],
    prefer: str,
    ents_policy: str,
    spans_key: str,
) -> PrivacyRules:
    """Make the component that finds identifiers by rule. After `privacy_filter`, it merges.

    rules (Callable): Text -> spans, such as spacy_privacy_filter.rules.v1.
    prefer (str): Whose label and score a span gets where a rule's meets a model's: "rules",
        "model", "score" (the higher), or "both" to keep them apart. They meet if one holds the
        other or both are of one kind; else the one that knows less keeps its rest. All characters
        of either are covered. `doc.spans` of the model stays as the model wrote it.
    ents_policy (str): What becomes of entities that are there; see `make_privacy_filter`.
    spans_key (str): Key of `doc.spans`.
    RAISES (ValueError): A setting with a bad value.
    """
    for other, pipe in nlp.components:
        if isinstance(pipe, PrivacyFilter) and pipe.settings.rules:
            raise ValueError(
                f"{other!r} finds by rule already (rules = true). Leave {name!r} out, or set rules "
                f"= false for {other!r}."
            )
    return PrivacyRules(name, rules, prefer, ents_policy, spans_key)
