"""Measure speed and memory beside the other ways to run this model, all in one run: `make bench`.

    python benchmarks/bench.py [--quick] [--only SECTION ...] [--out benchmarks/results]

Writes results.json and results.md, with ratios, as cells come: a stop loses only what is being
measured. Ends with 1 if a section failed or had no time, with 2 if an argument is wrong. Weights
are random, of the published size, with evenly used experts; they need 3 GB of disk while this runs.
H is transformers in float32 as users run it, B the best that it can do: bfloat16, grouped_mm
experts, batches sorted by length. A full run takes 26 minutes at most, --quick 3.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import machine  # noqa: E402
import mixed_texts  # noqa: E402
import options  # noqa: E402
import report  # noqa: E402
import rooms  # noqa: E402
from mixed_texts import cells  # noqa: E402
from random_checkpoint import SMALL  # noqa: E402
from runner import Worker  # noqa: E402

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig  # noqa: E402

MINUTES = {False: 25.0, True: 2.8}
TURNS = {False: 5, True: 2}
# A run that takes longer than so many seconds is not repeated.
ENOUGH = 8.0
NEEDED_DISK = 6e9


class Bench:
    """The state of one run: settings, time left, results, and what must be gone at the end."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.quick, self.out, self.n_threads = args.quick, args.out, args.threads
        self.minutes = args.minutes or MINUTES[args.quick]
        self.start = time.monotonic()
        self.tiny = args.tiny
        self.config = NetworkConfig(**(SMALL if args.tiny else {}))
        self.workers: list[Worker] = []
        # Its name is known before it is made: between mkdtemp and `try` a signal would leave it.
        self.folder = Path(tempfile.gettempdir()) / f"privacy-filter-bench-{uuid.uuid4().hex}"
        self.written = self.kept = False
        self.results: dict[str, Any] = {"quick": args.quick, "tiny": args.tiny}
        self.path = self.out / "results.json"
        if args.only:  # a part anew, beside what there is
            self.results |= self._earlier()

    def _earlier(self) -> dict[str, Any]:
        """Sections of an earlier run of the same network, marked as such."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict) or found.get("tiny", False) != self.tiny:
            return {}
        sections = {name: found[name] for name in SECTIONS if isinstance(found.get(name), dict)}
        found = sections | {"earlier": list(sections)}
        try:
            report.markdown(self.results | found)
        except (AttributeError, KeyError, TypeError, ValueError):  # of another version, or damaged
            return {}
        return found

    @property
    def left(self) -> float:
        """Seconds."""
        return self.minutes * 60 - (time.monotonic() - self.start)

    def say(self, text: str) -> None:
        """Show how far it is."""
        print(f"[{time.monotonic() - self.start:6.0f} s] {text}", flush=True)

    def keep(self, section: str, values: Any) -> None:
        """Write what is known so far; a kill loses only what is being measured."""
        self.results[section] = values
        if section in self.results.get("earlier", []):
            self.results["earlier"].remove(section)
        for path, text in (
            (self.path, json.dumps(self.results, indent=1)),
            (self.out / "results.md", report.markdown(self.results)),
        ):
            part = path.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        self.kept = self.kept or section in SECTIONS

    def checkpoint(self) -> str:
        """Make the random checkpoint, once."""
        if not self.written:
            room = self.folder.parent
            if not self.tiny and shutil.disk_usage(room).free < NEEDED_DISK:
                raise RuntimeError(f"{room} has less than 6 GB free. Set TMPDIR to another disk.")
            size = machine.weights_gb(self.config)["bfloat16"]
            self.say(f"writing {size:.{1 if size > 1 else 3}f} GB of random weights")
            self.folder.mkdir()
            command = [sys.executable, str(HERE / "random_checkpoint.py"), str(self.folder)]
            command += ["--tiny"] if self.tiny else []
            subprocess.run(command, check=True, timeout=max(30.0, self.left))
            self.written = True
        return str(self.folder)

    def worker(self, way: str, folder: str) -> Worker:
        """Start one, and wait until it is ready."""
        worker = Worker(way, folder, self.n_threads, lambda: self.left)
        self.workers.append(worker)
        worker.ready = worker.hear()
        return worker

    def end_workers(self) -> None:
        """Let all go."""
        while self.workers:
            self.workers[-1].end()
            self.workers.pop()

    def close(self) -> None:
        """Leave nothing behind."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        self.end_workers()
        shutil.rmtree(self.folder, ignore_errors=True)


