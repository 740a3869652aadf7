"""What was filed of an alarm, a trip, a hire or a car, for its own page."""

from dataclasses import dataclass

from ...core.access import Actor
from . import queries
from .models import FILING_STATES, VIOLATION_LABELS, ViolationCode
from .permissions import Permission
from .subjects import SubjectKind


@dataclass(frozen=True)
class Filed:
    """A filing as a page of its subject names it."""

    id: int
    no: str
    violation: object
    colour: str
    word: object


def filed_of(kind: SubjectKind, key: int, actor: Actor) -> list[Filed]:
    """As far as the actor may read it; nothing for those who read no filings."""
    if not actor.may(Permission.VIOLATION_READ):
        return []
    return [
        Filed(each.id, each.no, VIOLATION_LABELS[ViolationCode(each.violation)], *FILING_STATES[each.state])
        for each in queries.seen_of_subject(kind, key, actor)
    ]
