"""What operators share over a document or a corpus, so that the same entity is treated alike.

Nothing here depends on the order of documents: whatever is handed out is handed out by digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from ...language.names import normalise
from ...language.timeline import Timeline, build_timeline
from ..people.across_documents import People
from ..people.in_context import parse_alone
from ..people.mentions import Entity, Mention
from ..secrets.keys import check_key, digest

DOCUMENT: Final = "document"
CORPUS: Final = "corpus"
SCOPES: Final = (DOCUMENT, CORPUS)
# Names of operators that are more than what they write.
KEEP: Final = "keep"
ENCRYPT: Final = "encrypt"
# On what a replacement depends: the stretch alone, that and other dates if it is one, the entity,
# the subject (without one, the document), or the document.
MENTION: Final = "mention"
DATES: Final = "dates"
ENTITY: Final = "entity"
SUBJECT: Final = "subject"
_WORD = re.compile(r"\w+")
# One mention of each text of an entity.
Texts = dict[str, Mention]


@dataclass(eq=False)
class Operator:
    """What happens to a stretch of text.

    apply (Callable): Gives the replacement of one mention.
    name (str): For messages and for the list of what was replaced.
    needs_key (bool): Whether it cannot work without a key.
    reveals (bool): Whether the replacement may hold characters of the source.
    assigns (bool): Whether it hands out values that must differ over the whole scope.
    depends (str): On what a replacement depends: "mention", "dates", "entity", "subject" or
        "document". A stream waits for what it depends on.
    writes (re.Pattern | None): What its replacements look like, to keep clear of them in a source.
    """

    apply: Callable[[Mention, Scope], str]
    name: str = "custom"
    needs_key: bool = False
    reveals: bool = False
    assigns: bool = False
    writes: re.Pattern[str] | None = None
    depends: str = DOCUMENT


def check_key_of(operators: Collection[Operator], key: bytes | str | None) -> bytes | None:
    """Refuse a key that is easily guessed, or none where an operator needs one.

    RAISES (ValueError): No key, or one that is too short.
    """
    needy = [operator.name for operator in operators if operator.needs_key]
    if key is None and not needy:
        return None
    return check_key(key, f"The operator {min(needy)}" if needy else "The policy")


def check_placeholder(operator: str, placeholder: str, part: str) -> None:
    """Refuse a placeholder without something.

    operator (str): For the message.
    part (str): What must be in it: "{n}".
    RAISES (ValueError): It is not.
    """
    if part not in placeholder:
        raise ValueError(
            f'"placeholder" of the operator {operator} must hold {part!r}, but is {placeholder!r}.'
        )


@dataclass(eq=False)
class Scope:
    """Every mention of one document or corpus, by operator and entity.

    key (bytes | None): The caller's key.
    salt (bytes): What tells this document from others; empty for a corpus.
    by_digest (bool): Whether numbers follow digests; else the order of the text.
    handed (dict): What hands out values -> entities that get one -> their mentions.
    literals (set[str]): What stands in a source and looks like a replacement.
    words (set[str]): Words of the sources, normalised.
    tables (dict): What was handed out.
    people (People | None): Who the people of all documents are, once that is asked for.
    subject (str): Whose document it is; dates of one subject move together.
    text (str): The document.
    dates (Sequence): start_char, end_char and label of each date in it.
    """

    key: bytes | None = field(default=None, repr=False)
    salt: bytes = field(default=b"", repr=False)
    by_digest: bool = False
    handed: dict[Operator, dict[Entity, Texts]] = field(default_factory=dict, repr=False)
    literals: set[str] = field(default_factory=set, repr=False)
    words: set[str] = field(default_factory=set, repr=False)
    tables: dict[Operator, dict[Entity, Any]] = field(default_factory=dict, repr=False)
    people: People | None = field(default=None, repr=False)
    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    dates: Sequence[tuple[int, int, str]] = field(default=(), repr=False)

    @cached_property
    def timeline(self) -> Timeline:
        """What the dates of this document tell of each other; read when an operator asks."""
        return build_timeline(self.text, self.dates)

    def add(self, text: str, used: Sequence[tuple[Mention, Operator]]) -> None:
        """Take in a document: what it mentions, and what no replacement may look like.

        RAISES (ValueError): Values were handed out already.
        """
        if self.tables or self.people is not None:
            raise ValueError(
                "This corpus is in use, so no text can be added: what was written would no longer "
                "be what a new run writes. Add all texts first, or make a new Corpus."
            )
        operators = dict.fromkeys(operator for _, operator in used)
        for operator in operators:
            if operator.writes is not None:
                self.literals.update(match[0] for match in operator.writes.finditer(text))
        for mention, operator in used:
            if operator.assigns:
                _keep_one(self.handed.setdefault(operator, {}), self._alone(mention))
        if any(operator.assigns for operator in operators):
            self.words.update(normalise(word) for word in _WORD.findall(text))

    def _alone(self, mention: Mention) -> Mention:
        """In a corpus, a mention without what its first document has before it."""
        if not self.by_digest or mention.name is None:
            return mention
        return replace(mention, name=parse_alone(mention.text, mention.entity.tokens))

    def share(self) -> Scope:
        """A scope for one document of a corpus: what was handed out is the same for all."""
        return Scope(
            self.key, by_digest=True, handed=self.handed, literals=self.literals,
            words=self.words, tables=self.tables,
        )  # fmt: skip

    def holds(self, operator: Operator, mention: Mention) -> bool:
        """Whether a mention was taken in under its entity."""
        return mention.text in self.handed.get(operator, {}).get(mention.entity, {})

    def identify_people(self) -> People:
        """Say who the people of all documents are. After that, none can be added."""
        if self.people is None:
            self.people = People(entity for entities in self.handed.values() for entity in entities)
            for operator, entities in self.handed.items():
                identified: dict[Entity, Texts] = {}
                for entity, texts in entities.items():
                    person = self.people.identify(entity)
                    for mention in texts.values():
                        _keep_one(identified, replace(mention, entity=person))
                self.handed[operator] = identified
        return self.people

    def hmac(self, *parts: str, salted: bool = True) -> bytes:
        """Make a digest with the caller's key.

        parts (str): What is digested.
        salted (bool): Whether documents differ; else the same parts always give the same.
        """
        key = check_key(self.key, "This operator")
        return digest(key, self.salt if salted else b"", *parts)

    def table(
        self, operator: Operator, build: Callable[[list[Entity]], dict[Entity, Any]]
    ) -> dict[Entity, Any]:
        """What an operator handed out, made once from all entities of the scope.

        operator (Operator): The operator.
        build (Callable): Gives the values of entities, which come in an order that does not depend
            on the order of documents.
        """
        if operator not in self.tables:
            entities = list(self.handed.get(operator, {}))
            if self.by_digest:
                entities.sort(key=lambda e: self.hmac("order", e.kind, e.text))
            self.tables[operator] = build(entities)
        return self.tables[operator]

    def mentions(self, operator: Operator, entity: Entity) -> list[Mention]:
        """Mentions of an entity that differ in their text, sorted by it."""
        texts = self.handed.get(operator, {}).get(entity, {})
        return [texts[text] for text in sorted(texts)]

    def label(self, operator: Operator, entity: Entity) -> str:
        """The label under which an entity goes: that of its longest text, of several the first."""
        mentions = self.mentions(operator, entity)
        return min(mentions, key=lambda m: (-len(m.text), m.label)).label


def _keep_one(entities: dict[Entity, Texts], mention: Mention) -> None:
    """Keep one mention of each text of an entity, that with the first label."""
    texts = entities.setdefault(mention.entity, {})
    if mention.label < texts.setdefault(mention.text, mention).label:
        texts[mention.text] = mention
