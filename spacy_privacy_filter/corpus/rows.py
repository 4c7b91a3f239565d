"""Rows of labelled text, one JSON object a line -> Docs with their gold -> a .spacy file.

The gold keeps its exact characters in `Doc.user_data`, so no tokenizer can lose any of it.
"""

from __future__ import annotations

import gzip
import json
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from ..files import write_atomically
from ..labels.tags import MULTITASK_CATEGORIES
from ..learning.gold import GOLD_KEY
from .details import Detail
from .row_checks import check_category, check_cats, check_ignore, check_known, check_spans

SOURCE_KEY: Final = "privacy_source"
ID_KEY: Final = "id"
DETAILS_KEY: Final = "privacy_details"
SUBJECT_KEY: Final = "privacy_subject"
SPAN_KEYS: Final = (
    "id", "source", "text", "spans", "ignore", "known", "subject", "language", "info",
)  # fmt: skip
TOPIC_KEYS: Final = ("id", "source", "text", "label", "language", "info")
CATS_KEYS: Final = ("id", "source", "text", "cats", "language", "info")
# What a message shows of a row: the file's own may be somebody's text.
EXAMPLE: Final = (
    '{"id": "1", "source": "mine", "text": "...", "spans": [[0, 3, "private_person"]], '
    '"ignore": [], "known": ["private_person"]}'
)
OPTIONAL_KEYS: Final = ("subject", "language", "info")


@dataclass(frozen=True)
class Row:
    """One labelled text: with spans, or with the category it is about, or with both.

    id, source (str): Which row of which data set.
    text (str): The text.
    spans (tuple[tuple[int, int, str], ...]): start_char, end_char, label; in order, apart.
    ignore (tuple[tuple[int, int], ...]): start_char, end_char of what is neither right nor wrong.
    known (tuple[str, ...]): Labels that the source annotates. Text outside every span is known to
        be none of these; nothing is known of other labels. Empty in a row with a category.
    category (str | None): What the text is about, one of the ten published categories.
    cats (tuple[tuple[str, float], ...]): Categories of any other set with their values, 0 to 1.
    language (str | None): ISO code, where the source names it.
    details (tuple[Detail, ...]): What is said of each span besides; empty if nothing is of any.
    subject (str | None): Whose text it is; texts of one subject leak together.
    """

    id: str
    source: str
    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    ignore: tuple[tuple[int, int], ...] = ()
    known: tuple[str, ...] = ()
    category: str | None = None
    language: str | None = None
    cats: tuple[tuple[str, float], ...] = ()
    details: tuple[Detail, ...] = ()
    subject: str | None = None

    @property
    def has_spans(self) -> bool:
        """Whether anything is said about personal data, be it that there is none."""
        return bool(self.spans or self.known) or not (self.category or self.cats)


def read_rows(path: str | Path) -> Iterator[Row]:
    """Read a JSONL file of labelled texts in our own format. See `read_objects`.

    YIELDS (Row): One for each line.
    RAISES (ValueError): A line that is no valid row, named by its number and id (never its text).
    """
    for where, values in read_objects(path):
        yield row_from_dict(values, where)


def read_objects(path: str | Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read a JSONL file, plain or gzipped; blank lines are skipped.

    path (str | Path): A file; one that ends in ".gz" is unpacked as it is read.
    YIELDS (tuple[str, dict]): Where the line is, for messages; and its object.
    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A line that is no JSON object, named by its number (never its text).
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"No such corpus file: {path}. Give a .jsonl or .jsonl.gz file.")
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        number = 0
        try:
            for number, line in enumerate(file, start=1):
                line = line.removeprefix(BOM_UTF8) if number == 1 else line  # a mark of Windows
                if line.strip():
                    where = f"{path.name}, line {number}"
                    yield where, _read_line(line, where)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise ValueError(
                f"{path.name} breaks off after line {number}: it is no whole gzip file. "
                "Copy or make it again."
            ) from None


def _read_line(line: bytes, where: str) -> dict[str, Any]:
    """Read one line. Errors never show the line: it is somebody's text."""
    try:
        values = json.loads(line.decode("utf8"))
    except UnicodeDecodeError:
        raise ValueError(f"{where}: the line is not UTF-8. Save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{where}: no valid JSON at column {error.colno} ({error.msg}).") from None
    if not isinstance(values, dict):
        raise ValueError(f"{where}: a row is a JSON object, but is a {type(values).__name__}.")
    return values


