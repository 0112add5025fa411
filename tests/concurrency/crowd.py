"""Many clients that act at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Run all acts in threads that start together; their results in order. The first error is raised."""
    gate = threading.Barrier(len(acts))

    def act(what: Callable[[], T]) -> T:
        gate.wait(timeout=30)
        return what()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))
