"""Patterns that find personal data in place of a network."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from spacy_privacy_filter.pipeline.annotations import set_privacy_spans
from spacy_privacy_filter.types import CharSpan

TEXT = "Ada Lovelace (ada.lovelace@example.org) met Bob on 4 May 2026. Ada left."
FORMS = {"person": r"Ada Lovelace|Ada\b|Bob", "email": r"[\w.]+@[\w.]+\b", "date": r"\d+ May \d+"}


@Language.component("tests_finder")
def find(doc: Doc) -> Doc:
    spans = [
        CharSpan(m.start(), m.end(), f"private_{label}", 0.9)
        for label, form in FORMS.items()
        for m in re.finditer(form, doc.text)
    ]
    set_privacy_spans(doc, "tests", spans)
    return doc


def make_nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_finder")
    return nlp
