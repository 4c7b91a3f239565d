"""Pipelines and labelled texts -> a folder with a report: numbers, Markdown and plots. No text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.util import is_package

from ..corpus.handles import ignore_handles
from ..corpus.label_map import find_label_map
from ..corpus.readers import detect_gold, read_corpus
from ..corpus.rows import Row
from ..files import check_place, write_atomically
from ..labels.taxonomies import TARGETS, read_crosswalk
from ..labels.taxonomies import label_map as map_labels
from ..learning.gold import Gold
from ..loading import ANY_LENGTH, NO_SETTINGS, load_pipeline
from ..pipeline.names import TEXTCAT
from ..progress import SILENT, Progress
from .cases import Case, Found
from .markdown import write_markdown
from .measure import Settings, make_report

SMALL: Final = "small"
REPORT: Final = "report.md"
NUMBERS: Final = "report.json"
SETTINGS: Final = Settings()


def evaluate(
    inputs: Sequence[str],
    out: Path,
    *,
    form: str | None = None,
    label_map: str | None = None,
    settings: Mapping[str, Any] = NO_SETTINGS,
    plots: bool = True,
    limit: int | None = None,
    without_handles: bool = False,
    intervals: Settings = SETTINGS,
    progress: Progress = SILENT,
) -> dict[str, Any]:
    """Measure pipelines on labelled texts, compare them with the first, and write a report.

    inputs (Sequence[str]): Pipelines ("small" is the one that ships), then files of gold.
    out (Path): Folder that gets report.md, report.json and plots.
    form (str | None): Format of the gold; None to recognise it.
    label_map (str | None): Compare labels of another taxonomy, one of `taxonomies.TARGETS`; or a
        JSON file, label -> label or null, for the gold.
    settings (Mapping[str, Any]): Of the filters, in place of their own; see `choose_rules`.
    plots (bool): Whether to draw; needs the extra "evaluate".
    limit (int | None): Most texts of each file.
    without_handles (bool): Whether handles count as neither right nor wrong.
    intervals (Settings): How they are drawn.
    progress (Progress): Is told of labels that a pipeline does not have.
    RETURNS (dict[str, Any]): The numbers, see `measure.make_report`.
    RAISES (ValueError): No text, a row that is wrong, or inputs that do not go together.
    RAISES (FileNotFoundError): No such pipeline or file. (ImportError): Nothing to draw with.
    """
    check_place(out / REPORT)
    draw = _find_plots() if plots else None
    names, files = tell_apart(inputs)
    with progress.stage("Reading gold"):
        cases = [
            case
            for file in files
            for case in read_cases(file, form, label_map, limit, without_handles)
        ]
        if not cases:
            raise ValueError(f"There is no text in {', '.join(files)}, so nothing to measure.")
    found = {}
    for name in names:
        nlp = open_pipeline(name, settings)
        found[name] = predict(nlp, cases, label_map, progress)
        if warning := warn_of_labels(name, nlp, cases, found[name], label_map):
            progress.say(warning)
    with progress.stage("Measuring"):
        report = make_report(cases, found, intervals)
        pictures = draw(report) if draw is not None else {}
    write_report(out, report, write_markdown(report, list(pictures)), pictures)
    return report


def _find_plots() -> Callable[[Mapping[str, Any]], dict[str, bytes]]:
    """Bring in what draws, before any work is done that a missing package would waste."""
    from .plots import draw_plots

    return draw_plots


def tell_apart(inputs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell pipelines from gold files: a folder with a config, or an installed package, or "small".

    RAISES (ValueError): None of one sort. (FileNotFoundError): Neither.
    """
    names, files = [], []
    for given in inputs:
        path = Path(given)
        if given == SMALL or (path / "config.cfg").is_file() or is_package(given):
            names.append(given)
        elif path.is_file():
            files.append(given)
        elif path.is_dir():
            raise ValueError(f"{given} is a folder without config.cfg: no pipeline, no gold file.")
        else:
            raise FileNotFoundError(
                f"No such pipeline or file: {given}. Give pipelines ({SMALL!r}, a folder, or an "
                "installed package), then files of labelled texts."
            )
    if not names or not files:
        what = "pipeline" if not names else "file of labelled texts"
        raise ValueError(f"No {what} is given. Example: evaluate {SMALL} gold.jsonl --out report")
    if doubles := sorted({name for name in (*names, *files) if inputs.count(name) > 1}):
        raise ValueError(f"Given twice: {doubles[0]}.")
    return names, files


