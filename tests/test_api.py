"""The functions of the package root; patterns in place of a network."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest
import spacy
from spacy.language import Language

import spacy_privacy_filter
from spacy_privacy_filter import (
    api,
    deidentify,
    deidentify_all,
    extract_pii,
    make_key,
    pseudonymize,
    redact_stream,
    reidentify,
)

from .patterns import TEXT, make_nlp

KEY = "a key of the tests, of 16 bytes or more"


@pytest.fixture
def nlp() -> Language:
    return make_nlp()


@pytest.fixture(autouse=True)
def _default(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    monkeypatch.setattr(api, "default_pipeline", lambda: nlp)


def test_the_root_offers_what_it_lists() -> None:
    for name in spacy_privacy_filter.__all__:
        assert callable(getattr(spacy_privacy_filter, name))
        assert name in dir(spacy_privacy_filter)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = spacy_privacy_filter.nothing


def test_importing_brings_in_nothing() -> None:
    code = (
        "import sys, spacy_privacy_filter\n"
        "print([m for m in ('spacy', 'faker', 'cryptography') if m in sys.modules])\n"
        "from spacy_privacy_filter import deidentify\n"
        "from spacy_privacy_filter.types import CharSpan\n"
        "print(deidentify('Ada!', spans=[CharSpan(0, 3, 'x')]).text)\n"
        "print([m for m in ('faker', 'cryptography') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert done == ["[]", "[X]!", "[]"]


def test_extract() -> None:
    spans = extract_pii(TEXT)
    assert [TEXT[s.start_char : s.end_char] for s in spans] == [
        "Ada Lovelace", "ada.lovelace@example.org", "Bob", "4 May 2026", "Ada"
    ]  # fmt: skip
    assert extract_pii("") == []
    with pytest.raises(ValueError, match=r"Add one: nlp\.add_pipe"):
        extract_pii("Ada", nlp=spacy.blank("en"))
    with pytest.raises(TypeError, match="bytes"):
        extract_pii(b"x")  # type: ignore[arg-type]


def test_deidentify_and_back() -> None:
    done = deidentify(TEXT)
    assert done.text == (
        "[PRIVATE_PERSON] ([PRIVATE_EMAIL]) met [PRIVATE_PERSON] on [PRIVATE_DATE]. "
        "[PRIVATE_PERSON] left."
    )
    assert done.counts == {"private_person": 3, "private_date": 1, "private_email": 1}
    for how in ({"method": "remove"}, {"policy": "llm_prompt"}, {"policy": "research", "key": KEY}):
        made = deidentify(TEXT, **how)  # type: ignore[arg-type]
        assert made.text != TEXT
        assert reidentify(made.text, made.mapping) == reidentify(made.text, made) == TEXT
    made = deidentify(TEXT, policy="gdpr_pseudonymise", key=KEY)
    assert reidentify(made.text, KEY) == TEXT
    with pytest.raises(ValueError, match="another key"):
        reidentify(made.text, make_key())
    with pytest.raises(ValueError, match="not both"):
        deidentify(TEXT, method="mask", policy="mask")


def test_pseudonymize() -> None:
    made = pseudonymize(TEXT, key=KEY)
    assert made == pseudonymize(TEXT, key=KEY)
    first, last = made.text.split()[:2]
    assert made.text.endswith(f". {first} left.")
    assert f"{first}.{last}".lower() in made.text
    assert pseudonymize(TEXT, key=make_key()).text != made.text


def test_a_corpus_shares_its_people() -> None:
    texts = ["Ada Lovelace left.", "Bob saw Ada Lovelace."]
    policy = {"scope": "corpus", "default": "surrogate"}
    one = deidentify_all(texts, policy=policy, key=KEY)
    two = deidentify_all(texts[::-1], policy=policy, key=KEY)[::-1]
    assert [done.text for done in one] == [done.text for done in two]
    assert one[1].text.endswith(f"saw {one[0].text.removesuffix(' left.')}.")
    alone = deidentify_all(texts, method="number")
    assert [done.text for done in alone] == ["[PERSON_1] left.", "[PERSON_1] saw [PERSON_2]."]
    with pytest.raises(ValueError, match="2 texts, but 1 subjects"):
        deidentify_all(texts, subjects=["x"])
    with pytest.raises(ValueError, match="corpus needs a key"):
        deidentify_all(texts, policy=policy)
    with pytest.raises(ValueError, match="deidentify_all"):
        deidentify(TEXT, policy=policy, key=KEY)


def test_spans_may_be_tuples() -> None:
    import numpy as np

    for span in ((0, 3, "x"), [0, 3, "x", 0.5], (np.int64(0), np.int64(3), "x", np.float32(1))):
        assert deidentify("Ada!", spans=[span]).text == "[X]!"  # type: ignore[list-item]
    assert deidentify("Ada!", spans=((a, a + 1, "x") for a in range(2))).text == "[X][X]a!"
    assert pseudonymize("Ada!", spans=[(0, 3, "person")], key=KEY).text.endswith("!")
    assert deidentify("Ada!", spans=[]).text == "Ada!"


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ("Ada", "this is a str"),
        ({"Ada": 3}, "this is a dict"),
        (3, "this is a int"),
        (["Ada"], "number 0 of them is a str"),
        ([(0, 3, "x"), (0, 3)], r"number 1 of them is a tuple of \(int, int\)"),
        ([(0, "Ada", "x")], r"tuple of \(int, str, str\)"),
        ([("Ada", 0, 3)], r"tuple of \(str, int, int\)"),
        ([(0, 3, "x", "Ada")], r"tuple of \(int, int, str, str\)"),
        ([(0, 3, "x", 1.0, "Ada")], "tuple of"),
        ([(False, True, "x")], r"tuple of \(bool, bool, str\)"),
        ([{"start": 0}], "is a dict"),
        ([None], "is a NoneType"),
        ((0, 3, "x"), "number 0 of them is a int"),
    ],
)
def test_what_is_no_span(spans: object, found: str) -> None:
    for policy in ("mask", "llm_prompt"):
        with pytest.raises(TypeError, match=found) as caught:
            deidentify("Ada!", spans=spans, policy=policy)  # type: ignore[arg-type]
        assert "(start_char, end_char, label)" in str(caught.value)
        assert "Ada" not in str(caught.value)


def test_what_is_no_text() -> None:
    with pytest.raises(TypeError, match="but this is bytes"):
        deidentify(b"Ada", spans=[(0, 3, "x")])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"`deidentify_all` takes several .* Put a single"):
        deidentify_all(TEXT)
    with pytest.raises(TypeError, match="A text is a str, but this is int"):
        deidentify_all([3])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("chunks", "message"),
    [
        ([3], "A chunk is text .* but this is a int"),
        (["Ada", None], "this is a NoneType"),
        ([["Ada"]], "this is a list"),
        (b"Ada", "this is a int"),
        (None, "Chunks are an iterable of text, but this is a NoneType"),
    ],
)
def test_what_is_no_chunk(chunks: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        list(redact_stream(chunks))  # type: ignore[arg-type]


def test_text_may_not_cut_bytes() -> None:
    assert "".join(redact_stream(["a", b"\xc3", b"\xa9", "b"])) == "aéb"
    with pytest.raises(ValueError, match="follows bytes that end within a character"):
        list(redact_stream([b"\xc3", "b"]))


def test_what_is_certain_is_restored_beside_two_secrets() -> None:
    spans = [(0, 3, "private_person"), (5, 11, "secret"), (13, 19, "secret")]
    done = deidentify("Ada: abc123, xyz789", policy="llm_prompt", spans=spans)
    with pytest.warns(UserWarning, match="^1 replacement left") as told:
        assert reidentify("Dear [PERSON_1], change [SECRET]!", done) == "Dear Ada, change [SECRET]!"
    assert "llm_prompt" not in str(told[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reidentify(done.text, done) == "Ada: abc123, xyz789"


def test_a_text_that_is_not_restored_is_told() -> None:
    made, other = deidentify(TEXT, method="number"), deidentify("Eve.", spans=[(0, 3, "x")])
    for back in (other, other.mapping):
        with pytest.warns(UserWarning, match=r"no replacement of the mapping\. Is that the map"):
            assert reidentify(made.text, back) == made.text
    with pytest.warns(UserWarning, match=r"nothing encrypted\..* give the mapping in place of"):
        assert reidentify(made.text, KEY) == made.text
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reidentify(made.text, made) == TEXT
        assert reidentify("So [PERSON_1] left", made) == "So Ada Lovelace left"
        nothing = deidentify("Nobody.", spans=[])
        assert reidentify(nothing.text, nothing) == "Nobody."
    for wrong in (made.mapping.to_dict(), None, 3):
        with pytest.raises(TypeError, match=r"with its mapping, its Redaction or a key"):
            reidentify(made.text, wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="A text is a str"):
        reidentify(made, made)  # type: ignore[arg-type]
