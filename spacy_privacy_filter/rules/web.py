"""A text -> the addresses of pages in it, whole, and which of them let in whoever has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.hosts import is_web_host
from .finds import FORMED, Find

# Letters of scripts that are written without blanks: a sentence goes on right behind an address.
_JOINED = r"\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
# Another address begins there, or a mark of HTML.
_NEXT = r"(?![,;()'*]{1,3}(?:https?|ftp)://|&(?:quot|gt|lt|apos|nbsp|#39|#34);)"
_NONE = (
    r"\s<>\"`{}|\\^\[\]\u3000-\u303f\u2018-\u201f\u00ab\u00bb\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
_BODY = rf"(?:{_NEXT}(?:[^{_NONE}{_JOINED}]|(?<=[/=#_.%&{_JOINED}-])[{_JOINED}]))"
_IPV6_HOST = r"(?:[\w.%-]{1,64}@)?\[[0-9A-Fa-f:.]{2,45}(?:%[\w.]{1,16})?\]"
_URL = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:(?:git|svn)\+)?(?:https?|ftps?|sftp|wss?|ssh)://|www\.)"
    rf"(?:{_IPV6_HOST})?{_BODY}*",
    re.IGNORECASE,
)
# As people write one that must not be opened: "hxxps://bad[.]example/x".
_HIDDEN_DOT = r"[\[({](?:\.|dot)[\])}]"
_IS_HIDDEN = re.compile(_HIDDEN_DOT, re.IGNORECASE)
_DEFANGED = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<scheme>(?:hxxps?|h\*\*ps?|meows?|fxps?)(?::|\[:\])(?://|\[//\]|\[/\]\[/\]))"
    rf"|https?(?::|\[:\])(?://|\[//\])(?=[\w.-]{{1,200}}{_HIDDEN_DOT}|[\w-]{{1,63}}\[\.)"
    rf"|(?=(?:[\w-]{{1,63}}(?:\.|{_HIDDEN_DOT})){{1,8}}[A-Za-z]{{2,24}}(?::\d{{1,5}})?/)[\w-]{{1,63}}(?=[.\[({{]))"
    rf"(?:{_HIDDEN_DOT}|[\w.-]){{1,255}}(?::\d{{1,5}})?(?:[/?#](?:{_HIDDEN_DOT}|{_BODY}){{0,2000}})?",
    re.IGNORECASE,
)
_PATH = re.compile(rf"(?::\d{{1,5}})?/{_BODY}*")
# The end of a host with a path behind it; what stands before is looked for from here.
_TOP = re.compile(r"\.([^\W\d_]{2,24}|xn--[0-9a-z-]{1,59})(?=(?::\d{1,5})?/(?!/))", re.IGNORECASE)
_HOST_BEFORE = re.compile(r"(?<![\w@./\\~$-])[\w-][\w.-]{0,250}\Z")
_ENDS = ".,;:!?…*_~'\u2019"
_OPENERS = {")": "(", "]": "[", "}": "{"}
_LOOPBACK = re.compile(
    r"\w+://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])(?::\d{1,5})?/?", re.IGNORECASE
)

# --- What lets in whoever has it ---
_PARAMETER = re.compile(r"[?&#;]([\w.%-]{1,40})=([^&#;\s]+)")
_SURE = re.compile(
    r"(?:^|[_.-])(?:token|sig|signature|secret|password|passwd|pass|pwd|jwt|otp|ticket|credential"
    r"|api[_-]?key|access[_-]?key|auth[_-]?key|sessionid|sessid|phpsessid|jsessionid|accesstoken|authtoken"
    r"|idtoken|refreshtoken|resettoken|clientsecret)$"
)
_LIKELY = re.compile(
    r"(?:^|[_.-])(?:key|code|auth|pass|sid|session|state|nonce|hash|hmac|invite|magic|reset"
    r"|verification|confirm|confirmation|activation|share|resourcekey|login|access|tk|t|k|s)$"
)
_LETS_IN = re.compile(
    r"/(?:[\w-]{0,24}[_-])?(?:reset|verify|verification|confirm|confirmation|activate|activation"
    r"|invite|invites|invitation|magic|unsubscribe|recover|recovery|login|signin|sso|auth|token"
    r"|password|passwords|share|shared|join|hooks|webhook|webhooks)(?:[_-][\w-]{0,24})?/",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"\w+://[^\s/@:]*:[^\s/@]+@")
_PART = re.compile(r"[0-9A-Za-z]+")
_KEY = re.compile(r"(?:^|[_.-])key$")
_N_SURE, _N_RANDOM, _N_PART, _N_KEY = 3, 16, 8, 6
_N_LONG = 40


def find_urls(text: str) -> Iterator[Find]:
    """Find addresses of pages, without the marks of the sentence after them."""
    return (find for find, has_secret in find_links(text) if not has_secret)


def find_urls_with_secret(text: str) -> Iterator[Find]:
    """Find addresses that let in whoever has them: with a token, a signature, or to reset."""
    return (find for find, has_secret in find_links(text) if has_secret)


def find_links(text: str) -> Iterator[tuple[Find, bool]]:
    """Find addresses of pages, each with whether it lets in whoever has it."""
    return ((find, _holds_secret(value)) for find, value in _find_all(text))


def _find_all(text: str) -> Iterator[tuple[Find, str]]:
    end = 0
    has_start = "://" in text or "www." in text.lower()
    for match in _URL.finditer(text) if has_start else ():
        stop = _end_of(text, match.start(), match.end())
        value = text[match.start() : stop]
        if len(value) > len("www.") and not value.endswith("//") and not _LOOPBACK.fullmatch(value):
            yield Find(match.start(), stop, FORMED), value
    lowered = text.lower()
    is_hidden = any(own in lowered for own in ("hxxp", "[.", "[dot", "(.)", "(dot", "fxp", "h**p"))
    for match in _DEFANGED.finditer(text) if is_hidden else ():
        value = match[0].rstrip(_ENDS)
        if match["scheme"] or _IS_HIDDEN.search(value):
            yield Find(match.start(), match.start() + len(value), FORMED), value
    for match in _TOP.finditer(text) if "/" in text and "." in text else ():
        if match.start() < end:
            continue
        before = _HOST_BEFORE.search(text, max(end, match.start() - 255), match.start())
        host = text[before.start() : match.end()] if before else ""
        if before and not host.casefold().startswith("www.") and is_web_host(host):
            path = _PATH.match(text, match.end())
            end = _end_of(text, before.start(), path.end() if path else match.end())
            yield Find(before.start(), end, FORMED), text[before.start() : end]


def _end_of(text: str, start: int, end: int) -> int:
    """Where an address ends: before marks of the sentence, and brackets that nothing opened."""
    if start and text[start - 1] in "'\u2019":
        quote = text.find(text[start - 1], start, end)
        end = quote if quote >= 0 else end
    end = _unopened(text, start, end)
    while end > start and (text[end - 1] in _ENDS or text[end - 1] in "([{"):
        end -= 1
    return end


def _unopened(text: str, start: int, end: int) -> int:
    """Where the first bracket closes that the address did not open, if it is not within a word."""
    opened: list[str] = []
    in_link = text[max(0, start - 2) : start] == "]("
    for i in range(start, end):
        char = text[i]
        if char in "([{":
            opened.append(char)
        elif char in _OPENERS:
            if opened and opened[-1] == _OPENERS[char]:
                opened.pop()
            elif in_link or i + 1 == end or not text[i + 1].isalnum():
                return i
    return end


# --- What lets in whoever has it ------------------------------------------------------------------


def _holds_secret(value: str) -> bool:
    """Whether an address has a token among its values, a password, or a way in with a code."""
    if _PASSWORD.match(value):
        return True
    for match in _PARAMETER.finditer(value):
        name = match[1].casefold()
        if _SURE.search(name) and len(match[2]) >= _N_SURE:
            return True
        if _KEY.search(name) and len(match[2]) >= _N_KEY and _is_mixed(match[2]):
            return True
        if _LIKELY.search(name) and len(match[2]) >= _N_PART and _is_random(match[2], _N_PART):
            return True
    path = value.split("?", 1)[0]
    if any(_is_random(part, _N_LONG) and not _is_hex(part) for part in path.split("/")[3:]):
        return True
    way = _LETS_IN.search(path)
    if way is None:
        return False
    return any(_is_random(part, _N_RANDOM) for part in path[way.end() :].split("/"))


def _is_random(value: str, least: int) -> bool:
    """Whether a value is a code of some length rather than words or a number."""
    if len(value) < least:
        return False
    parts = _PART.findall(value)
    return sum(len(part) for part in parts if _is_mixed(part)) >= _N_PART


def _is_mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _is_hex(value: str) -> bool:
    return re.fullmatch(r"[0-9a-f-]+", value) is not None
