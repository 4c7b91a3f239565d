# ruff: noqa: E501  (lists of words read best as one string)
"""Secrets: a random generator -> passwords, keys and tokens in the forms that providers use.

Every value is drawn at random; the prefixes are those that the providers document.
"""

from __future__ import annotations

import base64
import json
import string
from random import Random

from .patterns import random_text

LETTERS = string.ascii_letters
ALNUM = LETTERS + string.digits
HEX = "0123456789abcdef"
URLSAFE = ALNUM + "-_"
BASE32 = string.ascii_uppercase + "234567"
# (prefix, alphabet, length of the rest)
KEY_FORMS = (
    ("sk-", ALNUM, 48),
    ("sk-proj-", URLSAFE, 64),
    ("sk-ant-api03-", URLSAFE, 80),
    ("sk_live_", ALNUM, 24),
    ("rk_live_", ALNUM, 24),
    ("pk_live_", ALNUM, 24),
    ("sk_test_", ALNUM, 24),
    ("whsec_", ALNUM, 32),
    ("ghp_", ALNUM, 36),
    ("gho_", ALNUM, 36),
    ("github_pat_", ALNUM + "_", 60),
    ("glpat-", URLSAFE, 20),
    ("AKIA", BASE32, 16),
    ("ASIA", BASE32, 16),
    ("AIza", URLSAFE, 35),
    ("ya29.", URLSAFE, 60),
    ("xoxb-", string.digits, 12),
    ("xoxp-", ALNUM + "-", 50),
    ("SG.", URLSAFE, 43),
    ("hf_", LETTERS, 34),
    ("npm_", ALNUM, 36),
    ("pypi-AgEIcHlwaS5vcmc", URLSAFE, 60),
    ("dckr_pat_", URLSAFE, 27),
    ("dop_v1_", HEX, 64),
    ("shpat_", HEX, 32),
    ("SK", HEX, 32),
    ("key-", HEX, 32),
    ("EAAG", ALNUM, 60),
    ("lin_api_", ALNUM, 40),
    ("ntn_", ALNUM, 46),
    ("hvs.", URLSAFE, 40),
    ("glsa_", ALNUM, 32),
    ("sq0atp-", URLSAFE, 22),
)
PLAIN_FORMS = ((HEX, 32), (HEX, 40), (HEX, 64), (ALNUM, 20), (ALNUM, 32), (ALNUM + "+/", 40))
WORDS = (
    *(
        "summer winter autumn spring dragon monkey sunshine shadow master football coffee purple tiger"
        " orange hunter banana welcome secret flower soccer pepper ginger cookie rocket silver thunder"
        " falcon mustang yellow galaxy chicken diamond phoenix harley ranger matrix turtle castle copper"
        " velvet marble garden pickle anchor lemon canyon ember willow cobalt raven maple orbit "
    ).split(),
    *"sommer passwort hola amor contrasena soleil bonjour ciao amore geheim senha lozinka haslo".split(),
)
SWAPS = str.maketrans({"a": "@", "o": "0", "e": "3", "i": "1", "s": "$"})


def make_password(rng: Random) -> str:
    """Make a password as people choose them: words, years, swapped letters, or a random string."""
    word = rng.choice(WORDS)
    other = rng.choice(WORDS)
    number = str(rng.choice([rng.randint(0, 99), rng.randint(1950, 2030), rng.randint(100, 9999)]))
    mark = rng.choice("!!!@#$%&*?.-_+")
    forms = (
        lambda: word.capitalize() + number + mark,
        lambda: word + number,
        lambda: word.capitalize() + mark + number,
        lambda: word.translate(SWAPS).capitalize() + number,
        lambda: word.capitalize() + other.capitalize() + number + rng.choice(["", mark]),
        lambda: f"{word}-{other}-{rng.choice(WORDS)}-{rng.choice(WORDS)}",
        lambda: f"{word}_{other}{number}",
        lambda: number + word + mark + other,
        lambda: random_text(rng, ALNUM, rng.randint(8, 16)),
        lambda: (
            random_text(rng, ALNUM + "!@#$%^&*-_=+?", rng.randint(10, 20)).strip("-_=+?") or "q7"
        ),
        lambda: word + mark * 2 + number,
        lambda: f"{word}{rng.choice('QWXZ')}{number}{rng.choice('qwxz')}{mark}",
    )
    return rng.choice(forms)()


def make_passphrase(rng: Random) -> str:
    """Make a passphrase of several words with spaces, as wallets and key files use."""
    return " ".join(rng.choice(WORDS) for _ in range(rng.choice([4, 5, 6, 12])))


def make_url_password(rng: Random) -> str:
    """Make a password that can stand in a connection string."""
    return (
        rng.choice([make_plain_key(rng)[:24], random_text(rng, ALNUM, rng.randint(8, 20))])
        if (rng.random() < 0.5)
        else random_text(rng, LETTERS, 5) + rng.choice("!$-_.") + random_text(rng, ALNUM, 6)
    )


def make_key(rng: Random) -> str:
    """Make an API key with the prefix of a provider."""
    prefix, alphabet, length = rng.choice(KEY_FORMS)
    body = random_text(rng, alphabet, length - 1) + rng.choice(ALNUM if alphabet != HEX else HEX)
    if prefix == "xoxb-":
        body = f"{body}-{random_text(rng, string.digits, 12)}-{random_text(rng, ALNUM, 24)}"
    if prefix == "SG.":
        body = f"{random_text(rng, URLSAFE, 21)}w.{body}"
    return prefix + body


def make_plain_key(rng: Random) -> str:
    """Make a key without a prefix: hexadecimal or base64-like."""
    alphabet, length = rng.choice(PLAIN_FORMS)
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
}


def make_secret(rng: Random, kind: str) -> str:
    """Make a secret; "any" is a key, a token or a password that fits on one line."""
    if kind == "any":
        kind = rng.choices(["key", "plainkey", "jwt", "password"], [5, 3, 1, 3])[0]
    return MAKERS[kind](rng)


def _claims(part: dict[str, object]) -> str:
    """Write one part of a token: compact JSON in base64 without padding."""
    encoded = base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode())
    return encoded.decode().rstrip("=")
