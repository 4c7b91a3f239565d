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
    ("sq0csp-", URLSAFE, 43),
    ("sk-or-v1-", HEX, 64),
    ("gsk_", ALNUM, 52),
    ("r8_", ALNUM, 37),
    ("pplx-", ALNUM, 48),
    ("xai-", ALNUM, 80),
    ("nvapi-", URLSAFE, 64),
    ("ghs_", ALNUM, 36),
    ("glrt-", URLSAFE, 20),
    ("glptt-", HEX, 40),
    ("GOCSPX-", URLSAFE, 28),
    ("1//0", URLSAFE, 64),
    ("NRAK-", BASE32, 27),
    ("dapi", HEX, 32),
    ("dp.pt.", ALNUM, 43),
    ("sntrys_", ALNUM, 64),
    ("phx_", ALNUM, 43),
    ("figd_", URLSAFE, 40),
    ("secret_", ALNUM, 43),
    ("shpss_", HEX, 32),
    ("tskey-auth-", ALNUM, 30),
    ("rubygems_", HEX, 48),
    ("oy2", string.ascii_lowercase + string.digits, 43),
    ("fo1_", URLSAFE, 43),
    ("rnd_", ALNUM, 32),
    ("sbp_", HEX, 40),
    ("re_", ALNUM, 32),
    ("xkeysib-", HEX, 64),
    ("pscale_pw_", URLSAFE, 43),
    ("CFPAT-", URLSAFE, 43),
    ("LTAI", ALNUM, 20),
    ("rzp_live_", ALNUM, 14),
    ("ATATT3xFfGF0", URLSAFE, 90),
    ("AGE-SECRET-KEY-1", string.ascii_uppercase + string.digits, 58),
    ("sl.", URLSAFE, 80),
    ("xapp-1-A", string.ascii_uppercase + string.digits, 32),
)
LOWER = string.ascii_lowercase + string.digits
PLAIN_FORMS = (
    *((HEX, 32), (HEX, 40), (HEX, 64), (ALNUM, 20), (ALNUM, 32), (ALNUM + "+/", 40)),
    *((HEX, 16), (HEX, 24), (HEX, 48), (HEX, 96), (HEX.upper(), 32), (HEX.upper(), 64)),
    *((ALNUM, 16), (ALNUM, 24), (ALNUM, 40), (ALNUM, 64), (LOWER, 25), (LOWER, 50)),
    *((URLSAFE, 22), (URLSAFE, 43), (URLSAFE, 64), (BASE32, 16), (BASE32, 32)),
    *((ALNUM + "+/", 24), (ALNUM + "+/", 64), (ALNUM + "+/", 88)),
)
WORDS = (
    *(
        "summer winter autumn spring dragon monkey sunshine shadow master football coffee purple tiger"
        " orange hunter banana welcome secret flower soccer pepper ginger cookie rocket silver thunder"
        " falcon mustang yellow galaxy chicken diamond phoenix harley ranger matrix turtle castle copper"
        " velvet marble garden pickle anchor lemon canyon ember willow cobalt raven maple orbit "
    ).split(),
    *"sommer passwort hola amor contrasena soleil bonjour ciao amore geheim senha lozinka haslo".split(),
    *(
        "wachtwoord voetbal zonnebloem fiets hemligt fotboll lykke skov kesakissa talvi kotek wiosna slunce"
        " medved kiskutya napsugar floare parola galatasaray yildiz kartal rahasia cantik matahari mahalkita"
        " sakura neko samurai saranghae natasha solnyshko privet zvezda kochanie krishna ganesh sairam bharat"
        " estrella mariposa corazon chocolat doudou loulou schatz blume bayern juventus gattina farfalla"
        " saudade flamengo benfica computer internet princess jesus iloveyou buster bella charlie max rocky"
    ).split(),
)
# Words of lists from which wallets and recovery kits draw.
SEED_WORDS = (
    "abandon acid adapt alarm alley amused ankle arctic armor aspect atom autumn bacon badge bamboo basket"
    " beach bicycle blanket bounce bridge bronze bubble cabin cactus canal canvas carbon cargo cement cereal"
    " cherry cinnamon clutch coconut copper coral cradle cricket crystal daring decade denial desert dinosaur"
    " dolphin dragon drift dune eagle echo elbow ember engine erosion exile fabric faculty feather fiber flame"
    " fossil fragile frost galaxy garlic gesture ghost giraffe glimpse goose gravity guitar hammer harvest"
    " hedgehog helmet hollow hurdle icon impulse inhale island jacket jaguar jelly jungle kangaroo kidney kiwi"
    " lantern lava lemon lizard lobster lumber magnet mango maple melody mimic monkey mosquito motor mule nest"
    " noodle nuclear oasis obscure ocean olive onion orchard orient ostrich oxygen oyster paddle panther peanut"
    " pepper pigeon pioneer planet polar potato pumpkin puzzle pyramid quantum quiz rabbit raven ribbon ripple"
    " rival rocket saddle salmon sauce scissors shiver siren slender sniff soap spatial spider squirrel stadium"
    " sunset swallow tattoo timber toast tornado trumpet tunnel turtle umbrella vacuum vapor velvet venture"
    " violin volcano walnut whale wheat winter wolf wrestle yellow zebra zone"
).split()
UNICODE_WORDS = (
    "Gänseblümchen Größe Müller Straße Käsekuchen forêt Noël garçon éléphant señorita Peñarol corazón coração"
    " maçã Übung smörgås Ångström Łódź żółw źrebak hřib žába çiçek güneş İstanbul пароль Москва зима солнце"
    " котик λιμάνι καλοκαίρι שלום שמש حبيبي 大阪城 桜 密码 사랑해 नमस्ते"
).split()
WALKS = (
    "qwerty asdfgh zxcvbn qazwsx 1q2w3e4r 1qaz2wsx azerty qwertz abc123 123456 12345678 111222 987654"
    " letmein welcome1 admin changeme p@ssw0rd trustno1 q1w2e3 asdf1234 000000 monkey123 iloveyou2"
).split()
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
        lambda: rng.choice(UNICODE_WORDS) + number + rng.choice(["", mark]),
        lambda: rng.choice(WALKS) + rng.choice(["", "", mark, number]),
        lambda: word.upper() + number + other,
        lambda: (
            f"{word.capitalize()}{rng.choice(['&', '+', '4', '2', 'n'])}{other.capitalize()}{number}"
        ),
        lambda: f"{mark}{word.capitalize()}{number}{mark}".strip(".?-"),
        lambda: "".join(rng.choice(SEED_WORDS).capitalize() for _ in range(3)) + number,
        lambda: ".".join(rng.choice(SEED_WORDS) for _ in range(rng.randint(3, 5))),
        lambda: "-".join(random_text(rng, ALNUM, 6) for _ in range(3)),
    )
    # a dot at the end could be that of the sentence
    return rng.choice(forms)().rstrip(".")


