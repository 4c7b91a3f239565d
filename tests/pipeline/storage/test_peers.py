"""Components of one pipeline know each other, and keep nobody alive."""

from __future__ import annotations

import gc
import pickle

from spacy_privacy_filter.pipeline.storage.peers import Peers


class Component:
    """Something that can be in a pipeline."""

    def __init__(self, peers: Peers[Component] | None = None) -> None:
        self.peers = Peers([self]) if peers is None else peers
        self.peers.add(self)


def test_all_but_one_are_the_others() -> None:
    first = Component()
    assert list(first.peers.others(first)) == []
    second, third = Component(first.peers), Component(first.peers)
    assert set(first.peers.others(first)) == {second, third}
    first.peers.add(second)  # once more
    assert set(first.peers.others(third)) == {first, second}


def test_a_component_that_is_gone_is_no_peer() -> None:
    first = Component()
    second = Component(first.peers)
    del second
    gc.collect()
    assert list(first.peers.others(first)) == []


def test_peers_stay_together_in_a_copy() -> None:
    first = Component()
    second = Component(first.peers)
    one, two = pickle.loads(pickle.dumps([first, second]))  # noqa: S301 - as n_process does
    assert one.peers is two.peers is not first.peers
    assert list(one.peers.others(one)) == [two]
