"""A text -> the passwords, tokens and keys in it that a word before them names.

How far back and ahead it reads has a bound, so that a stream knows where it may be cut: see
`is_near_name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..finds import FORMED, Find
from .keys import looks_random

REACH: Final = 160  # characters from the start of a name to the end of its value, at most
_N_VALUE: Final = 96

_FOR_PEOPLE = (
    "pass(?:word|wort|code|phrase|wd)|pwd|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord"
    "|has(?:ł|l)o|лозинка|пароль|lösenord|adgangskode|salasana|heslo|jelszó|şifre|parola|mật khẩu"
    "|密码|密碼|口令|パスワード|비밀번호|كلمة المرور|סיסמה|รหัสผ่าน|पासवर्ड"
)
_FOR_PROGRAMS = (
    "token|secret|credentials?|api[ _.-]?key|(?:access|secret|account|private|encryption|master"
    "|signing|subscription|auth|shared|sharedaccess|deploy|storage|session|license|service)"
    "[ _.-]?key|client[ _.-]?secret|jwt|secret[ _.-]?key[ _.-]?base|session[ _.-]?id"
)
# Most lines have none of these, which is fast to see: each name above has one in it.
_STEMS = (
    "pass pwd pw kennwort contrase "
    "senha wachtwoord hasło haslo лозинка пароль lösenord adgangskode "
    "salasana heslo jelszó şifre parola mật 密码 密碼 口令 パスワード 비밀번호 كلمة "
    "סיסמה รหัสผ่าน पासवर्ड token secret credential key jwt session"
).split()
_STEMS_IN_ASCII = [stem for stem in _STEMS if stem.isascii()]
_HEADERS = ("authorization", "bearer")
_CODES = "pin cvv cvc cid otp 2fa tan passcode".split()
_NAME = (
    rf"(?P<name>(?P<password>{_FOR_PEOPLE}|(?<![A-Za-z])(?:pass|pw(?![A-Za-z])))|{_FOR_PROGRAMS})"
    r"(?:[ _-]?(?:value|base|prod|dev|test|staging|live|main|old|new)(?![A-Za-z]))?[0-9]?"
)
_MARK = r"[\"'`“”„«»‘’]"
_QUOTE = rf"(?:\\?{_MARK})"
_IS = r"(?:is|was|are|now|lautet|ist|war|es|est|era|è|é|är|er|on|to|jest|це|это|είναι)"
# name = "value", "name": "value", name: value, <name>value, --name value, name is value
_FIELD = re.compile(
    rf"(?P<before>--[\w-]{{0,24}})?{_NAME}"
    rf"(?:{_QUOTE}?\]?(?:[ \t]?:[ \t]?(?:str|string|&str)(?=[ \t]?=))?"
    r"(?P<equals>[ \t]{0,4}(?:=>|:=|={1,2}|[:：＝]|\)?:)[ \t]{0,4}|>(?:<!\[CDATA\[)?"
    rf"|{_QUOTE}[ \t]value=|(?(before)[ \t]|(?!)))"
    rf"|(?P<prose>[ \t](?:{_IS}[ \t]?:?|:|-)?[ \t]?))"
    # Within quotes that are not escaped, a quote may be: "a\"b", 'it''s'.
    rf"(?:(?P<escaped>\\{_MARK})(?P<inner>[^\"`“”„«»\n\\]{{1,{_N_VALUE}}}?)(?=\\{_MARK}(?!\w))"
    rf"|(?P<quote>{_MARK})(?P<quoted>(?:[^\"`“”„«»\n\\]|\\[^\n]|\"\"){{1,{_N_VALUE}}}?)"
    rf"(?=(?:(?P=quote)|[”»’“])(?!\w|(?P=quote)))"
    rf"|(?P<value>(?:[^\s\"'`<>;,&|\\“”„«»]|[,&;|](?![\w.-]{{1,30}}[=:]|[\s\"'{{\[]|$)|(?<=\w)'(?=\w)"
    rf"|\\(?![\"'nrt])){{1,{_N_VALUE}}}))",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?P<header>(?:proxy-)?authorization[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"']?)?"
    r"(?<![A-Za-z])(?:(?P<scheme>bearer|basic|token|ssws|apikey|api-key|negotiate)[ \t]{1,2})?"
    r"(?P<value>[0-9A-Za-z][\w.~+/:=-]{5,4000})",
    re.IGNORECASE,
)
_MARKED_HEADER = re.compile(r"(?:authorization|bearer)", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![A-Za-z])(?P<name>pin|cvv2?|cvc2?|cid|otp|2fa code|tan|passcode)(?: code| number| no\.?)?"
    r"(?:[ \t]?[:=#]|[ \t](?:is|was|ist|lautet)(?:[ \t]?:)?)?[ \t]{0,2}(?P<value>[0-9]{3,8})"
    r"(?![\w-]|[.,][0-9])",
    re.IGNORECASE,
)
# Commands that take a password after a short name
_COMMAND = re.compile(
    r"(?<!\w)(?:(?:mysql(?:dump|admin|import)?|mariadb|sshpass|docker login|plink|pscp|sqlcmd)"
    r"(?=[ \t])[^\n|;]{0,80}?[ \t]-[pP][ \t]?|redis-cli(?=[ \t])[^\n|;]{0,80}?[ \t]-a[ \t]"
    # With its user, as one value.
    r"|(?:curl|wget|http)(?=[ \t])[^\n|;]{0,80}?[ \t](?:-u|-a|--user|--auth|--proxy-user|-U)[ \t=]?"
    r"(?=[\"']?[\w.@\\-]{1,40}:)"
    r"|(?:smbclient|smbmap|rpcclient|mount\.cifs)(?=[ \t])[^\n|;]{0,80}?[ \t](?:-U|--user)[ \t=]?"
    r"(?=[\"']?[\w.@;/\\-]{1,40}%))"
    r"(?P<quote>[\"']?)(?P<value>[^\s\"']{3,104})",
)
_USER_BEFORE = re.compile(r"[\w.@;/\\-]{1,40}[:%]")
# A value in the query of an address that is written without its host.
_QUERY = re.compile(
    r"[?&](?:[\w.-]{0,24}[_.-])?(?:api[_-]?key|token|access[_-]?key|auth[_-]?key|key|secret|sig"
    r"|signature|jwt|password|passwd|pwd)=(?P<value>[^\s&#\"'<>`,;]{3,200})",
    re.IGNORECASE,
)
# Near one of these, a text is not cut.
_NEAR = re.compile(
    rf"{_FOR_PEOPLE}|{_FOR_PROGRAMS}|(?<![A-Za-z])(?:pass|bearer|basic|ssws|apikey|negotiate|authorization"
    "|pin|cvv2?|cvc2?|cid|otp|2fa|tan|mysql|mysqldump|mysqladmin|mysqlimport|mariadb|sshpass"
    "|docker|plink|pscp|sqlcmd|redis-cli|curl|wget|http)(?![A-Za-z])",
    re.IGNORECASE,
)

_EMPTY = re.compile(
    r"(?:null|none|nil|undefined|true|false|yes|no|required|optional|invalid|incorrect|wrong"
    r"|missing|expired|empty|string|str|text|bytes|int|password|passwd|passwort|secret|token|key"
    r"|value|default|unset|hidden|redacted|masked|removed|n/?a|tbd|unknown|any|all|reset|changed"
    r"|protected|encrypted|example|placeholder|changeme|todo|not|set|the|a|an|your|my|same|see|is"
    r"|must|should|will|was|has|and|or|for|of|in|to|with|that|this|self|credentials?|hash(?:ed)?"
    r"|disabled|enabled|ok|success|failed|failure|error|based|free|less|manager|policy|field)[.!]?",
    re.IGNORECASE,
)
_MASK = re.compile(
    r"[*xX•.#●_?-]{2,}|\$\{?.*|\{+[^}]*\}*|%\(?\w+.*|<.*|\[.*|\(.*|@\w+@|.*\*{3,}.*|(.)\1{3,}|…"
    r"|(?:your|my|the|some|enter|insert|replace|change)[_ -].*",
    re.IGNORECASE | re.DOTALL,
)
_CODE_LIKE = re.compile(
    r"[A-Za-z_][\w.]*[(\[].*|(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*|(?:self|this|os|process|config|env)\..*"
    r"|[a-z]+://.*|(?:\.{0,2}|~)/[\w.-]+(?:/[\w.-]+)+|arn:.*|new|await|async",
    re.DOTALL,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROSE = re.compile(
    r"\b(?:your|enter|must|please|forgot|confirm|new|the|is|reset|password)\b", re.I
)
_SENTENCE_END: Final = ".,;:?)]}"


def is_near_name(text: str, place: int, start: int = 0) -> bool:
    """Whether a field may begin before a place, but not before a start, and end after it."""
    return _NEAR.search(text, max(start, place - REACH), place) is not None


def find_fields(text: str) -> Iterator[Find]:
    """Find passwords, tokens and keys after their names, and what commands and headers hold."""
    lowered = text.lower()
    stems = _STEMS_IN_ASCII if lowered.isascii() else _STEMS
    if _has_any(lowered, stems):
        for start, end in _lines_of(text):
            if _has_any(text[start:end].lower(), stems):
                yield from _find_named(text, start, end)
    if _has_any(lowered, _HEADERS):
        yield from _find_headers(text)
    if "?" in text and "=" in text:
        yield from _find_in_queries(text)
    if " -" in text or "\t-" in text:
        yield from _find_in_commands(text)
    if _has_any(lowered, _CODES):
        yield from _find_codes(text)


def _has_any(text: str, stems: Iterable[str]) -> bool:
    return any(stem in text for stem in stems)


def _lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end: a field is on one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _find_in_commands(text: str) -> Iterator[Find]:
    for match in _COMMAND.finditer(text):
        value = match["value"]
        user = _USER_BEFORE.match(value)
        password = value[user.end() :] if user else value
        if len(password) > 2 and not _MASK.fullmatch(password) and not value.startswith("-"):
            yield Find(match.start("value"), match.end("value"), FORMED)


def _find_in_queries(text: str) -> Iterator[Find]:
    for match in _QUERY.finditer(text):
        value = match["value"].rstrip(_SENTENCE_END)
        is_name = value.isalpha() and len(value) > 3 and "key=" in match[0].lower()
        masked = _MASK.fullmatch(value) or _EMPTY.fullmatch(value) or _CODE_LIKE.fullmatch(value)
        if len(value) > 2 and not masked and not is_name:
            yield Find(match.start("value"), match.start("value") + len(value), FORMED)


def _find_named(text: str, first: int, last: int) -> Iterator[Find]:
    for match in _FIELD.finditer(text, first, last):
        group = next(name for name in ("quoted", "inner", "value") if match[name])
        start, value = match.start(group), match[group]
        if group == "value":
            value = value.rstrip(_SENTENCE_END)
        if value and _is_secret(match, value, text):
            yield Find(start, start + len(value), FORMED)


def _find_headers(text: str) -> Iterator[Find]:
    for mark in _MARKED_HEADER.finditer(text):
        match = _HEADER.match(text, mark.start())
        if match is None or not (match["header"] or match["scheme"]):
            continue
        value = match["value"].rstrip(".:")
        sure = match["header"] and not (value.isalpha() and len(value) < 16)
        if sure or (len(value) >= 16 and looks_random(value)):
            yield Find(match.start("value"), match.start("value") + len(value), FORMED)


def _find_codes(text: str) -> Iterator[Find]:
    for match in _CODE.finditer(text):
        name, n_digits = match["name"].lower(), len(match["value"])
        if n_digits == 4 or (n_digits == 3 and name[0] == "c") or name in ("otp", "2fa code"):
            yield Find(match.start("value"), match.end("value"), FORMED)


def _is_secret(match: re.Match[str], value: str, text: str) -> bool:
    is_power = match["name"].lower() == "pw" and re.fullmatch(r"[\d.,+-]{1,5}", value) is not None
    if _EMPTY.fullmatch(value) or _MASK.fullmatch(value) or len(value) < 3 or is_power:
        return False
    has_digit = any(char.isdigit() for char in value)
    has_letter = any(char.isalpha() for char in value)
    if match["quoted"] or match["inner"]:
        return _is_quoted_secret(match, value, has_digit)
    if not match["password"] and _MAIL.fullmatch(value):
        return False
    if _CODE_LIKE.fullmatch(value) and not looks_random(value):
        return False
    other = any(not char.isalnum() for char in value.strip("_-.!"))
    if match["prose"] is not None:
        if len(match["prose"]) < 2 or not has_letter:  # a blank alone
            return bool(match["password"]) and has_digit and has_letter and len(value) >= 6
        strong = (has_digit and has_letter) or (other and "-" not in value and "/" not in value)
        return bool(match["password"] or len(value) >= 12) and strong
    if match["password"]:
        if value.isdecimal():
            return len(value) >= 4 and match["name"].lower() != "pass"
        return has_digit or other or _is_whole_field(match, value, text)
    if value.isdecimal():
        return len(value) >= 6
    return (has_digit and has_letter and len(value) >= 8) or (other and len(value) >= 16)


def _is_quoted_secret(match: re.Match[str], value: str, has_digit: bool) -> bool:
    """Whether what stands in quotation marks is a value, and no words about one."""
    if match["prose"] is not None and not match["password"]:
        return has_digit and len(value) >= 8
    if " " in value:
        is_sentence = value[0].isupper() and not (has_digit and match["equals"])
        return bool(match["password"]) and not _PROSE.search(value) and not is_sentence
    return len(value) >= 4 if match["password"] else has_digit and len(value) >= 6


def _is_whole_field(match: re.Match[str], value: str, text: str) -> bool:
    """Whether a word of letters is all that a field holds; in code it may be a name."""
    marks = match["equals"] or ""
    if match["before"]:
        return True
    if "=" in marks:
        before = text[max(0, match.start() - 24) : match.start()]
        env = match["name"].isupper() or bool(re.search(r"[?&;]$", before))
        return env or (marks == "=" and "_" not in value and not value.islower())
    after = text[match.end() : match.end() + 2].lstrip(" \t")
    return len(value) >= 5 and (not after or after[0] in "\r\n<")
