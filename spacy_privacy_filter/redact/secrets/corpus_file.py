"""What texts of a corpus mention -> an encrypted file and back, so that any process has the same.

A corpus has to be known before the first of its texts is written: a number or invented name must
differ from all others. With the file, each text can be redacted alone, in any order and process.
"""

from __future__ import annotations

from pathlib import Path

from ...labels.kinds import PERSON, kind_of
from ..engine import Corpus
from ..operators.base import Operator
from ..people.in_context import parse_alone
from ..people.mentions import Entity, Mention
from ..policy import Policy
from .keys import check_key
from .vault import CORPUS as MAGIC
from .vault import LOCKED, lock, unlock

NEEDS = LOCKED[MAGIC]


def save_corpus(path: str | Path, corpus: Corpus, key: bytes | str) -> None:
    """Write what a corpus mentions to an encrypted file, whole or not at all.

    path (str | Path): Where; an old file is replaced.
    corpus (Corpus): To which every text was added.
    key (bytes | str): The key with which the texts are redacted, too.
    RAISES (ValueError): Another key than the corpus has.
    """
    if check_key(key, NEEDS) != corpus.scope.key:
        raise ValueError("The key is not that of the corpus, so the file would be of no use.")
    operators = corpus.policy.operators
    entries = [
        [
            operators.index(operator),
            entity.kind,
            list(entity.tokens),
            entity.mark,
            entity.told,
            mention.label,
            mention.text,
        ]
        for operator, entities in corpus.scope.handed.items()
        for entity, texts in entities.items()
        for mention in texts.values()
    ]
    values = {
        "policy": corpus.policy.fingerprint,
        "found": sorted(entries),
        "literals": sorted(corpus.scope.literals),
        "words": sorted(corpus.scope.words),
    }
    lock(path, values, key, MAGIC, NEEDS)


def load_corpus(path: str | Path, policy: Policy, key: bytes | str) -> Corpus:
    """Read a file of a corpus.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): Another key or policy, a changed or cut file, or a file of another kind.
    """
    values = unlock(path, key, MAGIC, NEEDS)
    if values["policy"] != policy.fingerprint:
        raise ValueError(
            f"{path} was made with another policy than {policy.name!r}, so entities would not get "
            "the same replacements. Make it again from all texts."
        )
    corpus = Corpus(policy, key)
    for index, kind, tokens, mark, told, label, text in values["found"]:
        entity = Entity(kind, tuple(tokens), mark, told)
        _add(corpus, policy.operators[index], entity, label, text)
    corpus.scope.literals.update(values["literals"])
    corpus.scope.words.update(values["words"])
    return corpus


def _add(corpus: Corpus, operator: Operator, entity: Entity, label: str, text: str) -> None:
    name = parse_alone(text, entity.tokens) if entity.kind == PERSON else None
    mention = Mention(0, len(text), label, text, entity, kind_of(label), name)
    corpus.scope.handed.setdefault(operator, {}).setdefault(entity, {})[text] = mention
