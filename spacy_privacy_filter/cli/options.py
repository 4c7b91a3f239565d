"""Options and arguments that several commands share: one name and one explanation each."""

from pathlib import Path
from typing import Annotated

import typer

# Texts, and what is done to them.
Text = Annotated[
    Path, typer.Argument(metavar="PATH", help="A UTF-8 text file; - reads standard input")
]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write here, not to standard output")
]
FileFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        help="auto, text, jsonl, csv, tsv, parquet, docx, xlsx, pptx, eml, html, md, pdf, pdf-text",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        help="What finds: 'shipped' (default; also 'small'), a folder with a checkpoint in any "
        "format or a saved pipeline, a hub id, or a package with a pipeline",
    ),
]
Labels = Annotated[
    list[str] | None,
    typer.Option("--labels", metavar="LABEL", help="Only these labels, by comma (repeatable)"),
]
Threshold = Annotated[
    float | None, typer.Option(min=0, max=1, help="Least score of what is found [default: 0]")
]
Device = Annotated[
    str | None, typer.Option(help="What runs the network: auto, cpu, cuda, mps [default: auto]")
]
Dtype = Annotated[
    str | None,
    typer.Option(help="Number type: auto, float32, bfloat16, float16, int8, int4 [default: auto]"),
]
NProcess = Annotated[
    int, typer.Option("--n-process", min=1, help="Processes that find, for many texts at once")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong")]
Rules = Annotated[
    bool | None,
    typer.Option(
        "--rules/--no-rules",
        help="Also find by rule, whole, and everywhere in the text; --no-rules: the network alone "
        "[default: as the pipeline says; the shipped one does]",
    ),
]
Patterns = Annotated[
    list[Path] | None,
    typer.Option(
        "--patterns", help="YAML with patterns of yours, or recognizers of Presidio (repeatable)"
    ),
]
Deny = Annotated[
    list[str] | None,
    typer.Option(
        "--deny", metavar="TEXT=LABEL", help="Also find a text, as a whole word (repeatable)"
    ),
]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="TEXT", help="Never report a text (repeatable)"),
]
Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        "-p",
        help="mask (default), hipaa_safe_harbor, gdpr_pseudonymise, research, llm_prompt, "
        "or a YAML or JSON file",
    ),
]
KeyFile = Annotated[Path | None, typer.Option(help="File with the key; else $PRIVACY_FILTER_KEY")]

# Checkpoints, and what the user knows of them.
Source = Annotated[
    str, typer.Argument(metavar="SRC", help="A folder with a checkpoint, or a hub id")
]
Revision = Annotated[str | None, typer.Option(help="Branch, tag or commit of a hub repository")]
SinksUnit = Annotated[
    str | None, typer.Option(help="Unit of the stored sinks if you know better: log2 or natural")
]
Window = Annotated[
    int | None, typer.Option(min=1, help="Reach of attention to each side if you know better")
]
IgnoreKeys = Annotated[
    list[str] | None, typer.Option("--ignore-key", help="An unknown key that is harmless")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")]

# Saved pipelines, and labelled texts.
Pipeline = Annotated[Path, typer.Argument(help="Folder of a saved pipeline")]
GoldFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="rows (ours), opf, conll, spacy, ai4privacy, nemotron, yahoo, spans "
        "[default: recognised]",
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Take at most so many texts of each file")]
Gpu = Annotated[int, typer.Option("--gpu-id", "-g", help="GPU, -1 for the CPU")]