def open_pipeline(name: str, settings: Mapping[str, Any]) -> Language:
    """Load a pipeline that reads texts of any length; "small" is both components that ship."""
    nlp = load_pipeline(None if name == SMALL else name, settings)
    if name == SMALL:
        nlp.add_pipe(TEXTCAT)
    nlp.max_length = ANY_LENGTH
    return nlp


def read_cases(
    file: str,
    form: str | None,
    label_map: str | None,
    limit: int | None,
    without_handles: bool = False,
) -> Iterator[Case]:
    """Read gold.

    file (str): Labelled texts, or the name of a data set on a hub.
    form (str | None): Their format; None to recognise it.
    label_map (str | None): A taxonomy whose labels are compared, or a map of the gold's labels.
    limit (int | None): Most texts.
    without_handles (bool): Whether handles count as neither right nor wrong.
    YIELDS (Case): One for each text.
    RAISES (ValueError): A row that is wrong, or labels that cannot be mapped.
    """
    crossed = label_map in TARGETS
    labels = None if crossed else find_label_map(label_map)
    form = form or detect_gold(file)
    rows = list(islice(read_corpus(file, form, labels=labels), limit))
    if without_handles:
        rows = [ignore_handles(row) for row in rows]
    names: Mapping[str, str | None] = {}
    if crossed:
        names = cross_labels(sorted({label for row in rows for label in row.known}), str(label_map))
    yield from (case_of(row, names) for row in rows)


def cross_labels(labels: Iterable[str], target: str) -> dict[str, str]:
    """Map labels to another taxonomy; those that are of it already stay."""
    labels = list(labels)
    if set(labels) <= set(read_crosswalk()["taxonomies"].get(target, ())):
        return {}
    return map_labels(labels, target)


def case_of(row: Row, names: Mapping[str, str | None]) -> Case:
    """Turn a row into what is measured."""
    gold = Gold(row.spans, row.ignore, frozenset(row.known)) if row.has_spans else None
    cats = {row.category: 1.0} if row.category is not None else dict(row.cats)
    if gold is not None:
        gold = gold.renamed(names)  # a crosswalk drops no label, so spans and details stay pairs
    return Case(row.text, gold, row.details, row.subject, group_of(row), cats)


def group_of(row: Row) -> str:
    """The line of the table by source that a row counts for."""
    if not row.language:
        return row.source
    return f"{row.source}, {'English' if row.language[:2] == 'en' else 'other languages'}"


def predict(
    nlp: Language, cases: Sequence[Case], label_map: str | None, progress: Progress = SILENT
) -> list[Found]:
    """Run a pipeline over the texts."""
    docs = nlp.pipe(case.text for case in cases)
    found = [
        Found(doc._.privacy_spans, dict(doc.cats))
        for doc in progress.track(docs, "Reading texts", len(cases))
    ]
    if label_map not in TARGETS:
        return found
    names = cross_labels(sorted({s.label for one in found for s in one.spans}), str(label_map))
    return [
        Found(tuple(s._replace(label=names.get(s.label, s.label)) for s in one.spans), one.cats)
        for one in found
    ]


def warn_of_labels(
    name: str, nlp: Language, cases: Sequence[Case], found: Sequence[Found], label_map: str | None
) -> str | None:
    """Say which gold labels a pipeline never gives, so that each span of them counts as missed.

    RETURNS (str | None): A sentence; None if it gives all of them.
    """
    known = {label for labels in nlp.pipe_labels.values() for label in labels}
    if label_map in TARGETS:
        known = set()  # of another taxonomy; what was found is mapped
    known |= {span.label for one in found for span in one.spans}
    gold = [label for case in cases if case.gold is not None for *_, label in case.gold.spans]
    absent = sorted(set(gold) - known)
    if not absent:
        return None
    n_spans = sum(label in absent for label in gold)
    shown = ", ".join(absent[:8]) + (", ..." if len(absent) > 8 else "")
    return (
        f"Warning: {name} gave no span of these labels, so {n_spans} of {len(gold)} gold spans "
        f"count as missed: {shown}. If its labels have other names, map them: --label-map."
    )


def write_report(
    out: Path, report: Mapping[str, Any], text: str, pictures: Mapping[str, bytes]
) -> None:
    """Write the files; the text last, so that all that it names is there."""
    for name, content in pictures.items():
        write_atomically(out / name, content)
    numbers = json.dumps(report, indent=2, allow_nan=False, ensure_ascii=False)
    write_atomically(out / NUMBERS, numbers.encode("utf8") + b"\n")
    write_atomically(out / REPORT, text.encode("utf8"))
