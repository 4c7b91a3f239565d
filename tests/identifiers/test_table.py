"""Every kind of identifier: its examples are valid, new ones are made, wrong digits are seen."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest

from spacy_privacy_filter.identifiers.table import (
    KINDS,
    find_kind,
    find_kinds,
    get_kind,
    is_valid,
    make,
)

# Modules of python-stdnum, which was written by others: an independent check.
STDNUM = {
    "iban": "iban", "it_codice_fiscale": "it.codicefiscale", "mx_curp": "mx.curp",
    "cn_ric": "cn.ric", "fi_hetu": "fi.hetu", "es_dni": "es.dni es.nie", "ch_ahv": "ch.ssn",
    "fr_nir": "fr.nir", "se_personnummer_12": "se.personnummer", "br_cnpj": "br.cnpj",
    "be_national": "be.nn", "be_national_2000": "be.nn", "no_fodselsnummer": "no.fodselsnummer",
    "ee_isikukood": "ee.ik lt.asmens", "tr_kimlik": "tr.tckimlik", "ar_cuit": "ar.cuit",
    "de_idnr": "de.idnr", "br_cpf": "br.cpf", "au_abn": "au.abn", "pl_pesel": "pl.pesel",
    "se_personnummer": "se.personnummer", "bg_egn": "bg.egn", "cz_rodne_cislo": "cz.rc sk.rc",
    "dk_cpr": "dk.cpr", "za_id": "za.idnr", "kr_rrn": "kr.rrn", "ro_cnp": "ro.cnp", "isbn": "isbn",
    "in_aadhaar": "in_.aadhaar", "card": "luhn", "imei": "imei", "isbn_10": "isbn",
    "gb_nhs": "gb.nhs", "nl_bsn": "nl.bsn", "pt_nif": "pt.nif", "au_tfn": "au.tfn",
    "cl_rut": "cl.rut", "ca_sin": "ca.sin", "us_routing": "us.rtn", "fi_hetu_digit": "fi.hetu",
    "dk_cpr_2007": "dk.cpr", "us_itin": "us.itin", "us_ssn": "us.ssn", "us_ein": "us.ein",
}  # fmt: skip
# They have no check character.
UNCHECKED = {"dk_cpr_2007", "us_itin", "us_ssn", "us_ein"}
keys = pytest.mark.parametrize("key", KINDS)


def is_valid_to_others(key: str, value: str) -> bool:
    """Some need the mark, as of a Finnish code it says the century; one knows none."""
    modules = [import_module(f"stdnum.{name}") for name in STDNUM[key].split()]
    forms = (value, get_kind(key).write(value))
    return any(module.is_valid(form) for module in modules for form in forms)


@keys
def test_examples_are_valid_in_print_and_without_marks(key: str) -> None:
    kind = get_kind(key)
    assert kind.examples
    for value in kind.examples:
        assert is_valid(key, value)
        assert is_valid(key, kind.write(value))
        assert is_valid(key, kind.write(value).lower())
        assert kind.sought == (kind in find_kinds(value))


@keys
def test_what_is_made_is_valid(key: str) -> None:
    made = [make(key, Random(seed)) for seed in range(50)]
    assert [value for value in made if not is_valid(key, value)] == []
    assert len(set(made)) > 40
    assert made == [make(key, Random(seed)) for seed in range(50)]


@pytest.mark.parametrize("key", STDNUM)
def test_what_is_made_is_valid_to_another_library(key: str) -> None:
    assert [v for v in get_kind(key).examples if not is_valid_to_others(key, v)] == []
    made = [make(key, Random(seed)) for seed in range(50)]
    if key == "cn_ric":  # the other library knows since when an area has its code
        made = [value for value in made if value[6:10] >= "1995"]
    assert [value for value in made if not is_valid_to_others(key, value)] == []


@keys
def test_every_layout_fits_an_example(key: str) -> None:
    kind = get_kind(key)
    lengths = {len(value) for value in kind.examples}
    for layout in kind.layouts:
        assert key == "iban" or layout.count("#") in lengths, layout


@pytest.mark.parametrize("key", sorted(set(KINDS) - UNCHECKED))
def test_a_changed_digit_is_seen(key: str) -> None:
    """Some weights are not coprime with the modulus: then some of the digits look the same."""
    changed, unseen = 0, []
    for value in get_kind(key).examples:
        for i, char in enumerate(value):
            for digit in "0123456789" if char.isdigit() else "":
                other = f"{value[:i]}{digit}{value[i + 1 :]}"
                if digit != char:
                    changed += 1
                    unseen += [other] * is_valid(key, other)
    assert len(unseen) <= 0.06 * changed, unseen


@pytest.mark.parametrize("key", sorted(set(STDNUM) - {"iban"}))
def test_no_other_digits_are_valid_that_are_not_to_another_library(key: str) -> None:
    """With every check digit but the right one: both libraries say no."""
    value = make(key, Random(1))
    wrong = [f"{value[:-1]}{digit}" for digit in "0123456789" if digit != value[-1]]
    for other in wrong:
        assert key in UNCHECKED or not is_valid(key, other) or is_valid_to_others(key, other)


@pytest.mark.parametrize(
    "value",
    ["", "12345678A", "RSSMRA85T10A562T", "RSSMRA85T40A562S", "44051401358", "295139912611193",
     "000123457", "DE00370400440532013000", "ABC"],
)  # fmt: skip
def test_what_keeps_no_checksum(value: str) -> None:
    assert find_kinds(value) == []
    assert find_kind(value) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("GB82 WEST 1234 5698 7654 32", "iban"), ("1m8gdm9axkp042788", "vin"),
        ("390.533.447-05", "br_cpf"), ("756.9217.0769.85", "ch_ahv"), ("12345678-z", "es_dni"),
        ("4111 1111 1111 1111", "card"), ("16.727.230/0001-97", "br_cnpj"),
        ("943 476 5919", "gb_nhs"), ("\uff19\uff14\uff13 476 5919", "gb_nhs"),
        ("\u0669\u0664\u0663 476 5919", "gb_nhs"),
    ],
)  # fmt: skip
def test_the_most_particular_kind_comes_first(text: str, key: str) -> None:
    found = find_kind(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["\u017f2345678Z", "\ufb0112345678", "²345678Z", "1234 567 8Ζ"])
def test_letters_that_only_look_alike_are_none(text: str) -> None:
    assert find_kinds(text) == []
    assert not any(is_valid(key, text) for key in KINDS)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match=r"'pesel' is no kind of identifier\. Choose among: iban"):
        is_valid("pesel", "44051401359")


def test_the_key_begins_with_the_country() -> None:
    for key, kind in KINDS.items():
        assert key == kind.key
        assert not kind.countries or key[:2].upper() in kind.countries
        assert all(len(code) == 2 and code.isupper() for code in kind.countries)
