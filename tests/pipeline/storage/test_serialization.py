"""What is written comes back: folders, bytes, pickles and copies, always with changed weights."""

from __future__ import annotations

import copy
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import Config

from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor

from ...helpers import (
    FILTER,
    PATIENCE,
    TEXTCAT,
    TEXTS,
    assert_close,
    change_weights,
    make_checkpoint,
    make_nlp,
    outcomes,
    tagger,
    textcat,
    write_source,
)

ROOT = Path(__file__).parents[3]


def through_disk(nlp: Language, folder: Path) -> Language:
    nlp.to_disk(folder)
    return spacy.load(folder)


def through_bytes(nlp: Language, folder: Path) -> Language:
    return spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())


def through_pickle(nlp: Language, folder: Path) -> Language:
    return pickle.loads(pickle.dumps(nlp))  # noqa: S301 - users do, to send pipelines about


def through_copy(nlp: Language, folder: Path) -> Language:
    return copy.deepcopy(nlp)


WAYS = [through_disk, through_bytes, through_pickle, through_copy]


@pytest.mark.parametrize("way", WAYS)
class TestWays:
    def test_predictions_come_back(self, way: Any, nlp: Language, tmp_path: Path) -> None:
        expected = outcomes(nlp)
        again = way(nlp, tmp_path)
        assert tagger(again).network is textcat(again).network
        assert tagger(again).network is not tagger(nlp).network
        assert_close(outcomes(again), expected)
        # Independent of each other from now on.
        change_weights(again, seed=8)
        assert outcomes(again) != expected
        assert_close(outcomes(nlp), expected)

    def test_before_any_use(self, way: Any, tiny_source: str, tmp_path: Path) -> None:
        nlp = make_nlp(tiny_source)
        again = way(nlp, tmp_path)
        assert_close(outcomes(again), outcomes(nlp))

    @pytest.mark.parametrize("name", [FILTER, TEXTCAT])
    def test_alone(self, way: Any, name: str, tiny_source: str, tmp_path: Path) -> None:
        nlp = make_nlp(tiny_source, [name])
        change_weights(nlp)
        assert_close(outcomes(way(nlp, tmp_path)), outcomes(nlp))

    def test_twice(self, way: Any, nlp: Language, tmp_path: Path) -> None:
        again = way(way(nlp, tmp_path / "a"), tmp_path / "b")
        assert_close(outcomes(again), outcomes(nlp))


def test_weights_changed_by_a_loop_of_torchs_own_are_saved(nlp: Language, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    loaded = through_disk(nlp, tmp_path / "a")
    outcomes(loaded)
    with torch.no_grad():
        next(iter(tagger(loaded).network.shim.network.block.parameters())).mul_(1.7)
    changed = outcomes(loaded)
    assert changed != outcomes(nlp)
    assert_close(outcomes(through_disk(loaded, tmp_path / "b")), changed)


def test_averages_are_saved(nlp: Language, tmp_path: Path) -> None:
    head = tagger(nlp).head
    shim = tagger(nlp).network.shim
    name = "block.0.attn.norm.scale"
    averages = {
        (head.id, "W"): head.get_param("W") * 0.3,
        (shim.id, name): shim.tensors()[name].to_float32() * 2,
    }
    doc = nlp(TEXTS[2])
    plain = outcomes(nlp)
    with nlp.use_params(averages):
        averaged = outcomes(nlp)
        assert averaged != plain
        nlp(doc)  # read before with other weights
        assert doc._.privacy_spans == averaged[2]["exact"]
        nlp.to_disk(tmp_path)
    assert_close(outcomes(spacy.load(tmp_path)), averaged)
    assert_close(outcomes(nlp), plain)
    assert nlp(doc)._.privacy_spans == plain[2]["exact"]
    assert_close(outcomes(through_disk(nlp, tmp_path)), plain)


def test_the_config_comes_back_as_text(tiny_source: str) -> None:
    settings = {
        "source": tiny_source,
        "thresholds": {"private_email": 0.4},
        "label_map": {"secret": None, "private_email": "EMAIL"},
        "allow": ["Ada", {"regex": r"\d{4}\s*"}],
        "biases": {"transition_bias_end_to_start": -0.5},
        "ents_policy": "keep",
        "window": 30,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config=settings)
    nlp.add_pipe(TEXTCAT)
    config = Config().from_str(nlp.config.to_str())
    again = spacy.util.load_model_from_config(config, auto_fill=False)
    assert again.config.interpolate() == nlp.config.interpolate()
    assert tagger(again).settings == tagger(nlp).settings
    assert tagger(again).network.settings == tagger(nlp).network.settings
    assert_close(outcomes(again), outcomes(nlp))


def test_biases_of_the_checkpoint_come_back(tmp_path: Path) -> None:
    checkpoint = make_checkpoint()
    checkpoint.biases["transition_bias_background_to_start"] = 6.0
    write_checkpoint(tmp_path / "source", checkpoint)
    nlp = make_nlp(str(tmp_path / "source"))
    expected = outcomes(nlp)
    write_source(tmp_path / "zero")
    assert expected != outcomes(make_nlp(str(tmp_path / "zero")))
    for way in WAYS:
        assert_close(outcomes(way(nlp, tmp_path / way.__name__)), expected)
    change_weights(nlp)
    expected = outcomes(nlp)
    assert_close(outcomes(through_disk(nlp, tmp_path / "changed")), expected)


class TestSource:
    def test_a_saved_pipeline_does_not_need_it(self, tmp_path: Path) -> None:
        source = Path(write_source(tmp_path / "source"))
        nlp = make_nlp(str(source))
        nlp.to_disk(tmp_path / "early")
        expected = outcomes(nlp)
        shutil.rmtree(source)
        nlp.to_disk(tmp_path / "late")
        for folder in ("early", "late"):
            loaded = spacy.load(tmp_path / folder)
            assert_close(outcomes(loaded), expected)
            loaded.initialize()
            assert_close(outcomes(loaded), expected)
            assert_close(outcomes(through_disk(loaded, tmp_path / "again")), expected)

    def test_nor_the_hub(
        self, tiny_source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []

        def download(name: str, **kwargs: Any) -> str:
            asked.append(name)
            return tiny_source

        monkeypatch.setattr("huggingface_hub.snapshot_download", download)
        nlp = make_nlp("someone/privacy-model")
        assert asked == []
        expected = outcomes(nlp)
        # what it is, and then the weights
        assert asked == ["someone/privacy-model"] * 2
        nlp.to_disk(tmp_path)
        data = nlp.to_bytes()

        def refuse(name: str, **kwargs: Any) -> str:
            raise AssertionError("a saved pipeline asked the hub")

        monkeypatch.setattr("huggingface_hub.snapshot_download", refuse)
        loaded = spacy.load(tmp_path)
        assert_close(outcomes(loaded), expected)
        assert_close(outcomes(through_disk(loaded, tmp_path / "again")), expected)
        fresh = make_nlp("someone/privacy-model").from_bytes(data)
        assert_close(outcomes(fresh), expected)

    def test_quantised_weights_are_saved_as_they_are(self, tmp_path: Path) -> None:
        checkpoint = make_checkpoint(width=64)
        write_checkpoint(tmp_path / "source", checkpoint, quantize={"embedding.weight": 8})
        size = (tmp_path / "source" / "model.safetensors").stat().st_size
        nlp = make_nlp(str(tmp_path / "source"))
        expected = outcomes(nlp)
        loaded = through_disk(through_disk(nlp, tmp_path / "a"), tmp_path / "b")
        stored = sum(file.stat().st_size for file in (tmp_path / "b").rglob("*.safetensors"))
        assert stored == size
        assert_close(outcomes(loaded), expected)

    def test_the_layout_of_hugging_face(self, tmp_path: Path) -> None:
        checkpoint = make_checkpoint(heads="tags")
        write_checkpoint(tmp_path / "hf", checkpoint, format="huggingface")
        nlp = make_nlp(str(tmp_path / "hf"), [FILTER])
        assert_close(outcomes(through_disk(nlp, tmp_path / "nlp")), outcomes(nlp))

    def test_weights_in_bfloat16(self, tiny_source: str, tmp_path: Path) -> None:
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"source": tiny_source, "dtype": "bfloat16"})
        change_weights(nlp)
        assert_close(outcomes(through_disk(nlp, tmp_path)), outcomes(nlp))
        assert_close(outcomes(through_bytes(nlp, tmp_path)), outcomes(nlp))


