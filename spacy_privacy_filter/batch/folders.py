"""Files and folders -> a folder with the same files redacted; a run that was stopped goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WriteError, WrongUseError, naming
from ..files import write_atomically
from ..progress import SILENT, Progress
from .formats.reading import AUTO
from .formats.registry import BY_SUFFIX, written_name
from .journal import Job, Journal, State, stamp_of
from .runner import FileRedactor

if TYPE_CHECKING:
    from ..redact.engine import Corpus
    from ..types import CharSpan


class Outcome(Enum):
    """What became of one file of many."""

    REDACTED = "redacted"
    BEFORE = "redacted by a run that was stopped"
    THERE = "there already"
    FAILED = "failed"


@dataclass(frozen=True)
class FolderReport:
    """What became of many files.

    n_redacted (int): Files that were redacted now.
    n_before (int): Files that a run redacted which was stopped.
    n_there (int): Files whose output was there already.
    n_left_out (int): Files of folders that did not count.
    n_failed (int): Files that could not be done.
    counts (Counter[str]): How many spans of each label were replaced now.
    """

    n_redacted: int
    n_before: int
    n_there: int
    n_left_out: int
    n_failed: int
    counts: Counter[str]


def redact_files(
    redactor: FileRedactor,
    paths: Sequence[Path],
    output: Path,
    *,
    pattern: str | None = None,
    overwrite: bool = False,
    progress: Progress = SILENT,
) -> FolderReport:
    """Redact files into a folder. A mistake in one does not stop the others.

    Every file appears whole or not at all. A journal in the folder lets the same call go on after a
    stop; it is removed when all is done. A file whose output is there already is left as it is,
    unless it was changed since.

    redactor (FileRedactor): What is done to each file.
    paths (Sequence[Path]): Files and folders.
    output (Path): Folder that gets the results, under the same names.
    pattern (str | None): Which files of folders count, "*.txt"; None for known endings.
    overwrite (bool): Write files anew, also those that are there.
    progress (Progress): Is told of folders that are made and of files that could not be done.
    RETURNS (FolderReport): What became of the files.
    RAISES (FileNotFoundError): No such file.
    RAISES (WrongUseError): Two files of one name, or an output among the inputs.
    RAISES (ValueError): A journal that cannot be read, no pipeline, or, in the scope of a corpus, a
        file that cannot be read.
    """
    jobs, n_left_out = list_jobs(paths, output, pattern, redactor.reading.form)
    for folder in (output, redactor.maps):
        if folder is not None:
            progress.say_new_folder(folder)
    run = _Run(redactor, Journal.open(output, redactor.fingerprint), overwrite)
    run.prepare(jobs, progress)
    outcomes: Counter[Outcome] = Counter()
    try:
        for job in progress.track(jobs, "Redacting", len(jobs)):
            outcomes[run.try_file(job, progress)] += 1
    except WriteError as error:  # the next file would fare no better
        progress.say(f"Error: {error} Stopped; the same command goes on from here.")
        outcomes[Outcome.FAILED] += 1
    if not outcomes[Outcome.FAILED]:
        run.journal.close()
    return FolderReport(
        n_redacted=outcomes[Outcome.REDACTED],
        n_before=outcomes[Outcome.BEFORE],
        n_there=outcomes[Outcome.THERE],
        n_left_out=n_left_out,
        n_failed=outcomes[Outcome.FAILED],
        counts=run.counts,
    )


def list_jobs(
    paths: Sequence[Path], output: Path, pattern: str | None, form: str = AUTO
) -> tuple[list[Job], int]:
    """Find the files to redact. A folder is searched with all that is below it, in order of name.

    paths (Sequence[Path]): Files and folders.
    output (Path): Folder that gets the results, under the same names.
    pattern (str | None): Which files of folders count, "*.txt"; None for known endings.
    form (str): Name of their format; "auto" to go by the ending.
    RETURNS (tuple[list[Job], int]): The jobs, and how many files of folders do not count.
    RAISES (FileNotFoundError): No such file.
    RAISES (WrongUseError): Two files of one name, or an output among the inputs.
    """
    jobs, n_left_out = [], 0
    goal = output.resolve()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"No such file or folder: {path}.")
        if not path.is_dir():
            name = written_name(path.name, form)
            jobs.append(Job(path, output / name, name))
            continue
        if goal.is_relative_to(path.resolve()):
            raise WrongUseError(
                f"The output folder {output} is inside the input folder {path}, so that results "
                "would be taken for inputs. Choose one beside it."
            )
        for file in _walk(path):
            if not (file.match(pattern) if pattern else file.suffix.lower() in BY_SUFFIX):
                n_left_out += 1
                continue
            name = written_name(file.relative_to(path).as_posix(), form)
            jobs.append(Job(file, output / name, name))
    _refuse_collisions(jobs)
    return jobs, n_left_out


def _refuse_collisions(jobs: Sequence[Job]) -> None:
    """Refuse files that would be written over each other or over themselves."""
    sources: dict[str, Path] = {}
    for job in jobs:
        name = job.name.casefold()
        if name in sources:
            raise WrongUseError(
                f"{sources[name]} and {job.source} would both be written to {job.target}. Redact "
                "them into folders of their own."
            )
        sources[name] = job.source
        if job.target.resolve() == job.source.resolve():
            raise WrongUseError(f"{job.source} would be overwritten. Choose another output.")


def _walk(folder: Path) -> list[Path]:
    """List the files of a folder and all below it, but hidden ones."""
    files = (path for path in folder.rglob("*") if path.is_file())
    shown = (p for p in files if not any(part[0] == "." for part in p.relative_to(folder).parts))
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix())


@dataclass
class _Run:
    """One run over many files.

    corpus (Corpus | None): What the files share, if they share anything.
    known (dict): By the name of a file that was read for the corpus: its stamp, and its spans.
    counts (Counter[str]): Of the files redacted so far.
    """

    redactor: FileRedactor
    journal: Journal
    overwrite: bool
    corpus: Corpus | None = None
    known: dict[str, tuple[str, list[Sequence[CharSpan]]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def prepare(self, jobs: Sequence[Job], progress: Progress) -> None:
        """Load the pipeline, and read every file before any is written, as a corpus asks."""
        corpus = self.redactor.make_corpus()
        if corpus is not None and (self.overwrite or not self._is_nothing_new(jobs)):
            self.corpus = corpus
        _ = self.redactor.pipeline  # if there is none, that is no fault of a file
        if self.corpus is None:
            return
        for job in progress.track(jobs, "Redacting", len(jobs)):
            stamp = stamp_of(job.source)  # before it is read, so that no change is missed
            file = self.redactor.read(job.source.read_bytes(), str(job.source))
            file.add_to(self.corpus)
            self.known[job.name] = stamp, file.spans

    def _is_nothing_new(self, jobs: Sequence[Job]) -> bool:
        """Whether every output is there: nothing is new that might change the others."""
        return all(self.journal.is_there(job, self.redactor.maps) for job in jobs)

    def try_file(self, job: Job, progress: Progress) -> Outcome:
        """Redact one file of many; a mistake in it does not stop the others.

        RAISES (WriteError): A disk that takes no more.
        """
        try:
            return self._redact(job)
        except WriteError:
            raise
        except (ValueError, OSError) as error:
            progress.say(f"Error: {error}")
            return Outcome.FAILED

    def _redact(self, job: Job) -> Outcome:
        maps = self.redactor.maps
        stamp = stamp_of(job.source)  # before it is read, so that no change is missed
        state = self.journal.find_state(job, stamp, maps)
        # In a corpus, one text more may change what others get: everything is written anew.
        if state is State.DONE and self.corpus is None and not self.overwrite:
            return Outcome.BEFORE
        if state in (State.THERE, State.STALE) and not self.overwrite:
            if why := self._why_not_there(job, state):
                raise ValueError(
                    f"{job.target} is there already, but {why}. Move it away, or use --overwrite."
                )
            return Outcome.THERE
        known_stamp, spans = self.known.get(job.name, (stamp, None))
        file = self.redactor.read(job.source.read_bytes(), str(job.source), spans)
        if known_stamp != stamp:
            raise ValueError(f"{job.source} changed while it was read. Run the command again.")
        done = self.redactor.redact(file, self.corpus)
        with naming(job.target), self.journal.writing(job, stamp):
            if maps is not None:
                self.redactor.save_mappings(done, job.map_in(maps))
            write_atomically(job.target, done.content)
        self.counts.update(done.counts)
        return Outcome.REDACTED

    def _why_not_there(self, job: Job, state: State) -> str:
        """Say why an output that is there cannot stay as it is, or nothing if it can."""
        if self.corpus is not None:
            return "files that are new may change it, in the scope of a corpus"
        if state is State.STALE:
            return "it is older than its source, or has no map"
        source = job.source.read_bytes()
        if source != job.target.read_bytes():
            return ""
        # The same as its source: nothing was found in it, or somebody copied it there.
        done = self.redactor.redact(self.redactor.read(source, str(job.source)))
        same = done.content == source
        return "" if same else "it is a copy of its source, with personal data in it"
