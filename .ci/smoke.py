"""Use the installed wheel beside another package: `smoke.py PACKAGE REQUIREMENT`."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version

from packaging.requirements import Requirement

TEXT = "Please write to Annika Reyes at annika.reyes@example.org before Monday."


def main(package: str, expected: str) -> None:
    """Find personal data with the shipped pipeline, beside the neighbour we mean to test."""
    wanted = Requirement(expected)
    found = version(wanted.name)
    if not wanted.specifier.contains(found):
        raise SystemExit(f"Expected {expected}, but {wanted.name} {found} was installed.")
    neighbour = import_module(package.replace("-", "_"))

    import spacy

    import spacy_privacy_filter

    if "site-packages" not in str(spacy_privacy_filter.__file__):
        raise SystemExit(f"Imported {spacy_privacy_filter.__file__}, not the wheel.")
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter")
    spans = nlp(TEXT)._.privacy_spans
    labels = {span.label for span in spans}
    if "private_email" not in labels:
        raise SystemExit(f"The e-mail address was not found; labels found: {sorted(labels)}.")
    if package == "spacy-transformers" and "transformer" not in nlp.factory_names:
        raise SystemExit("spacy-transformers' component is not to be seen.")
    sys.stdout.write(
        f"{neighbour.__name__} {version(package)}, {wanted.name} {found}, "
        f"spaCy {spacy.__version__}: "
        f"{len(spans)} spans, {', '.join(sorted(labels))}\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
