"""A pipeline that has read labelled texts -> the same, with a vocabulary that does not tell them.

spaCy keeps every word that it has met, and saves them all in `vocab/strings.json`: names and
passwords of the training texts would be in each trained pipeline, and in the wheel made of it.
"""

import copy
import warnings
from collections.abc import Callable

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.vocab import Vocab, create_vocab

from ..pipeline.base import PrivacyPipe


def make_without_texts() -> Callable[[Language], Language]:
    """Make `spacy_privacy_filter.without_texts.v1`, for `training.before_to_disk`."""
    return without_texts


def without_texts(nlp: Language) -> Language:
    """Give a pipeline to save: the same components, and a vocabulary of the language and labels.

    Where another trainable component or a table of vectors may need what is in the vocabulary, it
    stays, with a warning.

    nlp (Language): Goes on as it is; documents that it has made stay readable.
    RETURNS (Language): Shares everything else with `nlp`. Only for `to_disk`.
    """
    others = [
        name
        for name, pipe in nlp.pipeline
        if getattr(pipe, "is_trainable", False) and not isinstance(pipe, PrivacyPipe)
    ]
    if others or len(nlp.vocab.vectors):
        warnings.warn(
            "The saved vocabulary (vocab/strings.json) holds words of the training texts: "
            f"{', '.join(others) or 'its vectors'} may need them. Train the privacy filter in a "
            "pipeline of its own before you hand it on.",
            UserWarning,
            stacklevel=2,
        )
        return nlp
    saved = copy.copy(nlp)
    saved.vocab = _fresh_vocab(nlp)
    return saved


def _fresh_vocab(nlp: Language) -> Vocab:
    vocab = create_vocab(nlp.lang, nlp.Defaults)
    vocab.lookups = nlp.vocab.lookups
    for _, pipe in nlp.pipeline:
        for label in pipe.labels if isinstance(pipe, Pipe) else ():
            vocab.strings.add(label)
    return vocab
