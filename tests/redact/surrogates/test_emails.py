"""Invented mail addresses fit the invented names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, find, plain, shares_a_run, write_surrogate, written


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


MAIL, SITE = r"[a-z]+\.[a-z]+\d*@[a-z]+\.[a-z]+", r"[a-z-]+\.(?:test|example|invalid)"
VALUES: list[tuple[str, str, Callable[[str], bool]]] = [
    ("email", "ada@gmail.com", looks(MAIL)),
    ("email", "ada@example.org", looks(MAIL)),
    ("email", "s.lee@mail.post.example.com", looks(MAIL)),
    ("url", "https://www.linkedin.com/in/sarah-johnson", looks(SITE)),
    ("url", "http://ada.example.org/x", looks(SITE)),
    ("url", "www.ada.de", looks(SITE)),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), VALUES, ids=[text for _, text, _ in VALUES])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write_surrogate(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made


def test_an_address_of_mail_fits_the_name() -> None:
    text = "Sarah Johnson: sarah.johnson@example.org, s.johnson@example.org, sjohnson@example.org"
    words = {"Sarah Johnson": "person", **dict.fromkeys(text.split(": ")[1].split(", "), "email")}
    spans = [*find(text, {"Sarah Johnson": "person"})]
    spans += [
        CharSpan(text.index(w), text.index(w) + len(w), k) for w, k in words.items() if "@" in w
    ]
    policy = build_policy({"default": "surrogate"}, "p")
    name, _, mails = redact(text, spans, policy, key=KEY).text.partition(": ")
    first, last = name.lower().split()
    local = [mail.partition("@")[0] for mail in mails.split(", ")]
    assert [part.rstrip("0123456789") for part in local] == [
        f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}"
    ]  # fmt: skip


MAILS = [
    ("Anneliese Müller", "anneliese.mueller", "{0}.{1}"),
    ("Anneliese Müller", "a.muller", "{0[0]}.{1}"),
    ("Jean-Pierre Lefèvre", "jp.lefevre", "{0[0]}?.{1}"),
    ("Jean-Pierre Lefèvre", "jean-pierre.lefevre", "{0}.{1}"),
    ("José García López", "jgarcia", "{0[0]}{1}"),
    ("José García López", "garcia_jose", "{1}_{0}"),
    ("Maria van der Berg", "m.vanderberg", "{0[0]}.{1}"),
    ("Maria van der Berg", "maria.van.der.berg", "{0}.{1}"),
    ("Søren Ødegård", "soren.odegard", "{0}.{1}"),
    ("Søren Ødegård", "soeren.oedegaard", "{0}.{1}"),
    ("Łukasz Wałęsa", "lukaszwalesa", "{0}{1}"),
    ("Carlos Díaz", "carlos_diaz84", "{0}_{1}"),
    ("Sarah Johnson", "johnson", "{1}"),
    ("Anna van den Berg", "avdberg", "{0[0]}{1}"),
    ("Anna van den Berg", "a.vd.berg", "{0[0]}.{1}"),
    ("Anna v.d. Berg", "anna.vdberg", "{0}.{1}"),
    ("Åse Ødegård", "aase.odegaard", "{0}.{1}"),
    ("Åse Ødegård", "ase.oedegard", "{0}.{1}"),
]


@pytest.mark.parametrize(("name", "local", "form"), MAILS)
def test_mail_fits_the_name(name: str, local: str, form: str) -> None:
    made, mail = written(f"|{name}| |{local}@web.de|")
    wide = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a"})
    found = re.sub(r"\d", "", mail.partition("@")[0])
    fitting = []
    for spelled in (made.lower(), made.lower().translate(wide)):
        words = [bare(word) for word in spelled.split()]
        if "?" in form:
            initials = "".join(part[0] for part in spelled.split()[0].split("-"))
            fitting.append(f"{initials}.{words[1]}")
        else:
            fitting.append(form.format(*words))
    assert found in fitting, (made, mail)


def test_mail_of_half_a_double_name() -> None:
    mails = ("elodie.lefevre", "e.dubois", "dubois.e", "elefevredubois")
    made, *found = written("|Élodie Lefèvre-Dubois| " + " ".join(f"|{m}@web.de|" for m in mails))
    first, last = (plain(word) for word in made.split())
    one, other = last.split("-")
    local = [re.sub(r"\d", "", mail.partition("@")[0]) for mail in found]
    assert local == [f"{first}.{one}", f"{first[0]}.{other}", f"{other}.{first[0]}",
                     f"{first[0]}{one}{other}"]  # fmt: skip


def test_mail_of_two_people_is_of_neither() -> None:
    pair = ("Eric Dubois", "Élodie Lefèvre-Dubois")
    made = {}
    for one, other in (pair, pair[::-1]):
        *names, mail = written(f"|{one}|, |{other}|, |e.dubois@web.de|")
        made[one] = plain(names[(one, other).index("Eric Dubois")]).split()
        assert mail.startswith(f"{made[one][0][0]}.{made[one][1]}"), "the whole name counts first"
    for one, other in (("Sarah Johnson", "Sam Johnson"), ("Sam Johnson", "Sarah Johnson")):
        *names, mail = written(f"|{one}|, |{other}|, |s.johnson@web.de|")
        local = re.split(r"[.@]", mail)
        assert not {name.split()[1].lower() for name in names} & set(local)


def bare(word: str) -> str:
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", word.replace("ß", "ss")))


def test_mail_of_a_cyrillic_name() -> None:
    letters = dict(zip("абвгдезиклмнопрстуфы", "abvgdeziklmnoprstufy", strict=True))
    made, mail = written("|Анна Петрова| |anna.petrova@mail.test|")
    first, last = mail.partition("@")[0].split(".")
    for word, latin in zip(made.lower().split(), (first, last), strict=True):
        known = [letters[char] for char in word if char in letters]
        assert re.search(".*".join(known), latin), (made, mail)
