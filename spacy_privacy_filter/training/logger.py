"""A logger for `spacy train`: the table with a column a loss, and a line a label.

The file it writes stays right when a run goes on: what a killed run wrote beyond its last state is
dropped.
"""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Optional

import srsly
from spacy.language import Language
from spacy.training.loggers import console_logger_v3

from ..files import write_atomically

Info = Optional[dict[str, Any]]  # noqa: UP045 - older spaCy reads the annotations of this module
PER_LABEL = ("privacy_per_type", "cats_f_per_type")


def make_logger_v1(
    progress_bar: Optional[str] = "train",  # noqa: UP045
    output_file: Optional[str] = None,  # noqa: UP045
    labels: bool = True,
) -> Callable[..., tuple[Callable[[Info], None], Callable[[], None]]]:
    """Make a logger that shows and writes losses, scores, and the F-score of each label.

    progress_bar (str | None): "train", "eval", or none.
    output_file (str | None): A .jsonl file with one line an evaluation.
    labels (bool): Also show a line with the F-score of each label under each row of the table.
    """
    make_console = console_logger_v3(progress_bar=progress_bar)

    def setup(
        nlp: Language, stdout: IO[str] = sys.stdout, stderr: IO[str] = sys.stderr
    ) -> tuple[Callable[[Info], None], Callable[[], None]]:
        log_console, finish = make_console(nlp, stdout, stderr)
        path = None if output_file is None else Path(output_file)

        def log(info: Info) -> None:
            log_console(info)
            if info is None:
                return
            if labels:
                stdout.write(_line(info["other_scores"]))
            if path is not None:
                _append(path, info)

        return log, finish

    return setup


def _line(scores: Mapping[str, Any]) -> str:
    """One line with the F-score of each label."""
    found = {
        label: values["f"] for key in PER_LABEL for label, values in (scores.get(key) or {}).items()
    }
    return "".join(f"      {label} {100 * f:.1f}" for label, f in found.items()) + "\n" * bool(
        found
    )


def _append(path: Path, info: Mapping[str, Any]) -> None:
    """Write a line after those of earlier steps; later ones are of a run that was killed."""
    lines = list(srsly.read_jsonl(path)) if path.exists() else []
    lines = [line for line in lines if line["step"] < info["step"]]
    keys = ("epoch", "step", "score", "losses", "words", "seconds")
    line = {key: info[key] for key in keys} | {"scores": info["other_scores"]}
    content = "".join(srsly.json_dumps(entry) + "\n" for entry in [*lines, line])
    write_atomically(path, content.encode())
