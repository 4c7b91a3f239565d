"""A stream gives out what cannot change any more, and in all what the whole text gives."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import Policy, build_policy, load_policy, method_policy
from spacy_privacy_filter.redact.stream import RedactionStream
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY, find

WORDS = {
    "Ada Byron": "private_person", "Ada": "private_person", "4 May 1999": "private_date",
    "5 May": "private_date", "ada@example.org": "private_email",
}  # fmt: skip
CHUNKS = ["Mail ada@example.org, ", "that Ada, born 4 May 1999, ", "or Ada Byron, came 5 May."]
TEXT = "".join(CHUNKS)


class WordFinder:
    """Gives each chunk back with the words of a list."""

    def feed(self, chunk: str) -> tuple[str, list[CharSpan]]:
        return chunk, find(chunk, WORDS)

    def close(self) -> tuple[str, list[CharSpan]]:
        return "", []


def run(policy: Policy, subject: str | None = None) -> list[str]:
    stream = RedactionStream(WordFinder(), policy, key=KEY, subject=subject)
    return [*(stream.feed(chunk) for chunk in CHUNKS), stream.close()]


@pytest.mark.parametrize("method", ["mask", "number", "remove", "hash", "encrypt", "surrogate"])
def test_in_all_it_is_what_the_whole_text_gives(method: str) -> None:
    policy = method_policy(method)
    assert "".join(run(policy)) == redact(TEXT, find(TEXT, WORDS), policy, key=KEY).text


def test_what_hangs_on_nothing_comes_at_once() -> None:
    assert run(load_policy("mask")) == [
        "Mail [PRIVATE_EMAIL], ", "that [PRIVATE_PERSON], born [PRIVATE_DATE], ",
        "or [PRIVATE_PERSON], came [PRIVATE_DATE].", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "subject", "n_given"),
    [
        ({"kinds": {"person": "number"}}, None, 1),
        ({"kinds": {"person": "hash"}}, None, 1),  # a later name may be the full form
        ({"kinds": {"date": "shift_dates"}}, "A", 2),  # "5 May" is of the year that others tell
        ({"kinds": {"date": "shift_dates"}}, None, 1),
        ({"kinds": {"date": "generalise"}}, None, 2),
        ({"kinds": {"email": "hash"}}, None, 3),
        ({"kinds": {"email": "encrypt"}}, None, 0),
    ],
)
def test_from_what_hangs_on_the_rest_everything_waits(rule, subject, n_given: int) -> None:
    *given, _ = run(build_policy({"default": "mask", **rule}, "p"), subject)
    assert sum(part.endswith((", ", ".")) for part in given) == n_given


def test_a_policy_for_a_corpus_is_refused() -> None:
    with pytest.raises(ValueError, match="A stream cannot have it"):
        RedactionStream(WordFinder(), build_policy({"scope": "corpus", "default": "number"}, "p"))
    with pytest.raises(ValueError, match="The operator encrypt needs a key"):
        RedactionStream(WordFinder(), method_policy("encrypt"))
