"""Figures that moved since the text was approved, with every sentence that uses them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from . import rules
from .models import NarrativeApproval
from .telling import Cited, Narrative


@dataclass(frozen=True)
class Moved:
    """A figure that is another than when the text was approved, and the sentences to look at."""

    cited: Cited
    before: str
    sentences: tuple[str, ...]


def moved(told: Narrative, approval: NarrativeApproval | None) -> list[Moved]:
    """Nothing while the text was never approved."""
    return list(_moved(told, json.loads(approval.figures))) if approval else []


def _moved(told: Narrative, before: dict[str, str]) -> Iterator[Moved]:
    seen = set()
    for cited in told.citations:
        if cited.name in seen or before.get(cited.name) == cited.now:
            continue
        seen.add(cited.name)
        used = (
            sentence
            for paragraph in told.paragraphs
            for sentence in rules.sentences_with(paragraph.draft.text, cited.name)
        )
        yield Moved(cited, before.get(cited.name, ""), tuple(used))