def test_a_trained_head_is_what_ships(nlp: Language, tmp_path: Path) -> None:
    """A pipeline's parts make a checkpoint, as recipes/small/ship.py does, that gives the same."""
    tensors = tagger(nlp).network.shim.tensors()
    for name, pipe in (("unembedding", tagger(nlp)), ("category_head", textcat(nlp))):
        for key, param in (("weight", "W"), ("bias", "b")):
            value = np.asarray(pipe.head.get_param(param))
            tensors[f"{name}.{key}"] = StoredTensor.from_float32(value)
    config = tagger(nlp).network.config
    checkpoint = Checkpoint("native", config, tensors, tagger(nlp).tags, textcat(nlp).labels)
    write_checkpoint(tmp_path, checkpoint)
    assert read_checkpoint(tmp_path).tags == tagger(nlp).tags
    assert_close(outcomes(make_nlp(str(tmp_path))), outcomes(nlp))


CHECK = """
import json, sys
import spacy
nlp = spacy.load(sys.argv[1])
texts = json.load(sys.stdin)
docs = [nlp(text) for text in texts]
print(json.dumps([[list(doc._.privacy_spans), doc.cats] for doc in docs]))
"""


@pytest.mark.slow
def test_a_package_in_another_environment(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    (tmp_path / "out").mkdir()
    run = [sys.executable, "-m"]
    command = [*run, "spacy", "package", str(tmp_path / "nlp"), str(tmp_path / "out")]
    command += ["--name", "tiny", "--version", "1.0.0", "--build", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    meta = json.loads((tmp_path / "out" / "en_tiny-1.0.0" / "meta.json").read_text())
    assert any(name.startswith("spacy-privacy-filter") for name in meta["requirements"])
    # With the setuptools that is installed, so that no network is needed.
    target = tmp_path / "site"
    pip = [*run, "pip", "install", "-q", "--no-deps", "--no-index", "--no-build-isolation"]
    pip += ["--target", str(target), str(tmp_path / "out" / "en_tiny-1.0.0")]
    done = subprocess.run(pip, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(tmp_path / "nlp")
    shutil.rmtree(tmp_path / "out")
    done = subprocess.run(
        [sys.executable, "-c", CHECK, "en_tiny"],
        input=json.dumps(TEXTS),
        env={"PYTHONPATH": f"{target}:{ROOT}", "PATH": "/usr/bin:/bin", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    for (spans, cats), row in zip(json.loads(done.stdout), outcomes(nlp), strict=True):
        assert [span[:3] for span in spans] == [list(span[:3]) for span in row["exact"]]
        assert cats == pytest.approx(row["cats"], abs=1e-5)
