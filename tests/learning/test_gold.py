"""Gold becomes the tags that pieces may have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from spacy_privacy_filter.labels.tags import BIO, OUTSIDE, TagSet
from spacy_privacy_filter.learning.gold import GOLD_KEY, Gold, allowed_tags, gold_of
from spacy_privacy_filter.learning.losses import tag_loss
from spacy_privacy_filter.text.o200k import encode
from spacy_privacy_filter.types import Bools2d, Pieces

TAGS = TagSet.from_labels(["name", "code", "date"])
NLP = spacy.blank("en")


def letters(text: str) -> Pieces:
    """One piece a character."""
    at = np.arange(len(text), dtype=np.int64)
    return Pieces(at, at, at + 1)


def names_of(row: Any, tags: TagSet = TAGS) -> set[str]:
    return {tags.names[i] for i in np.flatnonzero(row)}


def written(allowed: Bools2d, tags: TagSet = TAGS) -> list[str]:
    """The one tag of each piece."""
    assert (allowed.sum(axis=1) == 1).all()
    return [tags.names[i] for i in allowed.argmax(axis=1)]


# --- Partial labels ------------------------------------------------------------------------------


def test_outside_every_span_all_unknown_labels_are_open() -> None:
    text = "ab cd"
    gold = Gold(((3, 5, "code"),), known=frozenset({"code"}))
    allowed = allowed_tags(gold, text, letters(text), TAGS)
    open_tags = {f"{p}-{label}" for p in "BIES" for label in ("name", "date")} | {OUTSIDE}
    for row in allowed[:3]:
        assert names_of(row) == open_tags
    assert written(allowed[3:]) == ["B-code", "E-code"]


def test_unknown_labels_are_summed_out(rng: np.random.Generator) -> None:
    text = "abc"
    gold = Gold((), known=frozenset({"code"}))
    allowed = allowed_tags(gold, text, letters(text), TAGS)
    logits = rng.standard_normal(allowed.shape)
    loss, (gradient,) = tag_loss([logits], [allowed])
    # What tells one open tag from another does not count, only their sum does.
    moved, is_open = logits.copy(), allowed[0]
    mass = np.logaddexp.reduce(logits[:, is_open], axis=1)
    moved[:, is_open] = rng.standard_normal((3, is_open.sum()))
    moved[:, is_open] += (mass - np.logaddexp.reduce(moved[:, is_open], axis=1))[:, None]
    assert tag_loss([moved], [allowed])[0] == pytest.approx(loss)
    # And the loss never pushes an open tag down, nor a known one up.
    assert (gradient[:, is_open] <= 1e-9).all()
    assert (gradient[:, ~is_open] > 0).all()
    # Among open tags the push is in proportion to what each has: their odds stay as they are.
    share = np.exp(logits[:, is_open] - mass[:, None])
    total = gradient[:, is_open].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(gradient[:, is_open], share * total, atol=1e-7)


def test_nothing_known_says_nothing_outside_spans() -> None:
    text = "abc"
    allowed = allowed_tags(Gold((), known=frozenset()), text, letters(text), TAGS)
    assert allowed.all()


def test_ignored_characters_give_no_loss(rng: np.random.Generator) -> None:
    text = "abcdef"
    gold = Gold(((0, 1, "name"),), ignore=((2, 4),))
    allowed = allowed_tags(gold, text, letters(text), TAGS)
    assert allowed[2:4].all()
    assert written(allowed[[0, 1, 4, 5]]) == ["S-name", OUTSIDE, OUTSIDE, OUTSIDE]
    _, (gradient,) = tag_loss([rng.standard_normal(allowed.shape)], [allowed])
    np.testing.assert_allclose(gradient[2:4], 0, atol=1e-9)
    assert (np.abs(gradient[[0, 1, 4, 5]]).max(axis=1) > 1e-3).all()


# --- Gold on real pieces -------------------------------------------------------------------------


def touched_by(text: str, pieces: Pieces, start: int, end: int) -> list[int]:
    """Pieces from the first to the last that show a character of the stretch."""
    shown = [
        i
        for i in range(len(pieces))
        if text[max(pieces.starts[i], start) : min(pieces.ends[i], end)].strip()
    ]
    return list(range(shown[0], shown[-1] + 1)) if shown else []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("call Zoë now", "Zoë"),
        ("call 👩‍👩‍👧‍👦 now", "👩‍👩‍👧‍👦"),
        ("call 🙂 now", "🙂"),
        ("Ze\u0301lie\u0301 left", "Ze\u0301lie\u0301"),
        ("a\r\nAnna\r\nb", "Anna"),
        ("  Anna  Lee ", "Anna  Lee"),
        ("Tel:\t+1 202 555 0191\r\n", "+1 202 555 0191"),
        ("短い文です田中さん", "田中"),
    ],
)
def test_spans_cover_exactly_the_pieces_that_they_touch(text: str, marked: str) -> None:
    start = text.index(marked)
    end = start + len(marked)
    pieces = encode(text)
    allowed = allowed_tags(Gold(((start, end, "name"),)), text, pieces, TAGS)
    tags = written(allowed)
    inside = [i for i, tag in enumerate(tags) if tag != OUTSIDE]
    touched = touched_by(text, pieces, start, end)
    assert inside == touched
    expected = ["S"] if len(inside) == 1 else ["B", *["I"] * (len(inside) - 2), "E"]
    assert [tags[i] for i in inside] == [f"{p}-name" for p in expected]


def test_a_leading_space_belongs_to_the_piece_but_not_to_the_span() -> None:
    text = "Hi Anna"
    pieces = encode(text)
    assert text[pieces.starts[1] : pieces.ends[1]] == " Anna"
    for start in (2, 3):  # gold with or without the space marks the same piece
        allowed = allowed_tags(Gold(((start, 7, "name"),)), text, pieces, TAGS)
        assert written(allowed) == [OUTSIDE, "S-name"]
    # A span that ends at the space does not reach into the next piece.
    allowed = allowed_tags(Gold(((0, 3, "name"),)), text, pieces, TAGS)
    assert written(allowed) == ["S-name", OUTSIDE]


def test_white_space_at_the_edge_of_a_span_is_left_out() -> None:
    text = "a \n\n  Anna  \n b"
    start = text.index("Anna")
    tight = allowed_tags(Gold(((start, start + 4, "name"),)), text, encode(text), TAGS)
    for first, last in ((1, start + 4), (start - 1, start + 6), (1, len(text) - 1)):
        wide = allowed_tags(Gold(((first, last, "name"),)), text, encode(text), TAGS)
        np.testing.assert_array_equal(wide, tight)


def test_white_space_alone_cannot_be_tagged() -> None:
    text = "a \n\n b"
    allowed = allowed_tags(Gold(((1, 5, "name"),)), text, encode(text), TAGS)
    assert set(written(allowed)) == {OUTSIDE}


def test_bio_has_no_ends() -> None:
    text, tags = "abcd", TagSet.from_labels(["name"], BIO)
    gold = Gold(((0, 3, "name"), (3, 4, "name")))
    allowed = allowed_tags(gold, text, letters(text), tags)
    assert written(allowed, tags) == ["B-name", "I-name", "I-name", "B-name"]


@given(text=st.text(alphabet="ab .\n\r\té👩‍🔬\u0301田", max_size=25), data=st.data())
@settings(max_examples=100)
def test_every_piece_may_have_some_tag(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = tuple((s, e, "code") for s, e in zip(cuts[::2], cuts[1::2], strict=False))
    pieces = encode(text)
    allowed = allowed_tags(Gold(spans), text, pieces, TAGS)
    assert allowed.shape == (len(pieces), len(TAGS))
    assert allowed.any(axis=1).all()
    found = {i for start, end, _ in spans for i in touched_by(text, pieces, start, end)}
    assert {i for i, tag in enumerate(written(allowed)) if tag != OUTSIDE} == found


# --- Wrong gold ----------------------------------------------------------------------------------

TEXT = "Wilhelmina Quast"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"spans": [[0, 17, "name"]]}, "0 to 17 do not fit a text of 16 characters"),
        ({"spans": [[-1, 3, "name"]]}, "-1 to 3 do not fit"),
        ({"spans": [[3, 3, "name"]]}, "3 to 3 do not fit"),
        ({"spans": [[5, 3, "name"]]}, "5 to 3 do not fit"),
        ({"spans": [], "ignore": [[10, 20]]}, "10 to 20 do not fit"),
        ({"spans": [[0, 5, "name"], [4, 8, "code"]]}, "overlap at character 4"),
        ({"spans": [[0, 9, "name"], [2, 4, "name"]]}, "overlap at character 2"),
        ({"spans": [], "comment": 1}, "comment, spans"),
        ({"ignore": []}, "found: ignore"),
        ({"spans": [[0, 4, "name"]], "known": ["code"]}, r"not among the known ones: \['name'\]"),
    ],
)
def test_wrong_gold_is_refused_without_showing_text(values: dict[str, Any], message: str) -> None:
    doc = NLP.make_doc(TEXT)
    doc.user_data[GOLD_KEY] = values
    with pytest.raises(ValueError, match=message) as error:
        gold_of(doc)
    assert not any(name in str(error.value) for name in TEXT.split())


def test_a_label_that_the_head_does_not_have() -> None:
    gold = Gold(((0, 10, "secret"),))
    with pytest.raises(ValueError, match=r"does not: secret. It has: name, code, date") as error:
        allowed_tags(gold, TEXT, letters(TEXT), TAGS)
    assert "Quast" not in str(error.value)


def test_gold_survives_its_own_form() -> None:
    gold = Gold(((0, 10, "name"), (11, 16, "name")), ((10, 11),), frozenset({"name", "code"}))
    assert Gold.from_dict(gold.to_dict(), len(TEXT)) == gold
    plain = Gold(())
    assert Gold.from_dict(plain.to_dict(), 0) == plain


def test_neighbours_may_touch_and_order_does_not_matter() -> None:
    gold = Gold.from_dict({"spans": [[4, 8, "code"], [0, 4, "name"]]}, 8)
    assert gold.spans == ((0, 4, "name"), (4, 8, "code"))


# --- Gold in documents ---------------------------------------------------------------------------


def test_a_document_without_annotation_has_no_gold() -> None:
    assert gold_of(NLP.make_doc(TEXT)) is None


def test_entities_are_gold_and_tokens_without_annotation_are_ignored() -> None:
    doc = Doc(NLP.vocab, ["Anna", "met", "Bob", "today"])
    doc.set_ents([Span(doc, 0, 1, "name")], missing=[doc[2:3]], default="outside")
    assert gold_of(doc) == Gold(((0, 4, "name"),), ((9, 12),))


def test_a_document_said_to_hold_nothing_is_gold() -> None:
    doc = NLP.make_doc(TEXT)
    doc.set_ents([], default="outside")
    assert gold_of(doc) == Gold(())


def test_exact_characters_come_before_entities() -> None:
    doc = NLP.make_doc(TEXT)
    doc.set_ents([Span(doc, 0, 1, "name")])
    doc.user_data[GOLD_KEY] = {"spans": [[2, 5, "code"]]}
    assert gold_of(doc) == Gold(((2, 5, "code"),))
    back = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert gold_of(back) == Gold(((2, 5, "code"),))
