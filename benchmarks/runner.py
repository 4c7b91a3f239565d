"""A worker.py process, as bench.py sees it: questions, answers, and an end in any case."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

# For an answer, in seconds; then the process is ended, and the rest goes on without it.
PATIENCE = 420.0
LEAST_PATIENCE = 5.0


class Worker:
    """A process that runs the network in one way."""

    def __init__(self, way: str, folder: str, n_threads: int, left: Callable[[], float]) -> None:
        """Start it; `hear` tells when it is ready.

        way (str): H, B or one of ours. folder (str): Checkpoint; "" for the small network.
        left (Callable[[], float]): Seconds that are left for everything.
        """
        here = Path(__file__).parent
        command = [sys.executable, str(here / "worker.py"), way, folder, str(n_threads)]
        environment = os.environ | {"OMP_NUM_THREADS": str(n_threads)}
        environment |= {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_OFFLINE": "1"}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(
            command, env=environment, text=True, stderr=subprocess.DEVNULL, **pipes
        )
        self.way, self.left = way, left
        self.ready: dict[str, Any] = {}

    def hear(self) -> dict[str, Any]:
        """Wait for an answer, while there is time."""
        assert self.process.stdout is not None
        patience = max(LEAST_PATIENCE, min(PATIENCE, self.left()))
        clock = threading.Timer(patience, self.process.kill)
        clock.daemon = True
        clock.start()
        try:
            line = self.process.stdout.readline()
        finally:  # a signal, too, must not leave it running
            clock.cancel()
        if not line:
            return {"error": f"the process ended ({self.process.wait()})"}
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
        return self.hear()

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        self.process.communicate()  # closes its pipes, too
