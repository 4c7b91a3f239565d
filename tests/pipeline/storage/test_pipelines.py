"""A saved pipeline: what its components share, and a copy with its networks written anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import spacy

from spacy_privacy_filter.pipeline.storage.pipelines import (
    check_output,
    copy_with_networks,
    find_saved_network,
    open_pipeline,
)

from ...helpers import FILTER, TEXTCAT, make_nlp, tagger


@pytest.fixture(scope="module")
def saved(tiny_source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two components, of which the first has the network. Tests do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "nlp"
    make_nlp(tiny_source).to_disk(folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "nlp"))


def test_the_head_and_the_network_that_it_reads_are_found(saved: Path) -> None:
    found = open_pipeline(saved)
    assert (found.name, found.exists, found.peer) == (TEXTCAT, True, FILTER)
    assert (found.place, found.threshold, found.exclusive) == (saved / TEXTCAT, 0.5, True)
    assert (FILTER, found.backbone) == find_saved_network(saved, FILTER)
    assert found.backbone == tagger(spacy.load(saved)).network.fingerprint


def test_a_head_may_be_new(saved: Path, folder: Path) -> None:
    shutil.rmtree(folder / TEXTCAT)
    nlp = spacy.load(saved, exclude=[TEXTCAT])
    nlp.to_disk(folder)
    found = open_pipeline(folder, "topics")
    assert (found.name, found.exists, found.exclusive) == ("topics", False, None)
    for name in ("vocab", FILTER, "../other"):
        with pytest.raises(ValueError, match="Choose another --name"):
            open_pipeline(folder, name)


def test_what_cannot_be_opened(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No saved pipeline in"):
        open_pipeline(tmp_path)
    with pytest.raises(ValueError, match=r"No category head 'x'\. There are: privacy_"):
        open_pipeline(saved, "x")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="has no 'privacy_filter' and no"):
        open_pipeline(tmp_path / "blank")


@pytest.mark.parametrize("name", ["", "..", "../nlp/privacy_filter"])
def test_a_note_leads_nowhere_else(folder: Path, name: str) -> None:
    (folder / TEXTCAT / "shared.json").write_text(json.dumps({"component": name}))
    with pytest.raises(ValueError, match="names no component beside it"):
        find_saved_network(folder, TEXTCAT)


def test_a_copy_is_whole_or_not_there(saved: Path, tmp_path: Path) -> None:
    def fail(network: Path, place: Path) -> str:
        raise OSError("disk is gone")

    with pytest.raises(OSError, match="disk is gone"):
        copy_with_networks(saved, tmp_path / "out", fail)
    assert not list(tmp_path.iterdir())

    def write(network: Path, place: Path) -> str:
        shutil.copytree(network, place)
        return "as before"

    copy_with_networks(saved, tmp_path / "out", write)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    assert "The network was written anew after training: as before." in meta["notes"]
    assert open_pipeline(tmp_path / "out").backbone == open_pipeline(saved).backbone
    with pytest.raises(FileExistsError, match="is there already"):
        copy_with_networks(saved, tmp_path / "out", write)


def test_only_an_older_pipeline_is_written_over(saved: Path, tmp_path: Path) -> None:
    check_output(saved)
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(FileExistsError, match="a saved pipeline"):
        check_output(tmp_path)
    with pytest.raises(FileExistsError, match="would be deleted"):
        check_output(saved, saved / "config.cfg", None)
