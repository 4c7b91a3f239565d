"""Scores are strict, and count only what gold can judge."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import registry
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import load_config

from spacy_privacy_filter.evaluate.counts import count_spans
from spacy_privacy_filter.evaluate.scorer import (
    SPAN_SCORES,
    WHOLE_SCORES,
    score_categories,
    score_spans,
)
from spacy_privacy_filter.learning.gold import GOLD_KEY, Gold
from spacy_privacy_filter.pipeline.annotations import register_extensions, set_privacy_spans
from spacy_privacy_filter.types import CharSpan

from ..helpers import TEXTS, make_nlp, write_source

register_extensions()
ROOT = Path(__file__).parents[2]
NLP = spacy.blank("en")
TEXT = "Anna met Bob in Oslo on 1 May 2020."
ANNA, BOB, OSLO = (0, 4, "name"), (9, 12, "name"), (16, 20, "place")


def spans(*found: tuple[int, int, str]) -> list[CharSpan]:
    return [CharSpan(*span, score=0.5) for span in found]


def example(gold: dict[str, Any] | None, *found: tuple[int, int, str]) -> Example:
    predicted, reference = NLP.make_doc(TEXT), NLP.make_doc(TEXT)
    set_privacy_spans(predicted, "privacy_filter", spans(*found))
    if gold is not None:
        reference.user_data[GOLD_KEY] = gold
    return Example(predicted, reference)


def total(counts: dict[str, dict[str, int]]) -> tuple[int, int, int]:
    return tuple(sum(c[kind] for c in counts.values()) for kind in ("tp", "fp", "fn"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((ANNA, BOB), (2, 0, 0)),
        ((ANNA,), (1, 0, 1)),
        ((), (0, 0, 2)),
        ((ANNA, BOB, OSLO), (2, 1, 0)),
        (((0, 5, "name"), BOB), (1, 1, 1)),  # one character too many
        (((1, 4, "name"), BOB), (1, 1, 1)),  # one too few
        (((0, 4, "place"), BOB), (1, 1, 1)),  # the right characters, another label
        (((0, 12, "name"),), (0, 1, 2)),  # one span over both
        ((ANNA, ANNA, BOB), (2, 0, 0)),  # the same span of two components counts once
    ],
)
def test_spans_are_right_or_wrong(
    found: Iterable[tuple[int, int, str]], expected: tuple[int, int, int]
) -> None:
    assert total(count_spans(Gold((ANNA, BOB)), spans(*found))) == expected


def test_labels_are_counted_apart() -> None:
    counts = count_spans(Gold((ANNA, OSLO)), spans(ANNA, (9, 12, "place")))
    assert counts == {
        "name": {"tp": 1, "fp": 0, "fn": 0},
        "place": {"tp": 0, "fp": 1, "fn": 1},
    }


def test_labels_that_nobody_looked_for_are_not_judged() -> None:
    gold = Gold((ANNA,), known=frozenset({"name"}))
    assert total(count_spans(gold, spans(ANNA, OSLO))) == (1, 0, 0)
    assert total(count_spans(gold, spans(ANNA, BOB))) == (1, 1, 0)


@pytest.mark.parametrize("found", [(9, 12, "name"), (8, 10, "place"), (11, 14, "name")])
def test_what_touches_an_ignored_stretch_is_not_judged(found: tuple[int, int, str]) -> None:
    gold = Gold((ANNA,), ignore=((9, 12),))
    assert total(count_spans(gold, spans(ANNA, found))) == (1, 0, 0)


@pytest.mark.parametrize("found", [(7, 9, "name"), (12, 15, "name")])
def test_what_ends_at_an_ignored_stretch_is_judged(found: tuple[int, int, str]) -> None:
    gold = Gold((ANNA,), ignore=((9, 12),))
    assert total(count_spans(gold, spans(ANNA, found))) == (1, 1, 0)


def test_a_gold_span_in_an_ignored_stretch_still_counts() -> None:
    gold = Gold((ANNA,), ignore=((0, 12),))
    assert total(count_spans(gold, spans(ANNA))) == (1, 0, 0)
    assert total(count_spans(gold, spans())) == (0, 0, 1)


def test_scores_over_documents() -> None:
    examples = [
        example({"spans": [ANNA, BOB]}, ANNA, OSLO),  # 1 right, 1 wrong, 1 missed
        example({"spans": [OSLO]}, OSLO),  # 1 right
        example(None, BOB),  # cannot be judged
        example({"spans": []}),  # nothing there, nothing found
    ]
    scores = score_spans(examples)
    assert scores["privacy_p"] == pytest.approx(2 / 3)
    assert scores["privacy_r"] == pytest.approx(2 / 3)
    assert scores["privacy_f"] == pytest.approx(2 / 3)
    by_label = scores["privacy_per_type"]
    assert set(by_label) == {"name", "place"}
    assert by_label["name"] == pytest.approx({"p": 1.0, "r": 0.5, "f": 2 / 3})
    assert by_label["place"] == pytest.approx({"p": 0.5, "r": 1.0, "f": 2 / 3})


@pytest.mark.parametrize("examples", [[], [example(None, ANNA)]], ids=["no example", "no gold"])
def test_without_gold_there_is_no_score(examples: list[Example]) -> None:
    assert score_spans(examples) == dict.fromkeys((*SPAN_SCORES, *WHOLE_SCORES))


def test_gold_without_spans_is_gold() -> None:
    # A false alarm on a text that holds nothing must cost something.
    assert score_spans([example({"spans": []}, ANNA)])["privacy_p"] == 0


def test_entities_are_gold_too() -> None:
    predicted = NLP.make_doc(TEXT)
    set_privacy_spans(predicted, "privacy_filter", spans(ANNA))
    eg = Example.from_dict(predicted, {"entities": [ANNA, OSLO]})
    assert score_spans([eg])["privacy_r"] == pytest.approx(0.5)


# --- Categories ----------------------------------------------------------------------------------


def cats(gold: dict[str, float], found: dict[str, float]) -> Example:
    predicted, reference = NLP.make_doc(TEXT), NLP.make_doc(TEXT)
    predicted.cats, reference.cats = found, gold
    return Example(predicted, reference)


def test_exclusive_categories() -> None:
    scores = score_categories(
        [
            cats({"a": 1.0, "b": 0.0}, {"a": 0.4, "b": 0.6}),
            cats({"a": 0.0, "b": 1.0}, {"a": 0.1, "b": 0.9}),
            cats({"a": 1.0, "b": 0.0}, {"a": 0.9, "b": 0.1}),
            cats({}, {"a": 1.0, "b": 0.0}),  # has no gold: not counted
        ]
    )
    assert scores["cats_accuracy"] == pytest.approx(2 / 3)
    # a: p 1, r 1/2, f 2/3; b: p 1/2, r 1, f 2/3
    assert scores["cats_macro_f"] == pytest.approx(2 / 3)


def test_categories_that_nothing_is_of_do_not_count() -> None:
    """Rows with a label name all ten published categories; a pipeline may have two of them."""
    gold = [{"a": 1.0, "b": 0.0, "z": 0.0}, {"a": 0.0, "b": 1.0, "z": 0.0}]
    found = [{"a": 0.9, "b": 0.1}, {"a": 0.1, "b": 0.9}]
    examples = [cats(*pair) for pair in zip(gold, found, strict=True)]
    assert score_categories(examples)["cats_score"] == 1.0
    missed = cats({"a": 0.0, "z": 1.0}, {"a": 0.9, "b": 0.1})
    assert score_categories([*examples, missed])["cats_macro_f"] < 0.7


def test_only_the_gold_category_may_be_written_down() -> None:
    scores = score_categories(
        [
            cats({"a": 1.0}, {"a": 0.2, "b": 0.8}),
            cats({"b": 1.0}, {"a": 0.2, "b": 0.8}),
        ]
    )
    assert scores["cats_accuracy"] == pytest.approx(0.5)


def test_categories_that_do_not_exclude_each_other_have_no_accuracy() -> None:
    scores = score_categories([cats({"a": 1.0, "b": 1.0}, {"a": 0.9, "b": 0.2})], threshold=0.5)
    assert "cats_accuracy" not in scores
    assert scores["cats_micro_r"] == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["small", "finetune"])
@pytest.mark.parametrize("other", [0.0, 1.0], ids=["exclusive", "independent"])
def test_the_configs_weigh_a_score_that_is_there(name: str, other: float) -> None:
    config = load_config(ROOT / "configs" / f"{name}.cfg")
    gold = [{"a": 1.0, "b": other}, {"a": 0.0, "b": 1.0 - other}]
    scores = score_categories([cats(values, values) for values in gold])
    weights = config["training"]["score_weights"]
    found = {key: value for key, value in scores.items() if weights.get(key) and value is not None}
    assert sum(weights[key] * value for key, value in found.items()) == pytest.approx(0.3)


@pytest.mark.parametrize("examples", [[], [cats({}, {"a": 1.0})]], ids=["no example", "no gold"])
def test_without_gold_categories_there_is_no_score(examples: list[Example]) -> None:
    assert score_categories(examples) == {"cats_score": None, "cats_accuracy": None}


@pytest.mark.parametrize("name", ["privacy_scorer", "category_scorer"])
def test_scorers_are_registered(name: str) -> None:
    scorer = registry.scorers.get(f"spacy_privacy_filter.{name}.v1")()
    assert all(value is None for value in scorer([]).values())


def test_gold_goes_by_the_names_that_a_label_map_gives() -> None:
    gold = {"spans": [[*ANNA], [*OSLO]], "ignore": [], "known": ["name", "place"]}
    eg = example(gold, (0, 4, "PERSON"))
    scores = score_spans([eg], label_map={"name": "PERSON", "place": None})
    assert scores["privacy_f"] == 1.0
    assert list(scores["privacy_per_type"]) == ["PERSON"]


def test_more_scores_of_one_text() -> None:
    gold = {"spans": [[*ANNA], [*OSLO]], "ignore": [], "known": None}
    scores = score_spans([example(gold, (0, 2, "name"), (16, 20, "name"))])
    assert scores["privacy_f"] == 0
    assert scores["privacy_boundary_f"] == pytest.approx(0.5)  # Oslo, under another label
    assert scores["privacy_partial_f"] == pytest.approx(0.25)  # half of Anna, of two and two
    assert scores["privacy_char_r"] == pytest.approx(2 / 8)
    assert scores["privacy_safe"] == 0
    assert score_spans([example(gold, (0, 20, "x"))])["privacy_safe"] == 1


def test_spacy_evaluate_prints_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`spacy evaluate` knows no name of ours: it prints the strict figures as those of entities."""
    from spacy.cli.evaluate import evaluate

    nlp = make_nlp(write_source(tmp_path / "source"), ("privacy_filter",))
    nlp.to_disk(tmp_path / "nlp")
    docs = DocBin(store_user_data=True)
    for doc in map(nlp.make_doc, TEXTS):
        found = nlp(doc.text)._.privacy_spans[:1]
        doc.user_data[GOLD_KEY] = {"spans": [list(span[:3]) for span in found]}
        docs.add(doc)
    docs.to_disk(tmp_path / "dev.spacy")
    data = evaluate(str(tmp_path / "nlp"), tmp_path / "dev.spacy", silent=False)
    shown = capsys.readouterr().out
    assert data["ents_r"] == 1 > data["ents_p"] > 0
    assert "NER R" in shown
    assert "100.00" in shown
    assert "private_email   " in shown  # by label


def test_entities_of_others_keep_their_score() -> None:
    predicted = NLP.make_doc(TEXT)
    set_privacy_spans(predicted, "privacy_filter", spans(ANNA))
    assert "ents_p" not in score_spans([Example.from_dict(predicted, {"entities": [ANNA]})])
