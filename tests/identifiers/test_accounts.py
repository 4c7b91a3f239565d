"""Check characters of countries inside of an IBAN."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.identifiers.accounts import fix_account, is_account
from spacy_privacy_filter.identifiers.checks import fix_luhn

# Examples of the SWIFT registry; the Belgian one is python-stdnum's.
IBANS = (
    "BE31 4354 1116 1155", "CZ65 0800 0000 1920 0014 5399", "ES91 2100 0418 4502 0005 1332",
    "FI21 1234 5600 0007 85", "FR14 2004 1010 0505 0001 3M02 606",
    "HU42 1177 3016 1111 1018 0000 0000", "IT60 X054 2811 1010 0000 0123 456",
    "NO93 8601 1117 947", "PL61 1090 1014 0000 0712 1981 2874", "PT50 0002 0123 1234 5678 9015 4",
    "DE89 3704 0044 0532 0130 00",
)  # fmt: skip
# Places of the check characters in the account part.
CHECKED = {
    "BE": (10, 11), "CZ": (9, 19), "ES": (8, 9), "FI": (13,), "FR": (21, 22), "HU": (7, 23),
    "IT": (0,), "NO": (10,), "PL": (7,), "PT": (19, 20), "DE": (),
}  # fmt: skip


@pytest.mark.parametrize("iban", IBANS)
def test_checks_of_countries_inside_of_an_iban(iban: str) -> None:
    country, account = iban[:2], iban.replace(" ", "")[4:]
    spoilt = list(account)
    for i in CHECKED[country]:
        spoilt[i] = "A" if country == "IT" else str((int(account[i]) + 3) % 10)
    assert fix_account(country, "".join(spoilt)) == account
    assert is_account(country, account)
    if country in ("BE", "ES", "NO"):
        assert not is_account(country, "".join(spoilt))


@given(st.from_regex(r"[0-9]{24}", fullmatch=True))
def test_check_digits_fit_whatever_the_account(digits: str) -> None:
    czech, norwegian = fix_account("CZ", digits[:20]), fix_account("NO", digits[:11])
    for number in (czech[4:10], czech[10:], norwegian):
        twos, ramp = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6), (1, *range(2, 8), *range(2, 6))
        weights = ramp if number is norwegian else twos
        assert sum(int(d) * w for d, w in zip(number[::-1], weights, strict=False)) % 11 == 0
    assert int(fix_account("PT", digits[:21])) % 97 == 1
    french = fix_account("FR", digits[:23])
    parts = [int(french[i:j]) for i, j in ((0, 5), (5, 10), (10, 21), (21, 23))]
    assert sum(part * w for part, w in zip(parts, (89, 15, 3, 1), strict=True)) % 97 == 0
    finnish = fix_account("FI", digits[:14])
    assert fix_luhn(finnish) == finnish


def test_an_account_of_the_norwegian_post_has_seven_digits() -> None:
    assert is_account("NO", "00001234566")
    assert not is_account("NO", "00001234567")
