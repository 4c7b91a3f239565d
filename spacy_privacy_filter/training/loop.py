"""A config -> a trained pipeline, as `spacy train` makes it, but a killed run can go on.

Follows spaCy 3.8's `training/loop.py` step by step and draws the same random numbers, so the
weights are those that `spacy train` gives: on a CPU bit for bit, also after a kill; a GPU adds
numbers in an order that differs from run to run. Unlike it, the last step is always measured, so
"model-best" may be that one; and what an earlier run left stays until there is something to put in
its place.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, Any, Final

from spacy.errors import Errors
from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import (
    DIR_MODEL_BEST,
    DIR_MODEL_LAST,
    create_before_to_disk_callback,
    create_evaluation_callback,
    subdivide_batch,
    update_meta,
)
from spacy.util import registry, resolve_dot_names
from thinc.api import Config, Optimizer, fix_random_seed

from ..checkpoints.source import PIPELINE
from ..files import check_folder, mend_folder, replace_folder
from ..pipeline.storage.provenance import inherit_meta
from .state import (
    DONE,
    Progress,
    fingerprint,
    is_finished,
    keep_random,
    read_state,
    write_finished,
    write_state,
)
from .vocabulary import without_texts

STATE: Final = "resume.safetensors"
FOLDERS: Final = (DIR_MODEL_BEST, DIR_MODEL_LAST)
RESUME, RESTART = "resume", "restart"


@dataclass
class Run:
    """What a training run works with. See the [training] block of a config."""

    nlp: Language
    output: Path
    settings: dict[str, Any]
    optimizer: Optimizer
    evaluate: Callable[[], tuple[float, dict[str, Any]]]
    progress: Progress

    @property
    def frozen(self) -> list[str]:
        """Components that are not trained."""
        frozen: list[str] = self.settings["frozen_components"]
        return frozen


def train(
    config: Config,
    output: Path,
    *,
    existing: str | None = None,
    use_gpu: int = -1,
    stdout: IO[str],
    stderr: IO[str],
) -> Path:
    """Train a pipeline; at each evaluation write it, the best so far, and where the run stands.

    config (Config): As for `spacy train`.
    output (Path): Gets "model-best", "model-last", and "resume.safetensors" until the end.
    existing (str | None): What to do about a run in `output`: "resume" goes on with one that was
        stopped, is content with one that has finished with this config on these data, and starts
        if there is neither; "restart" starts anew, and so does None, unless a run was stopped.
    use_gpu (int): GPU in use, -1 for the CPU.
    stdout, stderr (IO): Where the logger writes.
    RETURNS (Path): The last pipeline.
    RAISES (ValueError): An unfinished run of another config or other data, or one that is there
        and `existing` is None. (FileExistsError): No pipeline where one would be replaced.
    """
    state = output / STATE
    for name in FOLDERS:
        mend_folder(output / name)
        check_folder(output / name, PIPELINE, "a saved pipeline")
    if state.exists() and existing is None:
        raise ValueError(
            f"{output} holds a run that was stopped. Go on with --resume, or drop it with "
            "--restart."
        )
    going_on = state.exists() and existing == RESUME
    run, batches = _prepare(config, output, use_gpu)
    if existing == RESUME and not going_on and _has_finished(run):
        stdout.write(f"Nothing to do: the run in {output} has finished. --restart trains anew.\n")
        return output / DIR_MODEL_LAST
    output.mkdir(parents=True, exist_ok=True)
    if going_on:
        run.progress = read_state(state, run.nlp, run.optimizer, run.progress)
        stdout.write(f"Going on after step {run.progress.step}\n")
    with run.nlp.select_pipes(disable=run.frozen):
        log, finish_log = run.settings["logger"](run.nlp, stdout, stderr)
    try:
        _train(run, batches, log)
    finally:
        finish_log()
    _save(run, best=False)
    write_finished(output / DONE, run.progress)
    state.unlink(missing_ok=True)
    return output / DIR_MODEL_LAST


def _prepare(config: Config, output: Path, use_gpu: int) -> tuple[Run, Batches]:
    """Initialise the pipeline and read the data, as spaCy does before it trains."""
    nlp = init_nlp(config, use_gpu=use_gpu)
    filled = nlp.config.interpolate()
    if filled["training"]["seed"] is not None:
        fix_random_seed(filled["training"]["seed"])
    settings = registry.resolve(filled["training"], schema=ConfigSchemaTraining)
    corpora = resolve_dot_names(filled, [settings["train_corpus"], settings["dev_corpus"]])
    batches = Batches(nlp, corpora[0], settings["batcher"], settings["max_epochs"])
    inherit_meta(nlp, len(batches.examples) or None)
    run = Run(
        nlp,
        output,
        settings,
        settings["optimizer"],
        create_evaluation_callback(nlp, corpora[1], settings["score_weights"]),
        Progress(config=filled.to_str(), data=_fingerprint(nlp, batches, corpora[1])),
    )
    return run, batches


def _has_finished(run: Run) -> bool:
    """Whether the folder holds what this very run would give."""
    whole = all((run.output / name).is_dir() for name in FOLDERS)
    return whole and is_finished(run.output / DONE, run.progress)


def _fingerprint(
    nlp: Language, batches: Batches, dev: Callable[[Language], Iterable[Example]]
) -> str:
    """Hash what is learnt from and measured on. A reader may draw random numbers: not of ours."""
    with keep_random():
        return f"{fingerprint(batches.examples)} {fingerprint(dev(nlp))}"


def _train(run: Run, batches: Batches, log: Callable[[dict[str, Any] | None], None]) -> None:
    """Run all steps that are left."""
    progress, settings = run.progress, run.settings
    dropouts = _values(settings["dropout"])
    for _ in range(progress.step + 1):
        next(dropouts)
    losses: dict[str, float] = {}
    clock = perf_counter() - progress.seconds
    if _is_over(run):
        return
    epoch = progress.epoch
    for epoch, batch in batches.after(progress):
        progress.step += 1
        _update(run, epoch, batch, next(dropouts), losses)
        progress.words += sum(len(example) for example in batch)
        progress.seconds = perf_counter() - clock
        if progress.step % settings["eval_frequency"]:
            log(None)
        else:
            _evaluate(run, epoch, losses, log)
            losses = {}
        if _is_over(run):
            break
    if progress.results and progress.results[-1][1] != progress.step:
        _evaluate(run, epoch, losses, log)


def _update(
    run: Run, epoch: int, batch: list[Example], dropout: float, losses: dict[str, float]
) -> None:
    nlp, settings = run.nlp, run.settings
    if settings["before_update"]:
        settings["before_update"](nlp, {"step": run.progress.step, "epoch": epoch})
    for part in subdivide_batch(batch, settings["accumulate_gradient"]):
        nlp.update(
            part,
            drop=dropout,
            losses=losses,
            sgd=False,  # type: ignore[arg-type]
            exclude=run.frozen,
            annotates=settings["annotating_components"],
        )
    for name, pipe in nlp.pipeline:
        if name not in run.frozen and getattr(pipe, "is_trainable", False):
            pipe.finish_update(run.optimizer)  # type: ignore[attr-defined]
    run.optimizer.step_schedules()


def _evaluate(
    run: Run, epoch: int, losses: dict[str, float], log: Callable[[dict[str, Any] | None], None]
) -> None:
    """Score the pipeline, save it, log, and write down where the run stands."""
    nlp, progress, settings = run.nlp, run.progress, run.settings
    with nlp.use_params(run.optimizer.averages):
        score, others = run.evaluate()
    if not progress.results:  # from here on the folder is this run's
        for name in (STATE, DONE):
            (run.output / name).unlink(missing_ok=True)
    progress.results.append((score, progress.step))
    best = score == max(progress.results)[0]
    info = {
        "epoch": epoch,
        "step": progress.step,
        "score": score,
        "other_scores": others,
        "losses": losses,
        "checkpoints": progress.results,
        "seconds": int(progress.seconds),
        "words": progress.words,
        "output_path": str(run.output / DIR_MODEL_LAST),
    }
    with nlp.select_pipes(disable=run.frozen):
        update_meta(settings, nlp, info)
    _save(run, best)
    log(info)
    write_state(run.output / STATE, nlp, run.optimizer, progress)


def _save(run: Run, best: bool) -> None:
    """Write the pipeline as the last, and as the best if it is. Each folder is replaced whole."""
    given = run.settings["before_to_disk"]
    before_to_disk = create_before_to_disk_callback(given)
    draft = run.output / f".{DIR_MODEL_LAST}.new"
    shutil.rmtree(draft, ignore_errors=True)
    with run.nlp.use_params(run.optimizer.averages):
        changed = before_to_disk(run.nlp)
        # Also where the config does not ask for it; once, for the sake of its warning.
        saved = changed if given is without_texts else without_texts(changed)
        saved.to_disk(draft)
    replace_folder(draft, run.output / DIR_MODEL_LAST)
    if best:
        draft = run.output / f".{DIR_MODEL_BEST}.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(run.output / DIR_MODEL_LAST, draft)
        replace_folder(draft, run.output / DIR_MODEL_BEST)


def _is_over(run: Run) -> bool:
    """Whether there is nothing left to do: steps used up, or no better score for too long."""
    progress, settings = run.progress, run.settings
    if not progress.results:
        return False
    _, best = max((score, -step) for score, step in progress.results)
    patience, max_steps = settings["patience"], settings["max_steps"]
    waited = bool(patience) and progress.step + best >= patience
    return waited or (bool(max_steps) and progress.step >= max_steps)


def _values(setting: Any) -> Iterator[float]:
    """The values of a setting that may be one number or a schedule."""
    if isinstance(setting, int | float):
        while True:
            yield float(setting)
    yield from setting


class Batches:
    """The training examples in batches, epoch after epoch, in spaCy's order."""

    def __init__(
        self,
        nlp: Language,
        corpus: Callable[[Language], Iterable[Example]],
        batcher: Callable[[Iterable[Example]], Iterable[list[Example]]],
        max_epochs: int,
    ) -> None:
        self.nlp, self.corpus, self.batcher, self.max_epochs = nlp, corpus, batcher, max_epochs
        self.examples: list[Example] = []
        if max_epochs >= 0:
            self.examples = list(corpus(nlp))
            if not self.examples:
                raise ValueError(Errors.E986)

    def after(self, progress: Progress) -> Iterator[tuple[int, list[Example]]]:
        """Give the batches that come after those that are done, and keep `progress` up to date."""
        now = random.getstate()
        done, resumed = progress.batch, bool(progress.shuffles)
        for epoch in range(len(progress.shuffles)):
            # Shuffling and batching again is the one way that holds for every batcher.
            version, numbers, gauss = progress.shuffles[epoch]
            random.setstate((version, tuple(numbers), gauss))
            batches = iter(self.batcher(self._epoch()))
            if epoch < progress.epoch:
                for _ in batches:
                    pass
                continue
            for _ in range(done):
                next(batches)
            random.setstate(now)
            yield from self._rest(progress, batches)
        if not resumed:
            progress.epoch = -1
        while self.max_epochs < 1 or progress.epoch + 1 < self.max_epochs:
            progress.epoch, progress.batch = progress.epoch + 1, 0
            progress.shuffles.append(random.getstate())
            yield from self._rest(progress, iter(self.batcher(self._epoch())))

    def _epoch(self) -> Iterable[Example]:
        if self.max_epochs < 0:
            return self.corpus(self.nlp)
        random.shuffle(self.examples)
        return self.examples

    @staticmethod
    def _rest(
        progress: Progress, batches: Iterator[list[Example]]
    ) -> Iterator[tuple[int, list[Example]]]:
        for batch in batches:
            progress.batch += 1
            yield progress.epoch, list(batch)
