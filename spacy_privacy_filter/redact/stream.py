"""Segments of a text with their spans -> the redacted text, as soon as nothing can change it."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from ..labels.kinds import DATE, PERSON
from ..language.timeline import hangs_on_others
from ..types import CharSpan
from .engine import redact
from .operators.base import (
    CORPUS,
    DATES,
    DOCUMENT,
    ENCRYPT,
    ENTITY,
    MENTION,
    SUBJECT,
    Operator,
    check_key_of,
)
from .people.mentions import Mention
from .plan import make_plan
from .policy import Policy
from .secrets.keys import subject_of


class Finder(Protocol):
    """Gives a text that comes in chunks back in segments, with their spans."""

    def feed(self, chunk: str) -> tuple[str, list[CharSpan]]:
        """Take a chunk."""

    def close(self) -> tuple[str, list[CharSpan]]:
        """Take the end."""


class RedactionStream:
    """Redacts a text that comes in chunks.

    What comes out, put together, is what the whole gives with the spans of the finder.

    From the first stretch on whose replacement hangs on the whole document (numbers, surrogates,
    names, dates without a subject), everything is held back until `close`; with encryption,
    everything is, since any text might turn out to look like a token.
    """

    def __init__(
        self,
        finder: Finder,
        policy: Policy,
        *,
        key: bytes | str | None = None,
        subject: str | None = None,
    ) -> None:
        if policy.scope == CORPUS and any(operator.assigns for operator in policy.operators):
            raise ValueError(
                f"Policy {policy.name!r} has the scope of a corpus, so every text must be known "
                "before the first is written. A stream cannot have it: use the scope: document."
            )
        self.finder, self.policy = finder, policy
        self.key, self.subject = check_key_of(policy.operators, key), subject_of(subject)
        self.holds = any(operator.name == ENCRYPT for operator in policy.operators)
        # Everything is kept only if the whole may be asked for.
        self.may_hold = any(operator.depends != MENTION for operator in policy.operators)
        self.text, self.spans = "", []  # type: tuple[str, list[CharSpan]]
        self.n_given = 0
        self.counts: Counter[str] = Counter()
        self._bytes = codecs.getincrementaldecoder("utf8")()
        self._closed = False

    def feed(self, chunk: str | bytes) -> str:
        """Take a chunk; give what is certain now, which may be nothing.

        chunk (str | bytes): A part of the text, cut anywhere; bytes are UTF-8.
        RAISES (ValueError): The stream was closed, or bytes that are not UTF-8.
        RAISES (TypeError): Neither text nor bytes.
        """
        if self._closed:
            raise ValueError("This stream was closed. Make a new one for another text.")
        return self._take(*self.finder.feed(self._decode(chunk)))

    def close(self) -> str:
        """Take the end; give the rest.

        RAISES (ValueError): Bytes that end within a character.
        """
        if self._closed:
            return ""
        last = self._decode(b"", final=True)
        first = self._take(*self.finder.feed(last)) if last else ""
        last_one = first + self._take(*self.finder.close())
        self._closed = True
        if not self.holds:
            return last_one
        done = redact(self.text, self.spans, self.policy, key=self.key, subject=self.subject)
        self.counts = Counter(done.counts)
        return last_one + done.text[self.n_given :]

    def _decode(self, chunk: str | bytes, final: bool = False) -> str:
        if isinstance(chunk, str):
            if self._bytes.getstate()[0]:
                raise ValueError("A chunk of text follows bytes that end within a character.")
            return chunk
        if not isinstance(chunk, (bytes, bytearray)):
            raise TypeError(
                f"A chunk is text (str) or bytes of UTF-8, but this is a {type(chunk).__name__}. "
                "Of the answer of a language model, give the text that each part holds."
            )
        try:
            return self._bytes.decode(chunk, final)
        except UnicodeDecodeError:
            raise ValueError("The stream is not UTF-8 text. Convert it first.") from None

    def _take(self, text: str, spans: Sequence[CharSpan]) -> str:
        """Take in a segment; give it redacted, up to what has to wait."""
        offset = len(self.text)
        if self.may_hold:
            self.text += text
            self.spans += [
                s._replace(start_char=s.start_char + offset, end_char=s.end_char + offset)
                for s in spans
            ]
        if self.holds:
            return ""
        plan = make_plan(text, spans, self.policy)
        waits = [mention for mention, op in plan.used if not self._is_certain(mention, op)]
        if waits:
            self.holds = True
            text = text[: waits[0].start_char]
            spans = [span for span in spans if span.end_char <= len(text)]
        done = redact(text, spans, self.policy, key=self.key, subject=self.subject)
        self.counts.update(done.counts)
        self.n_given += len(done.text)
        return done.text

    def _is_certain(self, mention: Mention, operator: Operator) -> bool:
        """Whether a replacement is the same whatever else the document holds."""
        alone = mention.kind != DATE or not hangs_on_others(mention.text)
        certain = {
            MENTION: True,
            DATES: alone,
            ENTITY: mention.kind != PERSON,  # a later name may be the full form of this one
            SUBJECT: self.subject is not None and alone,
            DOCUMENT: False,
        }
        return certain[operator.depends]