def run_machine(bench: Bench) -> None:
    """Ceilings."""
    size = machine.SMALL_SIZE if bench.tiny else machine.SIZE
    bench.keep("machine", machine.measure(bench.n_threads, size))
    bench.say(str(bench.results["machine"]))


def run_network(bench: Bench) -> None:
    """Pieces to logits, every way, interleaved."""
    ceilings = bench.results.get("machine", {})
    if ceilings.get("threads") != bench.n_threads:  # floors follow from them
        run_machine(bench)
    folder, found = bench.checkpoint(), {}
    found["weights_gb"] = machine.weights_gb(bench.config)
    found["pieces"] = {c["name"]: sum(c["lengths"]) for c in cells(False)}
    found["floors"] = floors(bench)
    free = math.inf if bench.tiny else rooms.free_gb()
    wanted = rooms.QUICK_GROUPS if bench.quick else rooms.GROUPS
    groups, skipped = rooms.groups_that_fit(wanted, free)
    for ways in skipped:
        why = f"{' beside '.join(ways)} needs {rooms.need_gb(ways):.1f} GB, {free:.1f} are free"
        found.setdefault("skipped", []).append(why)
        bench.say(why)
    for number, group in enumerate(groups):
        reserve = 20 if bench.quick else 150  # for what comes after
        until = bench.left - (bench.left - reserve) / (len(groups) - number)
        for way in group if bench.left > 30 else ():
            worker = bench.worker(way, folder)
            bench.say(f"{way}: {worker.ready}")
            found.setdefault("load", {})[way] = worker.ready
        bench.keep("network", found)
        measure_group(bench, bench.workers, found, until)
        bench.end_workers()
    if "cells" not in found:
        raise RuntimeError("no way of running the network gave a figure")


def measure_group(bench: Bench, workers: list[Worker], found: dict[str, Any], until: float) -> None:
    """Run every cell in every way once, then again and again while there is time.

    Time is for the cells that take long in the first turn, and for medians in the others.
    """
    times: dict[str, dict[str, list[float]]] = {}
    for turn in range(TURNS[bench.quick] + 1):
        # Cheap cells first: time may run out.
        for cell in sorted(cells(bench.quick), key=lambda c: sum(c["lengths"])):
            mine = times.setdefault(cell["name"], {worker.way: [] for worker in workers})
            slowest = max((t[0] for t in mine.values() if t), default=0.0)
            # What takes long needs no turn to warm up, and is not repeated.
            if slowest > ENOUGH or bench.left < (until if turn else 30):
                continue
            interleave(workers, cell, mine, found.setdefault("peak_gb", {}))
            medians = {way: typical(t) for way, t in mine.items() if t}
            if not medians:
                continue
            said = "  ".join(f"{way} {seconds:.3f}" for way, seconds in medians.items())
            bench.say(f"{cell['name']:>9}  {said}")
            runs = found.setdefault("cells", {}).setdefault(cell["name"], [])
            found["cells"][cell["name"]] = [r for r in runs if set(r) != set(medians)] + [medians]
            bench.keep("network", found)


def typical(seconds: list[float]) -> float:
    """The median, without the first one, which has warmed up."""
    return statistics.median(seconds[1:] or seconds)


def interleave(
    workers: list[Worker],
    cell: dict[str, Any],
    times: dict[str, list[float]],
    peaks: dict[str, float],
) -> None:
    """Run a cell in each way, in turns, so that all meet the same machine; note the seconds."""
    command = {"do": "run", "lengths": cell["lengths"], "mixed": cell.get("mixed", False)}
    for worker in workers:
        result = worker.ask(**command)
        if "seconds" in result:
            times[worker.way].append(result["seconds"])
            peaks[worker.way] = max(result["peak_gb"], peaks.get(worker.way, 0.0))


def floors(bench: Bench) -> dict[str, dict[str, float]]:
    """Least seconds of each cell in each way, from the ceilings."""
    ceilings = bench.results["machine"]
    return {
        cell["name"]: {
            way: machine.floor(cell["lengths"], dtype, n_bytes, ceilings, bench.config)
            for way, (dtype, n_bytes) in report.WAYS.items()
        }
        for cell in cells(False)
    }


