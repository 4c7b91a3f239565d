"""Files of patterns, ours and Presidio's; a mistake is named with its file, line and key."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from spacy_privacy_filter.rules.patterns.files import read_patterns
from spacy_privacy_filter.rules.patterns.patterns import Patterns

OURS = """\
patterns:
  - label: project
    deny: [Bluebird, Operation Heron]  # of 2026
    case: false
  - label: record_number
    regex: '\\bMRN (?P<value>\\d{6})\\b'
"""
PRESIDIO = """\
supported_languages:
  - en
global_regex_flags: 26
recognizers:
  - name: CreditCardRecognizer
    supported_languages:
      - language: en
        context: [credit, card]
    type: predefined
  - name: UsSsnRecognizer
    type: predefined
    enabled: false
  - SgFinRecognizer
  - name: Zip code
    supported_languages:
      - language: de
        context: [plz]
      - language: en
        context: [zip]
    supported_entity: ZIP
    patterns:
      - name: weak
        regex: "(\\\\b\\\\d{5}(?:\\\\-\\\\d{4})?\\\\b)"
        score: 0.01
      - name: strong
        regex: "zip[ ]+[a-z]\\\\d{5}"
        score: 0.8
    context: [code]
  - name: Titles
    supported_language: en
    type: custom
    supported_entity: TITLE
    deny_list: [Mr., Mrs.]
    deny_list_score: 0.6
  - name: Desk mail
    supported_entities: [EMAIL_ADDRESS]
    deny_list: [desk@example.org]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "patterns.yaml"
    path.write_text(text, encoding="utf8")
    return path


def test_our_form(tmp_path: Path) -> None:
    path = write(tmp_path, OURS)
    assert read_patterns(path) == [
        {"label": "project", "deny": ["Bluebird", "Operation Heron"], "case": False},
        {"label": "record_number", "regex": r"\bMRN (?P<value>\d{6})\b"},
    ]
    text = "BLUEBIRD, MRN 123456"
    spans = Patterns.from_settings(str(path)).find(text)
    assert [text[s.start_char : s.end_char] for s in spans] == ["BLUEBIRD", "123456"]
    assert read_patterns(write(tmp_path, OURS.partition("\n")[2])) == read_patterns(path)


def test_the_form_of_presidio(tmp_path: Path) -> None:
    path = write(tmp_path, PRESIDIO)
    with pytest.warns(UserWarning, match="predefined recognizers are not read") as caught:
        entries = read_patterns(path)
    message = str(caught[0].message)
    assert "our rules find what these do: CreditCardRecognizer;" in message
    assert "nothing of ours is known to find what these do: SgFinRecognizer." in message
    context = ["code", "plz", "zip"]
    assert entries == [
        {
            "label": "ZIP",
            "regex": r"(?ims)(\b\d{5}(?:\-\d{4})?\b)",
            "name": "Zip code/weak",
            "score": 0.01,
            "context": context,
            "score_with_context": 0.4,
        },
        {
            "label": "ZIP",
            "regex": r"(?ims)zip[ ]+[a-z]\d{5}",
            "name": "Zip code/strong",
            "score": 0.8,
            "context": context,
        },
        {
            "label": "TITLE",
            "deny": ["Mr.", "Mrs."],
            "case": False,
            "name": "Titles",
            "score": 0.6,
        },
        {
            "label": "private_email",
            "deny": ["desk@example.org"],
            "case": False,
            "name": "Desk mail",
        },
    ]
    text = "MRS. Kling, PLZ 12345-6789, ZIP X12345"
    found = [
        (text[s.start_char : s.end_char], s.score)
        for s in Patterns.from_settings(entries).find(text)
    ]
    assert found == [("MRS.", 0.6), ("12345-6789", 0.4), ("ZIP X12345", 1.0)]


def test_a_registry_inside_the_settings_of_the_analyzer(tmp_path: Path) -> None:
    registry = "".join(f"  {line}\n" for line in PRESIDIO.splitlines() if "Sg" not in line)
    registry = registry.replace("enabled: false", "enabled: true").replace("flags: 26", "flags: 0")
    text = f"default_score_threshold: 0.4\nrecognizer_registry:\n{registry}"
    with pytest.warns(UserWarning, match="CreditCardRecognizer, UsSsnRecognizer"):
        entries = read_patterns(write(tmp_path, text))
    assert [entry["label"] for entry in entries] == ["ZIP", "ZIP", "TITLE", "private_email"]
    assert entries[0]["regex"].startswith(r"(\b")
    assert "case" not in entries[2]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "expected patterns .ours. or recognizers"),
        ("rules: []", 1, "unknown key 'rules'. Allowed: patterns"),
        ("patterns: 3", 1, "patterns: expected a list of entries, but found a number"),
        ("patterns:\n- label: x\n  regexp: y", 3, r"patterns\[0\].regexp: unknown key 'regexp'"),
        ("patterns:\n- label: x\n  regex:\n    (?=y)z", 3, r"patterns\[0\].regex: .*look-ahead"),
        ("- label: x\n  deny:\n  - a\n  - 3", 2, "item 1: expected text, but found a number"),
        ("- label: x\n  deny: [2026-05-04]", 2, "but found date. Put it in quotes"),
        ("- label: x\n\n  label: y", 1, "a key stands twice: 'label'"),
        ("patterns:\n- label: x\n  deny: [a\n", 4, "not YAML"),
        ("a: &a [*a]", 1, "refers to itself"),
        ("- ? [1]\n  : 2", 1, "a key must be a name"),
        ("- label: x\n  deny: !!python/name:os.x []", 2, "the list is empty"),
        ("- label: !!python/name:os.x y", 1, "a value that YAML cannot read"),
        (
            (
                "recognizers:\n- name: x\n  supported_entity: Y\n  patterns:\n  - name: z\n"
                "    regex: (?<=x)y\n    score: 0.4"
            ),
            6,
            r"recognizers\[0\].patterns\[0\].regex: .*look-behind",
        ),
        ("recognizers:\n- name: x\n  patterns: []", 2, "supported_entity, one name, is missing"),
        ("recognizers:\n- supported_entity: X", 2, "give patterns or a deny_list"),
        ("recognizers:\n- type: own", 2, "expected custom or predefined"),
        ("recognizers:\n- name: x\n  enabled: 3", 3, "expected true or false"),
        ("recognizers:\n- name: x\n  denylist: []", 3, "unknown key 'denylist'. Allowed: name"),
        ("global_regex_flags: 64\nrecognizers: []", 1, "VERBOSE"),
        ("recognizers:\n- supported_entity: X\n  patterns: [{name: x}]", 3, '"regex" is missing'),
        ("recognizers:\n- supported_entity: X\n  deny_list: [a]\n  context: a", 4, "list of words"),
    ],
)
def test_mistakes_are_named_with_their_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ValueError, match=message) as caught:
        read_patterns(path)
    assert str(caught.value).startswith(f"{path}, line {line}:")


def test_what_is_no_file_of_text(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such file of patterns"):
        read_patterns(tmp_path / "none.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes("- label: Zoë".encode("latin1"))
    with pytest.raises(ValueError, match="is not UTF-8"):
        read_patterns(path)
    with pytest.raises(ValueError, match="characters that YAML does not allow"):
        read_patterns(write(tmp_path, "\x00"))


def test_many_aliases_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    with pytest.raises(ValueError, match="too large"):
        read_patterns(write(tmp_path, "\n".join(lines)))


def test_a_file_without_predefined_recognizers_says_nothing(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_patterns(write(tmp_path, "recognizers: []")) == []
