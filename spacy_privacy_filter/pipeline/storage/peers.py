"""Components that were put into one pipeline: who may read one saved network together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar
from weakref import WeakSet

PipeT = TypeVar("PipeT")


class Peers(Generic[PipeT]):
    """Components by weak reference; each of them holds the same `Peers`. Pickled with them."""

    def __init__(self, components: Iterable[PipeT] = ()) -> None:
        self._alive: WeakSet[PipeT] = WeakSet(components)

    def add(self, component: PipeT) -> None:
        """Add a component."""
        self._alive.add(component)

    def others(self, component: PipeT) -> Iterator[PipeT]:
        """Give all but one."""
        return (other for other in list(self._alive) if other is not component)

    def __getstate__(self) -> dict[str, list[PipeT]]:
        return {"components": list(self._alive)}

    def __setstate__(self, state: dict[str, list[PipeT]]) -> None:
        self.__init__(state["components"])  # type: ignore[misc]
