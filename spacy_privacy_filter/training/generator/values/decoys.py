"""What looks like personal data and is not: versions, prices, hashes, organisations, places."""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

from ....identifiers.characters import fill
from ..tables import words_of
from .patterns import HEX, make_uuid, random_text
from .people import faker_person

DECOYS = "words/decoys.json"


def make_version(rng: Random) -> str:
    """Make a version number."""
    numbers = ".".join(str(rng.randint(0, 30)) for _ in range(rng.choice([2, 3, 3, 4])))
    return (
        rng.choice(["v", "", "", "V"])
        + numbers
        + rng.choice(["", "", "-beta.2", "rc1", "-SNAPSHOT"])
    )


def make_price(rng: Random) -> str:
    """Make an amount of money."""
    amount = rng.choice([rng.randint(1, 99), rng.randint(100, 99_999), rng.randint(10**5, 10**8)])
    forms = (
        f"${amount:,}.{rng.randint(0, 99):02d}",
        f"€{amount}",
        f"£{amount:,}",
        f"{amount} USD",
        f"{amount},{rng.randint(0, 99):02d} €",
        f"₹{amount:,}",
        f"{amount:,} kr",
        f"¥{amount}",
    )
    return rng.choice(forms)


def make_measure(rng: Random) -> str:
    """Make a measurement."""
    number = rng.choice(
        [str(rng.randint(1, 999)), f"{rng.uniform(0, 200):.2f}", f"{rng.uniform(0, 9):.1f}"]
    )
    unit = _draw(rng, "units")
    return number + rng.choice([" ", ""]) + unit


def make_hash(rng: Random) -> str:
    """Make the name of a commit or a checksum of a public file."""
    return random_text(rng, HEX, rng.choice([7, 8, 12, 40]))


def make_score(rng: Random) -> str:
    """Make the score of a match."""
    return rng.choice(
        (
            f"{rng.randint(0, 6)}-{rng.randint(0, 6)}",
            f"{rng.randint(60, 130)}–{rng.randint(60, 130)}",
            f"6-{rng.randint(0, 4)}, 7-{rng.choice('56')}",
        )
    )


def make_standard(rng: Random) -> str:
    """Name a standard, a law or a document number."""
    # Not fill: an A is an A here.
    return "".join(rng.choice(string.digits) if c == "#" else c for c in _draw(rng, "standards"))


def make_year(rng: Random) -> str:
    """Make a year of public history."""
    return str(rng.choice([rng.randint(1400, 1990), rng.randint(1990, 2026)]))


def make_colour(rng: Random) -> str:
    """Make a colour of a style sheet."""
    return "#" + random_text(rng, HEX, rng.choice([3, 6]))


def make_ip(rng: Random) -> str:
    """Make an IP address."""
    if rng.random() < 0.15:
        return ":".join(random_text(rng, HEX, 4) for _ in range(8))
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


def make_mac(rng: Random) -> str:
    """Make a hardware address."""
    return rng.choice(":-").join(random_text(rng, HEX, 2) for _ in range(6))


def make_handle(rng: Random) -> str:
    """Make a user name."""
    word = _draw(rng, "handle_starts")
    other = _draw(rng, "handle_ends")
    return rng.choice(["@", ""]) + word + rng.choice(["_", "", "."]) + other + fill(rng, "##")


def make_mrz_name(rng: Random) -> str:
    """Make the first line of the machine-readable zone of a passport."""
    state = _draw(rng, "passport_states")
    names = [random_text(rng, "AEIOULNRSTMKD", rng.randint(3, 9)) for _ in range(3)]
    line = f"P<{state}{names[0]}<<{names[1]}{rng.choice(['', '<' + names[2]])}"
    return line.ljust(44, "<")


def make_hour(rng: Random) -> str:
    """Make a time of day."""
    hour, minute = rng.randint(1, 12), rng.choice([0, 15, 30, 45, rng.randint(0, 59)])
    return rng.choice(
        [
            f"{hour}:{minute:02d} pm",
            f"{hour + 11}:{minute:02d}",
            f"{hour}am",
            f"{hour}.{minute:02d}",
        ]
    )


