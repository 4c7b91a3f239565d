"""The bytes of a zip archive -> its members, within limits; and members -> an archive."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from ..blocks import DocumentError

MAX_MEMBERS: Final = 20_000
MAX_BYTES: Final = 1 << 29  # of all members together
MAX_RATIO: Final = 200  # of a large member to what it takes in the archive
LARGE: Final = 1 << 24  # bytes up to which a member may be of any ratio
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CHUNK: Final = 1 << 20
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def read_archive(content: bytes) -> dict[str, bytes]:
    """Read all members of an archive.

    RETURNS (dict[str, bytes]): By name, in their order.
    RAISES (DocumentError): No archive, a broken or encrypted one, or one that is too large.
    """
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise DocumentError("it is encrypted with a password. Save it without one first")
        raise DocumentError("it is in the old binary form of Office. Save it in the new one first")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("its zip archive is broken or cut off") from None
    except NotImplementedError:
        raise DocumentError("its zip archive is compressed in a way that is not known") from None


def _read_members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise DocumentError(f"its zip archive has {len(infos)} members, over {MAX_MEMBERS}")
    members: dict[str, bytes] = {}
    n_bytes = 0
    for info in infos:
        if info.flag_bits & 1:
            raise DocumentError("its zip archive is encrypted. Save it without a password first")
        if info.filename in members:
            raise DocumentError("its zip archive has two members of one name")
        members[info.filename] = _read_member(archive, info, MAX_BYTES - n_bytes)
        n_bytes += len(members[info.filename])
    return members


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """Read one member; what its header says of its size is not believed."""
    parts, n_bytes = [], 0
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            parts.append(chunk)
            n_bytes += len(chunk)
            ratio = n_bytes / max(1, info.compress_size)
            if n_bytes > limit or (n_bytes > LARGE and ratio > MAX_RATIO):
                raise DocumentError(
                    "its zip archive grows too large when unpacked, as archives do that are made "
                    "to fill memory"
                )
    return b"".join(parts)


def write_archive(members: Mapping[str, bytes]) -> bytes:
    """Write an archive, without times, comments and what else can be hidden in one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
