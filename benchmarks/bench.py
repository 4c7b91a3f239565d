"""Measure speed and memory beside the other ways to run this model, all in one run: `make bench`.

    python benchmarks/bench.py [--quick] [--only SECTION ...] [--out benchmarks/results]

Writes results.json after each section, and results.md with ratios at the end (and when stopped).
Weights are random, of the published size, with evenly used experts; they need 3 GB of disk while
this runs. H is transformers in float32 as users run it, B the best that it can do: bfloat16,
grouped_mm experts, batches sorted by length. A full run takes 20 minutes at most, --quick 3.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import machine  # noqa: E402
import mixed_texts  # noqa: E402
import report  # noqa: E402
from random_checkpoint import SMALL  # noqa: E402

from spacy_privacy_filter.models.config import NetworkConfig  # noqa: E402

MINUTES = {False: 19.0, True: 2.8}
# Interleaved together, as far as memory goes. H and B run with each group. What needs most while
# it loads comes first.
GROUPS = (("float32",), ("kernel-float32", "bfloat16", "kernel"), ("int8", "kernel-int8"))
QUICK_GROUPS = (("bfloat16", "kernel"),)
# What each needs while it runs, in GB.
GB = {"H": 7.0, "B": 4.0, "float32": 7.5, "int8": 2.5, "kernel-int8": 2.5}
OTHER_GB = 4.0
TURNS = {False: 5, True: 2}
# A run that takes longer than so many seconds is not repeated.
ENOUGH = 8.0
# For an answer of a worker, in seconds; then it is ended, and the rest goes on without it.
PATIENCE = 420.0


class Worker:
    """A process that runs the network in one way."""

    def __init__(self, way: str, folder: str, n_threads: int) -> None:
        command = [sys.executable, str(HERE / "worker.py"), way, folder, str(n_threads)]
        environment = os.environ | {"OMP_NUM_THREADS": str(n_threads)}
        environment |= {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_OFFLINE": "1"}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(
            command, env=environment, text=True, stderr=subprocess.DEVNULL, **pipes
        )
        self.way = way
        self.ready = self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        clock = threading.Timer(PATIENCE, self.process.kill)
        clock.start()
        line = self.process.stdout.readline()
        clock.cancel()
        if not line:
            return {"error": f"the process ended ({self.process.poll()})"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, **command: Any) -> dict[str, Any]:
        """Send a command and wait for the answer."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return {"error": "the process has ended"}
        return self._hear()

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        self.process.wait()