def _draw(rng: Random, key: str) -> str:
    return rng.choice(words_of(DECOYS, key))


def _chooser(key: str) -> Callable[[Random], str]:
    return lambda rng: _draw(rng, key)


def _filler(key: str) -> Callable[[Random], str]:
    return lambda rng: fill(rng, _draw(rng, key))


def make_firm(rng: Random) -> str:
    """Make a firm that is called after people, as most are that nobody has heard of."""
    one, other, third = (faker_person(rng, "en").family for _ in range(3))
    forms = (
        f"{one}-{other}",
        f"{one}, {other} and {third}",
        f"{one} {_draw(rng, 'firm_kinds')}",
    )
    more = (f"{one} & {other}", f"{one} and Sons", f"{one} {other} {_draw(rng, 'firm_kinds')}")
    return rng.choice((*forms, *more, forms[0], forms[2]))


def make_agent(rng: Random) -> str:
    """Make what a browser says of itself."""
    engine = f"{rng.randint(530, 605)}.{rng.randint(0, 40)}"
    browser = rng.choice(["Chrome", "Safari", "Firefox", "Edg"])
    number = fill(rng, _draw(rng, "agents"))
    system = _draw(rng, "systems")
    mobile = f" Mobile/{random_text(rng, string.ascii_uppercase, 6)} Safari/{engine}"
    return (
        f"Mozilla/5.0 ({system}) AppleWebKit/{engine} (KHTML, like Gecko) "
        f"{browser}/{number}{rng.choice(['', mobile])}"
    )


def fill_like(rng: Random, form: str) -> str:
    """Draw digits for 9, hexadecimal digits for X, capitals for Q; the rest of a form stays.

    A number has no 0 in front, unless a dot stands there.
    """
    out = ""
    for char in form:
        first = not (out[-1:].isdigit() or out.endswith((".", ",")))
        if char == "9":
            out += rng.choice("123456789" if first else string.digits)
        else:
            out += rng.choice({"X": HEX, "Q": string.ascii_uppercase}.get(char, char))
    return out


MAKERS: dict[str, Callable[[Random], str]] = {
    "version": make_version,
    "price": make_price,
    "measure": make_measure,
    "uuid": make_uuid,
    "hash": make_hash,
    "order": _filler("orders"),
    "score": make_score,
    "number": _filler("long_numbers"),
    "standard": make_standard,
    "colour": make_colour,
    "org": lambda rng: make_firm(rng) if rng.random() < 0.3 else _draw(rng, "organisations"),
    "firm": make_firm,
    "agent": make_agent,
    "time": _filler("times"),
    "place": _chooser("places"),
    "product": _chooser("products"),
    "drug": _chooser("drugs"),
    "illness": _chooser("illnesses"),
    "job": _chooser("jobs"),
    "file": _chooser("files"),
    "topic": _chooser("topics"),
    "n": lambda rng: str(rng.randint(2, 98)),
    "port": lambda rng: str(rng.choice([22, 80, 443, 3306, 5432, 6379, 8080, 27017])),
}
# The same, from (rng, form).
FORMED_MAKERS: dict[str, Callable[[Random, str], str]] = {
    "like": fill_like,
    "pick": lambda rng, form: rng.choice(form.split("|")),
}
# Neither right nor wrong: not scored, not learnt.
UNCERTAIN_MAKERS: dict[str, Callable[[Random], str]] = {
    "year": make_year,
    "ip": make_ip,
    "mac": make_mac,
    "handle": make_handle,
    "hour": make_hour,
    "docket": _filler("dockets"),
    "mrzname": make_mrz_name,
    "mrztail": lambda rng: (
        fill(rng, rng.choice(["<#", "#"]) + "GBR8#0#1##M3#0#1#") + "<" * 14 + fill(rng, "0#")
    ),
    "coordinates": lambda rng: f"{rng.uniform(-80, 80):.4f}, {rng.uniform(-170, 170):.4f}",
}
