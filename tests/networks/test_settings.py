"""Which framework runs a network: what is installed and suits the machine, or a clear error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks import settings as backends_module
from spacy_privacy_filter.networks.network import Network
from spacy_privacy_filter.networks.settings import check_settings
from spacy_privacy_filter.settings import NetworkSettings

from .helpers import network_from

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


@pytest.mark.parametrize("backend", ["auto", "torch", "mlx"])
def test_no_backend_installed(folder: Path, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends_module, "has", lambda name: False)
    monkeypatch.setattr(backends_module, "is_apple_silicon", lambda: False)
    extra = "torch" if backend == "auto" else backend
    with pytest.raises(ImportError, match=rf"{extra}.*spacy-privacy-filter\[{extra}\]"):
        network_from(folder, backend=backend).load()


@pytest.mark.parametrize(
    ("apple", "there", "chosen", "why"),
    [
        (True, {"mlx", "torch"}, "mlx", "Apple silicon"),
        (True, {"torch"}, "torch", "MLX is not"),
        (True, set(), "mlx", "no backend is installed"),
        (False, {"mlx", "torch"}, "torch", "not Apple silicon"),
        (False, {"mlx"}, "mlx", "PyTorch is not"),
        (False, set(), "torch", "no backend is installed"),
    ],
)
def test_auto_takes_what_suits_the_machine(
    apple: bool, there: set[str], chosen: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends_module, "has", lambda name: name in there)
    monkeypatch.setattr(backends_module, "is_apple_silicon", lambda: apple)
    assert backends_module.choose_backend()[0] == chosen
    assert why in backends_module.choose_backend()[1]
    if there:
        assert backends_module.pick_backend("auto") == chosen


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"backend": "abacus"}, "Unknown backend 'abacus'.*torch"),
        ({"dtype": "float8"}, "Unknown dtype 'float8'.*bfloat16"),
        ({"dtype": "int4", "backend": "torch"}, "Unknown dtype 'int4'.*bfloat16, int8"),
        ({"dtype": "int2", "backend": "onnx"}, "Unknown dtype 'int2'.*float16, int4"),
        ({"window": 0}, "window must be a whole number of at least 1, but is 0"),
        ({"window": 1.5}, "window must be a whole number of at least 1, but is 1.5"),
        ({"batch_pieces": True}, "batch_pieces must be.*but is True"),
    ],
)
def test_bad_settings_say_what_is_allowed(setting: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_settings(NetworkSettings(**setting))
    with pytest.raises(ValueError, match=message):
        Network().configure(**setting)
