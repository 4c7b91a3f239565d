"""The functions of the package root, and the component; a rule in place of a network."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import spacy_privacy_filter
from spacy_privacy_filter import (
    api,
    deidentify,
    deidentify_all,
    extract_pii,
    make_key,
    pseudonymize,
    reidentify,
)
from spacy_privacy_filter.pipeline.annotations import set_privacy_spans
from spacy_privacy_filter.types import CharSpan

KEY = "a key of the tests, of 16 bytes or more"
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


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_finder")
    return nlp


@pytest.fixture(autouse=True)
def _default(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    monkeypatch.setattr(api, "default_pipeline", lambda: nlp)


def test_the_root_offers_what_it_lists() -> None:
    for name in spacy_privacy_filter.__all__:
        assert callable(getattr(spacy_privacy_filter, name))
        assert name in dir(spacy_privacy_filter)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = spacy_privacy_filter.nothing


def test_importing_brings_in_nothing() -> None:
    code = (
        "import sys, spacy_privacy_filter\n"
        "print([m for m in ('spacy', 'faker', 'cryptography') if m in sys.modules])\n"
        "from spacy_privacy_filter import deidentify\n"
        "from spacy_privacy_filter.types import CharSpan\n"
        "print(deidentify('Ada!', spans=[CharSpan(0, 3, 'x')]).text)\n"
        "print([m for m in ('faker', 'cryptography') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert done == ["[]", "[X]!", "[]"]


def test_extract() -> None:
    spans = extract_pii(TEXT)
    assert [TEXT[s.start_char : s.end_char] for s in spans] == [
        "Ada Lovelace", "ada.lovelace@example.org", "Bob", "4 May 2026", "Ada"
    ]  # fmt: skip
    assert extract_pii("") == []
    with pytest.raises(ValueError, match=r"Add one: nlp\.add_pipe"):
        extract_pii("Ada", nlp=spacy.blank("en"))
    with pytest.raises(TypeError, match="bytes"):
        extract_pii(b"x")  # type: ignore[arg-type]


def test_deidentify_and_back() -> None:
    done = deidentify(TEXT)
    assert done.text == (
        "[PRIVATE_PERSON] ([PRIVATE_EMAIL]) met [PRIVATE_PERSON] on [PRIVATE_DATE]. "
        "[PRIVATE_PERSON] left."
    )
    assert done.counts == {"private_person": 3, "private_date": 1, "private_email": 1}
    for how in ({"method": "remove"}, {"policy": "llm_prompt"}, {"policy": "research", "key": KEY}):
        made = deidentify(TEXT, **how)  # type: ignore[arg-type]
        assert made.text != TEXT
        assert reidentify(made.text, made.mapping) == reidentify(made.text, made) == TEXT
    made = deidentify(TEXT, policy="gdpr_pseudonymise", key=KEY)
    assert reidentify(made.text, KEY) == TEXT
    with pytest.raises(ValueError, match="another key"):
        reidentify(made.text, make_key())
    with pytest.raises(ValueError, match="not both"):
        deidentify(TEXT, method="mask", policy="mask")


def test_pseudonymize() -> None:
    made = pseudonymize(TEXT, key=KEY)
    assert made == pseudonymize(TEXT, key=KEY)
    first, last = made.text.split()[:2]
    assert made.text.endswith(f". {first} left.")
    assert f"{first}.{last}".lower() in made.text
    assert pseudonymize(TEXT, key=make_key()).text != made.text


def test_a_corpus_shares_its_people() -> None:
    texts = ["Ada Lovelace left.", "Bob saw Ada Lovelace."]
    policy = {"scope": "corpus", "default": "surrogate"}
    one = deidentify_all(texts, policy=policy, key=KEY)
    two = deidentify_all(texts[::-1], policy=policy, key=KEY)[::-1]
    assert [done.text for done in one] == [done.text for done in two]
    assert one[1].text.endswith(f"saw {one[0].text.removesuffix(' left.')}.")
    alone = deidentify_all(texts, method="number")
    assert [done.text for done in alone] == ["[PERSON_1] left.", "[PERSON_1] saw [PERSON_2]."]
    with pytest.raises(ValueError, match="2 texts, but 1 subjects"):
        deidentify_all(texts, subjects=["x"])
    with pytest.raises(ValueError, match="corpus needs a key"):
        deidentify_all(texts, policy=policy)
    with pytest.raises(ValueError, match="deidentify_all"):
        deidentify(TEXT, policy=policy, key=KEY)


# --- the component ---


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
