"""Mails: headers, bodies in any encoding, attachments; what is found is gone."""

from __future__ import annotations

import base64
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import numpy as np
import pytest

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import PNG, leaks, mail_file, redact, reread, word_file

NAME = "Kai Lund"
BODY = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_bodies_in_any_encoding(encoding: str, charset: str) -> None:
    name = NAME if encoding == "7bit" else "Käi Lund"
    mail = EmailMessage()
    mail["From"] = "a@example.org"
    mail.set_content(f"Dear {name},\n\nbye\n", charset=charset, cte=encoding)
    new = redact(mail.as_bytes(), "eml", [name])
    assert read(new).get_content() == "Dear [X_1],\n\nbye\n"
    assert leaks(new, [name]) == []


def test_headers() -> None:
    source = (
        b"Received: from x by y for <kai@example.org>;\r\n\tMon, 3 Mar 2025 10:00:00 +0100\r\n"
        b"From: =?utf-8?q?K=C3=A4i?= Lund <kai@example.org>\r\nTo: Mia Berg <mia@example.org>,\r\n"
        b' "Lund, K\xc3\xa4i" <x@example.org>\r\n'
        b"Subject: =?utf-8?b?S8OkaSBMdW5k?= =?utf-8?q?_=E2=9C=93?=\r\n"
        b"DKIM-Signature: v=1; bh=abc\r\nX-MS-Exchange-Id: k\r\n"
        b"X-Kai: K\xc3\xa4i Lund\r\n\r\nHi\r\n"
    )  # fmt: skip
    text = reread(source, "eml")
    assert "From: Käi Lund <kai@example.org>\n" in text
    assert "Subject: Käi Lund ✓\n" in text
    new = redact(source, "eml", ["Käi Lund", "kai@example.org", "Lund, Käi"])
    message = message_from_bytes(new)
    assert message["From"] == "[X_1] <[X_1]>"
    assert read(new)["Subject"] == "[X_1] ✓"
    assert message["X-Kai"] == "[X_1]"
    assert "Mia Berg <mia@example.org>" in message["To"]
    assert "DKIM-Signature" not in message  # a digest of what was there
    assert "X-MS-Exchange-Id" not in message
    assert new.count(b"\r\n") == new.count(b"\n")
    assert leaks(new, ["kai@example.org", "Käi", "S8OkaSBMdW5k", "K=C3=A4i"]) == []


def test_attachments_are_redacted_or_dropped_and_told() -> None:
    mail = EmailMessage()
    mail["From"] = "a@example.org"
    mail.set_content(f"{NAME} quoted:\n> Kai\n> Lund\n")
    mail.add_alternative(
        f"<p><b>Kai</b> Lund <img src='cid:p1'></p><!-- {NAME} -->", subtype="html"
    )
    word = word_file(BODY.format(NAME))
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(word, maintype="application", subtype=kind, filename=f"{NAME}.docx")
    mail.add_attachment(
        NAME.encode(), maintype="application", subtype="zip", filename="ä Kai Lund.zip"
    )
    mail.add_attachment(word[:200], maintype="application", subtype=kind, filename="b.docx")
    noted = PNG[:33] + b"\0\0\0\x08tEXtKai Lund\0\0\0\0" + PNG[33:]
    mail.add_attachment(noted, maintype="image", subtype="png", disposition="inline", cid="<p1>")
    mail.add_attachment(noted, maintype="image", subtype="png", filename="scan.png")
    mail.add_attachment(read(mail_file(NAME, To=NAME)))
    source = mail.as_bytes()
    assert leaks(source, [NAME]) == [NAME]
    document = open_document(source, "eml")
    assert [note.split(":")[0] for note in document.notes if "attachment" in note] == [
        "attachment redacted", "attachment dropped", "attachment dropped", "attachment dropped"
    ]  # fmt: skip
    assert any("broken" in note for note in document.notes)
    assert NAME not in " ".join(document.notes)
    new = redact(source, "eml", [NAME])
    assert leaks(new, [NAME, base64.b64encode(NAME.encode()).decode()]) == []
    parts = [part for part in read(new).walk() if not part.is_multipart()]
    assert parts[0].get_content() == "[X_1] quoted:\n> [X_1]\n"
    assert parts[1].get_content() == "<p><b>[X_1]</b> <img src='cid:p1'></p><!-- [X_1] -->\n"
    assert parts[2].get_filename() == "[X_1].docx"
    assert "[X_1]" in reread(parts[2].get_content(), "docx")
    assert parts[3].get_content().startswith("[attachment dropped (application/zip, 8 bytes)]")
    assert parts[5].get_content() == PNG


def test_what_is_not_redacted_stays() -> None:
    source = (
        b"From: a@example.org\nSubject: A long line that goes on\n in the next\nX: 1\nX: 2\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\xc3\xa4 \n\n"
        b"--b\nContent-Type: text/html\n\n<p>x\n--b--\n"
    )
    assert redact(source, "eml", []) == source


def test_calendars_and_cards_go_on_over_lines() -> None:
    mail = (
        b"From: a@example.org\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n"
        b"ATTENDEE;CN=Kai L\n und:x\nEND:VCALENDAR\n"
    )
    new = redact(mail, "eml", [NAME])
    assert b"ATTENDEE;CN=[X_1]\n :x\nEND" in new


def test_signed_mails_lose_their_signature() -> None:
    mail = (
        b"From: a@example.org\nContent-Type: multipart/signed; boundary=b; micalg=sha256;\n"
        b' protocol="application/pkcs7-signature"\n\n--b\nContent-Type: text/plain\n\nKai Lund\n'
        b"--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIAG\n--b--\n"
    )
    new = redact(mail, "eml", [NAME])
    assert read(new).get_content_type() == "multipart/mixed"
    assert leaks(new, [NAME, "MIAG", "sha256"]) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "no mail"),
        (b"\x00\x01\x02", "no mail"),
        (b"just a text\n\nof lines", "no mail"),
        (b"From: a\nContent-Type: multipart/encrypted; boundary=b\n\n--b--\n", "encrypted"),
        (b"From: a\nContent-Type: application/pkcs7-mime\n\nx", "encrypted"),
        (b"From: a\n" + b"Content-Type: message/rfc822\n\n" * 3000, "without end|each other"),
    ],
)
def test_bad_files_are_refused_with_a_reason(source: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document(source, "eml")


def test_damaged_mails_are_refused_or_read() -> None:
    rng = np.random.default_rng(20260)
    mail = EmailMessage()
    mail["From"] = f"{NAME} <kai@example.org>"
    mail.set_content(NAME)
    mail.add_alternative(f"<p>{NAME}</p>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="zip", filename=f"ä {NAME}.zip")
    source = mail.as_bytes()
    marks = list(b"<>&;=?\n\r: \x00\xff")
    for _ in range(400):
        damaged = bytearray(source)
        for place in rng.integers(len(source) - 300, size=6):
            damaged[place : place + rng.integers(20)] = bytes([rng.choice(marks)])
        with suppress(DocumentError):
            redact(bytes(damaged), "eml", [NAME, "kai@example.org"])
