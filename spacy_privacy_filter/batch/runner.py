"""What `redact` does to the texts of a file: a policy, a pipeline, a key -> redacted bytes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import WrongUseError
from ..redact.secrets.keys import KEY_ENV, check_key, digest
from .records import Content, Reading

if TYPE_CHECKING:
    from spacy.language import Language

    from ..redact.engine import Corpus
    from ..redact.policy import Policy
    from ..types import CharSpan


class Work:
    """What is done to every file, and counts of it."""

    def __init__(
        self,
        policy: Policy,
        reading: Reading,
        model: tuple[str | None, bool],
        key: bytes | None,
        mapping: Path | None,
    ) -> None:
        if mapping is not None and key is None:
            raise WrongUseError(
                "--map writes an encrypted file, so it needs a key: --key-file FILE, or the "
                f"variable {KEY_ENV}."
            )
        self.policy, self.reading = policy, reading
        self.model, self.rules = model
        self.key, self.mapping = key, mapping
        self.counts: Counter[str] = Counter()

    @cached_property
    def pipeline(self) -> Language:
        """The pipeline, loaded at first use."""
        from .. import loading

        return loading.load_pipeline(self.model, 0, self.rules)

    @property
    def settings(self) -> str:
        """A digest of all that decides what is written."""
        from importlib.metadata import version

        key = digest(self.key, "journal").hex()[:16] if self.key else ""
        parts = [version("spacy-privacy-filter"), self.policy.fingerprint, repr(self.reading)]
        parts += [str(self.model), str(self.rules), key, str(self.mapping)]
        return hashlib.sha256("\0".join(parts).encode("utf8")).hexdigest()[:16]

    def find(self, content: Content) -> list[Sequence[CharSpan]]:
        """Find the spans of a file's texts."""
        from .. import loading

        nlp = self.pipeline
        if self.model is None:  # the shipped pipeline reads any length
            nlp.max_length = max(nlp.max_length, *map(len, content.texts), 0)
        return loading.find_spans(nlp, content.texts)

    def redact(
        self, content: Content, found: Sequence[Sequence[CharSpan]], corpus: Corpus | None
    ) -> tuple[bytes, dict[str, Any], Counter[str]]:
        """Redact a file. RETURNS: its new bytes, the way back of each text, and counts."""
        from ..redact.engine import redact

        texts, back = [], {}
        counts: Counter[str] = Counter()
        for name, text, whose, spans in zip(
            content.names, content.texts, content.subjects, found, strict=True
        ):
            done = redact(text, spans, self.policy, key=self.key, subject=whose, corpus=corpus)
            texts.append(done.text)
            back[name] = done.mapping
            counts.update(done.counts)
        return content.render(texts), back, counts

    def corpus(self) -> Corpus | None:
        """A corpus, if the policy has the scope of one."""
        from ..redact.engine import Corpus

        if self.policy.scope != "corpus":
            return None
        return Corpus(self.policy, check_key(self.key, "A policy with the scope of a corpus"))

    def save_map(self, path: Path, back: dict[str, Any]) -> None:
        """Write the way back. It comes before the text, so that none is ever without it."""
        if self.mapping is not None and self.key is not None:
            from ..redact.secrets.vault import save_mappings

            save_mappings(path, back, self.key)
