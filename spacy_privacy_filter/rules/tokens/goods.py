"""Forms of the codes of goods, papers, standards and substances, and of files."""

from __future__ import annotations

import re
from typing import Final

from ...identifiers.checks import fix_ean, fix_isbn_10
from ...identifiers.table import is_valid
from ...labels.kinds import DATE, OTHER, PHONE, SECRET, URL
from .token import NUMBERS, PLAIN, SURE, Form, named, shaped, sure

_SHOP: Final = (
    r"aisle|shelf|stock|barcode|scanned|sku|pcs|pack|carton|products?|price|hardcover|paperback"
)
_STANDARDS: Final = (
    r"RFC[ -]?\d{1,5}|CVE-\d{4}-\d{4,7}|CWE-\d{1,5}|GHSA(?:-\w{4}){3}|PEP[ -]?\d{1,4}|NCT\d{8}"
    r"|arXiv:\d{4}\.\d{4,5}(?:v\d)?|PMID:? ?\d{4,9}|PMC\d{4,9}|RHSA-\d{4}:\d{3,5}|GH-\d{1,6}"
    r"|LOINC:? ?\d{1,6}-\d|(?:ISO|IEC|IEEE|DIN(?: EN)?|ASTM|ANSI|NIST SP|JIS)(?:/[A-Z]{2,5}){0,2}"
    r"(?: [A-Z]{2,4})?[ -]\d{1,6}(?:[-.:]\d{1,4}){0,3}[a-z]{0,2}"
)
_DISEASE: Final = (
    r"(?:[A-TV-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?|[A-V]\d{4}|\d{4}[FTU]|\d{5}(?:-\d{2})?|\d{6,9}"
    r"|[A-V]\d{2}[A-Z]{2}\d{2}|\d{3}(?:\.\d{1,2})?)(?![\w-])"
)
# None of them is the end of a web address.
_FILES: Final = (
    r"ico|png|jpe?g|gif|svg|webp|css|jsx?|tsx?|html?|php|txt|log|json|ya?ml|xml|csv|tsv|pdf|docx?"
    r"|xlsx?|pptx?|tar|gz|bz2|xz|exe|dll|jar|war|class|java|cpp|hpp|conf|cfg|ini|toml|lock|woff2?"
    r"|ttf|mp[34]|wav|parquet|pkl|onnx|safetensors|ipynb|sql|db|sqlite|bak|tmp|pyc|whl|proto|gradle"
    r"|iso|img|dmg|deb|rpm|msi|apk|ipa|vmdk|vdi|qcow2?|ova|vhdx?|tgz|cab|pkg|snap|flatpak|nupkg|gem"
)


def _is_product(value: str) -> bool:
    """ISBN, EAN, UPC and GTIN of 8, 10, 12, 13 or 14 digits, by their check digit."""
    digits = re.sub(r"[ -]", "", value).upper()
    if len(digits) == 10:
        return fix_isbn_10(digits) == digits
    if len(digits) not in (8, 12, 13, 14) or not digits.isdigit():
        return False
    if len(digits) == 14:  # the first digit, for how it is packed, counts three
        return (int(fix_ean(digits[1:])[12]) - 3 * int(digits[0]) - int(digits[13])) % 10 == 0
    return fix_ean(digits.zfill(13)) == digits.zfill(13)


def _is_isbn(value: str) -> bool:
    return is_valid("isbn", value)


def _is_cas(value: str) -> bool:
    """Whether the last digit is right. SOURCE: CAS, "Check Digit Verification of CAS RN"."""
    digits = value.replace("-", "")
    total = sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), start=1))
    return total % 10 == int(digits[-1])


def _has_digits(value: str) -> bool:
    return sum(map(str.isdigit, value)) >= 2