def row_from_dict(values: Mapping[str, Any], where: str = "Row") -> Row:
    """Check one row.

    values (Mapping[str, Any]): id, source, text, and either spans, ignore and known, or label, or
        cats (a number for each category), perhaps with spans, ignore and known. A span is [start,
        end, label], or has a fourth item with what the Text Anonymization Benchmark says of it:
        {"identifier_type": "DIRECT" | "QUASI" | "NO_MASK", "entity_id": "..."}.
    where (str): How an error names the row, besides its id.
    RETURNS (Row): The row, its spans in order.
    RAISES (ValueError): A key that is missing, unknown or of the wrong type; a span outside the
        text, empty, with white space at an end, with a label that is not in `known`, or on another
        span.
    """
    if isinstance(values.get("id"), str):
        where = f"{where}, id {values['id'][:80]!r}"
    topic = "label" in values
    _check_keys(values, topic, where)
    text = _check_text(values, where)
    language = values.get("language")
    if language is not None and not isinstance(language, str):
        raise ValueError(f"{where}: 'language' must be a string.")
    row = {"id": values["id"], "source": values["source"], "text": text, "language": language}
    if topic:
        return Row(**row, category=check_category(values["label"], where))
    cats = check_cats(values["cats"], where) if "cats" in values else ()
    if "spans" not in values:
        return Row(**row, cats=cats)
    known = check_known(values["known"], where)
    spans, details = check_spans(values["spans"], text, known, where)
    subject = values.get("subject")
    if subject is not None and not isinstance(subject, str):
        raise ValueError(f"{where}: 'subject' must be a string.")
    return Row(
        **row,
        cats=cats,
        spans=spans,
        ignore=check_ignore(values["ignore"], text, where),
        known=known,
        details=details if any(detail != Detail() for detail in details) else (),
        subject=subject,
    )


def _check_keys(values: Mapping[str, Any], topic: bool, where: str) -> None:
    """A row has all of its keys, and no key that would be dropped without a word."""
    allowed: tuple[str, ...] = TOPIC_KEYS if topic else SPAN_KEYS
    if not topic and "cats" in values:
        spans = any(key in values for key in ("spans", "ignore", "known"))
        allowed = (*SPAN_KEYS, "cats") if spans else CATS_KEYS
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        kind = "'label' (a category)" if topic else "'spans' or 'cats'"
        raise ValueError(
            f"{where}: unknown key(s) {', '.join(map(repr, unknown))}. A row with {kind} may have: "
            f"{', '.join(allowed)}."
        )
    missing = [key for key in allowed if key not in values and key not in OPTIONAL_KEYS]
    if missing:
        raise ValueError(
            f"{where}: missing key(s) {', '.join(map(repr, missing))}. A row is, for instance: "
            f"{EXAMPLE}"
        )


def _check_text(values: Mapping[str, Any], where: str) -> str:
    for key in ("id", "source", "text"):
        if not isinstance(values[key], str):
            found = type(values[key]).__name__
            raise ValueError(f"{where}: {key!r} must be a string, but is of type {found}.")
    text: str = values["text"]
    try:
        text.encode("utf8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{where}: character {error.start} is half of a surrogate pair, which no UTF-8 text "
            "can hold. Mend the escape in the JSON."
        ) from None
    return text


def to_docs(rows: Iterable[Row], nlp: Language) -> Iterator[Doc]:
    """Turn rows into Docs that carry their gold.

    A row with spans has it in `user_data[GOLD_KEY]` = {"spans": [[start_char, end_char, label]],
    "ignore": [[start_char, end_char]], "known": [label]}; a row with a category has it in `cats`,
    1.0 for the category and 0.0 for the others. `doc.ents` stays empty: there is one gold. A row
    may have both, and then the document teaches both components.

    rows (Iterable[Row]): Rows, as `read_rows` gives them.
    nlp (Language): Its tokenizer cuts the text; no component runs.
    YIELDS (Doc): One for each row, in order.
    """
    for row in rows:
        doc = nlp.make_doc(row.text)
        doc.user_data[SOURCE_KEY] = row.source
        doc.user_data[ID_KEY] = row.id
        if row.has_spans:
            doc.user_data[GOLD_KEY] = {
                "spans": [list(span) for span in row.spans],
                "ignore": [list(stretch) for stretch in row.ignore],
                "known": list(row.known),
            }
        if row.details:
            doc.user_data[DETAILS_KEY] = [
                [detail.identifier_type, detail.entity_id] for detail in row.details
            ]
        if row.subject is not None:
            doc.user_data[SUBJECT_KEY] = row.subject
        if row.category is not None:
            doc.cats = {name: float(name == row.category) for name in MULTITASK_CATEGORIES}
        elif row.cats:
            doc.cats = dict(row.cats)
        yield doc


def write_corpus(rows: Iterable[Row], path: str | Path, nlp: Language) -> int:
    """Write rows to a .spacy file, which `spacy.Corpus.v1` reads.

    The file appears whole or not at all: it is written beside its place and then moved there.

    rows (Iterable[Row]): Rows, as `read_rows` gives them.
    path (str | Path): Ends in ".spacy". Folders on the way are made; a file there is replaced.
    nlp (Language): Its tokenizer cuts the texts.
    RETURNS (int): How many rows were written.
    RAISES (ValueError): Another ending, or no row.
    """
    path = Path(path)
    if path.suffix != ".spacy":
        raise ValueError(f"A corpus ends in '.spacy', but the path is {path.name!r}.")
    # Only what the default attributes lack: categories and user data are switches of their own.
    corpus = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    n_rows = 0
    for doc in to_docs(rows, nlp):
        corpus.add(doc)
        n_rows += 1
    if n_rows == 0:
        raise ValueError(f"There is no text for {path}, so it was not written. Check the source.")
    write_atomically(path, corpus.to_bytes())
    return n_rows
