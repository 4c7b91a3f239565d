"""What stands beside a value is taken off a span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.edges import cut_edges
from spacy_privacy_filter.types import CharSpan

WALLET = "0x52908400098527886E0F7030069857D2E4169EE7"
KEY = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"


def cut(text: str, value: str, label: str) -> str:
    start = text.index(value)
    (span,) = cut_edges(text, [CharSpan(start, start + len(value), label, 0.9, "network")])
    return text[span.start_char : span.end_char]


@pytest.mark.parametrize(
    ("text", "value", "label", "rest"),
    [
        (f"{KEY}\nThanks, Ada", f"{KEY}\nThanks", "secret", KEY),
        (f"pay {WALLET} ETH now", f"{WALLET} ETH", "account_number", WALLET),
        (f"pay {WALLET} (USDT)", f"{WALLET} (USDT)", "account_number", WALLET),
        (f"BTC: {WALLET}", f"BTC: {WALLET}", "account_number", WALLET),
        ("ring 020 7946 0958 97 years old", "020 7946 0958 97", "private_phone", "020 7946 0958"),
        ("ring 020 7946 0958, 97 y/o", "020 7946 0958, 97", "private_phone", "020 7946 0958"),
    ],
)
def test_what_is_beside_is_taken_off(text: str, value: str, label: str, rest: str) -> None:
    assert cut(text, value, label) == rest


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (KEY, "secret"),
        (WALLET, "account_number"),
        ("4471 ETH", "account_number"),
        ("020 7946 0958 97", "private_phone"),
        ("Ada King", "private_person"),
    ],
)
def test_values_stay_whole(text: str, label: str) -> None:
    assert cut(text, text, label) == text


@given(st.text(max_size=60), st.sampled_from(["secret", "account_number", "private_phone"]))
def test_a_span_only_shrinks(text: str, label: str) -> None:
    if text:
        (span,) = cut_edges(text, [CharSpan(0, len(text), label)])
        assert 0 <= span.start_char < span.end_char <= len(text)
