"""Write `expected.json` anew, or show what a row gives: `python -m tests.redact.pinned.make`.

Run by hand, and only where a change of results is meant: the difference of the file says of which.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from . import results
from .results import HANGING, RULES, SHARED, STREAM, Row

OPTIONS = {
    "--show": "print what a row gives: by a policy, in its corpus, as a stream, by rules",
    "--files": "also write the encrypted files anew; they differ each time",
}


def make_expected() -> dict[str, Any]:
    """All digests, those of a row in one string."""
    columns = results.columns()
    found = [results.pin_column(column) for column in columns]
    packages = sorted({name for names in HANGING.values() for name in names})
    return {
        "packages": results.installed(packages),
        "columns": columns,
        "rows": ["".join(row) for row in zip(*found, strict=True)],
        "corpora": {
            policy: {
                name: "".join(results.pin_corpus(rows, policy))
                for name, rows in results.corpora(policy).items()
            }
            for policy in SHARED
        },
        "files": {name: "".join(own) for name, own in results.pin_files().items()},
    }


def show(row: Row, column: str) -> Any:
    """What a row gives, as JSON can hold it."""
    if column == STREAM:
        policy = results.stream_policy(row)
        return {policy: [results.stream(row, policy, size) for size in results.CHUNKS]}
    if column == RULES:
        return [
            [[*span, row.text[span.start_char : span.end_char]] for span in find(row.text)]
            for find in results.rule_sets()
        ]
    if column in SHARED:
        rows = next((own for own in results.corpora(column).values() if row in own), [row])
        done = results.redact_corpus(rows, column)[rows.index(row)]
    else:
        done = results.redact(row, column)
    return results.describe(done, len(row.text))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.redact.pinned.make", description=__doc__)
    parser.add_argument("--show", nargs=2, metavar=("ROW", "POLICY"), help=OPTIONS["--show"])
    parser.add_argument("--files", action="store_true", help=OPTIONS["--files"])
    args = parser.parse_args()
    if args.show:
        row = results.read_rows()[int(args.show[0])]
        values = {"source": row.text, "spans": row.spans, "subject": row.subject}
        found = {**values, "gives": show(row, args.show[1])}
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=not row.is_unicode) + "\n")
        return
    os.environ[results.ENV] = results.KEY
    if args.files or not results.MAP_FILE.exists():
        results.write_files()
    results.EXPECTED.write_text(json.dumps(make_expected(), indent=0) + "\n", "ascii")


if __name__ == "__main__":
    main()
