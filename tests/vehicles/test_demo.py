"""The demo years: what the published document counts comes out of the records."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, or_, select

from ops.core import clock
from ops.core.db import Base, db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year as whole_year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from ops.vehicles import queries
from ops.vehicles.approvals.models import OralApproval
from ops.vehicles.feature import FEATURE as VEHICLES
from ops.vehicles.models import Departure, Dispatch, DispatchExtension, Driver, TripRequest, TripReturn, Vehicle
from ops.vehicles.obligations.models import Obligation, ObligationDone
from ops.vehicles.obligations.rules import reminder
from ops.vehicles.odometer import queries as dials_read
from ops.vehicles.odometer.models import DialReplacement, FindingSettlement
from ops.vehicles.odometer.rules import FindingKind
from ops.vehicles.odometer.trips import of_trip
from ops.vehicles.positions import queries as positions
from ops.vehicles.positions.models import Alarm, AlarmKind, Tracker
from ops.vehicles.positions.rules import findings
from ops.vehicles.register import life_queries
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.register.life_models import CarDisposal, TransferHolding
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from ops.vehicles.rulebook.book import bound
from ops.vehicles.sealing.models import Sealing, SealLeave
from ops.vehicles.settlement.models import Statement, StatementLine, Tariff
from ops.vehicles.settlement.queries import _charged
from tests.app_fixtures import make_app
from tests.databases import Databases


def make_year(year: int) -> None:
    """The units first, then every part of the vehicles."""
    made = DemoYear(year, working_days(whole_year(year)))
    for make in (people.make, VEHICLES.demo):
        assert make
        with transaction():
            make(made)


@pytest.fixture(scope="module")
def made(
    app_on_template: Flask, databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Both years, made once for the tests that only read them."""
    del app_on_template
    app = make_app(databases.fresh(f"{worker_name}_cars"), tmp_path_factory.mktemp("cars"), demo=True)
    with app.app_context():
        make_year(2022)
        make_year(2023)
        db.session.remove()
        db.engine.dispose()
    yield app
    databases.drop(f"{worker_name}_cars")


@pytest.fixture
def demo_years(made: Flask) -> Iterator[None]:
    with made.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def figure(name: str, year: int = 2022) -> float:
    return float(read(f"vehicles.{name}", whole_year(year)).value or 0)


@pytest.mark.usefixtures("demo_years")
def test_the_cars_of_the_enforcement_platform_are_managed_by_it_and_held_by_units() -> None:
    today = clock.today()
    held = [life_queries.holding_of(file, today) for file in db.session.scalars(select(CarFile))]
    assert sum(each.platform == "enforcement" for each in held) == 22
    assert all(each.owner and each.user for each in held)
    assert len(life_queries.named_by_transfers(today)) == 25


@pytest.mark.usefixtures("demo_years")
def test_who_takes_a_car_by_the_transfer_paper_is_who_manages_it_afterwards() -> None:
    rows = select(VehicleTransfer.to_holder, TransferHolding.platform).join(TransferHolding)
    takes = {(to_holder, platform) for to_holder, platform in db.session.execute(rows)}
    assert takes == {("跨部门行政执法平台（演示）", "enforcement"), ("区公务用车平台（演示）", "own")}


@pytest.mark.usefixtures("demo_years")
def test_a_dozen_trips_a_year_were_extended_from_what_was_asked_and_back_by_then() -> None:
    extended = db.session.scalars(select(Dispatch).join(DispatchExtension).order_by(Dispatch.day)).all()
    assert [sum(each.day.year == number for each in extended) for number in (2022, 2023)] == [12, 12]
    for trip in extended:
        [longer] = trip.extensions
        assert trip.departure
        assert trip.trip_return
        assert trip.departure.at < longer.at < longer.due_before == trip.request.ends_at
        assert longer.due_before < trip.trip_return.at <= longer.due_after == trip.due_at


@pytest.mark.usefixtures("demo_years")
def test_2022_comes_out_as_the_document_says() -> None:
    exact = {"on_register": 74, "transferred": 22, "institutions": 52, "enterprises": 16, "hired_trips": 807}
    assert {name: figure(name) for name in exact} == exact
    assert 680 <= figure("dispatches") <= 699
    assert 401 <= figure("hired_activities") <= 449
    assert 90 < figure("returns_on_time") < 100
    refresh()
    assert list(drifts()) == []


