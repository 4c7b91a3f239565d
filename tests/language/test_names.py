"""Names, cut in parts: titles, given names, family names, suffixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.language.names import Hints, cut_name


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Sarah Johnson", ("sarah", "johnson")), ("Johnson, Sarah", ("sarah", "johnson")),
        ("Dr. Sarah Johnson", ("sarah", "johnson")), ("Ludwig van der Berg", ("ludwig", "berg")),
        ("John Smith Jr.", ("john", "smith")),
        ("Петров Иван Иванович", ("иван", "иванович", "петров")),
        ("Herr Müller", ("mueller",)), ("Sarah Johnson’s", ("sarah", "johnson")),
        ("l'avvocato Rossi", ("rossi",)), ("王さん", ("王",)), ("Mr. and Mrs. Smith", ("smith",)),
    ],
)  # fmt: skip
def test_the_words_of_a_name(text: str, tokens: tuple[str, ...]) -> None:
    assert cut_name(text).parse().tokens == tokens


@pytest.mark.parametrize(
    ("text", "before", "gender", "ranks", "generation", "locale"),
    [
        ("Mrs. Smith", "", "female", ("plain",), "", ""),
        ("Frau Dr. Kern", "", "female", ("learned", "plain"), "", "de_DE"),
        ("Judge Ellen Park", "", "", ("office Hon",), "", ""),
        ("John Smith Jr.", "", "", (), "jr", ""),
        ("John Smith the elder", "", "", (), "sr", ""),
        ("Daniel", "your son, ", "male", (), "", ""),
        ("Lee", "for Mr ", "male", ("plain",), "", ""),
    ],
)
def test_what_words_about_a_name_tell(text, before, gender, ranks, generation, locale) -> None:
    name = cut_name(text, before).parse()
    assert (name.gender, name.ranks, name.generation) == (gender, ranks, generation)
    assert name.locale == locale


def test_a_document_tells_what_its_words_mean() -> None:
    assert cut_name("Fr. Kern").parse(Hints(locale="de_DE")).gender == "female"
    assert cut_name("Maiers").parse(Hints(genitive=True)).tokens == ("maier",)
    assert cut_name("M. Dupont").parse(Hints(lone=True)).tokens == ("dupont",)
    assert cut_name("M. Dupont").parse().tokens == ("m", "dupont")


@given(st.text(max_size=30))
def test_any_text_is_a_name(text: str) -> None:
    name = cut_name(text).parse()
    assert name.tokens
    ends = [0, *(place for part in name.parts for place in (part.start_char, part.end_char))]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)
