"""Keys of services by their forms, and web tokens."""

from __future__ import annotations

import random
import string

import pytest

from spacy_privacy_filter.rules.secrets.keys import find_keys, looks_random

from ...helpers import assert_grows_linearly

HEX, ALNUM = string.hexdigits[:16], string.ascii_letters + string.digits
RNG = random.Random(7)


def draw(n: int, chars: str = ALNUM) -> str:
    """Characters, the last no mark, with a digit and letters of both cases where there are any."""
    first = "".join(RNG.choices(chars, k=n - 3))
    return (
        first + ("b4" if chars in (HEX, string.ascii_lowercase + string.digits) else "B4")[:2] + "7"
    )


LOWER, UPPER = string.ascii_lowercase + string.digits, string.ascii_uppercase + string.digits
UUID = "8c2b3d4e-5f60-4182-93a4-b5c6d7e8f901"
URLSAFE = ALNUM + "_-"
# In parts, so that no tool takes a test for a leaked key.
KEYS = [
    "sk" + "_live_" + "a1B2" * 5, "sk" + "-" + "a1B2" * 6, "gh" + "p_" + "a1B2" * 9,
    "AK" + "IA" + "A1B2" * 4, "AI" + "za" + "a1B2a" * 7, "xo" + "xb-" + "1234567890-ab",
    "hf" + "_" + "a1B2" * 8, "npm" + "_" + "a1B2" * 9,
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTYifQ" + ".c2lnbmF0dXJl",
]  # fmt: skip
MORE = [
    ("AS" + "IA", draw(16, UPPER)), ("GOCS" + "PX-", draw(28)), ("ya" + "29.", draw(60, URLSAFE)),
    ("git" + "hub_pat_", draw(60)), ("gl" + "pat-", draw(20, URLSAFE)), ("gl" + "dt-", draw(20)),
    ("ATA" + "TT3", draw(180, URLSAFE)), ("xa" + "pp-1-A123456789-1234567890123-", draw(64, HEX)),
    ("https://hooks." + "slack.com/services/", "T649XCRPE/B3PLPH7DK/" + draw(24)),
    ("https://disc" + "ord.com/api/webhooks/123456789012345678/", draw(68)),
    ("1234567890:" + "AA", draw(33)), ("MTA" + "x", draw(22) + ".Gabcde." + draw(38)),
    ("wh" + "sec_", draw(32)), ("rk" + "_test_", draw(24)), ("S" + "K", draw(32, HEX)),
    ("S" + "G.", draw(22) + "." + draw(43)), ("key" + "-", draw(32, HEX)),
    (draw(32, HEX), "-us" + "12"), ("xkeys" + "ib-", draw(64, HEX) + "-" + draw(16)),
    ("py" + "pi-", draw(120)), ("rubygems" + "_", draw(48, HEX)), ("dckr" + "_pat_", draw(27)),
    ("sk" + "-proj-", draw(60)), ("sk" + "-ant-api03-", draw(90, URLSAFE)),
    ("sk" + "-or-v1-", draw(64, HEX)), ("gs" + "k_", draw(52)), ("x" + "ai-", draw(80)),
    ("r8" + "_", draw(37)), ("pp" + "lx-", draw(48)), ("nv" + "api-", draw(64)),
    ("lsv2" + "_pt_", draw(32, HEX) + "_" + draw(10, HEX)), ("tv" + "ly-", draw(32)),
    ("shp" + "at_", draw(32, HEX)), ("sq0" + "atp-", draw(22)), ("rzp" + "_live_", draw(14)),
    ("access" + "-production-", UUID),
    ("dop" + "_v1_", draw(64, HEX)), ("HRKU" + "-", UUID),
    ("da" + "pi", draw(32, HEX)), ("NR" + "AK-", draw(27, UPPER)),
    ("gl" + "sa_", draw(32) + "_" + draw(8, HEX)), ("gl" + "c_", draw(80)),
    ("sn" + "tryu_", draw(64, HEX)), ("lin" + "_api_", draw(40)), ("secret" + "_", draw(43)),
    ("nt" + "n_", draw(46)), ("p" + "at", draw(14) + "." + draw(64, HEX)), ("fi" + "gd_", draw(40)),
    ("PM" + "AK-", draw(24, HEX) + "-" + draw(34, HEX)), ("hv" + "s.", draw(90)),
    (draw(14), ".atl" + "asv1." + draw(67)), ("pu" + "l-", draw(40, HEX)),
    ("dp" + ".pt.", draw(43)), ("psc" + "ale_tkn_", draw(43)), ("sb" + "p_", draw(40, HEX)),
    ("fo" + "1_", draw(43)), ("fm" + "2_", draw(120)), ("nf" + "p_", draw(36)),
    ("pk.ey" + "J1Ijoi", draw(60) + "." + draw(22)), ("sl" + ".", draw(130)),
    ("tf" + "p_", draw(59)), ("CF" + "PAT-", draw(43)),
    ("CCI" + "PAT_", draw(22) + "_" + draw(40, HEX)),
    ("bk" + "ua_", draw(40, LOWER)), ("ts" + "key-auth-", draw(12) + "-" + draw(32)),
    ("AGE" + "-SECRET-KEY-1", "QQPZRY9X8GF2TVDW0S3JN54KHC" + "E6MUA7LQPZRY9X8GF2TVDW0S3JN54KHC"),
    ("$2" + "b$12$", draw(53)), (draw(86, ALNUM + "+/"), "=="),
    ("a1B" + "8Q~", draw(34)),
    ("dt0" + "c01.", draw(24, UPPER) + "." + draw(64, UPPER)), ("ph" + "c_", draw(43)),
    ("glrt" + "-", draw(20) + ".01." + draw(9, LOWER)), ("1/" + "/0", draw(40)),
    ("RG" + "API-", UUID), ("AT" + "BB", draw(32)),
    ("EAA" + "G", draw(120)), ("sess" + "-", draw(40)), ("re" + "_", draw(8) + "_" + draw(24)),
]  # fmt: skip


