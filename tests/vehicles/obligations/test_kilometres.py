"""Owed by kilometres: one rule for the list, To do, the board, the night's note, reminders and the figure."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.core.period import year
from ops.core.timeslot import Slot
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.obligations import ordering, queries, reminding, service
from ops.vehicles.obligations.models import Obligation, ObligationLapse
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import OdometerReading, Source
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_user
from tests.recounts.vehicles import obligations_met
from tests.vehicles.obligations.test_obligations import METRIC, owed

KM, LATER, FAR = 10_000, date(2023, 9, 1), date(2090, 1, 1)


def by_km(by: Actor, due_on: date = LATER, km: int = KM) -> Obligation:
    return owed(by, due_on, "maintenance", due_km=Decimal(km))


def shows(obligation: Obligation, value: int, by: Actor, at: datetime = AT) -> OdometerReading:
    with transaction():
        return odometer.record(obligation.vehicle_id or 0, value, at, Source.MANUAL, "", by, "misread")


def do_at(obligation: Obligation, dial: int, by: Actor, done_on: date = DAY, at: time = time(10)) -> None:
    with transaction():
        service.record_done(
            obligation,
            done_on,
            "已保养",
            None,
            Decimal(dial),
            None,
            None,
            date(2024, 1, 1),
            by,
            read_at=at,
            dial_reason="misread",
        )


def figure(of: int = 2023) -> tuple[object, object]:
    found, counted = read(METRIC, year(of)), obligations_met()
    assert (found.part, found.whole) == (sum(each.part for each in counted), len(counted))
    return found.part, found.whole


def test_the_list_the_work_to_do_the_board_and_the_night_say_the_same(app: Flask, by: Actor, sign_in: SignIn) -> None:
    obligation, other = by_km(by, FAR), by_km(by, FAR)
    shows(obligation, KM + 36, by), shows(other, KM, by)
    found = {name: queries.count(name, DAY) for name in ("late", "month", "soon", "open")}
    assert found == {"late": 1, "month": 1, "soon": 1, "open": 2}
    assert [each.vehicle_id for each, _leaves in queries.overdue_in(DAY, DAY)] == [obligation.vehicle_id]
    slot = Slot(AT, AT + timedelta(hours=2))
    assert [each.id for each in queries.in_the_way(slot, None, None)] == [obligation.id]
    assert queries.in_the_way(Slot(AT - timedelta(hours=3), AT - timedelta(hours=1)), None, None) == []
    shown = sign_in(Role.DISPATCHER).get("/vehicles/obligations?show=late").text
    assert (f"/obligations/{obligation.id}" in shown, f"/obligations/{other.id}" in shown) == (True, False)
    with transaction():
        assert reminding.note_lapses(DAY - timedelta(days=1)) == 0
        assert (reminding.note_lapses(DAY + timedelta(days=3)), reminding.note_lapses(DAY)) == (1, 0)
    [lapse] = db.session.scalars(select(ObligationLapse))
    assert (lapse.obligation_id, lapse.day) == (obligation.id, DAY)
    assert figure(FAR.year) == (0, 1)
    assert f"{DAY}逾期" in sign_in(Role.DISPATCHER).get(f"/vehicles/obligations/{obligation.id}").text


def test_done_beyond_its_kilometres_is_not_met_in_time(app: Flask, by: Actor) -> None:
    do_at(by_km(by), KM, by)
    assert figure() == (1, 1)
    do_at(by_km(by), KM + 1, by)
    assert figure() == (1, 2)


def test_a_reading_that_comes_late_is_corrected_or_reversed_moves_the_figure(app: Flask, by: Actor) -> None:
    obligation = by_km(by)
    do_at(obligation, KM, by)
    shows(obligation, KM + 50, by, AT + timedelta(hours=9))  # driven on the same day, after it was done
    assert figure() == (1, 1)
    late = shows(obligation, KM + 5, by, AT - timedelta(days=1))
    assert figure() == (0, 1)
    with transaction():
        right = odometer.correct(late, KM - 5, "抄录有误", by, "misread")
    assert figure() == (1, 1)
    with transaction():
        wrong = odometer.correct(right, KM + 5, "看错", by, "misread")
        odometer.reverse(wrong, "误登", by)
    assert figure() == (1, 1)
    [with_it] = db.session.scalars(select(OdometerReading).where(OdometerReading.done_id.is_not(None)))
    with transaction():
        odometer.correct(with_it, KM + 1, "抄录有误", by, "misread")
    assert figure() == (0, 1)


def test_the_next_one_follows_the_reading_that_was_put_right(app: Flask, by: Actor) -> None:
    first = by_km(by)
    do_at(first, 9_500, by)
    [follower] = db.session.scalars(select(Obligation).where(Obligation.follows_id == first.id))
    [done], [reading] = queries.done_about(first.id), db.session.scalars(select(OdometerReading))
    assert (follower.due_km, done.dial) == (19_500, 9_500)
    with transaction():
        right = odometer.correct(reading, 8_500, "看错", by, "misread")
    assert (follower.due_km, done.dial) == (18_500, 8_500)
    do_at(follower, 18_600, by, date(2023, 10, 1))
    assert figure() == (1, 2)
    with transaction():
        again = odometer.correct(right, 8_700, "再看", by, "misread")
    assert (follower.due_km, done.dial) == (18_700, 8_700)
    assert figure() == (2, 2)
    with transaction():
        odometer.reverse(again, "误登", by)
    assert (follower.due_km, done.dial) == (None, None)


def test_somebody_is_reminded_so_many_kilometres_ahead_once_and_again_when_it_is_late(app: Flask, by: Actor) -> None:
    make_user(Role.DISPATCHER)
    obligation, told = by_km(by), []
    for value in (KM - 1000, KM - 999, KM - 10, KM + 1, KM + 90):
        shows(obligation, value, by, AT + timedelta(minutes=value - KM))
        with transaction():
            reminding.remind(DAY), reminding.remind(DAY)
        told.append([row.text for row in db.session.scalars(select(Notice).order_by(Notice.id))])
    assert [len(each) for each in told] == [0, 1, 1, 2, 2]
    assert "10,000" in told[-1][0]


def test_the_reading_that_comes_with_it_has_its_time_and_its_occasion(app: Flask, by: Actor) -> None:
    obligation = by_km(by)
    with pytest.raises(Rejected) as refusal, transaction():
        service.record_done(obligation, DAY, "已保养", None, Decimal(KM), None, None, date(2024, 1, 1), by)
    assert refusal.value.field == "read_at"
    do_at(obligation, KM, by)
    [reading] = db.session.scalars(select(OdometerReading))
    assert (reading.value, reading.at, reading.source) == (KM, datetime.combine(DAY, time(10)), "maintenance")
    with transaction():
        service.reverse_done(queries.done_about(obligation.id)[0], "录错车辆", by)
    db.session.expire_all()
    assert reading.reversal


def test_days_and_kilometres_stand_on_one_scale_and_the_most_overdue_comes_first(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    """A day of maintenance is 10,000 km in 6 months: some 55 km. 3,000 km over is as late as 55 days."""
    today = clock.today()
    soon, month_late = by_km(by, today + timedelta(days=3)), by_km(by, today - timedelta(days=30))
    far_over, little_over, near = (by_km(by, FAR, km) for km in (7_000, 9_900, 10_400))
    for each in (far_over, little_over, near):
        shows(each, KM, by)
    known = ordering.by_km(today, clock.now())
    assert {key: each.left for key, each in known.items()} == {far_over.id: -3000, little_over.id: -100, near.id: 400}
    assert round(ordering.km_a_day("maintenance", today), 1) == 54.8
    assert ordering.km_a_day("annual", today) == ordering.USUAL_KM_A_DAY
    shown = sign_in(Role.DISPATCHER).get("/vehicles/obligations").text
    listed = [int(key) for key in re.findall(r'<a href="/vehicles/obligations/(\d+)">', shown)]
    assert listed == [far_over.id, month_late.id, little_over.id, soon.id, near.id]
    rows = {key: row for row in shown.split("<tr>") for key in re.findall(r"/vehicles/obligations/(\d+)", row)}
    assert "超3,000公里" in rows[str(far_over.id)]
    assert re.search(r"逾期.*?</span> 30天", rows[str(month_late.id)], re.DOTALL)
    assert "超" not in rows[str(near.id)]
    back = sign_in(Role.DISPATCHER).get("/vehicles/obligations?sort=due&down=1").text
    assert [int(key) for key in re.findall(r'<a href="/vehicles/obligations/(\d+)">', back)] == listed[::-1]


def test_a_misread_dial_that_stands_no_more_is_late_all_the_same_while_it_counts(app: Flask, by: Actor) -> None:
    """Beyond by an earlier reading, though the latest shows less: one kilometre over, and so late today."""
    owed_by_km = by_km(by, FAR)
    shows(owed_by_km, KM + 500, by), shows(owed_by_km, KM - 500, by, AT + timedelta(days=1))
    assert ordering.by_km(DAY, AT + timedelta(days=2)) == {owed_by_km.id: ordering.ByKm(-1, DAY - timedelta(days=1))}
