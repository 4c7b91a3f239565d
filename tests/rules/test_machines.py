"""Addresses and numbers of machines."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.machines import find_imeis, find_ips, find_macs


def ips(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_ips(text)]


def macs(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_macs(text)]


def imeis(text: str) -> set[str]:
    return {text[find.start_char : find.end_char] for find in find_imeis(text)}


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "2001:db8::8a2e:370:7334", "::ffff:0", "203.0.113.77", "8.8.8.8",
        "2001:0db8:0000:0000:0000:ff00:0042:8329", "fe80::1ff:fe23:4567:890a%eth2",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around",
    ["from {} now", "{}", "src={},dst=x", "({})", "[{}]:443", "'{}'", "ip: {}.", "{}/24 is",
     "\n{} - - ["],
)  # fmt: skip
def test_addresses_of_the_internet(address: str, around: str) -> None:
    assert ips(around.format(address)) == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.77:51234", "203.0.113.77"), ("http://10.2.3.4:80/x", "10.2.3.4"),
        ("2001:db8::7334: refused", "2001:db8::7334"), ("host/10.1.2.3:80", "10.1.2.3"),
        ("::ffff:192.0.2.128 x", "::ffff:192.0.2.128"),
    ],
)  # fmt: skip
def test_a_port_or_name_beside_an_address_is_not_in_it(text: str, address: str) -> None:
    assert address in ips(text)
    assert all(found in address for found in ips(text))


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3.4", "v1.2.3.4", "999.1.2.3", "1.2.3.4.5", "a::b", "Version=1.0.0.0,",
        'AssemblyVersion("1.2.0.0")', "foo==1.2.3.4", "requires x>=1.2.3.4", "Chrome/120.0.0.0",
        "lib-1.2.3.4.jar", "section 3.1.2.4", "§ 3.1.2.4", "\n3.5.3.1 Results", "OID 1.3.6.1",
        "127.0.0.1", "127.0.1.1:80", "0.0.0.0", "0.0.0.255", "255.255.255.0",  # noqa: S104
        "255.255.255.255",
        "224.0.0.251", "::1", "::", "ff02::1", "ff02::1:ff00:0", "[::]:80", "::ffff:127.0.0.1",
        "12:30:45", "std::cafe::a", "dead::beef", "R $22.141.243.230", "1.2.3", "Edg/121.0.0.0",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_internet(text: str) -> None:
    assert ips(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7", "3C22.FB9A.017E",
        "3c22-fb9a-017e", "3c22fb-9a017e", "0:1b:44:11:3a:b7", "00:1B:44:FF:FE:11:3A:B7",
    ],
)  # fmt: skip
def test_addresses_of_network_cards(address: str) -> None:
    assert macs(f"card {address}, up") == [address]
    assert macs("1234.5678.9012 or 00:1B:44:11:3A") == []


@pytest.mark.parametrize("address", ["3C22FB9A017E", "3C 22 FB 9A 01 7E", "3c22fb9a017e"])
@pytest.mark.parametrize("name", ["MAC ", "mac address: ", '"mac": "', "HWaddr ", "bssid="])
def test_addresses_of_network_cards_with_a_name(address: str, name: str) -> None:
    assert macs(f"card {name}{address}, up") == [address]
    assert macs(f"card {address}, up") == []


@pytest.mark.parametrize(
    "text",
    [
        "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "01:00:5e:00:00:fb", "33:33:00:00:00:fb",
        "12:30:45:10:20:30", "AB12-34CD-56EF", "12-13-14-15-16-17", "3C:22:FB:9A:01:7E:3C:22:FB",
        "mac and cheese", "1234-5678-9012",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_network_card(text: str) -> None:
    assert macs(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IMEI 490154203237518 of her phone", "490154203237518"),
        ("imei: 49-015420-323751-8.", "49-015420-323751-8"),
        ("49-015420-323751-8", "49-015420-323751-8"),
        ("49 015420 323751 8", "49 015420 323751 8"),
        ("IMEI1: 490154203237518", "490154203237518"),
        ('"imei": "490154203237518"', "490154203237518"),
        ("IMEI number is 490154203237518", "490154203237518"),
        ("iccid 8944100030087654321", "8944100030087654321"),
        ("IMSI=310150123456789", "310150123456789"), ("MEID: A0000009296F11", "A0000009296F11"),
    ],
)  # fmt: skip
def test_numbers_of_phones(text: str, number: str) -> None:
    assert imeis(text) == {number}


@pytest.mark.parametrize("text", ["490154203237518", "49-015420-323751-9", "IMEI 123", "imei none"])
def test_what_is_no_number_of_a_phone(text: str) -> None:
    assert imeis(text) == set()


@pytest.mark.parametrize(
    "address",
    ["192[.]168[.]10[.]5", "203.0.113[.]9", "203(.)0(.)113(.)9", "203[dot]0[dot]113[dot]9"],
)
def test_addresses_that_must_not_be_opened(address: str) -> None:
    assert ips(f"host {address} calls home") == [address]


@pytest.mark.parametrize("text", ["v1[.]2", "127[.]0[.]0[.]1", "a[1] b[2].c", "1[.]2[.]3"])
def test_other_brackets_are_in_no_address(text: str) -> None:
    assert ips(text) == []


@pytest.mark.parametrize(
    "text", ["allow 10.0.0.0/8", "192.168.0.0/16 and 172.16.0.0/12", "route 2001:db8::/32"]
)
def test_a_network_is_no_machine(text: str) -> None:
    assert ips(text) == []


@pytest.mark.parametrize(
    "text", ["192.168.1.57/24", "192.168.1.57/32", "2001:db8::7/64", "10.1.2.3/a"]
)
def test_a_machine_in_its_network_is_one(text: str) -> None:
    assert ips(text) == [text.partition("/")[0]]


@pytest.mark.parametrize(
    "before", ["MAC ", "DHCPACK to ", "wlan0: ", "Bluetooth ", "physical address: ", "station="]
)
def test_a_card_without_marks_is_found_after_its_name(before: str) -> None:
    assert macs(f"{before}001a2b3c4d5e up") == ["001a2b3c4d5e"]


@pytest.mark.parametrize("text", ["commit 001a2b3c4d5e", "interface 202401011200", "001a2b3c4d5e"])
def test_twelve_digits_may_be_anything(text: str) -> None:
    assert macs(text) == []
