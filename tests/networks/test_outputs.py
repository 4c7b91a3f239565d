"""What passes gave is kept for who has not asked yet, until weights or documents are gone."""

from __future__ import annotations

import copy
import gc
import pickle

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from spacy_privacy_filter.networks.heads import LinearHead
from spacy_privacy_filter.networks.outputs import Heads, Kept, Outputs
from spacy_privacy_filter.types import Pieces

VERSION = (1, 0)
NOTHING = np.zeros(0, np.int64)


@pytest.fixture
def doc() -> Doc:
    return spacy.blank("en").make_doc("some text")


def keep(outputs: Outputs, doc: Doc, *heads: LinearHead) -> None:
    logits = {head: (head.n_changes, np.full((2, 3), i, "f")) for i, head in enumerate(heads)}
    pieces = Pieces(NOTHING, NOTHING, NOTHING)
    outputs.keep(doc, Kept(VERSION, pieces, dict(logits), np.ones(4, "f")))


def test_each_head_takes_its_logits_once(doc: Doc) -> None:
    outputs, first, second = Outputs(), LinearHead("a"), LinearHead("b")
    keep(outputs, doc, first, second)
    found = outputs.take(doc, VERSION, second)
    assert found is not None
    assert found.logits.tolist() == [[1.0] * 3] * 2
    assert outputs.take(doc, VERSION, second) is None
    assert outputs.take(doc, VERSION, first) is not None
    pooled = outputs.pooled(doc, VERSION)
    assert pooled is not None
    assert pooled.tolist() == [1.0] * 4


def test_what_changed_weights_would_give_is_not_recalled(doc: Doc) -> None:
    outputs, head = Outputs(), LinearHead("a")
    keep(outputs, doc, head)
    assert outputs.take(doc, (1, 1), head) is None
    assert outputs.pooled(doc, (2, 0)) is None
    head.put(np.zeros((3, 4), "f"), np.zeros(3, "f"))
    assert outputs.take(doc, VERSION, head) is None
    assert outputs.take(doc, VERSION, LinearHead("b")) is None
    with pytest.raises(KeyError):
        Kept(VERSION, None, {}, np.ones(4, "f")).hand_over(head)


def test_outputs_die_with_their_documents_and_stay_at_home() -> None:
    outputs, nlp = Outputs(), spacy.blank("en")
    docs = [nlp.make_doc("one"), nlp.make_doc("two")]
    for doc in docs:
        keep(outputs, doc, LinearHead("a"))
    assert len(outputs) == 2
    assert len(copy.deepcopy(outputs)) == len(pickle.loads(pickle.dumps(outputs))) == 0  # noqa: S301 -- our own
    del doc, docs[0]
    gc.collect()
    assert len(outputs) == 1


def test_heads_live_as_long_as_somebody_holds_them() -> None:
    kept, other = LinearHead("a"), LinearHead("b")
    heads = Heads([kept, other])
    heads.add(kept)
    assert set(heads) == {kept, other}
    del other
    gc.collect()
    assert list(heads) == [kept]
    copied = copy.deepcopy((heads, kept))
    assert list(copied[0]) == [copied[1]]
    heads.discard(kept)
    heads.discard(kept)
    assert list(heads) == []
