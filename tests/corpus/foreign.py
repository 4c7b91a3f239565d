"""One text as data sets of others label it, and the gold that ours is made of."""

from __future__ import annotations

TEXT = "Zoë Ada Byron, 7 Quay Lane, Port Ardle"

OPF_LABEL = {
    "text": TEXT,
    "label": [
        {"category": "private_address", "start": 15, "end": 38},
        {"category": "private_person", "start": 0, "end": 13},
    ],
    "info": {"split": "x"},
}

GOLD = ((0, 13, "private_person"), (15, 38, "private_address"))

AI4 = {
    "source_text": TEXT,
    "privacy_mask": [
        {"value": "Zoë Ada", "start": 0, "end": 7, "label": "GIVENNAME1"},
        {"value": "Byron", "start": 8, "end": 13, "label": "LASTNAME1"},
        {"value": "7", "start": 15, "end": 16, "label": "BUILDING"},
        {"value": "Quay Lane", "start": 17, "end": 26, "label": "STREET"},
        {"value": "Port Ardle", "start": 28, "end": 38, "label": "CITY"},
    ],
    "id": "40767A",
    "language": "English",
}

NEMO = {
    "uid": "abc",
    "text": TEXT,
    "spans": str(
        [
            {"start": 0, "end": 13, "text": "Zoë Ada Byron", "label": "first_name"},
            {"start": 15, "end": 38, "text": "7 Quay", "label": "street_address"},
        ]
    ),
    "text_tagged": "<first_name>...",
}

YAHOO = {
    "id": 3,
    "topic": 2,
    "question_title": "Why do I sneeze?",
    "question_content": "",
    "best_answer": "Dust.",
}
