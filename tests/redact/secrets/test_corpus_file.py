"""A corpus in a file: the same numbers in any order and process; what is not in it is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from spacy_privacy_filter import collect_corpus, deidentify_all
from spacy_privacy_filter.pipeline.annotations import register_extensions, set_privacy_spans
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.secrets.corpus_file import load_corpus
from spacy_privacy_filter.types import CharSpan

from ..helpers import made_of

register_extensions()
KEY = "a key of the tests, of 16 bytes or more"
ENV = "PRIVACY_FILTER_KEY"
NUMBER = {"default": "number", "scope": "corpus"}
NAMES = r"(?:Mrs? )?Sam Ek|Sarah Johnson|Sarah|Johnson|Tom Lee|Tom|Ada Byron|Lee"
TEXTS = [
    "Sarah Johnson met Tom Lee. Sarah left.",
    "Tom Lee wrote [PERSON_1] again.",
    "",
    "Ada Byron and Ms Johnson, not Sarah Johnson.",
    "Nobody.",
    "Lee saw Tom Lee.",
]


@Language.component("corpus_finder")
def find(doc: Doc) -> Doc:
    spans = [
        CharSpan(m.start(), m.end(), "private_person", 0.9) for m in re.finditer(NAMES, doc.text)
    ]
    set_privacy_spans(doc, "privacy_filter", spans)
    return doc


def finder() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("corpus_finder")
    return nlp


def redactor(path: Path | None, policy: Any = NUMBER) -> Language:
    nlp = finder()
    config = {"policy": policy, "corpus": None if path is None else str(path)}
    nlp.add_pipe("privacy_filter_redact", config=config)
    return nlp


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ENV, KEY)
    path = tmp_path / "corpus"
    assert collect_corpus(iter(TEXTS), path, policy=NUMBER, key=KEY, nlp=finder()) == len(TEXTS)
    return path


def redacted(nlp: Language, texts: list[str], **kwargs: Any) -> list[str]:
    return [doc._.redacted for doc in nlp.pipe(texts, **kwargs)]


@pytest.mark.parametrize("policy", [NUMBER, {"default": "surrogate", "scope": "corpus"}], ids=str)
def test_any_order_and_any_number_of_processes(policy: Any, path: Path) -> None:
    collect_corpus(TEXTS[::-1], path, policy=policy, key=KEY, nlp=finder())
    wanted = [done.text for done in deidentify_all(TEXTS, policy=policy, key=KEY, nlp=finder())]
    nlp = redactor(path, policy)
    assert redacted(nlp, TEXTS) == wanted
    assert redacted(redactor(path, policy), TEXTS[::-1]) == wanted[::-1]
    assert redacted(redactor(path, policy), TEXTS[1:2]) == wanted[1:2]
    assert redacted(redactor(path, policy), TEXTS, n_process=2, batch_size=1) == wanted
    assert "Sarah" not in "".join(wanted)


def test_one_person_has_one_number_and_none_that_a_text_holds(path: Path) -> None:
    made = redacted(redactor(path), TEXTS)
    sarah = made[0].split(" met ")[0]
    tom = made[0].split(" met ")[1].split(".")[0]
    assert made[3].endswith(f"not {sarah}.")
    assert made[1] == f"{tom} wrote [PERSON_1] again."
    assert len({sarah, tom, "[PERSON_1]"}) == 3


def test_contradicting_titles_of_different_texts(path: Path) -> None:
    texts = ["Mr Sam Ek", "Mrs Sam Ek", "Sam Ek", "Mr Sam Ek came", "Mr Tom Lee", "Tom Lee"]
    assert collect_corpus(texts[::-1], path, policy=NUMBER, key=KEY, nlp=finder()) == len(texts)
    made = redacted(redactor(path), texts, n_process=2, batch_size=1)
    assert made == [
        done.text for done in deidentify_all(texts, policy=NUMBER, key=KEY, nlp=finder())
    ]
    he, she, other, again, *tom = (re.findall(r"PERSON_\d", text)[0] for text in made)
    assert len({he, she, other, *tom}) == 4
    assert he == again
    assert tom[0] == tom[1]


def test_the_file_shows_nothing(path: Path) -> None:
    assert not re.search(rb"Sarah|Tom|PERSON|johnson", path.read_bytes())


def test_the_pipeline_can_be_saved(path: Path, tmp_path: Path) -> None:
    nlp = redactor(path)
    nlp.to_disk(tmp_path / "nlp")
    assert redacted(spacy.load(tmp_path / "nlp"), TEXTS) == redacted(nlp, TEXTS)


def test_a_text_that_was_not_collected_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="was not added to the corpus") as caught:
        redactor(path)("Johnson alone.")
    assert "Johnson" not in str(caught.value)


def test_another_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENV, KEY[::-1])
    with pytest.raises(ValueError, match="another key"):
        redactor(path)("Nobody.")
    monkeypatch.delenv(ENV)
    with pytest.raises(ValueError, match="needs a key"):
        redactor(path)("Nobody.")


def test_another_policy(path: Path) -> None:
    with pytest.raises(ValueError, match="another policy"):
        redactor(path, {**NUMBER, "labels": {"x": "mask"}})("Nobody.")


def test_settings_that_do_not_fit(path: Path) -> None:
    with pytest.raises(ValueError, match="collect_corpus"):
        redactor(None)
    with pytest.raises(ValueError, match="scope 'document'"):
        redactor(path, "mask")
    with pytest.raises(ValueError, match="scope 'document'"):
        collect_corpus(TEXTS, path, policy="llm_prompt", key=KEY, nlp=finder())
    with pytest.raises(FileNotFoundError, match="No such file of a corpus"):
        redactor(path.with_name("none"))("Nobody.")


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b[:20], lambda b: b"x" + b])
def test_a_damaged_file(path: Path, change: Any) -> None:
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=r"another key, or it was changed|is no file of a corpus"):
        redactor(path)("Nobody.")


def test_a_file_of_another_version_says_so(tmp_path: Path) -> None:
    path, policy = tmp_path / "corpus", build_policy(NUMBER, "p")
    made_of(["Sam Ek"], policy, path)
    path.write_bytes(path.read_bytes().replace(b"corpus 3\n", b"corpus 2\n"))
    with pytest.raises(ValueError, match=r"of another version, not 3\. Make it again"):
        load_corpus(path, policy, KEY)
