"""Addresses of mail, also as people write them for people."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.mail import find_emails

from ..helpers import assert_grows_linearly


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_emails(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail ada@example.org.", "ada@example.org"),
        ("<ada.l+x@mail.example.co.uk>", "ada.l+x@mail.example.co.uk"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("'ada@example.org'", "ada@example.org"),
        ('"ada@example.org"', "ada@example.org"),
        ("mailto:ada@example.pl?subject=Hi", "ada@example.pl"),
        ("E-Mail:ada@example.org,next", "ada@example.org"),
        ("-ada@example.org", "ada@example.org"),
        ("mail...ada@example.org", "ada@example.org"),
        ("a.b.@example.org", "a.b.@example.org"),
        ("k..allen@example.org", "k..allen@example.org"),
        ("ada@mail.internal", "ada@mail.internal"),
        ("ada@example.museum.", "ada@example.museum"),
        ("ada@host.invalid", "ada@host.invalid"),
        ("j.q.f+in@mail.eu-west.sub.example.co.uk", "j.q.f+in@mail.eu-west.sub.example.co.uk"),
        ("jürgen.böhm@müller-bau.example", "jürgen.böhm@müller-bau.example"),
        ("oder 用户@例子.公司 bitte", "用户@例子.公司"),
        ("ada@xn--e1afmkfd.xn--p1ai", "ada@xn--e1afmkfd.xn--p1ai"),
        ("邮箱是ada@example.org请回复", "ada@example.org"),
        ("user%example.org@relay.example", "user%example.org@relay.example"),
        ("ada%40example.org", "ada%40example.org"),
        ('"very.unusual"@example.com bounced', '"very.unusual"@example.com'),
        ("ada@[192.0.2.1]", "ada@[192.0.2.1]"),
        ("login svc-admin@intranet failed", "svc-admin@intranet"),
        ("ada@localhost failed", "ada@localhost"),
        ("E-mail: vtomicic@alemana", "vtomicic@alemana"),
        ("ada (at) example (dot) pl please", "ada (at) example (dot) pl"),
        ("ada.l[at]example.com", "ada.l[at]example.com"),
        ("ada [at] host [dot] co [dot] uk now", "ada [at] host [dot] co [dot] uk"),
        ("ada {at} host {dot} example", "ada {at} host {dot} example"),
        ("ada (ät) example (punkt) de", "ada (ät) example (punkt) de"),
        ("ada (arroba) example (punto) es", "ada (arroba) example (punto) es"),
        ("ada AT example DOT com", "ada AT example DOT com"),
        ("write hanna dot krol at gmail dot com please", "hanna dot krol at gmail dot com"),
        ("ada at mail dot example dot org.", "ada at mail dot example dot org"),
    ],
)  # fmt: skip
def test_an_address_is_found_whole(text: str, address: str) -> None:
    assert values(text) == [address]


@pytest.mark.parametrize(
    "text",
    ["a@b", "@example.org", "a@b.c", "a@example.org-", "git@github.com:ada/x", "root@localhost",
     "https://ada:pw@example.org/x", "ssh://git@example.org/x", "icon@2x.png", "lodash@latest",
     "actions/checkout@v4", "HEAD@{1}", "look at spot dot com", "reach me at gmail dot com",
     "he said (at) home. ok", "meet at five dot", "ada at example dot nowhere",
     "connect the dots (dot) here", "ada @ example", "x = a@b", "5@7.5"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert values(text) == []


def test_addresses_side_by_side() -> None:
    assert values("ada@example.com,bob@example.org;x@y.example") == [
        "ada@example.com", "bob@example.org", "x@y.example"
    ]  # fmt: skip
    assert values("https://example.org/?to=ada@example.org") == ["ada@example.org"]


@pytest.mark.parametrize(
    "part", ["a@", "a.", "a@a.", "[at]", "a at a dot ", "a at a dot com ", '"', "%40a"]
)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: values(part * n), 1000)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("write to max(a)firma.de today", "max(a)firma.de"),
        ("write to max (a) firma.de today", "max (a) firma.de"),
        ("max.muster[a]firma.de", "max.muster[a]firma.de"),
        ("contact kim_at_example_dot_com now", "kim_at_example_dot_com"),
        ("kim.lee_at_mail_dot_example_dot_com.", "kim.lee_at_mail_dot_example_dot_com"),
        ("kim-at-example-dot-com", "kim-at-example-dot-com"),
        ("mail kim at example dot com", "kim at example dot com"),
        ("ada[@]example[.]org, thanks", "ada[@]example[.]org"),
    ],
)
def test_more_ways_to_hide_an_address(text: str, address: str) -> None:
    assert values(text) == [address]


def test_an_address_whose_dots_alone_are_hidden_is_found_whole() -> None:
    assert "ada@mail[.]example[dot]org" in values("to ada@mail[.]example[dot]org now")


@pytest.mark.parametrize(
    "text",
    [
        "you may choose (a) example.com or (b) example.org",
        "look at me (a) example.com",
        "look_at_this_dot_product",
        "meet_at_noon",
        "sign-in-at-home",
    ],
)
def test_what_hides_no_address(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("unit", ["max(a)", "a (a) ", "_at_", "a_at_b_dot_", "a@b[.]"])
def test_long_hidden_addresses_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_emails(unit * n)), 2000)
