"""Protocol buffers -> numbered fields, mapped: nothing is copied that nobody asks for.

As much of the encoding as ONNX files need, with no library.
SOURCE: https://protobuf.dev/programming-guides/encoding
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
FIXED: Final = {FIXED64: 8, FIXED32: 4}
MAX_SHIFT: Final = 63


def read_fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Read the fields of a message in order.

    data (memoryview): The message.
    RETURNS (Iterator[tuple]): Number of a field, and its value: a whole number, or bytes.
    RAISES (ValueError): The message is cut short, or is none.
    """
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == BYTES:
            size, at = _varint(data, at)
        elif kind in FIXED:
            size = FIXED[kind]
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if size > end - at:
            raise ValueError(
                f"it is cut short: a field of {size} bytes, of which {end - at} are left"
            )
        yield number, data[at : at + size]
        at += size


def read_varints(data: memoryview) -> Iterator[int]:
    """Read packed whole numbers. RAISES (ValueError): They are cut short."""
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """Read a whole number of up to 64 bits, and say where the next field begins."""
    value = 0
    for shift in range(0, MAX_SHIFT + 1, 7):
        if at >= len(data):
            raise ValueError("it is cut short: a number has no end")
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise ValueError("a number of more than 64 bits")
