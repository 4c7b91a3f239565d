"""What a config may name: rates are checked, and nothing runs alone."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.architectures import build_backbone_v1
from spacy_privacy_filter.networks.network import network_of

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


@pytest.mark.parametrize("name", ["router_balance", "embedding_rate"])
def test_rates_below_zero_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 0, but is -1"):
        build_backbone_v1(**{name: -1.0})


def test_sizes_are_checked_by_name() -> None:
    assert network_of(build_backbone_v1(network={"width": 8})).sizes == NetworkConfig(width=8)
    assert network_of(build_backbone_v1()).sizes is None
    with pytest.raises(ValueError, match=r"Unknown network setting.*depth"):
        build_backbone_v1(network={"depth": 8})


def test_a_backbone_does_not_run_alone() -> None:
    with pytest.raises(TypeError, match=r"Network\.read and Network\.start_update"):
        build_backbone_v1().predict([])
