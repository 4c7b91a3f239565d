"""The bytes of one file -> its bytes without personal data, and the way back.

A policy, a pipeline and a key, for files of every format; one machine or many run it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import loading
from ..errors import WrongUseError, naming
from ..progress import SILENT, Progress
from ..redact.engine import Corpus
from ..redact.operators.base import CORPUS
from ..redact.secrets.keys import KEY_ENV, check_key, digest
from .finding import find_in_passages
from .formats.base import Content, Passage
from .formats.reading import Reading
from .formats.registry import find_format, parse
from .joining import Document, join_records, redact_documents

if TYPE_CHECKING:
    from spacy.language import Language

    from ..redact.policy import Policy
    from ..redact.result import TextMapping
    from ..types import CharSpan


@dataclass(frozen=True)
class FoundFile:
    """The texts of a file, and the personal data in them.

    content (Content): The texts.
    spans (list[Sequence[CharSpan]]): What was found in each.
    """

    content: Content
    spans: list[Sequence[CharSpan]] = field(repr=False)

    def add_to(self, corpus: Corpus) -> None:
        """Let a corpus take in every text."""
        for document in self.documents:
            corpus.add(document.text, document.spans)

    @property
    def documents(self) -> Iterator[Document]:
        """What is redacted together, one after the other."""
        return join_records(self.content.passages, self.spans)


@dataclass(frozen=True)
class RedactedFile:
    """A file without its personal data.

    content (bytes): The new file.
    mappings (dict[str, TextMapping]): The way back of each text, by the text's name in the file.
    counts (Counter[str]): How many spans of each label were replaced.
    problems (list[str]): Of parts that could not be read and are left out; see `Content`.
    notes (list[str]): What a user should know; see `Content`.
    """

    content: bytes = field(repr=False)
    mappings: dict[str, TextMapping] = field(repr=False)
    counts: Counter[str]
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class FileRedactor:
    """Redacts files, each by itself or all as one corpus.

    policy (Policy): What happens to each label.
    reading (Reading): How the files are read.
    model (str | None): A package or folder that spaCy can load; None for the pipeline that ships.
    settings (Mapping[str, Any]): Of its filters, in place of their own; see `choose_rules`.
    labels (Sequence[str]): Only these are redacted; none for all.
    n_process (int): Processes that find.
    key (bytes | None): Secret of at least 16 bytes, for policies and maps that need one.
    maps (Path | None): Where the encrypted way back goes: a file, or a folder for many.
    progress (Progress): Is told how far work is.
    RAISES (WrongUseError): Maps without a key, or a format that is not known.
    """

    def __init__(
        self,
        policy: Policy,
        reading: Reading,
        *,
        model: str | None = None,
        settings: Mapping[str, Any] = loading.NO_SETTINGS,
        labels: Sequence[str] = (),
        n_process: int = 1,
        key: bytes | None = None,
        maps: Path | None = None,
        progress: Progress = SILENT,
    ) -> None:
        if maps is not None and key is None:
            raise WrongUseError(
                "--map writes an encrypted file, so it needs a key: --key-file FILE, or the "
                f"variable {KEY_ENV}."
            )
        find_format("", reading.form)
        self.policy, self.reading = policy, reading
        self.model, self.settings = model, dict(settings)
        self.labels, self.n_process = tuple(labels), n_process
        self._chosen: frozenset[str] = frozenset()
        self.key, self.maps, self.progress = key, maps, progress

    @cached_property
    def pipeline(self) -> Language:
        """The pipeline, loaded at first use."""
        nlp = loading.load_pipeline(self.model, self.settings)
        self._chosen = loading.choose_labels(nlp, self.labels)
        return nlp

    @property
    def fingerprint(self) -> str:
        """A digest of all that decides what is written."""
        key = digest(self.key, "journal").hex()[:16] if self.key else ""
        parts = [version("spacy-privacy-filter"), self.policy.fingerprint, repr(self.reading)]
        parts += [str(self.model), json.dumps(self.settings, sort_keys=True), key, str(self.maps)]
        parts += [repr(self.labels), loading.stamp_model(self.model)]
        return hashlib.sha256("\0".join(parts).encode("utf8")).hexdigest()[:16]

    def make_corpus(self) -> Corpus | None:
        """Make a corpus for all files, if the policy has the scope of one.

        RAISES (ValueError): No key, or a short one.
        """
        if self.policy.scope != CORPUS:
            return None
        return Corpus(self.policy, check_key(self.key, "A policy with the scope of a corpus"))

    def read(
        self, source: bytes, name: str, spans: list[Sequence[CharSpan]] | None = None
    ) -> FoundFile:
        """Find the texts of a file, and the personal data in them.

        source (bytes): The file.
        name (str): Its name, for messages, and for its format where that is not said.
        spans (list[Sequence[CharSpan]] | None): What was found in it before; None to look.
        RAISES (ValueError): A file that cannot be read; see `registry.parse`.
        """
        content = parse(source, name, self.reading)
        if spans is None:
            spans = self._find(content.passages)
        return FoundFile(content, spans)

    def _find(self, passages: Sequence[Passage]) -> list[Sequence[CharSpan]]:
        nlp = self.pipeline
        spans = find_in_passages(nlp, passages, self.policy.also, self.progress, self.n_process)
        return [
            loading.select_labels(own, self._chosen) if passage.label is None else own
            for passage, own in zip(passages, spans, strict=True)
        ]

    def redact(self, file: FoundFile, corpus: Corpus | None = None) -> RedactedFile:
        """Replace what was found in a file.

        file (FoundFile): What `read` gave.
        corpus (Corpus | None): The corpus to which it was added, for policies with that scope.
        RAISES (ValueError): No key or a short one, or no corpus.
        """
        texts, mappings, counts = redact_documents(file.documents, self.policy, self.key, corpus)
        content = file.content
        return RedactedFile(content.write(texts), mappings, counts, content.problems, content.notes)

    def redact_alone(self, source: bytes, name: str) -> RedactedFile:
        """Redact a file that shares its replacements with no other. See `read` and `redact`."""
        file = self.read(source, name)
        corpus = self.make_corpus()
        if corpus is not None:
            file.add_to(corpus)
        return self.redact(file, corpus)

    def save_mappings(self, file: RedactedFile, path: Path) -> None:
        """Write the way back, encrypted. It comes before the text, so that none is without it.

        RAISES (ImportError): Without the extra that encrypts. (WriteError): It cannot be written.
        """
        from ..redact.secrets.vault import save_mappings

        with naming(path):
            save_mappings(path, file.mappings, check_key(self.key, "A map"))
