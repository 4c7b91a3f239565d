"""Mappings -> an encrypted file and back (AES-256-GCM); a wrong key is an error."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ...compat import missing
from ...errors import WrongUseError
from ...files import PRIVATE, write_atomically
from ..result import TextMapping
from .keys import check_key, derive

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    raise missing("cryptography", "A file of mappings") from None

MAGIC = b"spacy-privacy-filter map 1\n"
N_SALT, N_NONCE, N_KEY = 32, 12, 32
NEEDS = "A file of mappings"
CORPUS = b"spacy-privacy-filter corpus 3\n"
# How encrypted files begin, and what they are called.
LOCKED = {MAGIC: NEEDS, CORPUS: "A file of a corpus"}


def save_mappings(path: str | Path, mappings: Mapping[str, TextMapping], key: bytes | str) -> None:
    """Write mappings to an encrypted file, whole or not at all.

    path (str | Path): Where; an old file is replaced.
    mappings (Mapping[str, TextMapping]): By the name of the text that each belongs to.
    key (bytes | str): Secret of at least 16 bytes.
    RAISES (ValueError): No key or a short one.
    RAISES (OSError): The file cannot be written; an old one stays as it was.
    """
    values = {name: mapping.to_dict() for name, mapping in mappings.items()}
    lock(path, values, key, MAGIC, NEEDS)


def load_mappings(path: str | Path, key: bytes | str) -> dict[str, TextMapping]:
    """Read a file of mappings.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): Another key, a changed or cut file, or a file of another kind.
    """
    values = unlock(path, key, MAGIC, NEEDS)
    return {name: TextMapping.from_dict(mapping) for name, mapping in values.items()}


def lock(path: str | Path, values: Any, key: bytes | str, magic: bytes, what: str) -> None:
    """Encrypt values into a file, whole or not at all.

    values (Any): What JSON can hold. magic (bytes): How files of this kind begin.
    what (str): The kind, as the start of a sentence: "A file of mappings".
    """
    secret = check_key(key, what)
    content = json.dumps(values).encode("ascii")
    # A salt for each file: no two files share a key, so no nonce is ever used twice with one.
    salt, nonce = secrets.token_bytes(N_SALT), secrets.token_bytes(N_NONCE)
    header = magic + salt + nonce
    box = AESGCM(_file_key(secret, salt))
    write_atomically(Path(path), header + box.encrypt(nonce, content, header), PRIVATE)


def unlock(path: str | Path, key: bytes | str, magic: bytes, what: str) -> Any:
    """Read what `lock` wrote. RAISES: As `load_mappings`."""
    secret = check_key(key, what)
    path, kind = Path(path), what[2:]
    if not path.is_file():
        raise FileNotFoundError(f"No such {kind}: {path}.")
    content = path.read_bytes()
    n_header = len(magic) + N_SALT + N_NONCE
    header = content[:n_header]
    start = magic.rstrip(b"0123456789\n")
    if header.startswith(start) and not header.startswith(magic):
        raise WrongUseError(
            f"{path} is no {kind} that this package reads: it is of another version, not "
            f"{magic[len(start) : -1].decode()}. Make it again, or use the package that wrote it."
        )
    if not header.startswith(magic) or len(header) < n_header:
        raise WrongUseError(f"{path} is no {kind}, or was cut.")
    salt, nonce = header[len(magic) : -N_NONCE], header[-N_NONCE:]
    try:
        plain = AESGCM(_file_key(secret, salt)).decrypt(nonce, content[n_header:], header)
    except InvalidTag:
        raise WrongUseError(
            f"{path} cannot be opened: it was written with another key, or it was changed."
        ) from None
    return json.loads(plain)


def change_key(path: str | Path, old: bytes | str, new: bytes | str) -> None:
    """Write an encrypted file anew with another key. The old file stays until the new is whole.

    Files of mappings (`redact --map`) and of a corpus (`collect_corpus`) are such. The key of a
    text cannot change: what a policy encrypted, hashed or invented was made with the old one. Keep
    the old key as long as there are texts to restore without a mapping, and collect and redact a
    corpus anew if its texts are to have the same names under the new key.

    path (str | Path): The file.
    old, new (bytes | str): Secrets of at least 16 bytes.
    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): The old key does not open it, the new one is too short, or a file of
        another kind.
    """
    check_key(new, NEEDS)
    magic, what = _kind_of(path)
    lock(path, unlock(path, old, magic, what), new, magic, what)


def change_keys(
    paths: Iterable[str | Path], old: bytes | str, new: bytes | str
) -> tuple[list[Path], list[Path]]:
    """Change the key of files that have the old or, after a stopped run, already the new one.

    Every file is opened before the first is written.

    paths (Iterable[str | Path]): The files.
    RETURNS (tuple[list[Path], list[Path]]): Those that were changed, and those that needed not.
    RAISES: As `change_key`; then nothing was changed.
    """
    if check_key(old, NEEDS) == check_key(new, NEEDS):
        raise WrongUseError("The new key is the old one. Make another with `make_key()`.")
    todo: list[Path] = []
    done: list[Path] = []
    for path in map(Path, paths):
        magic, what = _kind_of(path)
        try:
            unlock(path, old, magic, what)
        except ValueError:
            if not _opens(path, new, magic, what):
                raise
            done.append(path)
        else:
            todo.append(path)
    for path in todo:
        change_key(path, old, new)
    return todo, done


def is_locked(path: Path) -> bool:
    """Whether a file begins as those do that `lock` writes."""
    with path.open("rb") as file:
        start = file.read(max(map(len, LOCKED)))
    return any(start.startswith(magic.rstrip(b"0123456789\n")) for magic in LOCKED)


def _kind_of(path: str | Path) -> tuple[bytes, str]:
    """How a file begins, and what it is called. What is none of ours counts as a file of mappings,
    so that `unlock` says what is wrong with it.
    """
    path = Path(path)
    start = path.read_bytes()[: len(CORPUS)] if path.is_file() else b""
    is_corpus = start.startswith(CORPUS.rstrip(b"0123456789\n"))
    return (CORPUS, LOCKED[CORPUS]) if is_corpus else (MAGIC, NEEDS)


def _opens(path: Path, key: bytes | str, magic: bytes, what: str) -> bool:
    try:
        unlock(path, key, magic, what)
    except ValueError:
        return False
    return True


def _file_key(key: bytes, salt: bytes) -> bytes:
    return derive(key, f"spacy-privacy-filter map v1 {salt.hex()}", N_KEY)
