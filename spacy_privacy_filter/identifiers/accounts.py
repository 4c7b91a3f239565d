"""The account part of an IBAN -> the same with the check characters of its own country right.

They are older than the IBAN and stand inside of it. Nothing else changes but a digit for which
none would fit.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Final

from .checks import add_up, fix_luhn, italian_letter

# What a letter counts in a French RIB: A to I, J to R, and S to Z from 2.
_RIB: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
# Powers of 2, and from the right those of 2 once more, modulo 11.
_POWERS: Final = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
_CZECH: Final = (6, 3, 7, 9, 10, 5, 8, 4, 2)
_NORWEGIAN: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def fix_account(country: str, account: str) -> str:
    """Set the national check characters of the account part of an IBAN, where there are some.

    country (str): Two letters. account (str): Capitals and digits, as many as there must be.
    RETURNS (str): As many characters; the same for countries with no check, or one by bank.
    """
    return _FIXERS[country](account) if country in _FIXERS else account


def is_account(country: str, account: str) -> bool:
    """Say whether the account part of an IBAN keeps the check of its country.

    Of the countries that have one, four are asked for it; in the others the two digits of the IBAN
    itself decide, so that nothing goes unseen.

    country (str): Two letters. account (str): Of the form of its country.
    """
    if country == "ME":
        return int(account) % 97 == 1
    if country == "NO" and account.startswith("0000"):  # of the post's bank: seven digits
        return fix_luhn(account) == account
    return country not in ("BE", "ES", "NO") or fix_account(country, account) == account


def _belgian(account: str) -> str:
    body = account[:10]
    return f"{body}{int(body) % 97 or 97:02d}"


def _spanish(account: str) -> str:
    bank, body = account[:8], account[10:]
    checks = (11 - add_up(part, _POWERS) % 11 for part in (f"00{bank}", body))
    return bank + "".join({10: "1", 11: "0"}.get(n, str(n)) for n in checks) + body


def _french(account: str) -> str:
    body = account[:21]
    return f"{body}{97 - int(body.translate(_RIB)) * 100 % 97:02d}"


def _italian(account: str) -> str:
    return italian_letter(account[1:]) + account[1:]


def _portuguese(account: str) -> str:
    body = account[:19]
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def _norwegian(account: str) -> str:
    return _modulus_11(account, _NORWEGIAN)


def _czech(account: str) -> str:
    bank, prefix, number = account[:4], account[4:10], account[10:]
    return bank + _modulus_11(prefix, _CZECH[-5:]) + _modulus_11(number, _CZECH)


def _modulus_11(number: str, weights: tuple[int, ...]) -> str:
    """Set the last digit; where it would have to be ten, the one before it changes, too."""
    body = number[:-1]
    check = -add_up(body, weights) % 11
    if check == 10:
        return _modulus_11(f"{body[:-1]}{(int(body[-1]) + 1) % 10}0", weights)
    return f"{body}{check}"


def _polish(account: str) -> str:
    return f"{account[:7]}{-add_up(account, (3, 9, 7, 1, 3, 9, 7)) % 10}{account[8:]}"


def _hungarian(account: str) -> str:
    bank, body = account[:7], account[8:23]
    checks = (-add_up(part, cycle((9, 7, 3, 1))) % 10 for part in (bank, body))
    return "".join(f"{part}{n}" for part, n in zip((bank, body), checks, strict=True))


_FIXERS: Final[dict[str, Callable[[str], str]]] = {
    "BE": _belgian,
    "CZ": _czech,
    "ES": _spanish,
    "FI": fix_luhn,
    "FR": _french,
    "HU": _hungarian,
    "IT": _italian,
    "NO": _norwegian,
    "PL": _polish,
    "PT": _portuguese,
}