def found(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_keys(text)]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_found_whole(key: str) -> None:
    text = f"key={key};"
    assert found(text) == [key]
    assert list(find_keys(f"x{key}")) == []


@pytest.mark.parametrize("key", [start + rest for start, rest in MORE])
@pytest.mark.parametrize("around", ["I pasted {} here", '"{}",', "MY_KEY={}\n", "({})"])
def test_keys_of_many_issuers(key: str, around: str) -> None:
    assert set(found(around.format(key))) == {key}


def test_a_key_may_stand_in_a_name() -> None:
    assert found("MY_KEY_" + "AK" + "IAH2I5YL6GRV2EUP5K is set") == ["AK" + "IAH2I5YL6GRV2EUP5K"]


@pytest.mark.parametrize(
    "text",
    [
        "sk-learn-image-classification-2024", "sk-this-is-a-long-name-for-version-2",
        "sk-" + "x" * 40,
        "sk-MyVeryLongClassNameForTesting", "ghp_" + "x" * 36, "task-123456789012345678901234",
        "key-value-stores-are-fast-in-2024", "test_thatEverythingWorksInAllCases",
        "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "AKIA", "AKIAX", "SG.one.two",
        "hf_model",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "xoxo-hugs",
        "7e62aa0c-1f3b-4e4e-9d4a-1c2d3e4f5a6b", "eyJust a word", "eyJ.eyJ.x", "glass_house",
    ],
)  # fmt: skip
def test_what_is_no_key(text: str) -> None:
    assert found(text) == []


def test_web_tokens_signed_and_encrypted() -> None:
    head, part = "eyJ" + "hbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0", "AxY8DCtDaGlsbGljb3RoZQ"
    signed = f"{head}.eyJzdWIiOiIxMjM0NTYifQ.{part}"
    for token in (
        signed, f"{head}.{part}.{part}.{part}.{part}", f"{head}..{part}.{part}.{part}",
        f"{head}.eyJzdWIiOiIxMjM0NTYifQ.",
    ):  # fmt: skip
        assert found(f"token {token}, and") == [token]
    assert found(f"{head}.{part}") == []


@pytest.mark.parametrize(
    "name", ["HEROKU_API_KEY=", "datadog: ", "algolia_admin = ", "OKTA.token="]
)
def test_keys_without_a_form_need_the_name_of_an_issuer(name: str) -> None:
    key = "c3a9f8120b7d4e6f95a1b2c3d4e5f607"
    assert found(f"{name}{key}") == [key]
    assert found(f"digest={key}") == []


def test_what_looks_random() -> None:
    for text in ("a8F3kQ9zL2", draw(32, HEX), draw(24), draw(40, LOWER)):
        assert looks_random(text)
    for text in ("correct-horse-battery-2024", "MyVeryLongName", "1234567890", "x" * 30 + "1a"):
        assert not looks_random(text)


PARTS = (
    "sk-", "eyJ", "-eyJ", "eyJaaaaaaaaaaaa.", "xoxb-", "A" * 20 + "%", "pk.eyJ", "SG.", "aws-",
    "1//0", "a/", "$2a$",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: list(find_keys(part * n)), 2000)
