"""Backends with random weights, a packed batch, and a checkpoint on disk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.networks.network import Network
from spacy_privacy_filter.types import Ints1d, PackedBatch

from .helpers import (
    SIZES,
    make_head,
    network_from,
    pack_whole,
    random_ids,
    random_tensors,
    write_folder,
)
from .suite import BACKENDS, TRAINERS, make


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    if request.node.get_closest_marker("trains") and request.param not in TRAINERS:
        pytest.skip(f"{request.param} runs networks and does not train them")
    return str(request.param)


@pytest.fixture
def shim(backend: str) -> Any:
    return make(backend, random_tensors(SIZES))


@pytest.fixture
def ids(rng: np.random.Generator) -> list[Ints1d]:
    return random_ids(rng, [7, 1, 30, 12], SIZES.vocab_size)


@pytest.fixture
def batch(ids: list[Ints1d]) -> PackedBatch:
    return pack_whole(ids)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def network(folder: Path) -> Network:
    loaded = network_from(folder)
    loaded.load()
    return loaded


@pytest.fixture(scope="module")
def head() -> Any:
    return make_head()


@pytest.fixture
def damaged(folder: Path, tmp_path: Path) -> Path:
    """A copy of the checkpoint, to be damaged."""
    return Path(shutil.copytree(folder, tmp_path / "damaged"))
