"""E-mail, phone and web addresses: a random generator -> how people write them."""

from __future__ import annotations

import string
import unicodedata
from random import Random

from ....identifiers.characters import fill
from ..languages import load_languages
from ..tables import lists_of, pairs_of, read_table, words_of
from .patterns import random_text
from .people import Person, romanise

CONTACTS = "words/contacts.json"
PHONES = "words/phones.json"


def make_phone(rng: Random, language: str) -> str:
    """Write a phone number as in a country of the language."""
    key = read_table(PHONES)["like"].get(language, language)
    if language == "en":
        key = rng.choice(words_of(PHONES, "english"))
    own = load_languages().get(language)
    countries = lists_of(PHONES, "forms")
    forms = own.phone_forms if own else ()
    forms = forms or countries.get(key.upper()) or countries[rng.choice(list(countries))]
    text = fill(rng, rng.choice(forms))
    if rng.random() < 0.08:  # as typed in a hurry
        text = "".join(char for char in text if char not in " ()-./").split("ext")[0].split("x")[0]
    # no area code starts with 0 or 1 after an opening bracket in North America
    return text.replace("(0", "(2").replace("(1", "(3") if key == "US" else text


def ascii_name(name: str) -> str:
    """Write a name with lower-case ASCII letters only; nothing may be left of it."""
    plain = unicodedata.normalize("NFKD", romanise(name).replace("ß", "ss").replace("ø", "o"))
    return "".join(char for char in plain.lower() if char in string.ascii_lowercase)


def make_email(rng: Random, person: Person | None, form: str = "") -> str:
    """Make an e-mail address, of a person where one is given.

    form (str): "spelt" (signs written out, against robots), "odd" (rare local parts and domains),
        or "" for the usual.
    """
    given = ascii_name(person.given) if person else ""
    family = ascii_name(person.family) if person else ""
    number = str(rng.choice([rng.randint(1, 99), rng.randint(1950, 2012)]))
    if given and family and rng.random() < 0.85:
        pattern = _draw(rng, "person_mails")
        names = {"given": given, "family": family, "g": given[0], "f": family[0]}
        local = pattern.format(**names, number=number)
    else:
        word, other = _draw(rng, "host_words"), _draw(rng, "host_words")
        role = _draw(rng, "mail_roles")
        local = rng.choice(
            [word + number, f"{word}.{other}", f"{word}_{other}{number}", role, role]
        )
        if rng.random() < 0.1:
            local += f"+{_draw(rng, 'host_words')}"
    host = _draw(rng, "mail_hosts") if rng.random() < 0.55 else make_host(rng)
    if form == "odd":
        host = rng.choice([make_odd_host(rng), make_odd_host(rng), host])
        word, other = _draw(rng, "host_words"), _draw(rng, "host_words")
        local = _draw(rng, "odd_mails").format(local=local, word=word, other=other, number=number)
    if form == "spelt":
        at, dot = rng.choice(pairs_of(CONTACTS, "spelt"))
        if rng.random() < 0.5:
            local = local.replace(".", dot)
        return f"{local}{at}{host.replace('.', dot)}"
    text = f"{local}@{host}"
    return text.upper() if rng.random() < 0.05 else text


def make_host(rng: Random) -> str:
    """Make a domain name."""
    word, other = _draw(rng, "host_words"), _draw(rng, "host_words")
    name = rng.choice(
        [word + other, f"{word}-{other}", word + random_text(rng, "abdeiklmnorstu", 3)]
    )
    return f"{name}.{_draw(rng, 'suffixes')}"


def make_odd_host(rng: Random) -> str:
    """Make a domain name with parts before it, a long or a reserved ending, or signs in ASCII."""
    name = rng.choice([make_host(rng).rsplit(".")[0], _draw(rng, "host_words")])
    sub = rng.choice(["", "", "", *(f"{word}." for word in words_of(CONTACTS, "subdomains"))])
    puny = f"xn--{random_text(rng, string.ascii_lowercase + string.digits, rng.randint(5, 10))}"
    name = rng.choice([name] * 9 + [puny])
    return f"{sub}{name}.{_draw(rng, 'long_suffixes')}"


def make_odd_url(rng: Random) -> str:
    """Make a web address with what few have: ports, escapes, long endings, users, no scheme."""
    host = rng.choice([make_odd_host(rng), make_odd_host(rng), make_host(rng)])
    if rng.random() < 0.08:
        host = _draw(rng, "foreign_hosts")
    word, other = _draw(rng, "host_words"), _draw(rng, "host_words")
    values = {"slug": make_slug(rng), "word": word, "other": other, "n": rng.randint(1, 9999)}
    form = _draw(rng, "odd_urls")
    return form.format(host=host, **values)


def make_slug(rng: Random) -> str:
    """Make the part of a path that names one thing."""
    word, other = _draw(rng, "host_words"), _draw(rng, "host_words")
    forms = (f"{word}-{other}", f"{word}_{other}", f"{word}-{rng.randint(1, 999)}", word.title())
    plain = random_text(rng, string.ascii_lowercase + string.digits, rng.randint(3, 10))
    mixed = random_text(rng, string.ascii_letters + string.digits, rng.randint(6, 22))
    return rng.choice([plain, plain, mixed, *forms])


def make_special_url(rng: Random, kind: str, host: str) -> str:
    """Make an address that a browser alone does not open: see `make_url`."""
    word, slug, other = _draw(rng, "host_words"), make_slug(rng), make_slug(rng)
    return _draw(rng, kind).format(host=host, word=word, slug=slug, other=other)


def make_url(rng: Random, kind: str) -> str:
    """Make a web address.

    kind (str): "domain" (no path and no scheme), "full" (with scheme), "repo" (of a version
        control), "deep" (of an app), "share" (of files in a net), "odd" (with ports, escapes, rare
        endings, no scheme), or "" for any.
    """
    if kind == "odd":
        return make_odd_url(rng)
    host = _draw(rng, "foreign_hosts") if rng.random() < 0.05 else make_host(rng)
    if kind in ("repo", "deep", "share"):
        return make_special_url(rng, kind, host)
    sub = rng.choice(["www.", "www.", "", "", "api.", "blog.", "shop.", "my.", "portal.", "m."])
    if kind == "domain" or (kind == "" and rng.random() < 0.25):
        return rng.choice(["www." + host, host])
    path = _draw(rng, "paths")
    parts = [make_slug(rng) for _ in range(path.count("%s"))]
    if parts:
        path = path % tuple(parts)
    port = f":{rng.choice([8080, 8443, 3000, 5000])}" if rng.random() < 0.05 else ""
    tail = rng.choice(["", "", "/", f"/{path}", f"/{path}", f"/{path}"])
    scheme = rng.choice(["https://", "https://", "https://", "http://", "ftp://"])
    if kind == "" and rng.random() < 0.2:
        scheme, sub = "", "www."
    return f"{scheme}{sub}{host}{port}{tail}"


def _draw(rng: Random, key: str) -> str:
    return rng.choice(words_of(CONTACTS, key))
