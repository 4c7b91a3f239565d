"""Files and folders -> a folder with the same files redacted; a run that was stopped goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import WriteError, is_about_one, naming, reading_options
from ..files import mode_of, remove_drafts, write_atomically
from ..progress import SILENT, Progress
from .jobs import list_jobs, read_source, refuse_links_out, stamp_of
from .manifest import Job, Manifest, State, Ways
from .runner import FileRedactor, RedactedFile
from .state_key import find_key

if TYPE_CHECKING:
    from ..redact.engine import Corpus
    from ..types import CharSpan


class Outcome(Enum):
    """What became of one file of many."""

    REDACTED = "redacted"
    PARTLY = "redacted, without rows that could not be read"
    THERE = "there already"
    FAILED = "failed"


@dataclass(frozen=True)
class FolderReport:
    """What became of many files.

    n_redacted (int): Files that were redacted now.
    n_there (int): Files whose output was there already, made of the same in the same way.
    n_left_out (int): Files of folders that did not count.
    n_failed (int): Files that could not be done.
    n_partly (int): Files that were redacted without rows that could not be read.
    counts (Counter[str]): How many spans of each label were replaced now.
    """

    n_redacted: int
    n_there: int
    n_left_out: int
    n_failed: int
    n_partly: int
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

    Every file appears whole or not at all. A manifest in the folder tells what was made of which
    source, so that the same call goes on after a stop, and later makes what has changed. An output
    that no run is known to have made, or that somebody changed since, stays.

    redactor (FileRedactor): What is done to each file.
    paths (Sequence[Path]): Files and folders.
    output (Path): Folder that gets the results, under the same names.
    pattern (str | None): Which files of folders count, "*.txt"; None for known endings.
    overwrite (bool): Write files anew, also those that are there.
    progress (Progress): Is told of folders that are made and of files that could not be done.
    RETURNS (FolderReport): What became of the files.
    RAISES (FileNotFoundError): No such file.
    RAISES (WrongUseError): Two files of one name, or an output among the inputs.
    RAISES (ValueError): A manifest that cannot be read, no pipeline, or, in the scope of a corpus,
        a file that cannot be read.
    """
    jobs, n_left_out = list_jobs(paths, output, pattern, redactor.reading.form)
    for folder in (output, redactor.maps):
        if folder is not None:
            progress.say_new_folder(folder)
    _clean(jobs, redactor.maps)
    manifest = Manifest.open(output, find_key(redactor.key, output))
    run = _Run(redactor, manifest, overwrite, Ways(redactor.fingerprint))
    run.prepare(jobs, progress)
    outcomes: Counter[Outcome] = Counter()
    try:
        for job in progress.track(jobs, "Redacting", len(jobs)):
            outcomes[run.try_file(job, progress)] += 1
    except WriteError as error:  # the next file would fare no better
        progress.say(f"Error: {error} Stopped; the same command goes on from here.")
        outcomes[Outcome.FAILED] += 1
    with suppress(OSError):  # it only grows a little longer
        manifest.close()
    return FolderReport(
        n_redacted=outcomes[Outcome.REDACTED],
        n_there=outcomes[Outcome.THERE],
        n_left_out=n_left_out,
        n_failed=outcomes[Outcome.FAILED],
        n_partly=outcomes[Outcome.PARTLY],
        counts=run.counts,
    )


def _clean(jobs: Sequence[Job], maps: Path | None) -> None:
    """Remove what a killed run was writing."""
    folders = {job.target.parent for job in jobs}
    if maps is not None:
        folders |= {job.map_in(maps).parent for job in jobs}
    for folder in folders:
        remove_drafts(folder)


