"""Labelled rows -> the operating points of the network that ships, and their figures by source.

Run it as `python -m recipes.small.points ROWS.jsonl[.gz] ... [--write]`. Of each source, half of
the documents tune and the other half measures; the halves are drawn by a hash of the text.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import srsly
from spacy.language import Language

from spacy_privacy_filter.checkpoints.calibration import write_points
from spacy_privacy_filter.checkpoints.source import SHIPPED
from spacy_privacy_filter.corpus.readers import read_docs
from spacy_privacy_filter.loading import make_pipeline
from spacy_privacy_filter.pipeline.tagger import PrivacyFilter
from spacy_privacy_filter.training.tuning import (
    BETAS,
    Emissions,
    Point,
    measure,
    read_emissions,
    tuned_report,
)

NAMES = ("high_recall", "high_precision")


def read_halves(
    pipe: PrivacyFilter, nlp: Language, files: Iterable[Path]
) -> dict[str, tuple[Emissions, Emissions]]:
    """Run the network over the rows of each source, and cut each source in two."""
    rows = defaultdict(list)
    for file in files:
        read = srsly.read_gzip_jsonl if file.suffix == ".gz" else srsly.read_jsonl
        for row in read(file):
            rows[row["source"]].append(row)
    halves = {}
    with tempfile.TemporaryDirectory() as folder:
        for source, own in sorted(rows.items()):
            path = Path(folder) / "rows.jsonl"
            srsly.write_jsonl(path, own)
            halves[source] = read_emissions(pipe, read_docs(path, nlp, None)).split(0.5)
    return halves


def main() -> None:
    """Tune, print, and write the points if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write them beside the weights")
    args = parser.parse_args()
    nlp = make_pipeline(rules=False, snap=None, carry=False)
    pipe = nlp.get_pipe("privacy_filter")
    if not isinstance(pipe, PrivacyFilter):
        raise TypeError("The pipeline that ships has no filter.")
    pipe.ensure_ready()
    halves = read_halves(pipe, nlp, args.rows)
    first, second = Emissions([], [], [], []), Emissions([], [], [], [])
    for tuned, measured in halves.values():
        first, second = first.plus(tuned), second.plus(measured)
    print(f"{len(first)} documents tune, {len(second)} measure, {len(halves)} sources")
    report = tuned_report(pipe, (first, second), {name: BETAS[name] for name in NAMES}, Point())
    for name, row in report.items():
        print(name, srsly.json_dumps({key: row[key] for key in ("point", "before", "after")}))
        point = Point(pipe._biases.from_dict(row["point"]["biases"]), row["point"]["thresholds"])
        for source, (_, measured) in halves.items():
            counts = measure(pipe, measured, point).to_dict(1.0)
            print(f"  {source}: P {counts['precision']:.3f} R {counts['recall']:.3f}")
    if args.write:
        write_points(SHIPPED, {name: row["point"] for name, row in report.items()})


if __name__ == "__main__":
    main()
