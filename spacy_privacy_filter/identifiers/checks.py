"""Characters of an identifier -> the same with its check characters right, one function a checksum.

Each `fix_*` function changes only the check characters, and gives None where none fits. Capitals
and digits in ASCII, of the right number; `table` says of which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
# What a letter of a vehicle number counts; I, O and Q are none.
VIN_LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
# What a digit, or the letter of that place, counts at odd places of a codice fiscale.
_ODD_VALUES = (
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
)  # fmt: skip
_VERHOEFF = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def add_up(value: Sequence[str], weights: Iterable[int]) -> int:
    """Add up digits by weights; digits or weights that are left over do not count."""
    return sum(int(char) * weight for char, weight in zip(value, weights, strict=False))


def _or_none(rest: int) -> str | None:
    return None if rest == 10 else str(rest)


def _append(value: str, digit: str | None) -> str | None:
    return None if digit is None else value + digit


# --- Cards, banks, vehicles ---


def fix_luhn(value: str) -> str:
    """Set the last digit of a card number, IMEI or Canadian SIN. SOURCE: ISO/IEC 7812-1, B."""
    total = 0
    for i, char in enumerate(reversed(value[:-1])):
        digit = int(char) * (2 if i % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return value[:-1] + str(-total % 10)


def fix_iban(value: str) -> str:
    """Set the two check digits of an IBAN. SOURCE: ISO 13616, ISO/IEC 7064 MOD 97-10."""
    moved = value[4:] + value[:2] + "00"
    number = int("".join(str(int(char, 36)) for char in moved))
    return f"{value[:2]}{98 - number % 97:02d}{value[4:]}"


def fix_routing(value: str) -> str:
    """Set the last digit of the number of a US bank (ABA)."""
    return value[:8] + str(-add_up(value[:8], (3, 7, 1, 3, 7, 1, 3, 7)) % 10)


def fix_vin(value: str) -> str:
    """Set the ninth character of a vehicle number. SOURCE: 49 CFR 565.15 (c)."""
    values = [int(char) if char.isdigit() else VIN_LETTERS[char] for char in value]
    rest = sum(n * weight for n, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return value[:8] + ("X" if rest == 10 else str(rest)) + value[9:]


# --- People and firms, by country ---


def fix_npi(value: str) -> str:
    """Set the last digit of a US provider's number: as of a card that begins with 80840."""
    return fix_luhn(f"80840{value}")[5:]


def fix_nhs(value: str) -> str | None:
    """Set the last digit of a British NHS number (modulus 11)."""
    return _append(value[:9], _or_none(-add_up(value[:9], range(10, 1, -1)) % 11))


def fix_dni(value: str) -> str:
    """Set the letter of a Spanish DNI or NIE."""
    number = int(value[:8].translate(str.maketrans("XYZ", "012")))
    return value[:8] + "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]


def fix_codice_fiscale(value: str) -> str:
    """Set the last letter of an Italian codice fiscale. SOURCE: D.M. 23 December 1976."""
    return value[:15] + italian_letter(value[:15])


def italian_letter(value: str) -> str:
    """Compute the letter that checks a codice fiscale, or (CIN) an Italian account."""
    places = [int(c) if c.isdigit() else ord(c) - ord("A") for c in value]
    total = sum(_ODD_VALUES[n] if i % 2 == 0 else n for i, n in enumerate(places))
    return chr(ord("A") + total % 26)


def fix_idnr(value: str) -> str:
    """Set the last digit of a German tax number (IdNr). SOURCE: ISO/IEC 7064 MOD 11,10."""
    product = 10
    for char in value[:10]:
        product = ((int(char) + product) % 10 or 10) * 2 % 11
    return value[:10] + str((11 - product) % 10)


def fix_nir(value: str) -> str:
    """Set the two check digits of a French NIR. In Corsica's, 2A counts as 19 and 2B as 18."""
    number = int(value[:13].replace("2A", "19").replace("2B", "18"))
    return f"{value[:13]}{97 - number % 97:02d}"


def fix_belgian(value: str) -> str:
    """Set the two check digits of a Belgian national number of somebody born before 2000."""
    return f"{value[:9]}{97 - int(value[:9]) % 97:02d}"


def fix_belgian_2000(value: str) -> str:
    """Set the two check digits of a Belgian national number of somebody born since 2000."""
    return f"{value[:9]}{97 - int('2' + value[:9]) % 97:02d}"


def fix_bsn(value: str) -> str | None:
    """Set the last digit of a Dutch BSN."""
    return _append(value[:8], _or_none(add_up(value[:8], range(9, 1, -1)) % 11))


