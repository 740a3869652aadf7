"""Timing a piece of work, and printing what it came to against its limit."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A measured ratio. `bound` is what it must reach (`at_least`) or stay under; None is for information only."""

    what: str
    ratio: float
    bound: float | None = None
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.bound is None or (self.ratio >= self.bound if self.at_least else self.ratio <= self.bound)

    def __str__(self) -> str:
        verdict = "      " if self.bound is None else ("holds " if self.holds else "FAILS ")
        limit = "" if self.bound is None else f"   {'at least' if self.at_least else 'at most'} {self.bound:g}"
        return f"  {verdict}{self.what:<72}{self.ratio:>9.2f}{limit}"


def seconds(work: Callable[[], object], runs: int = 7) -> float:
    """The median of several runs; the first, which warms the caches, is not counted."""
    work()
    taken = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def in_turns(*works: Callable[[], object], runs: int) -> list[float]:
    """The median of each of them, which take turns, so that a busy moment meets all; the first turn is not counted."""
    taken: list[list[float]] = [[] for _work in works]
    for run in range(runs + 1):
        for work, times in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            if run:
                times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in taken]
