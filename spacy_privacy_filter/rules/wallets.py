"""A text -> the addresses of wallets in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from .finds import CHECKED, FORMED, Find

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_RUN = re.compile("[0-9A-Za-z]{22}")  # each has at least as many
_CODED = re.compile(r"(?<!\w)[13LMDTXmn2][1-9A-HJ-NP-Za-km-z]{25,34}(?!\w)", re.ASCII)
_SEGWIT = re.compile(
    r"(?<!\w)(?:bc|tb|ltc|cosmos|osmo|addr|stake)1[02-9ac-hj-np-z]{20,110}(?!\w)"
    r"|(?<!\w)(?:BC|TB|LTC)1[02-9AC-HJ-NP-Z]{20,90}(?!\w)",
    re.ASCII,
)
_HEX = re.compile(r"(?<!\w)0x[0-9A-Fa-f]{40}(?!\w)", re.ASCII)
# Before forty digits of base 16 in one case, they say that it is a wallet.
_NAMED = re.compile(
    r"(?<![A-Za-z])(?:eth(?:ereum|er)?|wallet|usdt|usdc|erc-?20|bsc|bnb|polygon|matic|metamask"
    r"|payee|beneficiary)(?:[ _-]?addr(?:ess)?)?['\"]?(?: is| to)?"
    r"[ \t]{0,2}[=:#]?[ \t]{0,2}['\"]?\Z",
    re.IGNORECASE,
)
_COIN_AFTER = re.compile(
    r",?[ \t]{1,2}\(?(?:ETH|ETC|USDT|USDC|DAI|BNB|MATIC|POL|AVAX|ether)(?![^\W_])", re.IGNORECASE
)
_N_BEFORE: Final = 40
_CONSTANTS: Final = (1, 0x2BC830A3)  # of Bech32 and Bech32m. SOURCE: BIP 173, BIP 350.


def find_wallets(text: str) -> Iterator[Find]:
    """Find addresses of wallets: Base58Check and Bech32 by their checks, Ethereum's by its form.

    Those of Ethereum need letters of both cases, which are its checksum, or a name before.
    """
    if not _RUN.search(text):
        return
    for match in _CODED.finditer(text):
        if _is_base58(match[0]):
            yield Find(match.start(), match.end(), CHECKED)
    for match in _SEGWIT.finditer(text):
        if _is_bech32(match[0].lower()):
            yield Find(match.start(), match.end(), CHECKED)
    for match in _HEX.finditer(text):
        digits = match[0][2:]
        mixed = digits.upper() != digits and digits.lower() != digits
        before = text[max(0, match.start() - _N_BEFORE) : match.start()]
        if mixed or _NAMED.search(before) or _COIN_AFTER.match(text, match.end()):
            yield Find(match.start(), match.end(), FORMED)


def _is_base58(text: str) -> bool:
    """SOURCE: https://en.bitcoin.it/wiki/Base58Check_encoding."""
    number = 0
    for char in text:
        number = number * 58 + _BASE58.index(char)
    if number >= 1 << 200:
        return False
    data = number.to_bytes(25, "big")
    return hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def _is_bech32(text: str) -> bool:
    """SOURCE: BIP 173."""
    prefix, _, data = text.rpartition("1")
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = 1
    for value in (*values, *(_BECH32.index(char) for char in data)):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if top >> i & 1 else 0
    return check in _CONSTANTS
