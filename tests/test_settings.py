"""Settings of a network: what is refused before anything is loaded."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
import spacy

from spacy_privacy_filter.settings import NetworkSettings

from .helpers import FILTER


@pytest.mark.parametrize("device", ["meta", "meta:0"])
def test_a_device_without_numbers(tiny_source: str, device: str) -> None:
    with pytest.raises(ValueError, match="holds shapes and no numbers"):
        spacy.blank("en").add_pipe(FILTER, config={"source": tiny_source, "device": device})


@pytest.mark.parametrize("name", ["window", "batch_pieces"])
@pytest.mark.parametrize("value", [0, -1, 2.5, True, "4"])
def test_sizes_are_whole_numbers(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{name} must be a whole number of at least 1, but is"):
        NetworkSettings(**{name: value})


def test_a_setting_stays_what_it_is() -> None:
    """Components share a network because its settings are the same, so nobody may change them."""
    settings = NetworkSettings(device="cuda:1")
    assert settings == NetworkSettings(device="cuda:1") != NetworkSettings()
    with pytest.raises(FrozenInstanceError):
        settings.device = "cpu"  # type: ignore[misc]
