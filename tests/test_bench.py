"""benchmarks/bench.py keeps what it measured, cleans up, and refuses what makes no sense."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from spacy_privacy_filter.compat import has

from .helpers import PATIENCE, started, wait_for

HERE = Path(__file__).parents[1] / "benchmarks"
if not HERE.exists() or not has("torch"):
    pytest.skip("benchmarks/ is not in a distribution, and needs torch", allow_module_level=True)

MACHINE = {
    "processor": "x", "threads": 1, "torch": "2", "gb_per_s": 10.0,
    "g_ops": {"float32": 100, "bfloat16": 100, "int8": 100},
}  # fmt: skip


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """bench.py as a module, with its neighbours beside it."""
    monkeypatch.syspath_prepend(str(HERE))
    import bench

    return bench


class Fake:
    """A worker that needs no process: a second for each way; stops everything at some question."""

    def __init__(self, way: str, stop_at: int = 1000) -> None:
        self.way, self.ready, self.stop_at = way, {"seconds": 1.0, "why": "fake"}, stop_at

    def ask(self, **_: Any) -> dict[str, Any]:
        self.stop_at -= 1
        if self.stop_at < 0:
            raise SystemExit(143)
        return {"seconds": 1.0, "peak_gb": 1.5}

    def end(self) -> None:
        """Nothing to end."""


def make(program: ModuleType, out: Path, *given: str) -> Any:
    """The state of a run with some arguments."""
    named = ("--out", str(out), "--threads", "1", *given)
    return program.Bench(program.options.parse("", program.SECTIONS, named))


def read(out: Path) -> tuple[dict[str, Any], str]:
    """What a run has written."""
    return json.loads((out / "results.json").read_text()), (out / "results.md").read_text()


def test_a_stop_between_two_cells_keeps_the_first(program: ModuleType, tmp_path: Path) -> None:
    bench = make(program, tmp_path, "--quick", "--only", "network")
    workers = [Fake("H"), Fake("kernel", stop_at=2)]

    def section(bench: Any) -> None:
        program.measure_group(bench, workers, {}, 0.0)

    program.SECTIONS, before = {"network": section}, program.SECTIONS
    try:
        with pytest.raises(SystemExit):
            program.run_sections(bench, ["network"])
    finally:
        program.SECTIONS = before
    results, text = read(tmp_path)
    assert results["network"]["cells"] == {
        name: [{"H": 1.0, "kernel": 1.0}] for name in ("1 x 64", "1 x 256")
    }
    assert results["network"]["peak_gb"] == {"H": 1.5, "kernel": 1.5}
    assert "Not finished: network." in text
    assert "| 1 x 256 | 1.000 | - | 1.00 H |" in text


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux only")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_weights_go_when_it_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    room, out = tmp_path / "room", tmp_path / "out"
    room.mkdir()
    command = [sys.executable, str(HERE / "bench.py"), "--tiny", "--quick", "--only", "network"]
    command += ["--out", str(out), "--threads", "1"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TMPDIR": str(room)}
    with started(command, env=environment, stdout=subprocess.PIPE) as process:
        wait_for(lambda: list(room.glob("*/model.safetensors")), process)
        process.send_signal(number)
        said = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 128 + number
    assert not list(room.glob("privacy-filter-*"))
    assert "GB/s" in said  # the machine was measured, for the floors
    assert "writing 0.0" in said
    results, text = read(out)
    assert set(results["machine"]["g_ops"]) == {"float32", "bfloat16", "int8"}
    assert "Not finished: network." in text


@pytest.mark.parametrize(
    "given",
    [
        ("--threads", "0"), ("--threads=-1",), ("--threads", "99999"), ("--threads", "two"),
        ("--minutes", "0"), ("--minutes=-3",), ("--minutes", "nan"), ("--minutes", "inf"),
        ("--out", "/proc/nope"), ("--out", __file__),
    ],
)  # fmt: skip
def test_wrong_arguments_end_it_before_it_measures(
    program: ModuleType, given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as error:
        program.options.parse("", program.SECTIONS, given)
    assert error.value.code == 2
    assert given[0].split("=")[0] in capsys.readouterr().err


def test_a_section_that_fails_is_named_and_is_no_success(
    program: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: Any) -> None:
        raise ValueError("broken")

    (tmp_path / "results.md").write_text("an earlier run")
    monkeypatch.setattr(program.signal, "signal", lambda *_: None)
    monkeypatch.setitem(program.SECTIONS, "peers", fail)
    monkeypatch.setitem(
        program.SECTIONS, "machine", lambda bench: bench.keep("machine", dict(MACHINE))
    )
    for sections, measured in ((["peers"], False), (["machine", "peers"], True)):
        argv = ["bench.py", "--out", str(tmp_path), "--only", *sections]
        monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as error:
            program.main()
        assert error.value.code == "Sections that failed: peers."  # Python ends with 1 then
        said = capsys.readouterr().out
        assert "an earlier run" not in said
        assert ("Nothing was measured." in said) != measured
        assert ("Measured ceilings" in said) == measured


def test_sections_of_an_earlier_run_are_marked(program: ModuleType, tmp_path: Path) -> None:
    first = make(program, tmp_path)
    first.keep("machine", MACHINE)
    first.keep("peers", {"small pipeline": 9.0})
    again = make(program, tmp_path, "--only", "peers")
    again.keep("peers", {"small pipeline": 8.0})
    results, text = read(tmp_path)
    assert results["machine"] == MACHINE
    assert "Of an earlier run: machine." in text
    # Figures of the published size are not mixed with those of a tiny network.
    tiny = make(program, tmp_path, "--tiny", "--only", "peers")
    tiny.keep("peers", {"small pipeline": 7.0})
    assert "machine" not in read(tmp_path)[0]
    for damaged in ("{", "[1]", '{"machine": 5, "peers": []}', '{"growth": {"small": 3}}'):
        (tmp_path / "results.json").write_text(damaged)
        left = make(program, tmp_path, "--only", "documents").results
        assert left.get("earlier", []) == []
        assert not {"machine", "peers", "growth"} & set(left)


def test_groups_are_cut_up_as_far_as_memory_goes(program: ModuleType) -> None:
    rooms = program.rooms
    group = ("bfloat16", "kernel")
    assert rooms.groups_that_fit((group,), 64) == ([("H", "B", *group)], [])
    assert rooms.groups_that_fit((group,), 20) == ([("H", *group), ("B", *group)], [])
    pairs = [("H", "bfloat16"), ("B", "bfloat16"), ("H", "kernel"), ("B", "kernel")]
    assert rooms.groups_that_fit((group,), 17) == (pairs, [])
    assert rooms.groups_that_fit((group,), 15.7) == (pairs[1:], pairs[:1])
    assert rooms.groups_that_fit((group,), 5) == ([], pairs)
    for free in (8.0, 12.0, 16.0, 20.0, 24.0, 30.0):
        for one in rooms.groups_that_fit(rooms.GROUPS, free)[0]:
            assert rooms.need_gb(one) <= free
    assert set(rooms.GB) == {"H", "B", *program.report.WAYS}


def test_a_tiny_network_has_its_own_floors_and_no_bars(
    program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program.Bench, "checkpoint", lambda self: "")
    monkeypatch.setattr(program.Bench, "say", lambda self, text: None)
    monkeypatch.setattr(program.machine, "measure", lambda n_threads, n: dict(MACHINE))
    monkeypatch.setattr(program.rooms, "free_gb", lambda: 64.0)

    def start(bench: Any, way: str, _: str) -> Fake:
        bench.workers.append(Fake(way))
        return bench.workers[-1]

    monkeypatch.setattr(program.Bench, "worker", start)
    found = {}
    for kind, given in (("tiny", ("--tiny",)), ("real", ())):
        bench = make(program, tmp_path / kind, "--quick", *given)
        program.run_sections(bench, ["network"])
        found[kind] = read(tmp_path / kind)
    floors = {kind: results["network"]["floors"] for kind, (results, _) in found.items()}
    assert 0 < floors["tiny"]["mixed"]["kernel"] < floors["real"]["mixed"]["kernel"] / 100
    assert "missed" in found["real"][1]
    assert "missed" not in found["tiny"][1]
    assert "reached" not in found["tiny"][1]
    assert "x floor" in found["tiny"][1]


def test_peers_that_ran_one_after_the_other_both_count(program: ModuleType) -> None:
    runs = [{"H": 6.0, "kernel": 2.0}, {"B": 4.0, "kernel": 1.0}]
    ratios = program.report._ratios({"cells": {"mixed": runs}})
    assert ratios["kernel"]["mixed"] == {"H": 3.0, "B": 4.0}


def test_a_worker_gets_no_more_time_than_there_is(
    program: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    import runner

    monkeypatch.setattr(runner, "LEAST_PATIENCE", 0.3)
    silent = runner.Worker("H", "nowhere", 1, lambda: 0.0)
    # Killed: by itself, without such a folder, it ends with 1.
    assert silent.hear()["error"] == f"the process ended ({-signal.SIGKILL})"
    assert "error" in silent.ask(do="run", lengths=[8], mixed=False)
    silent.end()
