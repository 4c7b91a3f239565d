"""Examples of README.md and docs/ <-> their output: `python scripts/readme.py` writes it in.

It runs them all, or those of the pages that are given. A fenced `python` block, or a `console`
block of lines that begin with "$ ", is an example; a fenced `text` block right after it is what it
prints. The Python blocks of a page share one namespace, top to bottom.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").glob("*.md"))
EXAMPLE = re.compile(
    r"^```(?P<kind>python|console)\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)


def examples(text: str) -> list[re.Match[str]]:
    """Find the examples that show an output, and those that are run for the ones after them."""
    return [match for match in EXAMPLE.finditer(text) if is_run(match)]


def is_run(match: re.Match[str]) -> bool:
    """Console blocks are run only if their output is shown: others install things."""
    return match["kind"] == "python" or match["output"] is not None


def run(match: re.Match[str], names: dict[str, Any]) -> str:
    """Run one example in the folder of the README, and give what it prints."""
    if match["kind"] == "console":
        return "".join(_shell(line[2:]) for line in match["code"].splitlines() if line[:2] == "$ ")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(match["code"], "README.md", "exec"), names)  # noqa: S102 - our own text
    return out.getvalue()


def _shell(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    done = subprocess.run(  # noqa: S602 - our own text
        command,
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def write_outputs(page: Path) -> None:
    """Write the output of every example into a page."""
    text = page.read_text("utf-8")
    names: dict[str, Any] = {}
    pieces, end = [], 0
    for match in examples(text):
        output = run(match, names)
        pieces.append(text[end : match.start()])
        shown = f"\n```text\n{output}```\n" if match["output"] is not None else ""
        pieces.append(f"```{match['kind']}\n{match['code']}```\n{shown}")
        end = match.end()
    page.write_text("".join(pieces) + text[end:], "utf-8")


def main() -> None:
    """Write the outputs into the pages that are given, or all."""
    for page in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else (README, *PAGES):
        write_outputs(page)


if __name__ == "__main__":
    main()
