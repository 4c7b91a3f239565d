"""Results of redaction on many texts are what they were: texts, spans, mappings, to the byte.

A failure names rows of `pinned/rows.jsonl` and policies, no text. What a row gives is shown by
`python -m tests.redact.pinned.make --show ROW POLICY`; where a change is meant, that module writes
the expected digests anew.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter import deidentify

from .pinned import results
from .pinned.results import ENV, HANGING, KEY, N_DIGITS, SHARED


@cache
def expected() -> dict[str, Any]:
    return dict(json.loads(results.EXPECTED.read_text("ascii")))


def cut(digests: str) -> list[str]:
    return [digests[i : i + N_DIGITS] for i in range(0, len(digests), N_DIGITS)]


def skip_if_others(column: str) -> None:
    names = HANGING.get(column, ())
    pinned = {name: expected()["packages"][name] for name in names}
    if results.installed(names) != pinned:
        wanted = ", ".join(f"{name} {number}" for name, number in pinned.items())
        pytest.skip(f"results of {column!r} are pinned for {wanted}")


def check(what: str, rows: list[results.Row], made: list[str], pinned: list[str]) -> None:
    assert len(made) == len(pinned), f"{what}: {len(made)} rows, but {len(pinned)} digests"
    differing = [
        f"{row.number} ({row.group}{', ' + one if one.startswith('!') else ''})"
        for row, one, other in zip(rows, made, pinned, strict=True)
        if one != other
    ]
    if differing:
        pytest.fail(f"{what}: {len(differing)} rows differ: {', '.join(differing)}", pytrace=False)


def test_every_policy_is_pinned() -> None:
    assert expected()["columns"] == results.columns()
    assert set(expected()["corpora"]) == set(SHARED)


@pytest.mark.parametrize("column", results.columns())
def test_each_row_gives_what_it_gave(column: str) -> None:
    skip_if_others(column)
    place = expected()["columns"].index(column)
    pinned = [cut(row)[place] for row in expected()["rows"]]
    check(column, list(results.read_rows()), results.pin_column(column), pinned)


@pytest.mark.parametrize("policy", SHARED)
def test_each_corpus_gives_what_it_gave(policy: str) -> None:
    skip_if_others(policy)
    corpora = results.corpora(policy)
    assert set(corpora) == set(expected()["corpora"][policy])
    for name, rows in corpora.items():
        made, pinned = results.pin_corpus(rows, policy), expected()["corpora"][policy][name]
        check(f"corpus {name} by {policy}", rows, made, cut(pinned))


@pytest.mark.parametrize("policy", SHARED)
def test_a_corpus_through_its_file_is_the_same(
    policy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENV, KEY)
    for name in ("names", "letters", "labels"):
        rows = results.groups()[name][::-1]
        results.write_corpus(rows, policy, tmp_path / name)
        made = results.through_file(rows, policy, tmp_path / name)
        whole = [done.text for done in results.redact_corpus(rows[::-1], policy)[::-1]]
        check(f"corpus {name} by {policy}, file", rows, made, whole)


def test_files_that_were_written_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENV, KEY)
    rows = results.groups()[results.FROZEN]
    made = results.pin_files()
    check("file of a corpus", rows, made["corpus"], cut(expected()["files"]["corpus"]))
    in_order = sorted(rows[: results.N_MAPS], key=lambda row: str(row.number))
    check("file of mappings", in_order, made["mappings"], cut(expected()["files"]["mappings"]))


@pytest.mark.parametrize(("method", "policy"), [("mask", "mask"), ("encrypt", "gdpr_pseudonymise")])
def test_a_method_is_the_policy_that_does_it(method: str, policy: str) -> None:
    for row in results.read_rows()[::9]:
        made = deidentify(row.text, method=method, key=KEY, subject=row.subject, spans=row.spans)
        assert made == results.redact(row, policy), f"row {row.number}"
