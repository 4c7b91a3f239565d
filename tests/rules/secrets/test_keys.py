"""Keys with known prefixes, web tokens, private keys."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.secrets.keys import find_keys
from spacy_privacy_filter.rules.secrets.private_keys import find_private_keys

# In parts, so that no tool takes a test for a leaked key.
KEYS = [
    "sk" + "_live_" + "a1B2" * 5, "sk" + "-" + "a1B2" * 6, "gh" + "p_" + "a1B2" * 9,
    "AK" + "IA" + "A1B2" * 4, "AI" + "za" + "a1B2a" * 7, "xo" + "xb-" + "1234567890-ab",
    "hf" + "_" + "a1B2" * 8, "npm" + "_" + "a1B2" * 9,
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTYifQ" + ".c2lnbmF0dXJl",
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_found_whole(key: str) -> None:
    text = f"key={key};"
    assert [text[find.start_char : find.end_char] for find in find_keys(text)] == [key]
    assert list(find_keys(f"x{key}")) == []


@pytest.mark.parametrize("kind", ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"])
def test_a_private_key_is_found_before_its_end_has_come(kind: str) -> None:
    begun = f"-----BEGIN {kind}-----\nAAAA\n"
    whole = f"{begun}-----END {kind}-----"
    for text in (begun, whole, f"{whole} and more"):
        (find,) = find_private_keys(text)
        assert text[find.start_char : find.end_char] in (begun, whole)
