"""Components as they are stored: alone, left out, and no larger than what they were made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from spacy_privacy_filter.checkpoints.registry import (
    write_checkpoint,
)

from ...helpers import (
    FILTER,
    TEXTCAT,
    TEXTS,
    make_checkpoint,
    make_nlp,
    outcomes,
    tagger,
    textcat,
)


def test_bytes_are_as_small_as_the_files(tmp_path: Path) -> None:
    checkpoint = make_checkpoint(width=64)
    write_checkpoint(tmp_path / "q", checkpoint, quantize={"embedding.weight": 8})
    write_checkpoint(tmp_path / "bf16", replace(checkpoint, categories=None, tensors={
        name: tensor for name, tensor in checkpoint.tensors.items() if "category" not in name
    }), "huggingface")  # fmt: skip
    for name, components in (("q", [FILTER, TEXTCAT]), ("bf16", [FILTER])):
        nlp = make_nlp(str(tmp_path / name), components)
        expected = outcomes(nlp)
        data = nlp.to_bytes()
        size = (tmp_path / name / "model.safetensors").stat().st_size
        # spaCy asks each component by itself, and cannot be told that they share.
        assert len(data) < 1.05 * len(components) * size + 300_000
        again = make_nlp(str(tmp_path / name), components).from_bytes(data)
        assert outcomes(again) == expected
        if len(components) == 2:
            assert tagger(again).network is textcat(again).network
        nlp.to_disk(tmp_path / "saved")
        files = (tmp_path / "saved").rglob("*.safetensors")
        assert sum(path.stat().st_size for path in files) < 1.05 * size


@pytest.mark.parametrize("left_out", [FILTER, TEXTCAT])
def test_a_component_left_out_of_a_saved_pipeline(
    tiny_source: str, tmp_path: Path, left_out: str
) -> None:
    nlp = make_nlp(tiny_source)
    expected = nlp(TEXTS[0])
    nlp.to_disk(tmp_path, exclude=[left_out])
    with pytest.raises(FileNotFoundError, match=rf"exclude=\['{left_out}'\]"):
        spacy.load(tmp_path)
    doc = spacy.load(tmp_path, exclude=[left_out])(TEXTS[0])
    if left_out == FILTER:
        assert doc.cats == pytest.approx(expected.cats, abs=1e-6)
        assert doc.spans.get(FILTER) is None
    else:
        assert doc._.privacy_spans == expected._.privacy_spans
        assert not doc.cats


def test_a_component_on_its_own(nlp: Language, tiny_source: str, tmp_path: Path) -> None:
    tagger(nlp).to_disk(tmp_path / "one")
    fresh = make_nlp(tiny_source, [FILTER])
    tagger(fresh).from_disk(tmp_path / "one")
    expected = [row["exact"] for row in outcomes(nlp)]
    assert [row["exact"] for row in outcomes(fresh)] == expected
    fresh = make_nlp(tiny_source, [FILTER])
    tagger(fresh).from_bytes(tagger(nlp).to_bytes())
    assert [row["exact"] for row in outcomes(fresh)] == expected


def test_settings_of_the_config_are_not_overruled_by_files(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    override = {f"components.{TEXTCAT}.threshold": 0.1, f"components.{FILTER}.thresholds": 1.0}
    loaded = spacy.load(tmp_path, config=override)
    assert textcat(loaded).cfg["threshold"] == 0.1
    assert not any(row["exact"] for row in outcomes(loaded))
