"""A text -> the addresses and numbers of machines in it.

No cut of a stream falls between a word that names a number and that number: see `Rules.cuts`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from ..identifiers.table import is_valid
from .characters import count_digits, find_near_digits
from .finds import CHECKED, FORMED, Find, find_form

_PAIR = "[0-9A-Fa-f]{2}"
# With a letter, so that they are no times, dates or numbers in groups.
_HAS_LETTER = r"(?=[0-9.:-]{0,22}[A-Fa-f])"
_MACS = (
    re.compile(rf"(?<![\w:-]){_HAS_LETTER}{_PAIR}([:-])(?:{_PAIR}\1){{4}}{_PAIR}(?![\w:-])"),
    # EUI-64
    re.compile(rf"(?<![\w:-]){_HAS_LETTER}{_PAIR}([:-])(?:{_PAIR}\1){{6}}{_PAIR}(?![\w:-])"),
    # As Cisco, Huawei and HP write it; a dash also stands in licences, in capitals
    re.compile(rf"(?<![\w.]){_HAS_LETTER}{_PAIR}{_PAIR}(?:\.{_PAIR}{_PAIR}){{2}}(?![\w-]|\.\w)"),
    re.compile(r"(?<![\w.:-])(?=[0-9-]{0,12}[a-f])[0-9a-f]{4}(?:-[0-9a-f]{4}){2}(?![\w:-]|\.\w)"),
    re.compile(r"(?<![\w.:-])(?=[0-9-]{0,12}[a-f])[0-9a-f]{6}[:-][0-9a-f]{6}(?![\w:-]|\.\w)"),
    # Without leading zeros, as arp writes it
    re.compile(rf"(?<![\w:.-]){_HAS_LETTER}[0-9A-Fa-f]{{1,2}}(?::[0-9A-Fa-f]{{1,2}}){{5}}(?![\w:-])"),
)  # fmt: skip
# Each of them is in such a run, with a letter.
_RUN = re.compile("[0-9A-Fa-f][0-9A-Fa-f:.-]{10,}")
_LETTER = re.compile("[A-Fa-f]")
_NAMES: Final = ("mac", "hwaddr", "bssid", "lladdr", "ether")
# Twelve digits of base 16 alone, or pairs with blanks, may be anything.
_NAMED_MAC = re.compile(
    r"(?<![A-Za-z])(?:mac(?:[ _-]?addr(?:ess)?)?|hwaddr|bssid|lladdr|ether)['\"]?"
    rf"(?: is)?[ \t]{{0,2}}[=:#]?[ \t]{{0,2}}['\"]?({_PAIR}(?:[ :-]?{_PAIR}){{5}})(?![\w:-])",
    re.IGNORECASE,
)
_TWELVE = re.compile("[0-9A-Fa-f]{12}")
# Beside these words, with letters and digits, they are one, too.
_NEAR_CARD = re.compile(
    r"(?<![A-Za-z])(?:(?:physical|hardware|ethernet|burned-in|bluetooth|wi-?fi|w?lan) addr(?:ess)?"
    r"|bd_addr|station|client[ _-]?mac|nic|wlan\d?|eth\d|en\d|wi-?fi|bluetooth|interface"
    r"|adapter|dhcp(?:ack|offer|request|discover)?)['\"]?(?: is| from| for| to| on)?[ \t]{0,2}"
    r"[=:#(]?[ \t]{0,2}['\"]?"
    r"(?P<card>[0-9A-F]{12})(?![\w:-])",
    re.IGNORECASE,
)
# Those of no single card: of all, of none, and of groups. SOURCE: RFC 1112, RFC 2464.
_NO_CARD = re.compile(r"f{12}|0{12}|01005e.*|3333.*", re.IGNORECASE)

_N_IPV4: Final = 4
_IPV4 = re.compile(r"(?<![\w.$€£¥])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)", re.ASCII)
# As people write one that must not be opened: "192[.]168[.]0[.]7".
_DEFANGED = re.compile(
    r"(?<![\w.])\d{1,3}(?:(?:\.|\[(?:\.|dot)\]|\((?:\.|dot)\)|\{\.\})\d{1,3}){3}(?!\w|\.\d)",
    re.ASCII | re.IGNORECASE,
)
_DOT_OF_DEFANGED = re.compile(r"[\[({](?:\.|dot)[\])}]", re.IGNORECASE)
_RANGE = re.compile(r"/(\d{1,3})(?!\w|\.\d|/)", re.ASCII)
_IPV6 = re.compile(
    r"(?<![\w:.%])(?=[0-9A-Fa-f]{0,4}:)(?=[A-Fa-f:]{0,39}[0-9])"
    r"(?:[0-9A-Fa-f:]{2,30}:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f:]{5,39})"
    r"(?:%[0-9A-Za-z](?:[\w.-]{0,13}\w)?)?(?!\w|:|\.\d)",
    re.ASCII,
)
# Right before four numbers, they say that it is no address.
_VERSION = re.compile(
    r"(?:(?:versions?|\bver|\bv|\brelease|\bfirmware|\bbuild|\brev|\bupdate)[.:=\"'(]{0,3}\s{0,2}"
    r"|\b(?:section|sections|chapter|clause|article|figure|fig|table|paragraph|oid|kapitel"
    r"|abschnitt|sección|chapitre)\.?\s{0,2}|§\s{0,2}|[=<>~^!]=\s{0,2}"
    r"|(?:chrome|chromium|edge?|edga|opr|opera|safari|firefox|electron|headlesschrome|yabrowser"
    r"|vivaldi|brave|samsungbrowser|ucbrowser|webview|crios|curl|windows|skype|teams)/)\Z",
    re.IGNORECASE,
)
_N_BEFORE: Final = 20
# Four short numbers before a heading
_SECTION = re.compile(r"(?<![^\n])(?:\d\.){3}\d[.)]?[ \t]{1,4}[^\W\d_]")
# After four numbers: a file of a version
_FILE = re.compile(r"[-.](?:jar|war|tar|t?gz|zip|whl|exe|dll|so|deb|rpm|msi|nupkg|apk|ipa|min)\b")
_N_AFTER: Final = 8
_N_SHORT: Final = 7
# Masks, as they are written beside an address
_MASKS = frozenset(str(ipaddress.IPv4Network(f"0.0.0.0/{n}").netmask) for n in range(1, 33))

# Numbers of phones and of the cards in them. SOURCE: 3GPP TS 23.003; ITU-T E.118.
_IMEI = re.compile(r"(?<![\w-])[0-9]{2}([ -])[0-9]{6}\1[0-9]{6}\1[0-9](?![\w-]| [0-9])")
_N_IMEI: Final = 15
_NAMED = re.compile(
    r"(?<![A-Za-z])(?P<name>imei(?:sv)?|meid|imsi|iccid)(?:[ _-]?(?:numbers?|no|nr|num)\b\.?|"
    r"[ _-]?[12](?![0-9A-Za-z]))?['\")]?(?: is| are)?[ \t]{0,2}[=:#/]?[ \t]{0,2}['\"]?"
    r"(?P<number>[0-9A-Fa-f](?:[ -]?[0-9A-Fa-f]){13,20})(?![\w-])",
    re.IGNORECASE,
)
_LENGTHS: Final = {
    "imei": (14, 15, 16), "imeisv": (16,), "meid": (14, 15), "imsi": (14, 15),
    "iccid": (18, 19, 20, 21),
}  # fmt: skip


def find_macs(text: str) -> Iterator[Find]:
    """Find addresses of network cards; not those of all cards, or of groups."""
    # Some notations are also those of another.
    has_mark = "-" in text or ":" in text or text.count(".") > 1
    if has_mark and any(_LETTER.search(run) and not run.isalnum() for run in _RUN.findall(text)):
        formed = dict.fromkeys(find for pattern in _MACS for find in find_form(pattern, text))
        for find in formed:
            if _is_of_a_card(text[find.start_char : find.end_char]):
                yield find
    lowered = text.lower()
    for match in _NAMED_MAC.finditer(text) if any(own in lowered for own in _NAMES) else ():
        if _is_of_a_card(match[1]):
            yield Find(match.start(1), match.end(1), FORMED)
    for match in _NEAR_CARD.finditer(text) if _TWELVE.search(text) else ():
        value = match["card"]
        if any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and _is_of_a_card(value):
            yield Find(match.start("card"), match.end("card"), FORMED)


def _is_of_a_card(address: str) -> bool:
    return not _NO_CARD.fullmatch(re.sub(r"[ .:-]", "", address))


def find_ips(text: str) -> Iterator[Find]:
    """Find addresses of the internet; not numbers of versions, masks, or what is on no network."""
    n_digits = count_digits(text)
    may_be_ipv4 = n_digits >= _N_IPV4 and text.count(".") > 2
    for match in find_near_digits(_IPV4, text) if may_be_ipv4 else ():
        before = text[max(0, match.start() - _N_BEFORE) : match.start()]
        after = text[match.end() : match.end() + _N_AFTER]
        in_name = before[-1:] == "/" and before[-2:-1].isalpha() and match[0].endswith(".0.0")
        if in_name or _VERSION.search(before) or _FILE.match(after):
            continue
        if len(match[0]) == _N_SHORT and _SECTION.match(text, match.start()):
            continue
        if _is_of_a_machine(match[0]) and not _is_range(text, match[0], match.end()):
            yield Find(match.start(), match.end(), FORMED)
    for match in find_near_digits(_DEFANGED, text) if any(m in text for m in "[({") else ():
        value = _DOT_OF_DEFANGED.sub(".", match[0])
        if value != match[0] and _is_of_a_machine(value):
            yield Find(match.start(), match.end(), FORMED)
    for match in _IPV6.finditer(text) if n_digits and text.count(":") > 1 else ():
        value = match[0]
        if value.endswith(":") and not value.endswith("::"):  # "address: what it did"
            value = value[:-1]
        end = match.start() + len(value)
        if _is_of_a_machine(value) and not _is_range(text, value, end):
            yield Find(match.start(), end, FORMED)


def _is_range(text: str, value: str, end: int) -> bool:
    """Whether what stands behind an address makes it a network, which is no machine's: "/8"."""
    size = _RANGE.match(text, end)
    if size is None:
        return False
    try:
        network = ipaddress.ip_network(f"{value}/{size[1]}")
    except ValueError:  # an address in its network: "192.168.1.57/24"
        return False
    return network.num_addresses > 1


def _is_of_a_machine(value: str) -> bool:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped if int(address.ipv4_mapped) >= 1 << 24 else address
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return False
    return address.version == 6 or not (value in _MASKS or value.startswith("0."))


def find_imeis(text: str) -> Iterator[Find]:
    """Find numbers of phones (IMEI, MEID) and of cards in them (IMSI, ICCID) where they are named.

    An IMEI as it is printed, with a right check digit, needs no name.
    """
    for match in _IMEI.finditer(text) if count_digits(text) >= _N_IMEI else ():
        if is_valid("imei", match[0]):
            yield Find(match.start(), match.end(), CHECKED)
    lowered = text.lower()
    for match in _NAMED.finditer(text) if any(own in lowered for own in _LENGTHS) else ():
        name = match["name"].lower()
        value = re.sub("[ -]", "", match["number"])
        if name != "meid" and not value.isdecimal():
            continue
        if len(value) in _LENGTHS[name]:
            score = CHECKED if name == "imei" and is_valid("imei", value) else FORMED
            yield Find(match.start("number"), match.end("number"), score)
