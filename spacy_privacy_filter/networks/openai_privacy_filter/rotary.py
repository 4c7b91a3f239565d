"""Sizes -> how fast each pair of numbers turns with its position (YaRN). In numpy, for all."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ...checkpoints.sizes import NetworkConfig


def inverse_frequencies(config: NetworkConfig) -> npt.NDArray[np.float32]:
    """Radians per position of each pair: slow ones stretched by the factor, fast ones as trained.

    Rounded to float32 as in the reference, whose weights were trained with these very numbers.

    SOURCE: Peng et al. 2023, arXiv:2309.00071, sections 3.2 to 3.4; ramp not truncated to integers.
    """
    dim, base = config.head_dim, config.rope_theta
    exponents = np.arange(0, dim, 2, dtype=np.float32) / np.float32(dim)
    plain = np.float32(1) / np.float32(base) ** exponents

    def pair_with(turns: float) -> float:
        """The pair that makes so many turns over the original length."""
        length = config.rope_original_length / (turns * 2 * math.pi)
        return dim * math.log(length) / (2 * math.log(base))

    low = max(pair_with(config.rope_beta_fast), 0.0)
    high = min(pair_with(config.rope_beta_slow), dim - 1.0)
    ramp = (np.arange(dim // 2, dtype=np.float32) - low) / max(high - low, 1e-3)
    stretched = np.clip(ramp, 0, 1).astype(np.float32)
    return plain / np.float32(config.rope_factor) * stretched + plain * (1 - stretched)
