"""An entity -> an invented one of the same kind, the same in every mention. Needs Faker."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from base64 import b32encode
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from ...labels.kinds import (
    ACCOUNT,
    ADDRESS,
    AGE,
    DATE,
    DEVICE,
    EMAIL,
    HANDLE,
    PERSON,
    PHONE,
    POSTCODE,
    SECRET,
    URL,
    short,
)
from ...language.ages import coarse_age
from ...language.locales import AUTO, locale_of_address, locale_of_name, locale_of_words
from ...language.names import normalise
from ...language.short_forms import is_asian
from ...language.spelling import latin
from ..people.mentions import Entity, Mention
from ..surrogates.addresses import draw_address
from ..surrogates.dates import draw_date
from ..surrogates.emails import Piece, join_letters, list_local_parts, list_spellings, write_local
from ..surrogates.name_lists import UnusedNames
from ..surrogates.names import (
    Draw,
    check_locale,
    draw_name,
    draw_of_faker,
    get_faker,
    guess_gender,
    keeps_a_name,
)
from ..surrogates.numbers import draw_like
from ..surrogates.phones import draw_phone
from ..surrogates.repeats import repeats
from ..surrogates.written_names import TitleForm, write_name
from .base import Operator, Scope

N_TRIES = 200
# Among more people, names come from a stock of which each is taken once: there, most of those that
# Faker draws would be somebody's.
MANY = 100
SHARED = 40  # draws from the stock, until names that never stand alone may share a family
# Names under which nobody has a mailbox or a site. SOURCE: RFC 2606.
DOMAINS = (
    "example.org", "example.net", "example.com", "mail.test", "post.invalid", "a.example",
    "inbox.test", "letters.invalid",
)  # fmt: skip
_TLDS = (".test", ".example", ".invalid")


def make_surrogate(locale: str = AUTO, day_first: bool = False) -> Operator:
    """Replace by an invented value of the same kind; no value repeats 4 characters of its source.

    Names keep their parts ("Ms Johnson" is the family name of "Sarah Johnson"), e-mail addresses
    fit the invented name, numbers keep their form and checksum, dates their form. Different
    entities of a scope get different values, but for ages, of which there are few.
    What cannot be invented becomes a code in brackets.

    locale (str): One of Faker's, "de_DE"; "auto" goes by the letters, then by titles ("Herr") and
        words of streets, then by the language of the document.
    day_first (bool): Whether 03/04/2026 is 3 April.
    RAISES (ValueError): An unknown locale.
    """
    check_locale(locale)

    def apply(mention: Mention, scope: Scope) -> str:
        values = scope.table(operator, lambda entities: draw(entities, scope))[mention.entity]
        return str(values[mention.text])

    def draw(entities: list[Entity], scope: Scope) -> dict[Entity, dict[str, str]]:
        return _Draws(operator, scope, locale, day_first).draw(entities)

    operator = Operator(apply, "surrogate", needs_key=True, assigns=True)
    return operator


class _Draws:
    """What is drawn for one scope. Entities come in an order that the scope decides."""

    def __init__(self, operator: Operator, scope: Scope, locale: str, day_first: bool) -> None:
        self.operator, self.scope = operator, scope
        self.locale, self.day_first = locale, day_first
        # What a corpus writes cannot hang on the languages of its other documents.
        self.around = "" if scope.by_digest else locale_of_words(scope.words)
        # Letters of a mail address -> how it is written for each person who may have it, first
        # those of whose name it has no half
        self.mail: dict[str, dict[bool, dict[Entity, tuple[Piece, ...]]]] = {}
        self.taken: set[str] = set()
        # Tokens of invented names that stand alone in some mention, so that nobody may share them
        self.alone: set[str] = set()
        self.unused = UnusedNames(scope.words, self.taken, normalise)
        self.many = False

    def draw(self, entities: list[Entity]) -> dict[Entity, dict[str, str]]:
        """Draw a value for each text of each entity."""
        values: dict[Entity, dict[str, str]] = {}
        self.many = sum(entity.kind == PERSON for entity in entities) > MANY
        for entity in sorted(entities, key=lambda e: e.kind != PERSON):  # mail follows the names
            mentions = self.scope.mentions(self.operator, entity)
            self.taken.update(normalise(mention.text) for mention in mentions)
        for entity in sorted(entities, key=lambda e: e.kind != PERSON):
            mentions = self.scope.mentions(self.operator, entity)
            if entity.kind == PERSON:
                values[entity] = self._draw_person(entity, mentions)
            else:
                values[entity] = {m.text: self._draw_value(entity, m) for m in mentions}
                self.taken.update(map(normalise, values[entity].values()))
        return values

    def _seeds(self, entity: Entity, use: str) -> Iterator[int]:
        for i in range(N_TRIES):
            code = self.scope.hmac("surrogate", use, entity.kind, entity.text, str(i))
            yield int.from_bytes(code[:8], "big")

    def _draw_person(self, entity: Entity, mentions: list[Mention]) -> dict[str, str]:
        parts = [part for m in mentions if m.name for part in m.name.parts]
        words = {part.norm for part in parts if part.role not in ("name", "suffix")}
        locale = locale_of_name(entity.tokens, words, self.locale, self.around)
        gender = guess_gender(mentions, entity, locale)
        titled = entity.mark or any(m.name.has_title for m in mentions if m.name)
        # "Lee" is a given name, too, but not that of "Mr Lee".
        tokens = ("",) if titled and len(entity.tokens) == 1 else entity.tokens
        short = any(_is_short(mention, entity.tokens) for mention in mentions)
        for i, seed in enumerate(self._seeds(entity, "name")):
            n = i if self.many else i - N_TRIES // 2  # how often the unused names were asked
            source = draw_of_faker if n < 0 else partial(self._draw_unused, n)
            drawn = draw_name(seed, tokens, gender, locale, source)
            few, shared = not self.many and i < N_TRIES // 4, n >= SHARED and not short
            if keeps_a_name(entity.tokens, drawn) or not self._new(
                drawn, len(entity.tokens), few, shared, n < N_TRIES // 4
            ):
                continue
            written = {m.text: _write_other(m, drawn, bare=i >= N_TRIES // 8) for m in mentions}
            forms = {normalise(value) for value in written.values() if value is not None}
            if None not in written.values() and not forms & self.taken:
                self._remember(entity, mentions, drawn)
                halves = [word for token in drawn for word in token.split("-")]
                whole = ("".join(drawn), " ".join(drawn))
                self.taken.update(map(normalise, (*drawn, *halves, *whole, *forms)))
                self.alone.update(map(normalise, (*drawn, *halves) if short else ()))
                return {text: str(value) for text, value in written.items()}
        codes = {m.text: self._code(entity, m) for m in mentions}
        self.taken.update(map(normalise, codes.values()))
        return codes

    def _draw_unused(self, n: int, seed: int, locale: str, gender: str) -> tuple[Draw, Draw]:
        """Draw what nobody has; where that fails, longer given names, then shared families."""
        rng = Random(seed)
        wide, doubled = n >= 3, n >= N_TRIES // 8 and n % 2 == 1
        family = self.unused.any_family if n >= SHARED and n % 4 < 2 else self.unused.family
        return (
            lambda: self.unused.given(rng, locale, gender, wide, doubled),
            lambda: family(rng, locale, gender),
        )

    def _new(
        self, drawn: tuple[str, ...], n_tokens: int, few: bool, shared: bool, unseen: bool
    ) -> bool:
        """Nobody in the scope has the family name; in a scope of few people, nor a given one.

        shared (bool): Others may have parts of the name, if these never stand alone.
        unseen (bool): No word of it is in any source; else only the name as a whole is not.
        """
        words = {normalise(word) for token in drawn for word in token.split("-")}
        if unseen and words & self.scope.words:
            return False
        whole = normalise(" ".join(drawn))
        if whole in self.taken or normalise("".join(drawn)) in self.taken:
            return False
        if shared:
            return not {*map(normalise, drawn), *words} & self.alone
        # Without a blank, the family name comes first, and there are not many.
        named = "".join(drawn) if n_tokens < len(drawn) else drawn[-1]
        parts = {normalise(named), *(map(normalise, drawn) if few else ()), *(words if few else ())}
        return not parts & self.taken

    def _draw_value(self, entity: Entity, mention: Mention) -> str:
        draw = self._choose_draw(mention.kind)
        if draw is not None:
            for i, seed in enumerate(self._seeds(entity, "value")):
                value = draw(mention, Random(seed), i)
                if value is None:
                    break
                # Of the few ages there are, people may share one.
                shared = entity.kind == AGE and i >= N_TRIES // 8
                free = shared or normalise(value) not in self.taken
                if value and free and not repeats(mention.text, value):
                    return value
        return self._code(entity, mention)

    def _choose_draw(self, kind: str) -> Callable[[Mention, Random, int], str | None] | None:
        same = {ACCOUNT, DEVICE, SECRET, POSTCODE}
        if kind in same:
            return lambda mention, rng, i: draw_like(mention.text, rng)
        if kind == PHONE:
            return lambda mention, rng, i: draw_phone(mention.text, rng, i)
        table = {EMAIL: self._email, URL: self._url, ADDRESS: self._address, DATE: self._date}
        return {**table, AGE: self._age, HANDLE: self._handle}.get(kind)

    def _date(self, mention: Mention, rng: Random, i: int) -> str | None:
        # What a corpus writes cannot hang on the document that happens to come first.
        told = None if self.scope.by_digest else self.scope.timeline.day_first
        return draw_date(mention.text, self.day_first if told is None else told, rng, i)

    def _age(self, mention: Mention, rng: Random, i: int) -> str | None:
        old = re.search(r"\d+", mention.text)
        years = coarse_age(mention.text, 1, 200) or ""
        few = old is not None and int(years if years.isdecimal() else old[0]) < 18
        age = str(rng.randrange(1, 18) if few else rng.randrange(18, 90))
        if old and old[0] == age:
            return ""
        # " years old" would be repeated, and no number is in "forty".
        return re.sub(r"\d+", age, mention.text) if old and i % (N_TRIES // 8) < 20 else age

    def _address(self, mention: Mention, rng: Random, i: int) -> str | None:
        locale = locale_of_address(mention.text, self.locale, self.around)
        return draw_address(mention.text, rng, locale)

    def _url(self, mention: Mention, rng: Random, i: int) -> str | None:
        fake = get_faker("en_US")
        fake.seed_instance(rng.getrandbits(64))
        return f"{fake.domain_word()}{rng.choice(_TLDS)}"

    def _handle(self, mention: Mention, rng: Random, i: int) -> str | None:
        fake = get_faker("en_US")
        fake.seed_instance(rng.getrandbits(64))
        return f"{latin(fake.first_name())}{rng.randrange(10, 10_000)}".lower()

    def _email(self, mention: Mention, rng: Random, i: int) -> str | None:
        local = mention.text.partition("@")[0]
        fake = get_faker("en_US")
        fake.seed_instance(rng.getrandbits(64))
        name = self._write_local_of_person(local)
        if name is None or i >= N_TRIES // 2:
            name = f"{latin(fake.first_name())}.{latin(fake.last_name())}"
        more = str(rng.randrange(10, 100)) if i >= N_TRIES // 4 else ""
        return f"{name}{more}@{rng.choice(DOMAINS)}".lower()

    def _write_local_of_person(self, local: str) -> str | None:
        """Write the local part as that of the one person whose name it holds, "s.johnson"."""
        candidates = self.mail.get(join_letters(local), {})
        people = candidates.get(True) or candidates.get(False) or {}
        return write_local(local, *people.values()) if len(people) == 1 else None

    def _remember(self, entity: Entity, mentions: list[Mention], drawn: tuple[str, ...]) -> None:
        """Keep a person's new name under the letters by which mail addresses name them."""
        names = [mention.name for mention in mentions if mention.name]
        for old in list_spellings(names, entity.tokens) if len(drawn) == len(entity.tokens) else ():
            for pieces, whole in list_local_parts(old, drawn):
                people = self.mail.setdefault("".join(letters for letters, _ in pieces), {})
                people.setdefault(whole, {}).setdefault(entity, pieces)

    def _code(self, entity: Entity, mention: Mention) -> str:
        """A code in brackets, for what cannot be invented."""
        for i in range(10_000):
            code = self.scope.hmac("surrogate", "code", entity.kind, entity.text, str(i))
            letters = b32encode(code).decode("ascii")[: 8 + i // 50]
            for value in (f"[{short(mention.label)}_{letters}]", f"[{letters}]"):
                if not repeats(mention.text, value) and normalise(value) not in self.taken:
                    return value
        # A source that holds a run of every code holds next to all there is.
        return "█"


def _is_short(mention: Mention, tokens: tuple[str, ...]) -> bool:
    """Whether a mention has less than the full name, or that is one word."""
    written = mention.name.tokens if mention.name else ()
    return written != tokens or (len(tokens) == 1 and not is_asian(tokens[0]))


def _write_other(mention: Mention, drawn: tuple[str, ...], bare: bool) -> str | None:
    """Write a name so that it repeats nothing of a mention.

    bare (bool): Whether its titles may be left out: only if nothing else helps.
    """
    forms = [form for form in TitleForm if bare or form is not TitleForm.LEFT_OUT]
    values = (write_name(mention, drawn, form) for form in forms)
    return next((value for value in values if not repeats(mention.text, value)), None)
