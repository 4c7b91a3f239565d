"""What forms need, so that they are passed over fast, is in whatever has them."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.tokens import goods, hashes, measures, times

from ..not_personal import KINDS, make_texts

FORMS = [form for room in (goods, hashes, measures, times) for form in room.FORMS if form.needs]
_N_AFTER = 60  # characters behind a match that a form looks at


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_a_form_holds_what_it_needs(kind: str) -> None:
    for text in make_texts(kind, 20):
        for form in FORMS:
            for match in form.pattern.finditer(text):
                held = text[match.start() : match.end() + _N_AFTER].lower()
                assert any(need in held for need in form.needs), (form.pattern.pattern, match[0])
