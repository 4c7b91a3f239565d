"""Training through spaCy: the components learn, and only what they should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from spacy_privacy_filter.corpus.rows import Row, to_docs
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES
from spacy_privacy_filter.text.o200k import encode

from ..helpers import (
    FILTER,
    SIZES,
    TEXTCAT,
    assert_close,
    assert_near,
    make_nlp,
    outcomes,
    tagger,
    textcat,
)

SPANS = [
    ("Please call Ada Lovelace today.", [(12, 24, "private_person")]),
    ("Write to ada@example.org or to Bob.", [(9, 24, "private_email"), (31, 34, "private_person")]),
    ("Nothing to see here, move on.", []),
    (
        "Bob wrote from bob@example.org on Monday.",
        [(0, 3, "private_person"), (15, 30, "private_email")],
    ),
]
TOPICS = [
    ("Which team won the cup last night?", "Sports"),
    ("My knee hurts when I climb stairs.", "Health"),
    ("How do I update the driver of my printer?", "Computers"),
]
TWO = [(text, name) for text, name in TOPICS if name != "Computers"]
TOPIC_NAMES = ["Computers", "Health", "Sports"]


def span_example(nlp: Language, text: str, spans: list[Any]) -> Example:
    return Example.from_dict(nlp.make_doc(text), {"entities": spans})


def topic_example(nlp: Language, text: str, topic: str) -> Example:
    cats = {name: float(name == topic) for name in TOPIC_NAMES}
    return Example.from_dict(nlp.make_doc(text), {"cats": cats})


def examples(nlp: Language) -> list[Example]:
    """Some with entities only, some with categories only, one with both, one with neither."""
    made = [span_example(nlp, *item) for item in SPANS]
    made += [topic_example(nlp, *item) for item in TOPICS]
    both = {"entities": SPANS[0][1], "cats": {"Computers": 0.0, "Health": 1.0, "Sports": 0.0}}
    made.append(Example.from_dict(nlp.make_doc(SPANS[0][0]), both))
    made.append(Example.from_dict(nlp.make_doc("Unlabelled, so it says nothing."), {}))
    made.append(Example.from_dict(nlp.make_doc(""), {}))
    return made


def fresh(names: tuple[str, ...] = (FILTER, TEXTCAT), **settings: Any) -> Language:
    """A pipeline that starts from fresh weights."""
    nlp = spacy.blank("en")
    for i, name in enumerate(names):
        sizes = {"model": {"backbone": {"network": SIZES}}} if i == 0 else {}
        nlp.add_pipe(name, config={**sizes, **(settings if i == 0 else {})})
    return nlp


def train(nlp: Language, data: list[Example], steps: int, rate: float = 0.01, **kwargs: Any) -> Any:
    fix_random_seed(0)
    optimizer = Adam(rate)
    losses: dict[str, float] = {}
    for _ in range(steps):
        losses = {}
        nlp.update(data, sgd=optimizer, losses=losses, **kwargs)
    return losses


def exact(nlp: Language, text: str) -> list[tuple[int, int, str]]:
    return [span[:3] for span in nlp(text)._.privacy_spans]


def assert_learned(nlp: Language) -> None:
    for text, spans in SPANS:
        assert exact(nlp, text) == spans
    for text, topic in TOPICS:
        cats = nlp(text).cats
        assert max(cats, key=cats.__getitem__) == topic
        assert cats[topic] > 0.8


def weights_of(nlp: Language) -> dict[str, np.ndarray]:
    shim = tagger(nlp).network.shim
    found = {name: tensor.to_float32().copy() for name, tensor in shim.tensors().items()}
    for name, pipe in nlp.components:
        found[name] = pipe.head.get_param("W").copy()  # type: ignore[attr-defined]
    return found


def changed(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> set[str]:
    return {name for name in before if not np.array_equal(before[name], after[name])}


@pytest.mark.parametrize("order", [(FILTER, TEXTCAT), (TEXTCAT, FILTER)])
def test_both_learn_the_answer_and_keep_it(order: tuple[str, ...], tmp_path: Path) -> None:
    nlp = fresh(order)
    data = examples(nlp)
    nlp.initialize(lambda: data)
    assert tagger(nlp).labels == ("private_email", "private_person")
    assert textcat(nlp).labels == tuple(TOPIC_NAMES)
    first = train(nlp, data, 1)
    last = train(nlp, data, 45)
    assert set(first) == {FILTER, TEXTCAT}
    assert all(last[name] < 0.2 * first[name] for name in first)
    assert_learned(nlp)
    scores = nlp.evaluate(data)
    assert scores["privacy_f"] == scores["cats_accuracy"] == 1.0
    assert scores["privacy_per_type"]["private_email"]["r"] == 1.0
    nlp.to_disk(tmp_path)
    assert_learned(spacy.load(tmp_path))


@pytest.mark.parametrize("name", [FILTER, TEXTCAT])
def test_each_learns_alone(name: str) -> None:
    nlp = fresh((name,))
    data = examples(nlp)
    nlp.initialize(lambda: data)
    train(nlp, data, 45)
    if name == FILTER:
        assert [exact(nlp, text) for text, _ in SPANS] == [spans for _, spans in SPANS]
    else:
        assert [max(c, key=c.get) for c in (nlp(t).cats for t, _ in TOPICS)] == [
            topic for _, topic in TOPICS
        ]


def test_examples_without_gold_say_nothing(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    nlp("Load the weights.")
    before = weights_of(nlp)
    losses = train(nlp, [Example.from_dict(nlp.make_doc("No gold at all."), {})], 2)
    assert losses == {FILTER: 0.0, TEXTCAT: 0.0}
    assert not changed(before, weights_of(nlp))
    assert nlp.update([]) == {}
    assert tagger(nlp).update([]) == {FILTER: 0.0}


@pytest.mark.parametrize(("kind", "silent"), [(FILTER, TEXTCAT), (TEXTCAT, FILTER)])
def test_each_learns_from_gold_of_its_own_kind(kind: str, silent: str, tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    nlp("Load the weights.")
    if kind == FILTER:
        data = [span_example(nlp, *SPANS[0])]
    else:
        cats = {name: float(name == "Health") for name in MULTITASK_CATEGORIES}
        data = [Example.from_dict(nlp.make_doc(TOPICS[1][0]), {"cats": cats})]
    before = weights_of(nlp)
    losses = train(nlp, data, 1)
    assert losses[kind] > 0
    assert losses[silent] == 0
    moved = changed(before, weights_of(nlp))
    assert kind in moved
    assert silent not in moved
    assert "embedding.weight" in moved


def test_weights_of_the_losses_and_components_with_names(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, name="a", config={"source": tiny_source})
    data = [span_example(nlp, *item) for item in SPANS]
    whole = nlp.update(data, sgd=None)  # type: ignore[arg-type]
    other = spacy.blank("en")
    other.add_pipe(FILTER, name="b", config={"source": tiny_source, "loss_weight": 0.25})
    part = other.update(data, sgd=None)  # type: ignore[arg-type]
    assert set(whole) == {"a"}
    assert part["b"] == pytest.approx(0.25 * whole["a"], rel=1e-4)


def test_partial_labels(tiny_source: str) -> None:
    """Of a label that nobody looked for, its absence says nothing."""
    nlp = make_nlp(tiny_source, [FILTER])
    text = "Ada Lovelace rang."
    losses = {}
    for known in (None, ["secret"], []):
        eg = Example.from_dict(nlp.make_doc(text), {})
        eg.reference.user_data["privacy_gold"] = {"spans": [], "ignore": [], "known": known}
        losses[str(known)] = nlp.update([eg], sgd=None)[FILTER]  # type: ignore[arg-type]
    assert losses["None"] > losses["['secret']"] > 1e-4
    assert_no_loss(nlp, losses["[]"], text)
    eg.reference.user_data["privacy_gold"] = {"spans": [], "ignore": [[0, len(text)]]}
    assert_no_loss(nlp, nlp.update([eg], sgd=None)[FILTER], text)  # type: ignore[arg-type]


def assert_no_loss(nlp: Language, loss: float, text: str) -> None:
    """A piece gives the log of what adds up to 1: a difference of logs, up to an even chance's."""
    assert_near(loss, 0, 2 * len(encode(text)), size=np.log(len(tagger(nlp).tags)))


