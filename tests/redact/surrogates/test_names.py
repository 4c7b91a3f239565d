"""Drawn names: of the gender and language of the source, with nothing of it."""

from __future__ import annotations

import re

import pytest

from ..helpers import plain, write_surrogate, written


def test_no_given_name_comes_twice() -> None:
    for i in range(60):
        text = f"|Nguyễn Văn Hùng| and |Mary-Jane Ann Watson|, {i}"
        for made in written(text):
            words = re.split("[ -]", made.casefold())
            assert len(set(words)) == len(words), made
            assert all(word[:1].isupper() for word in made.split())


@pytest.mark.parametrize("name", ["José López", "María Pérez", "Jürgen Müller", "Ramón Díaz"])
def test_no_name_comes_back_without_its_marks(name: str) -> None:
    source = plain(name)
    for i in range(150):
        made = plain(written(f"|{name}|, {i}")[0])
        assert not any(source[j : j + 4] in made for j in range(len(source) - 3)), made


@pytest.mark.parametrize("name", ["김 씨", "王先生", "王女士", "鈴木さん", "이 씨", "Mr Ek", "Lee"])
def test_a_short_name_never_comes_back(name: str) -> None:
    own = set(re.split(r"\W+", name.removesuffix("先生").removesuffix("女士").removesuffix("さん")))
    own -= {"씨", "Mr"}
    for i in range(60):
        (made,) = written(f"|{name}|", key=b"%032d" % i)
        assert not any(word in made for word in own if word), name


@pytest.mark.parametrize(("locale", "named"), [("de_XX", "de_AT, de_CH, de_DE"), ("xx", "en_US")])
def test_an_unknown_locale_names_a_few(locale: str, named: str) -> None:
    from spacy_privacy_filter.redact.surrogates.names import check_locale

    with pytest.raises(ValueError, match=named) as error:
        check_locale(locale)
    assert len(str(error.value)) < 250


def test_a_family_name_fits_the_gender() -> None:
    """Russian names of women and men end in different letters."""
    assert write_surrogate("Ольга Петрова", "person").endswith(("а", "я"))
    assert not write_surrogate("Иван Петров", "person").endswith(("а", "я"))
