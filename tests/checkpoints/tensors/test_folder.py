"""Files of a folder that strangers made: JSON is read within bounds, links stay inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint

from ..rare_sizes import CONFIG, NETWORK, WEIGHTS, make


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"3", b"\xff", b'{"a": NaN}', b'{"a": 1, "a": 1}', b"[" * 10**5]
)
@pytest.mark.parametrize("name", [CONFIG, NETWORK, "viterbi_calibration.json"])
def test_broken_json(tmp_path: Path, name: str, raw: bytes) -> None:
    write_checkpoint(tmp_path, make(), "native" if name == NETWORK else "huggingface")
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ValueError, match=name):
        read_checkpoint(tmp_path)


def test_long_json_is_refused_unread(huggingface: Path) -> None:
    with (huggingface / CONFIG).open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ValueError, match="longer than"):
        read_checkpoint(huggingface)


def test_links_out_of_the_folder(huggingface: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in (CONFIG, WEIGHTS):
        (inner / name).symlink_to(huggingface / name)
    with pytest.raises(ValueError, match="leads out"):
        read_checkpoint(inner)
