"""Where weights come from: what is no source is named."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.architectures import build_backbone_v1
from spacy_privacy_filter.networks.network import network_of
from spacy_privacy_filter.networks.source import Source

from ..helpers import PATIENCE
from .helpers import SIZES, TAGS, network_from

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


def test_a_file_is_no_source(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"is a file\. Give the folder"):
        network_from(folder / "network.json").load()


@pytest.mark.parametrize("source", ["nowhere", "a/b/c", "./nothing here", "https://example.org/a"])
def test_an_unknown_source(source: str) -> None:
    network = network_of(build_backbone_v1())
    network.configure(source=source)
    with pytest.raises(FileNotFoundError, match="no folder here, and not the id") as error:
        network.load()
    assert repr(source) in str(error.value)


def test_a_hub_id_without_the_hub(tmp_path: Path) -> None:
    code = """
        from spacy_privacy_filter.networks.network import Network
        network = Network()
        network.configure(source="nobody/no-such-filter")
        try:
            network.load()
        except FileNotFoundError as error:
            assert "nobody/no-such-filter" in str(error), error
            assert "give its path" in str(error), error
        else:
            raise SystemExit("no error")
    """
    env = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    subprocess.run(command, check=True, env=env, timeout=PATIENCE)


def test_settings_are_checked_and_kept_apart(folder: Path) -> None:
    first = Source()
    second = first.changed({"source": str(folder), "window": 7})
    assert (first.settings.source, second.settings.window) == (None, 7)
    assert second.find() == folder
    with pytest.raises(ValueError, match="Unknown backend 'abacus'"):
        second.changed({"backend": "abacus"})


def test_peeking_reads_no_weights_and_raises_nothing(folder: Path, tmp_path: Path) -> None:
    source = Source().changed({"source": str(folder)})
    head = source.peek()
    assert head is not None
    assert (head.config, head.tags, head.tensors) == (SIZES, TAGS, {})
    assert source.peek() is head
    for nothing in (tmp_path, tmp_path / "nowhere"):
        assert Source().changed({"source": str(nothing)}).peek() is None
