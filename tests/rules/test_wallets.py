"""Addresses of wallets."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.wallets import find_wallets


def wallets(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_wallets(text)]


# The examples of BIP 173, BIP 350, EIP-55 and of the first block
ADDRESSES = [
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_of_wallets(address: str) -> None:
    assert wallets(f"send it to {address}, please") == [address]
    assert wallets(f"x{address}") == []


@pytest.mark.parametrize("before", ["ETH ", "wallet: ", "Ethereum address: ", '"wallet": "'])
def test_in_one_case_a_name_must_stand_before(before: str) -> None:
    address = "0x52908400098527886E0F7030069857D2E4169EE7"
    assert wallets(before + address) == [address]
    assert wallets(f"{before}{address.lower()}") == [address.lower()]
    assert wallets(f"object at {address.lower()}") == []


@pytest.mark.parametrize(
    "text",
    [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA", "1111111111111111111111111111",
    ],
)  # fmt: skip
def test_what_fails_its_check_is_none(text: str) -> None:
    assert wallets(text) == []
