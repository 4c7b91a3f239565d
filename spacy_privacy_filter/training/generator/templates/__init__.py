"""All templates, written for this project."""

from __future__ import annotations

from . import chat, code, decoy, documents, latin_languages, mail, other_scripts, records, tables

ALL_TEMPLATES = (
    *chat.TEMPLATES,
    *mail.TEMPLATES,
    *documents.TEMPLATES,
    *code.TEMPLATES,
    *tables.TEMPLATES,
    *decoy.TEMPLATES,
    *latin_languages.TEMPLATES,
    *other_scripts.TEMPLATES,
    *records.TEMPLATES,
)
# How often a row is of a group; "language" is everything but English.
GROUP_WEIGHTS = {
    "chat": 8,
    "assistant": 6,
    "support": 7,
    "prose": 10,
    "mail": 7,
    "form": 6,
    "clinical": 4,
    "legal": 4,
    "bank": 4,
    "secret": 9,
    "config": 4,
    "log": 4,
    "link": 5,
    "table": 6,
    "decoy": 14,
    "language": 12,
    "record": 24,
    "plain": 6,
}
