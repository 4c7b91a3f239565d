"""The passages of a record as one document: the same person in all, and each with its way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.batch.formats.base import Passage
from spacy_privacy_filter.batch.joining import join_records, redact_documents
from spacy_privacy_filter.redact.policy import load_policy

from ..finding import spans_of

NUMBER = load_policy({"default": "number"})


def redacted(*rows: tuple[str, ...]) -> list[str]:
    passages = [
        Passage(f"{r}, {i}", text, record=r)
        for r, row in enumerate(rows)
        for i, text in enumerate(row)
    ]
    documents = join_records(passages, [spans_of(passage.text) for passage in passages])
    return [new.text for new in redact_documents(documents, NUMBER)[0]]


def test_a_person_has_one_number_in_a_record() -> None:
    made = redacted(("Ada met Bob", "", "Bob left", "x"), ("Bob",))
    assert made == ["[PERSON_1] met [PERSON_2]", "", "[PERSON_2] left", "x", "[PERSON_1]"]


WORDS = st.lists(st.sampled_from(["Ada", "Bob", "x", "\n", "2026-05-04", "é👩‍👧", ""]), max_size=5)


@given(st.lists(WORDS.map(" ".join), max_size=4))
def test_every_passage_comes_back(texts: list[str]) -> None:
    passages = [Passage(str(i), text, record=1) for i, text in enumerate(texts)]
    documents = join_records(passages, [spans_of(text) for text in texts])
    made, mappings, counts = redact_documents(documents, NUMBER)
    assert counts.total() == sum(len(spans_of(text)) for text in texts)
    for passage, new in zip(passages, made, strict=True):
        assert mappings[passage.name].restore(new.text) == passage.text
        rebuilt, end = "", 0
        for edit in new.edits:
            rebuilt += passage.text[end : edit.start_char] + edit.text
            end = edit.end_char
        assert rebuilt + passage.text[end:] == new.text


def test_passages_of_no_record_stand_alone() -> None:
    passages = [Passage(str(i), "Bob") for i in range(2)]
    documents = list(join_records(passages, [spans_of("Bob")] * 2))
    assert [len(document.passages) for document in documents] == [1, 1]
