"""Sinks and windows: what a file means is found out, stated, or refused; never guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.checkpoint import CONFIG
from spacy_privacy_filter.checkpoints.conventions import Conventions, find_conventions
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint

from .helpers import (
    assert_close,
    edit,
    make,
    openmed_logits,
    reference,
    transformers_class,
    write_mlx_community,
)

HF = {"rope_parameters": {"rope_type": "yarn"}, "transformers_version": "5.23.0"}


def sides(n: int) -> dict[str, int]:
    return {"bidirectional_left_context": n, "bidirectional_right_context": n}


OPF = {"sliding_window": 257, "bidirectional_context": True, **sides(128)}
CONVERTED = {"sliding_window": 128, **sides(63), **HF}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (OPF, Conventions("log2", 128, "stated")),
        ({"sliding_window": 257, **sides(128)}, Conventions("log2", 128, "stated")),
        (sides(128), Conventions("log2", 128, "stated")),
        (OPF | HF, Conventions("log2", 128, "stated")),
        ({"sliding_window": 128}, Conventions("natural", 128, "stated")),
        ({"sliding_window": 128, **HF}, Conventions("natural", 128, "stated")),
        (CONVERTED, Conventions("natural", 128, "repaired")),
    ],
)
def test_what_a_file_leaves_no_doubt_about(values: dict[str, Any], expected: Conventions) -> None:
    assert find_conventions(values, "config.json") == expected


@pytest.mark.parametrize(
    "values", [{"sliding_window": 257}, {"sliding_window": 9, **sides(4), **HF}]
)
def test_what_can_be_meant_in_two_ways_is_refused(values: dict[str, Any]) -> None:
    total = values["sliding_window"]
    with pytest.raises(ValueError, match="in several ways") as caught:
        find_conventions(values, "config.json")
    message = str(caught.value)
    assert f"reaches {(total - 1) // 2} pieces" in message
    assert f"reaches {total} and" in message
    assert "sinks_unit='log2'" in message
    assert "sinks_unit='natural'" in message
    # The third, where only the window was translated, takes both.
    log2 = (total - 1) // 2
    assert f"both: sinks_unit='natural' and window={log2}" in message
    both = find_conventions(values, "", sinks_unit="natural", window=log2)
    assert both == Conventions("natural", log2, "given")
    # Either setting chooses a reading.
    natural = total
    for chosen in ({"sinks_unit": "log2"}, {"window": log2}):
        assert find_conventions(values, "", **chosen) == Conventions("log2", log2, "given")
    for chosen in ({"sinks_unit": "natural"}, {"window": natural}):
        assert find_conventions(values, "", **chosen) == Conventions("natural", natural, "given")
    with pytest.raises(ValueError, match="in several ways"):
        find_conventions(values, "", window=77)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "neither"),
        ({"sliding_window": 128, **sides(100)}, "contradicts itself"),
        ({"sliding_window": 128, "bidirectional_context": True, **sides(63)}, "contradicts"),
        ({"bidirectional_left_context": 128}, "to both sides"),
        ({**sides(3), "bidirectional_right_context": 4}, "to both sides"),
        (OPF | {"bidirectional_context": False}, "both ways"),
        ({"sliding_window": "257"}, "whole number"),
        ({"sliding_window": True}, "whole number"),
        ({"sliding_window": -1}, "whole number"),
    ],
)
def test_numbers_that_make_no_sense(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find_conventions(values, "config.json")
    given = find_conventions({}, "config.json", "log2", 12)  # the user may know better
    assert given == Conventions("log2", 12, "given")


@pytest.mark.parametrize("given", [{"sinks_unit": "log10"}, {"window": 0}, {"window": True}])
def test_arguments_are_checked(tmp_path: Path, given: dict[str, Any]) -> None:
    write_checkpoint(tmp_path, make(), "huggingface")
    with pytest.raises(ValueError, match=next(iter(given))):
        read_checkpoint(tmp_path, **given)


def test_conventions_are_recorded(tmp_path: Path) -> None:
    for format_ in ("opf", "openmed", "huggingface"):
        write_checkpoint(tmp_path / format_, make(bias=False), format_)
        unit = "natural" if format_ == "huggingface" else "log2"
        found = read_checkpoint(tmp_path / format_)
        assert found.conventions == Conventions(unit, 8, "stated")
        assert found.config.window == 8
    write_checkpoint(tmp_path / "native", make())
    assert read_checkpoint(tmp_path / "native").conventions is None
    with pytest.raises(ValueError, match="leaves no doubt"):
        read_checkpoint(tmp_path / "native", sinks_unit="log2")


@pytest.mark.parametrize("format_", ["opf", "openmed", "huggingface", "mlx-community"])
def test_the_user_knows_better(tmp_path: Path, format_: str) -> None:
    if format_ == "mlx-community":
        write_mlx_community(tmp_path, make())
    else:
        write_checkpoint(tmp_path, make(bias=False), format_)
    plain = read_checkpoint(tmp_path).tensors["block.0.attn.sinks"].to_float32()
    is_log2 = format_ in ("opf", "openmed")
    other = "natural" if is_log2 else "log2"
    found = read_checkpoint(tmp_path, sinks_unit=other, window=5)
    factor = 1 / np.log(2) if is_log2 else np.log(2)
    assert np.allclose(found.tensors["block.0.attn.sinks"].to_float32(), plain * factor)
    assert found.config.window == 5
    assert found.conventions == Conventions(other, 5, "given")


@pytest.mark.parametrize("bits", [None, 8])
def test_the_published_converter_is_repaired(tmp_path: Path, bits: int | None) -> None:
    """openmed.mlx.convert 3.1, started from the Hugging Face layout: its own class is far off."""
    convert = pytest.importorskip("openmed.mlx.convert", reason="needs openmed")
    transformers_class()
    expected = reference(tmp_path / "hf", make())
    weights, config = convert.convert_weights(str(tmp_path / "hf"))
    convert.save_mlx_model(weights, config, tmp_path / "om", quantize_bits=bits)
    # What is written: the window of the Hugging Face layout, and half of that for opf's.
    assert (config["sliding_window"], config["bidirectional_left_context"]) == (8, 3)
    found = read_checkpoint(tmp_path / "om")
    assert found.conventions == Conventions("natural", 8, "repaired")
    theirs = openmed_logits(tmp_path / "om")
    ours = reference(tmp_path / "again", found)
    assert np.abs(theirs - expected).max() > 0.5  # wrong: window 3, sinks scaled twice
    if bits is None:
        # The converter leaves the decoder's biases behind.
        assert_close(replace(found, biases=make().biases), read_checkpoint(tmp_path / "hf"))
        assert np.abs(ours - expected).max() == 0
    # Written again by us, it is right in OpenMed's class too.
    write_checkpoint(tmp_path / "repaired", found, "openmed")
    assert np.abs(openmed_logits(tmp_path / "repaired") - ours).max() < 2e-4


@pytest.mark.parametrize(("sinks", "window"), [(True, False), (False, True), (True, True)])
def test_each_half_of_the_mistake_is_seen(tmp_path: Path, sinks: bool, window: bool) -> None:
    """Reproduced without the converter: each half alone changes most of what is computed."""
    expected = reference(tmp_path / "hf", make())
    write_checkpoint(tmp_path / "om", make(), "openmed")
    wrong = read_checkpoint(
        tmp_path / "om",
        sinks_unit="natural" if sinks else "log2",  # not scaled: off by ln 2, as when scaled twice
        window=3 if window else 8,
    )
    again = reference(tmp_path / "again", wrong)
    assert np.abs(again - expected).max() > 0.05
    # Its traces in a file: opf's names with the other layout's numbers. Odd ones are refused.
    edit(tmp_path / "om" / CONFIG, sliding_window=9, bidirectional_context=..., **sides(4), **HF)
    with pytest.raises(ValueError, match="in several ways"):
        read_checkpoint(tmp_path / "om")
