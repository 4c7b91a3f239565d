"""`privacy-filter verify`: do two checkpoints find the same? Numbers only, never a text."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from .common import clear_errors
from .gold import compare_on_gold, show_gold
from .inspect import JsonOption, table

if TYPE_CHECKING:
    from spacy.language import Language

    from ..types import CharSpan, Floats2d

COMPONENT = "privacy_filter"
LOST = 1
DIFFERENT = 3  # 1 is an error, 2 a wrong command line
MAX_BYTES = 64 << 20
# Invented people and numbers; several kinds, and one text with nothing to find.
SAMPLES = (
    "Please write to Annika Reyes at annika.reyes@example.org before Monday.",
    "Dear Tomasz Wilk, your appointment is on 14/02/1991. Call +1 202 555 0191 to change it.",
    "The parcel goes to 7 Quay Lane, Port Ardle PA2 1ZZ, care of L. Haddadi.",
    "Account 9920-1187-22 was closed on 3 March 2024; see https://example.com/u/annika.",
    "export API_KEY=zx81-not-a-real-key-0042 # rotate this",
    "Water boils at 100 degrees at sea level, and at less on a mountain.",
    "Patientin: Jana Vogt, geb. 2.5.1970, Tel. 030 5550 1234, Hauptstr. 5, 10115 Berlin.",
    "Le dossier de M. Okafor (okafor@example.net) porte la référence 55-0193.",
)


def verify_cli(
    first: Annotated[str, typer.Argument(metavar="A", help="The reference: folder or hub id")],
    second: Annotated[str, typer.Argument(metavar="B", help="What is compared with it")],
    texts: Annotated[
        Path | None,
        typer.Option(help='JSONL with "text", or one text a line; else eight built-in samples'),
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
    dtype: Annotated[
        str, typer.Option(help="Number type of B: auto, float32, bfloat16, int8; A has float32")
    ] = "float32",
    as_json: JsonOption = False,
) -> None:
    """Compare two checkpoints on texts: best tags, entities, logits, sizes and time.

    To see what a faster number type costs, give a checkpoint twice and --dtype. Exit code 3 if
    fewer pieces agree than --min-agreement asks for; 1 if recall falls by more than
    --max-recall-loss on --corpus.
    """
    with clear_errors():
        samples = read_texts(texts)
        sides = Side(first), Side(second, dtype)
        report = verify(*sides, samples, min_agreement)
        if corpus is not None:
            pipelines = [side.nlp for side in sides]
            report["gold"] = compare_on_gold(pipelines, corpus, max_recall_loss)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _show(report)
    if "gold" in report and not report["gold"]["passed"]:
        raise typer.Exit(LOST)
    if not report["passed"]:
        raise typer.Exit(DIFFERENT)


def read_texts(path: Path | None) -> list[str]:
    """Read the texts to compare on. A message about a bad line names the line, never its text.

    RAISES (ValueError): No text, not UTF-8, or a line of JSONL without "text".
    """
    if path is None:
        return list(SAMPLES)
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path} is longer than {MAX_BYTES} bytes. Take a sample of it.")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text. Convert it first.") from None
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if path.suffix == ".jsonl":
            line = _text_of(line, f"Line {number} of {path}")
        found.append(line)
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


def verify(a: Side, b: Side, texts: Sequence[str], min_agreement: float) -> dict[str, Any]:
    """Compare two checkpoints.

    a, b (Side): The reference, and what is compared with it.
    texts (Sequence[str]): What both read.
    min_agreement (float): Least share of pieces with the same best tag, 0 to 1.
    RETURNS (dict[str, Any]): Sums, and the same numbers for each text.
    RAISES (ValueError): Two checkpoints with different tags.
    """
    if a.tags != b.tags:
        raise ValueError(
            f"The heads have different tags ({len(a.tags)} and {len(b.tags)}), so their logits "
            f"cannot be compared. Give two checkpoints of the same labels."
        )
    samples = [compare(a.read(text), b.read(text)) for text in texts]
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


class Side:
    """One of the two pipelines, with the time it has taken.

    source (str): Folder or hub id.
    dtype (str): How it runs; a saved pipeline brings its own setting.
    RAISES (ValueError): A checkpoint without a tag head.
    """

    def __init__(self, source: str, dtype: str = "float32") -> None:
        from ..loading import load
        from ..models.source import is_pipeline

        self.source = source

        start = perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that an artifact was made for MLX
            # A saved pipeline brings its settings; "auto" would not be a reference.
            own = dtype == "float32" and is_pipeline(Path(source).expanduser())
            settings: dict[str, Any] = {} if own else {"dtype": dtype}
            self.nlp: Language = load(source, **settings)
        if COMPONENT not in self.nlp.pipe_names:
            raise ValueError(f"{source} has no tag head. Give a checkpoint that has one.")
        self.seconds_to_load = perf_counter() - start
        self.nlp("Warm up.")  # the first pass of a backend takes longer, whoever comes first
        self.seconds = 0.0
        self.pipe = cast(Any, self.nlp.get_pipe(COMPONENT))
        self.tags = self.pipe.tags

    def read(self, text: str) -> tuple[Floats2d, set[CharSpan]]:
        """Give the logits and the spans of a text."""
        from ..pieces import encode

        start = perf_counter()
        logits = self.pipe.network.read([encode(text).ids], self.pipe.head)[0].logits
        self.seconds += perf_counter() - start
        spans = self.nlp(text)._.privacy_spans
        return logits, {span._replace(score=1.0) for span in spans}

    def describe(self) -> dict[str, Any]:
        """Say what it is, how large, and how long it took."""
        from ..models.source import find_source

        source = self.source
        runtime = getattr(self.pipe.network.shim, "runtime", None)
        checkpoint = self.pipe.network.checkpoint
        folder = Path(source).expanduser()
        folder = folder if folder.is_dir() else find_source(source)
        return {
            "source": source,
            "runs": "" if runtime is None else f"{runtime.experts}: {runtime.why}",
            "format": "pipeline" if checkpoint is None else checkpoint.format,
            "bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            "seconds_to_load": round(self.seconds_to_load, 3),
            "seconds": round(self.seconds, 3),
        }


def compare(a: tuple[Floats2d, set[CharSpan]], b: tuple[Floats2d, set[CharSpan]]) -> dict[str, Any]:
    """Compare what two pipelines make of one text."""
    import numpy as np

    (logits, spans), (others, other_spans) = a, b
    gaps = np.abs(logits - others)
    return {
        "pieces": len(logits),
        "agree": int((logits.argmax(-1) == others.argmax(-1)).sum()),
        "entities": len(spans),
        "entities_of_b": len(other_spans),
        "preserved": len(spans & other_spans),
        "max_difference": float(gaps.max()) if gaps.size else 0.0,
        "mean_difference": float(gaps.mean()) if gaps.size else 0.0,
    }


def _show(report: dict[str, Any]) -> None:
    """Print the report as tables."""
    from rich.console import Console

    console = Console()
    sides = [
        [name, s["source"], s["format"], f"{s['bytes']:,}", f"{s['seconds']:.3f}"]
        for name, s in (("A", report["a"]), ("B", report["b"]))
    ]
    console.print(table(("", "source", "format", "bytes", "seconds"), sides, right=3))
    lines = [
        [
            str(number),
            f"{s['pieces']:,}",
            f"{s['agree'] / s['pieces'] if s['pieces'] else 1:.2%}",
            f"{s['preserved']} of {s['entities']}",
            f"{s['max_difference']:.3g}",
            f"{s['mean_difference']:.3g}",
        ]
        for number, s in enumerate(report["samples"], start=1)
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
