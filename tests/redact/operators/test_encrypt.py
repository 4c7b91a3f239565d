"""Encrypted text: the key alone brings it back."""

from __future__ import annotations

import re

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.operators.encrypt import unseal_counted
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY

OTHER_KEY = b"another key, which opens nothing"


def test_encrypted_text_comes_back_with_the_key_alone() -> None:
    text = "Ada, Ada, [PERSON:~AAAA~] and [X:~é~] \ud800"
    policy = build_policy({"default": "encrypt"}, "p")
    done = redact(text, [CharSpan(0, 3, "person"), CharSpan(5, 8, "person")], policy, key=KEY)
    tokens = re.findall(r"\[PERSON:~[\w-]+~\]", done.text)
    assert tokens[0] == tokens[1]
    assert "Ada" not in done.text
    assert unseal_counted(done.text, KEY).text == text
    assert unseal_counted(f"{tokens[0]}?", KEY).text == "Ada?"
    with pytest.raises(ValueError, match="another key"):
        unseal_counted(done.text, OTHER_KEY)
    with pytest.raises(ValueError, match="another key, or changed"):
        unseal_counted(tokens[0].replace("PERSON", "DATE"), KEY)
