"""A text -> structured identifiers in it: what has a checksum, a fixed form, or a known prefix."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from collections.abc import Callable, Iterator
from functools import partial

from ..identifiers.phone_plans import REGIONS
from ..identifiers.table import KINDS
from ..labels.kinds import SECRET, kind_of
from ..types import CharSpan
from .ages import JOINS as JOINS_OF_AGES
from .ages import find_ages
from .characters import DIGIT, narrow_text, plain_text
from .context import NamesBefore, joins
from .dates import find_births, tells_birth
from .finds import Find
from .handles import JOINS as JOINS_OF_HANDLES
from .handles import find_handles
from .machines import find_imeis, find_ips, find_macs
from .mail import find_emails
from .money import find_cards, find_ibans, find_printed_cards, leave_out_phones
from .numbers import find_named, find_nationals, find_numbers, find_ssns, find_vins, named_values
from .phones import find_phones, rate_phone
from .secrets.connections import find_connections
from .secrets.fields import find_fields, is_near_name
from .secrets.keys import find_keys
from .secrets.private_keys import find_private_keys
from .secrets.seeds import find_seeds, is_near_seed
from .wallets import find_wallets
from .web import find_links

DEFAULT_REGIONS = ("US", "GB")
# What each rule's finds are called, in the label set of openai/privacy-filter.
LABELS: dict[str, str] = {
    "key": "secret",
    "private_key": "secret",
    "connection": "secret",
    "password": "secret",
    "seed": "secret",
    "iban": "account_number",
    "imei": "device_id",
    "card": "account_number",
    "vin": "account_number",
    "ssn": "account_number",
    "wallet": "account_number",
    "mac": "mac_address",
    "email": "private_email",
    "url_with_secret": "private_url",
    "url": "private_url",
    "ip": "ip_address",
    "phone": "private_phone",
    "national": "account_number",
    "named": "account_number",
    "birth": "private_date",
    "handle": "handle",
}
# Found once somebody gives it a label: what a few policies ask for.
ASKED = ("age",)
# Kinds of numbers that are found once somebody gives them a label.
OPTIONAL = tuple(key for key in KINDS if key not in (*LABELS, "us_ssn"))
# Of phones the matcher reads all blanks and hyphens itself.
_RULES: dict[str, Callable[[str], Iterator[Find]]] = {
    "key": find_keys,
    "private_key": find_private_keys,
    "connection": find_connections,
    "password": find_fields,
    "seed": find_seeds,
    "iban": find_ibans,
    "imei": find_imeis,
    "card": find_cards,
    "vin": find_vins,
    "ssn": find_ssns,
    "wallet": find_wallets,
    "mac": find_macs,
    "email": find_emails,
    "ip": find_ips,
    "birth": find_births,
    "handle": find_handles,
    "age": find_ages,
    **{key: partial(find_numbers, key) for key in OPTIONAL},
}
# None of theirs has fewer characters, or goes over a blank.
_LEAST = {"key": 15, "wallet": 23, "vin": 17}
# All of theirs have digits.
_OF_DIGITS = frozenset({"iban", "card", "ssn", "ip", "birth"})
# Their blanks and hyphens are themselves.
_OF_WORDS = (
    "key", "private_key", "connection", "password", "seed", "email", "url", "url_with_secret",
    "handle",
)  # fmt: skip
# Between two words of four or more letters, each with a small one; the second has ended.
_BETWEEN = re.compile(
    r"(?<!\S)(?P<word>(?=[A-Z]*[a-z])[A-Za-z]{4,})"
    r"(?= (?P<next>(?=[A-Z]*[a-z])[A-Za-z]{4,})[ ,.;])"
)
# "address" belongs to the word before it, as "wallet" is.
_JOINS = JOINS_OF_AGES | JOINS_OF_HANDLES | {"address"}


def make_rules(
    labels: dict[str, str | None] | None = None, regions: list[str] | None = None
) -> "Rules":
    """Make a function that finds structured identifiers in a text.

    Rules: key (API keys of known forms, JSON web tokens), private_key (blocks), connection (strings
    with a password), password (what a word such as "password:" names), seed (words that restore a
    wallet), iban, imei, card, vin, ssn,
    wallet (checked by their checksums or ranges), mac, email, url, url_with_secret (that lets in
    whoever has it), ip, phone, national (numbers of countries, where a word says what they are),
    named (numbers of accounts, patients and the like after their name), birth (dates of births, and
    of stays in hospital), handle (names of users).

    Ages over 89 are not looked for unless `labels` gives them one, as {"age": "age"} does; nor are
    numbers of countries without a word, as {"pl_pesel": "account_number"} finds them:
    `identifiers.table.KINDS` has all that are known.

    labels (dict | None): New label of a rule, None to leave the rule out.
    regions (list[str] | None): Countries whose phone numbers are known without +; ISO 3166 letters.
        The default is US and GB; an empty list finds international numbers only.
    RETURNS (Rules): Text -> spans.
    RAISES (ValueError): An unknown rule or region.
    """
    known = (*LABELS, *ASKED, *OPTIONAL)
    if unknown := sorted(set(labels or ()) - set(known)):
        raise ValueError(f"Unknown rules: {', '.join(unknown)}. Choose among: {', '.join(known)}.")
    wanted = {**LABELS, **(labels or {})}
    countries = list(DEFAULT_REGIONS) if regions is None else list(regions)
    if wrong := sorted(set(countries) - REGIONS):
        raise ValueError(f"Unknown regions: {', '.join(wrong)}. Give codes such as US, GB, DE.")

    return Rules({rule: label for rule, label in wanted.items() if label is not None}, countries)


class Rules:
    """Finds structured identifiers in a text.

    labels (dict[str, str]): Label of each rule that is used.
    regions (list[str]): Countries whose phone numbers are known without +.
    """

    def __init__(self, labels: dict[str, str], regions: list[str]) -> None:
        self.labels, self.regions = labels, regions
        self._ordered = sorted(labels, key="phone".__eq__)  # what is also another is none
        self._plan = [
            (rule, _RULES[rule], _LEAST.get(rule, 0), rule in _OF_DIGITS, rule in _OF_WORDS)
            for rule in labels
            if rule in _RULES
        ]

    def __call__(self, text: str) -> list[CharSpan]:
        """Give the spans of a text, sorted; those inside another are left out."""
        plain, narrow = plain_text(text), narrow_text(text)
        n_longest = max(map(len, plain.split()), default=0)
        has_digit = DIGIT.search(plain) is not None
        name_at = NamesBefore(plain).__getitem__  # several rules ask
        finds: dict[str, list[Find]] = {}
        for rule, find, least, needs_digit, of_words in self._plan:
            if n_longest < least or (needs_digit and not has_digit):
                finds[rule] = []
            else:
                finds[rule] = list(find(narrow if of_words else plain))
        if not {"url", "url_with_secret"}.isdisjoint(self.labels):
            links = list(find_links(narrow))
            finds["url"] = [find for find, has_secret in links if not has_secret]
            finds["url_with_secret"] = [find for find, has_secret in links if has_secret]
        if not {"national", "named"}.isdisjoint(self.labels):
            values = named_values(plain, name_at)
            finds["national"] = list(find_nationals(plain, values))
            finds["named"] = list(find_named(plain, values))
        if "phone" in self.labels:
            ibans = finds["iban"] if "iban" in finds else find_ibans(plain)
            checked = [*ibans, *find_printed_cards(plain)]
            taken = [(find.start_char, find.end_char) for find in checked]
            phones = find_phones(text, plain, self.regions, taken, name_at)
            finds["phone"] = [
                Find(*phone, rate_phone(plain, phone[0], name_at)) for phone in phones
            ]
        if "card" in finds:
            finds["card"] = leave_out_phones(plain, finds["card"], finds.get("phone", []))
        spans = [
            CharSpan(find.start_char, find.end_char, self.labels[rule], find.score, f"rule:{rule}")
            for rule in self._ordered
            for find in finds[rule]
        ]
        return _outermost(spans)

    def cuts(self, text: str) -> Iterator[int]:
        """Find places, from the last, where a text can be cut without a change of what is found.

        Before the space between two words of four or more letters, small ones among them, no rule
        looks on: numbers need a digit near, and what has no digit needs no space, but for private
        keys, which end at dashes, and what a word such as "password" names. Words that may be a
        part of a name of what follows, as "number" is, and words that tell a birth hold what
        follows. Text may follow.
        """
        keys = sorted(find_private_keys(text))
        for match in reversed(list(_BETWEEN.finditer(text))):
            cut = match.end()
            if _JOINS & {match["word"].casefold(), match["next"].casefold()}:
                continue
            if joins(match["next"]) or tells_birth(text, cut):
                continue
            while keys and keys[-1].start_char >= cut:
                keys.pop()
            closed = keys[-1].end_char if keys else 0
            is_near = is_near_name(text, cut, closed) or is_near_seed(text, cut, closed)
            if cut > closed and not is_near:
                yield cut


def _outermost(spans: list[CharSpan]) -> list[CharSpan]:
    """Leave out spans inside others; of equal ones the first stays (rules come in rank order)."""
    kept: list[CharSpan] = []
    for span in sorted(spans, key=lambda s: (s.start_char, -s.end_char)):
        if not kept or span.end_char > kept[-1].end_char:
            kept.append(span)
        elif span.start_char == kept[-1].start_char and _is_only_secret(span, kept[-1]):
            kept[-1] = span._replace(end_char=kept[-1].end_char)
    return kept


def _is_only_secret(span: CharSpan, around: CharSpan) -> bool:
    return kind_of(span.label) == SECRET and kind_of(around.label) != SECRET
