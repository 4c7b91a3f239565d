"""The bytes of a redacted file -> those of its source, with the key that was used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WrongUseError
from ..redact.result import Restored, restore_warning
from .formats.base import Edit, NewText
from .formats.reading import Reading
from .formats.registry import parse

if TYPE_CHECKING:
    from ..errors import WrongUseError
from ..redact.result import Mapping


@dataclass(frozen=True)
class RestoredFile:
    """A file with its personal data again.

    content (bytes): The file.
    n_restored (int): How many replacements were put back.
    warning (str | None): What was not put back, and why; None if there is nothing to say.
    """

    content: bytes = field(repr=False)
    n_restored: int
    warning: str | None


def restore_file(
    source: bytes, name: str, reading: Reading, key: bytes, maps: Path | None = None
) -> RestoredFile:
    """Put back what `FileRedactor.redact` replaced.

    source (bytes): What it wrote. name (str): Its name, for messages, and for its format.
    reading (Reading): As it was redacted.
    key (bytes): The key that was used.
    maps (Path | None): The encrypted way back; None for text that a policy encrypted.
    RAISES (ValueError): Another key, or a map of another file.
    """
    content = parse(source, name, reading)
    if maps is None:
        from ..redact.operators.encrypt import unseal_counted

        done = [unseal_counted(text, key) for text in content.texts]
        is_empty = False
    else:
        mappings = _read_mappings(maps, key, content.names)
        pairs = zip(content.passages, content.texts, strict=True)
        done = [
            mappings[passage.name].restore_counted(text)
            if passage.name in mappings
            else Restored(text, 0)
            for passage, text in pairs
        ]
        is_empty = not any(map(len, mappings.values()))
    total = Restored("", sum(one.n_restored for one in done), sum(one.n_left for one in done))
    warning = restore_warning(total, None if maps is None else str(maps), "--map")
    texts = [NewText(one.text, tuple(Edit(*edit) for edit in one.edits)) for one in done]
    return RestoredFile(content.write(texts), total.n_restored, None if is_empty else warning)


def _read_mappings(path: Path, key: bytes, names: Collection[str]) -> dict[str, Mapping]:
    """Read the mapping of each text.

    RAISES (WrongUseError): One of a text that the file does not have.
    """
    from ..redact.secrets.vault import load_mappings

    mappings = load_mappings(path, key)
    if unknown := mappings.keys() - set(names):
        raise WrongUseError(
            f"{path} belongs to another file, format or --field: it restores "
            f"{min(unknown) or 'a text file'}, which is not there."
        )
    return mappings
