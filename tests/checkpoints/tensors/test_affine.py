"""Affine quantisation: the layout of MLX, half a step at most, refused if nothing explains it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.tensors.affine import dequantize, quantize
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor


@pytest.mark.parametrize("bits", [8, 4])
@pytest.mark.parametrize("size", [32, 64, 128])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_dequantised_as_mlx_does(bits: int, size: int, dtype: str) -> None:
    mx = pytest.importorskip("mlx.core", reason="needs mlx")
    weights = mx.random.normal((12, 256), key=mx.random.key(5)).astype(getattr(mx, dtype))
    weight, scales, biases = mx.quantize(weights, group_size=size, bits=bits)
    parts = [np.array(part.astype(mx.float32)) for part in (scales, biases)]
    ours = dequantize(
        StoredTensor("U32", np.array(weight)),
        *[StoredTensor.from_float32(part) for part in parts],
        n_in=256,
    )
    exact = [part.astype(mx.float32) for part in (scales, biases)]
    theirs = mx.dequantize(weight, *exact, group_size=size, bits=bits)
    assert (ours == np.array(theirs)).all()
    # In the type of the scales MLX rounds twice, product and sum: near, but not the same.
    rounded = mx.dequantize(weight, scales, biases, group_size=size, bits=bits).astype(mx.float32)
    assert np.abs(ours - np.array(rounded)).max() < 0.02


@pytest.mark.parametrize("bits", [8, 4])
def test_dequantising_follows_the_layout_of_mlx(bits: int) -> None:
    """Value 0 in the low bits; one scale and bias for 64 values. Written out value by value."""
    rng = np.random.default_rng(3)
    words = rng.integers(0, 2**32, size=(2, 128 * bits // 32), dtype=np.uint32)
    scales = StoredTensor.from_float32(rng.normal(size=(2, 2)), "BF16")
    biases = StoredTensor.from_float32(rng.normal(size=(2, 2)), "BF16")
    found = dequantize(StoredTensor("U32", words), scales, biases, 128)
    per_word = 32 // bits
    for row in range(2):
        for i in range(128):
            code = (int(words[row, i // per_word]) >> (bits * (i % per_word))) % 2**bits
            scale = scales.to_float32()[row, i // 64]
            bias = biases.to_float32()[row, i // 64]
            assert found[row, i] == np.float32(code) * scale + bias


@given(
    bits=st.sampled_from([8, 4]),
    size=st.sampled_from([32, 64, 128]),
    scale=st.floats(-30, 30),
    shift=st.floats(-100, 100),
    seed=st.integers(0, 1000),
)
def test_no_value_moves_by_more_than_half_a_step(
    bits: int, size: int, scale: float, shift: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    weights = ((rng.normal(size=(2, 3, 256)) + shift) * 2.0**scale).astype("f")
    packed, scales, biases = quantize(weights, bits, size)
    assert packed.shape == (2, 3, 256 * bits // 32)
    assert scales.shape == biases.shape == (2, 3, 256 // size)
    assert (packed.dtype, scales.dtype, biases.dtype) == ("U32", "BF16", "BF16")
    found = dequantize(packed, scales, biases, 256)
    step = np.repeat(np.abs(scales.to_float32()), size, axis=-1)
    slack = np.abs(weights) * 2.0**-22  # float32
    assert (np.abs(found - weights) <= step / 2 + slack).all()
    # Steps are hardly wider than the range demands: bfloat16 has 8 bits.
    groups = weights.reshape(-1, size)
    extent = groups.max(-1) - groups.min(-1) + np.abs(groups).max(-1) / 128
    assert (step.reshape(-1, size)[:, 0] <= extent / (2**bits - 1) * (1 + 1 / 64)).all()


@pytest.mark.parametrize("value", [0.0, 1.0, -3.5, 0.3, -1e-30])
def test_equal_values_survive(value: float) -> None:
    weights = np.full((2, 64), value, np.float32)
    found = dequantize(*quantize(weights, 4), 64)
    assert np.allclose(found, weights, rtol=1e-3, atol=0)


def test_chunks_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = np.random.default_rng(0).normal(size=(7, 64)).astype("f")
    whole = quantize(weights, 8)
    monkeypatch.setattr("spacy_privacy_filter.checkpoints.tensors.affine.CHUNK_VALUES", 128)
    parts = quantize(weights, 8)
    for a, b in zip(whole, parts, strict=True):
        assert a.data.tolist() == b.data.tolist()
    assert (dequantize(*parts, 64) == dequantize(*whole, 64)).all()


def test_what_cannot_be_quantised_is_refused() -> None:
    good = np.ones((2, 64), np.float32)
    for bits, size in ((3, 64), (8, 16)):
        with pytest.raises(ValueError, match="Supported"):
            quantize(good, bits, size)
    for shape in ((64,), (2, 63), (2, 0)):
        with pytest.raises(ValueError, match="multiple of 64"):
            quantize(np.ones(shape), 8)
    for bad in (np.nan, np.inf, -np.inf, 3.4e38):
        weights = good.copy()
        weights[1, 3] = bad
        with pytest.raises(ValueError, match="NaN, infinity"):
            quantize(weights, 8)


def test_shapes_that_no_quantisation_explains_are_refused() -> None:
    packed, scales, biases = quantize(np.ones((2, 64)), 8)
    with pytest.raises(ValueError, match="No quantisation explains"):
        dequantize(packed, scales, biases, 65)
    with pytest.raises(ValueError, match="equally shaped"):
        dequantize(packed, scales, StoredTensor("BF16", biases.data[:1]), 64)
    with pytest.raises(ValueError, match="U32"):
        dequantize(scales, scales, biases, 64)


def test_mlx_agrees_where_it_is_installed() -> None:
    mx = pytest.importorskip("mlx.core")
    weights = np.random.default_rng(0).normal(size=(3, 128)).astype("f")
    for bits in (8, 4):
        parts = quantize(weights, bits)
        packed, scales, biases = (
            mx.array(part.data if part.dtype == "U32" else part.to_float32()) for part in parts
        )
        theirs = mx.dequantize(packed, scales, biases, group_size=64, bits=bits)
        assert np.allclose(np.array(theirs), dequantize(*parts, 128), rtol=0, atol=1e-6)
