"""What every test may ask for: tiny sizes, a seeded generator, and the two switches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from thinc.api import fix_random_seed

from spacy_privacy_filter.checkpoints.formats import tokenizer_files
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.compat import has

from .checkpoints.claims import (  # noqa: F401 - hooks that make the README's table of formats
    pytest_runtest_logreport,
    pytest_runtest_makereport,
    pytest_sessionfinish,
)
from .helpers import SIZES, write_source

SEED = 20260

# The same examples on every run and machine: a failure seen once can be seen again.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run tests marked slow")
    parser.addoption("--network", action="store_true", help="also run tests that need the hub")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--network"):
        # Read when huggingface_hub is first imported; sub-processes inherit it.
        os.environ["HF_HUB_OFFLINE"] = "1"
    if has("torch"):
        import torch

        # Sums in one order, so that results repeat; and two test processes do not fight for cores.
        torch.set_num_threads(1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for name in ("slow", "network"):
        if config.getoption(f"--{name}"):
            continue
        for item in items:
            if name in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"needs --{name}"))


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator that gives each test the same numbers on every run."""
    return np.random.default_rng(SEED)


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package remembers for a user is none of the user's who runs tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture(autouse=True)
def _seed() -> None:
    """Backends draw initial weights from global states, torch's or numpy's: set them first."""
    fix_random_seed(SEED)


@pytest.fixture(scope="session", autouse=True)
def _one_tokenizer() -> Iterator[None]:
    """Most converted checkpoints hold a tokenizer.json, always the same: make it once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer_files, "make_tokenizer", cache(tokenizer_files.make_tokenizer))
        yield


@pytest.fixture(scope="session")
def tiny_config() -> NetworkConfig:
    """The network, small enough for a test. Its embedding (200,064 x 32 in fp32) takes 25 MB."""
    return NetworkConfig(**SIZES)


@pytest.fixture(scope="session")
def tiny_source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a network of random weights and both heads. Tests do not change it."""
    return write_source(tmp_path_factory.mktemp("tiny") / "source")


@pytest.fixture(scope="session")
def other_source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same with other weights."""
    return write_source(tmp_path_factory.mktemp("tiny") / "other", seed=2)
