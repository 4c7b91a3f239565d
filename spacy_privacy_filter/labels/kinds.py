"""A label of any label set -> the kind of data it stands for, which decides how it is treated."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

PERSON: Final = "person"
EMAIL: Final = "email"
PHONE: Final = "phone"
URL: Final = "url"
DATE: Final = "date"
AGE: Final = "age"
ADDRESS: Final = "address"
POSTCODE: Final = "postcode"
DEVICE: Final = "device"
ACCOUNT: Final = "account"
HANDLE: Final = "handle"
SECRET: Final = "secret"  # noqa: S105 -- the name of a kind
OTHER: Final = "other"

# The first kind with a word in the label wins, so the particular come before the general:
# "email_address" is no address, "device_id" no account, and "date_of_birth" no name.
_WORDS: Final = {
    EMAIL: "email mail",
    URL: "url website uri domain",
    DEVICE: "ip ipv4 ipv6 ipaddress mac macaddress imei phoneimei device deviceid",
    HANDLE: "handle nickname screenname",
    ACCOUNT: "account card creditcard iban bic ssn id identifier number mrn passport licence "
    "license vin tax username user plate crypto wallet",
    PHONE: "phone telephone tel fax mobile phonenumber telephonenum",
    SECRET: "secret password passwd pass token key pin cvv credential",
    POSTCODE: "postcode postalcode zip zipcode postal",
    AGE: "age",
    DATE: "date dob birthday dateofbirth birth",
    ADDRESS: "address street city town county state country location loc gpe building",
    PERSON: "person per name names givenname surname firstname lastname middlename fullname "
    "patient doctor staff hcw provider nurse",
}
KINDS: Final = (*_WORDS, OTHER)

# Sources of spans that let in whoever has them, whatever their label: hidden as a secret is.
SECRET_SOURCES: Final = frozenset({"rule:url_with_secret"})


@cache
def kind_of(label: str) -> str:
    """Tell the kind of a label by the words in it.

    label (str): For instance "private_person", "PHONE_NUMBER" or "date-of-birth".
    RETURNS (str): One of `KINDS`; "other" if no word of it is known.
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", label).lower())
    if "phone" in words or "telephone" in words:  # "phone_number" is no account
        return PHONE
    joined = {"".join(words), *words}
    if "e" in words and "mail" in words:
        return EMAIL
    for kind, known in _WORDS.items():
        if joined & set(known.split()):
            return kind
    return OTHER


def short(label: str) -> str:
    """Name a label in a placeholder: "private_person" gives "PERSON"."""
    return re.sub(r"[^A-Z0-9_]", "_", label.removeprefix("private_").upper()) or "DATA"
