"""Invented values: of the same kind, in the form of the source, repeating nothing of it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from random import Random

import pytest
import stdnum.iban
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.identifiers.checks import fix_iban, fix_luhn
from spacy_privacy_filter.identifiers.table import find_kinds
from spacy_privacy_filter.labels.kinds import KINDS
from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.surrogates.numbers import draw_like
from spacy_privacy_filter.redact.surrogates.repeats import repeats
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, shares_a_run, write, write_surrogate

VALUES = {
    "4000 1234 5678 9017": "account", "GB29 NWBK 6016 1331 9268 19": "iban", "9434765919": "nhs id",
    "1M8GDM9AXKP042788": "vin", "aB3-xY9!": "password", "90210": "postcode", "10.1.2.3": "ip",
    "2001:db8::1": "ip", "00:1B:44:11:3A:B7": "mac", "+44 1632 960318": "phone",
    "(202) 555-0143": "phone", "ada@example.org": "email", "12 May 2026": "date", "47": "age",
    "12 High Street": "address", "Leeds": "city", "https://ada.example.org/x": "url",
    "Northshire Mutual": "organisation", "王小明": "person", "Ольга Петрова": "person",
    "Dr. van der Berg": "person", "Prof. Ada B. King": "person", "X": "person", "7": "id",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_surrogate_repeats_nothing_and_returns(text: str) -> None:
    made = write(text, VALUES[text], "surrogate")
    assert made == write(text, VALUES[text], "surrogate")
    assert made
    assert not repeats(text, made)
    if VALUES[text] in ("account", "iban", "nhs id", "password", "postcode", "phone"):
        assert shape(made) == shape(text)


def shape(text: str) -> str:
    """Digits as 0, letters as a or A."""
    return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub(r"\d", "0", text)))


def test_a_surrogate_keeps_the_checksum() -> None:
    assert stdnum.luhn.is_valid(write("4000 1234 5678 9017", "card", "surrogate").replace(" ", ""))
    made = write("GB29 NWBK 6016 1331 9268 19", "iban", "surrogate").replace(" ", "")
    assert int("".join(str(int(c, 36)) for c in made[4:] + made[:4])) % 97 == 1
    assert made.startswith("GB")
    for text in ("9434765919", "1M8GDM9AXKP042788"):
        names = {kind.name for kind in find_kinds(text)}
        assert names & {"British NHS number", "VIN"}
        assert names <= {k.name for k in find_kinds(write(text, "id", "surrogate"))}


@given(st.text("0123456789", min_size=12, max_size=19), st.integers(0, 9))
def test_checksums_agree_with_stdnum(digits: str, seed: int) -> None:
    fixed = fix_luhn(digits)
    assert stdnum.luhn.is_valid(fixed)
    assert stdnum.luhn.is_valid(draw_like(fixed, Random(seed)))
    iban = fix_iban(f"DE00{digits:0<18}"[:22])
    assert stdnum.iban.validate(iban, check_country=False) == iban


def test_few_months_are_no_grown_up() -> None:
    for text in ("18 months", "40 weeks", "90 days", "11 Monate"):
        assert int(re.sub(r"\D", "", write(text, "age", "surrogate"))) < 18
    assert int(write("47", "age", "surrogate")) >= 18


def test_gender_and_locale() -> None:
    from spacy_privacy_filter.redact.surrogates.names import known_names

    made = write("Sarah Johnson", "person", "surrogate").split()[0]
    assert made.casefold() in known_names("en_US", "female")
    assert re.search("[а-я]", write("Ольга Петрова", "person", "surrogate"))
    assert re.fullmatch(r"[\u4e00-\u9fff]+", write("王小明", "person", "surrogate"))
    german = write("Sarah Johnson", "person", "surrogate", locale="de_DE")
    assert german != write("Sarah Johnson", "person", "surrogate")


@given(st.text(max_size=12), st.sampled_from(KINDS))
def test_any_text_of_any_kind_gets_a_surrogate(text: str, kind: str) -> None:
    if text:
        made = write(text, kind, "surrogate")
        assert made
        assert made != text
        assert not any(text[i : i + 4] in made for i in range(len(text) - 3))


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def is_ip(text: str) -> bool:
    return bool(ipaddress.ip_address(text))


FITTING: list[tuple[str, str, Callable[[str], bool]]] = [
    ("account", "198.51.100.7", is_ip), ("account", "90.54.98.171", is_ip),
    ("account", "10.1.2.3", is_ip),
    ("account", "3fff::1", is_ip), ("account", "2001:db8::1", is_ip),
    ("account", "123-45-6789", looks(r"\d{3}-\d\d-\d{4}")),
    ("age", "47 years old", looks(r"\d\d")), ("age", "forty-seven", looks(r"\d\d")),
    ("age", "6 months", looks(r"\d\d?")), ("age", "47", looks(r"\d\d")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), FITTING, ids=[text for _, text, _ in FITTING])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write_surrogate(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made


SURROGATE = build_policy({"scope": "corpus", "default": "surrogate"}, "p")


def test_people_may_share_an_age() -> None:
    texts = [str(age) for age in range(110)] + [f"{age} years" for age in range(20, 90)]
    corpus = Corpus(SURROGATE, KEY)
    for text in texts:
        corpus.add(text, [CharSpan(0, len(text), "age")])
    for text in texts:
        made = redact(text, [CharSpan(0, len(text), "age")], SURROGATE, corpus=corpus).text
        assert re.fullmatch(r"\d\d?", made)
        assert made != text
