"""The component that redacts: what it writes, its key, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from spacy_privacy_filter import (
    api,
    deidentify,
)

from ..helpers import TEXTS
from ..patterns import TEXT, make_nlp

KEY = "a key of the tests, of 16 bytes or more"


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch) -> Language:
    """What finds, for the component and for the functions that it is compared with."""
    made = make_nlp()
    monkeypatch.setattr(api, "default_pipeline", lambda: made)
    return made


def test_component(nlp: Language) -> None:
    nlp.add_pipe("privacy_filter_redact")
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert doc._.redacted == deidentify(TEXT).text
    assert doc._.redacted_spans == deidentify(TEXT).spans
    again = next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)))
    assert again._.redacted == doc._.redacted
    assert again._.redacted_spans == doc._.redacted_spans
    assert nlp("")._.redacted == ""
    assert nlp.make_doc(TEXT)._.redacted is None


def test_component_with_a_key(nlp: Language, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    nlp.add_pipe("privacy_filter_redact", config={"policy": "research", "subject_key": "patient"})
    monkeypatch.delenv("PRIVACY_FILTER_KEY", raising=False)
    with pytest.raises(ValueError, match="needs a key"):
        nlp(TEXT)
    monkeypatch.setenv("PRIVACY_FILTER_KEY", KEY)
    nlp.to_disk(tmp_path / "nlp")
    assert KEY not in "".join(p.read_text("latin1") for p in tmp_path.rglob("*") if p.is_file())
    loaded = spacy.load(tmp_path / "nlp")
    assert loaded(TEXT)._.redacted == deidentify(TEXT, policy="research", key=KEY).text
    doc = nlp.make_doc(TEXT)
    doc.user_data["patient"] = "17"
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    expected = deidentify(TEXT, policy="research", key=KEY, subject="17")
    assert doc._.redacted == expected.text


def test_processes_agree(nlp: Language) -> None:
    nlp.add_pipe("privacy_filter_redact", config={"policy": "llm_prompt"})
    texts = [f"Bob has {i} letters from Ada Lovelace." for i in range(6)]
    one = [doc._.redacted for doc in nlp.pipe(texts)]
    assert one == [deidentify(text, policy="llm_prompt").text for text in texts]
    assert one == [doc._.redacted for doc in nlp.pipe(texts, n_process=2, batch_size=2)]


def test_component_refuses_to_do_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter_redact")
    with pytest.raises(ValueError, match="Add 'privacy_filter' before it"):
        nlp("Ada")
    with pytest.raises(ValueError, match="unknown operator"):
        nlp.add_pipe("privacy_filter_redact", name="x", config={"policy": {"default": "?"}})
    corpus = {"default": "number", "scope": "corpus"}
    with pytest.raises(ValueError, match="one document at a time"):
        nlp.add_pipe("privacy_filter_redact", name="x", config={"policy": corpus})


RULED = "Northshire Mutual met Ada Lovelace in Paris about 3 letters."


def make_ruled(ents: object = None, **settings: object) -> Language:
    nlp = make_nlp()
    ruler = nlp.add_pipe("entity_ruler", first=True)
    names = {"ORG": "Northshire Mutual", "GPE": "Paris", "CARDINAL": "3", "PERSON": "Ada Lovelace"}
    ruler.add_patterns([{"label": key, "pattern": name} for key, name in names.items()])
    nlp.add_pipe("privacy_filter_redact", config={"ents": ents, **settings})
    return nlp


@pytest.mark.parametrize(
    ("ents", "redacted"),
    [
        (["ORG"], "[ORG] met [PRIVATE_PERSON] in Paris about 3 letters."),
        (["GPE", "PERSON"], "Northshire Mutual met [PRIVATE_PERSON] in [GPE] about 3 letters."),
        (True, "[ORG] met [PRIVATE_PERSON] in [GPE] about [CARDINAL] letters."),
        ([], "Northshire Mutual met [PRIVATE_PERSON] in Paris about 3 letters."),
    ],
)
def test_entities_of_others(ents: object, redacted: str) -> None:
    """What ours covers keeps our label; the rest is redacted as asked, without a warning."""
    assert make_ruled(ents)(RULED)._.redacted == redacted


def test_entities_that_stay_are_named_once() -> None:
    nlp = make_ruled()
    with pytest.warns(
        UserWarning, match=r"Entities GPE, ORG of doc\.ents are not redacted"
    ) as seen:
        doc = nlp(RULED)
    assert doc._.redacted == "Northshire Mutual met [PRIVATE_PERSON] in Paris about 3 letters."
    assert len(seen) == 1
    assert "Paris" not in str(seen[0].message)
    nlp(RULED)  # a second warning would be an error


def test_entities_get_the_operator_of_their_kind() -> None:
    policy = {"default": "mask", "kinds": {"address": "remove"}, "labels": {"ORG": "block"}}
    redacted = make_ruled(True, policy=policy)(RULED)._.redacted
    assert redacted == "█████████████████ met [PRIVATE_PERSON] in  about [CARDINAL] letters."


def test_entities_of_ours_are_not_doubled(tiny_source: str) -> None:
    """In doc.ents they are grown to tokens: taken again, they would hide more than was found."""
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter", config={"source": tiny_source})
    nlp.add_pipe("privacy_filter_redact", config={"ents": True})
    for text in TEXTS:
        doc = nlp(text)
        assert doc._.redacted == deidentify(text, spans=doc._.privacy_spans).text


def test_entities_that_are_cut_or_longer() -> None:
    nlp = make_nlp()
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Ada Lovelace Institute"}])
    nlp.add_pipe("privacy_filter_redact", config={"ents": ["ORG"]})
    assert nlp("The Ada Lovelace Institute.")._.redacted == "The [ORG]."


def test_settings_of_ents_that_are_refused() -> None:
    for ents in (False, [""]):
        with pytest.raises(ValueError, match="ents must be a list of labels"):
            make_ruled(ents)
    with pytest.raises(ValueError, match="has a corpus"):
        make_ruled(["ORG"], corpus="x", policy={"default": "number", "scope": "corpus"})


@pytest.mark.parametrize("policy", ["merge", "replace", "keep", "none"])
def test_entities_that_gave_way_are_redacted_all_the_same(policy: str) -> None:
    """Whatever becomes of them in doc.ents: what is asked for is never left in clear."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": "Tobias Fennimore Holdings Ltd"},
            {"label": "ORG", "pattern": "Kestrel Freight"},
        ]
    )
    nlp.add_pipe("privacy_filter", config={"ents_policy": policy})
    nlp.add_pipe("privacy_filter_redact", config={"ents": ["ORG"]})
    text = nlp("We met Tobias Fennimore Holdings Ltd today, and Kestrel Freight.")._.redacted
    assert "Holdings" not in text
    assert "Kestrel" not in text
    assert text.startswith("We met [")