FORMS: Final[tuple[Form, ...]] = (
    named(
        r"(?:isbn(?:[ -]?1[03])?|ean(?:[ -]?(?:13|8))?|gtin(?:[ -]?\d{1,2})?|upc(?:-a)?|jan"
        r"|bar ?code|ismn)(?: (?:code|no\.?|number|nr\.?))?",
        r"\d(?:[ -]?\d){6,12}[ -]?[\dXx](?!-)",
        SURE,
        needs="isbn ean gtin upc jan bar ismn",
        check=_is_product,
    ),
    named(
        r"(?:e-?|p-?|print |online )?issn(?:-l)?(?: \((?:print|online|electronic)\))?",
        r"\d{4}-?\d{3}[\dXx](?!-)",
        SURE,
        needs="issn",
    ),
    # Codes of diseases, procedures and medicines. SOURCE: WHO, ICD-10, ICD-11; AMA, CPT.
    named(
        r"(?:icd(?:[ -]?(?:9|10|11|o))?(?:-?(?:cm|pcs|gm|am))?|cpt|hcpcs|opcs|(?:ms-)?drg"
        r"|snomed(?:[ -]ct)?|atc|dsm(?:-5)?)(?:[ -]?(?:codes?|no\.?|id))?"
        r"|(?:diagnos[ie]s|dx|procedure|billing) codes?",
        rf"{_DISEASE}(?:(?:, ?| and | or |; ?|/| ){_DISEASE}){{0,8}}",
        SURE,
        needs="icd cpt hcpcs opcs drg snomed atc dsm diagnos dx procedure billing",
        check=_has_digits,
    ),
    shaped(r"(?<![\w-])97[89](?:[ -]?\d){10}(?![\w-])", PLAIN, needs="97", check=_is_isbn),
    shaped(
        rf"(?<![\w-])(?P<t>\d{{8}}|\d{{12,14}})(?![\w-])(?=[^\n\d]{{0,25}}\b(?i:{_SHOP})\b)",
        PLAIN,
        needs="aisle shelf stock barcode scanned sku pcs pack carton product price cover paperback",
        check=_is_product,
    ),
    named(
        r"(?:part|p/n|sku|asin|mpn|art(?:icle|\.-nr)?|item|model|batch|lot|isin|cusip|catalog(?:ue)?"
        r"|cat)(?:[ .]{0,2}(?:no|number|nr|code|#))?\.?",
        r"(?=[A-Z-]{0,8}\d)[A-Z0-9]{1,12}(?:[-/.][A-Z0-9]{1,10}){0,4}(?!-)",
        NUMBERS | {URL},
        needs="part p/n sku asin mpn art item model batch lot isin cusip cat",
        check=_has_digits,
    ),
    sure(rf"(?<![^\W_])(?:{_STANDARDS})(?![\w-])", NUMBERS | {URL, DATE, SECRET}),
    sure(
        r"(?<![\w/])(?:doi:[ \t]?|DOI:?[ \t]?)10\.\d{4,9}/[\w.()/:;-]{1,80}",
        NUMBERS,
        needs="doi",
    ),
    named(
        r"CAS(?:[ -]?(?:RN|No\.?|number|#))?",
        r"\d{2,7}-\d{2}-\d(?!-)",
        PLAIN,
        needs="cas",
        check=_is_cas,
    ),
    # The number of an order is no phone number.
    named(
        r"(?<!to )(?<!by )(?:order|invoice|shipment|parcel|pull request)(?: (?:no|number|nr)\.?)?",
        r"\d{3,14}(?!-)",
        frozenset({PHONE}),
        needs="order invoice shipment parcel pull",
        gap=r"[ \t]?[# \t][ \t]?",
    ),
    sure(
        r"(?<![\w@])(?:application|text|image|audio|video|font|multipart|message)/"
        r"[A-Za-z][\w.+-]{1,60}(?!\w)",
        frozenset({URL, OTHER}),
    ),
    shaped(
        rf"(?<![\w@.-])[\w-]{{1,60}}(?:\.[\w-]{{1,20}}){{0,2}}\.(?:{_FILES})(?::\d{{1,6}}){{0,2}}"
        r"(?![\w/-]|\.\w)",
        frozenset({URL, OTHER}),
        below=0.9,
    ),
    sure(r"(?<=\w)\[\d{1,7}\](?=[ :])", NUMBERS, needs="["),
    sure(
        r"(?<![\w./-])[\w./-]{1,80}\.[A-Za-z]{1,6}:\d{1,6}(?::\d{1,5})?(?!\w)",
        NUMBERS,
        needs=":",
    ),
    sure(r"HTTP/\d(?:\.\d)?\"? \d{3}(?: (?:\d{1,12}|-))?(?!\w)", NUMBERS, needs="http/"),
)
