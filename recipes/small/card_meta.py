"""The model card of the small pipeline -> the meta data of pipelines that are made from it.

Run it as `python -m recipes.small.card_meta` whenever data/small/README.md has changed. The card is
the one place where anything is written by hand; meta.json beside it is what spaCy shows, saves and
packages.
"""

from __future__ import annotations

import argparse
import json
import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from spacy_privacy_filter.checkpoints.source import PIPELINE, SHIPPED
from spacy_privacy_filter.files import write_atomically

ROOT = Path(__file__).parents[2]
CARD, META = "README.md", PIPELINE[1]
NAME = "privacy_small"
AUTHOR = "the spacy-privacy-filter authors"
SCORES = {"precision": "p", "recall": "r", "F1": "f", "F2": "f2"}


def make_meta(card: str) -> dict[str, Any]:
    """Read what spaCy's meta data has a place for.

    card (str): Markdown, with the sections and tables that README.md of data/small has.
    RETURNS (dict[str, Any]): Keys of spaCy's meta.json.
    RAISES (ValueError): A section or table that is not there.
    """
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf8")
    intro, data, figures = (section(card, name) for name in ("", "Data", "Figures"))
    licence = next(row[1] for row in intro_rows(intro) if row[0] == "licence")
    data_rows = table(data, "source")
    return {
        "name": NAME,
        "version": setup["metadata"]["version"],
        "description": plain(intro.split("\n\n")[1]),
        "author": AUTHOR,
        "license": licence,
        "sources": [
            {"name": f"{row['source']} ({row['licence']})", "license": row["licence"]}
            for row in data_rows
        ],
        "notes": card[card.index("## Data") :].strip(),
        "performance": performance(figures),
    }


def performance(figures: str) -> dict[str, Any]:
    """Read the scores of all labels, of each, and the accuracy of categories, by scorers' names."""
    labels = {row["label"]: row for row in table(figures, "label")}
    scores = {label: strict(row) for label, row in labels.items()}
    found: dict[str, Any] = {f"privacy_{key}": value for key, value in scores.pop("all").items()}
    found["privacy_per_type"] = {
        label: {key: own[key] for key in "prf"}
        for label, own in scores.items()
        if set("prf") <= set(own)
    }
    categories = {row["class"]: row for row in table(figures, "class")}
    return found | {"cats_accuracy": number(categories["all"]["accuracy"])}


def strict(row: dict[str, str]) -> dict[str, float]:
    """Read the figures of a label; those that nothing was found for are left out."""
    return {key: number(row[name]) for name, key in SCORES.items() if row[name] != "-"}


def number(cell: str) -> float:
    """Read a figure, without its interval."""
    return float(cell.split()[0])


def section(card: str, title: str) -> str:
    """Find a section of the card; what stands before all sections for an empty title."""
    parts = re.split(r"^## (.*)\n", "## \n" + card, flags=re.MULTILINE)[1:]
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    if title not in found:
        raise ValueError(f"The card has no section {title!r}. Sections: {', '.join(found)}.")
    return found[title]


def table(text: str, first: str) -> list[dict[str, str]]:
    """Find the first table whose first column has this name, by rows.

    RAISES (ValueError): There is none.
    """
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if cells(line)[:1] == [first]]
    if not starts:
        raise ValueError(f"The card has no table whose first column is {first!r}.")
    names, rows = cells(lines[starts[0]]), []
    for line in lines[starts[0] + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(names, cells(line), strict=True)))
    return rows


def intro_rows(intro: str) -> list[list[str]]:
    """Read the rows of the table of what the network is."""
    return [row for line in intro.splitlines() if len(row := cells(line)) == 2]


def cells(line: str) -> list[str]:
    """Cut a line of a table; none for another line."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line[:1] == "|" else []


def plain(text: str) -> str:
    """Join the lines of a paragraph."""
    return " ".join(text.split())


def main() -> None:
    """Write meta.json beside the card."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # takes none, and says so
    meta = make_meta((SHIPPED / CARD).read_text(encoding="utf8"))
    content = json.dumps(meta, indent=2, ensure_ascii=False) + "\n"
    write_atomically(SHIPPED / META, content.encode())
    print(f"Wrote {SHIPPED / META}")


if __name__ == "__main__":
    main()
