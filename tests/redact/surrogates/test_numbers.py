"""Numbers of people and firms: the invented one passes the check of its country, too."""

from __future__ import annotations

import re
import unicodedata
import uuid
from importlib import import_module
from random import Random

import pytest

from spacy_privacy_filter.identifiers.table import find_kinds
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.surrogates.numbers import draw_like
from spacy_privacy_filter.redact.surrogates.phones import draw_phone
from spacy_privacy_filter.redact.surrogates.repeats import repeats
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
    ("fi.hetu", "131052-308T"), ("fi.hetu", "131052A308T"), ("fi.hetu", "010161-1235"),
    ("no.fodselsnummer", "151086 95088"), ("dk.cpr", "211062-5629"), ("dk.cpr", "010101-0008"),
    ("cn.ric", "360426199101010071"), ("cn.ric", "11010519491231002X"),
    ("za.idnr", "7503305044089"), ("za.idnr", "750330 5044 08 9"), ("ro.cnp", "1630615123457"),
    ("bg.egn", "752316 926 3"), ("tr.tckimlik", "17291716060"), ("cz.rc", "710319/2745"),
    ("sk.rc", "715319/2740"), ("ee.ik", "36805280109"), ("lt.asmens", "33309240064"),
    ("mx.curp", "BOXW310820HNERXN09"), ("ar.cuit", "20-05536168-2"), ("us.itin", "912-90-3456"),
    ("us.ein", "91-1144442"), ("isbn", "978-9024538270"), ("isbn", "979-10-90636-07-1"),
    ("isbn", "9024538270"), ("isbn", "0-8044-2957-X"),
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


# Of a birth and a sex, the module of python-stdnum that reads them.
BIRTHS = [
    ("no.fodselsnummer", "15108695088"), ("cn.ric", "360426199101010071"),
    ("za.idnr", "7503305044089"), ("ro.cnp", "1630615123457"), ("bg.egn", "7523169263"),
    ("cz.rc", "7103192745"), ("ee.ik", "36805280109"), ("mx.curp", "BOXW310820HNERXN09"),
    ("dk.cpr", "2110625629"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "text"), BIRTHS)
def test_births_are_of_people_of_our_time(module: str, text: str) -> None:
    check = import_module(f"stdnum.{module}")
    for seed in range(30):
        made = draw_like(text, Random(seed))
        assert 1940 <= check.get_birth_date(made).year <= 2024, made
        if hasattr(check, "get_gender"):
            assert check.get_gender(made) in ("M", "F")


@pytest.mark.parametrize("seed", range(40))
def test_any_number_of_a_country_becomes_one(seed: int) -> None:
    """Numbers that pass other checks by chance, too."""
    rng = Random(seed)
    for module, text in [*NUMBERS, *BIRTHS]:
        source = draw_like(text, rng)
        check = import_module(f"stdnum.{module}").is_valid
        made = draw_like(source, Random(seed))
        n_kinds = len(find_kinds(re.sub(r"[\W_]", "", source).upper()))
        assert n_kinds > 5 or check(made), (module, source, made)


@pytest.mark.parametrize(
    "text",
    ["f47ac10b-58cc-4372-a567-0e02b2c3d479", "{F47AC10B-58CC-1372-8567-0E02B2C3D479}",
     "018f3f5e-7f3a-7c9b-8d2e-1a2b3c4d5e6f"],
)  # fmt: skip
def test_a_uuid_stays_one(text: str) -> None:
    for n in range(10):
        made = invented(text, n)
        assert len(made) == len(text)
        assert (made.upper() == made) == (text.upper() == text)
        old, new = uuid.UUID(text), uuid.UUID(made)
        assert (new.version, new.variant) == (old.version, old.variant)
        assert not repeats(text, made)
    assert str(uuid.UUID(invented(f"urn:uuid:{text.strip('{}')}", 1)))


def test_hexadecimal_digits_stay_hexadecimal() -> None:
    made = invented("9e107d9d372bb6826bd81d3542a419d6", 0)
    assert re.fullmatch("[0-9a-f]{32}", made)
    assert re.fullmatch("[0-9A-F]{40}", invented("2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12", 0))


def test_a_dotted_mac_becomes_one() -> None:
    assert re.fullmatch(r"02[0-9a-f]{2}\.[0-9a-f]{4}\.[0-9a-f]{4}", invented("001b.4411.3ab7", 0))


@pytest.mark.parametrize("label", ["account_number", "private_phone"])
def test_digits_stay_in_their_script(label: str) -> None:
    policy = build_policy({"default": "surrogate"}, "p")
    for zero in ("0", "\u0660", "\u0966", "\uff10"):
        text = "".join(chr(ord(zero) + int(c)) for c in "4111111111111111")
        made = redact(text, [CharSpan(0, 16, label)], policy, key="a key of 16 bytes").text
        assert all(0 <= ord(c) - ord(zero) <= 9 for c in made), made
        if label == "account_number":
            assert import_module("stdnum.luhn").is_valid("".join(str(int(c)) for c in made))
    made = draw_like("ＧＢ８２ＷＥＳＴ１２３４５６９８７６５４３２", Random(0))
    assert import_module("stdnum.iban").is_valid(unicodedata.normalize("NFKC", made))
    assert re.fullmatch("[\uff10-\uff3a]{22}", made)


def test_a_national_phone_number_stays_one() -> None:
    for seed in range(50):
        assert re.fullmatch(r"0[1-9]\d \d{4} \d{4}", draw_phone("020 7946 0958", Random(seed), 0))
    assert re.fullmatch(
        r"\+\d\d-\d\d-\d{4}-\d{4}", draw_phone("tel:+44-20-7946-0958", Random(0), 0)
    )
