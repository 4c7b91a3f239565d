"""Tag sets: the order of the head's rows, and what is refused."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.labels.tags import BIO, BIOES, MULTITASK_CATEGORIES, OPENAI_LABELS, TagSet


def test_published_order() -> None:
    tags = TagSet.from_labels(OPENAI_LABELS)
    assert len(tags) == 33
    assert tags.names[:6] == (
        "O",
        "B-account_number",
        "I-account_number",
        "E-account_number",
        "S-account_number",
        "B-private_address",
    )
    assert tags.names[-1] == "S-secret"
    assert tags.labels == OPENAI_LABELS
    assert len(MULTITASK_CATEGORIES) == len(set(MULTITASK_CATEGORIES)) == 10


def test_bio_has_two_tags_a_label() -> None:
    tags = TagSet.from_labels(["a", "b"], BIO)
    assert tags.names == ("O", "B-a", "I-a", "B-b", "I-b")
    assert tags.scheme == BIO
    assert TagSet.from_labels(["a"]).scheme == BIOES


def test_ids_follow_the_order_given() -> None:
    tags = TagSet(("S-x", "E-x", "O", "I-x", "B-x"))
    assert tags.ids == {"S-x": 0, "E-x": 1, "O": 2, "I-x": 3, "B-x": 4}
    assert tags.prefixes == ("S", "E", "O", "I", "B")
    assert tags.label_ids.tolist() == [0, 0, -1, 0, 0]
    assert tags.label_tags("x") == {"B": 4, "I": 3, "E": 1, "S": 0}


def test_a_label_may_hold_a_dash_or_look_like_a_tag() -> None:
    tags = TagSet(("O", "B-B-x", "I-B-x", "B-O"))
    assert tags.labels == ("B-x", "O")
    assert tags.label_ids.tolist() == [-1, 0, 0, 1]
    assert tags.label_tags("O") == {"B": 3}  # a BIO label without an I: one piece at most


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("O", "B-a", "B-a"), "twice: B-a"),
        (("B-a", "I-a"), "no 'O'"),
        (("O",), "no label"),
        (("O", "a"), r"found: \['a'\]"),
        (("O", "B-"), r"found: \['B-'\]"),
        (("O", "L-a"), r"found: \['L-a'\]"),
        (("O", "I-a"), "'a' lacks the tag position.s. B; a BIO"),
        (("O", "B-a", "I-a", "E-a"), "'a' lacks the tag position.s. S; a BIOES"),
        (("O", "B-a", "I-a", "S-b"), "'a' lacks the tag position.s. E, S; a BIOES"),
    ],
)
def test_a_tag_set_that_nobody_can_read_is_refused(names: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TagSet(names)


def test_from_labels_refuses() -> None:
    with pytest.raises(ValueError, match=r"'BILUO'.*BIOES, BIO"):
        TagSet.from_labels(["a"], "BILUO")
    with pytest.raises(ValueError, match="twice"):
        TagSet.from_labels(["a", "a"])
    with pytest.raises(ValueError, match="no label"):
        TagSet.from_labels([])
