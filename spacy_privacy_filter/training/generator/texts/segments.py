"""A template -> segments, each a stretch of text with its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from ..values import decoys
from ..values.account_numbers import make_number
from ..values.contacts import make_email, make_phone, make_url
from ..values.dates import make_date
from ..values.declined import make_declined
from ..values.local_things import make_local
from ..values.lookalikes import make_company, make_named, make_thing
from ..values.name_shapes import make_shaped
from ..values.people import Person, make_person, write_name
from ..values.places import make_address, make_city, make_postcode
from ..values.secret_values import make_secret
from .templates import SLOT, Template

IGNORE = "ignore"
# Slot -> what makes its value from (rng, language, form), and the label of the value, if any.
LABELLED: dict[str, tuple[Callable[[Random, str, str], str], str]] = {
    "phone": (lambda rng, language, form: make_phone(rng, language), "private_phone"),
    "address": (make_address, "private_address"),
    "postcode": (lambda rng, language, form: make_postcode(rng, language), "private_address"),
    "date": (make_date, "private_date"),
    "url": (lambda rng, language, form: make_url(rng, form), "private_url"),
    "account": (lambda rng, language, form: make_number(rng, form or "any"), "account_number"),
    "secret": (lambda rng, language, form: make_secret(rng, form or "any"), "secret"),
    "declined": (make_declined, "private_person"),
    "shaped": (make_shaped, "private_person"),
    "thing": (make_thing, ""),
    "company": (make_company, ""),
    "named": (make_named, ""),
    "city": (lambda rng, language, form: make_city(rng, language), IGNORE),
    "local": (make_local, ""),
}
PLAIN = (*decoys.MAKERS, *decoys.FORMED_MAKERS)
SLOTS = ("person", "email", "ignored", *LABELLED, *decoys.UNCERTAIN_MAKERS, *PLAIN)


class Segment(NamedTuple):
    """A stretch of text.

    kind (str): A label, "ignore", or "" for text outside every span.
    """

    text: str
    kind: str = ""


@dataclass
class Filler:
    """What fills the slots of one text.

    rng (Random): All choices come from it.
    language (str): Of the text.
    """

    rng: Random
    language: str
    people: dict[str, Person] = field(default_factory=dict)
    values: dict[tuple[str, str], Segment] = field(default_factory=dict)

    def fill(self, template: str) -> list[Segment]:
        """Replace the slots of a template text.

        RAISES (ValueError): A slot that does not exist.
        """
        segments: list[Segment] = []
        end = 0
        for match in SLOT.finditer(template):
            segments.append(Segment(template[end : match.start()]))
            segments.append(self.slot(match[1], match[2] or "", match[3] or ""))
            end = match.end()
        segments.append(Segment(template[end:]))
        return [segment for segment in segments if segment.text]

    def slot(self, name: str, form: str, mark: str) -> Segment:
        """Make the value of a slot, or repeat it where the mark was seen before."""
        if name == "person" or not mark:
            return self.make(name, form, mark)
        key = (name, mark)
        if key not in self.values:
            self.values[key] = self.make(name, form, mark)
        return self.values[key]

    def person(self, mark: str) -> Person:
        """Find or make the person behind a mark; no mark means a new person."""
        if not mark or mark not in self.people:
            person = make_person(self.rng, self.language)
            if mark:
                self.people[mark] = person
            return person
        return self.people[mark]

    def make(self, name: str, form: str, mark: str) -> Segment:
        """Make a new value of a slot."""
        rng = self.rng
        if name == "email":
            # an address at work or of a stranger, where no person is meant
            person = self.person(mark) if mark or rng.random() < 0.7 else None
            return Segment(make_email(rng, person, form), "private_email")
        if name == "person":
            form, _, ending = form.partition("+")
            written = write_name(rng, self.person(mark), form)
            return Segment(f"{written}{ending}", "private_person")
        if name == "ignored":
            return Segment(form, IGNORE)
        if name in LABELLED:
            make, label = LABELLED[name]
            return Segment(make(rng, self.language, form), label)
        if name in decoys.UNCERTAIN_MAKERS:
            return Segment(decoys.UNCERTAIN_MAKERS[name](rng), IGNORE)
        if name in decoys.FORMED_MAKERS:
            return Segment(decoys.FORMED_MAKERS[name](rng, form))
        if name in decoys.MAKERS:
            return Segment(decoys.MAKERS[name](rng))
        raise ValueError(f"Unknown slot {name!r} in a template. Choose one of: {', '.join(SLOTS)}.")


def render(template: Template, rng: Random) -> list[Segment]:
    """Fill a template once.

    RETURNS (list[Segment]): Their texts joined are the text.
    """
    filler = Filler(rng, template.language)
    segments = filler.fill(template.head)
    n_rows = rng.randint(*template.rows)
    for i in range(n_rows):
        if template.rows != (1, 1):
            filler.people.clear()  # each line of a table is about someone else
            filler.values.clear()
        if i:
            segments.append(Segment(template.joiner))
        segments += filler.fill(template.text)
    return segments + filler.fill(template.tail)