class Bench:
    """The state of one run: settings, time left, results."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.quick, self.out, self.n_threads = args.quick, args.out, args.threads
        self.minutes = args.minutes or MINUTES[args.quick]
        self.start = time.monotonic()
        self.folder = ""
        self.tiny = args.tiny
        self.results: dict[str, Any] = {"quick": args.quick}
        self.path = self.out / "results.json"
        if args.only and self.path.exists():  # a part anew, beside what there is
            self.results = json.loads(self.path.read_text(encoding="utf-8"))
            self.results.pop("failed", None)

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
        self.out.mkdir(parents=True, exist_ok=True)
        for path, text in (
            (self.path, json.dumps(self.results, indent=1)),
            (self.out / "results.md", report.markdown(self.results)),
        ):
            part = path.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)

    def checkpoint(self) -> str:
        """Make the random checkpoint, once."""
        if not self.folder:
            self.folder = tempfile.mkdtemp(prefix="bench-")
            if shutil.disk_usage(self.folder).free < 6e9:
                raise SystemExit(f"{self.folder} has less than 6 GB free. Set TMPDIR to a disk.")
            self.say("writing 2.8 GB of random weights")
            command = [sys.executable, str(HERE / "random_checkpoint.py"), self.folder]
            command += ["--tiny"] if self.tiny else []
            subprocess.run(command, check=True)
        return self.folder


def cells(quick: bool) -> list[dict[str, Any]]:
    """What the network is run on: uniform batches, the mixed corpus, one long document."""
    lengths = (64, 256) if quick else mixed_texts.LENGTHS
    batches = (1, 8) if quick else mixed_texts.BATCHES
    uniform = [{"name": f"{b} x {n}", "lengths": [n] * b} for b in batches for n in lengths]
    mixed = {"name": "mixed", "lengths": mixed_texts.mixed_lengths(), "mixed": True}
    return [*uniform, mixed, {"name": "1 x 4096", "lengths": [4096]}]


def run_machine(bench: Bench) -> None:
    """Ceilings."""
    bench.keep("machine", machine.measure(bench.n_threads))
    bench.say(str(bench.results["machine"]))


def run_network(bench: Bench) -> None:
    """Pieces to logits, every way, interleaved."""
    folder, found = bench.checkpoint(), bench.results.get("network", {})
    found["weights_gb"] = machine.weights_gb(NetworkConfig(**(SMALL if bench.tiny else {})))
    found["pieces"] = {c["name"]: sum(c["lengths"]) for c in cells(False)}
    found["floors"] = floors(bench)
    groups = groups_that_fit(bench)
    for number, group in enumerate(groups):
        reserve = 20 if bench.quick else 150  # for what comes after
        until = bench.left - (bench.left - reserve) / (len(groups) - number)
        workers = []
        for way in group:
            worker = Worker(way, folder, bench.n_threads)
            bench.say(f"{way}: {worker.ready}")
            workers.append(worker)
        found.setdefault("load", {}).update({w.way: w.ready for w in workers})
        measure_group(bench, workers, found, until)
        for worker in workers:
            worker.end()


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
            interleave(workers, cell, mine)
            medians = {way: typical(t) for way, t in mine.items() if t}
            said = "  ".join(f"{way} {seconds:.3f}" for way, seconds in medians.items())
            bench.say(f"{cell['name']:>9}  {said}")
            runs = found.setdefault("cells", {}).setdefault(cell["name"], [])
            found["cells"][cell["name"]] = [r for r in runs if set(r) != set(medians)] + [medians]
        for worker in workers:
            peak = worker.ask(do="run", lengths=[8], mixed=False).get("peak_gb")
            found.setdefault("peak_gb", {})[worker.way] = peak
        bench.keep("network", found)


def typical(seconds: list[float]) -> float:
    """The median, without the first one, which has warmed up."""
    return statistics.median(seconds[1:] or seconds)


def groups_that_fit(bench: Bench) -> list[tuple[str, ...]]:
    """What is loaded together: groups with H and B, cut up where memory is short."""
    info = Path("/proc/meminfo")
    lines = info.read_text().splitlines() if info.exists() else []
    free = next((int(x.split()[1]) / 1e6 for x in lines if x.startswith("MemAvailable")), 16.0)
    fit: list[tuple[str, ...]] = []
    for group in QUICK_GROUPS if bench.quick else GROUPS:
        pairs = [("H", way) for way in group]
        tries = [[("H", "B", *group)], [("H", "B", way) for way in group], pairs]
        for groups in tries:
            need = max(sum(GB.get(way, 2.5) for way in one) for one in groups)
            if need <= free or bench.tiny:
                fit += groups
                break
        else:
            bench.say(f"no memory for {group}: {free:.1f} GB are free")
    return fit


def interleave(workers: list[Worker], cell: dict[str, Any], times: dict[str, list[float]]) -> None:
    """Run a cell in each way, in turns, so that all meet the same machine; note the seconds."""
    command = {"do": "run", "lengths": cell["lengths"], "mixed": cell.get("mixed", False)}
    for worker in workers:
        result = worker.ask(**command)
        if "seconds" in result:
            times[worker.way].append(result["seconds"])


def floors(bench: Bench) -> dict[str, dict[str, float]]:
    """Least seconds of each cell in each way, from the ceilings."""
    ceilings = bench.results.get("machine")
    if ceilings is None:
        return {}
    every, config = cells(False), NetworkConfig()
    return {
        cell["name"]: {
            way: machine.floor(cell["lengths"], dtype, n_bytes, ceilings, config)
            for way, (dtype, n_bytes) in report.WAYS.items()
        }
        for cell in every
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
        worker = Worker(way, bench.checkpoint() if name == "real" else "", bench.n_threads)
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
        worker.end()
        bench.keep("documents", found)


def run_peers(bench: Bench) -> None:
    """The small pipeline in documents per second, beside Presidio and spaCy's own."""
    command = [sys.executable, str(HERE / "peers.py"), str(bench.n_threads)]
    command += ["--quick"] if bench.quick else []
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    done = subprocess.run(command, **pipes, text=True, check=False)
    values = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}
    bench.keep("peers", values or {"skipped": f"peers.py ended with {done.returncode}"})
    bench.say(str(bench.results["peers"]))


def run_growth(bench: Bench) -> None:
    """One document of 1,000 to 1,000,000 pieces: time and memory."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, way, folder, sizes in (
        ("small", "float32", "", (1_000, 10_000, 100_000, 1_000_000)),
        ("real", "kernel", "real", (1_000, 4_000, 16_000, 64_000)),
    ):
        worker = Worker(way, bench.checkpoint() if folder else "", bench.n_threads)
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
        worker.end()


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "machine": run_machine,
    "peers": run_peers,
    "documents": run_documents,
    "network": run_network,
    "growth": run_growth,
}


def main() -> None:
    """Run the sections."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="3 minutes: fewer cells and runs")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, help="some sections")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="folder for results")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="default: all")
    parser.add_argument("--tiny", action="store_true", help="try the harness on a tiny network")
    parser.add_argument("--minutes", type=float, help="time budget")
    args = parser.parse_args()
    bench = Bench(args)
    try:
        for name in args.only or SECTIONS:
            if bench.left < 10:
                bench.say(f"no time for {name}")
                continue
            bench.say(f"--- {name}")
            try:
                SECTIONS[name](bench)
            except Exception as error:  # the other sections are worth having all the same
                bench.say(f"{name} failed: {type(error).__name__}: {error}")
                failed = bench.results.get("failed", {})
                bench.keep("failed", failed | {name: type(error).__name__})
    finally:
        if bench.folder:
            shutil.rmtree(bench.folder, ignore_errors=True)
    if (bench.out / "results.md").exists():
        print((bench.out / "results.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
