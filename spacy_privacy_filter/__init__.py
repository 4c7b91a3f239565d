"""Find personal data in text with spaCy, and hand on a version without it."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import (
        collect_corpus,
        deidentify,
        deidentify_all,
        extract_pii,
        open_stream,
        pseudonymize,
        redact_stream,
        reidentify,
    )
    from .batch.frames.redacting import redact_frame
    from .loading import load
    from .redact.secrets.keys import make_key
    from .redact.secrets.vault import change_key
    from .rules.patterns.files import read_patterns

try:
    __version__ = version("spacy-privacy-filter")
except PackageNotFoundError:  # the source tree, not installed
    __version__ = "0.0.0"

__all__ = [
    "change_key",
    "collect_corpus",
    "deidentify",
    "deidentify_all",
    "extract_pii",
    "load",
    "make_key",
    "open_stream",
    "pseudonymize",
    "read_patterns",
    "redact_frame",
    "redact_stream",
    "reidentify",
]

# Where a name lives, if not in `api`.
ROOMS = {
    "load": ".loading",
    "redact_frame": ".batch.frames.redacting",
    "make_key": ".redact.secrets.keys",
    "change_key": ".redact.secrets.vault",
    "read_patterns": ".rules.patterns.files",
}


def __dir__() -> list[str]:
    """List the public face, also what nobody has used yet, and nothing else."""
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__})


def __getattr__(name: str) -> Any:
    """Bring in a name of the public face when it is first used: importing stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(ROOMS.get(name, ".api"), __name__), name)
    globals()[name] = found
    return found
