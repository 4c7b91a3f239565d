"""People of one name in different documents of a corpus: one, or two where titles contradict."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import Policy, build_policy
from spacy_privacy_filter.redact.secrets.corpus_file import load_corpus, save_corpus
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY

PERSON = "private_person"
NUMBER = build_policy({"scope": "corpus", "default": "number"}, "p")
SURROGATE = build_policy({"scope": "corpus", "default": "surrogate"}, "p")


def spans_of(text: str) -> list[CharSpan]:
    """Every word with a capital, and titles before it."""
    pattern = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)*"
    return [CharSpan(m.start(), m.end(), PERSON) for m in re.finditer(pattern, text)]


def made_of(texts: list[str], policy: Policy = NUMBER, file: Path | None = None) -> list[str]:
    corpus = Corpus(policy, KEY)
    for text in texts:
        corpus.add(text, spans_of(text))
    if file is not None:
        save_corpus(file, corpus, KEY)
        corpus = load_corpus(file, policy, KEY)
    done = [redact(text, spans_of(text), policy, corpus=corpus) for text in texts]
    assert [d.mapping.restore(d.text) for d in done] == texts
    return [d.text for d in done]


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
    numbers = re.findall(r"_(\d)\]", " ".join(made_of(texts)))
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


def test_a_file_of_another_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    made_of(["Sam Ek"], file=path)
    path.write_bytes(path.read_bytes().replace(b"corpus 3\n", b"corpus 2\n"))
    with pytest.raises(ValueError, match=r"of another version, not 3\. Make it again"):
        load_corpus(path, NUMBER, KEY)


def crowd(n_people: int, locale: str = "en_US") -> list[str]:
    """A text for each of many people: some say the whole name only, some short forms as well."""
    from faker import Faker

    fake = Faker(locale)
    fake.seed_instance(5)
    drawn = (f"{fake.first_name()} {fake.last_name()}" for _ in range(n_people))
    names = [
        name
        for name in dict.fromkeys(drawn)
        if re.fullmatch(r"[A-Z][a-z]{2,} [A-Z][a-z]{2,}", name)
    ]
    return [f"{n} came. {n.split()[1]} sat." if i % 3 else f"{n} sat" for i, n in enumerate(names)]


@pytest.mark.parametrize("n_people", [200, 1000])
def test_each_of_a_thousand_people_gets_a_name(n_people: int) -> None:
    texts = crowd(n_people)
    made = made_of(texts, SURROGATE)
    full = [text.split(" came")[0].split(" sat")[0] for text in made]
    assert len({name.casefold() for name in full}) == len(texts) > 0.9 * n_people
    assert all(re.fullmatch(r"[A-Z][\w-]+ [A-Z][\w-]+", name) for name in full)
    alone = {text.split()[-2] for text in made if "came" in text}
    families = [name.split()[1] for name in full]
    for text, source, name in zip(made, texts, full, strict=True):
        assert not set(name.split()) & set(source.split())
        if "came" in text:
            assert text.split()[-2] == name.split()[1]
    # Whoever is named by the family name alone shares it with nobody.
    assert all(families.count(family) == 1 for family in alone)
    if n_people == 200:
        order = random.Random(3).sample(range(len(texts)), len(texts))
        assert made_of([texts[j] for j in order], SURROGATE) == [made[j] for j in order]


@pytest.mark.parametrize("family", ["де", "佐", "김"])
def test_people_of_short_lists_get_names_without_codes(family: str) -> None:
    locale = {"де": "ru_RU", "佐": "ja_JP", "김": "ko_KR"}[family]
    from faker import Faker

    fake = Faker(locale)
    fake.seed_instance(5)
    names = sorted({f"{fake.last_name()} {fake.first_name()}" for _ in range(400)})
    corpus = Corpus(SURROGATE, KEY)
    for name in names:
        corpus.add(name, [CharSpan(0, len(name), PERSON)])
    made = [redact(n, [CharSpan(0, len(n), PERSON)], SURROGATE, corpus=corpus).text for n in names]
    assert len(set(made)) == len(names) > 200
    assert not any("[" in name for name in made)


def test_people_may_share_an_age() -> None:
    texts = [str(age) for age in range(110)] + [f"{age} years" for age in range(20, 90)]
    corpus = Corpus(SURROGATE, KEY)
    for text in texts:
        corpus.add(text, [CharSpan(0, len(text), "age")])
    for text in texts:
        made = redact(text, [CharSpan(0, len(text), "age")], SURROGATE, corpus=corpus).text
        assert re.fullmatch(r"\d\d?", made)
        assert made != text
