"""Rules: what is found, what is not, and how it is merged with what a model found."""

from __future__ import annotations

import random

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from spacy_privacy_filter.pipeline.annotations import set_privacy_spans
from spacy_privacy_filter.rules.find import LABELS, make_rules
from spacy_privacy_filter.rules.merge import PREFERENCES, merge
from spacy_privacy_filter.types import CharSpan

from .helpers import assert_linear

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
        ("10.1.2.3", ACCOUNT),
        ("2001:db8::8a2e:370:7334", ACCOUNT),
        ("00:1B:44:11:3A:B7", ACCOUNT),
        ("4111 1111 1111 1111", ACCOUNT),
        ("4111111111111111", ACCOUNT),
        ("GB82 WEST 1234 5698 7654 32", ACCOUNT),
        ("DE89370400440532013000", ACCOUNT),
        ("219-09-9998", ACCOUNT),
        ("1M8GDM9AXKP042788", ACCOUNT),
        ("001b.4411.3ab7", ACCOUNT),
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
    "before",
    ["SSN ", "ssn: ", "SSN no. ", "social security number ", "Social Security number is ",
     "His social security: "],
)  # fmt: skip
def test_nine_digits_with_a_name(before: str) -> None:
    text = f"Some words here, {before}536904399."
    assert [text[s.start_char : s.end_char] for s in FIND(text)] == ["536904399"]


@pytest.mark.parametrize(
    "numbers",
    [
        ["+44 20 7946 0958", "020 7946 0958"],
        ["+44 20 7946 0958", "020 7946 0018", "+1 202 456 1111"],
        ["+49 1512 3456787"],  # also passes the check of cards, with 13 digits
    ],
)
def test_phone_numbers_are_no_card(numbers: list[str]) -> None:
    text = f"Call {' '.join(numbers)} now"
    assert [text[s.start_char : s.end_char] for s in FIND(text)] == numbers
    assert {s.label for s in FIND(text)} == {PHONE}


@pytest.mark.parametrize(
    ("card", "after"),
    [
        ("4111 1111 1111 1111", "07/28 123"), ("4111111111111111", "07/28"),
        ("4111-1111-1111-1111", "07/28"), ("4111 1111 1111 1111", "12.03.2026"),
        ("3782 822463 10005", "07/28 1234"),
    ],
)  # fmt: skip
def test_digits_may_follow_a_card(card: str, after: str) -> None:
    text = f"Visa {card} {after}"
    covered = {i for s in FIND(text) for i in range(s.start_char, s.end_char)}
    assert set(range(5, 5 + len(card))) <= covered


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


@pytest.mark.parametrize("after", ["12345", " 12345", "-12", " 0958 020 7946 0958"])
@pytest.mark.parametrize("value", ["DE89 3704 0044 0532 0130 00", "NO9386011117947"])
def test_an_iban_ends_where_its_country_says(value: str, after: str) -> None:
    text = value + after
    found = FIND(text)[0]
    assert text[: found.end_char] == value


BLANK, HYPHEN = "\u00a0\u2007\u2009\u202f\u3000", "\u2010\u2011\u2013\u2212\uff0d"


@pytest.mark.parametrize(
    "value",
    ["4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005", "536-90-4399",
     "GB82 WEST 1234 5698 7654 32", "020 7946 0958", "1M8GDM9AXKP042788", "10.1.2.3"],
)  # fmt: skip
def test_blanks_hyphens_and_digits_of_other_kinds(value: str) -> None:
    wide = {code: code + 0xFEE0 for code in range(0x30, 0x5B)}
    forms = [value.replace(" ", b).replace("-", h) for b, h in zip(BLANK, HYPHEN, strict=True)]
    for form in [*forms, value.translate(wide), forms[0].translate(wide)]:
        text = f"It is {form}, he says"
        assert [text[s.start_char : s.end_char] for s in FIND(text)] == [form]


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
    assert set(LABELS.values()) < {"secret", ACCOUNT, PHONE, "private_email", "private_url"} | {""}


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
    assert_linear(lambda n: FIND(part * n), 12_000)


def test_long_texts_are_read_to_the_end() -> None:
    text = "12345678 " * 70_000 + "+44 20 7946 0958"
    (span,) = make_rules(labels=dict.fromkeys(set(LABELS) - {"phone"}), regions=[])(text)
    assert text[span.start_char : span.end_char] == "+44 20 7946 0958"


