"""Variables, decorators and gaps of templates are no values."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.impersonal import drop_impersonal
from spacy_privacy_filter.types import CharSpan


def stays(text: str, value: str, label: str) -> bool:
    start = text.index(value)
    return bool(
        drop_impersonal(text, [CharSpan(start, start + len(value), label, 0.99, "network")])
    )


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("password = req.body.password", "req.body.password", "secret"),
        ("password = user.password", "user.password", "secret"),
        ("password: {{ vault_password }}", "{{ vault_password }}", "secret"),
        ('password = os.environ["DB_PASSWORD"]', 'os.environ["DB_PASSWORD"]', "secret"),
        ("token: process.env.GITHUB_TOKEN,", "process.env.GITHUB_TOKEN", "secret"),
        ("password: ${DB_PASSWORD}", "${DB_PASSWORD}", "secret"),
        ("export TOKEN=$GITHUB_TOKEN", "$GITHUB_TOKEN", "secret"),
        ("postgres://ada:${PASSWORD}@db/orders", "@db/orders", "secret"),
        ("@dataclass\nclass A: pass", "@dataclass", "private_person"),
        ("@dataclass(frozen=True)", "dataclass", "private_person"),
        ('@app.route("/")', "@app.route(", "secret"),
    ],
)
def test_code_names_values(text: str, value: str, label: str) -> None:
    assert not stays(text, value, label)


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("password = hunter2", "hunter2", "secret"),
        ("password: Summer.2024!", "Summer.2024!", "secret"),
        ("password: p@$$WORD1", "p@$$WORD1", "secret"),
        ("password: req.body.x9!kept", "req.body.x9!kept", "secret"),
        ("thanks @ada_king for it", "ada_king", "private_person"),
        ("Ada King wrote it", "Ada King", "private_person"),
        ("postgres://ada:kept9quiet@db/orders", "postgres://ada:kept9quiet@db/orders", "secret"),
    ],
)
def test_values_stay(text: str, value: str, label: str) -> None:
    assert stays(text, value, label)
