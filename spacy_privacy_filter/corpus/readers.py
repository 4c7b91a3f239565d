"""Labelled texts in any known format -> rows, all checked the same way; or Docs."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from ..learning.losses import gold_of
from .conll import read_conll
from .details import Detail
from .hub import looks_like_a_name, read_hub
from .label_map import LabelMap
from .rows import DETAILS_KEY, ID_KEY, SUBJECT_KEY, Row, read_objects, row_from_dict, to_docs
from .schemas import SCHEMAS, SPANS, Raw, is_bare

ROWS, CONLL, SPACY = "rows", "conll", "spacy"
FORMATS: Final = (ROWS, CONLL, SPACY, *SCHEMAS)
ENDINGS: Final = {
    ".spacy": SPACY,
    **dict.fromkeys((".conll", ".bio", ".iob", ".bioes", ".tsv", ".col"), CONLL),
}
JSON_ENDINGS: Final = (".jsonl", ".jsonl.gz", ".ndjson")


def read_corpus(
    source: str | Path,
    form: str | None = None,
    *,
    labels: LabelMap | None = None,
    split: str = "train",
) -> Iterator[Row]:
    """Read labelled texts.

    Formats but our own do not say which labels they annotate: those of the label map, or else every
    label that the file has (which is read twice).

    source (str | Path): A file; or the name of a data set on the Hugging Face hub, or a folder,
        which the `datasets` package reads.
    form (str | None): One of `FORMATS`; None to recognise it.
    labels (LabelMap | None): What becomes of the labels; None for the format's own map, or none.
    split (str): Of a data set on the hub.
    YIELDS (Row): One for each text.
    RAISES (FileNotFoundError): No such file or data set. (ValueError): A format that cannot be
        told, or a text that is wrong, named by its place and never shown.
    """
    path = Path(source)
    named_like_a_file = str(source).endswith((*ENDINGS, *JSON_ENDINGS, ".json", ".txt"))
    if path.is_dir() or not (path.exists() or named_like_a_file):
        if not (path.is_dir() or looks_like_a_name(str(source))):
            raise FileNotFoundError(f"No such file, and no name of a data set: {source}.")
        yield from _from_hub(str(source), form, labels, split)
        return
    if not path.is_file():
        raise FileNotFoundError(f"No such corpus file: {path}. Give a file in one of: {_known()}.")
    form = form or detect_format(path)
    if form not in FORMATS:
        raise ValueError(f"Unknown format {form!r}. Choose one of: {_known()}.")
    if form == ROWS:
        yield from _own(path, labels)
        return
    chosen = labels or (SCHEMAS[form].labels if form in SCHEMAS else None)
    if chosen is None:
        raws = (raw for _, raw in _raws(path, form))
        found = {span[2] for raw in raws if raw.known is None for span in raw.spans or ()}
        chosen = LabelMap({}, tuple(sorted(found)))
    for i, (where, raw) in enumerate(_raws(path, form), start=1):
        yield _finish(raw, chosen, path.name, i, where)


def detect_format(path: Path) -> str:
    """Tell the format of a file by its ending, and that of JSONL by its first record.

    RAISES (ValueError): It cannot be told.
    """
    if path.suffix in ENDINGS:
        return ENDINGS[path.suffix]
    if not path.name.endswith(JSON_ENDINGS):
        raise ValueError(
            f"The format of {path.name} cannot be told from its ending. Say it with --format: "
            f"{_known()}."
        )
    first = next((values for _, values in read_objects(path)), {})
    return _detect_record(first) or ROWS


def detect_gold(source: str) -> str | None:
    """Tell whether JSONL to measure on has rows of text and spans alone.

    What is annotated is then taken to be every label that the file has. To train on such rows, say
    so: a missing key may be a mistake.
    """
    path = Path(source)
    if not path.is_file() or not path.name.endswith(JSON_ENDINGS):
        return None
    first = next((values for _, values in read_objects(path)), {})
    return SPANS if is_bare(first) else None


def _detect_record(record: Mapping[str, Any]) -> str | None:
    return next((name for name, schema in SCHEMAS.items() if schema.fits(record)), None)


def _known() -> str:
    return ", ".join(FORMATS)


def _own(path: Path, labels: LabelMap | None) -> Iterator[Row]:
    """Read our own format, whose rows say themselves what is annotated."""
    for where, values in read_objects(path):
        row = row_from_dict(values, where)
        if labels is None or not row.has_spans:
            yield row
            continue
        raw = Raw(
            row.text,
            list(row.spans),
            None,
            dict(row.cats),
            list(row.ignore),
            tuple(dict.fromkeys(t for k in row.known if (t := _target(labels, k, where)))),
            row.id,
            row.language,
            {span[:2]: own for span, own in zip(row.spans, row.details, strict=False)},
            row.subject,
        )
        yield _finish(raw, labels, row.source, 0, where)


def _target(labels: LabelMap, label: str, where: str) -> str | None:
    try:
        target = labels.target(label)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    return None if target == "ignore" else target


def _raws(path: Path, form: str) -> Iterator[tuple[str, Raw]]:
    if form == CONLL:
        yield from read_conll(path)
    elif form == SPACY:
        yield from _spacy_raws(path)
    else:
        read = SCHEMAS[form].read
        for where, values in read_objects(path):
            try:
                raw = read(values)
            except (ValueError, KeyError, StopIteration) as error:
                raise ValueError(f"{where}, read as {form}: {_said(error)}") from None
            yield where, raw


def _said(error: Exception) -> str:
    said = str(error) if isinstance(error, ValueError) else "a key of that format is missing"
    return said if said.endswith((".", "?")) else f"{said}."


def _spacy_raws(path: Path) -> Iterator[tuple[str, Raw]]:
    vocab = spacy.blank("xx").vocab
    for i, doc in enumerate(open_docs(path).get_docs(vocab), start=1):
        gold = gold_of(doc)
        yield (
            f"{path.name}, document {i}",
            Raw(
                doc.text,
                None if gold is None else list(gold.spans),
                None,
                {str(name): float(value) for name, value in doc.cats.items()},
                [] if gold is None else list(gold.ignore),
                None if gold is None or gold.known is None else tuple(sorted(gold.known)),
                str(doc.user_data[ID_KEY]) if ID_KEY in doc.user_data else None,
                details=_stored_details(doc, () if gold is None else gold.spans),
                subject=doc.user_data.get(SUBJECT_KEY),
            ),
        )


def _stored_details(
    doc: Doc, spans: Sequence[tuple[int, int, str]]
) -> dict[tuple[int, int], Detail]:
    stored = doc.user_data.get(DETAILS_KEY, ())
    return {span[:2]: Detail(*own) for span, own in zip(spans, stored, strict=False)}


def _from_hub(name: str, form: str | None, labels: LabelMap | None, split: str) -> Iterator[Row]:
    for i, record in enumerate(read_hub(name, split), start=1):
        form = form or _detect_record(record)
        if form not in SCHEMAS:
            raise ValueError(
                f"The columns of {name} are those of no known data set. Say which with --format: "
                f"{', '.join(SCHEMAS)}."
            )
        schema, where = SCHEMAS[form], f"{name}, row {i}"
        chosen = labels or schema.labels
        try:
            raw = schema.read(record)
        except (ValueError, KeyError, StopIteration) as error:
            raise ValueError(f"{where}, read as {form}: {_said(error)}") from None
        if chosen is None and raw.spans is not None:
            raise ValueError(
                f"{name} needs a label map, which says what is annotated (--label-map)."
            )
        yield _finish(raw, chosen or LabelMap({}), name, i, where)


def _finish(raw: Raw, labels: LabelMap, source: str, number: int, where: str) -> Row:
    """Map the labels, and check the row as if it had been written in our own format."""
    values: dict[str, Any] = {
        "id": raw.id or f"{source}-{number}",
        "source": source,
        "text": raw.text,
    }
    if raw.category is not None:
        return row_from_dict(values | {"label": raw.category}, where)
    if raw.language is not None:
        values["language"] = raw.language
    if raw.cats:
        values["cats"] = raw.cats
    if raw.spans is not None or not raw.cats:
        known = labels.annotated if raw.known is None else raw.known
        try:
            spans, ignore = labels.apply(raw.text, raw.spans or (), overlaps=raw.overlaps)
        except ValueError as error:
            raise ValueError(f"{where}: {_said(error)}") from None
        stretches = [list(stretch) for stretch in (*raw.ignore, *ignore)]
        values |= {"spans": [list(s) for s in spans], "ignore": stretches, "known": list(known)}
    row = row_from_dict(values, where)
    details = tuple(raw.details.get(span[:2], Detail()) for span in row.spans)
    return replace(row, details=details if raw.details else (), subject=raw.subject)


def open_docs(path: Path) -> DocBin:
    """Open a .spacy file.

    RAISES (ValueError): It is none, or not whole.
    """
    try:
        return DocBin().from_disk(path)
    except (ValueError, zlib.error):
        raise ValueError(
            f"{path.name} is no whole .spacy file. Make it again, for instance with: "
            "python -m spacy privacy-filter corpus"
        ) from None


def read_docs(path: Path, nlp: Language, form: str | None = None) -> Iterator[Doc]:
    """Read a corpus as documents with their gold; those of a .spacy file as they are.

    path (Path): A file in any known format.
    nlp (Language): Its vocabulary, and its tokenizer for what is not tokenized.
    """
    if path.suffix == ".spacy" and form in (None, SPACY):
        yield from open_docs(path).get_docs(nlp.vocab)
    else:
        yield from to_docs(read_corpus(path, form), nlp)
