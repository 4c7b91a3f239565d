"""The tagger in a pipeline: what it writes, and what each setting changes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from spacy_privacy_filter.decoding.trim import trim_space
from spacy_privacy_filter.labels.tags import OPENAI_LABELS

from ..helpers import ALONE, FILTER, TEXTS, make_nlp


def with_settings(source: str, **settings: Any) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": source, **ALONE, **settings})
    return nlp


@pytest.fixture(scope="module")
def found(tiny_source: str) -> dict[str, tuple[Any, ...]]:
    """What the default settings find in each text."""
    nlp = make_nlp(tiny_source)
    return {text: nlp(text)._.privacy_spans for text in TEXTS}


@pytest.mark.parametrize("lang", ["en", "xx", "de", "zh", "ar"])
def test_blank_pipelines_of_any_language_find_the_same_characters(
    lang: str, tiny_source: str, found: dict[str, Any]
) -> None:
    nlp = make_nlp(tiny_source, lang=lang)
    for text in TEXTS:
        doc = nlp(text)
        assert doc._.privacy_spans == found[text]
        assert sum(doc.cats.values()) == pytest.approx(1, abs=1e-5)


def test_spans_are_exact_and_grow_to_tokens(found: dict[str, Any], tiny_source: str) -> None:
    assert sum(map(len, found.values())) > 20, "the test needs spans"
    nlp = make_nlp(tiny_source)
    for text, spans in found.items():
        doc = nlp(text)
        assert list(spans) == sorted(spans)
        for (_, end, *_), (start, *_) in pairwise(spans):
            assert end <= start
        group = doc.spans[FILTER]
        assert group.attrs["scores"] == [span.score for span in spans]
        for exact, grown in zip(spans, group, strict=True):
            assert exact.label in OPENAI_LABELS
            assert 0 < exact.score <= 1
            assert trim_space(text, *exact[:2]) == exact[:2]
            assert grown.label_ == exact.label
            assert grown.start_char <= exact.start_char
            assert exact.end_char <= grown.end_char
        in_entity = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        assert in_entity == {i for span in group for i in range(span.start, span.end)}


class TestSettings:
    def test_one_threshold(self, tiny_source: str, found: dict[str, Any]) -> None:
        scores = sorted(span.score for spans in found.values() for span in spans)
        least = scores[len(scores) // 2]
        nlp = with_settings(tiny_source, thresholds=least)
        for text, spans in found.items():
            kept = tuple(span for span in spans if span.score >= least)
            assert nlp(text)._.privacy_spans == kept
        assert any(span.score < least for spans in found.values() for span in spans)

    def test_a_threshold_for_each_label(self, tiny_source: str, found: dict[str, Any]) -> None:
        nlp = with_settings(tiny_source, thresholds={"private_email": 1.0})
        kept = {t: [s for s in spans if s.label != "private_email"] for t, spans in found.items()}
        assert any(kept.values()), "the test needs two labels"
        assert {t: list(nlp(t)._.privacy_spans) for t in TEXTS} == kept

    def test_labels_are_renamed_and_dropped(self, tiny_source: str, found: dict[str, Any]) -> None:
        new = {"private_email": "EMAIL", "account_number": None}
        nlp = with_settings(tiny_source, label_map=new)
        for text, spans in found.items():
            named = [span._replace(label=new.get(span.label, span.label)) for span in spans]
            doc = nlp(text)
            assert list(doc._.privacy_spans) == [span for span in named if span.label]
            assert {ent.label_ for ent in doc.ents} <= {span.label for span in named}
        labels = {span.label for spans in found.values() for span in spans}
        assert set(new) <= labels, "the test needs these labels"

    def test_min_length_and_allow(self, tiny_source: str, found: dict[str, Any]) -> None:
        text, spans = max(found.items(), key=lambda item: len(item[1]))
        words = [text[span.start_char : span.end_char] for span in spans]
        nlp = with_settings(tiny_source, min_length=3)
        assert [s.end_char - s.start_char for s in nlp(text)._.privacy_spans] == [
            len(word) for word in words if len(word) >= 3
        ]
        nlp = with_settings(tiny_source, allow=[words[0], {"regex": r"\d+"}])
        kept = [text[s.start_char : s.end_char] for s in nlp(text)._.privacy_spans]
        assert kept == [word for word in words if word != words[0] and not word.isdigit()]
        assert 0 < len(kept) < len(words)

    def test_argmax(self, tiny_source: str, found: dict[str, Any]) -> None:
        nlp = with_settings(tiny_source, decode="argmax")
        assert any(nlp(text)._.privacy_spans != spans for text, spans in found.items())

    def test_biases_trade_recall(self, tiny_source: str, found: dict[str, Any]) -> None:
        n_default = sum(map(len, found.values()))
        few = with_settings(tiny_source, biases={"transition_bias_background_stay": 20.0})
        many = with_settings(tiny_source, biases={"transition_bias_background_to_start": 5.0})
        counts = [sum(len(nlp(t)._.privacy_spans) for t in TEXTS) for nlp in (few, many)]
        assert counts[0] < n_default < counts[1]

    @pytest.mark.parametrize("setting", [{"window": 20}, {"batch_pieces": 1}])
    def test_sizes_of_windows_change_nothing(
        self, setting: dict[str, int], tiny_source: str, found: dict[str, Any]
    ) -> None:
        nlp = with_settings(tiny_source, **setting)
        for text, spans in found.items():
            now = nlp(text)._.privacy_spans
            assert [span[:3] for span in now] == [span[:3] for span in spans]
            np.testing.assert_allclose(
                [span.score for span in now], [span.score for span in spans], atol=1e-5
            )

    def test_two_filters_with_keys_of_their_own(
        self, tiny_source: str, found: dict[str, Any]
    ) -> None:
        nlp = make_nlp(tiny_source)
        strict = {"spans_key": "sure", "thresholds": 0.2, "ents_policy": "none"}
        nlp.add_pipe(FILTER, name="sure", config=strict)
        assert nlp.get_pipe("sure").network is nlp.get_pipe(FILTER).network
        doc = nlp(TEXTS[4])
        sure = [span for span in found[TEXTS[4]] if span.score >= 0.2]
        assert 0 < len(sure) < len(found[TEXTS[4]])
        assert len(doc.spans["sure"]) == len(sure)
        assert len(doc.spans[FILTER]) == len(found[TEXTS[4]])
        assert list(doc._.privacy_spans) == sorted([*found[TEXTS[4]], *sure])


class TestEntitiesOfOthers:
    TEXT = TEXTS[4]

    def pipeline(self, source: str, policy: str) -> Language:
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns(
            [
                {"label": "GPE", "pattern": "said", "id": "speech"},
                {"label": "WORD", "pattern": "hello"},
                {"label": "NAME", "pattern": "Zoë"},
            ]
        )
        nlp.add_pipe(FILTER, config={"source": source, "ents_policy": policy, **ALONE})
        return nlp

    def ents(self, doc: Doc) -> set[tuple[int, int, str]]:
        return {(ent.start, ent.end, ent.label_) for ent in doc.ents}

    def test_policies(self, tiny_source: str) -> None:
        alone = self.ents(with_settings(tiny_source)(self.TEXT))
        none = self.ents(self.pipeline(tiny_source, "none")(self.TEXT))
        assert {label for *_, label in none} == {"GPE", "WORD", "NAME"}
        assert self.ents(self.pipeline(tiny_source, "replace")(self.TEXT)) == alone
        taken = {i for start, end, _ in alone for i in range(start, end)}
        clash = {ent for ent in none if taken & set(range(*ent[:2]))}
        assert 0 < len(clash) < 3, "the test needs one that collides, and one that does not"
        assert none < self.ents(self.pipeline(tiny_source, "keep")(self.TEXT))
        # Entities without a score lose.
        assert self.ents(self.pipeline(tiny_source, "merge")(self.TEXT)) == alone | (none - clash)

    @pytest.mark.parametrize("policy", ["keep", "replace", "merge", "none"])
    def test_every_policy_leaves_the_spans_whole(self, policy: str, tiny_source: str) -> None:
        doc = self.pipeline(tiny_source, policy)(self.TEXT)
        assert doc._.privacy_spans == with_settings(tiny_source)(self.TEXT)._.privacy_spans

    def test_ids_of_kept_entities_stay(self, tiny_source: str) -> None:
        doc = self.pipeline(tiny_source, "keep")(self.TEXT)
        assert [ent.ent_id_ for ent in doc.ents if ent.label_ == "GPE"] == ["speech"]

    def test_after_a_trained_ner(self, tiny_source: str) -> None:
        nlp = spacy.blank("en")
        ner = nlp.add_pipe("ner")
        ner.add_label("PERSON")  # type: ignore[attr-defined]
        nlp.initialize()
        nlp.add_pipe(FILTER, config={"source": tiny_source, **ALONE})
        assert (
            nlp(self.TEXT)._.privacy_spans == with_settings(tiny_source)(self.TEXT)._.privacy_spans
        )

    def test_an_entity_with_a_higher_score_wins(self, tiny_source: str) -> None:
        nlp = with_settings(tiny_source)
        doc = nlp.make_doc(self.TEXT)
        whole = Span(doc, 0, len(doc), label="ALL")
        doc.set_ents([whole])
        doc.spans["theirs"] = [whole]
        doc.spans["theirs"].attrs["scores"] = [1.0]
        assert self.ents(nlp(doc)) == {(0, len(doc), "ALL")}
