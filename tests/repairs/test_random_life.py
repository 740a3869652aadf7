"""Any random work on tickets leaves every figure equal to a recount by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, year
from ops.indicators import stale
from ops.indicators.models import Reading, StaleDay
from ops.indicators.readings import read_many
from ops.indicators.verification import drifts
from ops.repairs.models import StepKind, Ticket, TicketStep, Urgency
from tests.factories import AT, make_unit
from tests.repairs.factories import WAY, make_building, make_ticket, make_worker, take, worker

PERIODS = (year(2023), month(2023, 5), month(2023, 6))
MINUTES = st.sampled_from([0, 5, 29, 30, 31, 120, 121, 1440, 1441, 15 * 1440, 15 * 1440 + 1])
LIMIT = {Urgency.URGENT: (30, 1440), Urgency.NORMAL: (120, 1440), Urgency.PLANNED: (1440, 10080)}


@dataclass
class Told:
    """A ticket as the test remembers it: what happened, in its order, and when; nothing is asked of the database."""

    id: int
    at: datetime
    urgency: Urgency
    campus: int
    happened: list[tuple[str, datetime, int]] = field(default_factory=list)

    def word(self) -> str:
        led = [name for name, _at, _stars in self.happened if name != "reassigned"]
        return led[-1] if led else "reported"

    def first(self, kind: str) -> datetime | None:
        """When it first happened, before any return."""
        for name, at, _stars in self.happened:
            if name == kind:
                return at
            if name == "returned":
                return None
        return None

    def times(self, kind: str) -> list[int]:
        return [stars for name, _at, stars in self.happened if name == kind]

    def allows(self, kind: str) -> bool:
        never_done = not self.times("finished")
        return {
            "accepted": self.word() == "reported",
            "assigned": self.word() in ("accepted", "returned"),
            "reassigned": self.word() in ("assigned", "attended"),
            "attended": self.word() == "assigned",
            "finished": self.word() == "attended",
            "confirmed": self.word() == "finished",
            "rated": self.word() == "confirmed",
            "returned": self.word() in ("finished", "confirmed", "rated"),
            "voided": self.word() != "voided" and never_done,
        }[kind]

    def in_time(self, kind: str, minutes: int) -> bool:
        at = self.first(kind)
        return at is not None and at - self.at <= timedelta(minutes=minutes)

    def fixed_at_once(self) -> bool:
        confirmed, back = self.first("confirmed"), [at for name, at, _stars in self.happened if name == "returned"]
        return confirmed is not None and (not back or back[0] - confirmed > timedelta(days=15))


def recount(tickets: list[Told], over: Period) -> dict[str, tuple[int, int]]:
    """(part, whole) of every figure, by hand."""
    made = [ticket for ticket in tickets if ticket.at.date() in over]
    standing = [ticket for ticket in made if ticket.word() != "voided"]
    urgent = [ticket for ticket in standing if ticket.urgency is Urgency.URGENT]
    confirmed = [ticket for ticket in made if ticket.times("confirmed")]
    ratings = [stars for ticket in made for stars in ticket.times("rated")]
    ends = [ticket for ticket in tickets if (at := ticket.first("finished")) and at.date() in over]
    return {
        "reported": (len(standing), len(standing)),
        "finished": (len(ends), len(ends)),
        "response_rate": (sum(each.in_time("accepted", LIMIT[each.urgency][0]) for each in standing), len(standing)),
        "urgent_on_site_rate": (sum(each.in_time("attended", 30) for each in urgent), len(urgent)),
        "on_time_rate": (sum(each.in_time("finished", LIMIT[each.urgency][1]) for each in standing), len(standing)),
        "first_fix_rate": (sum(each.fixed_at_once() for each in confirmed), len(confirmed)),
        "satisfaction": (sum(stars >= 4 for stars in ratings), len(ratings)),
        "rated_share": (len(ratings), sum(len(each.times("confirmed")) for each in made)),
    }


def clear() -> None:
    """Each run of the machine begins without tickets."""
    with transaction():
        for model in (TicketStep, Ticket, Reading, StaleDay):
            db.session.execute(delete(model).execution_options(synchronize_session=False))
            stale.touch(model, [])
        audit.record("test.cleared", "ticket", system("test"))


class RandomWork(RuleBasedStateMachine):
    """The section's days: reports and steps, legal or not, at times that only go on."""

    unit_id: int
    places: tuple[tuple[int | None, int], ...]

    @initialize()
    def begin(self) -> None:
        clear()
        self.now, self.told = AT, list[Told]()

    @rule(minutes=MINUTES, urgency=st.sampled_from(Urgency), place=st.integers(0, 1))
    def report(self, minutes: int, urgency: Urgency, place: int) -> None:
        self.now += timedelta(minutes=minutes)
        building_id, campus = self.places[place]
        made = make_ticket(self.now, urgency=urgency, unit_id=self.unit_id, building_id=building_id)
        self.told.append(Told(made.id, self.now, urgency, campus))

    @rule(way=st.lists(MINUTES, min_size=5, max_size=7), urgency=st.sampled_from(Urgency), stars=st.integers(1, 5))
    def usual_way(self, way: list[int], urgency: Urgency, stars: int) -> None:
        """Reported and taken to the confirmation, perhaps the rating and the return after it, at these distances."""
        self.report(0, urgency, 0)
        kinds = (*WAY, StepKind.RETURNED) if len(way) > 6 else (*WAY[:5], StepKind.RETURNED)
        for kind, minutes in zip(kinds, way, strict=False):
            self.step(self.told[-1], kind, minutes, stars)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), minutes=MINUTES)
    def usual_step(self, data: st.DataObject, minutes: int) -> None:
        """Whatever may come next."""
        which = data.draw(st.sampled_from(self.told))
        ways = [kind for kind in StepKind if which.allows(kind)]
        if ways:
            self.step(which, data.draw(st.sampled_from(ways)), minutes, data.draw(st.integers(1, 5)))

    @precondition(lambda self: self.told)
    @rule(data=st.data(), kind=st.sampled_from(StepKind), minutes=MINUTES)
    def any_step(self, data: st.DataObject, kind: StepKind, minutes: int) -> None:
        """A stale page or a wrong hand: refused unless it happens to be right."""
        self.step(data.draw(st.sampled_from(self.told)), kind, minutes, data.draw(st.integers(1, 5)))

    def step(self, which: Told, kind: StepKind, minutes: int, stars: int) -> None:
        at = self.now + timedelta(minutes=minutes)
        ticket = db.session.get(Ticket, which.id)
        assert ticket is not None
        try:
            take(ticket, kind, at, stars=stars)
        except Rejected:
            assert not which.allows(kind), (which, kind)
            return
        assert which.allows(kind), (which, kind)
        self.now = at
        which.happened.append((kind.value, at, stars))

    @invariant()
    def every_figure_equals_the_recount(self) -> None:
        for over in PERIODS:
            self.compare(over, 0, self.told)
        campus = self.places[1][1]
        self.compare(PERIODS[0], campus, [each for each in self.told if each.campus == campus])

    def compare(self, over: Period, scope: int, tickets: list[Told]) -> None:
        expected = recount(tickets, over)
        figures = read_many([f"repairs.{name}" for name in expected], over, scope)
        found = {name: (figure.part, figure.whole) for name, figure in zip(expected, figures, strict=True)}
        assert found == expected, (over.key, scope)

    def teardown(self) -> None:
        assert list(drifts()) == []


def test_random_work_leaves_every_figure_equal_to_a_recount(app: Flask) -> None:
    building, unit = make_building(), make_unit()
    worker(), make_worker("worker2")
    RandomWork.unit_id, RandomWork.places = unit.id, ((None, 0), (building.id, building.campus_id))
    machine: Callable[[], RuleBasedStateMachine] = RandomWork
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a run against a database is too slow to shrink
        ),
    )
