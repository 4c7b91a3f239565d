"""A text in chunks gives what the whole gives, however it is cut, and before its end."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from spacy_privacy_filter import deidentify, open_stream, redact_stream
from spacy_privacy_filter.rules.finder import make_rules

from ..drawing import texts
from ..helpers import FILTER, TEXTCAT, TEXTS, make_nlp, write_source

KEY = "a key of the tests, of 16 bytes or more"


def chunks_of(data: Any, content: Any) -> list[Any]:
    """Cut a text, or its bytes, at random places."""
    places = data.draw(st.lists(st.integers(0, len(content)), max_size=25).map(sorted))
    return [content[a:b] for a, b in zip([0, *places], [*places, len(content)], strict=True)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_source(tmp_path_factory.mktemp("stream"))


@pytest.fixture(scope="module")
def nlp(source: str) -> Language:
    return make_nlp(source, (FILTER,), "xx")


@pytest.fixture(scope="module")
def ruled(source: str) -> Language:
    nlp = make_nlp(source, (FILTER, TEXTCAT), "xx")
    nlp.add_pipe("privacy_filter_rules")
    return nlp


def whole(nlp: Language, text: str, **kwargs: Any) -> str:
    return deidentify(text, nlp=nlp, **kwargs).text


# --- What is certain -----------------------------------------------------------------------------


@given(texts())
def test_rules_find_the_same_on_both_sides_of_a_cut(text: str) -> None:
    rules = make_rules()
    for cut in rules.cuts(text):
        left, right = rules(text[:cut]), rules(text[cut:])
        moved = [
            s._replace(start_char=s.start_char + cut, end_char=s.end_char + cut) for s in right
        ]
        assert [*left, *moved] == rules(text), cut


def test_no_cut_parts_a_number_from_its_name() -> None:
    text = "Please note that your social security number 536904399 will stay with them only. Bye"
    rules = make_rules()
    cuts = list(rules.cuts(text))
    assert len(cuts) > 3
    for cut in cuts:
        found = [*rules(text[:cut]), *rules(text[cut:])]
        assert len(found) == 1, cut


@pytest.mark.parametrize("before", ["the version", "Firmware", "of versions"])
def test_a_version_stays_one_after_every_cut(before: str) -> None:
    text = f"Some words here {before} 1.2.3.4 with words and address 1.2.3.4 then more words. "
    rules = make_rules()
    (span,) = rules(text)
    assert span.start_char == text.rindex("1.2.3.4")
    cuts = list(rules.cuts(text))
    assert len(cuts) > 3
    for cut in cuts:
        assert len(rules(text[:cut])) + len(rules(text[cut:])) == 1


def test_rules_do_not_cut_a_private_key() -> None:
    text = "-----BEGIN PRIVATE KEY-----\nsome plain words here and more of them "
    rules = make_rules()
    assert not list(rules.cuts(text))
    assert list(rules.cuts(text + "-----END PRIVATE KEY----- and plain words here too. "))


# --- Whole and parts -----------------------------------------------------------------------------


@settings(max_examples=25)
@given(data=st.data(), text=texts(120), step=st.integers(1, 40))
def test_mask(nlp: Language, data: Any, text: str, step: int) -> None:
    made = list(redact_stream(chunks_of(data, text), nlp=nlp, step=step))
    assert "".join(made) == whole(nlp, text)
    assert all(made)


@settings(max_examples=15)
@given(data=st.data(), text=texts(120), step=st.integers(1, 40))
def test_rules(ruled: Language, data: Any, text: str, step: int) -> None:
    made = redact_stream(chunks_of(data, text), nlp=ruled, step=step)
    assert "".join(made) == whole(ruled, text)


@settings(max_examples=15)
@given(data=st.data(), text=texts(60))
def test_bytes_cut_within_characters(nlp: Language, data: Any, text: str) -> None:
    made = redact_stream(chunks_of(data, text.encode("utf8")), nlp=nlp, step=1)
    assert "".join(made) == whole(nlp, text)


POLICIES: list[dict[str, Any]] = [
    {"method": "number"},
    {"method": "surrogate", "key": KEY},
    {"method": "hash", "key": KEY},
    {"method": "encrypt", "key": KEY},
    {"policy": "research", "key": KEY},
    {"policy": "research", "key": KEY, "subject": "s"},
    {"policy": "hipaa_safe_harbor"},
    {"policy": {"labels": {"private_date": "keep", "secret": "number"}, "thresholds": 0.4}},
]


@pytest.mark.parametrize("kwargs", POLICIES, ids=str)
@settings(max_examples=5)
@given(data=st.data(), text=texts(80))
def test_policies(nlp: Language, kwargs: dict[str, Any], data: Any, text: str) -> None:
    stream = open_stream(nlp=nlp, step=3, **kwargs)
    made = [stream.feed(chunk) for chunk in chunks_of(data, text)]
    done = deidentify(text, nlp=nlp, **kwargs)
    assert "".join([*made, stream.close()]) == done.text
    assert stream.counts == done.counts


@pytest.mark.parametrize(
    "config",
    [
        {"decode": "argmax"},
        {"biases": {"transition_bias_background_stay": -1.5}},
        {"thresholds": 0.6, "min_length": 3, "allow": [{"regex": "[A-Z].*"}]},
        {"label_map": {"private_person": "PERSON", "secret": None}},
        {"window": 20},
    ],
    ids=str,
)
@settings(max_examples=6)
@given(data=st.data(), text=texts(80))
def test_settings(source: str, config: dict[str, Any], data: Any, text: str) -> None:
    nlp = made_nlp(source, config)
    made = redact_stream(chunks_of(data, text), nlp=nlp, step=2)
    assert "".join(made) == whole(nlp, text)


CACHE: dict[str, Language] = {}


def made_nlp(source: str, config: dict[str, Any]) -> Language:
    if str(config) not in CACHE:
        nlp = spacy.blank("xx")
        nlp.add_pipe(FILTER, config={"source": source, **config})
        CACHE[str(config)] = nlp
    return CACHE[str(config)]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_character_by_character(nlp: Language, text: str) -> None:
    assert "".join(redact_stream(text, nlp=nlp, step=1)) == whole(nlp, text)


def test_other_components_hold_everything_and_change_nothing(source: str) -> None:
    nlp = make_nlp(source, (FILTER,), "xx")
    nlp.add_pipe("sentencizer")
    stream = open_stream(nlp=nlp)
    assert stream.feed(TEXTS[-1]) == ""
    assert stream.close() == whole(nlp, TEXTS[-1])


# --- Before the end ------------------------------------------------------------------------------


LONG = "".join(
    f"Paragraph {i} says that patient {i * 7919} was seen by somebody on a plain day.\n"
    for i in range(60)
)


@pytest.mark.parametrize("pipeline", ["nlp", "ruled"])
def test_text_comes_out_long_before_the_end(pipeline: str, request: pytest.FixtureRequest) -> None:
    nlp = request.getfixturevalue(pipeline)
    stream = open_stream(nlp=nlp, step=4)
    held, given = [], 0
    for i in range(0, len(LONG), 20):
        chunk = LONG[i : i + 20]
        made = stream.feed(chunk)
        given += len(made)
        held.append(i + 20 - given)
    # 16 pieces of context, 4 of the step, and the spans of a network that guesses; about 4 letters
    # a piece. In any case far from the 4,300 characters of the text.
    assert np.median(held) < 400
    assert given > 0.8 * len(whole(nlp, LONG))
    stream.close()


def test_memory_does_not_grow_with_the_text(nlp: Language) -> None:
    stream = open_stream(nlp=nlp, step=4)
    sizes = []
    for i in range(0, len(LONG), 20):
        stream.feed(LONG[i : i + 20])
        model: Any = stream.finder
        sizes.append(len(model.ids) + len(model.text) + len(stream.text) + len(stream.spans))
    assert max(sizes[len(sizes) // 2 :]) <= max(sizes[: len(sizes) // 2]) * 1.5


def test_numbers_hold_back_from_the_first_span_on(nlp: Language) -> None:
    stream = open_stream(nlp=nlp, method="number", step=1)
    before = "".join(stream.feed(LONG[i : i + 9]) for i in range(0, len(LONG), 9))
    assert not re.search(r"\[[A-Z_]+_\d+\]", before)
    assert LONG.startswith(before)
    assert re.search(r"\[[A-Z_]+_\d+\]", stream.close())


# --- Mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"method": "hash"}, "needs a key"),
        ({"method": "hash", "key": "short"}, "too short"),
        ({"policy": {"default": "number", "scope": "corpus"}, "key": KEY}, "scope of a corpus"),
        ({"step": 0}, "step must be at least 1"),
        ({"method": "none"}, "Unknown method"),
    ],
)
def test_settings_that_cannot_be(nlp: Language, kwargs: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        open_stream(nlp=nlp, **kwargs)


@pytest.mark.parametrize("chunks", [[b"caf\xe9 ", b"au lait"], [b"snow \xe2\x98"]])
def test_bytes_that_are_no_text(nlp: Language, chunks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="not UTF-8") as caught:
        list(redact_stream(chunks, nlp=nlp))
    assert "caf" not in str(caught.value)


def test_a_lone_surrogate_is_refused_as_in_the_whole(nlp: Language) -> None:
    with pytest.raises(ValueError, match="lone surrogate"):
        list(redact_stream(["a \ud83d", "\ude00 b"], nlp=nlp))


def test_a_closed_stream_takes_nothing_more(nlp: Language) -> None:
    stream = open_stream(nlp=nlp)
    stream.close()
    assert stream.close() == ""
    with pytest.raises(ValueError, match="was closed"):
        stream.feed("more")
