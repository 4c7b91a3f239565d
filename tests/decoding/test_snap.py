"""Spans of parts of words grow to the words."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.decoding.snap import snap_words
from spacy_privacy_filter.types import CharSpan

ALPHABET = "abEÄ ß1²3-'_.@\n\u0301\u200d王す김는한ไทยיא\u05b8مي\u200cनी😀·l"


def snap(text: str, *parts: tuple[str, str, float]) -> list[tuple[str, str]]:
    spans = []
    for part, label, score in parts:
        start = text.index(part)
        spans.append(CharSpan(start, start + len(part), label, score))
    return [(text[s.start_char : s.end_char], s.label) for s in snap_words(text, spans)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Mrs Achterberg left", "chterber", "Achterberg"),
        ("Γιώργος Παπαδόπουλος ήρθε", "Γιώργος Παπαδό", "Γιώργος Παπαδόπουλος"),
        ("пришла Анна Каренина.", "нна Карен", "Анна Каренина"),
        ("قال محمد علي ذلك", "حمد عل", "محمد علي"),
        ("דני כהן הגיע", "ני כה", "דני כהן"),
        ("नमस्ते प्रियंका जी", "प्रियं", "प्रियंका"),
        ("Իվան Պետրոսյան", "Պետրոս", "Պետրոսյան"),
        ("Zoe\u0308 came", "Zoe", "Zoe\u0308"),
        ("e\u0301mile came", "\u0301mile", "e\u0301mile"),
        ("می\u200cترا آمد", "می", "می\u200cترا"),
        ("soft Achter\u00adberg", "Achter", "Achter\u00adberg"),
        ("Gal·la Placídia", "Gal", "Gal·la"),
        ("no. 1234567 of", "2345", "1234567"),
        ("no. ١٢٣٤٥ of", "٢٣", "١٢٣٤٥"),
        ("user anna1985 wrote", "anna", "anna1985"),
        ("id AB123456C today", "123456", "AB123456C"),
        ("AnnaSmith wrote", "Anna", "AnnaSmith"),
        ("#AnnaSmith wins", "AnnaS", "AnnaSmith"),
    ],
)
def test_grows_to_words(text: str, part: str, whole: str) -> None:
    assert snap(text, (part, "p", 0.9)) == [(whole, "p")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("John's car", "John"),
        ("John\u2019s car", "John"),
        ("D'Angelo", "Angelo"),
        ("Anna-Lena came", "Anna"),
        ("user_anna_smith", "anna"),
        ("Anna Smith", "Anna"),
        ("Anna\u00a0Smith", "Anna"),
        ("Smith² and others", "Smith"),
        ("@anna wrote", "@anna"),
        (r"line\nOmar Haddad", "Omar Haddad"),
        (r"C:\temp\tOmar", "Omar"),
        ("原告王建国诉北京", "王建国"),
        ("田中太郎さんが", "田中太郎"),
        ("김철수는 왔다", "김철수"),
        ("นายสมชายใจดี", "สมชาย"),
        ("电话13812345678找", "13812345678"),
        ("王Anna来", "Anna"),
        ("anna.smith@x", "anna"),
    ],
)
def test_stays_as_it_is(text: str, part: str) -> None:
    assert snap(text, (part, "p", 0.9)) == [(part, "p")]


def test_letters_keep_their_marks_in_scripts_without_blanks() -> None:
    assert snap("นายที่ดิน", ("นายท", "p", 0.9)) == [("นายที่", "p")]


def test_one_label_that_grows_together_is_one_span() -> None:
    spans = [CharSpan(0, 3, "p", 0.5, "network"), CharSpan(5, 9, "p", 0.7, "rule:x")]
    assert snap_words("AnnaSmith", spans) == [CharSpan(0, 9, "p", 0.7, "rule:x")]


def test_two_labels_the_better_score_keeps_the_word() -> None:
    text = "in Schmidtstr. 5 today"
    parts = ("Schmidt", "person", 0.6), ("str. 5", "address", 0.8)
    assert snap(text, *parts) == [("Schmidtstr. 5", "address")]
    parts = ("Schmidt", "person", 0.9), ("str. 5", "address", 0.8)
    assert snap(text, *parts) == [("Schmidtstr", "person"), ("5", "address")]


def test_a_secret_keeps_the_word() -> None:
    parts = ("hunt", "secret", 0.5), ("er2", "person", 0.99)
    assert snap("pw hunter2 ok", *parts) == [("hunter2", "secret")]


def test_no_span_no_work() -> None:
    assert snap_words("anything", []) == []


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    text = draw(st.text(ALPHABET, min_size=1, max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = []
    for start, end in zip(cuts[0::2], cuts[1::2], strict=False):
        label = draw(st.sampled_from(["person", "secret", "private_email", "phone"]))
        spans.append(CharSpan(start, end, label, draw(st.sampled_from([0.3, 0.6, 0.9]))))
    return text, spans


@given(texts_with_spans())
def test_nothing_is_lost_and_nothing_collides(case: tuple[str, list[CharSpan]]) -> None:
    text, spans = case
    snapped = snap_words(text, spans)
    assert snapped == sorted(snapped)
    assert all(a.end_char <= b.start_char for a, b in itertools.pairwise(snapped))
    assert all(0 <= s.start_char < s.end_char <= len(text) for s in snapped)
    before = {i for s in spans for i in range(s.start_char, s.end_char) if text[i].isalnum()}
    after = {i for s in snapped for i in range(s.start_char, s.end_char)}
    assert before <= after
    assert not any(text[i].isspace() for i in after - {i for s in spans for i in range(*s[:2])})


@given(texts_with_spans())
def test_twice_is_once(case: tuple[str, list[CharSpan]]) -> None:
    text, spans = case
    snapped = snap_words(text, spans)
    assert snap_words(text, snapped) == snapped


@pytest.mark.parametrize("unit", ["a", "\u0301", "a\u200d", "1-", "é "])
def test_long_texts_take_linear_time(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    spans = [CharSpan(i, i + 1, "p", 0.5) for i in range(0, len(text), 5_000)]
    started = time.perf_counter()
    snap_words(text, spans)
    assert time.perf_counter() - started < 20
