"""Records of known data sets: read to the character, and refused without their text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.corpus.label_map import LabelMap
from spacy_privacy_filter.corpus.readers import read_corpus

from .foreign import AI4, GOLD, OPF_LABEL, TEXT, YAHOO


def write(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf8")
    return path


def test_opf_spans_lose_white_space(tmp_path: Path) -> None:
    spans = [(0, 13), (14, 15), (14, 26)]
    label = [{"category": "x", "start": s, "end": e} for s, e in spans]
    (row,) = read_corpus(write(tmp_path / "a.jsonl", {"text": TEXT, "label": label}))
    assert row.spans == ((0, 13, "x"), (15, 26, "x"))
    blank = {"text": "a \n b", "label": [{"category": "x", "start": 1, "end": 4}]}
    assert next(read_corpus(write(tmp_path / "b.jsonl", blank))).spans == ()


@pytest.mark.parametrize("other", [(0, 4), (8, 20), (0, 13)])
def test_opf_spans_that_overlap_are_refused_as_in_our_own_format(
    tmp_path: Path, other: tuple[int, int]
) -> None:
    spans = [(0, 13, "x"), (*other, "y")]
    label = [{"category": name, "start": s, "end": e} for s, e, name in spans]
    path = write(tmp_path / "a.jsonl", OPF_LABEL, {"text": TEXT, "label": label})
    with pytest.raises(ValueError, match=r"line 2: spans 0 to 13 and .* overlap.*\)\.$") as raised:
        list(read_corpus(path))
    assert "Ada" not in str(raised.value)
    labels = LabelMap({"x": "x", "y": None, "private_person": None, "private_address": None})
    assert list(read_corpus(path, labels=labels))[1].spans == ((0, 13, "x"),)


def test_data_sets_known_for_overlaps_keep_the_first(tmp_path: Path) -> None:
    mask = [*AI4["privacy_mask"], {"start": 2, "end": 5, "label": "EMAIL", "value": ""}]
    (row,) = read_corpus(write(tmp_path / "a.jsonl", AI4 | {"privacy_mask": mask}))
    assert row.spans == GOLD


BAD: list[tuple[dict[str, Any], str]] = [
    ({"extra": 1}, "unknown key.*extra"),
    ({"spans": {}}, "either 'label'"),
    ({"label": [{"category": "x", "start": 0}]}, "item 0 of 'label' must have"),
    ({"label": [{"category": "x", "start": "0", "end": 2}]}, "whole numbers"),
    ({"label": [{"category": "", "start": 0, "end": 2}]}, "a label a string"),
    ({"label": [{"category": "x", "start": 0, "end": 99}]}, "outside the text, which has 38"),
    ({"text": 5}, "'text' must be a string"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[m for _, m in BAD])
def test_a_bad_opf_record_is_refused_by_line_without_its_text(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "a.jsonl", OPF_LABEL, OPF_LABEL | change)
    with pytest.raises(ValueError, match=message) as caught:
        list(read_corpus(path, "opf"))
    assert "a.jsonl, line 2" in str(caught.value)
    assert "Byron" not in str(caught.value)


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ({"private_person: Zoë Ada Byron": [[0, 14]]}, None),
        ({"private_person: Zoë Ada Byron": [[1, 13]]}, "entry 0.*another text.*bytes"),
        ({"private_person": [[0, 13]]}, "entry 0 of 'spans' must be 'label: surface'"),
        ({"private_person: Zoë Ada Byron": [0, 13]}, "entry 0 of 'spans' must list"),
    ],
)
def test_the_surface_in_opf_spans_is_compared(
    tmp_path: Path, spans: dict[str, Any], message: str | None
) -> None:
    text = TEXT.replace(",", " ", 1)
    path = write(tmp_path / "a.jsonl", {"text": text, "spans": spans})
    if message is None:
        assert next(read_corpus(path)).spans == ((0, 13, "private_person"),)
        return
    with pytest.raises(ValueError, match=message) as caught:
        list(read_corpus(path))
    assert "Byron" not in str(caught.value)


def test_ai4privacy_without_offsets_is_refused(tmp_path: Path) -> None:
    record = {"unmasked_text": TEXT, "privacy_mask": "{'[FIRSTNAME_1]': 'Zoë'}"}
    with pytest.raises(ValueError, match="line 1, read as ai4privacy: 'privacy_mask' must be"):
        list(read_corpus(write(tmp_path / "a.jsonl", record)))


def test_topics(tmp_path: Path) -> None:
    (row,) = read_corpus(write(tmp_path / "a.jsonl", YAHOO))
    assert (row.category, row.text) == ("Health", "Why do I sneeze?\nDust.")
    with pytest.raises(ValueError, match="'topic' must be 0 to 9"):
        list(read_corpus(write(tmp_path / "a.jsonl", YAHOO | {"topic": 10})))
