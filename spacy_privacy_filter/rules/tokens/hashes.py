"""Forms of hashes, of the numbers that version control and tracing give, and of machines' names."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from ...labels.kinds import ADDRESS
from .token import GAP, PLAIN, SURE, Form, named, shaped, sure

_BELIEVED: Final = 0.9  # what has the form alone is believed from this score on
_HEX: Final = r"(?:[0-9a-f]{7,128}|[0-9A-F]{7,128})(?![\w+/-])"
_COMMIT: Final = r"(?:[0-9a-f]{7,40}|[0-9A-F]{7,40})(?![\w-])"
_RANGE: Final = rf"{_COMMIT}(?:\.{{2,3}}{_COMMIT})?"
_UUID: Final = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![\w-])"
_DIGEST: Final = (
    r"(?:sha-?(?:1|224|256|384|512)|sha3-\d{3}|md5|blake[23]\w?|crc32c?|xxh\d{0,3}|adler32"
    r"|digest|checksum|e-?tag|if-none-match)(?:[ _-]?(?:sum|hash|digest|checksum))?"
)
_GIT: Final = (
    r"commits?|reverts?|reverted|reverting|cherry[- ]pick(?:ed|ing)?|bisect(?:ed)?|sha|revision"
    r"|git[ -]?(?:sha|rev|hash)|changeset|HEAD(?: is now)?(?: at)?|checkout"
    r"|git (?:show|log|diff|revert|reset(?: --\w{4,5})?)"
)
_CHANGE: Final = (
    r"merged?|rebased?|fix(?:ed|es)?|introduced|landed|bump(?:ed)?|deployed|index|tree|parent|blob"
    r"|broken|since|tag|build|bisect points"
)
_BRANCH: Final = (
    r"[)`\"']? (?:on|into|onto|from) [`\"']?(?:main|master|develop|trunk|release|origin)\b"
)
_TRACED: Final = (
    r"(?:trace|span|parent|request|req|correlation|event|job|task|run|build|pod|node|volume|disk"
    r"|snapshot|commit|release|deployment|cluster|container|image|artifact|pipeline|workflow"
    r"|partition|part|invocation|operation|batch|flow|thread|worker|x-request|amzn?-trace)"
    r"(?:[ _-]?(?:id|uid|uuid|guid))?"
)
_WORD: Final = r"[a-z][a-z0-9]{0,30}-"
# The end of what a cluster names has no vowels and no digits like letters.
_POD: Final = rf"(?:{_WORD}){{1,8}}[a-z0-9]{{8,10}}-[bcdfghjklmnpqrstvwxz2456789]{{5}}"
_POD_WORDS: Final = (
    r"(?:pods?|replicasets?|deployments?|statefulsets?|daemonsets?|nodes?|containers?)(?:_?name)?"
)
# Registers and addresses in what a kernel or debugger prints.
_REGISTERS: Final = (
    r"[re]?(?:ip|sp|bp|ax|bx|cx|dx|si|di)|r(?:[89]|1[0-5])|cr[0-4]|dr[0-7]|[c-g]s|ss|e?flags|orig_rax|lr|pc"
    r"|x\d{1,2}|pgd|pud|pmd|pte|fs_base|gs_base|code|call trace|at|address|ptr"
)
_BRANCHES: Final = (
    r"(?:feature|feat|fix|hotfix|bugfix|bug|release|chore|refactor|perf|dependabot|renovate|dev|origin|upstream"
    r"|refs/heads|refs/tags|revert)"
)
_OF_KEYS: Final = frozenset({"key", "sk", "pk", "pat", "token", "secret", "password"})


def _is_mixed(value: str) -> bool:
    """Whether letters and digits are both there."""
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _is_random(value: str) -> bool:
    """Whether letters and digits change so often that it is no number with a letter or two."""
    return value.islower() and len(list(groupby(value, str.isdigit))) > 3


def _has_digit(value: str) -> bool:
    return any(map(str.isdigit, value))


def _is_pod(value: str) -> bool:
    """Whether it is a name that a cluster made, not words with hyphens, and no key."""
    *words, template, end = value.split("-")
    return _has_digit(template) and not end.isdigit() and _OF_KEYS.isdisjoint(words)


FORMS: Final[tuple[Form, ...]] = (
    named(
        _DIGEST,
        _HEX,
        SURE,
        needs="sha md5 blake crc xxh adler digest checksum tag none-match",
        gap=r"(?:[ \t]?\([^()\n]{1,80}\))?(?:[\"']?[ \t]?[:=@-][ \t]{0,2}|[ \t])(?:W/)?[\"']?",
    ),
    sure(r"(?<!\w)sha(?:256|384|512)-[A-Za-z0-9+/]{40,90}={0,2}(?![\w+/=])", needs="sha"),
    named(
        _GIT,
        _RANGE,
        SURE,
        needs="commit rever pick bisect sha revision git changeset head checkout",
        gap=rf"(?:{GAP}|/)(?:(?:at|in|of|to|commit) )?",
    ),
    named(
        _CHANGE,
        _RANGE,
        SURE,
        needs="merge rebase fix introduced landed bump deployed index tree parent blob broken since"
        " tag build bisect",
        gap=rf"(?:{GAP})(?:(?:at|in|of|to|by|onto|commit) )?",
        check=_is_mixed,
    ),
    sure(
        rf"(?<![\w.])(?P<t>{_COMMIT})(?={_BRANCH})",
        needs="main master develop trunk release origin",
        check=_is_mixed,
    ),
    named(
        _TRACED,
        rf"{_UUID}|{_HEX}",
        SURE,
        needs="trace span parent req correlation event job task run build pod node volume disk"
        " snapshot commit release deployment cluster container image artifact pipeline workflow"
        " part invocation operation batch flow thread worker",
        gap=rf"{GAP}|[/#]",
        check=_is_mixed,
    ),
    named(
        _REGISTERS,
        r"(?:[0-9a-f]{2,4}:)?0x[0-9a-f]{4,16}|[0-9a-f]{2,4}:[0-9a-f]{8,16}"
        r"|[0-9a-f]{2,4}:\[<[0-9a-f]{8,16}>\]|[0-9a-f]{16}"
        r"|0000[0-9a-f]{4,12}",
        SURE,
        needs="ip sp bp ax bx cx dx si di r8 r9 r1 cr dr s: s= flag lr pc x pgd pud pmd pte base"
        " code trace at address ptr",
        gap=r"[:=][ \t]{0,2}|[ \t]",
        also=r"0x|[0-9a-f]{8}",
    ),
    sure(
        r"(?<![\w/.-])/(?:proc|sys|dev)/[\w.:-]{1,60}(?:/[\w.:-]{1,60}){0,8}",
        SURE | {ADDRESS},
        needs="/proc /sys /dev",
    ),
    sure(
        rf"(?<![\w/.:@-]){_BRANCHES}/[\w.-]{{1,80}}(?:/[\w.-]{{1,80}}){{0,3}}(?![\w/])",
        SURE,
        needs="/",
    ),
    named(
        r"(?:git )?(?:branch(?:es)?|checkout(?: -[bB])?|switch(?: -c)?)(?: name)?",
        r"[a-z][\w-]{0,40}[/-][\w./-]{1,80}",
        SURE,
        needs="branch checkout switch",
    ),
    # An image, by its digest.
    sure(
        r"(?<![\w/.:@-])[\w./:-]{1,160}@sha(?:256|512):[0-9a-f]{16,128}(?!\w)",
        SURE,
        needs="@sha",
    ),
    shaped(rf"(?<![\w-]){_UUID}", PLAIN, needs="-", below=_BELIEVED),
    shaped(rf"(?<![\w+/-]){_HEX}", PLAIN, below=_BELIEVED, check=_is_random),
    sure(rf"(?<![\w-]){_POD}(?![\w-])", needs="-", check=_is_pod),
    named(
        _POD_WORDS,
        rf"(?:{_WORD}){{1,8}}[a-z0-9]{{1,17}}(?!-)",
        SURE,
        needs="pod replicaset deployment statefulset daemonset node container",
        gap=rf"{GAP}|/",
        check=_has_digit,
    ),
    sure(
        r"(?<![\w-])(?:gke|aks|eks)-(?:[a-z0-9]{1,30}-){1,8}[a-z0-9]{1,16}(?![\w-])",
        needs="gke- aks- eks-",
    ),
    sure(
        r"(?<![\w.-])[a-z][\w.]{0,30}(?:-[a-z0-9]{1,20}){0,4}-(?:exec|thread|worker|pool)-\d{1,5}"
        r"(?![\w-])",
        needs="-exec- -thread- -worker- -pool-",
    ),
    sure(r"(?<!\w)0x[0-9A-Fa-f]{1,16}(?!\w)", needs="0x"),
    sure(r"(?<![\w#&])#(?P<t>[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?)(?!\w)", needs="#", check=_is_mixed),
    sure(
        r"(?i:colou?r|background|fill|stroke|border)[ \t]?[:=][ \t]?[\"']?#[0-9A-Fa-f]{3,8}\b",
        needs="#",
    ),
)
