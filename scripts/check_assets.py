"""The assets that a project.yml lists -> an error if one is missing or is another file.

Run it as `python scripts/check_assets.py project.yml`. (`spacy project assets` only warns.)
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import srsly


def check(project: Path) -> list[str]:
    """Say what is wrong with the assets; an empty list if nothing is."""
    wrong = []
    for asset in srsly.read_yaml(project)["assets"]:
        path = project.parent / asset["dest"]
        if not path.is_file():
            wrong.append(f"{asset['dest']} is missing")
        elif hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() != asset["checksum"]:
            wrong.append(f"{asset['dest']} is not the file that {project.name} means (checksum)")
    return wrong


if __name__ == "__main__":
    problems = check(Path(sys.argv[1]))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("All assets are there")
    sys.exit(bool(problems))
