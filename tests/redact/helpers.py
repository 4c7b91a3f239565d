"""Spans by hand, random texts with random spans, and what becomes of them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from hypothesis import strategies as st

from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import Policy, build_policy, method_policy
from spacy_privacy_filter.redact.secrets.corpus_file import load_corpus, save_corpus
from spacy_privacy_filter.types import CharSpan

KEY = b"a key of the tests, of 16 bytes or more"
PERSON = "private_person"
NAME = r"[^\W\d_a-z][\w'’-]+"
LABELS = (
    "private_person", "private_email", "private_date", "private_phone", "private_address",
    "private_url", "account_number", "secret", "age", "postcode", "job title",
)  # fmt: skip
# Names, numbers, marks and clusters of several characters; also what placeholders look like.
WORDS = (
    "Sarah", "Johnson", "Ms ", "Tom", "sarah.johnson@example.org", "2026-03-12", "12 March 2026",
    "+44 1632 960318", "4000 1234 5678 9017", "12 High Street, Leeds", "e\u0301", "👩‍👧",
    " ", "\r\n", ", ", "[PERSON_1]", "[PERSON_2]", "[PRIVATE_PERSON]", "[PERSON:~AAAA~]",
    "[EMAIL:~", "~]",
    "王小明", "Ольга", "47", "90210", "https://a.example/x", "O'Hara", "\ufeff", "\x00", "ß", "İ",
)  # fmt: skip


def find(text: str, words: dict[str, str]) -> list[CharSpan]:
    """Every place of each word, with its label."""
    return [
        CharSpan(m.start(), m.end(), label)
        for word, label in words.items()
        for m in re.finditer(re.escape(word), text)
    ]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    """A text of words like the ones above, and spans that overlap, touch and cut clusters."""
    parts = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=12))
    text = "".join(part.encode("utf8", "ignore").decode("utf8") for part in parts)
    spans = []
    if text:
        for _ in range(draw(st.integers(0, 6))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, min(len(text), start + 25)))
            score = draw(st.sampled_from([0.2, 0.9]))
            spans.append(CharSpan(start, end, draw(st.sampled_from(LABELS)), score))
        at = 0
        for part in parts:  # and some that are what a model finds
            if len(part) > 3 and text[at : at + len(part)] == part and draw(st.booleans()):
                spans.append(CharSpan(at, at + len(part), draw(st.sampled_from(LABELS))))
            at += len(part)
    return text, [s for s in spans if s.end_char <= len(text)]


def write(text: str, label: str, operator: str, /, subject: str | None = None, **settings) -> str:
    """What an operator makes of a text that is one span."""
    policy = build_policy({"labels": {label: {"operator": operator, **settings}}}, "p")
    span = CharSpan(0, len(text), label)
    return redact(text, [span], policy, key=KEY, subject=subject).text


def write_surrogate(text: str, label: str) -> str:
    """What is invented for a text that is one span; it comes back, and is the same again."""
    policy = method_policy("surrogate")
    done = redact(text, [CharSpan(0, len(text), label)], policy, key=KEY)
    assert done.mapping.restore(done.text) == text
    assert done.text == redact(text, [CharSpan(0, len(text), label)], policy, key=KEY).text
    return done.text


def shares_a_run(source: str, value: str) -> bool:
    """Told apart from the code: four characters in both, of any kind, without marks, or digits."""
    pairs = []
    for text in (source, value):
        folded = unicodedata.normalize("NFKC", text).casefold()
        parts = unicodedata.normalize("NFKD", folded)
        bare = "".join(char for char in parts if unicodedata.category(char) != "Mn")
        plain = unicodedata.normalize("NFKC", bare)  # Hangul in whole syllables
        pairs.append((text, folded, plain, re.sub(r"\D", "", folded)))
    return any(
        one[i : i + 4] in other for one, other in zip(*pairs, strict=True)
        for i in range(len(one) - 3)
    )  # fmt: skip


def written(marked: str, method: str = "surrogate", key: bytes = KEY) -> list[str]:
    """What becomes of each of the names (or addresses) that stand between bars."""
    text, spans = "", []
    for i, piece in enumerate(marked.split("|")):
        if i % 2:
            label = "private_email" if "@" in piece else "private_person"
            spans.append(CharSpan(len(text), len(text) + len(piece), label))
        text += piece
    done = redact(text, spans, method_policy(method), key=key)
    assert done.mapping.restore(done.text) == text
    return [done.text[span.start_char : span.end_char] for span in done.spans]


def number_people(*names: str) -> list[int]:
    """The number of the person that each name stands for."""
    numbers = [re.sub(r"\D", "", made) for made in written(f"|{'|, |'.join(names)}|", "number")]
    return [sorted(set(numbers), key=int).index(n) + 1 for n in numbers]


def plain(text: str) -> str:
    """Without case and marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def spans_of(text: str) -> list[CharSpan]:
    """Every word with a capital, and titles before it."""
    pattern = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)*"
    return [CharSpan(m.start(), m.end(), PERSON) for m in re.finditer(pattern, text)]


def made_of(texts: list[str], policy: Policy, file: Path | None = None) -> list[str]:
    """What becomes of the texts of a corpus, also by way of a file."""
    corpus = Corpus(policy, KEY)
    for text in texts:
        corpus.add(text, spans_of(text))
    if file is not None:
        save_corpus(file, corpus, KEY)
        corpus = load_corpus(file, policy, KEY)
    done = [redact(text, spans_of(text), policy, corpus=corpus) for text in texts]
    assert [d.mapping.restore(d.text) for d in done] == texts
    return [d.text for d in done]
