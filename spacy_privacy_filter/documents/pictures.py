"""A picture -> the same without what is written beside its pixels, or a blank one."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
# What a picture needs to look as it did; all else may hold text.
_PNG_CHUNKS: Final = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD",
    b"sBIT", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_JPEG_ALONE: Final = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_JPEG_APP0, _JPEG_ADOBE, _JPEG_COMMENT = 0xE0, 0xEE, 0xFE


def clean_picture(content: bytes) -> bytes | None:
    """Take out of a picture what is written beside its pixels: places, names, previews, comments.

    RETURNS (bytes | None): The picture; None if it is no whole PNG, JPEG or GIF.
    """
    try:
        if content.startswith(_PNG):
            return _clean_png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _clean_jpeg(content)
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return _clean_gif(content)
    except (struct.error, IndexError, ValueError):
        pass
    return None


def blank_picture(name: str) -> bytes:
    """Make a picture with nothing in it, of the kind that the ending of a name says."""
    ending = name.rpartition(".")[2].lower()
    if ending == "svg":
        return b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    if ending == "emf":
        # A header of 88 bytes, and the end of the file (MS-EMF 2.3.4.2).
        header = struct.pack(
            "<II8i4sIIIHHIIIiiii", 1, 88, *[0, 0, 1, 1] * 2, b" EMF", 0x10000, 108, 2, 1, 0, 0, 0,
            0, 1, 1, 1, 1,
        )  # fmt: skip
        return header + struct.pack("<IIIII", 14, 20, 0, 0, 20)
    if ending == "wmf":
        # With the header that says its size (MS-WMF 2.3.2.3); the last word is a sum of the others.
        words = struct.pack("<IHhhhhHI", 0x9AC6CDD7, 0, 0, 0, 1, 1, 1440, 0)
        total = 0
        for (word,) in struct.iter_unpack("<H", words):
            total ^= word
        header = words + struct.pack("<HHHHIHIH", total, 1, 9, 0x300, 12, 0, 3, 0)
        return header + struct.pack("<IH", 3, 0)
    return _BLANK_PNG


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_BLANK_PNG: Final = (
    _PNG
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)


def _clean_png(content: bytes) -> bytes:
    parts, place, kind = [_PNG], len(_PNG), b""
    while kind != b"IEND":
        (n_bytes,) = struct.unpack_from(">I", content, place)
        kind = content[place + 4 : place + 8]
        if place + 12 + n_bytes > len(content):
            raise ValueError
        if kind in _PNG_CHUNKS:
            parts.append(content[place : place + 12 + n_bytes])
        place += 12 + n_bytes
    return b"".join(parts)


def _clean_jpeg(content: bytes) -> bytes:
    parts, place = [content[:2]], 2
    while True:
        if content[place] != 0xFF:
            raise ValueError
        marker = content[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == 0xD9:
            return b"".join([*parts, b"\xff\xd9"])
        if marker in _JPEG_ALONE:
            parts.append(content[place : place + 2])
            place += 2
            continue
        end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        if _jpeg_stays(marker):
            parts.append(content[place:end])
        place = end


def _jpeg_stays(marker: int) -> bool:
    is_note = _JPEG_APP0 < marker <= 0xEF or marker == _JPEG_COMMENT
    return not is_note or marker == _JPEG_ADOBE


def _end_of_scan(content: bytes, place: int) -> int:
    """Find the marker behind the pixels: one that is neither a literal FF nor a restart."""
    while True:
        place = content.index(b"\xff", place)
        if content[place + 1] != 0 and not 0xD0 <= content[place + 1] <= 0xD7:
            return place
        place += 2


def _clean_gif(content: bytes) -> bytes:
    flags = content[10]
    place = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    parts = [content[:place]]
    if place > len(content):
        raise ValueError
    while True:
        kind = content[place]
        if kind == 0x3B:
            return b"".join([*parts, b";"])
        start = place
        if kind == 0x21:
            label = content[place + 1]
            place = _end_of_blocks(content, place + 2)
            stays = label == 0xF9 or content[start + 3 : start + 14] == b"NETSCAPE2.0"
        elif kind == 0x2C:
            flags = content[place + 9]
            place = place + 10 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
            place = _end_of_blocks(content, place + 1)
            stays = True
        else:
            raise ValueError
        if stays:
            parts.append(content[start:place])


def _end_of_blocks(content: bytes, place: int) -> int:
    while n_bytes := content[place]:
        place += 1 + n_bytes
    return place + 1
