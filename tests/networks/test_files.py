"""Weights are written as they were stored while they are the same, and known by their mark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.archive import bytes_to_folder
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.files import read_packed
from spacy_privacy_filter.networks.network import Network

from .helpers import SIZES, network_from

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


@pytest.fixture
def loaded(folder: Path) -> Network:
    network = network_from(folder)
    network.load()
    return network


def change(network: Network) -> None:
    scale = StoredTensor.from_float32(np.full(SIZES.width, 2.0, "f"))
    network.shim.load_tensors({"norm.scale": scale})


def test_unchanged_weights_are_copied_byte_for_byte(
    loaded: Network, folder: Path, tmp_path: Path
) -> None:
    mark = loaded.fingerprint
    assert mark == read_checkpoint(folder).fingerprint
    loaded.save(tmp_path / "a")
    saved = (tmp_path / "a" / "model.safetensors").read_bytes()
    assert saved == (folder / "model.safetensors").read_bytes()
    assert loaded.fingerprint == mark
    assert read_packed(loaded.pack()).fingerprint == mark


def test_changed_weights_have_another_mark(loaded: Network, tmp_path: Path) -> None:
    before = loaded.fingerprint
    change(loaded)
    assert loaded.fingerprint == ""
    loaded.save(tmp_path / "a")
    found = read_checkpoint(tmp_path / "a")
    assert found.fingerprint == loaded.fingerprint != before
    assert found.tensors["norm.scale"].to_float32().tolist() == [2.0] * SIZES.width
    assert loaded.folder is None


def test_another_component_of_the_pipeline_finds_what_was_written(
    loaded: Network, tmp_path: Path
) -> None:
    assert loaded.saved_beside(tmp_path / "pipeline" / "second") == (None, "")
    loaded.save(tmp_path / "pipeline" / "first" / "network")
    name, mark = loaded.saved_beside(tmp_path / "pipeline" / "second")
    assert (name, mark) == ("first", loaded.fingerprint)
    assert loaded.saved_beside(tmp_path / "elsewhere" / "second")[0] is None
    assert loaded.saved_beside(tmp_path / "pipeline" / "first")[0] is None
    change(loaded)
    assert loaded.saved_beside(tmp_path / "pipeline" / "second") == (None, "")


def test_bytes_that_are_no_network_are_refused(tmp_path: Path, loaded: Network) -> None:
    with pytest.raises(ValueError, match="hold no network"):
        read_packed(b"\x03")
    (tmp_path / "out").mkdir()
    bytes_to_folder(loaded.pack(), tmp_path / "out")
    loaded.remove(tmp_path / "out")
    loaded.remove(tmp_path / "nowhere")
    assert not (tmp_path / "out" / "model.safetensors").exists()
