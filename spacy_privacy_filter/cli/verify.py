"""`privacy-filter verify`: do two checkpoints find the same? Numbers only, never a text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ..evaluate.agreement import Side, compare
from ..evaluate.model_card import make_card
from .common import clear_errors
from .gold import compare_on_gold, show_gold
from .inspect import IgnoreOption, JsonOption, RevisionOption, SinksOption, WindowOption, table

ELSE = "else that of A if both are the same source"
LOST = 1
DIFFERENT = 3  # 1 is an error, 2 a wrong command line
MAX_BYTES = 64 << 20
# Ten golden samples of invented people and numbers, by what they hold.
SAMPLES = {
    "email": "Please write to annika.reyes@example.org before Monday, not to the old address.",
    "phone": "You can reach the surgery on +1 202 555 0191, or after six on 01632 960 482.",
    "ssn": "Her social security number is 078-05-1120; keep it out of the minutes.",
    "credit card": "The hotel charged card 4111 1111 1111 1111 twice, so one has to be returned.",
    "name": "Dear Tomasz Wilk, Dr Leila Haddadi has asked me to move your appointment.",
    "ipv4": "Failed login for root from 203.0.113.42 port 52044; blocked 198.51.100.7 as well.",
    "address": "The parcel goes to 7 Quay Lane, Port Ardle PA2 1ZZ; ring at the side door.",
    "date of birth": "Patient: Jana Vogt, date of birth 14/02/1971, admitted with a fever.",
    "url": "His photographs are at https://example.com/u/tomasz-wilk?album=3 for anyone to see.",
    "mixed": (
        "Patientin: Jana Vogt, geb. 2.5.1970, Tel. 030 5550 1234, Hauptstr. 5, 10115 Berlin, "
        "jana.vogt@example.net, Konto DE89 3704 0044 0532 0130 00."
    ),
}


def verify_cli(
    first: Annotated[
        str, typer.Argument(metavar="A", help="The reference: folder, hub id, or 'shipped'")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="What is compared with it")],
    texts: Annotated[
        Path | None,
        typer.Option(
            help='JSONL (or .jsonl.gz) with "text", or one text a line; else built-in samples'
        ),
    ] = None,
    min_agreement: Annotated[
        float, typer.Option(min=0, max=1, help="Least share of pieces with the same best tag")
    ] = 0.99,
    corpus: Annotated[
        Path | None, typer.Option(help="Labelled JSONL: compare recall and F1 of spans too")
    ] = None,
    max_recall_loss: Annotated[
        float, typer.Option(min=0, max=1, help="Most recall that B may lose on --corpus")
    ] = 0.005,
    backend: Annotated[str, typer.Option(help="Backend of A: auto, torch or mlx")] = "auto",
    backend_b: Annotated[str | None, typer.Option(help="Backend of B; else that of A")] = None,
    dtype: Annotated[
        str, typer.Option(help="Number type of A: auto, float32, bfloat16, int8")
    ] = "float32",
    dtype_b: Annotated[str | None, typer.Option(help="Number type of B; else that of A")] = None,
    revision: RevisionOption = None,
    sinks_unit: SinksOption = None,
    window: WindowOption = None,
    ignore_keys: IgnoreOption = None,
    revision_b: Annotated[str | None, typer.Option(help=f"Revision of B; {ELSE}")] = None,
    sinks_unit_b: Annotated[str | None, typer.Option(help=f"Sinks of B; {ELSE}")] = None,
    window_b: Annotated[int | None, typer.Option(min=1, help=f"Window of B; {ELSE}")] = None,
    ignore_keys_b: Annotated[
        list[str] | None, typer.Option("--ignore-key-b", help=f"Harmless key of B; {ELSE}")
    ] = None,
    card: Annotated[bool, typer.Option(help="Show a table for a model card, in Markdown")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare two checkpoints, or one on two backends: best tags, entities, logits, sizes, time.

    To see what a faster number type costs, give a checkpoint twice and --dtype-b. Exit code 3 if
    fewer pieces agree than --min-agreement asks for; 1 if recall falls by more than
    --max-recall-loss on --corpus.
    """
    with clear_errors():
        how_a = {"backend": backend, "dtype": dtype}
        how_b = {"backend": backend_b or backend, "dtype": dtype_b or dtype}
        known_a = _known(revision, sinks_unit, window, ignore_keys)
        known_b = _known(revision_b, sinks_unit_b, window_b, ignore_keys_b)
        if first == second:
            known_b = known_a | known_b
        samples = read_texts(texts)
        sides = Side(first, how_a, known_a), Side(second, how_b, known_b)
        report = verify(*sides, samples, min_agreement)
        if corpus is not None:
            pipelines = [side.nlp for side in sides]
            report["gold"] = compare_on_gold(pipelines, corpus, max_recall_loss)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    elif card:
        typer.echo(make_card(report))
    else:
        _show(report)
    if "gold" in report and not report["gold"]["passed"]:
        raise typer.Exit(LOST)
    if not report["passed"]:
        raise typer.Exit(DIFFERENT)


