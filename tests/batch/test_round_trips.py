"""Generated records through every table format: all else stays, and nothing found is left."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter import loading
from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.restoration import restore_file
from spacy_privacy_filter.batch.runner import FileRedactor
from spacy_privacy_filter.redact.columns import declare
from spacy_privacy_filter.redact.policy import load_policy
from spacy_privacy_filter.types import CharSpan

from ..finding import KEY

N_RECORDS = 10_000
VALUE = re.compile(r"zq\d{6}x")  # what is found; it stands nowhere else
LABELS = ("private_person", "private_email", "account_number")
FILLINGS = (
    "",
    " ",
    "\u2028",
    "é",
    "👩‍👧",
    '"',
    "\\",
    "\n",
    "\t",
    "a,b;c",
    "[x]",
    "null",
    "\x00",
    "'",
)
NUMBERS = ("0", "-0", "1.0", "1e400", "-1E-999", "123456789012345678901234567890", "0.1", "1E+2")

pytestmark = pytest.mark.usefixtures("_values")


def find(text: str) -> list[CharSpan]:
    return [
        CharSpan(m.start(), m.end(), LABELS[int(m[0][7]) % 3], 0.9) for m in VALUE.finditer(text)
    ]


@pytest.fixture
def _values(monkeypatch: pytest.MonkeyPatch, _finder: None) -> None:
    monkeypatch.setattr(loading, "find_spans", lambda nlp, texts, also=(): [*map(find, texts)])


def make_text(rng: random.Random) -> str:
    parts = [rng.choice(FILLINGS) for _ in range(rng.randrange(4))]
    if rng.random() < 0.5:
        parts.insert(rng.randrange(len(parts) + 1), f"zq{rng.randrange(10**6):06}x")
    return "".join(parts)


def write_json(rng: random.Random, depth: int) -> str:
    """Write a value as no library would: odd numbers, blanks and escapes."""
    blank = rng.choice(("", " ", "  "))
    draw = rng.random()
    if depth and draw < 0.35:
        keys = rng.sample(("id", "name", "a b", "x.y", "é", "note", "", "user"), rng.randrange(5))
        items = (f"{json.dumps(k)}{blank}:{blank}{write_json(rng, depth - 1)}" for k in keys)
        return "{" + blank + f"{blank},".join(items) + blank + "}"
    if depth and draw < 0.5:
        return "[" + ",".join(write_json(rng, depth - 1) for _ in range(rng.randrange(4))) + "]"
    if draw < 0.65:
        return rng.choice((*NUMBERS, "true", "false", "null"))
    return json.dumps(make_text(rng), ensure_ascii=rng.random() < 0.5)


def make_lines(rng: random.Random) -> Iterator[str]:
    for i in range(N_RECORDS):
        yield f'{{"n":{rng.choice(NUMBERS)}, "text" : {json.dumps(make_text(rng))},' + (
            f'"more":{write_json(rng, 4)}}}'
            + rng.choice(("", "\r"))
            + ("\n" if i % 100 else "\n\n")
        )


def redactor(policy: str = "mask", **settings: Any) -> FileRedactor:
    return FileRedactor(load_policy(policy), Reading(**settings), key=KEY.encode())


def hide(text: str) -> str:
    """Put one sign in place of what is found and of its replacement, and of escapes."""
    return re.sub(r"zq\d{6}x|\[[A-Z]+(?:_[A-Z]+)?(?:_\d+)?\]", "#", text)


def test_nested_json() -> None:
    rng = random.Random(1)
    source = "".join(make_lines(rng))
    done = redactor(all_strings=True).redact_alone(source.encode(), "a.jsonl")
    made = done.content.decode()
    assert not VALUE.search(made)
    assert done.counts.total() == len(VALUE.findall(source)) > 5000
    for old, new in zip(source.split("\n"), made.split("\n"), strict=True):
        if not VALUE.search(old):
            assert new == old
        else:
            read = json.JSONDecoder(parse_float=str, parse_int=str)
            assert repr(read.decode(new)) == repr(mask(read.decode(old)))


def mask(value: Any) -> Any:
    if isinstance(value, str):
        return VALUE.sub(lambda m: f"[{LABELS[int(m[0][7]) % 3].upper()}]", value)
    if isinstance(value, list):
        return [mask(one) for one in value]
    if isinstance(value, dict):
        return {key: mask(one) for key, one in value.items()}
    return value


def test_csv() -> None:
    rng = random.Random(2)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator=rng.choice(("\n", "\r\n")))
    writer.writerow(("id", "name", "note", "secret"))
    rows = [(str(i), make_text(rng), make_text(rng), make_text(rng)) for i in range(N_RECORDS)]
    writer.writerows(rows)
    columns = declare(text=["name", "note"], drop=["secret"])
    done = redactor(columns=columns).redact_alone(out.getvalue().encode(), "a.csv")
    made = list(csv.reader(io.StringIO(done.content.decode(), newline=""), delimiter=";"))
    assert made[0] == ["id", "name", "note"]
    assert made[1:] == [[i, mask(name), mask(note)] for i, name, note, _ in rows]
    assert not VALUE.search(done.content.decode())


def test_parquet() -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rng = random.Random(3)
    texts = [make_text(rng) or None for _ in range(N_RECORDS)]
    table = pa.table(
        {"id": range(N_RECORDS), "note": texts, "gone": texts, "list": [[1]] * N_RECORDS}
    )
    source, options = io.BytesIO(), {"row_group_size": 999}
    parquet.write_table(table, source, **options)
    columns = declare(text=["note"], drop=["gone"])
    done = redactor(columns=columns).redact_alone(source.getvalue(), "a.parquet")
    made = parquet.read_table(io.BytesIO(done.content))
    assert made.equals(table.drop_columns(["gone"]).set_column(1, "note", [mask_all(texts)]))
    # Uncompressed, so that nothing could hide in packed bytes, such as statistics.
    plain = io.BytesIO()
    parquet.write_table(made, plain, compression="none", use_dictionary=False)
    for content in (plain.getvalue(), done.content):
        assert not re.search(rb"zq\d{6}x", content)


def mask_all(texts: list[str | None]) -> list[str | None]:
    return [None if text is None else mask(text) for text in texts]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_restored_to_the_byte(name: str, tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    rng = random.Random(4)
    lines = [next(make_lines(rng)) for _ in range(50)]
    if name == "a.csv":
        lines = ["id,text\r\n", *(f'{i},"zq{i:06}x, {i}"\r\n' for i in range(50))]
    source = "".join(lines).encode()
    ways = redactor("llm_prompt", all_strings=True)
    done = ways.redact_alone(source, name)
    ways.save_mappings(done, tmp_path / "map")
    back = restore_file(
        done.content, name, Reading(all_strings=True), KEY.encode(), tmp_path / "map"
    )
    assert back.content == source or json_equal(back.content, source)


def json_equal(one: bytes, other: bytes) -> bool:
    """The same values; escapes in strings that were restored may be written in another way."""
    read = json.JSONDecoder(parse_float=str, parse_int=str)
    lines = zip(one.decode().split("\n"), other.decode().split("\n"), strict=True)
    return all(a == b or repr(read.decode(a)) == repr(read.decode(b)) for a, b in lines)
