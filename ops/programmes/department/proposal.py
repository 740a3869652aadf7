"""What a department's table begins with: goals and indicators by duty, each with the figure that counts it.

A proposal, taken from the duties and the narrative as published; people revise it like any other table.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...people.sections import DUTIES

FILE = Path(__file__).parent / "data" / "proposal.json"


@dataclass(frozen=True)
class Proposed:
    """An indicator with the name of the metric that counts it, "" where a person enters it."""

    level1: str
    level2: str
    level3: str
    duty: str
    value_text: str
    figure: str
    witness: str


@cache
def proposal() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def proposed_indicators() -> list[Proposed]:
    return [Proposed(**each) for each in proposal()["indicators"]]


def published_duties() -> dict[str, str]:
    """{section: its duty}, in the order of the published document."""
    found: dict[str, str] = json.loads(DUTIES.read_text("utf-8"))
    return found