@pytest.mark.usefixtures("demo_years")
def test_the_second_year_adds_work_but_no_second_car_driver_or_unit() -> None:
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Vehicle, Driver, ReformUnit)]
    assert counts == [75, 12, 68], "74 and one that was sold"
    disposed = db.session.scalars(select(CarDisposal)).one()
    assert (disposed.method, disposed.income) == ("auction", 18600)
    assert figure("on_register", 2023) == 74
    assert figure("dispatches", 2023) > 600
    assert figure("hired_trips", 2023) != figure("hired_trips")


@pytest.mark.usefixtures("demo_years")
def test_nothing_of_the_past_is_left_waiting() -> None:
    assert db.session.scalars(queries.waiting()).all() == []
    assert db.session.scalars(queries.overdue(clock.now())).all() == []


@pytest.mark.usefixtures("demo_years")
def test_every_dial_only_goes_up_but_for_one_a_year_that_is_replaced() -> None:
    read_off = select(Dispatch.vehicle_id, Departure.odometer, TripReturn.odometer)
    trips = read_off.select_from(Dispatch).join(Departure).join(TripReturn).order_by(Dispatch.starts_at)
    dials: dict[int, int] = {}
    began_anew = []
    for car, start, end in db.session.execute(trips):
        if dials.get(car, 0) > start:
            began_anew.append((car, dials[car], start))
        assert start < end
        dials[car] = end
    assert len(dials) == 74
    replaced = select(DialReplacement.vehicle_id, DialReplacement.old_last, DialReplacement.new_first)
    assert began_anew == [tuple(row) for row in db.session.execute(replaced.order_by(DialReplacement.at))]
    assert len(began_anew) == 2
    kinds = [
        each.kind for found in dials_read.findings(date(2022, 1, 1), date(2023, 12, 31)).values() for each in found
    ]
    assert set(kinds) == {FindingKind.GAP}
    assert len(kinds) == 4
    assert db.session.scalar(select(func.count()).select_from(FindingSettlement)) == 2


SHOWN = {
    "Obligation", "ObligationDone", "ObligationLapse", "ObligationWaiver", "FitnessLeave", "CarFile", "CarPaper",
    "Marking", "DriverFile", "SealingHoliday", "Sealing", "SealLeave", "Resealing", "ApprovalStep", "ApprovalVerdict",
    "OralApproval", "SharedRide", "RideParting", "TripExpense", "ExpenseTaking", "DialPhoto", "KilometreSignature",
    "OverdueReminder",
    "LimitOverride", "VehicleReservation", "ReservationLift", "DialReplacement", "ReadingReversal", "Statement",
    "FindingSettlement", "StatementVerdict", "Alarm", "AlarmSettlement", "Position", "Tracker", "TrackLook",
    "DispatchExtension", "HireStep", "HireStepReason", "HireVerdict", "HirePaper",
    "RepairJob", "Violation", "FuelFill", "CardEntry", "InsurancePolicy", "Hire", "HiredTrip", "VehicleTransfer",
}  # fmt: skip


@pytest.mark.usefixtures("demo_years")
def test_no_page_of_the_vehicles_stands_empty() -> None:
    models = {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}
    assert {name for name in SHOWN if not db.session.scalar(select(func.count()).select_from(models[name]))} == set()


@pytest.mark.usefixtures("demo_years")
def test_something_stands_at_every_reminder_and_one_thing_lapsed() -> None:
    today = clock.today()
    open_ones = db.session.scalars(select(Obligation).where(Obligation.closed_on.is_(None))).all()
    reached = [reminder(each.due_on, today) for each in open_ones]
    assert set(reached) == {None, 90, 30, 7}
    assert [each.subject for each in open_ones if each.due_on < today] == ["冀B0014演"]
    assert [each.subject for each in open_ones if each.is_beyond] == ["冀B0001演"]
    assert db.session.scalar(select(func.count(ObligationDone.cost_id))) > 100
    assert 90 < figure("obligations_met") < 100
    assert 90 < figure("obligations_met", 2023) < 100


@pytest.mark.usefixtures("demo_years")
def test_one_emergency_is_still_to_be_completed_and_whoever_rode_along_pays_a_share() -> None:
    by_mouth = db.session.scalars(select(TripRequest).join(OralApproval)).all()
    assert len(by_mouth) > 8
    assert sum(each.to_complete for each in by_mouth) == 1
    assert {each.state for each in by_mouth} <= {"returned", "rated", "settled"}
    shares = select(StatementLine.dispatch_id, func.count(), func.sum(StatementLine.amount))
    shares = shares.where(StatementLine.share != "").group_by(StatementLine.dispatch_id)
    for dispatch_id, how_many, amount in db.session.execute(shares):
        trip, tariffs = db.session.get_one(Dispatch, dispatch_id), db.session.scalars(select(Tariff)).all()
        charged = _charged(trip, of_trip(trip), tariffs, bound())
        assert (how_many, amount) == (len(charged), sum(each.amount for each in charged))
    states = {each.state for each in db.session.scalars(select(Statement))}
    assert states == {"issued", "objected", "confirmed"}


