"""Rows of texts with spans, and policies -> digests of all that they give, a row and a policy each.

Whatever is brought in from the package stands here, so that a module that moves is found anew in
one place.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from spacy_privacy_filter import collect_corpus, deidentify, deidentify_all, reidentify
from spacy_privacy_filter.pipeline.annotations import register_extensions, set_privacy_spans
from spacy_privacy_filter.redact.policy import Policy, load_policy
from spacy_privacy_filter.redact.result import Redaction
from spacy_privacy_filter.redact.secrets.vault import load_mappings, save_mappings
from spacy_privacy_filter.redact.stream import RedactionStream
from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.types import CharSpan

FOLDER = Path(__file__).parent
EXPECTED = FOLDER / "expected.json"
CORPUS_FILE, MAP_FILE = FOLDER / "corpus.bin", FOLDER / "mappings.bin"
KEY = "a key of the tests, of 16 bytes or more"
ENV = "PRIVACY_FILTER_KEY"
STREAM, RULES = "stream", "rules"  # columns beside the policies
# Of these packages, another version may change some results.
FAKER, NUMBERS = ("faker",), ("phonenumbers", "python-stdnum")
HANGING = {
    "research": FAKER, "surrogate": FAKER, "surrogate_of_germany": FAKER, "surrogates": FAKER,
    RULES: NUMBERS,
}  # fmt: skip
# Only every so many rows, from the first or a later one: what is slow, or simple, or done by
# another policy, too.
SAMPLED = {
    "research": (2, 0), "surrogate": (2, 1), "surrogate_of_germany": (4, 0), "remove": (3, 0),
    "block": (3, 0), "keep": (2, 1), "custom": (2, 0), "placeholders": (2, 1),
    "shift_day_first": (2, 0), "shift_month_first": (2, 1), "generalise_set": (2, 0),
    STREAM: (3, 0),
}  # fmt: skip
N_DIGITS = 8
NOTHING = "-" * N_DIGITS
N_PLACES = 9  # stretches of a text that are found in the other
CHUNKS = (11, 61, 1000)  # characters; those of 61 are given as bytes
STREAMED = (
    "mask", "hipaa_safe_harbor", "gdpr_pseudonymise", "llm_prompt", "hash", "partial",
    "shift_dates", "shift_day_first", "generalise", "keep", "custom", "placeholders",
)  # fmt: skip
# With the scope of a corpus, and the groups of rows that are one.
SHARED: dict[str, dict[str, Any]] = {
    "numbers": {"scope": "corpus", "default": "number"},
    "surrogates": {"scope": "corpus", "default": "surrogate", "kinds": {"date": "shift_dates"}},
    "several": {
        "scope": "corpus",
        "default": "hash",
        "kinds": {"person": "number", "date": "generalise", "address": "encrypt", "age": "keep"},
        "labels": {"PERSON": {"operator": "number", "placeholder": "<{label} {n}>"}},
        "thresholds": {"default": 0.4},
    },
}
TOGETHER = (
    "people", "names", "mail", "many", "dates", "numbers", "phones", "addresses", "labels",
    "letters", "overlaps",
)  # fmt: skip
PREFERENCES = ("rules", "model", "score", "both")
REGIONS = ["DE", "FR", "IN", "JP", "BR"]
FROZEN = "letters"  # the group of rows that the files were made of
N_MAPS = 6


@dataclass(frozen=True)
class Row:
    """A text, what to find in it, and what it is there for."""

    number: int
    group: str
    text: str
    spans: tuple[tuple[Any, ...], ...]
    subject: str | None

    @property
    def is_unicode(self) -> bool:
        """Whether spaCy can hold it: half of a surrogate pair is no character."""
        return not any(0xD800 <= ord(char) < 0xE000 for char in self.text)


def custom(text: str, label: str) -> str:
    """What `custom` policies write."""
    return f"<{label} {len(text)} {text[:1]}>"


registry.misc.register("tests.pinned.v1", func=custom)
register_extensions()


@cache
def read_rows() -> tuple[Row, ...]:
    """The rows, in the order of the file; their spans stand there by label."""
    found = []
    for i, line in enumerate((FOLDER / "rows.jsonl").read_text("utf8").splitlines()):
        values = json.loads(line)
        spans = sorted(
            (span[0], span[1], label, *span[2:])
            for label, own in values["spans"].items()
            for span in own
        )
        found.append(Row(i, values["group"], values["text"], tuple(spans), values.get("subject")))
    return tuple(found)


@cache
def read_policies() -> dict[str, Policy]:
    """By name: those that ship, and those of the file."""
    values = json.loads((FOLDER / "policies.json").read_text("utf8"))
    return {name: load_policy(policy) for name, policy in values.items()}


def groups() -> dict[str, list[Row]]:
    """The rows that make a corpus together."""
    found: dict[str, list[Row]] = {}
    for row in read_rows():
        if row.is_unicode:
            found.setdefault(row.group.partition("-")[0], []).append(row)
    return found


def installed(packages: Iterable[str]) -> dict[str, str | None]:
    """Versions of packages; None of one that is not there."""
    return {name: _version(name) for name in packages}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def digest(value: Any) -> str:
    """A short digest of what JSON can hold."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:N_DIGITS]


