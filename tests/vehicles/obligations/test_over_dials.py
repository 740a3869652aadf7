"""Owed by kilometres over a replaced dial, and lapses noted by a dial that was read wrongly."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.core.timeslot import Slot
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people.roles import Role
from ops.vehicles.obligations import planning, queries, reminding, rules, service
from ops.vehicles.obligations.models import LapseVoid, Obligation, ObligationKind, ObligationLapse
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import DialReplacement, OdometerReading
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_user, make_vehicle
from tests.vehicles.obligations.test_kilometres import FAR, KM, do_at, figure, shows

BEFORE = AT - timedelta(days=9)


def owed_at(by: Actor, since: datetime = BEFORE, km: int = KM) -> Obligation:
    """Maintenance at so many kilometres of the dial that is in the car at that moment."""
    due = rules.Due(ObligationKind.MAINTENANCE, FAR, "")
    with transaction():
        made = planning.stand(due, by, vehicle_id=make_vehicle().id, due_km=km, km_at=since)
    assert made
    return made


def replaced(
    owed: Obligation, by: Actor, at: datetime, old_last: int = KM - 100, new_first: int = 0
) -> DialReplacement:
    with transaction():
        return replacing.replace_dial(owed.vehicle_id or 0, at, old_last, new_first, "结算单", None, by, "misread")


def state(owed: Obligation) -> dict[str, int]:
    db.session.expire_all()
    return {name: queries.count(name, DAY) for name in ("late", "month", "open")}


def test_as_many_kilometres_are_left_on_the_new_dial_everywhere(app: Flask, by: Actor, sign_in: SignIn) -> None:
    make_user(Role.DISPATCHER)
    owed = owed_at(by)
    shows(owed, KM - 1500, by, AT - timedelta(days=5))
    change = replaced(owed, by, AT - timedelta(days=4), old_last=KM - 1400, new_first=3)
    shows(owed, 3, by, AT - timedelta(days=3))
    assert state(owed) == {"late": 0, "month": 0, "open": 1}
    assert (owed.due_km, owed.shown_km) == (KM, 1403)
    shows(owed, 1403, by, AT - timedelta(days=1))
    assert state(owed) == {"late": 0, "month": 1, "open": 1}
    assert queries.near_by_km([owed], DAY) == {owed.id}
    with transaction():
        assert reminding.note_lapses(DAY) == 0
        reminding.remind(DAY)
    assert "1,403" in db.session.scalars(select(Notice)).one().text
    client = sign_in(Role.DISPATCHER)
    assert "1,403" in client.get("/vehicles/obligations?show=open").text
    shown = client.get(f"/vehicles/obligations/{owed.id}").text
    assert "1,403" in shown
    assert "10,000" in shown
    last = shows(owed, 1404, by, AT)
    assert state(owed) == {"late": 1, "month": 0, "open": 1}
    assert owed.is_beyond
    assert "已超出1公里" in client.get(f"/vehicles/obligations/{owed.id}").text
    slot = Slot(AT - timedelta(hours=2), AT)
    assert [each.id for each in queries.in_the_way(slot, owed.vehicle_id, 0)] == []
    later = Slot(AT + timedelta(hours=1), AT + timedelta(hours=2))
    assert [each.id for each in queries.in_the_way(later, owed.vehicle_id, 0)] == [owed.id]
    assert [each.vehicle_id for each, _leaves in queries.overdue_in(DAY, DAY)] == [owed.vehicle_id]
    with transaction():
        odometer.reverse(last, "误登", by)
        replacing.correct_replacement(change, change.at, KM - 1399, 3, change.paper, "抄错", by)
    assert state(owed) == {"late": 1, "month": 0, "open": 1}
    assert owed.shown_km == 1402


def test_a_number_of_the_new_dial_is_not_met_by_what_the_old_one_showed(app: Flask, by: Actor) -> None:
    owed = owed_at(by, AT, km=5000)
    shows(owed, 90_000, by, AT - timedelta(days=3))
    assert state(owed)["late"] == 1
    replaced(owed, by, AT - timedelta(days=2), old_last=90_010)
    assert state(owed)["late"] == 0
    shows(owed, 5001, by, AT + timedelta(days=3))
    assert state(owed)["late"] == 1


def test_a_car_that_was_driven_too_far_is_so_after_the_dial_was_replaced(app: Flask, by: Actor) -> None:
    owed = owed_at(by)
    replaced(owed, by, AT - timedelta(days=1), old_last=KM + 1)
    assert state(owed)["late"] == 1
    do_at(owed, 20, by)
    assert figure(FAR.year) == (0, 1)


@pytest.mark.parametrize(("dial", "met"), [(600, 1), (601, 0)])
def test_the_figure_counts_on_over_two_dials_whatever_is_entered_first(
    app: Flask, by: Actor, dial: int, met: int
) -> None:
    """4,000 left, 3,900 of them on the second dial; the third begins at 500: at 600 nothing is left."""
    owed = owed_at(by, km=10_000)
    do_at(owed, dial, by)
    assert figure(FAR.year) == (1, 1)
    replaced(owed, by, AT - timedelta(days=3), old_last=9_000, new_first=500)
    replaced(owed, by, AT - timedelta(days=5), old_last=6_000, new_first=5_100)
    assert figure(FAR.year) == (met, 1)
    refresh()
    assert list(drifts()) == []


def test_the_next_one_follows_the_dial_it_was_read_of(app: Flask, by: Actor) -> None:
    first = owed_at(by)
    do_at(first, 9_500, by)
    [follower] = db.session.scalars(select(Obligation).where(Obligation.follows_id == first.id))
    reading = db.session.scalars(select(OdometerReading)).one()
    assert (follower.due_km, follower.km_at) == (19_500, reading.at)
    replaced(follower, by, AT + timedelta(days=3), old_last=12_000)
    db.session.expire_all()
    assert follower.shown_km == 7_500
    with transaction():
        odometer.correct(reading, 9_400, "看错", by, "misread")
    db.session.expire_all()
    assert (follower.due_km, follower.shown_km) == (19_400, 7_400)
    with transaction():
        odometer.reverse(queries.dials.of_done(queries.done_about(first.id)[0].id)[0], "误登", by)
    assert (follower.due_km, follower.km_at) == (None, None)


def lapses() -> list[tuple[object, bool]]:
    db.session.expire_all()
    return [
        (row.day, bool(row.void)) for row in db.session.scalars(select(ObligationLapse).order_by(ObligationLapse.id))
    ]


def note(by: Actor) -> None:
    with transaction():
        reminding.note_lapses(DAY + timedelta(days=1))


def test_a_lapse_by_a_misread_dial_goes_when_the_reading_is_corrected(app: Flask, by: Actor, sign_in: SignIn) -> None:
    owed = owed_at(by)
    wrong = shows(owed, KM + 9_000, by)
    note(by)
    assert lapses() == [(DAY, False)]
    assert figure(FAR.year) == (0, 1)
    with transaction():
        right = odometer.correct(wrong, KM - 90, "看错一位", by, "misread")
    assert lapses() == [(DAY, True)]
    assert figure(FAR.year) == (0, 0)
    void = db.session.scalars(select(LapseVoid)).one()
    assert (void.by, void.reason) == (by.name, "看错一位")
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/obligations/{owed.id}").text
    assert "更正" in shown
    assert "看错一位" in shown
    with transaction():
        odometer.correct(right, KM + 1, "原读数无误", by, "misread")
    note(by)
    assert lapses() == [(DAY, True), (DAY, False)]
    assert figure(FAR.year) == (0, 1)
    refresh()
    assert list(drifts()) == []


def test_it_goes_when_the_reading_is_reversed_and_also_where_it_was_waived_since(app: Flask, by: Actor) -> None:
    owed = owed_at(by)
    wrong = shows(owed, KM + 9_000, by)
    note(by)
    with transaction():
        service.waive(owed, "车辆报废", by)
    assert figure(FAR.year) == (0, 1)
    with transaction():
        odometer.reverse(wrong, "误登", by)
    assert lapses() == [(DAY, True)]
    assert figure(FAR.year) == (0, 0)


def test_it_is_of_another_day_where_the_car_was_driven_too_far_later(app: Flask, by: Actor) -> None:
    owed = owed_at(by)
    wrong = shows(owed, KM + 9_000, by, AT - timedelta(days=4))
    shows(owed, KM + 1, by)
    note(by)
    assert lapses() == [(DAY - timedelta(days=4), False)]
    with transaction():
        odometer.correct(wrong, KM - 90, "看错一位", by, "misread")
    assert lapses() == [(DAY - timedelta(days=4), True), (DAY, False)]
    assert figure(FAR.year) == (0, 1)


@pytest.mark.parametrize("waived", [True, False])
def test_it_is_of_its_own_day_where_that_ended_meanwhile(app: Flask, by: Actor, waived: bool) -> None:
    due = rules.Due(ObligationKind.MAINTENANCE, DAY + timedelta(days=5), "")
    with transaction():
        owed = planning.stand(due, by, vehicle_id=make_vehicle().id, due_km=KM, km_at=BEFORE)
    assert owed
    wrong = shows(owed, KM + 9_000, by)
    note(by)
    assert lapses() == [(DAY, False)]
    if waived:
        with transaction():
            service.waive(owed, "车辆报废", by)
    with transaction():
        odometer.correct(wrong, KM - 90, "看错一位", by, "misread")
    assert lapses() == [(DAY, True), (due.on, False)]
    assert figure() == (0, 1)
    refresh()
    assert list(drifts()) == []


@pytest.mark.parametrize(("days", "standing"), [(3, 1), (6, 0)])
def test_kilometres_after_it_was_noted_count_until_it_was_closed(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch, days: int, standing: int
) -> None:
    owed = owed_at(by)
    wrong = shows(owed, KM + 9_000, by)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1))
    note(by)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=5))
    with transaction():
        service.waive(owed, "车辆报废", by)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=7))
    shows(owed, KM + 9_005, by, AT + timedelta(days=days))
    with transaction():
        odometer.correct(wrong, KM - 90, "看错一位", by, "misread")
    assert lapses() == [(DAY, True), (DAY + timedelta(days=days), False)][: 1 + standing]
    assert figure(FAR.year) == (0, standing)


def test_a_replaced_dial_that_is_put_right_takes_its_lapse_with_it(app: Flask, by: Actor) -> None:
    owed = owed_at(by)
    change = replaced(owed, by, AT - timedelta(days=2), old_last=KM + 500)
    note(by)
    assert lapses() == [((AT - timedelta(days=2)).date(), False)]
    with transaction():
        right = replacing.correct_replacement(change, change.at, KM - 500, 0, change.paper, "抄错", by)
    assert [void for _day, void in lapses()] == [True]
    with transaction():
        again = replacing.correct_replacement(right, change.at, KM + 5, 0, change.paper, "再看", by)
    note(by)
    assert [void for _day, void in lapses()] == [True, False]
    with transaction():
        replacing.reverse_replacement(again, "未更换", by)
    assert [void for _day, void in lapses()] == [True, True]
    assert figure(FAR.year) == (0, 0)


def test_a_lapse_by_its_day_stays_whatever_the_dial_showed(app: Flask, by: Actor) -> None:
    due = rules.Due(ObligationKind.MAINTENANCE, DAY - timedelta(days=1), "")
    with transaction():
        owed = planning.stand(due, by, vehicle_id=make_vehicle().id, due_km=KM, km_at=BEFORE)
    assert owed
    wrong = shows(owed, KM + 9_000, by)
    note(by)
    assert lapses() == [(due.on, False)]
    with transaction():
        odometer.reverse(wrong, "误登", by)
    assert lapses() == [(due.on, False)]
    assert figure() == (0, 1)


def test_a_correction_moves_nothing_of_another_car(app: Flask, by: Actor) -> None:
    owed, other = owed_at(by), owed_at(by)
    wrong = shows(owed, KM + 9_000, by)
    shows(other, KM + 5, by)
    note(by)
    with transaction():
        odometer.correct(wrong, KM - 90, "看错一位", by, "misread")
    standing = db.session.scalars(select(ObligationLapse.obligation_id).where(~ObligationLapse.void.has())).all()
    assert standing == [other.id]
    assert Decimal(other.due_km or 0) == KM


def test_two_runs_of_one_night_note_a_lapse_once(app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    owed, read = owed_at(by), queries.lapsed_unnoted
    shows(owed, KM + 1, by)
    day = DAY + timedelta(days=1)
    before = read(day)
    assert [each.id for each in before] == [owed.id]
    note(by)
    seen = iter([before])
    monkeypatch.setattr(queries, "lapsed_unnoted", lambda day: next(seen, None) or read(day))
    with transaction():
        assert reminding.note_lapses(day) == 0
    assert lapses() == [(DAY, False)]
