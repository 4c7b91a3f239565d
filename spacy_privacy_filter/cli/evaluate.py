"""`privacy-filter evaluate`: pipelines and labelled texts -> a report with numbers and plots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..files import check_place, write_atomically
from .common import clear_errors

if TYPE_CHECKING:
    from spacy.language import Language

    from ..corpus.rows import Row
    from ..evaluate.cases import Case, Found

SMALL = "small"
REPORT, NUMBERS = "report.md", "report.json"


def evaluate_cli(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PIPELINE... GOLD...",
            help=f"spaCy pipelines ({SMALL!r} is the one that ships), then files of labelled texts",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder that gets the report")],
    form: Annotated[
        str | None,
        typer.Option("--format", help="Of the gold: rows, opf, conll, spacy, ... [recognised]"),
    ] = None,
    label_map: Annotated[
        str | None,
        typer.Option(
            help="Compare labels of another taxonomy: openai, kp or hipaa maps both sides by the "
            "crosswalk; or a JSON file, label -> label or null, for the gold"
        ),
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Also find identifiers by rule (needs the extra rules)")
    ] = False,
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw plots (needs the extra evaluate)")
    ] = True,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Take at most so many texts of each file")
    ] = None,
    draws: Annotated[int, typer.Option(min=100, help="Draws of the bootstrap")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the bootstrap")] = 0,
) -> None:
    """Measure pipelines on labelled texts, and compare them.

    Writes report.md, report.json and plots to the folder --out. They hold no text. The first
    pipeline is what the others are compared with.
    """
    from rich.console import Console

    console = Console(stderr=True)
    with clear_errors():
        from ..evaluate.markdown import write_markdown
        from ..evaluate.measure import Settings, make_report

        check_place(out / REPORT)
        drawing = _drawing() if plots else None
        names, files = split(inputs)
        with console.status("Reading gold"):
            cases = [case for file in files for case in read_cases(file, form, label_map, limit)]
            if not cases:
                raise ValueError(f"There is no text in {', '.join(files)}, so nothing to measure.")
        found = {}
        for name in names:
            nlp = load(name, rules)
            found[name] = predict(nlp, cases, label_map, console)
            warn_of_labels(name, nlp, cases, found[name], label_map)
        with console.status("Measuring"):
            report = make_report(cases, found, Settings(seed, draws))
            pictures: dict[str, bytes] = drawing(report) if drawing is not None else {}
        write_report(out, report, write_markdown(report, list(pictures)), pictures)
    typer.echo(overview(report))
    typer.echo(f"Wrote {out / REPORT}", err=True)


def _drawing() -> Any:
    """Bring in what draws, before any work is done that a missing package would waste."""
    from ..evaluate.plots import draw_plots

    return draw_plots


def split(inputs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell pipelines from gold files: a folder with a config, or an installed package, or "small".

    RAISES (ValueError): None of one sort. (FileNotFoundError): Neither.
    """
    from spacy.util import is_package

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


def load(name: str, rules: bool) -> Language:
    """Load a pipeline; "small" is both components that ship."""
    from .. import loading

    nlp = loading.load_pipeline(None if name == SMALL else name, 0, rules)
    if name == SMALL:
        nlp.add_pipe("privacy_filter_textcat")
    nlp.max_length = 2**63 - 1
    return nlp


def read_cases(
    file: str, form: str | None, label_map: str | None, limit: int | None
) -> Iterator[Case]:
    """Read gold.

    RAISES (ValueError): A row that is wrong, or labels that cannot be mapped.
    """
    from itertools import islice

    from ..corpus.label_map import find_label_map
    from ..corpus.readers import detect_gold, read_corpus
    from ..labels.taxonomies import TARGETS

    crossed = label_map in TARGETS
    labels = None if crossed else find_label_map(label_map)
    form = form or detect_gold(file)
    rows = list(islice(read_corpus(file, form, labels=labels), limit))
    names: Mapping[str, str | None] = {}
    if crossed:
        names = crosswalk(sorted({label for row in rows for label in row.known}), str(label_map))
    yield from (case_of(row, names) for row in rows)


def crosswalk(labels: Iterable[str], target: str) -> dict[str, str]:
    """Map labels to another taxonomy; those that are of it already stay."""
    from ..labels.taxonomies import label_map, read_crosswalk

    labels = list(labels)
    if set(labels) <= set(read_crosswalk()["taxonomies"].get(target, ())):
        return {}
    return label_map(labels, target)


def case_of(row: Row, names: Mapping[str, str | None]) -> Case:
    """Turn a row into what is measured."""
    from ..evaluate.cases import Case
    from ..learning.gold import Gold

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
    nlp: Language, cases: Sequence[Case], label_map: str | None, console: Any
) -> list[Found]:
    """Run a pipeline over the texts."""
    from rich.progress import track

    from ..evaluate.cases import Found
    from ..labels.taxonomies import TARGETS

    docs: Any = nlp.pipe(case.text for case in cases)
    if console.is_terminal:
        docs = track(docs, total=len(cases), description="Reading texts", console=console)
    made = [Found(doc._.privacy_spans, dict(doc.cats)) for doc in docs]
    if label_map not in TARGETS:
        return made
    names = crosswalk(sorted({s.label for one in made for s in one.spans}), str(label_map))
    return [
        Found(tuple(s._replace(label=names.get(s.label, s.label)) for s in one.spans), one.cats)
        for one in made
    ]


def warn_of_labels(
    name: str, nlp: Language, cases: Sequence[Case], found: Sequence[Found], label_map: str | None
) -> None:
    """Say which gold labels a pipeline never gives, so that each span of them counts as missed."""
    from ..labels.taxonomies import TARGETS

    known = {label for labels in nlp.pipe_labels.values() for label in labels}
    if label_map in TARGETS:
        known = set()  # of another taxonomy; what was found is mapped
    known |= {span.label for one in found for span in one.spans}
    gold = [label for case in cases if case.gold is not None for *_, label in case.gold.spans]
    absent = sorted(set(gold) - known)
    if not absent:
        return
    n_spans = sum(label in absent for label in gold)
    shown = ", ".join(absent[:8]) + (", ..." if len(absent) > 8 else "")
    typer.echo(
        f"Warning: {name} gave no span of these labels, so {n_spans} of {len(gold)} gold spans "
        f"count as missed: {shown}. If its labels have other names, map them: --label-map.",
        err=True,
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


def overview(report: Mapping[str, Any]) -> str:
    """The main figures of each pipeline, a line each."""
    lines = []
    for name, own in report["pipelines"].items():
        parts = []
        if "spans" in own:
            strict, chars = own["spans"]["strict"]["all"], own["spans"]["chars"]["all"]
            leaked = own["leaks"]["rates"].get("all", {}).get("documents", {"rate": None})
            figures = {
                "strict P": strict["p"], "R": strict["r"], "F1": strict["f"], "F2": strict["f2"],
                "characters R": chars["r"], "documents that leak": leaked["rate"],
            }  # fmt: skip
            parts += [f"{key} {value:.3f}" for key, value in figures.items() if value is not None]
        if own["categories"]:
            parts.append(f"category accuracy {own['categories']['accuracy']:.3f}")
        lines.append(f"{name}: {', '.join(parts) or 'nothing could be measured'}")
    return "\n".join(lines)
