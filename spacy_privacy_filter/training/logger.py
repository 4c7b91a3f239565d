"""A logger for `spacy train`: a table with whole headings, and a line with the score of each label.

spaCy's own cuts headings to six letters, which are the same for all of our losses and scores. The
file that this one writes stays right when a run goes on: what a killed run wrote beyond its last
state is dropped.
"""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Optional

import srsly
from spacy.language import Language
from tqdm import tqdm

from ..files import write_atomically

Info = Optional[dict[str, Any]]  # noqa: UP045 - older spaCy reads the annotations of this module
PER_LABEL = ("privacy_per_type", "cats_f_per_type")
BARS = ("train", "eval")
GAP = "  "


def make_logger_v1(
    progress_bar: Optional[str] = "train",  # noqa: UP045
    output_file: Optional[str] = None,  # noqa: UP045
    labels: bool = True,
) -> Callable[..., tuple[Callable[[Info], None], Callable[[], None]]]:
    """Make a logger that shows and writes losses, scores, and the F-score of each label.

    progress_bar (str | None): "train" (to the last step), "eval" (to the next evaluation), or none.
    output_file (str | None): A .jsonl file with one line an evaluation.
    labels (bool): Also show a line with the F-score of each label under each row of the table.
    RAISES (ValueError): Another kind of progress bar.
    """
    if progress_bar is not None and progress_bar not in BARS:
        raise ValueError(
            f"progress_bar = {progress_bar!r} is not known. Choose: {', '.join(BARS)}, or null."
        )

    def setup(
        nlp: Language, stdout: IO[str] = sys.stdout, stderr: IO[str] = sys.stderr
    ) -> tuple[Callable[[Info], None], Callable[[], None]]:
        table = Table(nlp, stdout)
        bar = Bar(nlp.config["training"], progress_bar, stderr)
        path = None if output_file is None else Path(output_file)

        def log(info: Info) -> None:
            if info is None:
                bar.step()
                return
            bar.close()
            table.write(info)
            if labels:
                stdout.write(_line(info["other_scores"]))
            if path is not None:
                _append(path, info)
            bar.open(info)

        return log, bar.close

    return setup


class Table:
    """The table on the screen: epoch, step, losses, the scores that count, and their sum.

    nlp (Language): Its components that are trained have a loss each.
    """

    def __init__(self, nlp: Language, stdout: IO[str]) -> None:
        self.stdout = stdout
        self.pipes = [name for name, pipe in nlp.pipeline if getattr(pipe, "is_trainable", False)]
        weights = nlp.config["training"]["score_weights"]
        self.scores = [name for name, weight in weights.items() if weight]
        columns = ["E", "#", *(f"Loss {name}" for name in self.pipes), *self.scores, "Score"]
        least = [3, 6, *(8 for _ in self.pipes), *(6 for _ in self.scores), 6]
        self.widths = [max(len(name), n) for name, n in zip(columns, least, strict=True)]
        self._row([name.upper() for name in columns])
        self._row(["-" * width for width in self.widths])

    def write(self, info: Mapping[str, Any]) -> None:
        """Write a row; a score that nothing was found for is empty."""
        found = info["other_scores"]
        self._row(
            [
                str(info["epoch"]),
                str(info["step"]),
                *(f"{float(info['losses'].get(name, 0.0)):.2f}" for name in self.pipes),
                *("" if (own := found.get(k)) is None else f"{100 * own:.2f}" for k in self.scores),
                f"{float(info['score']):.2f}",
            ]
        )

    def _row(self, cells: list[str]) -> None:
        pairs = zip(cells, self.widths, strict=True)
        self.stdout.write(GAP.join(cell.rjust(width) for cell, width in pairs) + "\n")
        self.stdout.flush()


class Bar:
    """A progress bar between two rows of the table, where there is a terminal.

    settings (Mapping): The [training] block of a config.
    kind (str | None): One of `BARS`.
    """

    def __init__(self, settings: Mapping[str, Any], kind: Optional[str], stderr: IO[str]) -> None:  # noqa: UP045
        self.settings, self.kind, self.stderr = settings, kind, stderr
        self._bar: Any = None

    def open(self, info: Mapping[str, Any]) -> None:
        """Show it from where the training stands."""
        if self.kind is None:
            return
        whole = self.kind == "train"
        self._bar = tqdm(
            total=self.settings["max_steps" if whole else "eval_frequency"] or None,
            initial=info["step"] if whole else 0,
            desc=f"Epoch {info['epoch'] + 1}",
            disable=None,
            leave=False,
            file=self.stderr,
        )

    def step(self) -> None:
        """Count a step."""
        if self._bar is not None:
            self._bar.update(1)

    def close(self) -> None:
        """Take it off the screen."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _line(scores: Mapping[str, Any]) -> str:
    """One line with the F-scores: of all that is reported, and of each label."""
    whole = scores.get("privacy_whole_f")
    found = {} if whole is None else {"with rules, repair and carrying": whole}
    found |= {
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
