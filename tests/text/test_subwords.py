"""Fast tokenizers: offsets are exact, whatever their normaliser makes of a text."""

from __future__ import annotations

import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("tokenizers", reason="needs tokenizers")

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from spacy_privacy_filter.text.subwords import Subwords

from ..helpers import assert_grows_linearly
from ..tokenizers import TOKENIZERS

KINDS = list(TOKENIZERS)
MADE = {name: Subwords(make().to_str().encode()) for name, make in TOKENIZERS.items()}
# What normalisers compose, take apart, drop, or make longer, besides any character.
STRANGE = "ﬁ½é\u0301\u200b\ufeff\x00\x1f\u00ad㎞Ⅷİß가각ｆＡ①田𝔄👩‍👧🇩🇪\u0300\u2028\t\n .-@"
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from(STRANGE + "anna the1"), max_size=40),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:A text holds words")
@given(text=TEXTS)
def test_pieces_cover_the_text_in_order(kind: str, text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    pieces = MADE[kind].encode(text)
    assert len(pieces.ids) == len(pieces.starts) == len(pieces.ends)
    assert (np.diff(pieces.starts) >= 0).all()
    assert (np.diff(pieces.ends) >= 0).all()
    assert (pieces.starts <= pieces.ends).all()
    covered = np.zeros(len(text) + 1, bool)
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        assert 0 <= start <= end <= len(text)
        covered[start:end] = True
    if len(pieces):
        missed = [char for char, seen in zip(text, covered, strict=False) if not seen]
        assert all(char.isspace() for char in missed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:A text holds words")
@given(text=TEXTS)
def test_ids_are_those_of_the_tokenizer(kind: str, text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    made = TOKENIZERS[kind]()
    made.no_truncation()
    made.no_padding()
    made.encode_special_tokens = True
    assert MADE[kind].encode(text).ids.tolist() == made.encode(text, add_special_tokens=False).ids


@pytest.mark.parametrize("kind", KINDS)
def test_characters_of_words(kind: str) -> None:
    text = "Dear  Anna\u0301, é 田中 the 0-1."
    pieces = MADE[kind].encode(text)
    held = {text[a:b].strip() for a, b in zip(pieces.starts, pieces.ends, strict=True)}
    assert "田" in held
    assert "é" in held
    assert not any("田中" in part for part in held)
    # The accent that a normaliser drops belongs to its letter.
    inside = [part for part in held if part.endswith("\u0301")]
    assert inside


def test_nothing_is_cut_off_and_nothing_is_filled_up() -> None:
    """All of these say in their files that texts are cut to 16 pieces, and filled up to these."""
    for kind in KINDS:
        text = "the patient lives in paris " * 30
        assert MADE[kind].encode(text).ends[-1] >= len(text) - 1
        assert len(MADE[kind].encode("the")) < 5
        assert len(MADE[kind].encode("")) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_of_a_special_token_is_plain_text(kind: str) -> None:
    first, last = MADE[kind].around
    assert len(first) == len(last) == 1
    for name in ("[SEP]", "</s>", "<pad>", "[CLS]"):
        ids = MADE[kind].encode(f"the {name} in").ids
        assert not set(ids.tolist()) & {*first.tolist(), *last.tolist()}


def test_words_begin_where_a_blank_is() -> None:
    for kind in KINDS:
        text = "dear anna the patient lives in paris"
        pieces = MADE[kind].encode(text)
        starts = pieces.starts[MADE[kind].starts_word(pieces.ids)].tolist()
        places = [i for i, char in enumerate(text) if char == " "]
        # A piece may begin with the blank, or behind it; the first one may have none.
        assert {place for place in starts if place} <= {p + d for p in places for d in (0, 1)}
        assert len(starts) >= len(places)


def test_what_the_tokenizer_does_not_know_is_said_once_and_without_the_text() -> None:
    tokenizer = MADE["wordpiece"]
    with pytest.warns(UserWarning, match="the network cannot look inside") as caught:
        pieces = tokenizer.encode("the Ωμέγα in")
    assert "Ω" not in str(caught[0].message)
    assert (pieces.starts[1], pieces.ends[1]) == (4, 9)
    tokenizer.encode("the 🙂 in")  # a symbol alone: no warning
    tokenizer.encode("")


def test_half_a_character_is_refused_without_the_text() -> None:
    with pytest.raises(ValueError, match="lone surrogate") as caught:
        MADE["unigram"].encode("secret \ud800")
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
    with pytest.raises(TypeError, match="must be a str"):
        MADE["unigram"].encode(7)  # type: ignore[arg-type]


def test_it_can_be_sent_to_another_process() -> None:
    tokenizer = MADE["wordpiece"]
    other = pickle.loads(pickle.dumps(tokenizer))  # noqa: S301 - our own
    assert other == tokenizer
    assert other.encode("the anna").ids.tolist() == tokenizer.encode("the anna").ids.tolist()


def test_a_broken_file_is_refused() -> None:
    values = json.loads(MADE["wordpiece"].data)
    values["model"]["type"] = "Abacus"
    with pytest.raises(ValueError, match=r"tokenizer\.json cannot be read"):
        Subwords(json.dumps(values).encode()).encode("the")


def test_pieces_without_characters_have_none() -> None:
    """A blank that is put before a text is a piece of no characters."""
    made = Tokenizer(models.Unigram([("▁", -1.0), ("a", -2.0), ("<unk>", -9.0)], unk_id=2))
    made.normalizer = normalizers.Prepend("▁")
    made.pre_tokenizer = pre_tokenizers.Sequence([])
    pieces = Subwords(made.to_str().encode()).encode("aa")
    assert pieces.starts.tolist() == sorted(pieces.starts.tolist())
    assert pieces.ends[-1] == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:A text holds words")
@pytest.mark.parametrize("unit", ["a", "the ", "é\u0301", " \u200b", "@."])
def test_it_takes_linear_time(kind: str, unit: str) -> None:
    def run(n: int) -> Any:
        return MADE[kind].encode(unit * n)

    assert_grows_linearly(run, 4000)
