"""A text -> structured identifiers in it: what has a checksum, a fixed form, or a known prefix."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from collections.abc import Callable, Iterator
from functools import partial

from ..identifiers.table import KINDS
from ..labels.kinds import SECRET, kind_of
from ..types import CharSpan
from .characters import narrow_text, plain_text
from .finds import FORMED, Find
from .machines import find_imeis, find_ips, find_macs
from .mail import find_emails
from .money import find_cards, find_ibans, find_printed_cards, leave_out_phones
from .numbers import find_numbers, find_ssns, find_vins
from .phones import REGIONS, find_phones
from .secrets.connections import find_connections
from .secrets.fields import find_fields, is_near_name
from .secrets.keys import find_keys
from .secrets.private_keys import find_private_keys
from .wallets import find_wallets
from .web import find_urls

DEFAULT_REGIONS = ("US", "GB")
# What each rule's finds are called, in the label set of openai/privacy-filter.
LABELS: dict[str, str] = {
    "key": "secret",
    "private_key": "secret",
    "connection": "secret",
    "password": "secret",
    "iban": "account_number",
    "imei": "device_id",
    "card": "account_number",
    "vin": "account_number",
    "ssn": "account_number",
    "wallet": "account_number",
    "mac": "mac_address",
    "email": "private_email",
    "url": "private_url",
    "ip": "ip_address",
    "phone": "private_phone",
}
# Kinds of numbers that are found once somebody gives them a label.
OPTIONAL = tuple(key for key in KINDS if key not in (*LABELS, "us_ssn"))
# Of phones the matcher reads all blanks and hyphens itself.
_RULES: dict[str, Callable[[str], Iterator[Find]]] = {
    "key": find_keys,
    "private_key": find_private_keys,
    "connection": find_connections,
    "password": find_fields,
    "iban": find_ibans,
    "imei": find_imeis,
    "card": find_cards,
    "vin": find_vins,
    "ssn": find_ssns,
    "wallet": find_wallets,
    "mac": find_macs,
    "email": find_emails,
    "url": find_urls,
    "ip": find_ips,
    **{key: partial(find_numbers, key) for key in OPTIONAL},
}
# Their blanks and hyphens are themselves.
_OF_WORDS = ("key", "private_key", "connection", "password", "email", "url")
# Between two words of four or more letters, each with a small one; the second has ended, and
# is no "number" or "address", which belongs to the word before it.
_BETWEEN = re.compile(
    r"(?<!\S)(?=[A-Z]*[a-z])[A-Za-z]{4,}"
    r"(?= (?!(?i:numbers?|address)[ ,.;])(?=[A-Z]*[a-z])[A-Za-z]{4,}[ ,.;])"
)


def make_rules(
    labels: dict[str, str | None] | None = None, regions: list[str] | None = None
) -> "Rules":
    """Make a function that finds structured identifiers in a text.

    Rules: key (API keys of known forms, JSON web tokens), private_key (blocks), connection (strings
    with a password), password (what a word such as "password:" names), iban, imei, card, vin, ssn,
    wallet (checked by their checksums or ranges), mac, email, url, ip, phone.

    Numbers of countries are not looked for unless `labels` gives them one, as
    {"pl_pesel": "account_number"} does; `identifiers.table.KINDS` has all that are known.

    labels (dict | None): New label of a rule, None to leave the rule out.
    regions (list[str] | None): Countries whose phone numbers are known without +; ISO 3166 letters.
        The default is US and GB; an empty list finds international numbers only.
    RETURNS (Rules): Text -> spans.
    RAISES (ValueError): An unknown rule or region.
    """
    known = (*LABELS, *OPTIONAL)
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

    def __call__(self, text: str) -> list[CharSpan]:
        """Give the spans of a text, sorted; those inside another are left out."""
        plain, narrow = plain_text(text), narrow_text(text)
        finds = {
            rule: list(_RULES[rule](narrow if rule in _OF_WORDS else plain))
            for rule in self.labels
            if rule != "phone"
        }
        if "phone" in self.labels:
            checked = [*find_ibans(plain), *find_printed_cards(plain)]
            taken = [(find.start_char, find.end_char) for find in checked]
            phones = find_phones(text, plain, self.regions, taken)
            finds["phone"] = [Find(start, end, FORMED) for start, end in phones]
        if "card" in finds:
            finds["card"] = leave_out_phones(plain, finds["card"], finds.get("phone", []))
        spans = [
            CharSpan(find.start_char, find.end_char, self.labels[rule], find.score, f"rule:{rule}")
            for rule, of_rule in finds.items()
            for find in of_rule
        ]
        return _outermost(spans)

    def cuts(self, text: str) -> Iterator[int]:
        """Find places, from the last, where a text can be cut without a change of what is found.

        Before the space between two words of four or more letters, small ones among them, no rule
        looks on: numbers need a digit near, and what has no digit needs no space, but for private
        keys, which end at dashes, and what a word such as "password" names. Text may follow.
        """
        keys = list(find_private_keys(text))
        for match in reversed(list(_BETWEEN.finditer(text))):
            cut = match.end()
            while keys and keys[-1].start_char >= cut:
                keys.pop()
            closed = keys[-1].end_char if keys else 0
            if cut > closed and not is_near_name(text, cut, closed):
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
