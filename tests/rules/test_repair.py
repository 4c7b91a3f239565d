"""Spans of parts of addresses, keys and numbers grow to the whole of them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.repair import complete_tokens
from spacy_privacy_filter.types import CharSpan

EMAIL, URL, SECRET = "private_email", "private_url", "secret"
NUMBER, PHONE, PERSON = "account_number", "private_phone", "private_person"


def complete(
    text: str, *parts: tuple[str, str], labels: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    spans = []
    for part, label in parts:
        start = text.index(part)
        spans.append(CharSpan(start, start + len(part), label, 0.9))
    whole = complete_tokens(text, spans, labels=labels)
    return [(text[s.start_char : s.end_char], s.label) for s in whole]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("write tobias@example.org, please", "tobias@example", "tobias@example.org"),
        ("at ada@mail.internal now", "ada@mail", "ada@mail.internal"),
        ("at ada@mail.internal now", "internal", "ada@mail.internal"),
        ("to claims@northshire.example.", "claims@northshire", "claims@northshire.example"),
        ("x@host.test; y", "x@host", "x@host.test"),
        ("root@printer.local down", "root@printer", "root@printer.local"),
        ("login svc-admin@intranet failed", "svc-admin", "svc-admin@intranet"),
        ("<j.q+a@mail.eu-west.example.co.uk>", "q+a@mail", "j.q+a@mail.eu-west.example.co.uk"),
        ("(o'malley_77@example.museum)", "o'malley_77@ex", "o'malley_77@example.museum"),
        ("an jürgen.böhm@müller-bau.example", "böhm@m", "jürgen.böhm@müller-bau.example"),
        ("mailto:hanna.krol@example.pl?subject=Hi", "hanna.krol", "hanna.krol@example.pl"),
        ('"very.unusual"@example.com bounced', "unusual", '"very.unusual"@example.com'),
        ("请发到anna@x.com谢谢", "anna@x", "anna@x.com"),
        ("用户@例子.公司 bitte", "用户@例子", "用户@例子.公司"),
        ("Mail: a_b@x.org.", "a_b", "a_b@x.org"),
    ],
)
def test_mail(text: str, part: str, whole: str) -> None:
    assert complete(text, (part, EMAIL)) == [(whole, EMAIL)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("see https://host.example/a?b=c today", "https://host", "https://host.example/a?b=c"),
        ("see (https://host.example/a?b=c).", "host.example", "https://host.example/a?b=c"),
        (
            "https://x.example/jobs/7e62aa0f-1234-4abc-8def-0123456789ab ok",
            "https://x.example/jobs/7e62aa0",
            "https://x.example/jobs/7e62aa0f-1234-4abc-8def-0123456789ab",
        ),
        (
            "(https://en.example.org/wiki/User:Marek_(artist))",
            "https://en.example.org/wiki/User:Marek",
            "https://en.example.org/wiki/User:Marek_(artist)",
        ),
        ("HTTPS://PORTAL.EXAMPLE.COM/PATIENT/88213 was", "PORTAL", "HTTPS://PORTAL.EXAMPLE.COM/PATIENT/88213"),
        ("ftps://b.example.net/tax-2025.zip is", "b.example.net", "ftps://b.example.net/tax-2025.zip"),
        ("http://192.168.4.17:8080/u?t=1 leaked", "192.168.4.17", "http://192.168.4.17:8080/u?t=1"),
        ("Profile: linkedin.com/in/marek-8831", "linkedin", "linkedin.com/in/marek-8831"),
        ("at www.ada.test, or", "www.ada", "www.ada.test"),
        ('href="https://a.example/b"', "a.example", "https://a.example/b"),
        ("[text](https://a.example/b)", "a.example", "https://a.example/b"),
        ("请访问https://example.com/abc。谢谢", "https://example", "https://example.com/abc"),
        ("host a.b.internal:8080 is", "a.b", "a.b.internal:8080"),
    ],
)  # fmt: skip
def test_links(text: str, part: str, whole: str) -> None:
    assert complete(text, (part, URL)) == [(whole, URL)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("card 4929 1234 5678 9012 until 2027", "4929 1234", "4929 1234 5678 9012"),
        ("card 4929 1234 5678 9012", "5678", "4929 1234 5678 9012"),
        ("card 4929-1234-5678-9012.", "1234-5678", "4929-1234-5678-9012"),
        ("IBAN GB82 WEST 1234 5698 7654 32 ok", "WEST 1234", "GB82 WEST 1234 5698 7654 32"),
        ("/7e62aa0f-12a4-4abc-8def-0123456789ab", "7e62a", "7e62aa0f-12a4-4abc-8def-0123456789ab"),
        ("from 192.168.4.17 today", "192.168", "192.168.4.17"),
        ("eth0 00:1b:44:11:3a:b7 up", "00:1b", "00:1b:44:11:3a:b7"),
        ("app. no. 36760/06 of", "36760", "36760/06"),
        ("SSN 123-45-6789 is", "123-45", "123-45-6789"),
    ],
)  # fmt: skip
def test_numbers(text: str, part: str, whole: str) -> None:
    assert complete(text, (part, NUMBER)) == [(whole, NUMBER)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("tel (985) 801-5240.", "985) 801", "(985) 801-5240"),
        ("tel +33 6.12.34.56.78", "6.12.34", "6.12.34.56.78"),
        ("नंबर 98765 43210 है", "98765", "98765 43210"),
        ("call +4712345678", "4712345678", "+4712345678"),
    ],
)
def test_phones(text: str, part: str, whole: str) -> None:
    assert complete(text, (part, PHONE))[0][0].endswith(whole)


@pytest.mark.parametrize(
    ("text", "part", "label"),
    [
        ("no. 12345678 2024 was", "12345678", NUMBER),
        ("no. 1234 in 2024", "1234", NUMBER),
        ("tel 555-0142, 12 March", "555-0142", PHONE),
        ("tel 555-0142 12 people", "555-0142", PHONE),
        ("Ada Lovelace-King", "Lovelace", PERSON),
        ("on 2024-03 05", "2024-03", "private_date"),
    ],
)
def test_what_does_not_belong_to_it_stays_out(text: str, part: str, label: str) -> None:
    assert complete(text, (part, label)) == [(part, label)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("pw is hunter2!x today", "hunter2", "hunter2!x"),
        ('password: "hunt,er2!x"', "hunt", "hunt,er2!x"),
        ("{'k':'abc-def/ghi='}", "abc-def", "abc-def/ghi="),
        ("api_key=sk_live_abc$def;", "live_abc", "sk_live_abc$def"),
        ("<pw>T0p$ecret</pw>", "T0p", "T0p$ecret"),
        ("The code is Xy7#kk.", "Xy7", "Xy7#kk"),
        ("(pass: Xy7#kk)", "Xy7", "Xy7#kk"),
        ("x?token=abc123xyz&page=1", "abc123", "abc123xyz"),
        ("密码abc#12在", "abc#1", "abc#12"),
    ],
)
def test_secrets(text: str, part: str, whole: str) -> None:
    assert complete(text, (part, SECRET)) == [(whole, SECRET)]


def test_several_spans_of_one_address_are_one() -> None:
    text = "at ada.king@mail.internal now"
    parts = ("ada", PERSON), ("king@", EMAIL), ("mail.internal", URL)
    assert complete(text, *parts) == [("ada.king@mail.internal", EMAIL)]


def test_a_name_beside_an_address_keeps_what_is_its_own() -> None:
    parts = ("Ada <ada", PERSON), ("mail", EMAIL)
    want = [("Ada", PERSON), ("ada@mail.internal", EMAIL)]
    assert complete("Ada <ada@mail.internal>", *parts) == want


def test_a_host_of_one_word_takes_nothing_from_a_name() -> None:
    parts = ("Ada King", PERSON), ("@FIRM", EMAIL)
    assert complete("From: Ada King@FIRM on", *parts) == [*parts]


def test_a_name_in_an_address_gives_it_a_label_of_its_kind_or_stays() -> None:
    text = "at ada@mail.internal now"
    assert complete(text, ("ada", PERSON)) == [("ada", PERSON)]
    assert complete(text, ("ada", PERSON), labels={"email": "EMAIL"}) == [
        ("ada@mail.internal", "EMAIL")
    ]
    assert complete("see linkedin.com/in/ada", ("ada", PERSON)) == [("ada", PERSON)]


def test_a_link_with_a_token_is_one_link() -> None:
    text = "see https://host.example/a?token=abc123xyz&x=1 ok"
    parts = ("https://host", URL), ("abc123", SECRET)
    assert complete(text, *parts) == [("https://host.example/a?token=abc123xyz&x=1", URL)]


def test_a_link_with_a_password_is_one_secret() -> None:
    text = "db postgres://app:s3cr3t@db.internal/x ok"
    want = [("postgres://app:s3cr3t@db.internal/x", SECRET)]
    assert complete(text, ("postgres://app", URL), ("s3cr", SECRET)) == want
    assert complete(text, ("s3cr3t", SECRET)) == want


def test_labels_of_other_taxonomies() -> None:
    text = "at ada@mail.internal or https://a.example/b"
    parts = ("ada", "EMAIL_ADDRESS"), ("a.example", "website")
    assert complete(text, *parts) == [
        ("ada@mail.internal", "EMAIL_ADDRESS"),
        ("https://a.example/b", "website"),
    ]


ALPHABET = "ab1 23-/.@:?=&\n\"'()王<>é+_"
LABELS = [EMAIL, URL, SECRET, NUMBER, PHONE, PERSON]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    pieces = st.sampled_from(
        ["https://", "www.", "@x.test", "4929 1234 ", "a@b", "//u:p@", *ALPHABET]
    )
    text = "".join(draw(st.lists(pieces, min_size=1, max_size=20)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, [
        CharSpan(start, end, draw(st.sampled_from(LABELS)), draw(st.sampled_from([0.3, 0.9])))
        for start, end in zip(cuts[0::2], cuts[1::2], strict=False)
    ]


@given(texts_with_spans())
def test_nothing_is_lost_and_nothing_collides(case: tuple[str, list[CharSpan]]) -> None:
    text, spans = case
    whole = complete_tokens(text, spans)
    assert whole == sorted(whole)
    assert all(a.end_char <= b.start_char for a, b in pairwise(whole))
    assert all(0 <= s.start_char < s.end_char <= len(text) for s in whole)
    before = {i for s in spans for i in range(s.start_char, s.end_char) if text[i].isalnum()}
    assert before <= {i for s in whole for i in range(s.start_char, s.end_char)}


@pytest.mark.parametrize("unit", ["a@", "1-", "a.", "123 ", "https://", '"a', "a:b@", "//:"])
def test_long_texts_take_linear_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    spans = [CharSpan(i, i + 1, LABELS[i % 5], 0.5) for i in range(0, len(text), 3_001)]
    started = time.perf_counter()
    complete_tokens(text, spans)
    assert time.perf_counter() - started < 20
