"""People of one name in different documents of a corpus: one, or two where titles contradict."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.redact.corpus_file import load_corpus, save_corpus
from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, made_of, spans_of

PERSON = "private_person"
NUMBER = build_policy({"scope": "corpus", "default": "number"}, "p")
SURROGATE = build_policy({"scope": "corpus", "default": "surrogate"}, "p")


@pytest.mark.parametrize(
    ("texts", "people"),
    [
        (["Mr Sam Ek", "Mrs Sam Ek"], "12"),
        (["Mr Sam Ek", "Mrs Sam Ek", "Sam Ek", "Sam Ek"], "1233"),
        (["Mr Sam Ek", "Mrs Sam Ek", "Mr. Sam Ek", "Ms Sam Ek"], "1212"),
        (["Mr Sam Ek", "Sam Ek", "Sam Ek"], "111"),
        (["Ms Sam Ek", "Mrs Sam Ek", "Dr Sam Ek"], "111"),
        (["Sam Ek", "Mr Sam Ek and Mrs Sam Ek", "Mrs Sam Ek"], "1233"),
        (["Sam Ek saw Ms Ek", "Mr Sam Ek"], "112"),  # the short name tells
        (["Mr Ek", "Mrs Ek", "Ek"], "123"),
        (["the son, Sam", "the daughter, Sam", "Sam"], "123"),
        (["Mr Sam Ek", "Mr Tom Ek", "Mrs Sam Ek wrote to Sam"], "1233"),
    ],
)
def test_titles_tell_people_of_documents_apart(
    texts: list[str], people: str, tmp_path: Path
) -> None:
    numbers = re.findall(r"_(\d)\]", " ".join(made_of(texts, NUMBER)))
    first: dict[str, str] = {}
    assert "".join(first.setdefault(n, str(len(first) + 1)) for n in numbers) == people
    for i in range(4):
        order = random.Random(i).sample(range(len(texts)), len(texts))
        for policy in (NUMBER, SURROGATE):
            whole = made_of(texts, policy)
            assert made_of([texts[j] for j in order], policy) == [whole[j] for j in order]
            assert made_of(texts, policy, tmp_path / "corpus") == whole


TITLES = st.sampled_from(["", "Mr ", "Mrs ", "Dr "])
NAMES = st.sampled_from(["Sam Ek", "Ek", "Ann Ek", "Sam", "Ann Lee", "Daniel Ek"])
DOCUMENTS = st.lists(st.tuples(TITLES, NAMES).map("".join), min_size=1, max_size=3)


@settings(max_examples=60)
@given(st.lists(DOCUMENTS.map(", ".join), min_size=1, max_size=5), st.randoms())
def test_the_order_of_documents_tells_nothing(texts: list[str], rng: Any) -> None:
    order = rng.sample(range(len(texts)), len(texts))
    for policy in (NUMBER, SURROGATE):
        whole = made_of(texts, policy)
        assert made_of([texts[j] for j in order], policy) == [whole[j] for j in order]
        by_text = dict(zip(texts, whole, strict=True))
        men = {by_text[text] for text in texts if text == "Mr Sam Ek"}
        women = {by_text[text] for text in texts if text == "Mrs Sam Ek"}
        assert not men & women


def test_what_a_document_tells_of_its_words_holds_in_a_corpus(tmp_path: Path) -> None:
    """A genitive, an "M." and a "Fr." are read by their document, whatever comes first."""
    marked = [
        "Das ist |Eva Maier|, und |Maiers| Hund ist nicht da. |Fr. Maier| auch nicht.",
        "Vous êtes dans la rue avec |M. Dupont| et |Marie Dupont|, pas |Jean-Paul Dupont|.",
        "|J.-P. Dupont| went with |Mr Dupont| and her, and |Jean-Paul Dupont| was there.",
    ]
    texts, spans = [], {}
    for own in marked:
        text, found = "", []
        for i, piece in enumerate(own.split("|")):
            if i % 2:
                found.append(CharSpan(len(text), len(text) + len(piece), PERSON))
            text += piece
        texts.append(text)
        spans[text] = found
    made = {}
    for order in (texts, texts[::-1]):
        corpus = Corpus(SURROGATE, KEY)
        for text in order:
            corpus.add(text, spans[text])
        save_corpus(tmp_path / "corpus", corpus, KEY)
        for known in (corpus, load_corpus(tmp_path / "corpus", SURROGATE, KEY)):
            for text in order:
                done = redact(text, spans[text], SURROGATE, corpus=known)
                names = [done.text[span.start_char : span.end_char] for span in done.spans]
                assert made.setdefault(text, names) == names
                assert done.mapping.restore(done.text) == text
    full, owned, titled = made[texts[0]]
    assert re.fullmatch(rf"{full.split()[-1]}[s’]", owned)
    assert titled.split()[-1] == full.split()[-1]
    initials, mister, full = made[texts[2]]
    assert initials.split()[0] == "-".join(f"{part[0]}." for part in full.split()[0].split("-"))
    assert made[texts[1]][2] == full
    assert mister.split()[-1] == full.split()[-1]


def test_a_title_that_was_not_collected_is_refused() -> None:
    corpus = Corpus(NUMBER, KEY)
    corpus.add("Mr Sam Ek", spans_of("Mr Sam Ek"))
    redact("Mr Sam Ek", spans_of("Mr Sam Ek"), NUMBER, corpus=corpus)
    with pytest.raises(ValueError, match="was not added"):
        redact("Mrs Sam Ek", spans_of("Mrs Sam Ek"), NUMBER, corpus=corpus)
    with pytest.raises(ValueError, match="Add all texts first"):
        corpus.add("Mrs Sam Ek", spans_of("Mrs Sam Ek"))


def test_a_surrogate_has_the_gender_that_another_document_tells() -> None:
    from spacy_privacy_filter.redact.surrogates.names import known_names

    for title, gender in (("Mr", "male"), ("Mrs", "female")):
        made = made_of([f"{title} Sam Ek", "Sam Ek"], SURROGATE)
        assert made[1].split()[0].casefold() in known_names("en_US", gender)
        assert made[0].split()[1:] == made[1].split()
