"""A text file -> one passage, and the file with another text."""

from __future__ import annotations

import codecs

from .base import Content, Passage
from .reading import Reading

# The longer marks first: that of UTF-32 begins as that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip


def decode(content: bytes, name: str) -> str:
    """Read bytes as UTF-8. Line ends and a byte order mark stay as they are.

    RAISES (ValueError): Bytes that are not UTF-8.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            raise ValueError(
                f"{name} is {encoding} text, as its byte order mark says, not UTF-8. Convert it "
                f"first: iconv -f {encoding} -t UTF-8"
            )
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} is not UTF-8 text: byte {error.start} does not fit. Convert it first, for "
            "instance with: iconv -f LATIN1 -t UTF-8"
        ) from None


def read_plain(content: bytes, name: str, reading: Reading) -> Content:
    """Read a file that is one text. RAISES (ValueError): Not UTF-8."""
    text = decode(content, name)
    return Content([Passage("", text)], lambda texts: texts[0].text.encode("utf8"))
