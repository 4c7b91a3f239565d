"""Rows whose gold says all that rows may say, for what measures and what prints it."""

from __future__ import annotations

from typing import Any

NAME = "Wilhelmina"
ROWS: list[dict[str, Any]] = [
    {
        "id": f"r{i}",
        "source": "letters" if i % 2 else "notes",
        "text": f"{NAME} Smith wrote from 10.0.0.{i} to a@example.org again.",
        "spans": [
            [0, 16, "private_person", {"identifier_type": "DIRECT", "entity_id": "p1"}],
            [40, 53, "private_email"],
        ],
        "ignore": [],
        "known": ["private_person", "private_email"],
        "subject": f"s{i % 3}",
    }
    for i in range(1, 9)
]