@dataclass
class _Run:
    """One run over many files.

    ways (Ways): How files are made.
    corpus (Corpus | None): What the files share, if they share anything.
    known (dict): By the name of a file that was read for the corpus: its stamp, and its spans.
    counts (Counter[str]): Of the files redacted so far.
    """

    redactor: FileRedactor
    manifest: Manifest
    overwrite: bool
    ways: Ways
    corpus: Corpus | None = None
    known: dict[str, tuple[str, list[Sequence[CharSpan]]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def prepare(self, jobs: Sequence[Job], progress: Progress) -> None:
        """Load the pipeline, and read every file before any is written, as a corpus asks."""
        corpus = self.redactor.make_corpus()
        if corpus is not None:
            self.ways = replace(self.ways, corpus=self._digest_all(jobs))
            if self.overwrite or not self._is_nothing_new(jobs):
                self.corpus = corpus
        with reading_options(), progress.stage("Loading the pipeline"):
            _ = self.redactor.pipeline  # if there is none, that is no fault of a file
        if self.corpus is None:
            return
        for job in progress.track(jobs, "Redacting", len(jobs)):
            stamp = stamp_of(job)  # before it is read, so that no change is missed
            file = self.redactor.read(read_source(job), str(job.source))
            file.add_to(self.corpus)
            self.known[job.name] = stamp, file.spans

    def _digest_all(self, jobs: Sequence[Job]) -> str:
        """Make a digest of all sources of a corpus."""
        parts = sorted((job.name, self.manifest.digest(read_source(job))) for job in jobs)
        return self.manifest.digest(repr(parts), "corpus")

    def _is_nothing_new(self, jobs: Sequence[Job]) -> bool:
        """Whether every output is there: nothing is new that might change the others."""
        return all(self._find_state(job, read_source(job)) is State.THERE for job in jobs)

    def _find_state(self, job: Job, content: bytes) -> State:
        source = self.manifest.digest(content)
        return self.manifest.find_state(job, source, self.ways, self.redactor.maps)

    def try_file(self, job: Job, progress: Progress) -> Outcome:
        """Redact one file of many; a mistake in it does not stop the others.

        RAISES (WriteError): A disk that takes no more.
        """
        try:
            return self._redact(job, progress)
        except WriteError as error:
            if is_about_one(error):
                progress.say(f"Error: {error}")
                return Outcome.FAILED
            raise
        except (ValueError, OSError, RecursionError) as error:
            said = "it is nested too deep" if isinstance(error, RecursionError) else error
            progress.say(f"Error: {said}" if said is error else f"Error: {job.source}: {said}.")
            return Outcome.FAILED

    def _redact(self, job: Job, progress: Progress) -> Outcome:
        refuse_links_out(job)
        content, stamp = read_source(job), stamp_of(job)
        source = self.manifest.digest(content)
        state = self.manifest.find_state(job, source, self.ways, self.redactor.maps)
        if state is State.THERE and not self.overwrite:
            return Outcome.THERE
        if state in (State.CHANGED, State.CORPUS) and not self.overwrite:
            raise ValueError(_why_not(job, _REASONS[state]))
        known_stamp, spans = self.known.get(job.name, (stamp, None))
        file = self.redactor.read(content, str(job.source), spans)
        if known_stamp != stamp:
            raise ValueError(f"{job.source} changed while it was read. Run the command again.")
        done = self.redactor.redact(file, self.corpus)
        if state is State.FOREIGN and not self.overwrite:
            return self._adopt(job, content, done)
        self._write(job, content, done)
        progress.tell(done.notes, [f"{problem}" for problem in done.problems])
        self.counts.update(done.counts)
        return Outcome.PARTLY if done.problems else Outcome.REDACTED

    def _write(self, job: Job, content: bytes, done: RedactedFile) -> None:
        """Write an output, and its way back before it."""
        maps, source = self.redactor.maps, self.manifest.digest(content)
        # Without its rows that failed it is not done: the next run tries again.
        source = "" if done.problems else source
        with naming(job.target), self.manifest.writing(job, source, self.ways, done.content):
            if maps is not None:
                self.redactor.save_mappings(done, job.map_in(maps))
            write_atomically(job.target, done.content, mode_of(job.source))

    def _adopt(self, job: Job, content: bytes, done: RedactedFile) -> Outcome:
        """Take an output that no run is known to have made, if it is what would be made.

        RAISES (ValueError): It is something else.
        """
        there, maps = job.target.read_bytes(), self.redactor.maps
        if there == content and there != done.content:
            raise ValueError(_why_not(job, "it is a copy of its source, with personal data in it"))
        if there != done.content or done.problems:
            raise ValueError(_why_not(job, "no run of this command is known to have made it"))
        if maps is not None and not job.map_in(maps).is_file():
            raise ValueError(_why_not(job, "it has no map"))
        self.manifest.enter_done(job, self.manifest.digest(content), self.ways, there)
        return Outcome.THERE


_REASONS: Final = {
    State.CHANGED: "it was changed since it was made",
    State.CORPUS: "files that are new may change it, in the scope of a corpus",
}


def _why_not(job: Job, reason: str) -> str:
    return f"{job.target} is there already, but {reason}. Move it away, or use --overwrite."
