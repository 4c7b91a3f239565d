"""Soft categories: what a linear layer over a sentence encoder says of any text."""

from __future__ import annotations

import numpy as np
import pytest

from recipes.small.teacher import N_FOLDS, Teacher
from spacy_privacy_filter.types import Floats2d

WORDS = {"goal": 0, "match": 0, "fever": 1, "cough": 1, "loan": 2, "bank": 2}


class WordCounts:
    """An encoder that knows six words and some noise."""

    def encode(self, texts: list[str]) -> Floats2d:
        known = [[text.split().count(word) for word in WORDS] for text in texts]
        noise = [[len(text) % 7, text.count("e")] for text in texts]
        return np.asarray([[*a, *b] for a, b in zip(known, noise, strict=True)], dtype=np.float32)


def make_texts() -> tuple[list[str], list[int]]:
    filler = "the one of a kind is here now".split()
    pairs = [
        (f"{filler[i % 8]} {word} {filler[(i * 3) % 8]}", topic)
        for i in range(10)
        for word, topic in WORDS.items()
    ]
    return [text for text, _ in pairs], [topic for _, topic in pairs]


def test_texts_without_a_label_are_judged() -> None:
    texts, topics = make_texts()
    teacher = Teacher(WordCounts(), texts, topics, 3)  # type: ignore[arg-type]
    found = teacher.judge(["no fever today", "a goal", "what a bank"], [None] * 3)
    assert found.argmax(axis=1).tolist() == [1, 0, 2]
    assert np.allclose(found.sum(axis=1), 1)
    assert teacher.accuracy == 1.0


def test_a_labelled_text_is_judged_by_who_has_not_seen_it() -> None:
    texts, topics = make_texts()
    wrong = list(topics)
    wrong[1] = 2  # its label is known to the other layers, not to its own
    teacher = Teacher(WordCounts(), texts, wrong, 3)  # type: ignore[arg-type]
    mine, all_of_them = teacher.judge([texts[1]] * 2, [1, None])
    assert mine.argmax() == topics[1]
    assert mine[wrong[1]] < all_of_them[wrong[1]]


def test_too_few_texts_are_refused() -> None:
    with pytest.raises(ValueError, match=f"at least {N_FOLDS} texts"):
        Teacher(WordCounts(), ["a"] * 3, [0] * 3, 1)  # type: ignore[arg-type]
