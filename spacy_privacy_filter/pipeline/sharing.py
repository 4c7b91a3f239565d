"""Which network a new component gets: that of a component that is there, or one of its own."""

from __future__ import annotations

import sys
from dataclasses import asdict
from types import CodeType, FrameType

from spacy.language import Language

from ..checkpoints.source import SHIPPED_NAME
from ..settings import NetworkSettings
from ..types import Network
from .base import PrivacyPipe

CREATE_PIPE = Language.create_pipe.__code__
FROM_CONFIG = Language.from_config.__func__.__code__  # type: ignore[attr-defined]


def find_place(nlp: Language, pipe: PrivacyPipe, settings: NetworkSettings) -> None:
    """Make a new component one of a pipeline, and give it its network.

    It shares that of a component that is there if it asks for nothing else: no sizes of its own,
    and no `source` other than that of the network that is there.

    RAISES (ValueError): It shares, but wants another backend, device, dtype or window.
    """
    pipe.network.configure(**asdict(settings))
    there = [(name, other) for name, other in nlp.components if isinstance(other, PrivacyPipe)]
    if there:
        pipe.join(there[0][1].peers)
    shared = None if pipe.network.sizes is not None else _find_network(there, settings)
    pipe.share(shared or pipe.network)


def is_from_config() -> bool:
    """Say whether spaCy is making a whole pipeline from a config, as when it loads a saved one.

    Then files or training bring the labels, and settings may name some that the source does not
    have. spaCy tells a factory nothing of that; the calls that led here do.
    """
    return _find_call(FROM_CONFIG) is not None


def settings_in_config() -> dict[str, object] | None:
    """Give the settings of the component that is being made as a config holds them.

    Those that the config does not name are not among them, while a factory gets their defaults.
    Changes to it are kept in the config of the pipeline.

    RETURNS (dict | None): None if no config is being read.
    """
    frame = _find_call(CREATE_PIPE)
    settings = None if frame is None else frame.f_locals.get("raw_config")
    return settings if isinstance(settings, dict) else None


def _find_call(code: CodeType) -> FrameType | None:
    """Find the innermost call of a function that has not returned yet."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code is not code:
        frame = frame.f_back
    return frame


def _find_network(
    there: list[tuple[str, PrivacyPipe]], settings: NetworkSettings
) -> Network | None:
    for name, pipe in there:
        theirs = pipe.network.settings
        if settings.source not in (None, theirs.source or SHIPPED_NAME):
            continue
        _check_shared(name, settings, theirs)
        return pipe.network
    return None


def _check_shared(name: str, own: NetworkSettings, other: NetworkSettings) -> None:
    defaults = NetworkSettings()
    for field in ("backend", "device", "dtype", "window", "batch_pieces"):
        wanted = getattr(own, field)
        if wanted not in (getattr(defaults, field), getattr(other, field)):
            raise ValueError(
                f"This component shares the network of {name!r}, where {field} = "
                f"{getattr(other, field)!r}, so it cannot have {field} = {wanted!r}. Set it on "
                f"{name!r}, or give this component a `source` of its own."
            )
