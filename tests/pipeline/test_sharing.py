"""Two components, one network: in memory, in passes and on disk, whatever becomes of them."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
import spacy
from spacy.language import Language

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig

from ..helpers import (
    FILTER,
    SIZES,
    TEXTCAT,
    TEXTS,
    assert_close,
    change_weights,
    count_passes,
    make_nlp,
    outcomes,
    tagger,
    textcat,
    write_source,
)

ORDERS = [(FILTER, TEXTCAT), (TEXTCAT, FILTER)]
both_orders = pytest.mark.parametrize("order", ORDERS)


def weight_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.safetensors"))


def reload(nlp: Language, folder: Path, **kwargs: Any) -> Language:
    nlp.to_disk(folder)
    return spacy.load(folder, **kwargs)


@pytest.fixture
def nlp(tiny_source: str) -> Language:
    """Both components over one network whose weights are nowhere on disk."""
    made = make_nlp(tiny_source)
    change_weights(made)
    return made


class TestPasses:
    @both_orders
    @pytest.mark.parametrize("used", [False, True])
    def test_one_for_each_document(
        self, order: tuple[str, ...], used: bool, tiny_source: str
    ) -> None:
        nlp = make_nlp(tiny_source, order)
        assert tagger(nlp).network is textcat(nlp).network
        if used:
            nlp("Warm up.")
        texts = [text for text in TEXTS if text]
        with count_passes(tagger(nlp).network) as rows:
            for text in texts:
                nlp(text)
            assert len(rows) == len(texts)
            list(nlp.pipe(texts))
            assert sum(rows[len(texts) :]) == sum(rows[: len(texts)])

    def test_a_textcat_alone(self, tiny_source: str) -> None:
        nlp = make_nlp(tiny_source, [TEXTCAT])
        with count_passes(textcat(nlp).network) as rows:
            cats = nlp(TEXTS[0]).cats
        assert len(rows) == 1
        assert cats == make_nlp(tiny_source)(TEXTS[0]).cats

    @both_orders
    def test_again_after_an_update(self, order: tuple[str, ...], tiny_source: str) -> None:
        nlp = make_nlp(tiny_source, order)
        doc = nlp(TEXTS[0])
        before = dict(doc.cats)
        change_weights(nlp)
        with count_passes(tagger(nlp).network) as rows:
            nlp(doc)
        assert len(rows) == 1
        assert doc.cats != before
        assert doc.cats == nlp(TEXTS[0]).cats
        assert doc._.privacy_spans == nlp(TEXTS[0])._.privacy_spans

    @both_orders
    def test_nothing_is_kept_of_documents_that_are_gone(
        self, order: tuple[str, ...], tiny_source: str
    ) -> None:
        nlp = make_nlp(tiny_source, order)
        docs = list(nlp.pipe(TEXTS))
        network = tagger(nlp).network
        assert len(network._outputs) == len(docs)
        kept = list(network._outputs._kept.values())
        assert not any(one.logits or one.pieces for one in kept)
        gone = ref(docs[0])
        del docs, kept
        gc.collect()
        assert gone() is None
        assert not len(network._outputs)

    def test_a_filter_that_is_gone_takes_no_part(self, tiny_source: str) -> None:
        nlp = make_nlp(tiny_source, (TEXTCAT, FILTER))
        nlp("Warm up.")
        assert list(textcat(nlp).network._heads) == [tagger(nlp).head]
        assert textcat(nlp).network.has_heads
        nlp.remove_pipe(FILTER)
        gc.collect()
        assert not textcat(nlp).network.has_heads


def make_nlp_order(nlp: Language, order: tuple[str, ...]) -> Language:
    made = spacy.blank("en")
    for name in order:
        made.add_pipe(name, source=nlp)
    return made


class TestPipelines:
    """Whatever is done to a pipeline, what is left gives the same, also after a round trip."""

    @pytest.mark.parametrize("name", [FILTER, TEXTCAT])
    @pytest.mark.parametrize("how", ["disable", "remove", "exclude", "leave out"])
    def test_one_of_two(self, name: str, how: str, nlp: Language, tmp_path: Path) -> None:
        whole = outcomes(nlp)
        if how == "disable":
            with nlp.select_pipes(disable=[name]):
                rest = outcomes(nlp)
                again = outcomes(reload(nlp, tmp_path))
            assert_close(outcomes(nlp), whole)
        elif how == "remove":
            nlp.remove_pipe(name)
            rest = outcomes(nlp)
            again = outcomes(reload(nlp, tmp_path))
            assert len(weight_files(tmp_path)) == 1
        elif how == "exclude":
            again = rest = outcomes(reload(nlp, tmp_path, exclude=[name]))
        else:
            nlp.to_disk(tmp_path, exclude=[name])
            assert len(weight_files(tmp_path)) == 1
            again = rest = outcomes(spacy.load(tmp_path, exclude=[name]))
        keep, drop = ("cats", "exact") if name == FILTER else ("exact", "cats")
        assert not any(row[drop] for row in rest)
        for row, full in zip(rest, whole, strict=True):
            assert [str(x) for x in row[keep]] == [str(x) for x in full[keep]]
        assert_close(again, rest)

    def test_what_is_left_is_saved_again(self, nlp: Language, tmp_path: Path) -> None:
        loaded = reload(nlp, tmp_path / "a", exclude=[FILTER])
        expected = outcomes(loaded)
        assert_close(outcomes(reload(loaded, tmp_path / "b")), expected)

    @both_orders
    def test_rename(self, order: tuple[str, ...], tiny_source: str, tmp_path: Path) -> None:
        nlp = make_nlp(tiny_source, order)
        change_weights(nlp)
        expected = outcomes(nlp)
        nlp.rename_pipe(FILTER, "pii")
        nlp.rename_pipe(TEXTCAT, "topics")
        assert_close(outcomes(nlp), expected)
        loaded = reload(nlp, tmp_path)
        assert loaded.get_pipe("pii").network is loaded.get_pipe("topics").network  # type: ignore[attr-defined]
        assert_close(outcomes(loaded), expected)

    def test_names_that_changed_hands(
        self, tiny_source: str, other_source: str, tmp_path: Path
    ) -> None:
        nlp = make_nlp(tiny_source, [FILTER])
        nlp.rename_pipe(FILTER, "first")
        nlp.add_pipe(FILTER, config={"source": other_source, "spans_key": "second"})
        change_weights(nlp)
        expected = outcomes(nlp)
        loaded = reload(nlp, tmp_path)
        assert_close(outcomes(loaded), expected)
        assert_close(outcomes(loaded.from_bytes(nlp.to_bytes())), expected)
        assert loaded.get_pipe("first").network is not tagger(loaded).network  # type: ignore[attr-defined]

    @pytest.mark.parametrize("names", [(FILTER, TEXTCAT), (TEXTCAT, FILTER), (FILTER,), (TEXTCAT,)])
    def test_source_of_another_pipeline(
        self, names: tuple[str, ...], nlp: Language, tmp_path: Path
    ) -> None:
        other = make_nlp_order(nlp, names)
        expected = outcomes(other)
        assert any(row["exact"] or row["cats"] for row in expected)
        loaded = reload(other, tmp_path)
        assert_close(outcomes(loaded), expected)
        assert len(weight_files(tmp_path)) == 1
        with count_passes(loaded.get_pipe(names[0]).network) as rows:  # type: ignore[attr-defined]
            loaded(TEXTS[0])
        assert len(rows) == 1

    def test_components_of_two_pipelines(
        self, nlp: Language, tiny_source: str, tmp_path: Path
    ) -> None:
        # Their configs say that they share; their weights say that they do not.
        other = make_nlp(tiny_source)
        change_weights(other, seed=9)
        for order in ORDERS:
            mixed = spacy.blank("en")
            for name in order:
                mixed.add_pipe(name, source=nlp if name == FILTER else other)
            expected = outcomes(mixed)
            loaded = reload(mixed, tmp_path / order[0])
            assert_close(outcomes(loaded), expected)
            assert len(weight_files(tmp_path / order[0])) == 2
            fresh = make_nlp(tiny_source, order).from_bytes(mixed.to_bytes())
            assert_close(outcomes(fresh), expected)

    @both_orders
    def test_networks_of_different_sizes(
        self, order: tuple[str, ...], tiny_source: str, tmp_path: Path
    ) -> None:
        wide = make_nlp(write_source(tmp_path / "wide", width=64))
        mixed = spacy.blank("en")
        for name in order:
            mixed.add_pipe(name, source=wide if name == FILTER else make_nlp(tiny_source))
        expected = outcomes(mixed)
        assert_close(outcomes(reload(mixed, tmp_path / "nlp")), expected)

    @both_orders
    def test_two_sources_stay_two_networks(
        self, order: tuple[str, ...], tiny_source: str, other_source: str, tmp_path: Path
    ) -> None:
        nlp = spacy.blank("en")
        for name, source in zip(order, (tiny_source, other_source), strict=True):
            nlp.add_pipe(name, config={"source": source})
        change_weights(nlp)
        expected = outcomes(nlp)
        loaded = reload(nlp, tmp_path)
        assert tagger(loaded).network is not textcat(loaded).network
        assert_close(outcomes(loaded), expected)
        assert_close(outcomes(reload(loaded, tmp_path / "again")), expected)

    def test_replace(self, nlp: Language, tiny_source: str, other_source: str) -> None:
        cats = [row["cats"] for row in outcomes(nlp)]
        nlp.replace_pipe(FILTER, FILTER)
        assert tagger(nlp).network is textcat(nlp).network
        nlp.replace_pipe(FILTER, FILTER, config={"source": other_source})
        assert tagger(nlp).network is not textcat(nlp).network
        assert nlp.pipe_names == [FILTER, TEXTCAT]
        assert [row["cats"] for row in outcomes(nlp)] == cats

    def test_settings_that_conflict(self, tiny_source: str) -> None:
        nlp = make_nlp(tiny_source, [FILTER])
        with pytest.raises(ValueError, match=r"window = 4096.*cannot have window = 99"):
            nlp.add_pipe(TEXTCAT, config={"window": 99})
        assert nlp.pipe_names == [FILTER]
        nlp.add_pipe(TEXTCAT, config={"window": 99, "source": tiny_source + "/"})

    def test_sizes_of_its_own(self, tiny_source: str) -> None:
        nlp = make_nlp(tiny_source, [FILTER])
        nlp.add_pipe(TEXTCAT, config={"model": {"backbone": {"network": SIZES}}})
        assert textcat(nlp).network is not tagger(nlp).network
        assert textcat(nlp).network.sizes == NetworkConfig(**SIZES)


class TestFolders:
    @both_orders
    def test_weights_lie_on_disk_once(
        self, order: tuple[str, ...], tiny_source: str, tmp_path: Path
    ) -> None:
        nlp = make_nlp(tiny_source, order)
        fresh = reload(nlp, tmp_path / "fresh")  # before anything is loaded
        assert len(weight_files(tmp_path / "fresh")) == 1
        assert tagger(fresh).network is textcat(fresh).network
        assert_close(outcomes(fresh), outcomes(nlp))
        change_weights(nlp)
        loaded = reload(nlp, tmp_path / "changed")
        assert len(weight_files(tmp_path / "changed")) == 1
        assert tagger(loaded).network is textcat(loaded).network
        assert_close(outcomes(loaded), outcomes(nlp))

    def test_saving_twice_into_one_folder(self, nlp: Language, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path)
        change_weights(nlp)
        assert_close(outcomes(reload(nlp, tmp_path)), outcomes(nlp))
        for order in [*ORDERS, *ORDERS]:
            change_weights(nlp)  # else the copy that is there is used again
            turned = make_nlp_order(nlp, order)
            assert_close(outcomes(reload(turned, tmp_path)), outcomes(nlp))
            assert len(weight_files(tmp_path)) == 1

    def test_saving_over_what_was_loaded(self, nlp: Language, tmp_path: Path) -> None:
        loaded = reload(nlp, tmp_path)
        expected = outcomes(loaded)
        assert_close(outcomes(reload(loaded, tmp_path)), expected)
        assert_close(outcomes(reload(make_nlp_order(loaded, ORDERS[1]), tmp_path)), expected)
        change_weights(loaded)
        assert_close(outcomes(reload(loaded, tmp_path)), outcomes(loaded))

    def test_two_pipelines_take_turns_in_one_folder(
        self, nlp: Language, other_source: str, tmp_path: Path
    ) -> None:
        nlp.to_disk(tmp_path)
        make_nlp(other_source).to_disk(tmp_path)
        nlp.to_disk(tmp_path, exclude=[FILTER])
        expected = [row["cats"] for row in outcomes(nlp)]
        loaded = spacy.load(tmp_path, exclude=[FILTER])
        assert [list(row["cats"]) for row in outcomes(loaded)] == [list(c) for c in expected]
        assert outcomes(loaded)[0]["cats"] == pytest.approx(expected[0], abs=1e-5)

    def test_a_folder_may_move(self, nlp: Language, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path / "a")
        shutil.move(tmp_path / "a", tmp_path / "b")
        loaded = spacy.load(tmp_path / "b")
        assert_close(outcomes(loaded), outcomes(nlp))
        shutil.move(tmp_path / "b", tmp_path / "c")
        assert_close(outcomes(reload(loaded, tmp_path / "d")), outcomes(nlp))
        nlp.to_disk(tmp_path / "a")
        assert_close(outcomes(spacy.load(tmp_path / "a")), outcomes(nlp))


def test_the_shipped_network_beside_another(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, [FILTER])
    config = {"source": "shipped", "spans_key": "other"}
    nlp.add_pipe(FILTER, name="second", config=config)
    second = nlp.get_pipe("second")
    assert second.network is not tagger(nlp).network  # type: ignore[attr-defined]
    ours, alone = nlp(TEXTS[0]), load()(TEXTS[0])
    assert alone.spans[FILTER]
    for key, expected in (("other", alone.spans[FILTER]),):
        found = [(span.start_char, span.end_char, span.label_) for span in ours.spans[key]]
        assert found == [(span.start_char, span.end_char, span.label_) for span in expected]


def test_the_shipped_network_is_shared_under_either_name() -> None:
    for first, then in ((None, "shipped"), ("shipped", None), ("shipped", "shipped")):
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"source": first})
        nlp.add_pipe(TEXTCAT, config={"source": then})
        assert tagger(nlp).network is textcat(nlp).network
