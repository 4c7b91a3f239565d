"""A comparison of an export with its source -> whether the export may be used in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from ..checkpoints.formats.onnx import MODELS, ONNX, choose_graph, find_models
from .agreement import TimedPipeline


class Limits(NamedTuple):
    """How far an export may be from its source.

    drift (float | None): Largest difference of a logit; None: any, since a router that takes
        another expert moves one by several.
    other (float): Largest share of pieces with another best tag.
    same (float): Least share of texts with the same spans.
    lost (float): Most recall that may be lost, 0 to 1.
    """

    drift: float | None
    other: float
    same: float
    lost: float


LIMITS: Final = {
    "float32": Limits(1e-4, 0.0, 1.0, 0.0),
    "float16": Limits(None, 0.005, 0.99, 0.001),
    "int8": Limits(None, 0.005, 0.99, 0.001),
    "int4": Limits(None, 0.02, 0.9, 0.01),
}


def find_export_type(pipeline: TimedPipeline) -> str | None:
    """Say in which number type an export runs, a key of `LIMITS`; None if it is no export."""
    network = pipeline.pipe.network
    if network.checkpoint is None or network.checkpoint.format != ONNX:
        return None
    path = choose_graph(network.shim.tensors().values(), network.settings.dtype)
    if path is None:  # another backend, which reads the most exact file
        found = find_models(network.folder)
        name = found.get(network.settings.dtype) or next(iter(found.values()))
    else:
        name = path.name
    return next(dtype for dtype, names in MODELS.items() if name in names)


def judge(report: Mapping[str, Any], dtype: str) -> list[dict[str, Any]]:
    """Hold a report of `verify` against the limits of a number type.

    RETURNS (list[dict]): "what", "found", "limit" and "passed" of each limit.
    """
    limits = LIMITS[dtype]
    same = report["texts_preserved"] / max(report["texts"], 1)
    lines = [
        ("largest logit drift", report["max_difference"], limits.drift, "<"),
        ("pieces with another best tag", 1 - report["agreement"], limits.other, "<="),
        ("texts with the same spans", same, limits.same, ">="),
    ]
    if "gold" in report:
        lines.append(("recall lost", report["gold"]["recall_loss"], limits.lost, "<="))
    return [
        {"what": what, "found": found, "limit": limit, "passed": _holds(found, limit, sign)}
        for what, found, limit, sign in lines
    ]


def _holds(found: float, limit: float | None, sign: str) -> bool:
    if limit is None:
        return True
    if sign == "<":
        return found < limit
    rounding = 1e-9  # shares are quotients
    return found <= limit + rounding if sign == "<=" else found >= limit - rounding
