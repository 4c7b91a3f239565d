"""Numbers of people and firms: the invented one passes the check of its country, too."""

from __future__ import annotations

import re
from importlib import import_module
from random import Random

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.identifiers import find_kinds
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.shapes import draw_like
from spacy_privacy_filter.redact.similar import repeats
from spacy_privacy_filter.types import CharSpan

# Independent checks: modules of python-stdnum.
NUMBERS = [
    ("es.dni", "12345678Z"), ("es.dni", "12345678-z"), ("es.nie", "X-1234567-L"),
    ("it.codicefiscale", "RSSMRA85T10A562S"), ("it.codicefiscale", "RCC MNL 83S18 D969H"),
    ("de.idnr", "36 574 261 809"), ("br.cpf", "390.533.447-05"), ("br.cnpj", "16.727.230/0001-97"),
    ("fr.nir", "2 95 10 99 126 111 93"), ("fr.nir", "253072B07300470"), ("nl.bsn", "1112.22.333"),
    ("pl.pesel", "44051401359"), ("se.personnummer", "880320-0016"),
    ("se.personnummer", "19880320-0016"), ("be.nn", "85.07.30-033 28"), ("be.nn", "17073003384"),
    ("cl.rut", "12.531.909-2"), ("us.ssn", "536-90-4399"), ("in_.aadhaar", "2341 2341 2346"),
    ("ca.sin", "123-456-782"), ("au.tfn", "123 456 782"), ("au.abn", "83 914 571 673"),
    ("ch.ssn", "7569217076985"), ("ch.ssn", "756.9217.0769.85"), ("pt.nif", "501964843"),
    ("gb.nhs", "943 476 5919"), ("luhn", "378282246310005"),
    ("iban", "FR1420041010050500013M02606"),
    ("imei", "35686800-004141-8"),
]  # fmt: skip


def shape(text: str) -> str:
    """Digits as 0, letters as a or A."""
    return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub(r"\d", "0", text)))


def invented(text: str, n: int) -> str:
    policy = build_policy({"default": "surrogate"}, "p")
    span = CharSpan(0, len(text), "account_number")
    return redact(text, [span], policy, key=f"a key of 16 bytes or more, {n}").text


@pytest.mark.parametrize(("module", "text"), NUMBERS)
def test_the_check_of_its_country_is_passed(module: str, text: str) -> None:
    check = import_module(f"stdnum.{module}").is_valid
    assert check(text)
    made = [invented(text, n) for n in range(4)]
    assert not any(repeats(text, value) for value in made)
    assert len(set(made)) == len(made)
    made += [draw_like(text, Random(seed)) for seed in range(30)]
    assert [value for value in made if not check(value)] == []
    # "756." would be four characters of the source.
    wanted = "0" * 13 if text.startswith("756.") else shape(text)
    assert {shape(value) for value in made} == {wanted}


def test_a_number_that_passes_several_checks_keeps_all() -> None:
    checks = [import_module(f"stdnum.{name}").is_valid for name in ("ca.sin", "au.tfn", "us.ssn")]
    for seed in range(20):
        made = draw_like("123456782", Random(seed))
        assert all(check(made) for check in checks)


@pytest.mark.parametrize("seed", range(20))
def test_months_and_days_are_possible(seed: int) -> None:
    nir = draw_like("295109912611193", Random(seed))
    assert nir[0] in "12"
    assert 1 <= int(nir[3:5]) <= 12
    belgian = draw_like("85073003328", Random(seed))
    assert 1 <= int(belgian[2:4]) <= 12
    assert 1 <= int(belgian[4:6]) <= 31


@pytest.mark.parametrize(
    "value",
    ["", "12345678A", "RSSMRA85T10A562T", "RSSMRA85T40A562S", "44051401358", "295139912611193",
     "000123457", "DE00370400440532013000", "ABC"],
)  # fmt: skip
def test_what_keeps_no_checksum(value: str) -> None:
    assert find_kinds(value) == []


def test_a_dotted_mac_becomes_one() -> None:
    assert re.fullmatch(r"02[0-9a-f]{2}\.[0-9a-f]{4}\.[0-9a-f]{4}", invented("001b.4411.3ab7", 0))
