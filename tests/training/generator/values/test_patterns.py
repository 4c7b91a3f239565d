"""Drawn characters: of the alphabet, as many as asked for, and the same for the same seed."""

from __future__ import annotations

import uuid
from random import Random

from spacy_privacy_filter.training.generator.values.patterns import make_uuid, random_text


def test_texts_are_of_the_alphabet_and_the_length() -> None:
    text = random_text(Random(1), "ab", 100)
    assert len(text) == 100
    assert set(text) == {"a", "b"}
    assert text == random_text(Random(1), "ab", 100) != random_text(Random(2), "ab", 100)
    assert random_text(Random(1), "ab", 0) == ""


def test_a_uuid_is_read_as_one() -> None:
    made = {make_uuid(Random(seed)) for seed in range(50)}
    assert len(made) == 50
    assert {str(uuid.UUID(value)) for value in made} == made