@given(st.text(st.sampled_from("a1@.:-+ ()/4é👩A"), max_size=40))
def test_any_text_has_sound_spans(text: str) -> None:
    spans = FIND(text)
    assert spans == sorted(spans)
    assert all(0 <= s.start_char < s.end_char <= len(text) for s in spans)


# --- merging ---

SPANS = st.lists(
    st.builds(
        lambda start, length, label, score: CharSpan(start, start + length, label, score),
        st.integers(0, 20), st.integers(1, 8), st.sampled_from("xyz"),
        st.sampled_from([0.5, 0.9, 1.0]),
    ),
    max_size=5,
)  # fmt: skip


def chars(spans: list[CharSpan]) -> set[int]:
    return {i for span in spans for i in range(span.start_char, span.end_char)}


@given(SPANS, SPANS, SPANS, st.sampled_from(PREFERENCES))
def test_no_character_is_lost_or_won(rules, one, two, prefer) -> None:
    made, left = merge(rules, {"one": one, "two": two}, prefer)
    rest = [*left["one"], *left["two"]]
    assert chars([*made, *rest]) == chars([*rules, *one, *two])
    if prefer != "both":
        assert not chars(made) & chars(rest)
    shuffled = random.Random(0).sample(rules, len(rules))
    again, _ = merge(shuffled, {"one": one, "two": two}, prefer)
    assert chars(again) == chars(made)


@pytest.mark.parametrize(
    ("prefer", "label", "score"), [("rules", "r", 0.8), ("model", "m", 0.9), ("score", "m", 0.9)]
)
def test_who_names_a_span(prefer: str, label: str, score: float) -> None:
    rule, model, far = CharSpan(2, 6, "r", 0.8), CharSpan(4, 9, "m", 0.9), CharSpan(9, 11, "m")
    made, left = merge([rule], {"a": [model, far]}, prefer)
    assert made == [CharSpan(2, 9, label, score)]
    assert left == {"a": [far]}
    assert merge([rule], {"a": [model, far]}, "both") == ([rule], {"a": [model, far]})


@Language.component("tests_model")
def model(doc: Doc) -> Doc:
    """A model that finds the first 12 characters, in a document that has entities."""
    spans = [CharSpan(0, 12, "private_person", 0.7)] if len(doc) > 2 else []
    set_privacy_spans(doc, "privacy_filter", spans)
    if len(doc) > 2:
        doc.set_ents([Span(doc, 0, 2, label="ORG")])
    return doc


def test_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_model")
    nlp.add_pipe("privacy_filter_rules")
    nlp.add_pipe("privacy_filter_redact")
    text = "mail to ada@example.org or 10.1.2.3 now"
    doc = nlp(text)
    assert doc._.privacy_spans == (
        CharSpan(0, 23, "private_email", 0.95),
        CharSpan(27, 35, ACCOUNT, 0.95),
    )
    assert doc._.redacted == "[PRIVATE_EMAIL] or [ACCOUNT_NUMBER] now"
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("mail to ada@example.org", "private_email"), ("10.1.2.3", ACCOUNT),
    ]  # fmt: skip
    assert [span.label_ for span in doc.spans["privacy_filter_rules"]] == ["private_email", ACCOUNT]
    docs = list(nlp.pipe([text, "", "none"]))
    assert docs[0]._.privacy_spans == doc._.privacy_spans
    assert docs[1]._.privacy_spans == ()
    assert spacy.blank("en").from_config(nlp.config)(text)._.redacted == doc._.redacted


def test_component_alone_and_saved(tmp_path) -> None:
    nlp = spacy.blank("en")
    rules = {"@misc": "spacy_privacy_filter.rules.v1", "labels": {"email": "EMAIL"}}
    nlp.add_pipe("privacy_filter_rules", config={"rules": rules, "ents_policy": "none"})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)("ada@example.org")
    assert [span.label for span in doc._.privacy_spans] == ["EMAIL"]
    assert not doc.ents
    for setting in ("prefer", "ents_policy"):
        with pytest.raises(ValueError, match=f"{setting} = 'x' is not known"):
            nlp.add_pipe("privacy_filter_rules", name="b", config={setting: "x"})
    with pytest.raises(ValueError, match="spans_key"):
        nlp.add_pipe("privacy_filter_rules", name="c", config={"spans_key": ""})