def test_tokens_without_annotation_are_ignored(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, [FILTER])
    text = "Ada rang Bob"
    eg = Example.from_dict(nlp.make_doc(text), {"entities": ["-", "-", "-"]})
    assert_no_loss(nlp, nlp.update([eg], sgd=None)[FILTER], text)  # type: ignore[arg-type]


def test_frozen_components(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    nlp("Load the weights.")
    before = weights_of(nlp)
    train(nlp, [span_example(nlp, *SPANS[0])], 2, exclude=[TEXTCAT])
    moved = changed(before, weights_of(nlp))
    assert FILTER in moved
    assert TEXTCAT not in moved


@pytest.mark.parametrize(
    ("n_layers", "expected"),
    [(0, set()), (1, {"norm", "block.1"}), (2, {"norm", "block.0", "block.1"})],
)
def test_trainable_layers(n_layers: int, expected: set[str], tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": tiny_source, "trainable_layers": n_layers})
    nlp("Load the weights.")
    before = weights_of(nlp)
    train(nlp, [span_example(nlp, *SPANS[1])], 2)
    moved = changed(before, weights_of(nlp))
    assert {".".join(name.split(".")[: 1 + name.startswith("block")]) for name in moved} == {
        FILTER,
        *expected,
    }


def test_a_head_alone_learns_over_a_network_that_stays(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": tiny_source, "trainable_layers": 0})
    data = [span_example(nlp, *item) for item in SPANS]
    before = nlp.evaluate(data)["privacy_f"]
    train(nlp, data, 60, rate=0.05)
    assert nlp.evaluate(data)["privacy_f"] > max(before, 0.7)


def test_resume_training_after_a_round_trip(tmp_path: Path) -> None:
    nlp = fresh()
    data = examples(nlp)
    nlp.initialize(lambda: data)
    losses = train(nlp, data, 15)
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    expected = outcomes(nlp)
    optimizer = loaded.resume_training()
    assert_close(outcomes(loaded), expected)
    optimizer.learn_rate = 0.01
    for _ in range(30):
        again: dict[str, float] = {}
        loaded.update(data, sgd=optimizer, losses=again)
    assert again[FILTER] < losses[FILTER]
    assert_learned(loaded)
    assert_close(outcomes(nlp), expected)


def test_a_new_label_space_keeps_old_rows(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    nlp("Load the weights.")
    old_tags, old = tagger(nlp).tags.names, tagger(nlp).head.get_param("W").copy()
    data = [span_example(nlp, "My IBAN is DE89 3704.", [(11, 20, "iban")])]
    tagger(nlp).initialize(lambda: data, labels=["iban", "private_person"])
    tags, new = tagger(nlp).tags.names, tagger(nlp).head.get_param("W")
    assert tagger(nlp).labels == ("iban", "private_person")
    for tag, row in zip(tags, new, strict=True):
        if tag in old_tags:
            np.testing.assert_array_equal(row, old[old_tags.index(tag)])
        else:
            assert not row.any()
    names, weights = textcat(nlp).labels, textcat(nlp).head.get_param("W").copy()
    textcat(nlp).initialize(list, labels=["Gossip", *reversed(names)])
    np.testing.assert_array_equal(textcat(nlp).head.get_param("W")[1:], weights[::-1])
    assert sum(nlp("Text").cats.values()) == pytest.approx(1, abs=1e-5)


def test_initialize_keeps_the_labels_of_the_source(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    expected = outcomes(nlp)
    nlp.initialize()
    assert_close(outcomes(nlp), expected)


def test_a_label_is_added_to_what_is_there(tiny_source: str, tmp_path: Path) -> None:
    """As spaCy's users do it: add_label, resume_training, update."""
    nlp = make_nlp(tiny_source)
    old, topics = tagger(nlp).labels, textcat(nlp).labels
    kept = tagger(nlp).tags.ids
    before = tagger(nlp).head.get_param("W")[[kept[f"B-{label}"] for label in old]].copy()
    assert (tagger(nlp).add_label("drug"), textcat(nlp).add_label("Pharmacy")) == (1, 1)
    assert (tagger(nlp).add_label("drug"), textcat(nlp).add_label("Pharmacy")) == (0, 0)
    assert tagger(nlp).labels == (*old, "drug")
    assert textcat(nlp).labels == (*topics, "Pharmacy")
    ids = tagger(nlp).tags.ids
    after = tagger(nlp).head.get_param("W")[[ids[f"B-{label}"] for label in old]]
    np.testing.assert_array_equal(after, before)
    assert "drug" in nlp.vocab.strings
    text = "Take Cortazol twice a day."
    cats = dict.fromkeys(topics, 0.0) | {"Pharmacy": 1.0}
    data = {"entities": [(5, 13, "drug")], "cats": cats}
    optimizer = nlp.resume_training()
    for _ in range(60):
        nlp.update([Example.from_dict(nlp.make_doc(text), data)], sgd=optimizer)
    nlp.to_disk(tmp_path / "nlp")
    for pipeline in (nlp, spacy.load(tmp_path / "nlp")):
        assert exact(pipeline, text) == [(5, 13, "drug")]
        assert max(pipeline(text).cats.items(), key=lambda item: item[1])[0] == "Pharmacy"
        assert tagger(pipeline).labels == (*old, "drug")


def test_initialize_keeps_labels_beside_one_that_was_added(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    old, topics = tagger(nlp).labels, textcat(nlp).labels
    tagger(nlp).add_label("drug")
    textcat(nlp).add_label("Sport")
    data = {"entities": [(5, 13, "drug")], "cats": {"Sport": 1.0}}
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Take Cortazol now."), data)])
    assert tagger(nlp).labels == (*old, "drug")
    assert textcat(nlp).labels == (*topics, "Sport")


@pytest.mark.parametrize("make", [span_example, topic_example])
def test_an_unknown_label_says_where_to_name_it(tiny_source: str, make: Any) -> None:
    nlp = make_nlp(tiny_source)
    gold = [(5, 13, "drug")] if make is span_example else "Computers"
    name = FILTER if make is span_example else TEXTCAT
    match = rf"--initialize\.components\.{name}\.labels.*add_label"
    with pytest.raises(ValueError, match=match):
        nlp.update([make(nlp, "Take Cortazol now.", gold)])


def test_rows_with_a_label_teach_a_smaller_set_of_categories(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, (TEXTCAT,))
    rows = [Row(f"r{i}", "s", text, category=name) for i, (text, name) in enumerate(TWO)]
    data = [Example(nlp.make_doc(doc.text), doc) for doc in to_docs(rows, nlp)]
    textcat(nlp).initialize(lambda: data, labels=["Health", "Sports"])
    train(nlp, data, 40)
    for text, name in TWO:
        assert max(nlp(text).cats.items(), key=lambda item: item[1])[0] == name
    assert set(nlp(TWO[0][0]).cats) == {"Health", "Sports"}
    assert nlp.evaluate(data)["cats_score"] == 1.0


def test_initialize_again_starts_afresh() -> None:
    nlp = fresh()
    data = examples(nlp)
    nlp.initialize(lambda: data)
    train(nlp, data, 3)
    assert tagger(nlp).head.get_param("W").any()
    nlp.initialize(lambda: data)
    assert not tagger(nlp).head.get_param("W").any()
    assert not textcat(nlp).head.get_param("W").any()


def test_a_checkpoint_to_start_from(tmp_path: Path) -> None:
    """A fresh network gets its values, and heads of its own; other sizes are refused."""
    old = fresh((FILTER,))
    data = examples(old)
    old.initialize(lambda: data)
    train(old, data, 3)
    tagger(old).network.save(tmp_path / "old")
    nlp = fresh((FILTER,))
    tagger(nlp).initialize(lambda: data, start=str(tmp_path / "old"))
    assert not tagger(nlp).head.get_param("W").any()
    wanted = tagger(old).network.shim.tensors()
    for name, tensor in tagger(nlp).network.shim.tensors().items():
        np.testing.assert_array_equal(tensor.to_float32(), wanted[name].to_float32())
    with pytest.raises(ValueError, match=r"another .*n_layers.*width"):
        tagger(nlp).initialize(lambda: data, start="shipped")
    small = spacy.blank("xx")
    small.add_pipe(FILTER)
    with pytest.raises(ValueError, match="Give one of the two"):
        tagger(small).initialize(lambda: data, start="shipped")


def test_categories_that_do_not_exclude_each_other() -> None:
    nlp = fresh((TEXTCAT,), exclusive=False)
    rows = [("red and round", {"red": 1.0, "round": 1.0}), ("blue and flat", {"red": 0.0})]
    data = [Example.from_dict(nlp.make_doc(text), {"cats": cats}) for text, cats in rows]
    nlp.initialize(lambda: data)
    train(nlp, data, 30)
    assert nlp(rows[0][0]).cats == pytest.approx({"red": 1, "round": 1}, abs=0.2)
    assert nlp(rows[1][0]).cats["red"] < 0.2


def test_training_in_bfloat16_is_refused(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": tiny_source, "dtype": "bfloat16"})
    with pytest.raises(ValueError, match="Training needs dtype = 'float32'"):
        nlp.update([span_example(nlp, *SPANS[0])])