def fix_pesel(value: str) -> str:
    """Set the last digit of a Polish PESEL."""
    return value[:10] + str(-add_up(value[:10], (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def fix_personnummer(value: str) -> str:
    """Set the last digit of a Swedish personnummer, with or without the century."""
    return value[:-10] + fix_luhn(value[-10:])


def fix_nif(value: str) -> str:
    """Set the last digit of a Portuguese NIF."""
    return value[:8] + str(-add_up(value[:8], range(9, 1, -1)) % 11 % 10)


def fix_ean(value: str) -> str:
    """Set the last digit of 13, as in a Swiss AHV number."""
    return value[:12] + str(-add_up(value[:12], (1, 3) * 6) % 10)


def fix_cpf(value: str) -> str:
    """Set the two check digits of a Brazilian CPF."""
    made = value[:9]
    for first in (10, 11):
        made += str(-add_up(made, range(first, 1, -1)) % 11 % 10)
    return made


def fix_cnpj(value: str) -> str:
    """Set the two check digits of a Brazilian CNPJ."""
    made = value[:12]
    for weights in ((5, 4, 3, 2, *range(9, 1, -1)), (6, 5, 4, 3, 2, *range(9, 1, -1))):
        made += str(-add_up(made, weights) % 11 % 10)
    return made


def fix_rut(value: str) -> str:
    """Set the last character of a Chilean RUT, a digit or K."""
    return value[:-1] + "0123456789K"[-add_up(value[-2::-1], (2, 3, 4, 5, 6, 7, 2, 3)) % 11]


def fix_tfn(value: str) -> str | None:
    """Set the last digit of an Australian TFN."""
    return _append(value[:8], _or_none(add_up(value[:8], (1, 4, 3, 7, 5, 8, 6, 9)) % 11))


def fix_abn(value: str) -> str:
    """Set the first two digits of an Australian ABN."""
    return str(11 + (-add_up(value[2:], range(3, 20, 2)) - 1) % 89) + value[2:]


def fix_aadhaar(value: str) -> str:
    """Set the last digit of an Indian Aadhaar number. SOURCE: Verhoeff 1969, table in 3.2."""
    check = 0
    for i, char in enumerate(reversed(value[:11]), start=1):
        digit = int(char)
        for _ in range(i % 8):
            digit = _VERHOEFF[digit]
        check = _dihedral(check, digit)
    return value[:11] + str(next(d for d in range(10) if _dihedral(check, d) == 0))


def _dihedral(one: int, other: int) -> int:
    """Multiply in the group of a pentagon: 0 to 4 turn it, 5 to 9 turn it over as well."""
    turned = (one - other if one >= 5 else one + other) % 5
    return turned + 5 * ((one >= 5) != (other >= 5))


def fix_hetu(value: str) -> str:
    """Set the last character of a Finnish identity code; a century's letter does not count."""
    number = int("".join(char for char in value[:-1] if char.isdigit()))
    return value[:-1] + "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31]


def fix_fodselsnummer(value: str) -> str | None:
    """Set the two check digits of a Norwegian fødselsnummer."""
    made: str | None = value[:9]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        made = made and _append(made, _or_none(-add_up(made, weights) % 11))
    return made


def fix_cpr(value: str) -> str | None:
    """Set the last digit of a Danish CPR number, as it was until 2007."""
    return _append(value[:9], _or_none(-add_up(value[:9], (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11))


def fix_ric(value: str) -> str:
    """Set the last character of a Chinese resident's number. SOURCE: ISO/IEC 7064 MOD 11-2."""
    total = add_up(value[:17], (2**n for n in range(17, 0, -1)))
    return value[:17] + "0123456789X"[(1 - total) % 11]


def fix_rrn(value: str) -> str:
    """Set the last digit of a Korean resident's number (modulus 11)."""
    rest = add_up(value[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11
    return value[:12] + str((11 - rest) % 10)


def fix_cnp(value: str) -> str:
    """Set the last digit of a Romanian CNP."""
    rest = add_up(value[:12], (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return value[:12] + ("1" if rest == 10 else str(rest))


def fix_egn(value: str) -> str:
    """Set the last digit of a Bulgarian EGN."""
    return value[:9] + str(add_up(value[:9], (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10)


def fix_kimlik(value: str) -> str:
    """Set the two check digits of a Turkish identity number."""
    first = -add_up(value[:9], (3, 1) * 5) % 10
    return f"{value[:9]}{first}{(first + add_up(value[:9], (1,) * 9)) % 10}"


def fix_rodne_cislo(value: str) -> str:
    """Set the last digit of a Czech or Slovak birth number of ten."""
    return value[:9] + str(int(value[:9]) % 11 % 10)


def fix_isikukood(value: str) -> str:
    """Set the last digit of an Estonian or Lithuanian personal code."""
    rest = add_up(value[:10], (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if rest == 10:
        rest = add_up(value[:10], (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return value[:10] + str(rest)


def fix_curp(value: str) -> str:
    """Set the last digit of a Mexican CURP."""
    places = ["0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ".index(char) for char in value[:17]]
    return value[:17] + str(-sum(n * (18 - i) for i, n in enumerate(places)) % 10)


def fix_cuit(value: str) -> str:
    """Set the last digit of an Argentine CUIT."""
    rest = add_up(value[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return value[:10] + "012345678990"[11 - rest]


def fix_isbn_10(value: str) -> str:
    """Set the last character of an ISBN of ten."""
    return value[:9] + "0123456789X"[-add_up(value[:9], range(10, 1, -1)) % 11]
