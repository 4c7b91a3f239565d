"""Headers, names of files and bodies of a mail as text, and written back as mails are."""

from __future__ import annotations

import base64
import email.errors
import email.header
import email.utils
import quopri
import re
from email.message import Message

from ..markup.raw import decode_text

_FOLDS = re.compile(r"\r?\n(?=[ \t])")
_WORD = re.compile(r"\S*[^\x00-\x7f\s]\S*(?:[ ]+\S*[^\x00-\x7f\s]\S*)*")
MAX_LINE = 990  # SMTP takes lines of 998 characters


def decode_header(value: object) -> str:
    """Read a header: on one line, and encoded words as what they say."""
    raw = _FOLDS.sub("", str(value)).replace("\r", " ").replace("\n", " ")
    raw = raw.encode("utf8", "surrogateescape").decode("utf8", "replace")
    try:
        parts = email.header.decode_header(raw)
    except (ValueError, email.errors.HeaderParseError):
        return raw
    said = ""
    for content, charset in parts:
        if isinstance(content, str):
            said += content
        elif charset is None:
            said += content.decode("latin-1")
        else:
            said += decode_text(content, charset)[0]
    return said


def encode_header(text: str) -> str:
    """Write a header: what is not ASCII as encoded words."""
    line = re.sub(r"[\r\n]+", " ", text)
    return _WORD.sub(lambda match: email.header.Header(match[0], "utf-8").encode(), line)


class Header:
    """A header of a part; `number` tells those of one name apart."""

    def __init__(self, part: Message, name: str, number: int, text: str) -> None:
        self.part, self.name, self.number, self.text = part, name, number, text

    def put(self, text: str) -> None:
        """Put another text there."""
        if text == self.text:
            return
        items = self.part._headers  # type: ignore[attr-defined]
        places = [i for i, (name, _) in enumerate(items) if name.lower() == self.name.lower()]
        if self.number < len(places):  # else it went with its part
            place = places[self.number]
            items[place] = (items[place][0], encode_header(text))


class FileName:
    """The name of a file in a header with parameters."""

    def __init__(self, part: Message, key: str, header: str) -> None:
        self.part, self.key, self.header = part, key, header
        value = part.get_param(key, header=header)
        if isinstance(value, tuple):
            value = email.utils.collapse_rfc2231_value(value)
        self.text = decode_header(value or "")

    def put(self, text: str) -> None:
        """Put another name there."""
        if text == self.text or self.part.get_param(self.key, header=self.header) is None:
            return
        name = re.sub(r"[\r\n\"\\]+", " ", text)
        charset = "" if name.isascii() else "utf-8"
        self.part.set_param(self.key, name, header=self.header, charset=charset or None)


class Body:
    """The content of a part that is no other part.

    text (str): What it says; "" for what is no text.
    """

    def __init__(self, part: Message, *, is_text: bool = True) -> None:
        self.part, self.text = part, ""
        if is_text:
            content = part.get_payload(decode=True)
            raw = content if isinstance(content, bytes) else b""
            self.text, self.charset = decode_text(raw, _charset_of(part))

    def put(self, text: str) -> None:
        """Put another text there, in the encoding that it had if that can hold it."""
        if text == self.text:
            return
        try:
            content = text.encode(self.charset)
        except UnicodeError:
            content = text.encode("utf8", "replace")
            self.part.set_param("charset", "utf-8")
        encoding = str(self.part.get("Content-Transfer-Encoding", "7bit")).strip().lower()
        if encoding == "base64":
            self.put_bytes(content)
            return
        is_plain = content.isascii() and all(len(x) < MAX_LINE for x in content.split(b"\n"))
        if encoding in ("7bit", "8bit", "binary") and (is_plain or encoding != "7bit"):
            self.part.set_payload(content.decode("ascii", "surrogateescape"))
            return
        unix = content.replace(b"\r\n", b"\n")
        self.part.set_payload(quopri.encodestring(unix).decode("ascii"))
        self._set_encoding("quoted-printable")

    def put_bytes(self, content: bytes) -> None:
        """Put other bytes there, in base64."""
        self.part.set_payload(base64.encodebytes(content).decode("ascii"))
        self._set_encoding("base64")

    def _set_encoding(self, name: str) -> None:
        del self.part["Content-Transfer-Encoding"]
        self.part["Content-Transfer-Encoding"] = name


def _charset_of(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):
        return None


def drop_content(part: Message, note: str) -> None:
    """Put a line of text in the place of a part."""
    for name in ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"):
        del part[name]
    for name in ("Content-Description", "Content-Location"):
        del part[name]
    part["Content-Type"] = "text/plain; charset=us-ascii"
    part.set_payload(f"[{note}]\n")
