"""A mail (.eml) -> its headers, bodies and attachments as text; and the mail with other values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.generator import BytesGenerator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from io import BytesIO
from typing import Final

from ..blocks import Block, Document, DocumentError, Slot
from ..markup.html import Page, check_html
from ..markup.raw import Source, Stretch
from ..pictures import clean_picture
from ..values import Replaced
from .parts import Body, FileName, Header, decode_header, drop_content

MAX_PARTS: Final = 1000
MAX_DEPTH: Final = 50
# Of what was signed or measured before it was changed; some are digests of the source.
_DROPPED: Final = re.compile(
    r"DKIM-.*|ARC-.*|DomainKey-.*|(X-)?Authentication-Results|X-Google-.*|X-Gm-.*|X-MS-.*|"
    r"X-Microsoft-.*|X-Forefront-.*|Thread-Index|Content-MD5|Content-Length|Lines|Autocrypt|Face|"
    r"X-Face|OpenPGP|X-OriginatorOrg|X-EOP.*|X-Exchange-.*|X-SG-EID|X-Mimecast-.*|X-Spam-.*",
    re.IGNORECASE,
)
_STEADY: Final = frozenset(
    "mime-version content-type content-transfer-encoding content-disposition "
    "content-language".split()
)
_MAIL_HEADERS: Final = frozenset(
    "from to cc subject date received message-id mime-version return-path sender reply-to".split()
)
_ENCRYPTED: Final = frozenset(
    "multipart/encrypted application/pkcs7-mime application/x-pkcs7-mime".split()
)
_SIGNATURES: Final = frozenset(
    "application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature".split()
)
_INNER: Final = re.compile(r"\.(docx|xlsx|pptx|html?|md|pdf|eml)$", re.IGNORECASE)
_KIND: Final = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,80}")
_QUOTE: Final = re.compile(r"\r?\n(?:[>|] ?)+")
_FOLD: Final = re.compile(r"\r?\n[ \t]")
OpenInner = Callable[[bytes, str], Document]


def open_mail(content: bytes, open_inner: OpenInner) -> Document:
    """Read a mail.

    content (bytes): The mail.
    open_inner (Callable): Reads an attachment by its bytes and name.
    RAISES (DocumentError): No mail, or an encrypted one.
    """
    newline = "\r\n" if b"\r\n" in content[:4096] else "\n"
    policy = Compat32(linesep=newline, max_line_length=0)
    message: Message = BytesParser(policy=policy).parsebytes(content)
    if not _MAIL_HEADERS & {name.lower() for name in message}:
        raise DocumentError("it is no mail: it has none of the headers that mails have")
    mail = _Mail(open_inner)
    with _refusing():
        mail.read(message, "", 0)

    def render(replaced: Sequence[Replaced]) -> bytes:
        out = BytesIO()
        with _refusing():
            for finish in mail.finishers:
                finish(replaced)
            BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=policy).flatten(message)
        return out.getvalue()

    return Document(mail.blocks, render, mail.notes)


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what the mail library stumbles over, such as a header in a header."""
    try:
        yield
    except DocumentError:
        raise
    except (MessageError, ValueError):
        raise DocumentError("its headers are damaged") from None


