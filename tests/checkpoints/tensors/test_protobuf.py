"""Messages are read as protobuf's own library writes them, and broken ones within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.tensors.protobuf import read_fields, read_varints


def test_the_fields_of_the_documentation() -> None:
    # Field 1 = 150, field 2 = "testing"; SOURCE: protobuf.dev, encoding.
    fields = list(read_fields(memoryview(b"\x08\x96\x01\x12\x07testing")))
    assert [(n, v if isinstance(v, int) else bytes(v)) for n, v in fields] == [
        (1, 150), (2, b"testing")
    ]  # fmt: skip
    assert list(read_varints(memoryview(b"\x03\x8e\x02\x9e\xa7\x05"))) == [3, 270, 86942]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x08", "a number has no end"),
        (b"\x12\x07test", "a field of 7 bytes, of which 4 are left"),
        (b"\x08" + b"\xff" * 10, "more than 64 bits"),
        (b"\x0b", "unknown kind 3"),
        (b"\x09123", "a field of 8 bytes, of which 3 are left"),
    ],
)
def test_broken_messages(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(read_fields(memoryview(data)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        n_bytes = sum(
            len(value) for _, value in read_fields(memoryview(data)) if not isinstance(value, int)
        )
    except ValueError:
        return
    assert n_bytes <= len(data)