# --- One text ---


def redact(row: Row, policy: str) -> Redaction:
    """Redact a row by a policy."""
    return deidentify(
        row.text, policy=read_policies()[policy], key=KEY, subject=row.subject, spans=row.spans
    )


def restored(text: str, back: Redaction | str) -> str:
    """Restore a text; there may be nothing in it that can be, of which there is a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return reidentify(text, back)


def describe(done: Redaction, n_source: int) -> dict[str, Any]:
    """All that a redaction tells: what a user can read of it, and how it is turned back.

    n_source (int): Characters of the source.
    """
    mapping = done.mapping.to_dict()
    return {
        "text": done.text,
        "spans": [list(span) for span in done.spans],
        "mapping": {**mapping, "names": sorted(mapping["names"].items(), key=str)},
        "kept": done.kept,
        "counts": list(done.counts.items()),
        "repr": repr(done),
        "back": [done.to_source(*place) for place in places(len(done.text))],
        "there": [done.to_redacted(*place) for place in places(n_source)],
        "rewritten": restored(f"Answer: {done.text}", done),
    }


def places(n_chars: int) -> list[tuple[int, int]]:
    """A few stretches of a text."""
    return [(n_chars * i // N_PLACES, n_chars * (i + 1) // N_PLACES) for i in range(N_PLACES)]


def pin_row(row: Row, policy: str) -> str:
    """The digest of a redaction, which can be restored."""
    done = redact(row, policy)
    whole = restored(done.text, done) == row.text
    if policy == "gdpr_pseudonymise":
        whole = whole and restored(done.text, KEY) == row.text
    return digest(describe(done, len(row.text))) if whole else "!restore"


# --- A stream ---


class CutFinder:
    """Gives a text in segments that end before a blank, with the spans that are known."""

    def __init__(self, row: Row) -> None:
        self.spans = [CharSpan(*span) for span in row.spans]
        self.text, self.n_given = "", 0

    def feed(self, chunk: str) -> tuple[str, list[CharSpan]]:
        """Take a chunk."""
        self.text += chunk
        end = len(self.text)
        while end > self.n_given and not self._is_cut(end):
            end -= 1
        return self._give(end)

    def close(self) -> tuple[str, list[CharSpan]]:
        """Take the end."""
        return self._give(len(self.text))

    def _is_cut(self, end: int) -> bool:
        inside = any(span.start_char < end < span.end_char for span in self.spans)
        return not inside and end < len(self.text) and self.text[end].isspace()

    def _give(self, end: int) -> tuple[str, list[CharSpan]]:
        start, self.n_given = self.n_given, end
        spans = [
            span._replace(start_char=span.start_char - start, end_char=span.end_char - start)
            for span in self.spans
            if start <= span.start_char and span.end_char <= end
        ]
        return self.text[start:end], spans


def stream(row: Row, policy: str, size: int, as_bytes: bool = False) -> list[str]:
    """What a stream gives for each chunk, and at the end."""
    made = RedactionStream(CutFinder(row), read_policies()[policy], key=KEY, subject=row.subject)
    whole: Any = row.text.encode("utf8") if as_bytes else row.text
    parts = [made.feed(whole[i : i + size]) for i in range(0, len(whole), size)]
    return [*parts, made.close(), json.dumps(sorted(made.counts.items()))]


def stream_policy(row: Row) -> str:
    """The policy by which a row is streamed."""
    return STREAMED[row.number // SAMPLED[STREAM][0] % len(STREAMED)]


def pin_stream(row: Row) -> str:
    """The digest of streams by one policy, another for each row."""
    policy = stream_policy(row)
    found = [
        stream(row, policy, size, as_bytes=size == CHUNKS[1] and row.is_unicode) for size in CHUNKS
    ]
    whole = redact(row, policy).text
    same = all("".join(parts[:-1]) == whole for parts in found)
    return digest(found) if same else "!differs"


# --- A corpus ---


@Language.factory("pinned_finder")
def make_finder(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """A component that finds in each text the spans of its row."""
    known = {row.text: row.spans for row in read_rows()}

    def find(doc: Doc) -> Doc:
        spans = [CharSpan(*span) for span in known[doc.text]]
        set_privacy_spans(doc, "privacy_filter", spans)
        return doc

    return find


def make_pipeline() -> Language:
    """A pipeline that finds what is known."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("pinned_finder")
    return nlp


