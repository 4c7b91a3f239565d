"""`privacy_filter_redact`: writes the text without personal data to `doc._.redacted`."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import json
import os
import warnings
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from ..redact.engine import Corpus, redact
from ..redact.operators.base import CORPUS
from ..redact.policy import Policy, load_policy
from ..redact.result import Replacement
from ..redact.secrets.keys import check_key
from ..types import CharSpan
from .annotations import USER_DATA_KEY, get_privacy_spans, register_extensions
from .entities import HARMLESS, find_foreign, uncovered
from .names import REDACT
from .unredacted import find_unredacted

REDACTED_KEY = "privacy_redacted"


def get_redacted(doc: Doc) -> str | None:
    """The text without personal data; None if no component made one."""
    stored = doc.user_data.get(REDACTED_KEY)
    return None if stored is None else str(stored["text"])


def get_redacted_spans(doc: Doc) -> tuple[Replacement, ...]:
    """What was replaced, in both texts."""
    stored = doc.user_data.get(REDACTED_KEY, {"spans": []})
    return tuple(Replacement(*span) for span in stored["spans"])


register_extensions()
Doc.set_extension("redacted", getter=get_redacted, force=True)
Doc.set_extension("redacted_spans", getter=get_redacted_spans, force=True)


class PrivacyRedactor:
    """Redact documents by a policy. The document's own text stays what it is."""

    def __init__(
        self,
        name: str,
        policy: Policy,
        key_env: str,
        subject_key: str | None,
        corpus: str | None = None,
        ents: list[str] | bool | None = None,
        nlp: Language | None = None,
    ) -> None:
        check_ents(ents)
        needs_all = policy.scope == CORPUS and any(op.assigns for op in policy.operators)
        if needs_all and corpus is None:
            raise ValueError(
                f"Component {name!r} sees one document at a time, but policy {policy.name!r} has "
                "the scope of a corpus: what it hands out must differ over all texts. Write what "
                "they mention to a file first (`spacy_privacy_filter.collect_corpus`) and set "
                "corpus to it; or use `deidentify_all`, or the scope: document."
            )
        if corpus is not None and policy.scope != CORPUS:
            raise ValueError(
                f"Component {name!r} has the corpus {corpus!r}, but policy {policy.name!r} has the "
                f"scope {policy.scope!r}. Give the policy the scope: corpus."
            )
        if corpus is not None and ents:
            raise ValueError(
                f"Component {name!r} has a corpus, which holds what privacy_filter finds, so it "
                "cannot redact other entities: leave ents out. A pattern of privacy_filter "
                "(setting patterns) is in the corpus."
            )
        self.name, self.policy = name, policy
        self.ents = ents
        self._ents = frozenset(ents) if isinstance(ents, list) else frozenset()
        self._warned: set[str] = set()
        self._nlp = None if nlp is None else weakref.ref(nlp)
        self._seen_names: list[str] = []
        self.key_env, self.subject_key = key_env, subject_key
        self.corpus_file = corpus
        self._corpus: Corpus | None = None

    @property
    def corpus(self) -> Corpus | None:
        """What all texts mention, read at first use: the key is in the environment only then."""
        if self.corpus_file is not None and self._corpus is None:
            from ..redact.corpus_file import load_corpus

            key = check_key(os.environ.get(self.key_env) or None, f"Component {self.name!r}")
            self._corpus = load_corpus(self.corpus_file, self.policy, key)
        return self._corpus

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.redacted` and `doc._.redacted_spans`.

        RAISES (ValueError): No component looked for personal data, or a key is needed and absent.
        """
        self._check_pipeline()
        if USER_DATA_KEY not in doc.user_data:
            raise ValueError(
                f"Component {self.name!r} found no trace of a component that finds personal data, "
                "so nothing would be replaced. Add 'privacy_filter' before it, and enable it."
            )
        subject = doc.user_data.get(self.subject_key) if self.subject_key else None
        done = redact(
            doc.text,
            self._find_spans(doc),
            self.policy,
            key=os.environ.get(self.key_env) or None,
            subject=None if subject is None else str(subject),
            corpus=self.corpus,
        )
        doc.user_data[REDACTED_KEY] = {
            "text": done.text,
            "spans": [list(span) for span in done.spans],
        }
        return doc

    def _check_pipeline(self) -> None:
        """Warn once of what other components find in vain; again once the pipeline has changed."""
        nlp = self._nlp() if self._nlp is not None else None
        if nlp is None or self._seen_names == nlp.pipe_names:
            return
        self._seen_names = list(nlp.pipe_names)
        for message in find_unredacted(nlp, self.name, self.ents):
            if message not in self._warned:
                self._warned.add(message)
                warnings.warn(message, stacklevel=4)

    def _find_spans(self, doc: Doc) -> list[CharSpan]:
        """Give the spans of our components, and the entities of others that are asked for."""
        spans = list(get_privacy_spans(doc, self.policy.also))
        others = uncovered(find_foreign(doc, spans), spans, len(doc.text))
        if self.ents is not None:
            wanted = others if self.ents is True else [e for e in others if e.label in self._ents]
            return spans + wanted
        new = {ent.label for ent in others} - self._warned - HARMLESS
        if new:
            self._warned |= new
            warnings.warn(
                f"Entities {', '.join(sorted(new))} of doc.ents are not redacted by {self.name!r}. "
                'Say with its setting ents which are to be: ents = ["ORG"], or true for all, or '
                "[] for none.",
                stacklevel=3,
            )
        return spans

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Redact documents one by one; a batch changes nothing."""
        for batch in minibatch(stream, batch_size):
            for doc in batch:
                yield self(doc)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to write: settings are in the config, and the key stays where it is."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "PrivacyRedactor":
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "PrivacyRedactor":
        """Nothing to read."""
        return self


@Language.factory(
    REDACT,
    requires=["doc._.privacy_spans"],
    assigns=["doc._.redacted", "doc._.redacted_spans"],
    default_config={
        "policy": "mask",
        "key_env": "PRIVACY_FILTER_KEY",
        "subject_key": None,
        "corpus": None,
        "ents": None,
    },
)
def make_privacy_redactor(
    nlp: Language,
    name: str,
    policy: str | dict[str, Any],
    key_env: str,
    subject_key: str | None,
    corpus: str | None,
    ents: Any,
) -> PrivacyRedactor:
    """Make the component that redacts. It comes after `privacy_filter`.

    policy (str | dict): A policy that ships, a YAML or JSON file, or what one holds. A file is read
        now, and has to be there wherever the pipeline is loaded; what it holds goes along.
    key_env (str): Environment variable that has the key, so that no key is saved with a pipeline.
    subject_key (str | None): Key of `doc.user_data` that has the subject whose dates move together.
    corpus (str | None): For policies with the scope of a corpus: a file of `collect_corpus`, which
        has to be there, with the key, wherever the pipeline runs. Every text must be in it.
    ents (list[str] | bool | None): Labels of entities in `doc.ents` that other components found,
        such as an `entity_ruler`, `ner` or `gliner` before this one, and that are redacted, too;
        true for all, an empty list for none. By default none are, and a warning names them.
    RAISES (ValueError): A mistake in the policy, or a corpus without a policy for one, or with
        `ents`.
    """
    return PrivacyRedactor(name, load_policy(policy), key_env, subject_key, corpus, ents, nlp)


def check_ents(ents: Any) -> None:
    """Refuse what is no setting of labels. RAISES (ValueError)."""
    if ents is None or ents is True:
        return
    if isinstance(ents, list) and all(isinstance(label, str) and label for label in ents):
        return
    advice = f" Write ents = [{json.dumps(ents)}]." if isinstance(ents, str) and ents else ""
    raise ValueError(
        "ents must be a list of labels, true for all entities, [] for none, or null (None) for "
        f"none and a warning, but is {ents!r}.{advice}"
    )
