"""Rows: exact spans, repeatable, splits apart."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import LABELS, generate, templates_of
from spacy_privacy_filter.training.generator.rows import make_row
from spacy_privacy_filter.training.generator.texts.segments import Segment, render
from spacy_privacy_filter.training.generator.texts.template_files import load_templates
from spacy_privacy_filter.training.generator.texts.templates import Template


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return [*generate(1500, 7, "train"), *generate(500, 7, "held")]


def test_spans_are_inside_trimmed_and_apart(rows: list[dict]) -> None:
    for row in rows:
        stretches = [(a, b) for a, b, _ in row["spans"]] + [(a, b) for a, b in row["ignore"]]
        end = 0
        for start, stop in sorted(stretches):
            surface = row["text"][start:stop]
            assert end <= start < stop <= len(row["text"])
            assert surface == surface.strip()
            end = stop


def test_every_label_occurs_in_both_splits(rows: list[dict]) -> None:
    for split in ("train", "held"):
        found = Counter(
            label for row in rows if f"-{split}-" in row["id"] for *_, label in row["spans"]
        )
        assert set(found) == set(LABELS)
        assert min(found.values()) >= 20


def test_some_rows_have_no_span_and_all_know_every_label(rows: list[dict]) -> None:
    share = sum(not row["spans"] for row in rows) / len(rows)
    assert 0.1 < share < 0.4
    assert all(row["known"] == list(LABELS) for row in rows)


def test_same_seed_same_rows_other_seed_other_rows() -> None:
    first = list(generate(50, 3, "train"))
    assert first == list(generate(50, 3, "train"))
    assert first != list(generate(50, 4, "train"))
    # a row does not depend on how many are asked for
    assert first[:10] == list(generate(10, 3, "train"))


def test_splits_share_no_template_and_are_large_enough() -> None:
    train, held = ({(t.head, t.text) for t in templates_of(s)} for s in ("train", "held"))
    assert not train & held
    assert len(train) >= 150
    assert len(held) >= 40
    assert len(train) + len(held) == len({(t.head, t.text) for t in load_templates()})


def test_no_wording_is_in_both_splits_and_what_is_learnt_from_stays() -> None:
    """Whatever the slots' forms, the case, and the parts of which nothing is learnt."""

    def wording(template: Template) -> str:
        text = re.sub(r"\{\{ignored[^}]*\}\}", "", template.text)
        return re.sub(r"\{\{(\w+)[^}]*\}\}", r"{\1}", text).lower()

    train, held = templates_of("train"), templates_of("held")
    assert not {wording(t) for t in train} & {wording(t) for t in held}
    learnt = [t for t in load_templates() if t.split == "train"]
    assert set(train) >= set(learnt), "weights were trained on them"
    twins = {wording(t) for t in learnt}
    assert all(wording(t) in twins for t in train), "only twins went over"


@given(
    st.lists(
        st.builds(
            Segment, st.text("aß 🎂\n", max_size=6), st.sampled_from(["", "secret", "ignore"])
        )
    )
)
def test_offsets_point_at_what_was_labelled(segments: list[Segment]) -> None:
    row = make_row("x", "en", segments)
    assert row["text"] == "".join(segment.text for segment in segments)
    expected = [s.text.strip() for s in segments if s.kind == "secret" and s.text.strip()]
    assert [row["text"][a:b] for a, b, _ in row["spans"]] == expected


def test_marks_beside_a_span_are_not_ignored() -> None:
    """Else a password in a connection string would end anywhere."""
    template = "{{ignored:db://app:}}{{secret:urlpass}}{{ignored:@host:1/x}} {{ignored:at}}"
    segments = render(Template(template, "en", "secret"), Random(3))
    row = make_row("x", "en", segments)
    ((left, right, label),) = row["spans"]
    kept = [row["text"][a:b] for a, b in row["ignore"]]
    assert (label, kept) == ("secret", ["db://app", "host:1/x", "at"])
    assert row["text"][left - 1] == ":"
    assert row["text"][right] == "@"
    # letters and digits beside a span may be a part of it
    row = make_row("x", "en", [Segment("ab", "ignore"), Segment("c", "secret")])
    assert row["ignore"] == [[0, 2]]
