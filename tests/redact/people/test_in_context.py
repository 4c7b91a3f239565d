"""Words of names with two senses: the document tells which."""

from __future__ import annotations

import re

import pytest

from ..helpers import written


def test_a_french_letter_has_no_initial_m() -> None:
    letter = (
        "Nous avons vu |M. Dupont| dans la rue avec |Jean Dupont| et une amie, pas sur le pont."
    )
    one, other = written(letter, "number")
    assert one == other


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("Das ist |Eva Maier|. Nicht |Maiers| Hund ist weg, und |Frau Maiers| Auto auch.", "111"),
        ("Das ist |Eva Maier|, und |Evas| Hund ist nicht weg.", "11"),
        ("Das ist |Eva Maier|, und |Maiers| hat nicht angerufen.", "12"),
        ("Das ist |Peter Kern|, und |Herr Peters| Hund ist nicht weg.", "12"),
        ("Das ist |Eva Maier| und |Tom Maiers|. Nicht |Maiers| Hund ist weg.", "122"),
        ("This is |Eva Maier|, and |Maiers| Lane was named for her by the town.", "12"),
        ("This is |James Maier|, and |James'| dog, and |Maier’s|.", "111"),
    ],
)
def test_a_german_genitive_is_the_same_person(letter: str, expected: str) -> None:
    numbers = [re.sub(r"\D", "", made) for made in written(letter, "number")]
    assert "".join(numbers) == expected
    if expected == "11":
        for i in range(20):
            full, own = written(letter, key=b"%032d" % i)
            first = full.split()[0]
            assert own in (f"{first}s", f"{first}’")


def test_the_sr_after_an_english_name_is_not_spanish() -> None:
    from spacy_privacy_filter.redact.surrogates.names import known_names

    text = "On Monday |John Smith| was at the office with his father |John Smith Sr.| and that is."
    for i in range(8):
        for made in written(text, key=b"%032d" % i):
            assert made.split()[0].casefold() in known_names("en_US", "male")


def test_capitals_without_dots_are_of_the_new_name() -> None:
    whole, *others = written("|Anneliese Müller|, |MULLER|, |MULLER, Anneliese|, |Frau Müller|")
    _, family = whole.split()
    assert others[0] == family.upper()
    assert others[2].split()[-1] == family


@pytest.mark.parametrize("between", [", ", ",\n", ", \n  ", ",\r\n"])
def test_a_word_of_kin_tells_the_gender_over_a_line(between: str) -> None:
    from spacy_privacy_filter.redact.surrogates.names import known_names

    for i in range(8):
        (made,) = written(f"I saw him with his daughter{between}|Annika Quist|.", key=b"%032d" % i)
        assert made.split()[0].casefold() in known_names("en_US", "female")
