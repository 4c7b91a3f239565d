"""All templates, written for this project."""

from __future__ import annotations

from . import (
    ambiguous,
    ambiguous_foreign,
    chat,
    code,
    connections,
    decoy,
    documents,
    everyday,
    latin_languages,
    ledgers,
    mail,
    more_links,
    more_secrets,
    other_scripts,
    records,
    secret_code,
    secret_foreign,
    secret_prose,
    tables,
)

ALL_TEMPLATES = (
    *chat.TEMPLATES,
    *mail.TEMPLATES,
    *documents.TEMPLATES,
    *everyday.TEMPLATES,
    *code.TEMPLATES,
    *tables.TEMPLATES,
    *decoy.TEMPLATES,
    *latin_languages.TEMPLATES,
    *other_scripts.TEMPLATES,
    *records.TEMPLATES,
    *ambiguous.TEMPLATES,
    *ambiguous_foreign.TEMPLATES,
    *more_secrets.TEMPLATES,
    *connections.TEMPLATES,
    *ledgers.TEMPLATES,
    *more_links.TEMPLATES,
    *secret_prose.TEMPLATES,
    *secret_code.TEMPLATES,
    *secret_foreign.TEMPLATES,
)
# How often a row is of a group; "language" is everything but English.
GROUP_WEIGHTS = {
    # records and sentences in many languages
    "record": 22,
    "language": 8,
    # without personal data
    "decoy": 14,
    "plain": 6,
    # secrets, links and account numbers in code, logs and prose
    "secret": 16,
    "config": 4,
    "log": 3,
    "link": 9,
    "account": 10,
    # the rest
    "names": 9,
    "chat": 4,
    "prose": 4,
    "support": 3,
    "assistant": 2,
    "mail": 2,
    "form": 1.5,
    "clinical": 1.5,
    "table": 3,
    "legal": 1,
    "bank": 1,
}
