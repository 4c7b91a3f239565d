"""`privacy-filter redact`: texts -> the same texts without personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..batch.journal import BEGUN, DONE, Job, Journal, list_jobs, progress, stamp_of
from ..batch.records import Reading, parse
from ..batch.runner import Work
from ..errors import WriteError, WrongUseError, naming
from ..files import check_place, write_atomically
from ..redact.secrets.keys import KEY_ENV, get_key
from .common import clear_errors, summary
from .inout import STDIN, read_bytes, say_new_folder, write_bytes
from .stream import check_alone, redact_stream

if TYPE_CHECKING:
    from ..redact.engine import Corpus
    from ..redact.policy import Policy

SOME_FAILED, STOPPED = 3, 130


def redact_cli(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="UTF-8 files or folders; - is standard input"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File, or folder for several; else standard output"),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A spaCy pipeline; else the shipped one")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            "-p",
            help="mask (default), hipaa_safe_harbor, gdpr_pseudonymise, research, llm_prompt, "
            "or a YAML or JSON file",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="auto, text, jsonl, csv, tsv or parquet")
    ] = "auto",
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", help="Field or column that holds text (repeatable; default text)"),
    ] = None,
    subject: Annotated[
        str | None, typer.Option(help="Field or column that says whose row it is")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="What parts the columns of CSV, such as ';' [default: ,]")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="File with the key; else $PRIVACY_FILTER_KEY")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--map", help="Write the encrypted way back: file, or folder for several"),
    ] = None,
    pattern: Annotated[
        str | None, typer.Option("--glob", help="Which files of folders count, such as '*.note'")
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Also find identifiers by rule (needs the extra rules)")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write files anew, also those that are there")
    ] = False,
    stream: Annotated[
        bool, typer.Option("--stream", help="Redact the text of standard input as it comes")
    ] = False,
    step: Annotated[
        int | None, typer.Option(min=1, help="With --stream: pieces of text between two looks [64]")
    ] = None,
) -> None:
    """Replace personal data in texts.

    One file or standard input goes to standard output or --output. Several files and folders go to
    the folder --output; a run that was stopped or had mistakes goes on where it was, by a journal
    of names, sizes and times in that folder, which is removed when all is done. Every file appears
    whole or not at all. Counts go to standard error, never text. With --stream, what can no longer
    change is written at once.

    A file whose output is there already is left as it is, without a mistake, unless it was changed
    since: so the same command redacts what is new in a folder that grows. In the scope of a corpus
    what is new may change the rest; there, --overwrite writes all anew.

    Exit codes: 0 done, or there already; 1 nothing done; 2 wrong use; 3 some files failed, such as
    one that is newer than its output; 130 stopped.
    """
    given = paths or [STDIN]
    with clear_errors(), _stoppable():
        from ..api import STEP, choose_policy

        if step is not None and not stream:
            raise WrongUseError("--step goes with --stream.")
        if stream:
            files = [path for path in given if path != STDIN]
            check_alone(
                {
                    "files": files, "--output": output, "--map": mapping, "--glob": pattern,
                    "--field": fields, "--subject": subject, "--overwrite": overwrite,
                    "--delimiter": delimiter,
                    f"--format {form}": form not in ("auto", "text"),
                }
            )  # fmt: skip
            chosen = choose_policy(None, policy)
            key = _key_for(chosen, key_file)
            counts = redact_stream(chosen, (model, rules), key, STEP if step is None else step)
            typer.echo(summary(counts), err=True)
            return
        reading = Reading(form, tuple(fields or ["text"]), subject, delimiter)
        chosen = choose_policy(None, policy)
        key = _key_for(chosen, key_file)
        work = Work(chosen, reading, (model, rules), key, mapping)
        if len(given) == 1 and not given[0].is_dir():
            _redact_one(work, given[0], output)
            return
        if output is None or STDIN in given:
            folder = next((path for path in given if path.is_dir()), None)
            what = "Several paths are given" if folder is None else f"{folder} is a folder"
            raise WrongUseError(
                f"{what}. Say which folder gets the results: --output FOLDER (standard input goes "
                "alone)."
            )
        failed = _redact_many(work, given, output, pattern, overwrite)
    if failed:
        raise typer.Exit(SOME_FAILED)


def _key_for(policy: Policy, key_file: Path | None) -> bytes | None:
    """Read the key; of a policy that cannot do without, say how to give one."""
    key = get_key(key_file)
    needy = sorted({operator.name for operator in policy.operators if operator.needs_key})
    if key is None and (needy or policy.scope == "corpus"):
        what = f"its operators {', '.join(needy)}" if needy else "its scope of a corpus"
        raise WrongUseError(
            f"The policy {policy.name!r} needs a key, for {what}. Give a file with 16 bytes or "
            f"more: --key-file FILE, or set the variable ${KEY_ENV}."
        )
    return key


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Stopped. The same command goes on from here.", err=True)
        raise typer.Exit(STOPPED) from None


def _redact_one(work: Work, path: Path, output: Path | None) -> None:
    for place in (output, work.mapping):
        if place is not None:
            check_place(place)
    name, content = read_bytes(path)
    if output is not None and path != STDIN and output.resolve() == path.resolve():
        raise WrongUseError(f"{path} would be overwritten. Choose another output.")
    parsed = parse(content, name, work.reading)
    found = work.find(parsed)
    corpus = work.corpus()
    if corpus is not None:
        for text, spans in zip(parsed.texts, found, strict=True):
            corpus.add(text, spans)
    made, back, counts = work.redact(parsed, found, corpus)
    if work.mapping is not None:
        say_new_folder(work.mapping.parent)
        with naming(work.mapping):
            work.save_map(work.mapping, back)
    write_bytes(made, output)
    typer.echo(summary(counts), err=True)


def _redact_many(
    work: Work, paths: Sequence[Path], output: Path, pattern: str | None, overwrite: bool
) -> int:
    """Redact files into a folder. RETURNS (int): How many failed."""
    jobs, n_other = list_jobs(paths, output, pattern)
    for folder in (output, *([work.mapping] if work.mapping is not None else [])):
        say_new_folder(folder)
    journal = Journal.open(output, work.settings)
    corpus, known = work.corpus(), {}
    if (
        corpus is not None
        and not overwrite
        and all(journal.is_there(j, work.mapping) for j in jobs)
    ):
        corpus = None  # nothing is new that might change the others
    _ = work.pipeline  # if there is none, that is no fault of a file
    if corpus is not None:
        known = _collect(work, jobs, corpus)
    ends: Counter[str] = Counter()
    try:
        for job in progress(jobs):
            ends[_try_file(work, job, journal, corpus, known.get(job.name), overwrite)] += 1
    except WriteError as error:  # the next file would fare no better
        typer.echo(f"Error: {error} Stopped; the same command goes on from here.", err=True)
        ends["failed"] += 1
    n_before, n_failed = ends["before"], ends["failed"]
    if not n_failed:
        journal.close()
    parts = [f"{ends['done']} files redacted", f"{n_before} were done before" if n_before else ""]
    there = f"{ends['there']} are there already (--overwrite makes them anew)"
    parts += [there if ends["there"] else ""]
    parts += [f"{n_other} left out (see --glob)" if n_other else ""]
    parts += [f"{n_failed} FAILED" if n_failed else ""]
    typer.echo(", ".join(part for part in parts if part), err=True)
    typer.echo(summary(work.counts), err=True)
    return n_failed


def _try_file(work: Work, job: Job, *args: Any) -> str:
    """Redact one file of many; a mistake in it does not stop the others."""
    try:
        return _redact_file(work, job, *args)
    except WriteError:
        raise
    except (ValueError, OSError) as error:
        typer.echo(f"Error: {error}", err=True)
        return "failed"


def _collect(work: Work, jobs: Sequence[Job], corpus: Corpus) -> dict[str, tuple[str, list[Any]]]:
    """Read every file before any is written, as a corpus asks. Any mistake stops it all."""
    known = {}
    for job in progress(jobs):
        stamp = stamp_of(job.source)  # before it is read, so that no change is missed
        parsed = parse(job.source.read_bytes(), str(job.source), work.reading)
        found = work.find(parsed)
        for text, spans in zip(parsed.texts, found, strict=True):
            corpus.add(text, spans)
        known[job.name] = stamp, found
    return known


def _redact_file(
    work: Work,
    job: Job,
    journal: Journal,
    corpus: Corpus | None,
    known: tuple[str, list[Any]] | None,
    overwrite: bool,
) -> str:
    """Redact one file of many.

    RETURNS (str): "done"; "before" if a run did it that was stopped, "there" if it was finished.
    """
    stamp = stamp_of(job.source)
    # In a corpus, one text more may change what others get: everything is written anew.
    if corpus is None and not overwrite and journal.is_done(job, stamp):
        return "before"
    if job.target.exists() and not overwrite and not journal.owns(job):
        why = _why_not_there(work, job, journal, corpus)
        if not why:
            return "there"
        raise ValueError(
            f"{job.target} is there already, but {why}. Move it away, or use --overwrite."
        )
    parsed = parse(job.source.read_bytes(), str(job.source), work.reading)
    if known is not None and known[0] != stamp:
        raise ValueError(f"{job.source} changed while it was read. Run the command again.")
    found = work.find(parsed) if known is None else known[1]
    made, back, counts = work.redact(parsed, found, corpus)
    with naming(job.target):
        journal.enter(job, BEGUN, stamp)
        if work.mapping is not None:
            place = job.map_in(work.mapping)
            with naming(place):
                work.save_map(place, back)
        write_atomically(job.target, made)
        journal.enter(job, DONE, stamp)
    work.counts.update(counts)
    return "done"


def _why_not_there(work: Work, job: Job, journal: Journal, corpus: Corpus | None) -> str:
    """Say why an output that is there cannot stay as it is, or nothing if it can."""
    if corpus is not None:
        return "files that are new may change it, in the scope of a corpus"
    if not journal.is_there(job, work.mapping):
        return "it is older than its source, or has no map"
    source = job.source.read_bytes()
    if source != job.target.read_bytes():
        return ""
    # The same as its source: nothing was found in it, or somebody copied it there.
    parsed = parse(source, str(job.source), work.reading)
    made, *_ = work.redact(parsed, work.find(parsed), None)
    return "" if made == source else "it is a copy of its source, with personal data in it"
