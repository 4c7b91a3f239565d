"""Words that restore a wallet, after what calls them so."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.rules.secrets.seeds import find_seeds

from ...helpers import assert_grows_linearly

TWELVE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
ADVICE = "letter advice cage absurd amount doctor acoustic avoid"


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_seeds(text)]


@pytest.mark.parametrize("words", [TWELVE, f"{ADVICE} {ADVICE} {ADVICE}", TWELVE.upper()])
@pytest.mark.parametrize(
    "around",
    [
        "seed phrase: {}",
        "My recovery phrase is {}.",
        'mnemonic = "{}"',
        "Seed phrase (keep it):\n{}\nThanks",
        "BIP39 words: {}",
    ],
)
def test_words_after_a_cue_are_one_secret(words: str, around: str) -> None:
    assert values(around.format(words)) == [words]


def test_words_that_are_counted_or_followed_by_prose() -> None:
    counted = " ".join(f"{i}. {word}" for i, word in enumerate(TWELVE.split(), start=1))
    assert values(f"recovery words: {counted}") == [counted.removeprefix("1. ")]
    assert values(f"mnemonic: {TWELVE} please keep it") == [TWELVE]


@pytest.mark.parametrize(
    "text",
    [
        TWELVE,
        "Your seed phrase should never be shared with anyone because whoever holds them owns it",
        "seed phrase: legal winner thank year wave",
        "random seed 12345 gives the same numbers every time when run again with equal settings",
        "recovery words are hard and nobody remembers them without writing down where they are",
    ],
)
def test_prose_is_none(text: str) -> None:
    assert values(text) == []


def test_a_stream_is_not_cut_in_them() -> None:
    text = f"Hello. The seed phrase: {ADVICE} {ADVICE} {ADVICE} and more words after them. "
    start, end = text.index("letter"), text.rindex("avoid")
    assert not [cut for cut in make_rules().cuts(text) if start <= cut <= end]


@pytest.mark.parametrize("unit", ["seed ", "seed phrase word ", "mnemonic abandon ", "abandon "])
def test_long_texts_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_seeds(unit * n)), 2000)
