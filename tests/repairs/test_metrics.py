"""Tickets in, figures out; and the evidence adds up to them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from ops.core.period import Period, month, year
from ops.indicators import evidence
from ops.indicators.readings import by_scope, read
from ops.indicators.verification import drifts
from ops.repairs.metrics import METRICS
from ops.repairs.models import StepKind, Urgency
from tests.factories import AT
from tests.repairs.factories import make_building, make_ticket, make_ticket_upto, take

MAY = month(2023, 5)


def parts(name: str, over: Period = MAY) -> tuple[Decimal, Decimal]:
    figure = read(f"repairs.{name}", over)
    return figure.part, figure.whole


def test_not_yet_accepted_stays_below_the_line(app: Flask) -> None:
    make_ticket_upto(StepKind.ACCEPTED)
    make_ticket()
    assert parts("response_rate") == (1, 2)


def test_acceptance_at_the_very_minute_of_the_limit_is_in_time(app: Flask) -> None:
    take(make_ticket(), StepKind.ACCEPTED, AT + timedelta(hours=2))
    take(make_ticket(), StepKind.ACCEPTED, AT + timedelta(hours=2, minutes=1))
    assert parts("response_rate") == (1, 2)


def test_a_void_ticket_counts_nowhere(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.ATTENDED, urgency=Urgency.URGENT)
    assert parts("reported") == (1, 1)
    take(ticket, StepKind.VOIDED, AT + timedelta(hours=1))
    for metric in METRICS:
        assert read(metric.name, MAY).value is None, metric.name


def test_only_urgent_repairs_are_timed_on_site(app: Flask) -> None:
    make_ticket_upto(StepKind.ATTENDED)
    make_ticket_upto(StepKind.ATTENDED, urgency=Urgency.URGENT)
    make_ticket_upto(StepKind.ATTENDED, urgency=Urgency.URGENT, minutes=11)
    assert parts("urgent_on_site_rate") == (1, 2)


def test_a_finish_counts_on_its_own_day_but_its_rate_on_the_day_reported(app: Flask) -> None:
    late = make_ticket_upto(StepKind.ATTENDED, at=AT.replace(day=31))
    take(late, StepKind.FINISHED, AT.replace(month=6, day=2))
    assert parts("finished") == (0, 0)
    assert parts("finished", month(2023, 6)) == (1, 1)
    assert parts("on_time_rate") == (0, 1)


def test_a_finish_after_a_return_is_not_counted_again(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.FINISHED)
    for kind in (StepKind.RETURNED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED):
        take(ticket, kind, AT + timedelta(days=2))
    assert parts("finished") == (1, 1)
    assert parts("on_time_rate") == (1, 1)


@pytest.mark.parametrize(("days", "kept"), [(15, 0), (16, 1)])
def test_a_return_within_15_days_of_the_confirmation_is_no_first_fix(app: Flask, days: int, kept: int) -> None:
    ticket = make_ticket_upto(StepKind.CONFIRMED)
    assert parts("first_fix_rate") == (1, 1)
    confirmed = ticket.steps[-1].at
    take(ticket, StepKind.RETURNED, confirmed + timedelta(days=days))
    assert parts("first_fix_rate") == (kept, 1)


def test_a_repair_returned_before_it_was_confirmed_is_no_first_fix(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.FINISHED)
    for kind in (StepKind.RETURNED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED, StepKind.CONFIRMED):
        take(ticket, kind, AT + timedelta(days=2))
    assert parts("first_fix_rate") == (0, 1)


def test_who_did_not_rate_is_not_satisfied_nor_dissatisfied(app: Flask) -> None:
    for stars in (5, 4, 3):
        take(make_ticket_upto(StepKind.CONFIRMED), StepKind.RATED, AT + timedelta(days=1), stars=stars)
    make_ticket_upto(StepKind.CONFIRMED)
    assert parts("satisfaction") == (2, 3)
    assert parts("rated_share") == (3, 4)


def test_figures_can_be_narrowed_to_a_campus(app: Flask) -> None:
    building = make_building()
    make_ticket(building_id=building.id)
    make_ticket()
    figures = by_scope("repairs.reported", MAY)
    assert {scope: figure.part for scope, figure in figures.items()} == {0: 2, building.campus_id: 1}


def test_evidence_adds_up_to_each_figure_and_nothing_drifts(app: Flask) -> None:
    for number, last in enumerate((StepKind.ACCEPTED, StepKind.FINISHED, StepKind.CONFIRMED, StepKind.RATED)):
        make_ticket_upto(last, at=AT + timedelta(days=number * 20), urgency=Urgency.URGENT)
    over = year(2023)
    for metric in METRICS:
        figure, foot = read(metric.name, over), evidence.foot(metric, over, 0)
        assert (figure.part, figure.whole, figure.records) == (foot.part, foot.whole, foot.records), metric.name
        assert sum(row.part for row in evidence.page(metric, over, 0, 1)) == figure.part
    assert list(drifts()) == []