def _known(
    revision: str | None, sinks_unit: str | None, window: int | None, keys: list[str] | None
) -> dict[str, Any]:
    """Gather what the user knows of a checkpoint, for `load`; what is not said is left out."""
    known = {
        "revision": revision, "sinks_unit": sinks_unit, "window": window, "ignore_keys": keys
    }  # fmt: skip
    return {key: value for key, value in known.items() if value}


def read_texts(path: Path | None) -> dict[str, str]:
    """Read the texts to compare on. A message about a bad line names the line, never its text.

    RETURNS (dict[str, str]): Texts by name: the number of the line, or what a sample holds.
    RAISES (ValueError): No text, not UTF-8, or a line of JSONL without "text".
    """
    if path is None:
        return SAMPLES
    packed = path.suffix == ".gz"
    with gzip.open(path) if packed else path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError(f"{path} is longer than {MAX_BYTES} bytes. Take a sample of it.")
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text. Convert it first.") from None
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if ".jsonl" in path.suffixes:
            line = _text_of(line, f"Line {number} of {path}")
        found[str(number)] = line
    if not found:
        raise ValueError(f"{path} holds no text. Give a file with one text a line, or JSONL.")
    return found


def _text_of(line: str, where: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, TypeError, KeyError):
        text = None
    if not isinstance(text, str):
        raise ValueError(f'{where} is not a JSON object with a string as its "text".')
    return text


def verify(a: Side, b: Side, texts: Mapping[str, str], min_agreement: float) -> dict[str, Any]:
    """Compare two checkpoints.

    a, b (Side): The reference, and what is compared with it.
    texts (Mapping[str, str]): What both read, by name.
    min_agreement (float): Least share of pieces with the same best tag, 0 to 1.
    RETURNS (dict[str, Any]): Sums, and the same numbers for each text.
    RAISES (ValueError): Two checkpoints with different tags.
    """
    if a.tags != b.tags:
        raise ValueError(
            f"The heads have different tags ({len(a.tags)} and {len(b.tags)}), so their logits "
            f"cannot be compared. Give two checkpoints of the same labels."
        )
    read = [side.read(list(texts.values())) for side in (a, b)]
    samples = [
        {"name": name} | compare(one, other) for name, one, other in zip(texts, *read, strict=True)
    ]
    n_pieces = sum(sample["pieces"] for sample in samples)
    n_agree = sum(sample["agree"] for sample in samples)
    n_spans = sum(sample["entities"] for sample in samples)
    kept = sum(sample["preserved"] for sample in samples)
    weighted = sum(sample["mean_difference"] * sample["pieces"] for sample in samples)
    agreement = n_agree / n_pieces if n_pieces else 1.0
    return {
        "a": a.describe(),
        "b": b.describe(),
        "texts": len(samples),
        "texts_agreeing": sum(sample["agree"] == sample["pieces"] for sample in samples),
        "texts_preserved": sum(
            sample["preserved"] == sample["entities"] == sample["entities_of_b"]
            for sample in samples
        ),
        "pieces": n_pieces,
        "agreement": agreement,
        "entities": n_spans,
        "entities_of_b": sum(sample["entities_of_b"] for sample in samples),
        "entities_preserved": kept / n_spans if n_spans else 1.0,
        "max_difference": max((s["max_difference"] for s in samples), default=0.0),
        "mean_difference": weighted / n_pieces if n_pieces else 0.0,
        "min_agreement": min_agreement,
        "passed": agreement >= min_agreement,
        "samples": samples,
    }


def _show(report: dict[str, Any]) -> None:
    """Print the report as tables."""
    from rich.console import Console

    console = Console()
    sides = [
        [name, s["source"], s["format"], s["backend"], f"{s['bytes']:,}", f"{s['seconds']:.3f}"]
        for name, s in (("A", report["a"]), ("B", report["b"]))
    ]
    console.print(table(("", "source", "format", "backend", "bytes", "seconds"), sides, right=4))
    lines = [
        [
            s["name"],
            f"{s['pieces']:,}",
            f"{s['agree'] / s['pieces'] if s['pieces'] else 1:.2%}",
            f"{s['preserved']} of {s['entities']}",
            f"{s['max_difference']:.3g}",
            f"{s['mean_difference']:.3g}",
        ]
        for s in report["samples"]
    ]
    total = [
        "all",
        f"{report['pieces']:,}",
        f"{report['agreement']:.2%}",
        f"{report['entities_preserved']:.2%}",
        f"{report['max_difference']:.3g}",
        f"{report['mean_difference']:.3g}",
    ]
    head = ("text", "pieces", "same tag", "entities kept", "max difference", "mean difference")
    console.print(table(head, [*lines, total], right=1))
    for name, side in (("A", report["a"]), ("B", report["b"])):
        typer.echo(f"{name} runs in {side['runs']}")
    for line in show_gold(report["gold"]) if "gold" in report else ():
        typer.echo(line)
    limit = f"--min-agreement {report['min_agreement']:.2%}"
    typer.echo(f"{'Passed' if report['passed'] else 'Failed'}: {limit}")