def redact_corpus(rows: list[Row], policy: str) -> list[Redaction]:
    """Redact rows that share their replacements."""
    texts, subjects = [row.text for row in rows], [row.subject for row in rows]
    return deidentify_all(
        texts, policy=SHARED[policy], key=KEY, subjects=subjects, nlp=make_pipeline()
    )


def pin_corpus(rows: list[Row], policy: str) -> list[str]:
    """The digest of each text of a corpus, which can be restored."""
    return [
        digest(describe(done, len(row.text)))
        if restored(done.text, done) == row.text
        else "!restore"
        for done, row in zip(redact_corpus(rows, policy), rows, strict=True)
    ]


def write_corpus(rows: list[Row], policy: str, path: Path) -> None:
    """Write the file of a corpus."""
    texts = (row.text for row in rows)
    collect_corpus(texts, path, policy=SHARED[policy], key=KEY, nlp=make_pipeline())


def through_file(rows: list[Row], policy: str, path: Path) -> list[str]:
    """The texts of a corpus as a pipeline gives them that has its file. The key is in `ENV`."""
    nlp = make_pipeline()
    config = {"policy": SHARED[policy], "corpus": str(path), "subject_key": "subject"}
    nlp.add_pipe("privacy_filter_redact", config=config)
    found = []
    for row in rows:
        doc = nlp.make_doc(row.text)
        doc.user_data["subject"] = row.subject
        found.append(nlp(doc)._.redacted)
    return found


# --- Rules ---


def rule_sets() -> list[Any]:
    """Rules as they are, those of other countries, and some under other labels."""
    other: dict[str, str | None] = {"email": None, "ip": "IP", "key": "KEY"}
    return [make_rules(), make_rules(regions=REGIONS), make_rules(other, [])]


def joiners() -> list[Language]:
    """Pipelines that join spans of rules with those that are known."""
    made = []
    for prefer in PREFERENCES:
        nlp = make_pipeline()
        nlp.add_pipe("privacy_filter_rules", config={"prefer": prefer})
        made.append(nlp)
    return made


def pin_rules(row: Row, rules: list[Any], pipelines: list[Language]) -> str:
    """The digest of what rules find, where a text can be cut, and how it is joined.

    pipelines (list[Language]): One of them joins, another for each row.
    """
    found: list[Any] = [[list(span[:4]) for span in own(row.text)] for own in rules]
    found.append(list(rules[0].cuts(row.text)))
    if row.is_unicode:
        doc = pipelines[row.number % len(pipelines)](row.text)
        names = {name: [span.label_ for span in own] for name, own in doc.spans.items()}
        ents = [[ent.start_char, ent.end_char, ent.label_] for ent in doc.ents]
        found.append([[list(span[:4]) for span in doc._.privacy_spans], ents, names])
    return digest(found)


# --- All of it ---


def columns() -> list[str]:
    """What there is a digest of for each row."""
    return [*read_policies(), STREAM, RULES]


def pin_column(column: str) -> list[str]:
    """The digest of each row; a row that fails has the error's name in its place."""
    if column == RULES:
        rules, pipelines = rule_sets(), joiners()
        return [_pin(pin_rules, row, rules, pipelines) for row in read_rows()]
    every, first = SAMPLED.get(column, (1, 0))
    make: Callable[[Row], str] = (
        pin_stream if column == STREAM else lambda row: pin_row(row, column)
    )
    return [_pin(make, row) if row.number % every == first else NOTHING for row in read_rows()]


def _pin(make: Callable[..., str], *args: Any) -> str:
    try:
        return make(*args)
    except Exception as error:  # so that all rows that differ are named
        return f"!{type(error).__name__:<{N_DIGITS}}"[:N_DIGITS]


def corpora(policy: str) -> dict[str, list[Row]]:
    """The rows of each corpus that is redacted by a policy; numbers are given out over all."""
    if policy == "numbers":
        return {"all": [row for row in read_rows() if row.is_unicode]}
    return {name: rows for name, rows in groups().items() if name in TOGETHER}


def pin_files() -> dict[str, list[str]]:
    """The digests of what the files give that were written when the results were pinned."""
    maps = load_mappings(MAP_FILE, KEY)
    return {
        "corpus": [digest(text) for text in through_file(groups()[FROZEN], "numbers", CORPUS_FILE)],
        "mappings": [digest([name, maps[name].to_dict()]) for name in sorted(maps)],
    }


def write_files() -> None:
    """Write these files."""
    rows = groups()[FROZEN]
    write_corpus(rows, "numbers", CORPUS_FILE)
    maps = {str(row.number): redact(row, "number").mapping for row in rows[:N_MAPS]}
    save_mappings(MAP_FILE, maps, KEY)
