"""Which network a new component gets: that of a component that is there, or one of its own."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from thinc.api import Model

from .base import PrivacyPipe


def find_network(nlp: Language, model: Model[Any, Any], settings: dict[str, Any]) -> Any:
    """Choose the network of a new component: that of a component already there, or its own.

    A component shares if it asks for nothing else: no sizes of its own, and no `source` other than
    that of the network that is there.

    RAISES (ValueError): It shares, but wants another backend, device, dtype or window.
    """
    own = model.get_ref("backbone").attrs["network"]
    own.configure(**settings)
    if own.sizes is not None:
        return own
    for name, pipe in nlp.components:
        if not isinstance(pipe, PrivacyPipe):
            continue
        other = pipe.network
        if settings["source"] not in (None, other.settings.origin):
            continue
        _check_shared(name, own.settings, other.settings)
        return other
    return own


def _check_shared(name: str, own: Any, other: Any) -> None:
    defaults = type(own)()
    for field in ("backend", "device", "dtype", "window", "batch_pieces"):
        wanted = getattr(own, field)
        if wanted not in (getattr(defaults, field), getattr(other, field)):
            raise ValueError(
                f"This component shares the network of {name!r}, where {field} = "
                f"{getattr(other, field)!r}, so it cannot have {field} = {wanted!r}. Set it on "
                f"{name!r}, or give this component a `source` of its own."
            )
