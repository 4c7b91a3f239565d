"""Rules: what is found, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.finder import LABELS, make_rules

from ..helpers import assert_grows_linearly

FIND = make_rules()
PHONE, ACCOUNT = "private_phone", "account_number"
# In parts, so that no tool takes a test for a leaked key.
TOKEN = "ghp" + "_" + "a1B2" * 9
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTYifQ" + ".c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("ada@example.org", "private_email"),
        ("ada.l+x@mail.example.co.uk", "private_email"),
        ("zoë@exämple.org", "private_email"),
        ("o'brien@example.org", "private_email"),
        ("ada@xn--e1afmkfd.xn--p1ai", "private_email"),
        ("https://example.org/a?b=c", "private_url"),
        ("www.example.org", "private_url"),
        ("10.1.2.3", "ip_address"),
        ("2001:db8::8a2e:370:7334", "ip_address"),
        ("00:1B:44:11:3A:B7", "mac_address"),
        ("4111 1111 1111 1111", ACCOUNT),
        ("4111111111111111", ACCOUNT),
        ("GB82 WEST 1234 5698 7654 32", ACCOUNT),
        ("DE89370400440532013000", ACCOUNT),
        ("219-09-9998", ACCOUNT),
        ("1M8GDM9AXKP042788", ACCOUNT),
        ("001b.4411.3ab7", "mac_address"),
        ("4111  1111  1111  1111", ACCOUNT),
        ("4111 - 1111 - 1111 - 1111", ACCOUNT),
        ("ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "private_email"),
        ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ", "private_url"),
        ("1m8gdm9axkp042788", ACCOUNT),
        ("de89370400440532013000", ACCOUNT),
        ("gb82 west 1234 5698 7654 32", ACCOUNT),
        ("4111.1111.1111.1111", ACCOUNT),
        ("+4111 1111 1111 1111", ACCOUNT),
        ("536 90 4399", ACCOUNT),
        ("+44 20 7946 0958", PHONE),
        ("(202) 456-1111", PHONE),
        (TOKEN, "secret"),
        (JWT, "secret"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "secret"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "👩‍👧 é: {}.", "({}), THEN\n", "x {} AND 7"])
def test_what_is_found(value: str, label: str, around: str) -> None:
    text = around.format(value)
    found = [(text[s.start_char : s.end_char], s.label) for s in FIND(text)]
    assert found == [(value, label)]


@pytest.mark.parametrize(
    "text",
    [
        "", "4111 1111 1111 1112", "0000 0000 0000 0000", "GB82 WEST 1234 5698 7654 33",
        "000-12-3456", "1M8GDM9A1KP042788", "999.1.2.3", "1.2.3.4.5", "12:30:45", "std::cout",
        "a@b", "@example.org", "http://", "www.", "ghp_short", "on 2026-03-12 at 10:20:30",
        "00:1B:44:11:3A", "version 1.2.3", "version 1.2.3.4",
        "Version: 1.2.3.4", "v1.2.3.4", "v. 1.2.3.4", "on firmware 10.2.0.4", "ver.1.2.3.4",
        "sk-learn is sk-image", "a::b c::d",
        "1234.5678.9012", "3.1415926535897932", "12345678901234567", "536904399", "000 12 3456",
        "1 536 90 4399", "536 90 4399 1", "de88370400440532013000", "SSN 000123456",
    ],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    assert FIND(text) == []


@pytest.mark.parametrize(
    "parts",
    [
        ["020 7946 0958", "020 7946 0959"],
        ["202 456 1111", "202 456 1112", "202 456 1113"],
        ["0800 123 456", "020 7946 0958"],
        ["-12345", "020 7946 0958"],
        ["020 7946 0958", "-12345"],
        ["-12/03/2024", "020 7946 0958", "-12/03/2024"],
        ["4111 1111 1111 1111", "020 7946 0958"],
        ["4222222222222", "020 7946 0958"],
        ["020 7946 0958", "4111 1111 1111 1111"],
        ["GB82 WEST 1234 5698 7654 32", "020 7946 0958"],
        ["DE89 3704 0044 0532 0130 00", "-12345"],
        ["DE89370400440532013000", "-12345"],
        ["DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"],
        ["DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111"],
        ["-1024 2048 4096", "-12 13 14 15 16 17"],
    ],
)
@pytest.mark.parametrize("around", ["{}", "call {}", "no. 7: {}.", "({})"])
def test_numbers_side_by_side(parts: list[str], around: str) -> None:
    """What begins with a dash, which is not written, is nothing to find."""
    text = around.format(" ".join(part.removeprefix("-") for part in parts))
    wanted = [part for part in parts if not part.startswith("-")]
    assert [text[s.start_char : s.end_char] for s in FIND(text)] == wanted


def test_settings() -> None:
    text = "ada@example.org, +49 30 901820, 030 901820"
    find = make_rules(labels={"email": "EMAIL", "phone": None})
    assert [span.label for span in find(text)] == ["EMAIL"]
    assert len(make_rules(regions=["DE"])(text)) == 3
    assert len(make_rules(regions=[])(text)) == 2
    with pytest.raises(ValueError, match=r"Unknown rules: mail\. Choose among: key"):
        make_rules(labels={"mail": "x"})
    with pytest.raises(ValueError, match="Unknown regions: XX"):
        make_rules(regions=["XX"])
    machines = {"ip_address", "mac_address", "device_id"}
    ours = {"secret", ACCOUNT, PHONE, "private_email", "private_url", "private_date", "handle"}
    assert set(LABELS.values()) < {*ours, *machines, ""}


PARTS = (
    "12 ",
    "020 79 ",
    "AB12 ",
    "AA11AA11 ",
    "a",
    "a.",
    "1",
    "1 ",
    "1-",
    "A1",
    ":",
    "f:",
    "@",
    "a@a.",
    "-",
    "www.",
    "eyJ",
)


@pytest.mark.parametrize("part", PARTS)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: FIND(part * n), 1000)


def test_long_texts_are_read_to_the_end() -> None:
    text = "12345678 " * 70_000 + "+44 20 7946 0958"
    (span,) = make_rules(labels=dict.fromkeys(set(LABELS) - {"phone"}), regions=[])(text)
    assert text[span.start_char : span.end_char] == "+44 20 7946 0958"


@given(st.text(st.sampled_from("a1@.:-+ ()/4é👩A"), max_size=40))
def test_any_text_has_sound_spans(text: str) -> None:
    spans = FIND(text)
    assert spans == sorted(spans)
    assert all(0 <= s.start_char < s.end_char <= len(text) for s in spans)
