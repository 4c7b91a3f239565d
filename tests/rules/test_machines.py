"""Addresses of machines."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.machines import find_ips, find_macs


@pytest.mark.parametrize("address", ["10.1.2.3", "2001:db8::8a2e:370:7334", "::ffff:0"])
def test_addresses_of_the_internet(address: str) -> None:
    text = f"from {address} now"
    assert [text[find.start_char : find.end_char] for find in find_ips(text)] == [address]


@pytest.mark.parametrize("text", ["version 1.2.3.4", "v1.2.3.4", "999.1.2.3", "1.2.3.4.5", "a::b"])
def test_what_is_no_address_of_the_internet(text: str) -> None:
    assert list(find_ips(text)) == []


@pytest.mark.parametrize("address", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7"])
def test_addresses_of_network_cards(address: str) -> None:
    text = f"card {address}, up"
    assert [text[find.start_char : find.end_char] for find in find_macs(text)] == [address]
    assert list(find_macs("1234.5678.9012 or 00:1B:44:11:3A")) == []
