"""A secret of the caller -> the keys of each use, and digests that only its holder can make."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

MIN_BYTES = 16
KEY_ENV = "PRIVACY_FILTER_KEY"


def make_key() -> str:
    """Make a new random key: 43 letters, digits, "-" and "_", which stand for 32 bytes."""
    return secrets.token_urlsafe(32)


def check_key(key: bytes | str | None, needs: str) -> bytes:
    """Refuse a key that is absent or easily guessed.

    key (bytes | str | None): The key; text stands for its UTF-8 bytes. White space around it does
        not count: a key file ends in a line break.
    needs (str): What needs it, as the start of a sentence.
    RETURNS (bytes): The key.
    RAISES (ValueError): No key, or one of fewer than 16 bytes. The message never shows it.
    RAISES (TypeError): Neither bytes nor text.
    """
    if key is None:
        raise ValueError(
            f"{needs} needs a key, but none was given. Make one with "
            "`spacy_privacy_filter.make_key()`, keep it safe, and pass it as `key`."
        )
    if not isinstance(key, (bytes, str)):
        raise TypeError(f"A key is bytes or text, but this is a {type(key).__name__}.")
    secret = (key.encode("utf8") if isinstance(key, str) else key).strip()
    if len(secret) < MIN_BYTES:
        raise ValueError(
            f"The key is too short: {len(secret)} bytes, but at least {MIN_BYTES} are needed. Make "
            "one with `spacy_privacy_filter.make_key()`."
        )
    return secret


def subject_of(value: Any) -> str | None:
    """Whose a text is. Null, what is no number and blanks are nobody: such a text is by itself."""
    if value is None or value != value:
        return None
    return str(value) if str(value).strip() else None


def read_key(path: Path) -> bytes:
    """Read a key from a file.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A key that is too short.
    """
    if not path.is_file():
        raise FileNotFoundError(f"No such key file: {path}. Write a key of 16 bytes or more to it.")
    return check_key(path.read_bytes(), f"The key file {path}")


def is_exposed(path: Path) -> bool:
    """Whether others than its owner can read a file; Windows does not say so by its mode."""
    return os.name != "nt" and path.is_file() and bool(path.stat().st_mode & 0o077)


def get_key(key_file: Path | None) -> bytes | None:
    """Read the key from a file, or else from the environment. Never from the command line, where
    every user of the machine could see it.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A key that is too short.
    """
    if key_file is not None:
        return read_key(key_file)
    value = os.environ.get(KEY_ENV)
    return check_key(value, f"The variable {KEY_ENV}") if value else None


def digest(key: bytes, *parts: str | bytes) -> bytes:
    """Make a digest of some parts, HMAC-SHA256. Where one part ends and the next begins counts."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode("utf8", "surrogatepass") if isinstance(part, str) else part
        mac.update(len(data).to_bytes(8, "big"))
        mac.update(data)
    return mac.digest()


def derive(key: bytes, use: str, n_bytes: int) -> bytes:
    """Make a key for one use, so that no two uses share one (HKDF-expand with SHA-256).

    SOURCE: RFC 5869, section 2.3.
    """
    derived, block = b"", b""
    for i in range(1, -(-n_bytes // 32) + 1):
        block = hmac.new(key, block + use.encode("utf8") + bytes([i]), hashlib.sha256).digest()
        derived += block
    return derived[:n_bytes]