def make_odd_password(rng: Random) -> str:
    """Make a password that only prose can hold: marks of quotation, brackets, slashes inside."""
    word, other = rng.choice(WORDS), rng.choice(WORDS)
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
        return " ".join(rng.choice(WORDS) for _ in range(rng.choice([4, 5, 6, 12])))
    words = [rng.choice(SEED_WORDS) for _ in range(rng.choice([3, 4, 5, 7]))]
    if rng.random() < 0.4:
        words = [words[0].capitalize(), *words[1:]]
    if rng.random() < 0.3:
        words[-1] += str(rng.randint(1, 99)) + rng.choice(["", "!"])
    return " ".join(words)


def make_seed(rng: Random) -> str:
    """Make the words of a wallet, as many as wallets have."""
    return " ".join(rng.choice(SEED_WORDS) for _ in range(rng.choice([12, 12, 12, 18, 24])))


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
    alphabet = rng.choice([LOWER, HEX, string.digits, string.ascii_uppercase + string.digits])
    n_groups, length = rng.choice([(2, 4), (2, 5), (3, 4), (4, 4), (5, 5), (8, 4), (8, 6), (6, 4)])
    return rng.choice("-- ").join(random_text(rng, alphabet, length) for _ in range(n_groups))


def make_uuid_key(rng: Random) -> str:
    """Make a client secret in the form of a UUID."""
    return "-".join(random_text(rng, HEX, n) for n in (8, 4, 4, 4, 12))


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
    "uuid": make_uuid_key,
    "bot": make_bot_token,
    "hash": make_password_hash,
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


def _alnum(text: str) -> str:
    """Drop what a connection string would read as its own marks."""
    return "".join(char for char in text if char in ALNUM)
