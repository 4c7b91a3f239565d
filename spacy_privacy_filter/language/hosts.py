"""The name of a host -> whether it can be one, by the domains that there are."""

from __future__ import annotations

import re
from typing import Final

from .tables import read_words

TOP: Final = read_words("hosts", "top")
# For documents, tests and networks that nobody else sees. SOURCE: RFC 2606, RFC 6761, RFC 8375.
RESERVED: Final = read_words("hosts", "reserved")
# Domains of countries and others that are also ends of files' names, or members of objects.
_FILES: Final = read_words("hosts", "files")
_MEMBERS: Final = read_words("hosts", "members")
_NAMES: Final = read_words("hosts", "hosts")
_NETWORKS: Final = frozenset({"asp.net", "vb.net", "ado.net"})
# Ends of files' names that are no domains.
_PICTURES: Final = frozenset("png jpg jpeg gif svg webp bmp ico pdf".split())
_LABEL = re.compile(r"(?:[^\W_]|[^\W_][\w-]{0,61}[^\W_])")
_MOST_CHARS = 253  # SOURCE: RFC 1035, 2.3.4


def is_top(name: str) -> bool:
    """Say whether a name is a domain at the top, a reserved one, or one in other letters."""
    name = name.casefold()
    return name in TOP or name in RESERVED or name.startswith("xn--") or not name.isascii()


def is_mail_host(host: str) -> bool:
    """Say whether what stands behind "@" is a host: any domain of letters, but no picture's size.

    host (str): "example.org", "mail.internal"; of names without a dot, those of inner networks.
    """
    labels = host.casefold().split(".")
    if host[0] == "[":
        return True
    if len(labels) == 1:
        return labels[0] in _NAMES
    return labels[-1] not in _PICTURES and len(host) <= _MOST_CHARS


def is_web_host(host: str) -> bool:
    """Say whether a host can stand before a path without a scheme: no file, version or code.

    host (str): With at least one dot: "github.com" is one, "report.py", "self.id" and "3.in" are
        none.
    """
    labels = host.split(".")
    top = labels[-1].casefold()
    if len(labels) < 2 or len(host) > _MOST_CHARS or not is_top(top):
        return False
    if top in _FILES or host.casefold() in _NETWORKS or not all(map(_LABEL.fullmatch, labels)):
        return False
    cased = labels[-1].islower() or host.isupper() or not top.isascii()
    own = labels[-2]
    if top in _MEMBERS and len(labels) == 2:
        return cased and own in _SHORT_HOSTS.get(top, ())
    return cased and not own.isdecimal() and (len(own) > 1 or (own.lower(), top) in _ONE_LETTER)


# Hosts of which the end is also a member of objects, and those of one letter.
_SHORT_HOSTS: Final = {
    "me": ("paypal", "t", "wa", "fb", "m", "about", "signal", "line", "cash", "revolut", "ko-fi"),
    "to": ("dev", "tweet"),
    "us": ("zoom",),
    "be": ("youtu",),
    "link": ("app",),
    "page": ("about",),
    "one": ("1drv",),
    "my": ("onelink",),
}
_ONE_LETTER: Final = {
    ("t", "co"),
    ("x", "com"),
    ("g", "co"),
    ("t", "me"),
    ("g", "page"),
    ("b", "tc"),
}
