"""Parquet: nothing but the text of the named columns changes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from ...finding import FOUND, KEY, run


def table() -> pa.Table:
    words = ["Ada wrote.", None, "to Bob", "", "Ada and Bob"]
    return pa.table(
        {
            "n": pa.array(range(5), pa.int16()),
            "note": pa.array(words, pa.large_string()),
            "kind": pa.array(words, pa.string()).dictionary_encode(),
            "who": ["a", "b", "a", None, "b"],
            "list": [[1], [], [2, 3], None, [4]],
        }
    ).replace_schema_metadata({"made by": "a test"})


@pytest.mark.usefixtures("_finder")
def test_parquet_keeps_all_but_the_text(tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(table(), path, row_group_size=2, compression="zstd")
    args = ("--field", "note", "--field", "kind", "--subject", "who")
    result = run("redact", path, "-o", out, *args)
    assert result.exit_code == 0, result.output
    made = parquet.read_table(out)
    words = ["[PRIVATE_PERSON] wrote.", None, "to [PRIVATE_PERSON]", ""]
    words.append("[PRIVATE_PERSON] and [PRIVATE_PERSON]")
    assert made["note"].to_pylist() == made["kind"].to_pylist() == words
    source = parquet.read_table(path)
    assert made.schema.equals(source.schema, check_metadata=True)
    assert made.schema.metadata[b"made by"] == b"a test"
    assert made.drop(["note", "kind"]).equals(source.drop(["note", "kind"]))
    meta = parquet.ParquetFile(out).metadata
    assert [meta.row_group(i).num_rows for i in range(meta.num_row_groups)] == [2, 2, 1]
    assert meta.row_group(0).column(1).compression == "ZSTD"
    assert not any(name.encode() in out.read_bytes() for name in FOUND)


@pytest.mark.usefixtures("_finder")
def test_parquet_there_and_back(tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "in.parquet")
    (tmp_path / "key").write_text(KEY)
    more = ("--field", "note", "--map", tmp_path / "map", "--key-file", tmp_path / "key")
    out, back = tmp_path / "out.parquet", tmp_path / "back.parquet"
    assert (
        run("redact", tmp_path / "in.parquet", "-o", out, "-p", "llm_prompt", *more).exit_code == 0
    )
    assert parquet.read_table(out)["note"][4].as_py() == "[PERSON_1] and [PERSON_2]"
    assert run("restore", out, "-o", back, *more).exit_code == 0
    assert parquet.read_table(back).equals(parquet.read_table(tmp_path / "in.parquet"))


@pytest.mark.usefixtures("_finder")
def test_parquet_without_a_row(tmp_path: Path) -> None:
    parquet.write_table(table().slice(0, 0), tmp_path / "in.pq")
    assert (
        run("redact", tmp_path / "in.pq", "-o", tmp_path / "o.pq", "--field", "note").exit_code == 0
    )
    made, source = (parquet.read_table(tmp_path / name) for name in ("o.pq", "in.pq"))
    assert made.schema.equals(source.schema)


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "no column 'text'"),
        (("--field", "n"), "must hold text, but is of type int16"),
        (("--field", "list"), "must hold text"),
        (("--field", "note", "--subject", "person"), "no column 'person'"),
    ],
)
def test_parquet_mistakes(args: tuple[str, ...], words: str, tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "in.parquet")
    result = run("redact", tmp_path / "in.parquet", "-o", tmp_path / "out", *args)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize(
    "content", [b"", b"Ada, plain text", b"PAR1 cut"], ids=["empty", "text", "cut"]
)
def test_what_is_no_parquet(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    result = run("redact", tmp_path / "in.parquet", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "is no Parquet file" in result.stderr
    assert "Ada" not in result.output
