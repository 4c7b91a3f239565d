"""benchmarks/load.py leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "load.py"


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux only")
@pytest.mark.skipif(not SCRIPT.exists(), reason="benchmarks/ is not in a distribution")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_its_folder_goes_with_it(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, str(SCRIPT), "--folder", str(tmp_path), "--layers", "1"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen([*command, "--experts", "4"], env=environment) as process:
        until = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        assert list(tmp_path.iterdir())
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    assert not list(tmp_path.iterdir())
