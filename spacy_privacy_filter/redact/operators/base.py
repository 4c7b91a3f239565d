"""What operators share over a document or a corpus, so that the same entity is treated alike.

Nothing here depends on the order of documents: whatever is handed out is handed out by digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ...language.names import normalise
from ...language.timeline import Timeline
from ..people.across_documents import People
from ..people.in_context import read_as
from ..people.mentions import Entity, Mention
from ..secrets.keys import check_key, digest

DOCUMENT: Final = "document"
CORPUS: Final = "corpus"
SCOPES: Final = (DOCUMENT, CORPUS)
# On what a replacement depends: the stretch alone, that and other dates if it is one, the entity,
# the subject (without one, the document), or the document.
MENTION: Final = "mention"
DATES: Final = "dates"
ENTITY: Final = "entity"
SUBJECT: Final = "subject"
_WORD = re.compile(r"\w+")


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


@dataclass(eq=False)
class Scope:
    """Every mention of one document or corpus, by operator and entity.

    key (bytes | None): The caller's key.
    salt (bytes): What tells this document from others; empty for a corpus.
    subject (str): Whose document it is; dates of one subject move together.
    timeline (Timeline): What the dates of this document tell of each other.
    by_digest (bool): Whether numbers follow digests; else the order of the text.
    """

    key: bytes | None = field(default=None, repr=False)
    salt: bytes = field(default=b"", repr=False)
    subject: str = field(default="", repr=False)
    by_digest: bool = False
    found: dict[Operator, dict[Entity, dict[str, Mention]]] = field(
        default_factory=dict, repr=False
    )
    literals: set[str] = field(default_factory=set, repr=False)
    words: set[str] = field(default_factory=set, repr=False)
    tables: dict[Operator, dict[Entity, Any]] = field(default_factory=dict, repr=False)
    timeline: Timeline = field(default_factory=Timeline, repr=False)
    people: People | None = field(default=None, repr=False)

    def add(self, text: str, used: Iterable[tuple[Mention, Operator]]) -> None:
        """Take in a document: what it mentions, and what no replacement may look like.

        RAISES (ValueError): Values were handed out already.
        """
        if self.tables or self.people is not None:
            raise ValueError(
                "This corpus is in use, so no text can be added: what was written would no longer "
                "be what a new run writes. Add all texts first, or make a new Corpus."
            )
        used = list(used)
        for mention, operator in used:
            if operator.writes is not None:
                self.literals.update(match[0] for match in operator.writes.finditer(text))
            if operator.assigns:
                _keep(self.found.setdefault(operator, {}), self._alone(mention))
        if any(operator.assigns for _, operator in used):
            self.words.update(normalise(word) for word in _WORD.findall(text))

    def _alone(self, mention: Mention) -> Mention:
        """In a corpus, a mention without what its first document has before it."""
        if not self.by_digest or mention.name is None:
            return mention
        return replace(mention, name=read_as(mention.text, mention.entity.tokens))

    def settle(self) -> People:
        """Say who the people of all documents are. After that, none can be added."""
        if self.people is None:
            self.people = People(entity for own in self.found.values() for entity in own)
            for operator, entities in self.found.items():
                settled: dict[Entity, dict[str, Mention]] = {}
                for entity, texts in entities.items():
                    whole = self.people.settle(entity)
                    for mention in texts.values():
                        _keep(settled, replace(mention, entity=whole))
                self.found[operator] = settled
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
            entities = list(self.found.get(operator, {}))
            if self.by_digest:
                entities.sort(key=lambda e: self.hmac("order", e.kind, e.text))
            self.tables[operator] = build(entities)
        return self.tables[operator]

    def mentions(self, operator: Operator, entity: Entity) -> list[Mention]:
        """Mentions of an entity that differ in their text, sorted by it."""
        found = self.found.get(operator, {}).get(entity, {})
        return [found[text] for text in sorted(found)]

    def label(self, operator: Operator, entity: Entity) -> str:
        """The label under which an entity goes: that of its longest text, of several the first."""
        mentions = self.mentions(operator, entity)
        return min(mentions, key=lambda m: (-len(m.text), m.label)).label


def _keep(found: dict[Entity, dict[str, Mention]], mention: Mention) -> None:
    """Keep one mention of each text of an entity, whichever comes first."""
    texts = found.setdefault(mention.entity, {})
    known = texts.setdefault(mention.text, mention)
    if mention.label < known.label:
        texts[mention.text] = mention
