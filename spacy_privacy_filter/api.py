"""What most people need: text in, text without personal data out; and the way back."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.util import minibatch

from .loading import default_pipeline, share_names, stream_pipeline
from .pipeline.annotations import USER_DATA_KEY, get_privacy_spans
from .pipeline.names import FILTER
from .pipeline.streaming import make_finder
from .redact.engine import Corpus, redact
from .redact.operators.base import CORPUS
from .redact.policy import Policy, load_policy, method_policy
from .redact.result import Redaction, TextMapping, restore_warning
from .redact.secrets.keys import check_key
from .redact.spans import check_spans, check_text
from .redact.stream import RedactionStream
from .types import CharSpan

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT = "mask"
STEP = 64
PolicyLike = str | Path | Mapping[str, Any] | Policy
SpanLike = CharSpan | tuple[int, int, str] | tuple[int, int, str, float]


def extract_pii(text: str, *, nlp: Language | None = None) -> list[CharSpan]:
    """Find the personal data in a text.

    text (str): Any text.
    nlp (Language | None): A pipeline with a `privacy_filter`; None for the one that ships.
    RETURNS (list[CharSpan]): Exact characters, labels and scores, sorted.
    RAISES (TypeError): Not a text.
    """
    return next(iter(_find([text], nlp)))


def _find(
    texts: Sequence[str], nlp: Language | None, also: Sequence[str] = ()
) -> Iterable[list[CharSpan]]:
    for text in texts:
        check_text(text)
    pipeline = default_pipeline() if nlp is None else nlp
    for doc in pipeline.pipe(texts):
        if USER_DATA_KEY not in doc.user_data:
            raise ValueError(
                "The pipeline has no component that finds personal data. Add one: "
                f"nlp.add_pipe({FILTER!r})"
            )
        yield list(get_privacy_spans(doc, also))


def choose_policy(method: str | None, policy: PolicyLike | None) -> Policy:
    """Read the policy, or make the one of a method; with neither, everything is masked.

    RAISES (ValueError): Both, or one that is not known.
    """
    if method is not None and policy is not None:
        raise ValueError("Give a method or a policy, not both.")
    if policy is not None:
        return load_policy(policy)
    return method_policy(method or DEFAULT)


def deidentify(
    text: str,
    *,
    method: str | None = None,
    policy: PolicyLike | None = None,
    key: bytes | str | None = None,
    subject: str | None = None,
    spans: Iterable[SpanLike] | None = None,
    nlp: Language | None = None,
) -> Redaction:
    """Replace the personal data in a text.

    text (str): Any text.
    method (str | None): The same for every label: "mask" (default), "number", "remove", "block",
        "hash", "encrypt" or "surrogate".
    policy (str | Path | Mapping | Policy | None): In place of a method: a policy that ships
        ("mask", "hipaa_safe_harbor", "gdpr_pseudonymise", "research", "llm_prompt"), a YAML or JSON
        file, or what one holds.
    key (bytes | str | None): Secret of at least 16 bytes, for what needs one; see `make_key`.
    subject (str | None): Whose text it is: dates of one subject are shifted alike.
    spans (Iterable | None): What to replace, each as `extract_pii` gives them or a tuple of
        start_char, end_char and label; None to let the pipeline find it.
    nlp (Language | None): A pipeline with a `privacy_filter`; None for the one that ships.
    RETURNS (Redaction): The new text, what was replaced in both texts, and the mapping back.
    RAISES (ValueError): An unknown method, a mistake in a policy, no key or a short one, or a
        policy with the scope of a corpus (see `deidentify_all`).
    RAISES (TypeError): Not a text, or spans that are none.
    """
    chosen = choose_policy(method, policy)
    if spans is None:
        (found,) = _find([text], nlp, chosen.also)
    else:
        found = check_spans(spans)
    return redact(text, found, chosen, key=key, subject=subject)


def deidentify_all(
    texts: Sequence[str],
    *,
    method: str | None = None,
    policy: PolicyLike | None = None,
    key: bytes | str | None = None,
    subjects: Sequence[str | None] | None = None,
    nlp: Language | None = None,
) -> list[Redaction]:
    """Replace the personal data in many texts; see `deidentify`.

    With a policy of scope "corpus", the same entity gets the same replacement in all texts, and
    different ones never the same. The order of texts does not matter.

    texts (Sequence[str]): The texts.
    subjects (Sequence[str | None] | None): Whose each text is. Names that one of them tells are
        found in all texts of the same subject.
    RETURNS (list[Redaction]): In the order of the texts.
    RAISES (ValueError): As `deidentify`, or another number of subjects than of texts.
    RAISES (TypeError): Texts that are none, or a single one.
    """
    _refuse_text(texts, "deidentify_all")
    chosen = choose_policy(method, policy)
    owners = [None] * len(texts) if subjects is None else list(subjects)
    if len(owners) != len(texts):
        raise ValueError(f"There are {len(texts)} texts, but {len(owners)} subjects.")
    found: list[Sequence[CharSpan]] = list(_find(texts, nlp, chosen.also))
    spans_of_texts = share_names(default_pipeline() if nlp is None else nlp, texts, found, owners)
    corpus = Corpus(chosen, check_key(key, "A corpus")) if chosen.scope == CORPUS else None
    if corpus is not None:
        for text, spans in zip(texts, spans_of_texts, strict=True):
            corpus.add(text, spans)
    return [
        redact(text, spans, chosen, key=key, subject=owner, corpus=corpus)
        for text, spans, owner in zip(texts, spans_of_texts, owners, strict=True)
    ]


def _refuse_text(texts: Iterable[str], function: str) -> None:
    """A text is a sequence of texts, too, each of one character."""
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(
            f"`{function}` takes several texts, but this is a {type(texts).__name__}. Put a single "
            "text in a list."
        )


def redact_stream(
    chunks: Iterable[str | bytes],
    *,
    method: str | None = None,
    policy: PolicyLike | None = None,
    key: bytes | str | None = None,
    subject: str | None = None,
    nlp: Language | None = None,
    step: int = STEP,
) -> Iterator[str]:
    """Replace the personal data in a text that comes in chunks, say the answer of a language model.

    Put together, what comes out is what `deidentify` gives of the whole text with `carry =
    "forward"`: a name is found again in what follows it, not in what has been given out. Nothing is
    given out that could still change. Held back are, at the end of what has come: the last word,
    the pieces that the network reads as context (n_layers x window: 256 for the pipeline that
    ships), up to `step` more, and spans whose end is open; and of that, the last line and the two
    before it, so that a text without line breaks waits for its end. With rules, snap and carry off,
    text is cut where a blank, line break or mark ends a word.

    Some things cannot be known before the end, and hold the rest of the text back: the first
    number, surrogate, hash of a name, or date shifted without a subject (they hang on names,
    numbers and placeholders that may follow), date of which other dates tell the year, century or
    order ("2 March", "01/01/30"; shifted or generalised), or function of yours; and from the start
    encryption, a component or patterns of yours, or a pipeline with `carry = True`.

    The network gives the same numbers for a part with its context as for the whole, but for
    rounding (about 1e-6): as when a text is read in another batch.

    chunks (Iterable[str | bytes]): Parts of the text, cut anywhere; bytes are UTF-8.
    method, policy, key, subject, nlp: As for `deidentify`.
    step (int): New pieces for which the network is run. Smaller: sooner, and more work.
    YIELDS (str): Parts of the new text; none is empty.
    RAISES (ValueError): As `deidentify`, at the first `next`, and for bytes that are not UTF-8.
    RAISES (TypeError): A chunk that is neither text nor bytes, at its place.
    """
    if not isinstance(chunks, Iterable):
        raise TypeError(f"Chunks are an iterable of text, but this is a {type(chunks).__name__}.")
    stream = open_stream(method=method, policy=policy, key=key, subject=subject, nlp=nlp, step=step)
    for chunk in chunks:
        if redacted := stream.feed(chunk):
            yield redacted
    if redacted := stream.close():
        yield redacted


def open_stream(
    *,
    method: str | None = None,
    policy: PolicyLike | None = None,
    key: bytes | str | None = None,
    subject: str | None = None,
    nlp: Language | None = None,
    step: int = STEP,
) -> RedactionStream:
    """Make a stream to which chunks are fed one by one. See `redact_stream`."""
    chosen = choose_policy(method, policy)
    finder = make_finder(stream_pipeline() if nlp is None else nlp, step, chosen.also)
    return RedactionStream(finder, chosen, key=key, subject=subject)


def collect_corpus(
    texts: Iterable[str],
    path: str | Path,
    *,
    policy: PolicyLike,
    key: bytes | str,
    nlp: Language | None = None,
) -> int:
    """Write what texts mention to an encrypted file, for `privacy_filter_redact` with its `corpus`.

    With the file, documents that go through a pipeline one by one get what `deidentify_all` gives
    all of them: the same person the same number, in any order and number of processes.

    texts (Iterable[str]): All texts that will be redacted; read once, not kept.
    path (str | Path): The file, which needs the key to be read.
    policy (str | Path | Mapping | Policy): With the scope of a corpus.
    key (bytes | str): The key that the texts will be redacted with.
    nlp (Language | None): The pipeline that will find the spans, without `privacy_filter_redact`.
    RETURNS (int): How many texts were read.
    RAISES (ValueError): A policy of another scope, no key or a short one.
    RAISES (TypeError): Texts that are none, or a single one.
    """
    _refuse_text(texts, "collect_corpus")
    from .redact.corpus_file import save_corpus

    chosen = load_policy(policy)
    if chosen.scope != CORPUS:
        raise ValueError(
            f"Policy {chosen.name!r} has the scope {chosen.scope!r}, so texts do not share their "
            "replacements. Give it the scope: corpus."
        )
    corpus = Corpus(chosen, check_key(key, "A corpus"))
    n_texts = 0
    for batch in minibatch(texts, 256):
        for text, spans in zip(batch, _find(batch, nlp, chosen.also), strict=True):
            corpus.add(text, spans)
            n_texts += 1
    save_corpus(path, corpus, key)
    return n_texts


def pseudonymize(
    text: str,
    *,
    key: bytes | str,
    subject: str | None = None,
    spans: Iterable[SpanLike] | None = None,
    nlp: Language | None = None,
) -> Redaction:
    """Replace people, addresses, numbers by invented ones: `deidentify` with "surrogate"."""
    return deidentify(text, method="surrogate", key=key, subject=subject, spans=spans, nlp=nlp)


def reidentify(text: str, key_or_map: bytes | str | TextMapping | Redaction) -> str:
    """Restore a text that `deidentify` made.

    text (str): The text; with a mapping also one that was written anew with its placeholders.
    key_or_map (bytes | str | Mapping | Redaction): The mapping that came with the text, or, for
        text that was encrypted, the key.
    RETURNS (str): The source, exactly, if the text is what was made. In another text, placeholders
        that stand for several things stay. Of these, or if nothing was put back, though the mapping
        holds something, there is a warning, as of the command `restore`.
    RAISES (ValueError): Another key.
    RAISES (TypeError): Not a text, or neither a mapping nor a key.
    """
    check_text(text)
    back = key_or_map.mapping if isinstance(key_or_map, Redaction) else key_or_map
    if not isinstance(back, TextMapping):
        if not isinstance(back, (bytes, str)):
            raise TypeError(
                "A text is restored with its mapping, its Redaction or a key, but this is a "
                f"{type(back).__name__}. Of what `to_dict` gave, make one with `from_dict`."
            )
        from .redact.operators.encrypt import unseal_counted

        done = unseal_counted(text, check_key(back, "Re-identification"))
    else:
        done = back.restore_counted(text)
    name = "the mapping" if isinstance(back, TextMapping) else None
    warning = restore_warning(done, name, "the mapping in place of the key")
    if warning and len(back):
        start = "" if done.n_left else "Nothing was restored: "
        warnings.warn(f"{start}{warning}", stacklevel=2)
    return done.text
