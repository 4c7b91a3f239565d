"""A fresh head on vectors: it fits, repeats, and refuses what does not go together."""

from __future__ import annotations

import numpy as np
import pytest

from spacy_privacy_filter.training.features import Features, check_fresh
from spacy_privacy_filter.training.head import HeadSettings, accuracy, fit_head, is_exclusive


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


def test_a_head_fits_and_repeats() -> None:
    features = make_features()
    settings = HeadSettings(epochs=150, learn_rate=0.05, batch_size=8)
    losses: list[float] = []
    head = fit_head(features, settings, on_epoch=lambda epoch: losses.append(epoch.loss))
    assert accuracy(head, features, True) == 1.0
    assert losses[-1] < 0.5 * losses[0]
    np.testing.assert_array_equal(head.weight, fit_head(features, settings).weight)


def test_few_documents_are_read_more_often() -> None:
    """Ten epochs of a hundred thousand documents teach a head; ten of sixty do not."""
    assert HeadSettings.for_documents(100_000, None) == HeadSettings(epochs=10)
    assert HeadSettings.for_documents(60, None).epochs == 1000
    assert HeadSettings.for_documents(60, 3, batch_size=8) == HeadSettings(epochs=3, batch_size=8)
    features = make_features()
    few = fit_head(features, HeadSettings())
    more = fit_head(features, HeadSettings.for_documents(len(features), None))
    assert accuracy(more, features, True) > 0.9 > accuracy(few, features, True)


def test_scale_of_the_vectors_does_not_matter() -> None:
    features = make_features()
    shifted = make_features(pooled=features.pooled * 50 + 300)
    settings = HeadSettings(epochs=20)
    plain, moved = fit_head(features, settings), fit_head(shifted, settings)
    np.testing.assert_allclose(moved(shifted.pooled), plain(features.pooled), atol=2e-3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"categories": ("a",), "targets": np.ones((40, 1), "f")}, "at least 2"),
        ({"targets": np.ones((40, 4), "f")}, "40 documents differ, the first with the id '0'"),
    ],
)
def test_bad_targets_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_head(make_features(**changes), HeadSettings())


def test_exclusive_is_seen_in_the_data() -> None:
    assert is_exclusive(make_features())
    assert not is_exclusive(make_features(targets=np.ones((40, 4), "f")))
    half = np.full((40, 4), 0.25, "f")
    assert not is_exclusive(make_features(targets=half))


def test_dev_features_must_fit() -> None:
    features = make_features()
    with pytest.raises(ValueError, match="another backbone"):
        fit_head(features, HeadSettings(), make_features(backbone="other"))
    with pytest.raises(ValueError, match="lack"):
        fit_head(features, HeadSettings(), make_features(categories=tuple("abcx")))
    with pytest.raises(ValueError, match="stale"):
        check_fresh(features, backbone="other")
    check_fresh(features, backbone="net", data="corpus")


@pytest.mark.parametrize("setting", [{"epochs": 0}, {"batch_size": 0}, {"learn_rate": 0.0}])
def test_bad_settings_are_refused(setting: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(setting))):
        HeadSettings(**setting)  # type: ignore[arg-type]
