"""Vectors computed once: those of the pipeline, and back as they were written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy

from spacy_privacy_filter.training.features import (
    Features,
    compute_features,
    read_features,
    write_features,
)

from ..helpers import TEXTCAT, TEXTS, assert_near, count_passes, make_nlp, write_source


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_source(tmp_path_factory.mktemp("source") / "net")


def make_features(**changes: object) -> Features:
    rng = np.random.default_rng(0)
    pooled = rng.standard_normal((40, 6)).astype("f")
    targets = np.eye(4, dtype="f")[pooled[:, :4].argmax(axis=1)]
    values = {
        "ids": tuple(map(str, range(40))),
        "pooled": pooled,
        "targets": targets,
        "categories": tuple("abcd"),
        "backbone": "net",
        "data": "corpus",
    }
    return Features(**(values | changes))  # type: ignore[arg-type]


def test_features_come_back_as_they_were_written(tmp_path: Path) -> None:
    features = make_features(ids=("é\n", "", *map(str, range(38))))
    features.targets[3, 1] = np.nan
    write_features(tmp_path / "deep" / "f.safetensors", features)
    found = read_features(tmp_path / "deep" / "f.safetensors")
    assert (found.ids, found.categories) == (features.ids, features.categories)
    assert (found.backbone, found.data) == ("net", "corpus")
    np.testing.assert_array_equal(found.pooled, features.pooled)
    np.testing.assert_array_equal(found.targets, features.targets)


def test_another_file_is_no_features(source: str) -> None:
    with pytest.raises(ValueError, match="holds no features"):
        read_features(Path(source) / "model.safetensors")


def test_vectors_are_those_of_the_pipeline_and_batches_do_not_matter(source: str) -> None:
    nlp = make_nlp(source)
    docs = [nlp.make_doc(text) for text in TEXTS]
    for doc in docs[:-1]:
        doc.cats = {"x": 1.0, "y": 0.0}
    one = compute_features(nlp, docs, data="d", batch_docs=1)
    many = compute_features(nlp, docs, data="d")
    assert one.ids == tuple(map(str, range(len(TEXTS) - 1)))
    assert_near(one.pooled, many.pooled, 16)
    pipe = nlp.get_pipe(TEXTCAT)
    pipe.predict(docs)
    with count_passes(pipe.network) as rows:
        (kept,) = pipe.network.pool(docs[:1])
    assert not rows  # it has just been read
    assert_near(kept, one.pooled[0], 16)
    with pytest.raises(ValueError, match="No document of the corpus has categories"):
        compute_features(nlp, [nlp.make_doc("x")], data="d")
    with pytest.raises(ValueError, match="no component of this package"):
        compute_features(spacy.blank("en"), docs, data="d")
