"""Records of JSON: fields by path, rows that are left out, and all else to the byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.batch.formats.jsonl import read_jsonl
from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.errors import WrongUseError
from spacy_privacy_filter.redact.columns import declare

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)  # fmt: skip
RECORD = (
    b'{"n": 1e400, "user":{"name":"Kai","email":"k@x"},'
    b'"messages":[{"content":"a\\u00e9"},{"content":null}]}'
)  # fmt: skip


def read(content: bytes, *fields: str, **settings: Any) -> Any:
    return read_jsonl(content, "a.jsonl", Reading(fields=fields, **settings))


def texts(content: bytes, *fields: str, **settings: Any) -> dict[str, str]:
    found = read(content, *fields, **settings)
    return dict(zip(found.names, found.texts, strict=True))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("user.name", {"line 1, user.name": "Kai"}),
        ("*.email", {"line 1, user.email": "k@x"}),
        ("..email", {"line 1, user.email": "k@x"}),
        ("$.user['name']", {"line 1, user.name": "Kai"}),
        ("messages[].content", {"line 1, messages[0].content": "aé"}),
        ("messages[*].content", {"line 1, messages[0].content": "aé"}),
        ("messages[0].content", {"line 1, messages[0].content": "aé"}),
        ("messages[-2].content", {"line 1, messages[0].content": "aé"}),
    ],
)
def test_fields_by_path(path: str, found: dict[str, str]) -> None:
    assert texts(RECORD, path) == found
    content = read(RECORD, path)
    assert content.render(content.texts) == RECORD


def test_a_name_goes_before_a_path() -> None:
    row = b'{"a.b": "x", "a": {"b": "y"}, "a b": {"c-d": "z"}}'
    assert texts(row, "a.b") == {'line 1, ["a.b"]': "x"}
    assert texts(row, "$.a.b") == {"line 1, a.b": "y"}
    assert texts(row, "a b.c-d") == {"line 1, a b.c-d": "z"}
    assert len(texts(row, all_strings=True)) == 3, "no two places look alike"


@pytest.mark.parametrize("path", ["a[", "a..", "$", "[", "a.[b", "?", "a[?", "*" * 300 + "["])
def test_what_is_no_path(path: str) -> None:
    with pytest.raises((WrongUseError, ValueError)):
        read(b'{"a": "x"}', path)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), st.booleans())
def test_all_stays_if_nothing_is_replaced(record: dict[str, Any], ascii_only: bool) -> None:
    source = (json.dumps(record, ensure_ascii=ascii_only) + "\n").encode("utf8", "surrogatepass")
    found = read(source, all_strings=True)
    if not found.problems:
        assert found.render(found.texts) == source
        changed = json.loads(found.render([f"{text}!" for text in found.texts]))
        assert repr(changed) == repr(shout(record))


def shout(value: Any) -> Any:
    if isinstance(value, str):
        return f"{value}!"
    if isinstance(value, list):
        return [shout(one) for one in value]
    if isinstance(value, dict):
        return {key: shout(one) for key, one in value.items()}
    return value


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"{", "this is no JSON"),
        (b"nonsense", "this is no JSON"),
        (b'{"text": "a"} x', "this is no JSON"),
        (b'{"text": "a",}', "this is no JSON"),
        (b'{"text": 01}', "this is no JSON"),
        (b'{"text": NaN}', "this is no JSON"),
        (b'{"text": "a\tb"}', "this is no JSON"),
        (b'["a"]', "but this is a list"),
        (b'"a"', "but this is text"),
        (b'{"text": "a", "text": "b"}', "a key of an object stands twice"),
        (b'{"text": "a", "b": {"c": 1, "c": 1}}', "a key of an object stands twice"),
        (b"[" * 20_000, "nested more than 100 deep"),
        (b'{"a":' * 20_000, "nested more than 100 deep"),
        (b'{"text": "\\ud800"}', "half of a surrogate pair"),
        (b'{"text": {"a": 1}}', "must be text, but is an object; name what is in it"),
        (b'{"text": ["a"]}', "must be text, but is a list; name what is in it"),
        (b'{"text": 1}', "must be text, but is a number"),
        (b'{"text": true}', "must be text, but is true or false"),
    ],
    ids=range(18),
)
def test_a_bad_row_is_told_and_left_out(row: bytes, problem: str) -> None:
    found = read(b'{"text": "x"}\n' + row + b'\n{"text": "y"}\n')
    assert found.texts == ["x", "y"]
    assert found.names == ["line 1, text", "line 2, text"], "as in what is written"
    (told,) = found.problems
    assert told.startswith("a.jsonl, line 2: ")
    assert problem in told
    assert found.render(found.texts) == b'{"text": "x"}\n{"text": "y"}\n'
    with pytest.raises(ValueError, match=r"a\.jsonl, line 1: "):
        read(row)


def test_odd_values_that_nobody_looks_at_stay() -> None:
    row = b'{"text": "x", "b": "\\ud800", "c": -1E400, "d": 1.10, "e": ' + b"1" * 5000 + b"}"
    found = read(row)
    assert found.render(["y"]) == row.replace(b'"x"', b'"y"')


def test_missing_fields() -> None:
    rows = b'{"text": "x"}\n{"n": 1}\n{"text": null}\n'
    found = read(rows)
    assert (found.texts, found.problems) == (["x"], [])
    assert found.notes == ["a.jsonl: 1 of 3 rows have no field 'text'."]
    with pytest.raises(WrongUseError, match=r"no field 'note' among its 2 in any row.*text, n"):
        read(rows, "note")
    assert read(b"\n\n").texts == []


@pytest.mark.parametrize(
    ("dropped", "left"),
    [
        (["a"], b'{"b" :2, "c":[1, {"d":3}]}'),
        (["b"], b'{"a": "x", "c":[1, {"d":3}]}'),
        (["c"], b'{"a": "x", "b" :2}'),
        (["a", "c"], b'{"b" :2}'),
        (["a", "b", "c"], b"{}"),
        (["c[].d"], b'{"a": "x", "b" :2, "c":[1, {}]}'),
        (["c[0]"], b'{"a": "x", "b" :2, "c":[{"d":3}]}'),
        (["c[]", "c[].d"], b'{"a": "x", "b" :2, "c":[]}'),
    ],
)
def test_fields_are_left_out(dropped: list[str], left: bytes) -> None:
    found = read(b'{"a": "x", "b" :2, "c":[1, {"d":3}]}', columns=declare(drop=dropped))
    assert found.render([]) == left


def test_what_is_declared() -> None:
    columns = declare(whole={"n": "account_number", "who": "private_person"}, keep=["user"])
    rows = b'{"n": 5551234, "who": null, "user": {"name": "Kai"}, "note": "z"}\n'
    rows += b'{"who": "Bo", "n": null, "user": 1}'
    found = read(rows, columns=columns)
    assert [(p.text, p.label) for p in found.passages] == [
        ("5551234", "account_number"), ("z", None), ("Bo", "private_person"),
    ]  # fmt: skip
    made = found.render(["[N]", "z", "[P]"])
    assert made == rows.replace(b"5551234", b'"[N]"').replace(b"Bo", b"[P]")


def test_a_subject_by_path() -> None:
    rows = b'{"u": {"id": 5}, "text": "a"}\n{"u": {"id": null}, "text": "b"}\n{"text": "c"}\n'
    assert read(rows, subject="u.id").subjects == ["5", None, None]


def test_hostile_lines_take_linear_time() -> None:
    for row in (b'{"text": "' + b"\\\\" * 500_000 + b'"}', b'{"a":[' + b"1," * 300_000 + b"1]}"):
        read(row + b'\n{"text": "x"}')


def test_a_mark_before_the_first_row_stays() -> None:
    found = read(b'\xef\xbb\xbf{"text": "x"}\r\n')
    assert found.render(["y"]) == b'\xef\xbb\xbf{"text": "y"}\r\n'
