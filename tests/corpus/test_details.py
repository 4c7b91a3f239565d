"""What gold says of a span besides its label."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from spacy_privacy_filter.corpus.rows import row_from_dict, write_corpus


def detailed(**change: object) -> dict[str, object]:
    row = {
        "id": "1", "source": "s", "text": "Bo met Al", "ignore": [], "known": ["person"],
        "spans": [
            [7, 9, "person"], [0, 2, "person", {"identifier_type": "DIRECT", "entity_id": "e"}]
        ],
        "subject": "x",
    }  # fmt: skip
    return row | change


def test_details_follow_their_spans(tmp_path: Path) -> None:
    from spacy_privacy_filter.corpus.readers import read_corpus

    row = row_from_dict(detailed())
    assert row.spans == ((0, 2, "person"), (7, 9, "person"))
    assert [(d.identifier_type, d.entity_id) for d in row.details] == [
        ("direct", "e"),
        (None, None),
    ]
    write_corpus([row], tmp_path / "c.spacy", spacy.blank("en"))
    (again,) = read_corpus(tmp_path / "c.spacy")
    assert (again.spans, again.details, again.subject) == (row.spans, row.details, "x")


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"identifier_type": "SECRET"}, "identifier_type must be one of DIRECT, QUASI, NO_MASK"),
        ({"entity_id": 4}, "entity_id must be a string"),
        ({"entity": "e"}, "identifier_type, entity_id"),
        ("DIRECT", "identifier_type, entity_id"),
    ],
)
def test_details_that_are_wrong(detail: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        row_from_dict(detailed(spans=[[0, 2, "person", detail]]))
