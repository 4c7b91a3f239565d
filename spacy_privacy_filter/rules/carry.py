"""What was found once in a text -> the same everywhere in it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from typing import Final

from ..labels.kinds import PERSON, kind_of
from ..language.tables import read_words
from ..text.common_words import COMMON, FREQUENT, RARE
from ..text.words import GLUED, Words, cut_words
from ..types import CharSpan
from .repair import find_addresses
from .telling import (
    ELSEWHERE,
    Known,
    Telling,
    faint_told,
    fold_word,
    glued_told,
    mail_told,
    names_told,
    rate_word,
    split_words,
    values_told,
)

_AFTER: Final = read_words("beside_names", "after") | read_words("beside_names", "firms")
_BEFORE: Final = read_words("beside_names", "before")
# In small letters only these say so: "the Walsh house" is hers, "the Walsh test" is not.
_SMALL_AFTER: Final = read_words("beside_names", "after_in_small_letters")
_SMALL_BEFORE: Final = read_words("beside_names", "before_in_small_letters")
_DETERMINERS: Final = read_words("beside_names", "determiners")
_BLANK: Final = r"[ \t\u00a0\u202f]"
# What parts the words of one name, and what stands between a name and one that it is joined with.
_WITHIN = re.compile(rf"{_BLANK}{{1,3}}|[-'’.]{_BLANK}?|{_BLANK}-{_BLANK}")
_BETWEEN = re.compile(r"[ \u00a0\u202f]{1,2}(?:[^\W\d_a-z]\.?[ \u00a0\u202f])?|-")
_WORD_BEFORE = re.compile(rf"([^\W\d_]{{1,20}})\.?{_BLANK}\Z")
_WORD_AFTER = re.compile(rf"(?:{_BLANK}|-)([^\W\d_]{{1,20}})")
# Where a sentence or a line begins, and a capital tells nothing.
_START = re.compile(r"(?:^|[.!?:;…•\n\r])[\s\"'“„«‚‘(*>#-]{0,8}\Z")
_GREETING = re.compile(
    r"^[ \t>]{0,8}(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|moin"
    r"|guten (?:tag|morgen|abend)|bonjour|bonsoir|salut|cher|ch[eè]re|hola|querid[oa]|estimad[oa]"
    r"|ciao|car[oa]"
    r"|gentile|ol[aá]|prezad[oa]|beste|hej|hei|kære|drog[ai])[ \t]{1,2}(?=[^\W\d_])",
    re.IGNORECASE | re.MULTILINE,
)
_N_GREETED: Final = 60  # characters behind a greeting
_N_BEFORE: Final = 24
_LEAST_SMALL: Final = 0.9  # of a name, to be looked for in small letters, as words are written
_GLUED_RUN = re.compile(f"[{GLUED}]{{2,}}")


def carry(
    text: str,
    spans: Sequence[CharSpan],
    *,
    known: Sequence[Known] = (),
    forward: bool = False,
    person: str | None = None,
    words: Words | None = None,
) -> list[CharSpan]:
    """Find names and values everywhere in a text that spans, or other texts, tell.

    Of a person, each name counts, in any case: whole words, and in scripts without blanks the whole
    name. A name that is also a word counts only as it was written, and if it is a frequent one, not
    where a sentence begins. Of numbers, addresses and secrets the whole value counts. Nothing is
    found in what is a span already, in an address, or in the name of a firm or a street.

    text (str): The text.
    spans (Sequence[CharSpan]): Disjoint.
    known (Sequence[Known]): What is known from elsewhere.
    forward (bool): Find only what comes after the mention that tells it.
    person (str | None): Label of the persons that addresses of mail tell; the default is that of
        the first person, and without one they tell none.
    words (Words | None): What `cut_words` gives of the text, where that is known.
    RETURNS (list[CharSpan]): The spans and what was found, sorted and disjoint. A span with a name
        right beside it grows over it. The source of a find says where its name was told.
    """
    told = [(text[span.start_char : span.end_char], span) for span in sorted(spans)]
    told += [(own.text, CharSpan(ELSEWHERE, ELSEWHERE, own.label, own.score)) for own in known]
    if not told:
        return list(spans)
    page = _Page(text, forward, spans, cut_words(text) if words is None else words)
    page.take(page.find_values(_index(values_told(told))))
    page.take(page.find_glued(_index(glued_told(told))))
    persons = (span.label for _, span in told if kind_of(span.label) == PERSON)
    person = person or next(persons, None)
    again = [own for own in told if kind_of(own[1].label) == PERSON and page.may_repeat(own[0])]
    names = [*names_told(again), *(mail_told(told, person) if person else ())]
    page.take(page.find_names(_index(names)))
    page.take(page.find_greeted(_index(faint_told(again))))
    return page.join()


def _index(tellings: Iterable[Telling]) -> dict[tuple[str, ...], Telling]:
    """Order what is told by its words; of several mentions, the first place and best score."""
    index: dict[tuple[str, ...], Telling] = {}
    for new in tellings:
        old = index.get(new.words)
        if old is None:
            index[new.words] = new
        elif new.score > old.score:
            index[new.words] = old._replace(score=new.score)
    return index


class _Page:
    """A text with its spans, in which what is told is looked for.

    text (str): The text.
    forward (bool): Whether to find only what comes after the mention that tells it.
    spans (Sequence[CharSpan]): Disjoint.
    words (Words): Where its words are.
    """

    def __init__(self, text: str, forward: bool, spans: Sequence[CharSpan], words: Words) -> None:
        self.text, self.forward, self.words = text, forward, words
        self.spans = sorted(spans)
        self.ends = [span.end_char for span in self.spans]

    @cached_property
    def norms(self) -> list[str]:
        """Its words in the form that is compared."""
        if self.text.isascii():
            lowered = self.text.lower()
            return [lowered[start:end] for start, end in self.words]
        folded: dict[str, str] = {}  # most words of a text repeat
        norms = []
        for start, end in self.words:
            word = self.text[start:end]
            norms.append(folded.get(word) or folded.setdefault(word, fold_word(word)))
        return norms

    @cached_property
    def _open_norms(self) -> set[str]:
        """Those of its words that are in none of the spans that it came with."""
        spans = iter([*self.spans, CharSpan(len(self.text), len(self.text) + 1, "", 0.0)])
        span = next(spans)
        norms = set()
        for (start, end), norm in zip(self.words, self.norms, strict=True):
            while span.end_char <= start:
                span = next(spans)
            if end <= span.start_char:
                norms.add(norm)
        return norms

    def may_repeat(self, name: str) -> bool:
        """Whether a word of a name is anywhere else: of most none is, which is fast to see."""
        return not self._open_norms.isdisjoint(split_words(name))

    def take(self, finds: Iterator[CharSpan]) -> None:
        """Take finds among the spans, but those that share a character with another."""
        last = 0
        apart: list[CharSpan] = []
        for find in sorted(finds, key=lambda span: (span.start_char, -span.end_char)):
            if find.start_char >= last:
                apart.append(find)
                last = find.end_char
        if apart:
            self.spans = sorted([*self.spans, *apart])
            self.ends = [span.end_char for span in self.spans]

    def is_open(self, telling: Telling, start: int, end: int) -> bool:
        """Whether no span holds a character of a place, and what is told is known there."""
        if self.forward and telling.start_char > start:
            return False
        i = bisect_right(self.ends, start)
        return i == len(self.spans) or end <= self.spans[i].start_char

    def find_values(self, values: dict[tuple[str, ...], Telling]) -> Iterator[CharSpan]:
        """Find values: nothing beside them goes on."""
        shapes: dict[str, set[tuple[int, int]]] = {}  # first word -> where in a value, its length
        for (value,) in values:
            start, end = next(iter(cut_words(value)), (0, 0))
            shapes.setdefault(value[start:end].casefold(), set()).add((start, len(value)))
        for at, end_of_word in self.words if shapes else ():
            for before, length in shapes.get(self.text[at:end_of_word].casefold(), ()):
                start, end = at - before, at - before + length
                value = self.text[max(0, start) : end]
                telling = values.get((value,)) or values.get((value.casefold(),))
                if telling and self._is_whole(start, end) and self.is_open(telling, start, end):
                    yield _make(telling, start, end)

    def _is_whole(self, start: int, end: int) -> bool:
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 2]
        goes_on = after[:1].isalnum() or (after[:1] in tuple("-._@/") and after[1:].isalnum())
        return not goes_on and not before.isalnum() and before not in tuple("-_@")

    def find_glued(self, names: dict[tuple[str, ...], Telling]) -> Iterator[CharSpan]:
        """Find names in runs of letters without blanks; of two at a place, the longer."""
        lengths: dict[str, set[int]] = {}
        for (name,) in names:
            lengths.setdefault(name[:2], set()).add(len(name))
        longest_first = {head: sorted(own, reverse=True) for head, own in lengths.items()}
        for run in _GLUED_RUN.finditer(self.text) if names else ():
            for start in range(run.start(), run.end() - 1):
                for length in longest_first.get(self.text[start : start + 2], ()):
                    telling = names.get((self.text[start : start + length],))
                    if telling and self.is_open(telling, start, start + length):
                        yield _make(telling, start, start + length)

    def find_names(self, names: dict[tuple[str, ...], Telling]) -> Iterator[CharSpan]:
        """Find names word by word, the longest at each place."""
        lengths: dict[str, set[int]] = {}
        for words in names:
            lengths.setdefault(words[0], set()).add(len(words))
        longest_first = {word: sorted(own, reverse=True) for word, own in lengths.items()}
        if not names:
            return
        norms = self.norms
        candidates = []
        for i, norm in enumerate(norms):
            for n in longest_first.get(norm, ()):
                telling = names.get(tuple(norms[i : i + n]))
                if telling and self._is_one_name(i, n):
                    start, end = self.words[i][0], self.words[i + n - 1][1]
                    if self.is_open(telling, start, end):
                        candidates.append((telling, start, end))
                        break
        yield from self._settle(candidates)

    def find_greeted(self, names: dict[tuple[str, ...], Telling]) -> Iterator[CharSpan]:
        """Find names behind a greeting at the start of a line, also of finds that are not sure."""
        for greeting in _GREETING.finditer(self.text) if names else ():
            for start, end in cut_words(self.text[greeting.end() : greeting.end() + _N_GREETED]):
                start, end = start + greeting.end(), end + greeting.end()
                telling = names.get((fold_word(self.text[start:end]),))
                if telling and self.text[start].isupper() and self.is_open(telling, start, end):
                    yield _make(telling, start, end)
                if self.text[end : end + 1] != " ":
                    break

    def _is_one_name(self, i: int, n: int) -> bool:
        """Whether what stands between n words can stand within a name."""
        words = self.words[i : i + n]
        return len(words) == n and all(
            _WITHIN.fullmatch(self.text, end, start)
            and (self.text[end] != "." or end - first == 1)  # a dot only ends an initial
            for (first, end), (start, _) in itertools.pairwise(words)
        )

    def _settle(self, candidates: Sequence[tuple[Telling, int, int]]) -> Iterator[CharSpan]:
        """Give those that nothing contradicts; one beside another need not be sure on its own."""
        if not candidates:
            return
        addresses = find_addresses(self.text)
        ends = [address.end_char for address in addresses]
        free = []
        for telling, start, end in candidates:
            i = bisect_right(ends, start)
            in_address = i < len(addresses) and addresses[i].start_char < end
            if not in_address and not self._is_contradicted(start, end):
                free.append((telling, start, end))
        sure = [self._is_sure(*own) for own in free]
        persons = {span.end_char for span in self.spans if kind_of(span.label) == PERSON}
        starts = {span.start_char for span in self.spans if kind_of(span.label) == PERSON}
        for i, (telling, start, end) in enumerate(free):
            beside = (
                (i and sure[i - 1] and self._are_beside(free[i - 1][2], start))
                or (i + 1 < len(free) and sure[i + 1] and self._are_beside(end, free[i + 1][1]))
                or (start - 1 in persons and self.text[start - 1] == " ")
                or (end + 1 in starts and self.text[end] == " ")
            )
            if sure[i] or beside:
                yield _make(telling, start, end)

    def _are_beside(self, end: int, start: int) -> bool:
        return 0 < start - end <= 4 and bool(_BETWEEN.fullmatch(self.text, end, start))

    def _is_contradicted(self, start: int, end: int) -> bool:
        """Whether what stands beside a name says that it is another thing's."""
        text = self.text
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if before in tuple("@#/\\") or after in tuple("@/\\"):
            return True
        following = _WORD_AFTER.match(text, end)
        if following and _says(following[1], _AFTER, _SMALL_AFTER):
            return True
        leading = _WORD_BEFORE.search(text, max(0, start - _N_BEFORE), start)
        return bool(leading and _says(leading[1], _BEFORE, _SMALL_BEFORE))

    def _is_sure(self, telling: Telling, start: int, end: int) -> bool:
        """Whether a name is no other word where it stands."""
        written = self.text[start:end]
        if telling.is_whole:
            capital = not written.islower() or written == telling.written
            return capital or any(rate_word(word) == RARE for word in telling.words)
        leading = _WORD_BEFORE.search(self.text, max(0, start - _N_BEFORE), start)
        after_article = leading is not None and leading[1].lower() in _DETERMINERS
        is_small = written.islower() and written != telling.written
        if is_small and (after_article or telling.score < _LEAST_SMALL):
            return False
        rate = rate_word(telling.written)
        if rate == RARE and len(written) > 2:
            return True
        if written != telling.written:
            return False
        if rate == FREQUENT and _START.search(self.text, max(0, start - _N_BEFORE), start):
            return False
        return rate < COMMON or not after_article

    def join(self) -> list[CharSpan]:
        """Join what was carried with the names beside it, and give all spans."""
        joined: list[CharSpan] = []
        for span in self.spans:
            last = joined[-1] if joined else None
            if last and self._are_one(last, span):
                best = span if _is_carried(last) and not _is_carried(span) else last
                joined[-1] = best._replace(start_char=last.start_char, end_char=span.end_char)
            else:
                joined.append(span)
        return joined

    def _are_one(self, last: CharSpan, span: CharSpan) -> bool:
        return (
            (_is_carried(last) or _is_carried(span))
            and kind_of(last.label) == kind_of(span.label) == PERSON
            and self._are_beside(last.end_char, span.start_char)
        )


def _says(word: str, capital: Set[str], small: Set[str]) -> bool:
    return word.casefold() in small or (not word.islower() and word.casefold() in capital)


def _is_carried(span: CharSpan) -> bool:
    return span.source.startswith("carried:")


def _make(telling: Telling, start: int, end: int) -> CharSpan:
    return CharSpan(start, end, telling.label, telling.score, telling.source)
