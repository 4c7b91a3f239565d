"""A text -> the names of users in it, without their mark: "@ada", "u/ada", "login: ada"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finds import FORMED, Find

_MENTION = re.compile(
    r"(?<![\w@./+\\$%&=:-])@(?P<name>[^\W\d][\w-]{0,38}(?:\.[\w-]{1,30}){0,2})(?![\w@])"
)
_USER = re.compile(r"(?<![\w/.~-])/?u/(?P<name>[A-Za-z0-9_][\w-]{2,20})(?![\w/.]\w)")
_FIELD = re.compile(
    r"(?<![\w.-])(?:user[ _-]?names?|user[ _-]?id|userid|login(?:[ _-]?(?:name|id))?|logon"
    r"|screen[ _-]?name|nick(?:name)?|user(?==)|benutzername|benutzer|usuario"
    r"|utilisateur|identifiant|nome utente|gebruikersnaam"
    r"|twitter|instagram|insta|github|gitlab|telegram|skype|discord|snapchat|tiktok|reddit|mastodon)"
    r"(?: (?:is|handle|name|id))?[\"']?[ \t]{0,2}(?:=>|[:=])[ \t]{0,2}[\"'`]?@?"
    r"(?P<name>[^\W_][\w+-]{1,38}(?:\.[\w+-]{1,30}){0,3}(?:#[0-9]{4})?)(?![\w@(\[{:/\\]|\.\w)",
    re.IGNORECASE,
)
# What a computer reads behind "@", in code, style sheets and comments of documentation; and all.
_OF_CODE: Final = frozenset(
    "property override media param params return returns import staticmethod classmethod dataclass "
    "charset keyframes supports page include extend mixin function if else each for while "
    "font-face deprecated see since throws exception author todo test before after beforeeach "
    "aftereach beforeall afterall autowired component service repository controller restcontroller "
    "entity table column id bean configuration nullable nonnull notnull suppresswarnings "
    "functionalinterface requestmapping getmapping postmapping putmapping deletemapping "
    "pathvariable requestbody requestparam value transactional inject injectable input output "
    "module ngmodule pipe directive type typedef template callback private public protected "
    "example default abstract interface implements namespace version license file fileoverview "
    "brief details note warning link code literal inheritdoc cached_property lru_cache cache "
    "contextmanager wraps abstractmethod overload final pytest fixture parametrize patch app "
    "click task shared_task register route login_required decorator jit njit njit staticfunction "
    "layer apply tailwind screen theme layer use forward at-root container property scope latest "
    "next beta alpha canary everyone here channel all team property_setter objc main state "
    "binding published observedobject environmentobject stateobject available escaping "
    "autoclosure viewbuilder mainactor discardableresult data getter setter builder slf4j log "
    "json jsonproperty query mutation field args root prop emit watch ref param_types "
    "username user name gmail hotmail yahoo outlook icloud".split()
)
_CODE_AFTER = re.compile(
    r"[ \t]*(?:[({;]|=(?!=)|\.\w|/\w|\n\s{0,40}(?:@|(?:def|class|async|public|private|protected"
    r"|static|export|function|const|let|var|void)(?!\w)))"
)
# The user of a database, in a string that ends with the password.
_IN_STRING = re.compile(r";[ ]?(?:password|pwd)=", re.IGNORECASE)
# Words of fields that stand behind others: no text is cut before them.
JOINS: Final = frozenset({"name", "names", "handle", "utente"})
_NO_NAMES: Final = frozenset(
    "none null nil true false required optional string str int integer text varchar char bool self "
    "request os env user username userid login password passwd undefined unknown anonymous guest "
    "failed failure success successful succeeded ok error denied page form button invalid missing "
    "enter your the not is was and or a an here below above on at with for n/a na tbd yes no "
    "http https www value example name id email e-mail mail".split()
)


def find_handles(text: str) -> Iterator[Find]:
    """Find the names of users, without their mark; not e-mail, and not what code has behind "@"."""
    if "@" in text:
        yield from _find_mentions(text)
    if "u/" in text:
        for match in _USER.finditer(text):
            yield Find(match.start("name"), match.end("name"), FORMED)
    if ":" in text or "=" in text:
        yield from _find_fields(text)


def _find_mentions(text: str) -> Iterator[Find]:
    for match in _MENTION.finditer(text):
        name = match["name"].casefold()
        if name in _OF_CODE or name.endswith((".com", ".org", ".net")) or _is_code(text, match):
            continue
        yield _trimmed(match)


def _find_fields(text: str) -> Iterator[Find]:
    for match in _FIELD.finditer(text):
        in_string = _IN_STRING.match(text, match.end()) is not None
        if match["name"].casefold() not in _NO_NAMES and not in_string:
            yield _trimmed(match)


def _trimmed(match: re.Match[str]) -> Find:
    name = match["name"].rstrip("-.")
    return Find(match.start("name"), match.start("name") + len(name), FORMED)


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether it is a decorator, the scope of a package, or a variable."""
    return _CODE_AFTER.match(text, match.end()) is not None
