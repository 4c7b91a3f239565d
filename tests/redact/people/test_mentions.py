"""Mentions of one entity become one thing."""

from __future__ import annotations

import re

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, find

PERSON = "private_person"


def test_a_name_is_one_person_in_all_its_forms() -> None:
    text = "Sarah Johnson; Ms Johnson; Sarah; JOHNSON, S.; Tom Johnsson; Sarah's"
    words = dict.fromkeys(text.split("; "), PERSON)
    done = redact(text, find(text, words), method_policy("number"))
    assert done.text == "[PERSON_1]; [PERSON_1]; [PERSON_1]; [PERSON_1]; [PERSON_2]; [PERSON_1]"
    made = redact(text, find(text, words), method_policy("surrogate"), key=KEY).text.split("; ")
    first, last = made[0].split()
    assert made[1:4] == [f"Ms {last}", first, f"{last.upper()}, {first[0]}."]
    assert made[5] == f"{first}'s"
    assert set(made[4].split()).isdisjoint({first, last})


@pytest.mark.parametrize(
    ("label", "texts", "n_entities"),
    [
        ("phone", ["+44 1632 960318", "+44-1632-960318", "+44 1632 960319"], 2),
        ("secret", ["aB3", "ab3"], 2),  # case counts in a password
        ("private_email", ["Ada@example.org", "ada@example.org"], 1),
        ("address", ["High  Street", "high street", "Low Street"], 2),
        ("iban", ["GB29 NWBK", "GB29NWBK"], 1),
        ("ip_address", ["1.12.3.4", "11.2.3.4"], 2),  # the points count
        ("ip_address", ["2001:db8::1", "2001:0DB8:0:0::1"], 1),
        ("mac_address", ["00:1B:44:11:3A:B7", "001b.4411.3ab7"], 1),
        ("device_id", ["49-015420-323751-8", "490154203237518"], 1),
    ],
)
def test_texts_of_one_value_are_one_entity(label: str, texts: list[str], n_entities: int) -> None:
    text = "; ".join(texts)
    done = redact(text, find(text, dict.fromkeys(texts, label)), method_policy("number"))
    assert len(set(done.text.split("; "))) == n_entities


def test_values_of_other_labels_are_other_entities_unless_their_form_is_certain() -> None:
    text = "x and x"
    policy = method_policy("hash")

    def hashes(one: str, other: str) -> set[str]:
        done = redact(text, [CharSpan(0, 1, one), CharSpan(6, 7, other)], policy, key=KEY)
        return set(re.findall("[0-9a-f]{16}", done.text))

    assert len(hashes("job title", "hobby")) == 2
    assert len(hashes("phone", "fax")) == 1
