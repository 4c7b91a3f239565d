"""Addresses of pages: where they end, those without a scheme, and those that let in."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.rules.web import find_urls, find_urls_with_secret

from ..helpers import assert_grows_linearly

CODE = "8fj39dk20f" + "j4kd92ab"
LONG = "1aZ9kLmN0pQrStUvWxYz" + "1234567890abcdEFGHIJ"


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_urls(text)]


def secrets(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_urls_with_secret(text)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.org/a?b=c.", "https://example.org/a?b=c"),
        ("(see https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b), then", "https://example.org/a_(b)"),
        ("FTP://example.org!", "FTP://example.org"),
        ("**www.example.org**", "www.example.org"),
        ("<http://example.org/>", "http://example.org/"),
        ("[x](https://example.org/b_(c)) and", "https://example.org/b_(c)"),
        ("[x](https://example.org/b)next", "https://example.org/b"),
        ("https://example.org/b)(more", "https://example.org/b"),
        ("(https://en.example.org/wiki/User:Ada_(artist))", "https://en.example.org/wiki/User:Ada_(artist)"),
        ("[[https://example.org/a]] Ada", "https://example.org/a"),
        ("href='https://example.org/b'>Ada", "https://example.org/b"),
        ('<a href="https://example.org/b">Ada</a>', "https://example.org/b"),
        ("<a href=https://example.org/b>Ada</a>", "https://example.org/b"),
        ("&lt;https://example.org/b&gt; Ada", "https://example.org/b"),
        ('{"url":"https://example.org/b","name":"Ada"}', "https://example.org/b"),
        ('"{\\"url\\": \\"https://example.org/b\\"}"', "https://example.org/b"),
        ("https://example.org/Murphy's_law ok", "https://example.org/Murphy's_law"),
        ("`https://example.org/b`", "https://example.org/b"),
        ("| https://example.org/b|Ada |", "https://example.org/b"),
        ("“https://example.org/b”", "https://example.org/b"),
        ("见https://example.org/x请点击", "https://example.org/x"),
        ("링크 https://example.org/x를 보세요", "https://example.org/x"),
        ("https://zh.example.org/wiki/北京。好", "https://zh.example.org/wiki/北京"),
        ("https://例子.公司/路径。", "https://例子.公司/路径"),
        ("http://müller-bau.example/a", "http://müller-bau.example/a"),
        ("http://[2001:db8::1]:8080/a?x now", "http://[2001:db8::1]:8080/a?x"),
        ("https://example.org:8443/a#top.", "https://example.org:8443/a#top"),
        ("git+https://example.org/a.git", "git+https://example.org/a.git"),
        ("ftps://backup.example.net/home/ada/tax.zip is", "ftps://backup.example.net/home/ada/tax.zip"),
        ("HTTPS://PORTAL.EXAMPLE.COM/PATIENT/88213 was", "HTTPS://PORTAL.EXAMPLE.COM/PATIENT/88213"),
        ("https://example.org/a Ada Lovelace", "https://example.org/a"),
        ("http://localhost:3000/users/ada", "http://localhost:3000/users/ada"),
    ],
)  # fmt: skip
def test_an_address_ends_before_the_marks_of_the_sentence(text: str, url: str) -> None:
    assert values(text) == [url]


@pytest.mark.parametrize(
    "text",
    ["http://", "www.", "xhttp://a.b", "http:// a", "API = 'http://localhost:8000'",
     "http://127.0.0.1:5000/"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert values(text) == secrets(text) == []


def test_addresses_side_by_side() -> None:
    pair = ["https://example.org/a", "https://example.net/b"]
    for between in (" ", ",", ", ", ")(", "|", ";"):
        assert values(between.join(pair)) == pair
    assert values("u=https://a.example/?next=https://b.example/x") == [
        "https://a.example/?next=https://b.example/x"
    ]


@pytest.mark.parametrize(
    "url",
    ["linkedin.com/in/ada-8831", "paypal.me/ada", "github.com/ada", "youtu.be/abc123", "t.me/ada",
     "x.com/ada", "wa.me/447700900123", "facebook.com/ada.lovelace", "ada.example/cv.html",
     "server.internal/share/ada", "files.corp/ada", "docs.test/a", "www.example.org",
     "example.co.uk:8080/a?b=c", "xn--e1afmkfd.xn--p1ai/a"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "see {}.", "({}), then", "<{}>", "Profile:{};"])
def test_addresses_without_a_scheme(url: str, around: str) -> None:
    assert values(around.format(url)) == [url]


@pytest.mark.parametrize(
    "text",
    ["and/or", "w/o", "report.py/x", "setup.cfg/a", "README.md/x", "main.rs/a", "self.id/total",
     "obj.method/2", "os.name/x", "e.g./i.e.", "v1.2/3", "1.5/2.0", "ASP.NET/MVC", "Node.js/React",
     "a.b/c", "ada@example.org/x", "./a.com/x", "etc.com", "etc./or", "3.in/4.in", "U.S./Canada"],
)  # fmt: skip
def test_what_is_no_host_with_a_path(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.4.17:8080/user/ada?token=abc123",
        "https://example.org/x?a=1&access_token=abcd",
        "https://example.org/cb#id_token=abcd&x=1",
        f"https://example.org/cb?code={CODE}&state=1",
        f"https://example.org/x?key={CODE}",
        "https://b.example.org/k?X-Amz-Signature=abcdef0123&X=1",
        "https://b.example.org/k?sv=2020&sig=a%2Bb%3D",
        f"https://example.org/reset/{CODE}",
        f"https://example.org/users/password/edit/{CODE}?x",
        f"https://example.org/auth/magic-link/{CODE}",
        f"example.org/invite/{CODE}",
        f"https://docs.example.org/document/d/{LONG}/edit",
    ],
)
def test_what_lets_in_whoever_has_it(url: str) -> None:
    for around in ("{}", "go to {} now", "<{}>"):
        text = around.format(url)
        assert secrets(text) == [url]
        assert values(text) == []
        (span,) = make_rules()(text)
        assert (span.label, span.source) == ("private_url", "rule:url_with_secret")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/x?code=US&page=2", "https://example.org/?token=", "https://example.org/?key=name",
     "https://example.org/ada/a/commit/3f1c9a7be2d04456a8c1e0b7d9f2346581acde07",
     "https://example.org/how-to-reset-your-password-in-2024-without-losing-your-data",
     "https://example.org/login/help", "https://example.org/reset/how-to-do-it-in-2024"],
)  # fmt: skip
def test_what_lets_nobody_in(url: str) -> None:
    assert (values(url), secrets(url)) == ([url], [])


@pytest.mark.parametrize(
    "part",
    ["http://a)", "http://a.b,", "a.com/", "a.", "www.", "(http://", "http://a?token=", "[a]("],
)  # fmt: skip
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: (values(part * n), secrets(part * n)), 1000)


@pytest.mark.parametrize(
    "link",
    [
        "hxxp://bad.example/path",
        "hxxps://bad[.]example[.]com/path?id=3",
        "hxxps[:]//bad[.]example[.]com",
        "https://bad[.]example[.]com/x",
        "bad[.]example[.]com/x",
    ],
)
def test_links_that_must_not_be_opened_are_found_whole(link: str) -> None:
    assert link in values(f"visit {link}, or not.")


@pytest.mark.parametrize("text", ["array[.]x", "see a[.]b[.]c", "v1[.]2/x", "foo(.)bar"])
def test_brackets_around_dots_make_no_link(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "query", ["apikey=abc", "key=zz9-plural", "a=1&api_key=q1w2", "token=9f8e7d6c5b4a39281706"]
)
def test_short_keys_let_in_as_well(query: str) -> None:
    for link in (f"https://api.example.org/x?{query}", f"app.example/reset?{query}"):
        assert secrets(f"open {link} now") == [link]


@pytest.mark.parametrize("query", ["key=name", "sort=key", "key=value", "keyword=zz9-plural"])
def test_other_keys_do_not_let_in(query: str) -> None:
    assert secrets(f"https://api.example.org/x?{query}") == []


@pytest.mark.parametrize("unit", ["hxxps[:]//a[.]", "http://a[.", "a.b[.]c/", "a[.]", "hxxp://"])
def test_long_hidden_links_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_urls(unit * n)), 2000)
