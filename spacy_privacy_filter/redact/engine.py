"""A text, its spans and a policy -> the text without personal data, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..types import CharSpan
from .operators.base import CORPUS, Operator, Scope, check_key_of
from .people.mentions import Mention
from .plan import Plan, make_plan
from .policy import Policy
from .result import Redaction, Replaced, assemble
from .secrets.keys import check_key, digest, subject_of


class Corpus:
    """Texts that share their replacements: the same entity gets the same one in all of them.

    Add every text, then redact each. The order of neither matters. Texts are not kept.
    """

    def __init__(self, policy: Policy, key: bytes | str) -> None:
        self.policy = policy
        self.scope = Scope(check_key(key, "A corpus"), by_digest=True)

    def add(self, text: str, spans: Iterable[CharSpan]) -> None:
        """Take in a text and its spans.

        RAISES (ValueError): Something of the corpus was redacted already.
        """
        self.scope.add(text, make_plan(text, spans, self.policy).used)

    def identify(self, used: Sequence[tuple[Mention, Operator]]) -> list[tuple[Mention, Operator]]:
        """Say of each mention whose it is in the corpus, where that decides what it becomes.

        What hands nothing out, such as a hash, is to be the same in any corpus.

        RAISES (ValueError): A mention that was not added.
        """
        people = self.scope.identify_people()
        identified = [
            (replace(m, entity=people.identify(m.entity)) if operator.assigns else m, operator)
            for m, operator in used
        ]
        for mention, operator in identified:
            if operator.assigns and not self.scope.holds(operator, mention):
                raise ValueError(
                    f"A span of label {mention.label!r} was not added to the corpus with this "
                    "policy. Add every text with the same spans before the first is redacted."
                )
        return identified


def redact(
    text: str,
    spans: Iterable[CharSpan],
    policy: Policy,
    *,
    key: bytes | str | None = None,
    subject: str | None = None,
    corpus: Corpus | None = None,
) -> Redaction:
    """Replace the spans of a text as a policy says.

    Spans that overlap are replaced together. If their operators differ, that of the longest span
    that hides everything is taken, or else the policy's default.

    text (str): Any text.
    spans (Iterable[CharSpan]): Spans of it, in any order.
    policy (Policy): What happens to each label.
    key (bytes | str | None): Secret of at least 16 bytes, for operators that need one.
    subject (str | None): Whose text it is: dates of one subject are shifted alike. A blank one is
        none.
    corpus (Corpus | None): The corpus to which the text was added, for policies with that scope.
    RETURNS (Redaction): The new text, what was replaced, and the way back.
    RAISES (ValueError): A span outside the text, no key or a short one, or no corpus.
    RAISES (TypeError): Not a text, or spans that are none.
    """
    plan = make_plan(text, spans, policy)
    used: Sequence[tuple[Mention, Operator]] = plan.used
    if corpus is not None:
        used, scope = corpus.identify(used), corpus.scope.share()
    else:
        scope = _open_scope(plan, policy, key)
    scope.text, scope.dates, scope.subject = text, plan.dates, subject_of(subject) or ""
    literals = plan.literals if scope.key is not None else ()
    replaced = [
        Replaced(mention, operator.name, operator.apply(mention, scope))
        for mention, operator in (*used, *literals)
    ]
    return assemble(text, replaced, plan.kept)


def _open_scope(plan: Plan, policy: Policy, key: bytes | str | None) -> Scope:
    """Make the scope of a document by itself."""
    operators = {operator for _, operator in plan.used}
    if policy.scope == CORPUS and any(operator.assigns for operator in operators):
        raise ValueError(
            f"Policy {policy.name!r} has the scope of a corpus, so every text must be known before "
            "the first is written. Use `deidentify_all`, or the command on all files at once."
        )
    secret = check_key_of(operators, key)
    # A document is told by its text, so that a new run on it gives the same.
    salt = b""
    if secret is not None and policy.scope != CORPUS:
        salt = digest(secret, "document", plan.text)
    scope = Scope(secret, salt)
    scope.add(plan.text, plan.used)
    return scope
