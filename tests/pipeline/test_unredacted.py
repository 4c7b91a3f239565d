"""What other components find in vain is said once; settings of a wrong type say what to write."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
import spacy
from spacy.language import Language

from ..patterns import make_nlp

TEXT = "Ada King lives in Paris."
PLACES = [{"label": "GPE", "pattern": "Paris"}]


def messages(nlp: Language, n_docs: int = 2) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(n_docs):
            nlp(TEXT)
    return [str(one.message) for one in caught if "redact" in str(one.message)]


def test_a_ruler_behind_the_redactor_is_told_once() -> None:
    nlp = make_nlp()
    nlp.add_pipe("privacy_filter_redact", config={"ents": True})
    assert messages(nlp) == []
    nlp.add_pipe("entity_ruler").add_patterns(PLACES)  # type: ignore[attr-defined]
    (message,) = messages(nlp)
    assert "'entity_ruler' comes after 'privacy_filter_redact'" in message
    assert "before=" in message


@pytest.mark.parametrize("annotates", [False, True])
def test_a_span_ruler_that_writes_no_entities_is_told(annotates: bool) -> None:
    nlp = make_nlp()
    ruler = nlp.add_pipe("span_ruler", config={"annotate_ents": annotates})
    ruler.add_patterns(PLACES)  # type: ignore[attr-defined]
    nlp.add_pipe("privacy_filter_redact", config={"ents": True})
    told = messages(nlp)
    assert len(told) == (0 if annotates else 1)
    assert all("annotate_ents = true" in message for message in told)


def test_a_label_that_nobody_has_is_told() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter")
    nlp.add_pipe("entity_ruler", first=True).add_patterns(PLACES)  # type: ignore[attr-defined]
    nlp.add_pipe("privacy_filter_redact", config={"ents": ["GPE", "GEP"]})
    (message,) = messages(nlp)
    assert "has GEP, which no component before it finds" in message
    assert "[GPE]" in nlp(TEXT)._.redacted


def test_a_component_that_does_not_tell_its_labels_may_have_any() -> None:
    nlp = make_nlp()
    Language.component("test_unredacted_quiet", func=lambda doc: doc)
    nlp.add_pipe("test_unredacted_quiet", first=True)
    nlp.add_pipe("privacy_filter_redact", config={"ents": ["ORG"]})
    assert messages(nlp) == []


@pytest.mark.parametrize(
    ("factory", "config", "advice"),
    [
        ("privacy_filter", {"allow": "Ada"}, "Write it in brackets"),
        ("privacy_filter", {"allow": {"regex": "x"}}, "Write it in brackets"),
        ("privacy_filter", {"allow": 3}, "but is 3"),
        ("privacy_filter", {"allow": [3]}, "Item 0"),
        ("privacy_filter", {"patterns": {"label": "A", "regex": "x"}}, "Put it in brackets"),
        ("privacy_filter", {"patterns": [3]}, "expected an entry"),
        ("privacy_filter_redact", {"ents": "ORG"}, r'Write ents = \["ORG"\]'),
        ("privacy_filter_redact", {"ents": [3]}, "a list of labels"),
        ("privacy_filter_redact", {"ents": 3}, "a list of labels"),
    ],
)
def test_a_wrong_type_says_what_to_write(factory: str, config: dict[str, Any], advice: str) -> None:
    with pytest.raises(ValueError, match=advice) as caught:
        spacy.blank("en").add_pipe(factory, config=config)
    assert "Config error" not in str(caught.value)


def test_known_labels_are_listed_once() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="label_map") as caught:
        nlp.add_pipe("privacy_filter", config={"label_map": {"nobody": "X"}})
    assert str(caught.value).count("secret") == 1
