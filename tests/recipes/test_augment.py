"""More rows out of some: other names, lower case, and what is certainly no personal data."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.small.augment import lowered, swap_names, with_negatives
from spacy_privacy_filter.corpus.rows import Row
from spacy_privacy_filter.labels.tags import OPENAI_LABELS

PLAIN = st.text("abc XYZ.,äß中\n", max_size=12)
NAMES = st.sampled_from(["Ann", "J. Smith", "anna berg", "JOHN DOE", "Mary de la Cruz", "İpek"])


@st.composite
def rows(draw: st.DrawFn) -> Row:
    text, spans = draw(PLAIN), []
    for _ in range(draw(st.integers(0, 4))):
        label = draw(st.sampled_from(["private_person", "private_date"]))
        value = draw(NAMES) if label == "private_person" else "1 May 2020"
        spans.append((len(text), len(text) + len(value), label))
        text += value + "|" + draw(PLAIN)
    return Row("1", "test", text, tuple(spans), (), ("private_person", "private_date"))


@given(rows(), st.integers(0, 99))
def test_all_but_names_stays_and_offsets_fit(row: Row, seed: int) -> None:
    other = swap_names(row, Random(seed))
    assert [label for *_, label in other.spans] == [label for *_, label in row.spans]

    def without(one: Row) -> list[str]:
        cuts = [0, *(at for start, end, _ in one.spans for at in (start, end)), len(one.text)]
        return [one.text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]

    assert without(other) == without(row)
    for (a, b, label), (c, d, _) in zip(row.spans, other.spans, strict=True):
        old, new = row.text[a:b], other.text[c:d]
        assert new == new.strip() != ""
        if label == "private_date":
            assert new == old
        assert new.islower() == old.islower() or not new.isascii()


def test_one_person_has_one_new_name_and_most_names_change() -> None:
    text = "Ann Lee met Bo Dahl. Lee spoke; Ann Lee left."
    where = [(0, 7), (12, 19), (21, 24), (32, 39)]
    row = Row("1", "t", text, tuple((a, b, "private_person") for a, b in where))
    seen = set()
    for seed in range(20):
        names = _names(swap_names(row, Random(seed)))
        assert names[0] == names[3]
        assert len(names[0].split()) == 2
        assert len(names[2].split()) == 1
        assert names[2] in names[0].split()
        seen.add(names[0])
    assert len(seen) > 15
    assert "Ann Lee" not in seen


def _names(row: Row) -> list[str]:
    return [row.text[start:end] for start, end, _ in row.spans]


@given(st.text(max_size=40))
def test_lower_case_keeps_every_offset(text: str) -> None:
    assert len(lowered(Row("1", "t", text)).text) == len(text)


def test_what_may_be_personal_data_is_ignored_and_the_rest_is_known_not_to_be() -> None:
    text = "Does Michael know www.site.org? my pc has 2 gb ram. Write to a@b.co on May 3rd, ok"
    row = with_negatives(Row("1", "t", text, category="Health"), OPENAI_LABELS)
    ignored = [text[start:end] for start, end in row.ignore]
    assert ignored == ["Michael", "www.site.org?", "a@b.co", "May", "3rd,"]
    assert set(row.known) == set(OPENAI_LABELS)
    assert row.category == "Health"
    with pytest.raises(ValueError, match="annotation already"):
        with_negatives(row, OPENAI_LABELS)
