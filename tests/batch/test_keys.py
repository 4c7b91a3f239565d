"""Another key for encrypted files, found in folders."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from spacy_privacy_filter.batch.keys import change_keys_in
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import load_policy
from spacy_privacy_filter.redact.secrets.vault import load_mappings, save_mappings

from ..finding import spans_of

OLD, NEW = b"the old key of 16 bytes or more", b"the new key of 16 bytes or more"


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    done = redact("Ada", spans_of("Ada"), load_policy("mask"))
    for name in ("a.map", "below/b.map"):
        (tmp_path / "maps" / name).parent.mkdir(exist_ok=True, parents=True)
        save_mappings(tmp_path / "maps" / name, {"": done.mapping}, OLD)
    (tmp_path / "maps" / "notes.txt").write_text("not ours")
    return tmp_path / "maps"


def test_all_below_a_folder_once(maps: Path) -> None:
    changed, before = change_keys_in([maps, maps / "a.map"], OLD, NEW)
    assert changed == [maps / "a.map", maps / "below" / "b.map"]
    assert not before
    assert load_mappings(maps / "a.map", NEW)[""].restore("[PRIVATE_PERSON]") == "Ada"
    assert change_keys_in([maps], OLD, NEW) == ([], changed)
    assert (maps / "notes.txt").read_text() == "not ours"


def test_a_folder_without_any_is_refused(maps: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no map or corpus file"):
        change_keys_in([maps, tmp_path / "empty"], OLD, NEW)
    assert load_mappings(maps / "a.map", OLD), "nothing was changed"
