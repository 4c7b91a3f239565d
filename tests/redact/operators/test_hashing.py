"""Hashes: the same for an entity everywhere, under one key."""

from __future__ import annotations

import re

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY

OTHER_KEY = b"another key, which opens nothing"


def test_a_hash_is_the_same_everywhere_and_hangs_on_the_key() -> None:
    policy = build_policy({"default": {"operator": "hash", "length": 64}}, "p")
    spans = [CharSpan(0, 3, "person")]
    one, two = (redact(text, spans, policy, key=KEY).text for text in ("Ada is", "ADA has"))
    other = redact("Ada is", spans, policy, key=OTHER_KEY).text
    assert one.split()[0] == two.split()[0] != other.split()[0]
    assert re.fullmatch(r"\[PERSON_[0-9a-f]{64}\] is", one)
