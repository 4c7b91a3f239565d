"""What is reported by default: values whole, what rules find, and names everywhere."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.training import Example

from spacy_privacy_filter import deidentify, extract_pii, load, open_stream, redact_stream
from spacy_privacy_filter.loading import make_pipeline, stream_pipeline
from spacy_privacy_filter.pipeline.completion import Completion
from spacy_privacy_filter.pipeline.tagger_settings import TaggerSettings
from spacy_privacy_filter.types import CharSpan

from ..drawing import texts
from ..helpers import ALONE, FILTER, make_nlp, tagger, write_source

pytest.importorskip("torch")

LABELS = ("private_person", "private_email", "private_phone", "private_url", "account_number")
NEMOTRON = ("first_name", "email", "phone_number", "url", "ipv4", "ssn", "api_key")


def found(text: str, **config: Any) -> list[tuple[str, str]]:
    nlp = make_pipeline(**config)
    return [(text[s.start_char : s.end_char], s.label) for s in nlp(text)._.privacy_spans]


# --- The default -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("Write to tobias@example.org today.", "tobias@example.org", "private_email"),
        ("Write to ada@mail.internal today.", "ada@mail.internal", "private_email"),
        ("See https://host.example/a?b=c for it.", "https://host.example/a?b=c", "private_url"),
        ("See paypal.me/adaking now.", "paypal.me/adaking", "private_url"),
        (
            "DSN: postgres://app:s3cr3t@db.internal/x",
            "postgres://app:s3cr3t@db.internal/x",
            "secret",
        ),
        ("The box 10.20.30.40 is down.", "10.20.30.40", "ip_address"),
        ("ask u/ida_brandt about it", "ida_brandt", "handle"),
    ],
)
def test_a_value_is_found_whole(text: str, value: str, label: str) -> None:
    assert (value, label) in [(text[s.start_char : s.end_char], s.label) for s in extract_pii(text)]


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "Patient: Liam Walsh\nNotes: pt liam says that WALSH is how he signs."
    values = [text[s.start_char : s.end_char] for s in extract_pii(text)]
    assert values == ["Liam Walsh", "liam", "WALSH"]
    sources = [s.source for s in extract_pii(text)]
    assert sources == ["network", "carried:9", "carried:9"]
    assert found(text, carry=False) == [("Liam Walsh", "private_person")]


def test_what_is_nobody_s_is_left_out() -> None:
    text = "revert d175a63 at ts=1548860916 with loss=1.366 lr=0.0005"
    assert found(text, **ALONE)
    assert found(text) == []


def test_all_parts_of_a_document_agree() -> None:
    doc = make_pipeline()("Mail ida@example.org, or call Ida Brandt. IDA is in.")
    spans = doc._.privacy_spans
    assert [(s.start_char, s.end_char) for s in doc.spans[FILTER]] == [s[:2] for s in spans]
    assert [ent.label_ for ent in doc.ents] == [s.label for s in spans]
    redacted = "Mail [PRIVATE_EMAIL], or call [PRIVATE_PERSON]. [PRIVATE_PERSON] is in."
    assert deidentify(doc.text).text == redacted


def test_off_is_the_published_decoder(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    alone, whole = make_nlp(source, (FILTER,)), spacy.blank("en")
    whole.add_pipe(FILTER, config={"source": source})
    for text in ("Ada ada@example.org 10.1.2.3", "https://a.test/?token=abc 4929 1234 5678 9012"):
        (findings,) = tagger(whole).predict([whole.make_doc(text)])
        assert tuple(findings.network) == alone(text)._.privacy_spans
        assert [s for s in findings.spans if s.source.startswith("rule:")]


@settings(max_examples=40)
@given(data=st.data(), text=texts())
def test_no_character_of_the_network_is_lost_but_to_a_veto(data: Any, text: str) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=8).map(sorted))
    label = st.sampled_from(LABELS)
    spans = [
        CharSpan(a, b, data.draw(label), data.draw(st.floats(0.3, 1)))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        if text[a:b].strip()
    ]
    kept, _ = Completion(TaggerSettings(rules=False), LABELS)(text, spans)
    for before, after in pairwise(kept):
        assert before.end_char <= after.start_char
    covered = {i for s in kept for i in range(s.start_char, s.end_char)}
    lost = {i for s in spans for i in range(*s[:2])} - covered
    assert not any(text[i].isalnum() for i in lost)


@pytest.mark.parametrize("before", ["It is\n", "Your password is\n", "Here\r\n"])
def test_a_secret_takes_nothing_of_the_line_before(before: str) -> None:
    text = f"{before}sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    spans = extract_pii(text)
    assert [(s.start_char, s.end_char) for s in spans] == [(len(before), len(text))]


# --- Settings ----------------------------------------------------------------------------------


def test_ages_are_reported_where_somebody_asks() -> None:
    text = "Mrs Adler, 97 years old, was seen."
    assert ("97 years old", "age") not in found(text)
    assert ("97 years old", "age") in found(text, rules={"ages": True})
    assert "97" in deidentify(text).text
    assert "97" not in deidentify(text, policy="hipaa_safe_harbor").text
    assert "97" not in "".join(redact_stream([text], policy="hipaa_safe_harbor"))


def test_times_of_a_log_are_reported_where_somebody_asks() -> None:
    text = "2024-01-02T10:11:12.123Z INFO starting worker\n"
    assert found(text) == []
    assert [label for _, label in found(text, log_times=True)] == ["private_date"]
    assert "10:11" not in deidentify(text, policy="hipaa_safe_harbor").text


def test_a_rule_can_be_left_out_or_named() -> None:
    text = "host 10.20.30.40"
    assert ("10.20.30.40", "ip_address") in found(text)
    assert ("10.20.30.40", "host") in found(text, rules={"ip": "host"})
    with pytest.raises(ValueError, match="Unknown rules: ipp"):
        make_pipeline(rules={"ipp": True})
    for wrong in ("yes", None, ["email"]):
        with pytest.raises(ValueError, match="rules must be true, false, or a table such as"):
            make_pipeline(rules=wrong)
    with pytest.raises(ValueError, match="'ip' must be true, false or a label, but is 'O'"):
        make_pipeline(rules={"ip": "O"})
    with pytest.raises(ValueError, match="snap must be 'word'"):
        make_pipeline(snap="letter")
    with pytest.raises(ValueError, match="carry must be"):
        make_pipeline(carry="backward")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("to ada@example.org", "email"),
        ("from 10.20.30.40", "ipv4"),
        ("key AKIAIOSFODNN7EXAMPLQ", "api_key"),
    ],
)
def test_rules_take_the_names_of_the_network(text: str, label: str) -> None:
    (span,) = Completion(TaggerSettings(), NEMOTRON)(text, [])[0]
    assert span.label == label


def test_rules_run_once() -> None:
    nlp = make_pipeline()
    with pytest.raises(ValueError, match="'privacy_filter' finds by rule already"):
        nlp.add_pipe("privacy_filter_rules")
    nlp = spacy.blank("xx")
    nlp.add_pipe("privacy_filter_rules")
    with pytest.raises(ValueError, match="'privacy_filter_rules' finds by rule already"):
        nlp.add_pipe(FILTER)
    nlp.add_pipe(FILTER, config=ALONE, first=True)


# --- Saved pipelines ---------------------------------------------------------------------------


def test_a_pipeline_saved_before_there_were_rules_finds_what_it_found(tmp_path: Path) -> None:
    text = "Write to ada at ada@example.org, 10.20.30.40"
    nlp = make_nlp(write_source(tmp_path / "source"), (FILTER,))
    expected = nlp(text)._.privacy_spans
    nlp.to_disk(tmp_path / "old")
    config = tmp_path / "old" / "config.cfg"
    lines = [
        line
        for line in config.read_text().splitlines()
        if not line.startswith(("rules =", "snap =", "carry ="))
    ]
    config.write_text("\n".join(lines))
    old = spacy.load(tmp_path / "old")
    assert old(text)._.privacy_spans == expected
    old.to_disk(tmp_path / "again")
    assert spacy.load(tmp_path / "again")(text)._.privacy_spans == expected
    new = load(tmp_path / "old", rules=True, carry=True)
    assert any(s.source == "rule:email" for s in new(text)._.privacy_spans)
    new.to_disk(tmp_path / "new")
    assert any(s.source == "rule:email" for s in spacy.load(tmp_path / "new")(text)._.privacy_spans)


# --- Streams and training ----------------------------------------------------------------------


LONG = (
    "Patient: Liam Walsh\nseen on the ward\nNotes: pt liam says ok\n"
    "2024-01-02T10:11:12.123Z INFO one\n2024-01-02T10:11:13.123Z INFO two\nmail lw@example.org\n"
)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_stream_gives_what_its_pipeline_gives(data: Any) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(LONG)), max_size=9).map(sorted))
    chunks = [LONG[a:b] for a, b in zip([0, *cuts], [*cuts, len(LONG)], strict=True)]
    for policy in ("mask", "hipaa_safe_harbor"):
        whole = deidentify(LONG, policy=policy, nlp=stream_pipeline()).text
        assert "".join(redact_stream(chunks, policy=policy)) == whole
    assert "liam" not in whole


def test_a_stream_ends_before_the_text_unless_names_are_carried_back() -> None:
    text = LONG * 20
    early, held = open_stream(step=1), open_stream(nlp=make_pipeline(), step=1)
    assert early.feed(text)
    assert not held.feed(text)
    assert held.close() == deidentify(text).text


def test_what_is_trained_is_scored_by_its_network(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": write_source(tmp_path)})
    text = "write to ada@example.org now"
    gold = [{"text": text, "entities": [(9, 24, "private_email")]}]
    examples = [
        Example.from_dict(nlp.make_doc(row["text"]), {"entities": row["entities"]}) for row in gold
    ]
    before = nlp.evaluate(examples)
    assert before["privacy_r"] == 1.0
    assert before.get("privacy_whole_r") is None
    nlp.update(examples, sgd=nlp.create_optimizer())
    after = nlp.evaluate(examples)
    assert after["privacy_whole_r"] == 1.0
    assert after["privacy_r"] < 1.0
