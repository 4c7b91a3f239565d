"""Expressions and texts of users: where they match, in characters, and what is refused."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.patterns import expressions
from spacy_privacy_filter.rules.patterns.expressions import (
    EncodedText,
    ExpressionError,
    compile_regex,
    compile_texts,
    is_word,
)

LETTERS = "ab1_é\u0301ßЖ漢😀𝒳 .-\n"
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(codec="utf8"), max_size=30)


def find(regex: str, text: str) -> list[str]:
    stretches = compile_regex(regex).find(EncodedText(text))
    return [text[start:end] for start, end in sorted(set(stretches))]


def find_texts(texts: list[str], text: str, case: bool = True) -> list[str]:
    stretches = compile_texts(tuple(texts), case).find(EncodedText(text))
    return [text[start:end] for start, end in sorted(set(stretches))]


@given(TEXTS)
@pytest.mark.parametrize(
    "regex", ["[a-zé😀]+", "😀.", "(?s).b", "[^ab]", "a|é|Ж", "(?i)ж+", "漢?1"]
)
def test_offsets_are_those_of_python(regex: str, text: str) -> None:
    expected = [match.span() for match in re.finditer(regex, text)]
    assert list(compile_regex(regex).find(EncodedText(text))) == expected


@given(TEXTS)
@pytest.mark.parametrize("regex", [r"\d+", r"\D", r"[\d_]+", r"[^\d]", r"\d{,2}a", r"\u0301"])
def test_classes_of_python_know_all_scripts(regex: str, text: str) -> None:
    expected = [match.span() for match in re.finditer(regex.replace("{,", "{0,"), text)]
    assert list(compile_regex(regex).find(EncodedText(text))) == expected


@given(TEXTS)
def test_words_are_letters_marks_and_digits_of_all_scripts(text: str) -> None:
    words = "".join(c if is_word(c) else " " for c in text).split(" ")
    expected = [word for word in words if word]
    assert find(r"\w+", text) == expected
    assert find(r"\b\w+\b", text) == find(r"\w+", text)
    assert "".join(find(r"\W", text)) == "".join(c for c in text if not is_word(c))


@given(TEXTS, TEXTS.filter(str.strip))
def test_a_denied_text_is_found_wherever_it_is_a_whole_word(text: str, value: str) -> None:
    value = value.strip()
    whole = f"{text} {value} {text}"
    starts = {start for start, _ in compile_texts((value,), True).find(EncodedText(whole))}
    assert len(text) + 1 in starts


@pytest.mark.parametrize(
    ("regex", "text", "expected"),
    [
        (
            r"\bÖ\w+straße\b",
            "Österstraße, xÖtzistraße 😀Ötzistraße!",
            ["Österstraße", "Ötzistraße"],
        ),
        (r"\bJos\b", "José Jos", ["Jos"]),
        (r"\b[a-z-]+\b", "ab- éa cd", ["ab", "cd"]),
        (r"[^\W\d_]+", "é1_b", ["b", "é"]),
        (r"[]a]+|\[x", "a]]b[x", ["[x", "a]]"]),
        (r"MRN (?P<value>\d+)", "MRN 12, 13", ["12"]),
        (r"a\Z", "a a", ["a"]),
        (r"(?m)^#.+$", "#1\n#2", ["#1", "#2"]),
        (r"[\s]x", "\u00a0x", ["\u00a0x"]),
        (r"[[:alpha:]]+", "ab1", ["ab"]),
    ],
)
def test_what_an_expression_finds(regex: str, text: str, expected: list[str]) -> None:
    assert sorted(find(regex, text)) == sorted(expected)


def test_denied_texts() -> None:
    values = ["Anna Maria", "Maria Kovacs", "Anna", "Acme", "Acme Inc.", "+49 170", "José"]
    text = "Anna\n  Maria Kovacs, Annamaria; Acme Inc.x Acmes (+49 170) Jose\u0301 anna"
    assert sorted(find_texts(values, text)) == sorted(
        ["Anna\n  Maria", "Maria Kovacs", "Acme", "Acme Inc.", "+49 170", "Jose\u0301"]
    )
    assert find_texts(["straße", "žluťoučký"], "STRASSE Žluťoučký", case=False) == ["Žluťoučký"]
    assert find_texts(["a.c", "(x"], "abc a.c (x") == ["a.c", "(x"]
    many = [f"Name{i} Surname{i}" for i in range(3000)]
    assert find_texts(many, "Name2999 Surname2999 and Name7 Surname77") == ["Name2999 Surname2999"]
    assert unicodedata.is_normalized("NFD", find_texts(["José"], "Jose\u0301")[0])


@pytest.mark.parametrize(
    ("regex", "message"),
    [
        (r"(?<=a)b", r"name the group that is to be found value"),
        (r"(?!a)b", "no look-ahead"),
        (r"(a)\1", "There are no references"),
        (r"(?P<a>x)(?P=a)", "There are no references"),
        (r"(?x) a", "flags are i, m and s"),
        (r"a{1001}", "counts to 1000"),
        ("(", r"missing \)"),
        (r"(\w{1,1000}){1,9}", "Repeat less|too large|repetition"),
        ("\ud800", "half a character"),
        *((empty, "where there is nothing") for empty in ("a*", "", r"\b", "^", "(?:x|)", "$")),
    ],
)
def test_what_is_refused(regex: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        compile_regex(regex)


def test_what_would_take_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    looks_to_the_end = compile_regex("a.*b|a")
    encoded = EncodedText("a" * 2000)
    assert len(list(looks_to_the_end.find(encoded))) == 2000
    monkeypatch.setattr(expressions, "SECONDS", 0.0)
    monkeypatch.setattr(expressions, "SECONDS_A_MATCH", 0.0)
    with pytest.raises(ExpressionError, match=r"Bound what it may look at"):
        list(looks_to_the_end.find(encoded))


@pytest.mark.parametrize("unit", ["a@", "1-", "a", "é", "-----BEGIN ", "Anna "])
@pytest.mark.parametrize("regex", [r"\b\d{9,}\b", r"\w+@\w+\.\w+", r"(?:a+)+x", r"\b(?:\w+ )+x\b"])
def test_a_megabyte_of_anything_is_read_at_once(unit: str, regex: str) -> None:
    """A backtracking engine would take hours: that it ends is what is tested."""
    assert find(regex, unit * (1_000_000 // len(unit))) == []


@pytest.mark.parametrize(("unit", "n"), [("Anna ", 20_000), ("Anna", 0), ("éAnna ", 0)])
def test_a_long_text_of_a_denied_one(unit: str, n: int) -> None:
    found = compile_texts(("Anna Anna", "Anna"), True).find(EncodedText(unit * 20_000))
    assert sum(1 for _ in found) == n
