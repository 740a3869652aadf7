"""What a demo year is made of: deterministic, marked as demo, with nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from .access import Actor, system

DEMO = system("演示数据")


@dataclass(frozen=True)
class DemoYear:
    """A year to be made up. Every feature draws from its own chance, so that one's change leaves the others alone."""

    year: int
    working_days: Sequence[date]
    by: Actor = DEMO

    def chance(self, feature: str) -> Random:
        return Random(f"{self.year} {feature}")