def run_documents(bench: Bench) -> None:
    """Text to `Doc` with both heads, one by one and through nlp.pipe; the share outside."""
    texts = mixed_texts.mixed_texts(12 if bench.quick else 48)
    long = [] if bench.quick else mixed_texts.long_texts()
    found: dict[str, Any] = {}
    for name, way in (
        ("small", "float32"),
        *((("real", "kernel"),) if bench.quick else (("real", "bfloat16"), ("real", "kernel"))),
    ):
        worker = bench.worker(way, bench.checkpoint() if name == "real" else "")
        for kind, some in (("stream", texts), ("one by one", texts), ("long documents", long)):
            if not some or (kind == "long documents" and name == "real"):
                continue
            answers = [
                worker.ask(do="texts", texts=some, stream=kind != "one by one")
                for _ in range(2 if bench.quick else 4)
            ][1:]
            runs = sorted((a for a in answers if "seconds" in a), key=lambda a: a["seconds"])
            if runs:
                run = runs[len(runs) // 2]
                outside = 1 - run["network"] / run["seconds"]
                rate = len(some) / run["seconds"]
                found[f"{name} {way}, {kind}"] = {"docs_per_s": rate, "outside": outside, **run}
                bench.say(f"{name} {way} {kind}: {rate:.1f} documents/s, {outside:.1%} outside")
                bench.keep("documents", found)
        bench.end_workers()
    if not found:
        raise RuntimeError("no pipeline gave a figure")


def run_peers(bench: Bench) -> None:
    """The small pipeline in documents per second, beside Presidio and spaCy's own."""
    command = [sys.executable, str(HERE / "peers.py"), str(bench.n_threads)]
    command += ["--quick"] if bench.quick else []
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    most = max(10.0, bench.left / 4)  # the network is worth more
    done = subprocess.run(command, **pipes, text=True, check=True, timeout=most)
    bench.keep("peers", json.loads(done.stdout.splitlines()[-1]))
    bench.say(str(bench.results["peers"]))


def run_growth(bench: Bench) -> None:
    """One document of 1,000 to 1,000,000 pieces: time and memory."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, way, folder, sizes in (
        ("small", "float32", "", (1_000, 10_000, 100_000, 1_000_000)),
        ("real", "kernel", "real", (1_000, 16_000, 64_000, 1_000_000)),
    ):
        worker = bench.worker(way, bench.checkpoint() if folder else "")
        rate = 0.0
        for n in sizes[:2] if bench.quick else sizes:
            if rate and n / rate > bench.left - 20:
                bench.say(f"no time for {n:,} pieces ({name})")
                found.setdefault(name, []).append({"pieces": n, "skipped": "no time left"})
                break
            run = worker.ask(do="run", lengths=[n], mixed=False)
            if "seconds" not in run:
                break
            rate = n / run["seconds"]
            found.setdefault(name, []).append({"pieces": n, **run})
            bench.say(f"{name}: {n:,} pieces, {run['seconds']:.1f} s, {run['peak_gb']:.2f} GB")
            bench.keep("growth", found)
        bench.end_workers()
    if not found:
        raise RuntimeError("no network gave a figure")


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "machine": run_machine,
    "peers": run_peers,
    "documents": run_documents,
    "network": run_network,
    "growth": run_growth,
}


def run_sections(bench: Bench, names: Iterable[str]) -> list[str]:
    """Run some, one after the other. RETURNS (list[str]): Those that failed."""
    failed: dict[str, str] = {}
    for name in names:
        if bench.left < 10:
            bench.say(f"no time for {name}")
            failed[name] = "no time left"
            bench.keep("failed", failed)
            continue
        bench.say(f"--- {name}")
        bench.results["unfinished"] = name  # a stop leaves it there
        try:
            SECTIONS[name](bench)
        except Exception as error:  # the other sections are worth having all the same
            bench.end_workers()
            bench.say(f"{name} failed: {type(error).__name__}: {error}")
            failed[name] = type(error).__name__
        del bench.results["unfinished"]
        bench.keep("failed", failed)
    return list(failed)


def main() -> None:
    """Run the sections."""
    args = options.parse((__doc__ or "").splitlines()[0], SECTIONS)
    # An end by a signal goes through `finally`, too: 2.8 GB must not stay behind.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    bench = Bench(args)
    failed: list[str] = []
    try:
        failed = run_sections(bench, dict.fromkeys(args.only or SECTIONS))
    finally:
        bench.close()
        if bench.kept:
            print((bench.out / "results.md").read_text(encoding="utf-8"))
        else:
            print("Nothing was measured.")
    if failed:
        sys.exit(f"Sections that failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
