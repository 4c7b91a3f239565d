"""Saved pipelines that are damaged, and saves that fail: each a clear error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from spacy_privacy_filter.pipeline.storage import components as stored

from ...helpers import (
    FILTER,
    TEXTCAT,
    assert_close,
    change_weights,
    make_nlp,
    outcomes,
    tagger,
    write_source,
)

WEIGHTS = Path("network") / "model.safetensors"


@pytest.fixture(scope="module")
def saved(tiny_source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole pipeline. Tests work on copies."""
    folder = tmp_path_factory.mktemp("saved") / "nlp"
    make_nlp(tiny_source).to_disk(folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "nlp"))


def cut(path: Path, share: float = 0.5) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def edit(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def edit_tags(pipe: Path) -> None:
    tags = json.loads((pipe / "cfg").read_text())["tags"]
    edit(pipe / "cfg", tags=[tag for tag in tags if not tag.endswith("secret")])


def other_head(pipe: Path) -> None:
    (pipe / "model").write_bytes((pipe.parent / TEXTCAT / "model").read_bytes())


DAMAGES: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "weights cut": (lambda p: cut(p / WEIGHTS), ValueError, "model.safetensors"),
    "header cut": (
        lambda p: cut(p / WEIGHTS, 1e-6),
        ValueError,
        "model.safetensors",
    ),
    "weights gone": (lambda p: (p / WEIGHTS).unlink(), FileNotFoundError, "model.safetensors"),
    "network gone": (lambda p: shutil.rmtree(p / "network"), FileNotFoundError, "network"),
    "sizes gone": (
        lambda p: (p / "network/network.json").unlink(),
        FileNotFoundError,
        "network.js",
    ),
    "sizes cut": (lambda p: cut(p / "network/network.json"), ValueError, "not valid JSON"),
    "head gone": (lambda p: (p / "model").unlink(), FileNotFoundError, "No model in"),
    "head empty": (lambda p: (p / "model").write_bytes(b""), ValueError, "head in"),
    "head cut": (lambda p: cut(p / "model"), ValueError, "head in .*damaged"),
    "head of another": (other_head, ValueError, "33 labels and a width of 32"),
    "labels of another": (edit_tags, ValueError, "29 labels and a width of 32"),
    "labels gone": (lambda p: (p / "cfg").unlink(), FileNotFoundError, "No cfg in"),
    "labels cut": (lambda p: cut(p / "cfg"), ValueError, "not a JSON object"),
    "labels a list": (lambda p: (p / "cfg").write_text("[]"), ValueError, "not a JSON object"),
    "labels null": (lambda p: edit(p / "cfg", tags=None), ValueError, "'tags'"),
    "labels a number": (lambda p: edit(p / "cfg", tags=[1]), ValueError, "'tags'"),
    "labels illegal": (
        lambda p: edit(p / "cfg", tags=["O"] + ["B-x"] * 32),
        ValueError,
        "appear twice",
    ),
    "key unknown": (lambda p: edit(p / "cfg", thresold=1), ValueError, "unknown keys: thresold"),
    "network of another": (lambda p: edit(p / "cfg", network="00"), ValueError, "not the one that"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_named(damage: str, folder: Path) -> None:
    hurt, kind, message = DAMAGES[damage]
    hurt(folder / FILTER)
    with pytest.raises(kind, match=message) as caught:
        spacy.load(folder)
    assert "E149" not in str(caught.value)


LEADS: dict[str, Callable[[Path], object]] = {
    "to nothing": lambda p: shutil.rmtree(p.parent / FILTER / "network"),
    "to a name that is not there": lambda p: edit(p / "shared.json", component="nobody"),
    "out of the folder": lambda p: edit(p / "shared.json", component=f"../nlp/{FILTER}"),
    "to other weights": lambda p: edit(p / "shared.json", fingerprint="00"),
}


@pytest.mark.parametrize("lead", LEADS)
def test_a_note_that_leads_elsewhere(lead: str, folder: Path) -> None:
    LEADS[lead](folder / TEXTCAT)
    with pytest.raises(ValueError, match=r"shares the network of .*Save the pipeline again"):
        spacy.load(folder, exclude=[FILTER])


def test_a_note_that_is_no_json(folder: Path) -> None:
    (folder / TEXTCAT / "shared.json").write_text("{")
    with pytest.raises(ValueError, match=r"shared\.json is not a JSON object"):
        spacy.load(folder)


def test_the_network_of_another_save(folder: Path, tmp_path: Path) -> None:
    """Somebody copies a newer network over the old one, and forgets the head."""
    write_source(tmp_path / "newer", seed=3)
    for file in (folder / FILTER / "network").iterdir():
        shutil.copy(tmp_path / "newer" / file.name, file)
    with pytest.raises(ValueError, match="not the one that the head there was trained on"):
        spacy.load(folder)


class TestFailedSaves:
    @pytest.fixture
    def nlp(self, folder: Path) -> Language:
        return spacy.load(folder)

    def test_nothing_is_touched_without_weights(self, folder: Path) -> None:
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"source": "no-such-folder"})
        with pytest.raises(FileNotFoundError, match="no-such-folder"):
            tagger(nlp).to_disk(folder / FILTER)
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before

    @pytest.mark.parametrize("fails_at", ["model", "cfg"])
    def test_a_save_that_stops_in_between_is_noticed(
        self, fails_at: str, nlp: Language, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change_weights(nlp)
        write = stored.write_atomically

        def fail(path: Path, content: bytes) -> None:
            if path.name == fails_at:
                raise OSError(28, "No space left on device")
            write(path, content)

        with monkeypatch.context() as patch:
            patch.setattr(stored, "write_atomically", fail)
            with pytest.raises(OSError, match="No space left"):
                nlp.to_disk(folder)
        assert not list(folder.rglob("*.tmp"))
        with pytest.raises(ValueError, match="perhaps saving stopped in between"):
            spacy.load(folder)
        nlp.to_disk(folder)
        assert_close(outcomes(spacy.load(folder)), outcomes(nlp))

    def test_weights_that_cannot_be_written_stay(
        self, nlp: Language, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = outcomes(nlp)
        change_weights(nlp)

        def fail(*args: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("spacy_privacy_filter.checkpoints.registry.write_safetensors", fail)
        with pytest.raises(OSError, match="No space left"):
            nlp.to_disk(folder)
        assert_close(outcomes(spacy.load(folder)), expected)