@dataclass
class _Mail:
    """A mail as it is read.

    finishers (list): What is done to parts once their slots have new texts.
    """

    open_inner: OpenInner
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    finishers: list[Callable[[Sequence[Replaced]], None]] = field(default_factory=list)
    n_parts: int = 0

    def read(self, part: Message, place: str, depth: int) -> None:
        """Read a part and all within."""
        self.n_parts += 1
        if self.n_parts > MAX_PARTS or depth > MAX_DEPTH:
            raise DocumentError(f"it has over {MAX_PARTS} parts, or parts in parts without end")
        kind = part.get_content_type()
        kind = kind if _KIND.fullmatch(kind) else "application/octet-stream"
        if kind in _ENCRYPTED:
            raise DocumentError("it is encrypted, or signed as a whole. Save it in the clear first")
        self._read_headers(part, place)
        if part.is_multipart():
            self._read_multipart(part, kind, place, depth)
        elif kind in _SIGNATURES:
            drop_content(part, "signature dropped")
            self.notes.append("signatures dropped: 1")
        else:
            self._read_content(part, kind, f"{place}part {self.n_parts}")

    def _read_multipart(self, part: Message, kind: str, place: str, depth: int) -> None:
        if kind == "multipart/signed":
            part.set_type("multipart/mixed")
            for name in ("protocol", "micalg"):
                part.del_param(name)
        for name in ("preamble", "epilogue"):
            if (getattr(part, name) or "").strip():
                setattr(part, name, None)
        for number, inner in enumerate(part.get_payload(), start=1):
            if isinstance(inner, Message):
                here = f"{place}mail {number}: " if kind == "message/rfc822" else place
                self.read(inner, here, depth + 1)

    def _read_headers(self, part: Message, place: str) -> None:
        for name in [name for name in part if _DROPPED.fullmatch(name)]:
            del part[name]
        counts: dict[str, int] = {}
        for name, value in list(part.raw_items()):
            number = counts.get(name.lower(), 0)
            counts[name.lower()] = number + 1
            if name.lower() not in _STEADY:
                slot = Header(part, name, number, decode_header(value))
                self.blocks.append(Block([slot], f"{place}header {name}", f"{name}: "))
            elif name.lower() == "content-type" and part.get_param("name"):
                self._read_name(part, "name", name, place)
            elif name.lower() == "content-disposition" and part.get_filename():
                self._read_name(part, "filename", name, place)

    def _read_name(self, part: Message, key: str, header: str, place: str) -> None:
        slot = FileName(part, key, header)
        self.blocks.append(Block([slot], f"{place}name of a file", "File: "))

    def _read_content(self, part: Message, kind: str, place: str) -> None:
        name = part.get_filename() or ""
        if _INNER.search(name) and (
            part.get_content_disposition() == "attachment" or not (kind.startswith("text/"))
        ):
            self._read_attachment(part, name, kind, place)
        elif kind == "text/html":
            self._read_html(part, place)
        elif kind.startswith("text/") and kind not in ("text/rtf", "text/richtext"):
            self._read_text(part, kind, place)
        elif kind.startswith("image/") and part.get_content_disposition() != "attachment":
            self._read_picture(part, place)
        else:
            self._drop(part, kind, "")

    def _drop(self, part: Message, kind: str, why: str) -> None:
        n_bytes = len(part.get_payload(decode=True) or b"")
        self.notes.append(f"attachment dropped: {kind}, {n_bytes} bytes{why}")
        drop_content(part, f"attachment dropped ({kind}, {n_bytes} bytes)")

    def _read_text(self, part: Message, kind: str, place: str) -> None:
        body = Body(part)
        source = Source(body.text)
        is_folded = kind in ("text/calendar", "text/vcard", "text/x-vcard", "text/directory")
        pattern, said = (_FOLD, "") if is_folded else (_QUOTE, "\n")
        slots = [*_cut(source, pattern, said)]
        self.blocks.append(Block(slots, place, end="\n\n"))
        self.finishers.append(lambda replaced: body.put(source.write()))

    def _read_html(self, part: Message, place: str) -> None:
        body = Body(part)
        page = Page(body.text, f"{place}, ")
        self.blocks += page.blocks
        self.notes += page.notes

        def finish(replaced: Sequence[Replaced]) -> None:
            new = page.write(replaced)
            check_html(new, replaced)
            body.put(new)

        self.finishers.append(finish)

    def _read_picture(self, part: Message, place: str) -> None:
        content = bytes(part.get_payload(decode=True) or b"")
        picture = clean_picture(content)
        if picture is None:
            self._drop(part, part.get_content_type(), "")
            return
        self.notes.append("pictures kept, which nothing reads: 1")
        if picture != content:
            Body(part, is_text=False).put_bytes(picture)

    def _read_attachment(self, part: Message, name: str, kind: str, place: str) -> None:
        content = part.get_payload(decode=True) or b""
        ending = name[name.rfind(".") :]
        try:
            inner = self.open_inner(bytes(content), f"attachment{ending}")
        except DocumentError as error:
            self._drop(part, kind, f": {error}")
            return
        self.notes.append(f"attachment redacted: {kind}, {len(content)} bytes")
        self.notes += inner.notes
        for block in inner.blocks:
            block.place = f"{place}, {block.place}"
        self.blocks += inner.blocks
        body = Body(part, is_text=False)
        self.finishers.append(lambda replaced: body.put_bytes(inner.render(replaced)))


def _cut(source: Source, pattern: re.Pattern[str], said: str) -> Iterator[Slot]:
    place = 0
    for match in pattern.finditer(source.text):
        if place < match.start():
            yield Stretch(source, place, match.start())
        yield Stretch(source, match.start(), match.end(), said)
        place = match.end()
    if place < len(source.text):
        yield Stretch(source, place, len(source.text))
