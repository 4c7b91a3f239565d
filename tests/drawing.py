"""Texts to draw, of all that rules and pieces may trip over."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "Dear", "Tomasz", "Wilk", "please", "call", "today", "with", "the", "number", "anexo", "int",
    "+44 20 7946 0958", "(202) 555-0143", "4000 1234 5678 9017", "GB82 WEST 1234 5698 7654 32",
    "GB82", "WEST", "1234", "5698", "7654", "32", "ext", "12", "x", "-",
    "leila@example.org", "www.example.org/path?x=1", "10.0.0.1", "078-05-1120", "536 90 4399",
    "536904399", "SSN", "social", "security", "gb82 west 1234 5698 7654 32", "gb82", "west",
    "001b.4411.3ab7", "4111.1111.1111.1111", "+44 20 7946 0958 020 7946 0958", "+",
    "don't", "it's", "020 7946 0958", "DE89 3704 0044 0532 0130 00",
    "4111\u00a01111\u00a01111\u00a01111", "４１１１", "\u2011", "12345",
    "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "some base", "line",
    "短い文です。", "田中さん", "Zoë", "👩‍👩‍👧‍👦", "e\u0301", "\x1c", "ǅ",
    "[PRIVATE_PERSON]", "[PERSON_1]", "password", "Password:", "is", "lautet", "hunter2", "token",
    "secret=a1b2c3d4e5", "Authorization:", "Bearer", "lmk-a1b2c3d4e5f6", "mysql", "-pS3cret9",
    "IMEI", "490154203237518", "mac", "3C22FB9A017E", "pin", "4471", "redis://u:p4ss@h.test/x",
    "deploy:hunter2@h.test", "0x52908400098527886E0F7030069857D2E4169EE7", "wallet", "Winter2026!",
    "born", "January", "9, 1966", "3 May 1990", "account", "MRN",
    "Phone", "under", "direct", "medical", "record", "00482913", "2025550143", "bank", "codice",
    "fiscale", "RSSMRA85T10A562S", "at", "dot", "com", "@ada_l", "user", "name", "= ada99",
    "ninety", "five", "years old", "https://example.org/x?token=abc123", "paypal.me/ada", "invoice",
    "[at]", "class", "Sort", "code", "20-45-77", "died", "NHS", "943 476 5919", "95 years",
)  # fmt: skip


BLANKS = (" ", " ", " ", " ", "\n", "\r\n", "  ", "\n\n", ", ", ". ", "", "\t", "\u00a0", "'")


@st.composite
def texts(draw: st.DrawFn, max_size: int = 60) -> str:
    """Words and what may stand between; also plain characters of any kind."""
    parts = draw(
        st.lists(
            st.one_of(
                st.tuples(st.sampled_from(WORDS), st.sampled_from(BLANKS)),
                st.tuples(st.text(max_size=3), st.sampled_from(BLANKS)),
            ),
            max_size=max_size,
        )
    )
    text = "".join(part for pair in parts for part in pair)
    return text.encode("utf8", "ignore").decode("utf8")
