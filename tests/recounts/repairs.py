"""The repair section's figures, counted by hand: each ticket with its steps in their order."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from ops.repairs.models import Ticket, TicketStep
from tests.recounts.counted import Counted, rows


class Told:
    """A ticket's life as a list of what happened."""

    def __init__(self, ticket: Ticket, steps: list[TicketStep]) -> None:
        self.ticket, self.steps = ticket, sorted(steps, key=lambda step: step.number)

    def times(self, kind: str) -> list[TicketStep]:
        return [step for step in self.steps if step.kind == kind]

    def first(self, kind: str) -> TicketStep | None:
        """When it first happened, before any return."""
        for step in self.steps:
            if step.kind == kind:
                return step
            if step.kind == "returned":
                return None
        return None

    def in_time(self, kind: str, due: datetime | None) -> bool:
        step = self.first(kind)
        return step is not None and due is not None and step.at <= due

    def counted(self, part: int = 1) -> Counted:
        return Counted(self.ticket.day, part, scope=self.ticket.campus_id or 0)


def reported() -> list[Counted]:
    return [each.counted() for each in _standing()]


def finished() -> list[Counted]:
    first = [(each, each.first("finished")) for each in _tickets()]
    return [Counted(step.day, scope=each.ticket.campus_id or 0) for each, step in first if step]


def response_rate() -> list[Counted]:
    return _rate(lambda each: each.in_time("accepted", each.ticket.accept_by))


def urgent_on_site_rate() -> list[Counted]:
    urgent = [each for each in _standing() if each.ticket.attend_by]
    return [each.counted(int(each.in_time("attended", each.ticket.attend_by))) for each in urgent]


def on_time_rate() -> list[Counted]:
    return _rate(lambda each: each.in_time("finished", each.ticket.finish_by))


def first_fix_rate() -> list[Counted]:
    return [each.counted(int(_fixed_at_once(each))) for each in _tickets() if each.times("confirmed")]


def satisfaction() -> list[Counted]:
    return [each.counted(int((step.stars or 0) >= 4)) for each in _tickets() for step in each.times("rated")]


def rated_share() -> list[Counted]:
    """A rating belongs to the confirmation of its round."""
    counted = []
    for each in _tickets():
        rated = {step.round for step in each.times("rated")}
        counted += [each.counted(int(step.round in rated)) for step in each.times("confirmed")]
    return counted


def _rate(in_time: Callable[[Told], bool]) -> list[Counted]:
    return [each.counted(int(in_time(each))) for each in _standing()]


def _fixed_at_once(ticket: Told) -> bool:
    confirmed, back = ticket.first("confirmed"), ticket.times("returned")
    if confirmed is None or confirmed.until is None:
        return False
    return not back or back[0].at > confirmed.until


def _standing() -> list[Told]:
    return [each for each in _tickets() if not each.times("voided")]


def _tickets() -> list[Told]:
    steps = defaultdict(list)
    for step in rows(TicketStep):
        steps[step.ticket_id].append(step)
    return [Told(ticket, steps[ticket.id]) for ticket in rows(Ticket)]
