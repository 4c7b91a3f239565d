"""Labels of a data set -> labels to train on; and spans cleaned up on the way.

A label may become another label, nothing (the text is known to be none of ours), or an ignored
stretch (nobody can say). A label that a map does not name is an error, never dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..decoding.trim import trim_space

IGNORE: Final = "ignore"
Span = tuple[int, int, str]
# What may lie between two parts of one name or address, if their labels differ.
JOINTS: Final = frozenset({" ", ", ", ",", "\n", ",\n", "-"})


@dataclass(frozen=True)
class LabelMap:
    """What becomes of the labels of a data set.

    targets (Mapping[str, str | None]): Label -> label to train on, "ignore", or None for nothing.
        Empty: every label stays as it is.
    known (tuple[str, ...]): Labels that are annotated in the result. Empty: those of `targets`.
    """

    targets: Mapping[str, str | None]
    known: tuple[str, ...] = ()

    @property
    def annotated(self) -> tuple[str, ...]:
        """Labels of which the absence of a span says something."""
        found = {target for target in self.targets.values() if target not in (None, IGNORE)}
        return self.known or tuple(sorted(target for target in found if target))

    def target(self, label: str) -> str | None:
        """What becomes of a label. RAISES (ValueError): The map does not name it."""
        if not self.targets:
            return label
        if label not in self.targets:
            raise ValueError(
                f"label {label!r} is not in the label map. Give a map with --label-map that has it "
                f'(as a label to train on, null for nothing, or "{IGNORE}").'
            )
        return self.targets[label]

    def apply(
        self, text: str, spans: Iterable[Span], *, overlaps: bool = False
    ) -> tuple[list[Span], list[tuple[int, int]]]:
        """Map the spans of one text: trim white space, join parts, and leave no overlap.

        Neighbours of different labels that become the same one ("first name", "last name") are
        parts of one span.

        overlaps (bool): Whether the data set has some, nobody's mistake: the earliest stays, and of
            those the longest.
        RETURNS (tuple): Spans in order; stretches to ignore.
        RAISES (ValueError): An unknown label, a span outside the text, or on another one.
        """
        kept: list[tuple[int, int, str, str]] = []
        ignore: list[tuple[int, int]] = []
        for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
            target = self.target(label)
            start, end = trim(text, start, end)
            if start == end or target is None:
                continue
            if target == IGNORE:
                ignore.append((start, end))
            elif kept and start < kept[-1][1]:
                if not overlaps:
                    raise ValueError(
                        f"spans {kept[-1][0]} to {kept[-1][1]} and {start} to {end} overlap. A "
                        "character has one label: join them, drop one, or map the label of one to "
                        "null (--label-map)"
                    )
            elif kept and _joins(text, kept[-1], start, label, target):
                kept[-1] = (kept[-1][0], end, target, label)
            else:
                kept.append((start, end, target, label))
        return [(start, end, target) for start, end, target, _ in kept], ignore


def _joins(text: str, last: tuple[int, int, str, str], start: int, label: str, target: str) -> bool:
    return target == last[2] and label != last[3] and text[last[1] : start] in JOINTS


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a span inwards, onto characters that are seen.

    RAISES (ValueError): Offsets outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(
            f"span {start} to {end} is outside the text, which has {len(text)} characters. Offsets "
            "are half-open, in Python characters (not bytes)"
        )
    return trim_space(text, start, end)


def read_label_map(path: Path) -> LabelMap:
    """Read a JSON object: label -> label, null, or "ignore".

    RAISES (FileNotFoundError): No such file. (ValueError): It is something else.
    """
    if not path.is_file():
        raise FileNotFoundError(
            f"No such label map: {path}. Give a JSON file, or one of: {', '.join(MAPS)}."
        )
    try:
        values: Any = json.loads(path.read_text(encoding="utf8"))
    except ValueError as error:
        raise ValueError(f"{path} is no valid JSON ({type(error).__name__}).") from None
    if not isinstance(values, dict) or not all(v is None or v for v in values.values()):
        raise ValueError(f"{path} must be a JSON object from labels to labels or null.")
    if not values or not all(v is None or isinstance(v, str) for v in values.values()):
        raise ValueError(f"{path} must be a JSON object from labels to labels or null.")
    return LabelMap(values)


def _to(target: str | None, labels: str) -> dict[str, str | None]:
    return dict.fromkeys(labels.split(), target)


# ai4privacy's pii-masking sets of 200k, 300k and 400k rows, which name the same things differently.
AI4PRIVACY: Final = LabelMap(
    {
        **_to(
            "private_person",
            "FIRSTNAME MIDDLENAME LASTNAME LASTNAME1 LASTNAME2 LASTNAME3 GIVENNAME GIVENNAME1 "
            "GIVENNAME2 SURNAME",
        ),
        **_to("private_email", "EMAIL"),
        **_to("private_phone", "PHONENUMBER PHONE_NUMBER TEL TELEPHONENUM"),
        **_to(
            "private_address",
            "STREET STREETADDRESS BUILDING BUILDINGNUM BUILDINGNUMBER SECADDRESS SECONDARYADDRESS "
            "CITY STATE COUNTY ZIPCODE POSTCODE",
        ),
        **_to("private_date", "DATE DOB BOD DATEOFBIRTH"),
        **_to("private_url", "URL"),
        **_to(
            "account_number",
            "ACCOUNTNUMBER ACCOUNTNUM IBAN BIC CREDITCARDNUMBER BITCOINADDRESS ETHEREUMADDRESS "
            "LITECOINADDRESS SSN SOCIALNUMBER SOCIALNUM IDCARD IDCARDNUM PASSPORT PASSPORTNUM "
            "DRIVERLICENSE DRIVERLICENSENUM TAXNUM",
        ),
        **_to("secret", "PASSWORD PASS PIN CREDITCARDCVV"),
        **_to(
            IGNORE,
            "USERNAME IP IPV4 IPV6 MAC PHONEIMEI MASKEDNUMBER VEHICLEVIN VEHICLEVRM COUNTRY "
            "GEOCOORD NEARBYGPSCOORDINATE ACCOUNTNAME TIME USERAGENT PREFIX TITLE",
        ),
        **_to(
            None,
            "AGE GENDER SEX HEIGHT EYECOLOR JOBTITLE JOBAREA JOBTYPE JOBDESCRIPTOR COMPANYNAME "
            "COMPANY_NAME CREDITCARDISSUER CARDISSUER AMOUNT CURRENCY CURRENCYCODE CURRENCYNAME "
            "CURRENCYSYMBOL ORDINALDIRECTION",
        ),
    }
)
NEMOTRON: Final = LabelMap(
    {
        **_to("private_person", "first_name middle_name last_name full_name name"),
        **_to("private_email", "email"),
        **_to("private_phone", "phone_number fax_number"),
        **_to("private_address", "street_address city state county postcode address"),
        **_to("private_date", "date date_of_birth date_time"),
        **_to("private_url", "url"),
        **_to(
            "account_number",
            "account_number bank_routing_number swift_bic credit_debit_card ssn national_id tax_id "
            "medical_record_number health_plan_beneficiary_number certificate_license_number "
            "customer_id employee_id",
        ),
        **_to("secret", "password pin cvv api_key http_cookie"),
        **_to(
            IGNORE,
            "user_name ipv4 ipv6 mac_address license_plate vehicle_identifier device_identifier "
            "biometric_identifier unique_id country coordinate time",
        ),
        **_to(
            None,
            "company_name occupation education_level employment_status age gender sexuality "
            "race_ethnicity religious_belief political_view language blood_type nationality",
        ),
    }
)
MAPS: Final = {"ai4privacy": AI4PRIVACY, "nemotron": NEMOTRON}


def find_label_map(setting: str | None) -> LabelMap | None:
    """Find a built-in map by name, or read one from a file; None for none."""
    if setting is None:
        return None
    return MAPS[setting] if setting in MAPS else read_label_map(Path(setting))
