"""What has been found in a text, or elsewhere -> the names and values that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from ..labels.kinds import (
    ACCOUNT,
    DEVICE,
    EMAIL,
    HANDLE,
    OTHER,
    PERSON,
    PHONE,
    SECRET,
    URL,
    kind_of,
)
from ..language.given_names import given_gender
from ..language.names import JOINERS, KIN, PARTICLES, Part, cut_name, normalise
from ..language.spelling import fold_name
from ..language.tables import read_words
from ..language.titles import SUFFIXES, TITLES
from ..text.common_words import COMMON, RARE, commonness
from ..text.words import GLUED, cut_words
from ..types import CharSpan

ELSEWHERE: Final = -1
# Values that are carried whole. What else is found can rightly stand for another thing elsewhere.
EXACT_KINDS: Final = (ACCOUNT, DEVICE, EMAIL, HANDLE, OTHER, PHONE, SECRET, URL)
LEAST_SCORE: Final = 0.5  # below, a find may be wrong, and would be wrong everywhere
LEAST_PERSON: Final = 0.7
LEAST_ALONE: Final = 0.8  # of a name of one word, and of one that is also another word
_MOST_WORDS: Final = 8  # a longer name is none
_LEAST_VALUE: Final = 6  # letters and digits of a number; "2024" and "90210" stand everywhere
_LEAST_GLUED: Final = 2
_GLUED = re.compile(f"[{GLUED}]+")
_WORDS: Final = read_words("beside_names", "words")
_FIRMS: Final = read_words("beside_names", "firms")
_LEAST_LOCAL: Final = 5
_OFFICES: Final = frozenset(
    "webmaster postmaster hostmaster noreply donotreply helpdesk newsletter newsletters mailer "
    "sysadmin devops frontdesk frontoffice backoffice reception accounts payroll invoices "
    "invoicing enquiries inquiries anfrage kontakt bewerbung buchhaltung rechnung verwaltung "
    "empfang vertrieb presse redaktion ventas ventes contacto compras soporte atendimento "
    "contabilidad facturacion "
    "vendite assistenza amministrazione segreteria comptabilite secretariat accueil recrutement "
    "administratie klantenservice notifications alerts unsubscribe subscriptions webshop ecommerce "
    "infodesk servicedesk itsupport techsupport customercare customerservice marketing".split()
)
_NEVER: Final = frozenset(
    {*TITLES, *SUFFIXES, *JOINERS, *PARTICLES, *KIN["female"], *KIN["male"], "my", "the", "mister"}
)


class Known(NamedTuple):
    """A name or value that is known from elsewhere, such as another row of a table.

    text (str): As it was written.
    label (str): Its label.
    score (float): How sure it is.
    """

    text: str
    label: str
    score: float = 1.0


# What texts told: each name or value once, with its best score.
Memory: TypeAlias = dict[tuple[str, str], Known]


def remember(memory: Memory, text: str, spans: Iterable[CharSpan]) -> None:
    """Add what the spans of a text tell to what is known."""
    for span in spans:
        value = text[span.start_char : span.end_char]
        old = memory.get((value, span.label))
        if old is None or old.score < span.score:
            memory[value, span.label] = Known(value, span.label, span.score)


class Telling(NamedTuple):
    """A name, a part of one, or a value, and where it was told.

    words (tuple[str, ...]): The words, in the form that is compared; one string for a value.
    written (str): As it was written.
    label (str), score (float): Of what told it.
    start_char (int): Of the mention that told it; `ELSEWHERE` if that is in another text.
    is_whole (bool): Whether it is a whole name of several words.
    """

    words: tuple[str, ...]
    written: str
    label: str
    score: float
    start_char: int
    is_whole: bool = False

    @property
    def source(self) -> str:
        """What a span that it makes names as its source."""
        return f"carried:{self.start_char}" if self.start_char >= 0 else "carried:elsewhere"


def fold_word(word: str) -> str:
    """Write a word in the form that is compared: small, "é" as "e"."""
    if not word.isascii():
        return fold_name(normalise(word))
    return fold_name(word.lower()) if "-" in word else word.lower()


def rate_word(word: str) -> int:
    """Say how likely a word of a name is another word; see `text.common_words`."""
    return max(commonness(word), COMMON if word.lower() in _WORDS else 0)


def names_told(spans: Iterable[tuple[str, CharSpan]]) -> Iterator[Telling]:
    """Give the names that spans of persons tell, whole and in parts.

    spans (Iterable[tuple[str, CharSpan]]): Each with its text.
    """
    for text, span in spans:
        if kind_of(span.label) == PERSON and span.score >= LEAST_PERSON:
            yield from _names_in(text, span)


def faint_told(spans: Iterable[tuple[str, CharSpan]]) -> Iterator[Telling]:
    """Give the single names of persons that are not sure enough to be looked for everywhere.

    spans (Iterable[tuple[str, CharSpan]]): Of persons, each with its text.
    """
    for text, span in spans:
        if span.score < LEAST_ALONE:
            for start, end in cut_words(text):
                written = text[start:end]
                if written[0].isupper() and len(written) > 2 and written.isalpha():
                    yield Telling(
                        (fold_word(written),), written, span.label, span.score, span.start_char
                    )


def _names_in(text: str, span: CharSpan) -> Iterator[Telling]:
    name = cut_name(text).parse()
    if len(name.parts) > _MOST_WORDS or any(mark in text for mark in "@_/\n"):
        return
    told = [part for part in name.parts if part.role == "name"]
    if not told or told[-1].norm in _FIRMS:
        return
    if len(told) == 1 and span.score < LEAST_ALONE:
        return
    whole: list[str] = []
    for part in name.parts:
        if part.role in ("name", "particle"):
            whole += split_words(text[part.start_char : part.end_char])
    if len(told) > 1 and len(whole) > 1 and max(map(len, whole)) > 1:
        first, last = told[0].start_char, told[-1].end_char
        yield Telling(tuple(whole), text[first:last], span.label, span.score, span.start_char, True)
    yield from _with_particles(text, name.parts, span)
    for part in told:
        written = text[part.start_char : part.end_char]
        words = tuple(split_words(written))
        if words and _may_carry(written, words, span.score):
            yield Telling(words, written, span.label, span.score, span.start_char)


def _with_particles(text: str, parts: Sequence[Part], span: CharSpan) -> Iterator[Telling]:
    """Give each name with the particles before it: "van der Meulen"."""
    first = None
    for part in parts:
        if part.role == "particle":
            first = part.start_char if first is None else first
            continue
        if part.role == "name" and first is not None and part.end_char - part.start_char > 2:
            written = text[first : part.end_char]
            words = tuple(split_words(written))
            yield Telling(words, written, span.label, span.score, span.start_char, True)
        first = None


def split_words(text: str) -> list[str]:
    """Cut a name in words in the form that is compared."""
    return [fold_word(text[start:end]) for start, end in cut_words(text)]


def _may_carry(written: str, words: Sequence[str], score: float) -> bool:
    """Whether a part of a name is enough of a name to be looked for on its own."""
    if max(map(len, words)) < 2:  # "P.W."
        return False
    if len(words) == 1 and (words[0] in _NEVER or words[0].isdigit()):
        return False
    cased = written.lower() != written.upper()
    if cased and len(written) < 3 and not written.istitle():
        return False
    if score < LEAST_ALONE and rate_word(written) >= COMMON:
        return False
    if written.islower() and cased:  # found once in small letters, it can be any word
        return len(written) > 3 and rate_word(written) < COMMON
    return True


def mail_told(spans: Iterable[tuple[str, CharSpan]], label: str) -> Iterator[Telling]:
    """Give the names that addresses of mail tell: "petra.novak@...", not "front.office@...".

    spans (Iterable[tuple[str, CharSpan]]): Each with its text.
    label (str): Label of persons.
    """
    for text, span in spans:
        if kind_of(span.label) != EMAIL or span.score < LEAST_ALONE:
            continue
        local = text.partition("@")[0].partition("+")[0]
        if _is_family_name(local, text.partition("@")[2]):
            yield Telling((fold_word(local),), local.title(), label, span.score, span.start_char)
            continue
        parts = [part.strip("0123456789") for part in re.split(r"[._-]", local)]
        given = [given_gender(fold_word(part)) for part in parts]
        if len(parts) != 2 or not all(part.isalpha() and len(part) > 2 for part in parts):
            continue
        if any(
            not own and rate_word(part) >= COMMON for part, own in zip(parts, given, strict=True)
        ):
            continue
        told = span.score, span.start_char
        yield Telling((fold_word(parts[0]), fold_word(parts[1])), local.title(), label, *told, True)
        if any(given):  # the other is then a family name
            for part in parts:
                yield Telling((fold_word(part),), part.title(), label, *told)


def _is_family_name(local: str, host: str) -> bool:
    """Whether the mailbox has one name, which is no word, no office and no firm: "delahunt@..."."""
    is_name = local.isalpha() and local.isascii() and len(local) >= _LEAST_LOCAL
    own = local.lower()
    return is_name and own not in _OFFICES and own not in host.lower() and rate_word(own) == RARE


def glued_told(spans: Iterable[tuple[str, CharSpan]]) -> Iterator[Telling]:
    """Give names of scripts without blanks, which are looked for within runs of letters."""
    for text, span in spans:
        if kind_of(span.label) != PERSON or span.score < LEAST_ALONE:
            continue
        for match in _GLUED.finditer(text):
            if len(match[0]) >= _LEAST_GLUED:
                yield Telling((match[0],), match[0], span.label, span.score, span.start_char)


def values_told(spans: Iterable[tuple[str, CharSpan]]) -> Iterator[Telling]:
    """Give the numbers, addresses and secrets that are looked for whole."""
    for text, span in spans:
        kind = kind_of(span.label)
        if kind in EXACT_KINDS and span.score >= LEAST_SCORE and _is_telling(text, kind):
            key = text.casefold() if kind in (EMAIL, URL) else text
            yield Telling((key,), text, span.label, span.score, span.start_char)


def _is_telling(value: str, kind: str) -> bool:
    n_known = sum(map(str.isalnum, value))
    if value.isalpha() and rate_word(value) >= COMMON:
        return False
    return (len(value) if kind == SECRET else n_known) >= _LEAST_VALUE
