"""Records in, readings out; evidence adds up; what comes later touches the day the meeting was held."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, year
from ops.indicators import evidence
from ops.indicators.catalogue import metrics
from ops.indicators.closing import close, known_now
from ops.indicators.models import Closing
from ops.indicators.readings import by_scope, read
from ops.indicators.verification import drifts
from ops.meetings import queries, serving
from ops.meetings.checklist import Phase, ServiceError
from ops.meetings.metrics import METRICS
from ops.meetings.models import Meeting
from tests.meetings.factories import DAY, PAST, hold_it, make_held, make_meeting, make_venue

MAY = month(2023, 5)


def value(name: str) -> Decimal | None:
    return read(f"meetings.{name}", MAY).value


def assert_evidence_adds_up() -> None:
    for metric in METRICS:
        figure, foot = read(metric.name, MAY), evidence.foot(metrics()[metric.name], MAY, 0)
        assert (figure.part, figure.whole, figure.records) == (foot.part, foot.whole, foot.records), metric.name
    assert list(drifts()) == []


def record_error(meeting: Meeting, by: Actor) -> ServiceError:
    with transaction():
        return serving.record_error(meeting, Phase.DURING, "minor", "话筒无声", "更换", by)


def test_a_meeting_counts_on_the_day_it_was_held_not_when_it_was_booked(app: Flask) -> None:
    meeting = make_meeting(begins_at=PAST)
    assert value("held") is None
    hold_it(meeting)
    assert value("held") == 1
    assert read("meetings.held", Period(DAY, DAY)).value == 1
    assert_evidence_adds_up()


def test_hours_add_up_exactly_to_two_decimals(app: Flask) -> None:
    make_held(hours=1 + 50 / 60)
    make_held(hours=2)
    assert value("hours_used") == Decimal("3.83")
    assert_evidence_adds_up()


def test_a_meeting_taken_back_counts_no_more(app: Flask, by: Actor) -> None:
    meeting = make_held()
    assert value("held") == 1
    with transaction():
        serving.reverse_held(meeting, "登错", by)
    assert (value("held"), value("hours_used"), value("error_free")) == (None, None, None)
    assert_evidence_adds_up()


def test_an_error_recorded_later_and_its_withdrawal_touch_the_day_held(app: Flask, by: Actor) -> None:
    meeting = make_held()
    make_held()
    assert value("error_free") == 100
    error = record_error(meeting, by)
    record_error(meeting, by)
    assert value("error_free") == 50
    with transaction():
        serving.withdraw_error(error, "误登", by)
    assert value("error_free") == 50
    second = db.session.get_one(ServiceError, error.id + 1)
    with transaction():
        serving.withdraw_error(second, "误登", by)
    assert value("error_free") == 100
    assert_evidence_adds_up()


def test_satisfaction_leaves_the_unrated_out_of_both_sides(app: Flask, by: Actor) -> None:
    for score in (5, 4, 3, None):
        meeting = make_held()
        assert read("meetings.satisfaction", MAY).metric
        if score:
            with transaction():
                serving.rate(meeting, score, "", by)
    figure = read("meetings.satisfaction", MAY)
    assert (figure.part, figure.whole) == (Decimal(2), Decimal(3))
    assert_evidence_adds_up()


def test_no_rating_is_no_data_and_not_nought(app: Flask) -> None:
    make_held()
    assert value("satisfaction") is None


def test_a_tick_or_its_undoing_after_the_meeting_touches_the_day_held(app: Flask, by: Actor) -> None:
    meeting = make_held()
    assert value("checklists_complete") == 0
    for phase in Phase:
        with transaction():
            serving.tick_phase(meeting, phase, by)
    assert value("checklists_complete") == 100
    with transaction():
        serving.untick(queries.tasks(meeting.id)[-1], by)
    assert value("checklists_complete") == 0
    assert_evidence_adds_up()


def test_figures_narrow_to_a_venue(app: Flask) -> None:
    big, small = make_venue(), make_venue()
    make_held(big)
    make_held(big, PAST + timedelta(hours=6))
    make_held(small)
    found = {scope: figure.value for scope, figure in by_scope("meetings.held", MAY).items()}
    assert found == {big.id: 2, small.id: 1}


def test_an_error_found_after_the_year_is_closed_wants_a_reason_and_becomes_an_adjustment(
    app: Flask, by: Actor
) -> None:
    meeting = make_held()
    with transaction():
        closing_id = close(year(2023), by).id
    with pytest.raises(Rejected) as refusal:
        record_error(meeting, by)
    assert refusal.value.field == "reason"
    with transaction("事后查实"):
        serving.record_error(meeting, Phase.DURING, "minor", "话筒无声", "更换", by)
    closing = db.session.get_one(Closing, closing_id)
    assert known_now(closing, "meetings.error_free")[:2] == (Decimal(0), Decimal(1))
