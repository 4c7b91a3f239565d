"""A pipeline as one checkpoint: another pipeline that reads it predicts the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.pipeline.storage.checkpoint import read_pipeline

from ...helpers import FILTER, TEXTCAT, change_weights, make_nlp, outcomes, write_source


@pytest.mark.parametrize(
    "names",
    [(FILTER, TEXTCAT), (TEXTCAT, FILTER), (FILTER,), (TEXTCAT,)],
    ids=["both", "cats first", "tags", "cats"],
)
def test_predictions_stay(tmp_path: Path, names: tuple[str, ...]) -> None:
    nlp = make_nlp(write_source(tmp_path / "net"), names)
    change_weights(nlp)
    nlp.to_disk(tmp_path / "pipeline")
    args = ["checkpoint", str(tmp_path / "pipeline"), str(tmp_path / "out")]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    found = outcomes(make_nlp(str(tmp_path / "out"), names))
    assert found == outcomes(spacy.load(tmp_path / "pipeline"))


def test_what_no_checkpoint_can_hold(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="has no 'privacy_filter'"):
        read_pipeline(tmp_path / "blank")
    with pytest.raises(FileNotFoundError, match="No saved pipeline"):
        read_pipeline(tmp_path)
    nlp = make_nlp(write_source(tmp_path / "a"))
    nlp.get_pipe(TEXTCAT).share(
        make_nlp(write_source(tmp_path / "b", seed=2), (FILTER,)).get_pipe(FILTER).network
    )
    nlp.to_disk(tmp_path / "two")
    with pytest.raises(ValueError, match="two networks"):
        read_pipeline(tmp_path / "two")
    twice = make_nlp(write_source(tmp_path / "c"), (FILTER,))
    twice.add_pipe(FILTER, name="again", config={"spans_key": "again"})
    twice.to_disk(tmp_path / "twice")
    with pytest.raises(ValueError, match="several 'privacy_filter': privacy_filter, again"):
        read_pipeline(tmp_path / "twice")


def test_a_checkpoint_is_written_over_nothing_but_a_checkpoint(tmp_path: Path) -> None:
    pipeline, other = tmp_path / "pipeline", tmp_path / "other"
    make_nlp(write_source(tmp_path / "net")).to_disk(pipeline)
    other.mkdir()
    (other / "model.safetensors").write_bytes(b"somebody's weights")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for place in (pipeline, other, pipeline / "deep"):
        result = CliRunner().invoke(app, ["checkpoint", str(pipeline), str(place)])
        assert result.exit_code == 2, result.output
        assert "is there already" in result.stderr or "is inside" in result.stderr
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    for _ in range(2):
        done = CliRunner().invoke(app, ["checkpoint", str(pipeline), str(tmp_path / "new")])
        assert done.exit_code == 0, done.output
