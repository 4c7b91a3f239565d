"""Connection strings with a password."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.rules.secrets.connections import find_connections

from ...helpers import assert_grows_linearly

FIND = make_rules()
STRINGS = [
    "postgres://ada:s3cr3t@db.example.org:5432/app?sslmode=require",
    "postgresql+psycopg2://ada:hunter2@localhost/app", "mysql://root:root@127.0.0.1:3306/x",
    "mongodb+srv://ada:p%40ss@cluster0.ab1.mongodb.net/?retryWrites=true&w=majority",
    "mongodb://u:p@h1:27017,h2:27017/db?replicaSet=rs", "redis://:p4ssw0rdX@10.0.0.4:6379/0",
    "amqps://u:p@broker.example.org/vhost", "ftp://ada:geheim@files.example.org/a/b",
    "https://ada:hunter2@example.org/x?y=z", "jdbc:postgresql://ada:pw@db/app",
    "smtp://user:p/a?s#s@mail.example.org:587", "redis://default:a@b@h.example:1", "ldap://cn:x@[::1]:389/",
]  # fmt: skip


def found(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_connections(text)]


@pytest.mark.parametrize("string", STRINGS)
@pytest.mark.parametrize("around", ["use {} now", '"{}",', "URL={}\n", "({})", "see {}, or {}."])
def test_a_connection_string_is_one_secret(string: str, around: str) -> None:
    text = around.format(string, string)
    n = around.count("{}")
    assert found(text) == [string] * n
    assert [(text[s.start_char : s.end_char], s.label) for s in FIND(text)] == [
        (string, "secret")
    ] * n


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org:8080/a@b",
        "https://medium.com/@ada",
        "http://host:80/path",
        "ssh://git@h/x",
        "postgres://user:${DB_PASSWORD}@host/db",
        "redis://:***@h/0",
        "postgres://u:<password>@h/db",
        "postgres://u:{{ pw }}@h",
        "https://example.org/a:b",
        "git@github.com:ada/repo.git",
        "mailto:ada@example.org",
        "email:ada99@example.org",
        "Kontakt:ada@example.org",
        "a:b@",
        "://a:b",
    ],
)
def test_what_holds_no_password(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "value",
    ["deploy:hunter2@build.internal", "ada:S3cret!@10.0.0.4:6379", "ci:a$b%c@example.org/x"],
)
def test_without_a_scheme_it_is_a_secret_and_no_mail_address(value: str) -> None:
    text = f"curl {value} now"
    assert found(text) == [value]
    assert {(text[s.start_char : s.end_char], s.label) for s in FIND(text)} == {(value, "secret")}


@pytest.mark.parametrize(
    "part", ["a:b@", "://", "x://a:", "a:", "a.", "x://:a", "x://a:b@", "@", "a:b1@c"]
)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: list(find_connections(part * n)), 2000)


@pytest.mark.parametrize(
    "string",
    [
        "jdbc:sqlserver://db.example:1433;databaseName=x;user=sa;password=Kept-Quiet1;encrypt=true",
        "jdbc:mysql://db.example:3306/shop?user=root&password=Kept9Quiet",
        "jdbc:oracle:thin:scott/t1ger-Zebra@//db.example:1521/orcl",
        "postgresql://db.example/shop?user=ada&password=Kept9Quiet&ssl=true",
        r"postgres:\/\/ada:kept9quiet@db.example\/orders",
        r"redis:\/\/:kept9quiet@10.0.0.4:6379\/0",
        "smb://OFFICE;ada:kept9quiet@files.example/share",
    ],
)
def test_strings_of_drivers_and_of_json_are_one_secret(string: str) -> None:
    for text in (f"use {string} now", f'{{"url": "{string}", "n": 1}}'):
        spans = [(text[s.start_char : s.end_char], s.label) for s in FIND(text)]
        assert spans == [(string, "secret")]


@pytest.mark.parametrize(
    "text",
    [
        "jdbc:postgresql://db.example/shop?ssl=true",
        "jdbc:mysql://db.example/shop?password=${DB_PASSWORD}",
        "jdbc:oracle:thin:@//db.example:1521/orcl",
        r'{"url": "https:\/\/example.org\/a:b@c"}',
    ],
)
def test_strings_without_a_password_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "unit", ["jdbc:a:b?password=", "jdbc:oracle:thin:a/", "x:\\/\\/a:", "://pass="]
)
def test_long_strings_of_drivers_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_connections(unit * n)), 2000)
