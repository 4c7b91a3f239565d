"""A text -> the names of users in it, without their mark: "@ada", "u/ada", "login: ada"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..text.common_words import COMMON, commonness
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
    r"(?P<name>(?:live:(?:\.cid\.)?)?[^\W_][\w+-]{1,38}(?:\.[\w+-]{1,30}){0,3}(?:#[0-9]{4})?)"
    r"(?![\w@(\[{:/\\]|\.\w)",
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
_TOPS: Final = (".com", ".org", ".net")
_CODE_AFTER = re.compile(
    r"[ \t]*(?:[({;]|=(?!=)|\.\w|/\w|\n\s{0,40}(?:@|(?:def|class|async|public|private|protected"
    r"|static|export|function|const|let|var|void)(?!\w)))"
)
# The user of a database, in a string that ends with the password.
_IN_STRING = re.compile(r";[ ]?(?:password|pwd)=", re.IGNORECASE)
# Words of fields that stand behind others: no text is cut before them.
JOINS: Final = frozenset(
    "name names handle utente user login accepted failed postponed partial invalid illegal locked "
    "authenticating successfully logged signed authenticated disconnected connected joined created "
    "deleted unlocked added removed logs attempted uploaded downloaded accessed requested does "
    "from".split()
)
_NO_NAMES: Final = frozenset(
    "none null nil true false required optional string str int integer text varchar char bool self "
    "request os env user username userid login password passwd undefined unknown anonymous guest "
    "failed failure success successful succeeded ok error denied page form button invalid missing "
    "enter your the not is was and or a an here below above on at with for n/a na tbd yes no "
    "http https www value example name id email e-mail mail "
    # What code goes on with.
    "return pass raise continue break print yield else self throw await def del assert import new "
    "if elif for while in isinstance len type lambda this const let var".split()
)
# What code takes a value from: "request.form", not "ada.king".
HOLDERS: Final = frozenset(
    "request req res os env self this process config settings args params body session form data "
    "ctx context event user response obj opts options props state input row record payload kwargs "
    "cls app g current_user conn db".split()
)
_ID = re.compile(r"id[\"']?\s{0,2}(?:=>|[:=])\W{0,4}\Z", re.IGNORECASE)
_CODE_BEFORE = re.compile(
    r"(?:^|[\s(])(?:if|elif|while|unless|not|and|or|in|return|assert|lambda|with|for|case|del|when)"
    r"[ \t(!]{1,3}\Z"
)
_N_BEFORE: Final = 24
_STEMS: Final = ("user", "login ", "accepted ", "failed ", "postponed ", "partial ")

# --- In logs, and in the paths of one's own folders ---
_LOG_NAME = r"[A-Za-z][\w.$-]{1,38}"
_IN_LOG = re.compile(
    r"(?<![\w.-])(?:"
    r"(?:(?:(?:accepted|failed|postponed|partial) [\w/-]{1,40} for(?! (?:invalid|illegal))"
    r"|(?:invalid|illegal|authenticating|lock(?:ed)?|switch(?:ed)? to|(?:for|by)(?: invalid)?) user"
    rf"|(?:invalid|unknown|bad) login) |new user: name=)['\"]?(?P<name>{_LOG_NAME})"
    r"(?P<sure>(?= from \S{1,64} port|\(uid=| by \(uid|,))?"
    rf"|(?:user|login) ['\"]?(?P<other>{_LOG_NAME})['\"]?"
    r"(?P<verb> (?:has |was |is )?(?:successfully )?(?:logged|signed|authenticated|disconnected"
    r"|connected|joined|created|deleted|locked|unlocked|failed|added|removed|logs|attempted"
    r"|uploaded|downloaded|accessed|requested|does not exist|not found|not allowed)(?!\w))?"
    r")(?!\w|@|\[|\((?!uid=))",
    re.IGNORECASE,
)
# Letters with a mark or digits between or after: "hk_larsen", "larsen.hk", "hlarsen2".
_SHAPED = re.compile(
    r"(?!v\d)[A-Za-z]\w{0,30}(?:_[A-Za-z0-9]|\.[A-Za-z]{2}|(?<=[a-z]{3})\d{1,4}\Z)\w*"
)
_NO_USERS: Final = frozenset(
    "root admin administrator daemon nobody www-data nginx apache postgres mysql system guest "
    "ubuntu debian centos fedora ec2-user vagrant runner jenkins git pi node app user users "
    "username test public default all shared me you name has had was is who not must may can will "
    "that it and or agent id ids data input story stories account accounts group groups list "
    "interface experience from to for with by of on in at the a an session sessions info service "
    "services profile profiles role roles type types table model error errors page pages manager "
    "being been never already just now currently only also then get gets got could should would "
    "cannot defined friendly level mode space home your their his her its this which please "
    "circleci vscode docker linuxbrew codespace gitpod travis build builder deploy airflow jovyan "
    "spark hadoop elastic redis mongodb ansible oracle nodejs svc localhost anonymous".split()
)
_COMMON_LOG = re.compile(r"\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2}")
_BEFORE_TIME = re.compile(
    r"(?:^|[\s|])[0-9A-Za-z.:_-]{2,64} [^\s\[\]\"]{1,64} (?P<name>[^\s\[\]\"@]{2,64}) \Z"
)
_N_LOG: Final = 200
_DIRECTORY = re.compile(
    r"(?<![\w.-])[ug]id=(?:\d{1,10}\((?=[\w.-]{2,40}\)))?(?P<name>[A-Za-z][\w.-]{1,38})(?=[,)])",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"(?:(?<![\w.])[A-Za-z]:(?:\\{1,2}|/)(?:Users|Documents and Settings)(?:\\{1,2}|/)"
    r"(?P<windows>[\w.~$-]{1,40}(?: [\w.~-]{1,30}){0,2}(?=[\\/])|[\w.~$-]{1,40})"
    r"|(?<![\w./-])(?:file://)?/(?:home|Users|export/home|var/home)/(?P<name>[A-Za-z][\w.-]{1,38})(?=[/\s:\"'),;]|\Z))"
)
_SKYPE = re.compile(r"(?<![\w:.])(?P<name>live:\.cid\.[0-9a-f]{8,20})(?!\w)", re.IGNORECASE)


def find_handles(text: str) -> Iterator[Find]:
    """Find the names of users, without their mark; not e-mail, and not what code has behind "@"."""
    if "@" in text:
        yield from _find_mentions(text)
    if "u/" in text:
        for match in _USER.finditer(text):
            yield Find(match.start("name"), match.end("name"), FORMED)
    if ":" in text or "=" in text:
        yield from _find_fields(text)
        yield from _find_in_logs(text)
    lowered = text.lower()
    if any(stem in lowered for stem in _STEMS):
        yield from _find_in_messages(text)
    if "users" in lowered or "home/" in lowered or "settings" in lowered:
        yield from _find_in_paths(text)


def _find_mentions(text: str) -> Iterator[Find]:
    for match in _MENTION.finditer(text):
        if not is_of_code(text, match) and not match["name"].casefold().endswith(_TOPS):
            yield _trimmed(match)


def _find_fields(text: str) -> Iterator[Find]:
    for match in _FIELD.finditer(text):
        in_string = _IN_STRING.match(text, match.end()) is not None
        if match["name"].casefold() in _NO_NAMES or in_string or _is_variable(text, match):
            continue
        yield _trimmed(match)


def _is_variable(text: str, match: re.Match[str]) -> bool:
    """Whether a field is one of code: a test of a variable, an attribute, the number of a row."""
    name = match["name"]
    if name.isdecimal() and _ID.search(text, match.start(), match.start("name")):
        return True
    if name.partition(".")[0].casefold() in HOLDERS and "." in name:
        return True
    first = max(0, match.start() - _N_BEFORE)
    return _CODE_BEFORE.search(text, first, match.start()) is not None


def _find_in_logs(text: str) -> Iterator[Find]:
    """Find users in the logs of web servers, and in the names of directories."""
    for time in _COMMON_LOG.finditer(text):
        line = text.rfind("\n", 0, time.start()) + 1
        first = max(line, time.start() - _N_LOG)
        match = _BEFORE_TIME.search(text, first, time.start())
        if match and match["name"].casefold() not in _NO_USERS:
            yield Find(match.start("name"), match.end("name"), FORMED)
    for match in _DIRECTORY.finditer(text):
        if match["name"].casefold() not in _NO_USERS:
            yield _trimmed(match)
    for match in _SKYPE.finditer(text):
        yield _trimmed(match)


def _find_in_messages(text: str) -> Iterator[Find]:
    """Find users in what programs write: "Accepted password for ada", "user hk_larsen"."""
    for match in _IN_LOG.finditer(text):
        group = "name" if match["name"] else "other"
        name = match[group].rstrip("-.$")
        if name.casefold() in _NO_USERS or name.casefold().endswith("ly"):
            continue
        told = match["name"] or match["verb"]
        is_rare = commonness(name) < COMMON
        if match["sure"] is not None or (told and is_rare) or _SHAPED.fullmatch(name):
            yield Find(match.start(group), match.start(group) + len(name), FORMED)


def _find_in_paths(text: str) -> Iterator[Find]:
    for match in _HOME.finditer(text):
        group = "windows" if match["windows"] else "name"
        value = match[group]
        if value.casefold() not in _NO_USERS and value[0] not in ".~$":
            yield Find(match.start(group), match.end(group), FORMED)


def _trimmed(match: re.Match[str]) -> Find:
    name = match["name"].rstrip("-.")
    return Find(match.start("name"), match.start("name") + len(name), FORMED)


def is_of_code(text: str, match: re.Match[str]) -> bool:
    """Whether a name behind "@" is a decorator, the scope of a package, or a variable."""
    is_known = match["name"].casefold() in _OF_CODE
    return is_known or _CODE_AFTER.match(text, match.end()) is not None
