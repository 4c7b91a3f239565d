"""Names for many people: all differ, and none is a code."""

from __future__ import annotations

import random
import re

import pytest

from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import build_policy, method_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, find, made_of

PERSON = "private_person"


@pytest.mark.parametrize("form", ["{first} {last}", "{last}", "{first[0]}. {last}"])
def test_many_people_all_differ(form: str) -> None:
    people = [
        (f"Per{chr(97 + i % 26)}", f"Fam{chr(97 + i // 26)}{chr(97 + i % 26)}") for i in range(600)
    ]
    names = [form.format(first=first, last=last) for first, last in people]
    text = "; ".join(names)
    policy = method_policy("surrogate")
    done = redact(text, find(text, dict.fromkeys(names, PERSON)), policy, key=KEY)
    assert len(set(done.text.casefold().split("; "))) == 600
    assert len(done.mapping.names) == 600
    assert None not in done.mapping.names.values()
    assert "[" not in done.text


def test_given_names_alone_tell_people_of_a_corpus_apart() -> None:
    """There are more people here than given names in Faker's list."""
    policy = build_policy({"scope": "corpus", "default": "surrogate"}, "p")
    firsts = [f"Gi{a}{b}{c}" for a in "abcdefghi" for b in "abcdefghi" for c in "abcdefghi"]
    texts = {f"{first} Fam{first[2:]}; {first}": first for first in firsts}
    corpus = Corpus(policy, KEY)
    spans = {
        text: [CharSpan(0, len(text) - len(first) - 2, PERSON),
               CharSpan(len(text) - len(first), len(text), PERSON)]
        for text, first in texts.items()
    }  # fmt: skip
    for text in texts:
        corpus.add(text, spans[text])
    made = [redact(text, spans[text], policy, corpus=corpus).text for text in texts]
    assert len({text.split("; ")[1].casefold() for text in made}) == len(texts)
    assert all(text.startswith(text.split("; ")[1]) for text in made)
    assert not any("[" in text for text in made)


SURROGATE = build_policy({"scope": "corpus", "default": "surrogate"}, "p")


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
