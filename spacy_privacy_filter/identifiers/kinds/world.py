"""Identifiers that are the same the world over: of accounts, cards, phones, vehicles, books."""

from __future__ import annotations

from .. import checks
from .. import dates_inside as inside
from ..ibans import is_iban, make_iban
from ..kind import Kind
from ..makers import from_pattern, make_card, make_vin


def _is_card(value: str) -> bool:
    """A number of one digit throughout may pass the check, but is no card."""
    return CARD.fits(value) and len(set(value)) > 1


IBAN = Kind(
    key="iban",
    name="IBAN",
    countries=(),
    form=r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}",
    fix=checks.fix_iban,
    examples=("DE89370400440532013000", "GB82WEST12345698765432", "FR1420041010050500013M02606"),
    layouts=("#### #### #### #### #### #### #### #### ##",),
    fill=inside.country,
    make=make_iban,
    check=is_iban,
)
VIN = Kind(
    key="vin",
    name="VIN",
    countries=(),
    form=r"(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}",
    fix=checks.fix_vin,
    examples=("1M8GDM9AXKP042788",),
    layouts=("#################",),
    fill=inside.vin,
    make=make_vin,
)
# No card network issues numbers with a 9, so such a one is nobody's.
CARD = Kind(
    key="card",
    name="card or IMEI",
    countries=(),
    form=r"\d{12,19}",
    fix=checks.fix_luhn,
    examples=("4111111111111111", "378282246310005", "36227206271667"),
    layouts=("#### ###### ####", "#### ###### #####", "#### #### #### ####"),
    fill=inside.start("9"),
    make=make_card,
    check=_is_card,
)
IMEI = Kind(
    key="imei",
    name="IMEI",
    countries=(),
    form=r"\d{15}",
    fix=checks.fix_luhn,
    examples=("356868000041418",),
    layouts=("##-######-######-#", "########-######-#"),
    make=from_pattern(checks.fix_luhn, "############0", ("35", "35", "86", "01")),
    sought=False,
)
ISBN = Kind(
    key="isbn",
    name="ISBN",
    countries=(),
    form=r"97[89]\d{10}",
    fix=checks.fix_ean,
    examples=("9789024538270", "9791090636071"),
    layouts=("###-##########",),
    fill=inside.isbn,
)
ISBN_10 = Kind(
    key="isbn_10",
    name="ISBN of ten",
    countries=(),
    form=r"\d{9}X",
    fix=checks.fix_isbn_10,
    examples=("080442957X",),
    layouts=("#-####-####-#",),
)

KINDS = (IBAN, VIN, CARD, IMEI, ISBN, ISBN_10)
