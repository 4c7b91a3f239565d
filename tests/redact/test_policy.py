"""Policies: what ships loads, a mistake says what is wrong and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy import registry

from spacy_privacy_filter.redact import policy as policies
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.operators.base import Operator
from spacy_privacy_filter.redact.policy import (
    FOLDER,
    OURS,
    SHIPPED,
    build_policy,
    load_policy,
    method_policy,
)
from spacy_privacy_filter.redact.surrogates.repeats import repeats
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY

SAFE = {"mask", "number", "encrypt", "surrogate"}


def test_what_ships_is_listed_and_closed() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SHIPPED)
    for name in SHIPPED:
        policy = load_policy(name)
        assert policy.name == name
        assert policy.find_rule("a label that nobody knows").operator.name in SAFE
        assert policy.find_rule("secret").operator.name in {"mask", "encrypt"}
        assert load_policy(policy) is policy
        assert load_policy(name).fingerprint == policy.fingerprint
    assert len({load_policy(name).fingerprint for name in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("203.0.113.77", "ip_address"), ("2001:db8::8a2e:370:7334", "ip_address"),
        ("3C:22:FB:9A:01:7E", "mac_address"), ("3c22.fb9a.017e", "mac_address"),
        ("490154203237518", "device_id"), ("490154203237518", "IMEI"),
    ],
)  # fmt: skip
def test_every_policy_hides_what_tells_a_device(name: str, value: str, label: str) -> None:
    spans = [CharSpan(5, 5 + len(value), label)]
    done = redact(f"from {value} now", spans, load_policy(name), key=KEY, subject="s")
    assert value not in done.text
    assert not repeats(value, done.text[5:-4])


def test_every_operator_is_in_the_registry() -> None:
    for name in OURS:
        assert callable(registry.get("misc", f"spacy_privacy_filter.{name}.v1"))


def test_labels_come_before_kinds_and_kinds_before_the_default() -> None:
    policy = build_policy(
        {"labels": {"private_date": "block"}, "kinds": {"date": "remove"}, "default": "number"}, "p"
    )
    names = [policy.find_rule(label).operator.name for label in ("private_date", "DATE", "person")]
    assert names == ["block", "remove", "number"]


def test_the_same_rule_is_the_same_operator() -> None:
    policy = build_policy({"labels": {"a": "number", "b": {"operator": "number"}}}, "p")
    assert policy.find_rule("a").operator is policy.find_rule("b").operator
    assert policy.find_rule("a").operator is not policy.find_rule("c").operator


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "is empty"),
        (None, "is empty"),
        ([1], "but found a list"),
        ("mask", "but found text"),
        ({"name": "x"}, "says nothing about any label"),
        ({"defaults": "mask"}, "unknown fields: defaults. Allowed: name, description"),
        ({"default": "msak"}, "default: unknown operator 'msak'. Choose one of: mask"),
        ({"default": 3}, "expected names and values, but found a whole number"),
        ({"default": {"placeholder": "x"}}, "no operator"),
        ({"default": {"operator": "mask", "sign": 1}}, "unknown settings: sign. Allowed: placeh"),
        ({"default": {"operator": "block", "char": 1}}, "char must be text, but is a whole number"),
        ({"default": {"operator": "hash", "length": True}}, "must be a whole number"),
        ({"default": {"operator": "custom"}}, "settings are missing: function"),
        ({"default": "keep"}, "the default must hide"),
        ({"default": "partial"}, "the default must hide"),
        ({"labels": ["a"]}, "labels: expected names and values, but found a list"),
        ({"labels": {1: "mask"}}, "names are text, but found 1"),
        ({"kinds": {"persn": "mask"}}, "unknown kinds: persn. Allowed: email"),
        ({"scope": "world", "default": "mask"}, "'world', but must be one of: document, corpus"),
        ({"thresholds": {"a": 1.5}, "default": "mask"}, "must be 0 to 1, not 1.5"),
        ({"thresholds": {"a": "x"}, "default": "mask"}, "must be 0 to 1, not 'x'"),
        ({"labels": {"a": {"operator": "hash", "length": 3}}}, "label 'a': \"length\""),
    ],
)
def test_mistakes_are_explained(values, message) -> None:
    with pytest.raises(ValueError) as caught:
        build_policy(values, "mine")
    assert message in str(caught.value)
    assert "'mine'" in str(caught.value) or "'x'" in str(caught.value)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("default: remove\nlabels:\n  a: {operator: block, char: x}\n")
    assert load_policy(path).name == "mine"
    assert load_policy(str(path)).find_rule("a").operator.name == "block"
    (tmp_path / "mine.json").write_text(json.dumps({"default": "remove"}))
    assert load_policy(tmp_path / "mine.json").default.name == "remove"
    for name, content, message in [
        ("empty.yaml", "", "is empty"),
        ("empty.json", "", "cannot be read"),
        ("twice.yaml", "default: mask\ndefault: keep", "duplicate"),
        ("twice.json", '{"default": "mask", "default": "keep"}', "stands twice: 'default'"),
        ("code.yaml", "default: !!python/object/apply:os.system [x]", "cannot be read"),
    ]:
        (tmp_path / name).write_text(content)
        with pytest.raises(ValueError, match=message):
            load_policy(tmp_path / name)
    (tmp_path / "latin.yaml").write_bytes(b"name: \xff")
    with pytest.raises(ValueError, match="not UTF-8"):
        load_policy(tmp_path / "latin.yaml")
    with pytest.raises(FileNotFoundError, match=r"none\.yaml"):
        load_policy(tmp_path / "none.yaml")
    with pytest.raises(ValueError, match="Choose one that ships"):
        load_policy("masks")


def test_methods() -> None:
    assert method_policy("block").default.name == "block"
    for name in ("keep", "custom", "msak", "partial", "generalise", "shift_dates"):
        with pytest.raises(ValueError, match="Unknown method") as raised:
            method_policy(name)
    for name in str(raised.value).partition("one of: ")[2].rstrip(".").split(", "):
        assert method_policy(name).default.name == name


@pytest.mark.parametrize("policy", [[1], 5, None, b"mask"])
def test_what_is_no_policy(policy) -> None:
    with pytest.raises(TypeError, match=r"A policy is a name .mask, .* but this is a"):
        load_policy(policy)


def test_operators_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Operator(lambda mention, scope: "?")
    registry.misc.register("tests.ours.v1", func=lambda: made)
    registry.misc.register("tests.no_operator.v1", func=lambda: "?")
    assert build_policy({"default": "tests.ours.v1"}, "p").default is made
    with pytest.raises(ValueError, match="makes no Operator"):
        build_policy({"default": "tests.no_operator.v1"}, "p")
    assert policies.load_policy({"name": "n", "default": "mask"}).name == "n"


def test_a_slip_in_a_label_is_named() -> None:
    values = {"default": "mask", "labels": {"private_persn": "keep"}}
    with pytest.warns(UserWarning, match=r"'private_persn'. Did you mean 'private_person'\?"):
        policy = build_policy(values, "p")
    assert policy.find_rule("private_person").operator.name == "mask"
    with pytest.warns(UserWarning, match="'PERSONS'"):
        build_policy({"default": "mask", "thresholds": {"default": 0.1, "PERSONS": 0.5}}, "p")
    # Labels of a model of one's own are nobody's slip; any warning is an error here.
    build_policy(
        {"default": "mask", "labels": {"PER": "keep", "ship": "keep", "EMAIL": "keep"}}, "p"
    )


def test_a_name_that_stands_twice_is_told_without_advice_on_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("default: mask\ndefault: number\n")
    with pytest.raises(ValueError, match="duplicate key") as caught:
        load_policy(path)
    assert "suppress" not in str(caught.value)
