"""Secrets: a random generator -> passwords, keys and tokens in the forms that providers use.

Every value is drawn at random; the prefixes are those that the providers document.
"""

from __future__ import annotations

import base64
import json
import string
from random import Random

from ..tables import pairs_of, words_of
from .patterns import HEX, make_uuid, random_text

LETTERS = string.ascii_letters
ALNUM = LETTERS + string.digits
URLSAFE = ALNUM + "-_"
LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + string.digits
# By the names that the data file gives them.
ALPHABETS = {
    "letters": LETTERS,
    "digits": string.digits,
    "alnum": ALNUM,
    "lower": LOWER,
    "upper": UPPER,
    "hex": HEX,
    "HEX": HEX.upper(),
    "base32": string.ascii_uppercase + "234567",
    "base64": ALNUM + "+/",
    "urlsafe": URLSAFE,
    "dashed": ALNUM + "-",
    "word": ALNUM + "_",
}
SECRETS = "words/secrets.json"
SWAPS = str.maketrans({"a": "@", "o": "0", "e": "3", "i": "1", "s": "$"})


def make_password(rng: Random) -> str:
    """Make a password as people choose them: words, years, swapped letters, or a random string."""
    word = _draw(rng, "words")
    other = _draw(rng, "words")
    number = str(rng.choice([rng.randint(0, 99), rng.randint(1950, 2030), rng.randint(100, 9999)]))
    mark = rng.choice("!!!@#$%&*?.-_+")
    forms = (
        lambda: word.capitalize() + number + mark,
        lambda: word + number,
        lambda: word.capitalize() + mark + number,
        lambda: word.translate(SWAPS).capitalize() + number,
        lambda: word.capitalize() + other.capitalize() + number + rng.choice(["", mark]),
        lambda: f"{word}-{other}-{_draw(rng, 'words')}-{_draw(rng, 'words')}",
        lambda: f"{word}_{other}{number}",
        lambda: number + word + mark + other,
        lambda: random_text(rng, ALNUM, rng.randint(8, 16)),
        lambda: (
            random_text(rng, ALNUM + "!@#$%^&*-_=+?", rng.randint(10, 20)).strip("-_=+?") or "q7"
        ),
        lambda: word + mark * 2 + number,
        lambda: f"{word}{rng.choice('QWXZ')}{number}{rng.choice('qwxz')}{mark}",
        lambda: _draw(rng, "foreign_words") + number + rng.choice(["", mark]),
        lambda: _draw(rng, "walks") + rng.choice(["", "", mark, number]),
        lambda: word.upper() + number + other,
        lambda: f"{word.capitalize()}{rng.choice('&+42n')}{other.capitalize()}{number}",
        lambda: f"{mark}{word.capitalize()}{number}{mark}".strip(".?-"),
        lambda: "".join(_draw(rng, "seed_words").capitalize() for _ in range(3)) + number,
        lambda: ".".join(_draw(rng, "seed_words") for _ in range(rng.randint(3, 5))),
        lambda: "-".join(random_text(rng, ALNUM, 6) for _ in range(3)),
    )
    # a dot at the end could be that of the sentence
    return rng.choice(forms)().rstrip(".")


def make_odd_password(rng: Random) -> str:
    """Make a password that only prose can hold: marks of quotation, brackets, slashes inside."""
    word, other = _draw(rng, "words"), _draw(rng, "words")
    marks = [rng.choice("\"'`<>(){}[]/\\|~^;:,%") for _ in range(3)]
    number = rng.randint(10, 9999)
    return rng.choice(
        (
            f"{word.capitalize()}{marks[0]}{number}{marks[1]}{other}",
            f"{word}{marks[0]}{marks[1]}{other}{number}",
            random_text(rng, ALNUM, 4) + marks[0] + random_text(rng, ALNUM, 4) + marks[1] + "x7",
        )
    )


def make_passphrase(rng: Random) -> str:
    """Make a passphrase of several words with spaces, as wallets and key files use."""
    if rng.random() < 0.5:
        return " ".join(_draw(rng, "words") for _ in range(rng.choice([4, 5, 6, 12])))
    words = [_draw(rng, "seed_words") for _ in range(rng.choice([3, 4, 5, 7]))]
    if rng.random() < 0.4:
        words = [words[0].capitalize(), *words[1:]]
    if rng.random() < 0.3:
        words[-1] += str(rng.randint(1, 99)) + rng.choice(["", "!"])
    return " ".join(words)


def make_seed(rng: Random) -> str:
    """Make the words of a wallet, as many as wallets have."""
    return " ".join(_draw(rng, "seed_words") for _ in range(rng.choice([12, 12, 12, 18, 24])))


def make_pin(rng: Random) -> str:
    """Make a code of few digits for a door, a card or a phone."""
    return random_text(rng, string.digits, rng.choice([4, 4, 4, 5, 6, 6, 8]))


def make_one_time_code(rng: Random) -> str:
    """Make a code that is sent once."""
    digits = random_text(rng, string.digits, rng.choice([4, 5, 6, 6, 6, 6, 7, 8]))
    half = len(digits) // 2
    roll = rng.random()
    if roll < 0.2 and len(digits) in (6, 8):
        return f"{digits[:half]}{rng.choice(' -')}{digits[half:]}"
    return f"G-{digits}" if roll < 0.25 else digits


