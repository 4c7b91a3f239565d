"""Blocks of private keys."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.rules.secrets.private_keys import find_private_keys

from ...helpers import assert_grows_linearly

BODY = "MIIEpAIBAAKCAQEA7bq/PfvivVZh4StMKCIhRlqY+\nBNWTR/c5+G1Y0Q0g5xxbsCyFSJrOW3ErGKo=\n"
KINDS = [
    "PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_private_key_is_found_before_its_end_has_come(kind: str) -> None:
    begun = f"-----BEGIN {kind}-----\nAAAA\n"
    whole = f"{begun}-----END {kind}-----"
    for text in (begun, whole, f"{whole} and more"):
        (find,) = find_private_keys(text)
        assert text[find.start_char : find.end_char] in (begun, whole)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "headers",
    ["", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B-2C\n\n", "Version: x - y\n\n"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\\n", "\n    ", "\n> "])
def test_a_block_is_one_span(kind: str, headers: str, end: str) -> None:
    block = f"-----BEGIN {kind}-----\n{headers}{BODY}-----END {kind}-----".replace("\n", end)
    text = f'see "{block}", Ada'
    assert [text[find.start_char : find.end_char] for find in find_private_keys(text)] == [block]
    (span,) = make_rules()(text)
    assert (text[span.start_char : span.end_char], span.label) == (block, "secret")


def test_what_is_no_private_key() -> None:
    for text in ("-----BEGIN follows", "-----BEGIN CERTIFICATE-----\nAAAA", "BEGIN PRIVATE KEY"):
        assert list(find_private_keys(text)) == []


def test_a_header_in_a_block_that_has_no_end_begins_another() -> None:
    text = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----BEGIN PRIVATE KEY-----\nBBBB"
    assert len(list(find_private_keys(text))) == 2


def test_many_open_headers_take_no_long() -> None:
    rules = make_rules(labels={"phone": None})
    header = "-----BEGIN RSA PRIVATE KEY-----\nsome words here "
    assert_grows_linearly(lambda n: list(find_private_keys(header * n)), 1000)
    assert_grows_linearly(lambda n: list(rules.cuts(header * n)), 300)
    assert_grows_linearly(lambda n: list(rules.cuts(header + "some words here " * n)), 300)


PUTTY = """PuTTY-User-Key-File-3: ssh-ed25519
Encryption: none
Comment: ada@host
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIEx
abcd
Private-Lines: 1
AAAAIHf3Gk2PqL0
Private-MAC: 9f8e7d6c5b4a39281706"""


@pytest.mark.parametrize("around", ["{}", "key:\n{}\n\nThanks, Ada", "{}\r\nnext"])
def test_a_key_of_putty_is_found_whole(around: str) -> None:
    text = around.format(PUTTY)
    (find,) = find_private_keys(text)
    assert text[find.start_char : find.end_char] == PUTTY


def test_a_key_of_putty_without_an_end_stops_before_prose() -> None:
    text = PUTTY.rpartition("\n")[0]
    (find,) = find_private_keys(f"{text}\nPlease keep this safe, all of you.\n")
    assert find.end_char == len(text)


@pytest.mark.parametrize("unit", ["PuTTY-User-Key-File-3: a\n", "PuTTY-User-Key-File-3: a\nabcd\n"])
def test_many_keys_of_putty_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_private_keys(unit * n)), 2000)
