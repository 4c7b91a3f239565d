"""benchmarks/load.py leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from .helpers import PATIENCE, started, wait_for

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "load.py"


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux only")
@pytest.mark.skipif(not SCRIPT.exists(), reason="benchmarks/ is not in a distribution")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_its_folder_goes_with_it(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, str(SCRIPT), "--folder", str(tmp_path), "--layers", "1"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with started([*command, "--experts", "4"], env=environment) as process:
        wait_for(lambda: list(tmp_path.iterdir()), process)
        process.send_signal(number)
        assert process.wait(PATIENCE) == 128 + number
    assert not list(tmp_path.iterdir())
