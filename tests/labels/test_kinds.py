"""Labels of any label set: the kind that each stands for."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.labels.kinds import kind_of


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("private_person", "person"), ("PER", "person"), ("GIVENNAME", "person"),
        ("EMAIL_ADDRESS", "email"), ("e-mail", "email"), ("phone number", "phone"),
        ("TELEPHONENUM", "phone"), ("date_of_birth", "date"), ("dateOfBirth", "date"),
        ("IP_ADDRESS", "device"), ("account_number", "account"), ("street_address", "address"),
        ("ZIPCODE", "postcode"), ("secret", "secret"), ("AGE", "age"), ("private_url", "url"),
        ("ip_address", "device"), ("mac_address", "device"), ("IPV4", "device"), ("ipv6", "device"),
        ("MAC", "device"), ("PHONEIMEI", "device"), ("device_id", "device"),
        ("DEVICE_IDENTIFIER", "device"), ("ipAddress", "device"), ("IPADDRESS", "device"),
        ("job title", "other"), ("", "other"), ("HEALTH_CONDITION", "other"),
    ],
)  # fmt: skip
def test_kinds(label: str, kind: str) -> None:
    assert kind_of(label) == kind
