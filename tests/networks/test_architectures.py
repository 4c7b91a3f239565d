"""What a config may name: rates are checked, and nothing runs alone."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.architectures import build_backbone_v1

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


@pytest.mark.parametrize("name", ["router_balance", "embedding_rate"])
def test_rates_below_zero_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 0, but is -1"):
        build_backbone_v1(**{name: -1.0})