def make_recovery_code(rng: Random) -> str:
    """Make a recovery code or a product key: groups of letters and digits."""
    alphabet = rng.choice([LOWER, HEX, string.digits, UPPER])
    n_groups, length = rng.choice([(2, 4), (2, 5), (3, 4), (4, 4), (5, 5), (8, 4), (8, 6), (6, 4)])
    return rng.choice("-- ").join(random_text(rng, alphabet, length) for _ in range(n_groups))


def make_bot_token(rng: Random) -> str:
    """Make the token of a chat bot: an id, a mark, and a random rest."""
    if rng.random() < 0.5:
        return f"{rng.randint(10**9, 9 * 10**9)}:AA{random_text(rng, URLSAFE, 32)}x"
    parts = (rng.choice("MNO") + random_text(rng, ALNUM, 23), random_text(rng, URLSAFE, 6))
    return ".".join([*parts, random_text(rng, URLSAFE, 37) + "w"])


def make_password_hash(rng: Random) -> str:
    """Make a password as a table keeps it: salted and hashed."""
    salt, rest = random_text(rng, ALNUM + "./", 22), random_text(rng, ALNUM + "./", 31)
    return rng.choice(
        (
            f"$2b$12${salt}{rest}",
            f"$6${salt[:8]}${random_text(rng, ALNUM + './', 86)}",
            f"{{SHA}}{random_text(rng, ALNUM + '+/', 27)}=",
            f"pbkdf2_sha256$600000${random_text(rng, ALNUM, 12)}${random_text(rng, ALNUM, 43)}=",
        )
    )


def make_url_password(rng: Random) -> str:
    """Make a password that can stand in a connection string."""
    return (
        rng.choice([_alnum(make_plain_key(rng)[:24]), random_text(rng, ALNUM, rng.randint(8, 20))])
        if (rng.random() < 0.5)
        else random_text(rng, LETTERS, 5) + rng.choice("!$-_.") + random_text(rng, ALNUM, 6)
    )


def make_key(rng: Random) -> str:
    """Make an API key with the prefix of a provider."""
    prefix, name, length = rng.choice(pairs_of(SECRETS, "keys"))
    alphabet = ALPHABETS[name]
    body = random_text(rng, alphabet, length - 1) + rng.choice(ALNUM if alphabet != HEX else HEX)
    if prefix == "xoxb-":
        body = f"{body}-{random_text(rng, string.digits, 12)}-{random_text(rng, ALNUM, 24)}"
    if prefix == "SG.":
        body = f"{random_text(rng, URLSAFE, 21)}w.{body}"
    return f"{prefix}{body}"


def make_plain_key(rng: Random) -> str:
    """Make a key without a prefix: hexadecimal or base64-like."""
    name, length = rng.choice(pairs_of(SECRETS, "plain_keys"))
    alphabet = ALPHABETS[name]
    if "-" in alphabet:  # a mark at an end would look like one of the sentence
        return random_text(rng, ALNUM, 1) + random_text(rng, alphabet, length - 2) + "q"
    if "/" in alphabet:
        return random_text(rng, alphabet, length) + rng.choice(["", "=", "=="])
    return random_text(rng, alphabet, length)


def make_jwt(rng: Random) -> str:
    """Make a JSON web token: header, claims and a random signature."""
    header: dict[str, object] = {"alg": rng.choice(["HS256", "RS256", "ES256"]), "typ": "JWT"}
    claims: dict[str, object] = {
        "sub": str(rng.randint(1, 10**9)),
        "iat": rng.randint(1_500_000_000, 1_800_000_000),
    }
    if rng.random() < 0.5:
        claims["scope"] = rng.choice(["read", "admin", "openid profile", "orders:write"])
    parts = [_claims(part) for part in (header, claims)]
    return ".".join([*parts, random_text(rng, URLSAFE, 43)])


def make_private_key(rng: Random) -> str:
    """Make a private-key block in PEM armour; all of it is one secret."""
    kind = rng.choice(["RSA ", "EC ", "OPENSSH ", "", "DSA ", "ENCRYPTED "])
    lines = [random_text(rng, ALNUM + "+/", 64) for _ in range(rng.randint(2, 5))]
    lines.append(random_text(rng, ALNUM + "+/", rng.randint(8, 60)) + rng.choice(["", "=", "=="]))
    start = rng.choice(["MII", "b3BlbnNzaC1rZXktdjEAAAAA", "MHc"])
    body = "\n".join([start + lines[0][len(start) :], *lines[1:]])
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{body}\n-----END {kind}PRIVATE KEY-----"


MAKERS = {
    "password": make_password,
    "passphrase": make_passphrase,
    "urlpass": make_url_password,
    "key": make_key,
    "plainkey": make_plain_key,
    "jwt": make_jwt,
    "pem": make_private_key,
    "odd": make_odd_password,
    "seed": make_seed,
    "pin": make_pin,
    "otp": make_one_time_code,
    "recovery": make_recovery_code,
    "uuid": make_uuid,
    "bot": make_bot_token,
    "hash": make_password_hash,
}


def make_secret(rng: Random, kind: str) -> str:
    """Make a secret; "any" is a key, a token or a password that fits on one line."""
    if kind == "any":
        kind = rng.choices(["key", "plainkey", "jwt", "password"], [5, 3, 1, 3])[0]
    return MAKERS[kind](rng)


def _draw(rng: Random, key: str) -> str:
    return rng.choice(words_of(SECRETS, key))


def _claims(part: dict[str, object]) -> str:
    """Write one part of a token: compact JSON in base64 without padding."""
    encoded = base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode())
    return encoded.decode().rstrip("=")


def _alnum(text: str) -> str:
    """Drop what a connection string would read as its own marks."""
    return "".join(char for char in text if char in ALNUM)