@pytest.mark.usefixtures("demo_years")
def test_every_alarm_of_the_demo_is_what_the_rules_find_in_the_positions_of_its_day() -> None:
    """Recounted by the night's judging over every car and day that a device was lent for: no more, no fewer."""
    stored = {
        (row.vehicle_id, row.kind, row.at, row.until, row.value, row.dispatch_id)
        for row in db.session.scalars(select(Alarm))
    }
    found = set()
    for tracker in db.session.scalars(select(Tracker)):
        day, told = tracker.from_on, set[tuple[str, int | None]]()
        seen = positions.watched(tracker.vehicle_id, day, datetime.combine(day, time()) + timedelta(days=1))
        for each in findings(seen, positions.limits(day)):
            if (each.kind, each.dispatch_id) not in told:
                found.add((tracker.vehicle_id, each.kind, each.at, each.until, each.value, each.dispatch_id))
                told.add((each.kind, each.dispatch_id))
    assert stored == found
    kinds = [kind for _car, kind, *_rest in stored]
    assert all(kinds.count(kind) >= 8 for kind in AlarmKind)
    pinned = {kind for _car, kind, *_rest, dispatch in stored if dispatch is not None}
    assert pinned == {"late", "area", "dial", "hours"}
    assert {kind for _car, kind, *_rest, dispatch in stored if dispatch is None} == {"movement", "offline"}
    for car, day in {(car, at.date()) for car, _kind, at, *_rest in stored}:
        assert db.session.scalars(positions.of_day(car, day)).first(), "the track page has something to show"
    assert 70 < figure("alarms_settled") <= 100
    rows = db.session.scalars(select(Alarm)).all()
    assert {row.kind for row in rows if row.settlement is None} == set(AlarmKind), "some of every kind wait"
    assert {row.kind for row in rows if row.settlement and row.settlement.reason} == set(AlarmKind)


@pytest.mark.usefixtures("demo_years")
def test_every_leave_to_use_a_sealed_car_has_its_trip() -> None:
    leaves = db.session.scalars(select(SealLeave)).all()
    assert len(leaves) == 4
    for leave in leaves:
        car = db.session.get_one(Sealing, leave.sealing_id).vehicle_id
        [trip] = db.session.scalars(select(Dispatch).filter_by(vehicle_id=car, starts_at=leave.starts_at))
        assert trip.request.sealed_car
        assert trip.request.steps
        assert {step.verdict.approved for step in trip.request.steps if step.verdict} == {True}
        assert trip.trip_return
        assert leave.resealing
        assert leave.starts_at <= trip.trip_return.at <= leave.resealing.at <= leave.ends_at
        assert leave.resealing.dial == trip.trip_return.odometer


def test_2023_can_be_made_alone(app: Flask) -> None:
    make_year(2023)
    assert figure("on_register", 2023) == 74
    refresh()
    assert list(drifts()) == []


@pytest.mark.usefixtures("demo_years")
def test_what_is_rare_is_there_each_year_long_ways_with_two_drivers_trips_recorded_afterwards_a_truck_a_coach() -> None:
    with_two = db.session.scalars(select(Dispatch).where(Dispatch.second_driver_id.is_not(None))).unique().all()
    assert {trip.day.year for trip in with_two} == {2022, 2023}
    assert len(with_two) == 6
    for trip in with_two:
        for driver in trip.drivers:
            seats = (Dispatch.driver_id == driver.id, Dispatch.second_driver_id == driver.id)
            found = select(Dispatch.id).where(Dispatch.day == trip.day, or_(*seats))
            assert db.session.scalars(found).all() == [trip.id], "nobody goes twice on one day"
    late = db.session.scalars(select(TripRequest).where(TripRequest.afterwards != "")).unique().all()
    assert len(late) == 4
    assert all(each.asked_at > each.ends_at and "演示" in each.afterwards for each in late)
    bodies = set(db.session.scalars(select(CarFile.body)))
    assert {"truck", "medium"} <= bodies
    truck = select(Obligation).join(CarFile, CarFile.vehicle_id == Obligation.vehicle_id).where(CarFile.body == "truck")
    assert any("inspection" in row.kind for row in db.session.scalars(truck))
