"""The component that finds by rule, alone and after a model."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from spacy_privacy_filter.pipeline.annotations import set_privacy_spans
from spacy_privacy_filter.types import CharSpan


@Language.component("tests_model")
def model(doc: Doc) -> Doc:
    """A model that finds the first 12 characters, in a document that has entities."""
    spans = [CharSpan(0, 12, "private_person", 0.7)] if len(doc) > 2 else []
    set_privacy_spans(doc, "privacy_filter", spans)
    if len(doc) > 2:
        doc.set_ents([Span(doc, 0, 2, label="ORG")])
    return doc


def test_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_model")
    nlp.add_pipe("privacy_filter_rules")
    nlp.add_pipe("privacy_filter_redact")
    text = "mail to ada@example.org or 10.1.2.3 now"
    doc = nlp(text)
    assert doc._.privacy_spans == (
        CharSpan(0, 7, "private_person", 0.7),  # what the address does not take
        CharSpan(8, 23, "private_email", 0.95, "rule:email"),
        CharSpan(27, 35, "ip_address", 0.95, "rule:ip"),
    )
    assert doc._.redacted == "[PRIVATE_PERSON] [PRIVATE_EMAIL] or [IP_ADDRESS] now"
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("mail to", "ORG"), ("ada@example.org", "private_email"), ("10.1.2.3", "ip_address"),
    ]  # fmt: skip
    labels = [span.label_ for span in doc.spans["privacy_filter_rules"]]
    assert labels == ["private_email", "ip_address"]
    docs = list(nlp.pipe([text, "", "none"]))
    assert docs[0]._.privacy_spans == doc._.privacy_spans
    assert docs[1]._.privacy_spans == ()
    assert spacy.blank("en").from_config(nlp.config)(text)._.redacted == doc._.redacted


def test_component_alone_and_saved(tmp_path) -> None:
    nlp = spacy.blank("en")
    rules = {"@misc": "spacy_privacy_filter.rules.v1", "labels": {"email": "EMAIL"}}
    nlp.add_pipe("privacy_filter_rules", config={"rules": rules, "ents_policy": "none"})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)("ada@example.org")
    assert [span.label for span in doc._.privacy_spans] == ["EMAIL"]
    assert not doc.ents
    for setting in ("prefer", "ents_policy"):
        with pytest.raises(ValueError, match=f"{setting} = 'x' is not known"):
            nlp.add_pipe("privacy_filter_rules", name="b", config={setting: "x"})
    with pytest.raises(ValueError, match="spans_key"):
        nlp.add_pipe("privacy_filter_rules", name="c", config={"spans_key": ""})
