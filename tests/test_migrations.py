"""The migrations make exactly what the models say, and go down to nothing and up again, on either database."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.programmes.surveys import service
from ops.programmes.surveys.models import SurveyEntry
from ops.vehicles.costs.models import VehicleCost
from ops.vehicles.obligations.models import DoneReversal, LapseVoid, Obligation, ObligationDone, ObligationLapse
from ops.vehicles.positions import server_service
from tests.app_fixtures import make_app
from tests.canteen.factories import make_meal
from tests.databases import Databases
from tests.factories import AT, DAY, make_vehicle, saved
from tests.programmes.factories import stored_programmes
from tests.vehicles.factories import make_departure, make_dispatch

NAME = "migrated"
KEPT = ("vehicle", "trip_request", "dispatch", "departure", "meal", "programme", "indicator", "audit_entry")


@pytest.fixture
def house(app_on_template: object, databases: Databases, worker_name: str, tmp_path: Path) -> Iterator[Flask]:
    """A house on a database of its own, whose tables come and go."""
    app = make_app(databases.fresh(f"{worker_name}_{NAME}"), tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def test_the_migrations_go_down_to_nothing_and_up_again_and_make_what_the_models_say(house: Flask) -> None:
    assert differences() == []
    everything = tables()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == everything
    assert differences() == []
    assert db.session.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_records_live_through_the_migrations_of_this_release_down_and_up(house: Flask) -> None:
    """Back to the last release before the parts of vehicles and programmes, and up again, with the work of a day."""
    make_departure(make_dispatch())
    make_meal()
    stored_programmes()
    before = {name: count(name) for name in KEPT}
    assert all(before.values())
    db.session.remove()
    downgrade(revision="0008")
    assert {name: count(name) for name in KEPT} == before
    upgrade()
    assert {name: count(name) for name in KEPT} == before
    assert differences() == []


def test_a_paper_that_was_voided_and_corrected_lives_through_the_time_without_editions(house: Flask) -> None:
    wrong, right = paper_entries()
    db.session.remove()
    downgrade(revision="0045")
    upgrade()
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT id, code, edition, note FROM survey_entry ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [(wrong, "", 1, "P01"), (right, "P01", 1, "P01")]
    assert differences() == []


def test_the_servers_token_is_locked_on_the_way_up_and_plain_again_on_the_way_down(house: Flask) -> None:
    with transaction():
        server_service.set_server("https://positions.example", "given-out", system("测试"))
    db.session.remove()
    downgrade(revision="0046")
    assert tokens() == ["given-out"]
    upgrade()
    assert len(tokens()[0]) > 80
    assert differences() == []
    kept = server_service.server()
    assert kept is not None
    assert kept.token == "given-out"


def test_what_was_done_takes_its_row_of_the_ledger_only_where_no_other_could(house: Flask) -> None:
    fee = ledger_fee(inspected("inspection_test"))
    two = [inspected("inspection_test"), inspected("inspection_mark", DAY + timedelta(days=1))]
    ledger_fee(two[0]), ledger_fee(other := inspected("maintenance"))
    void = inspected("inspection_test")
    ledger_fee(void), saved(DoneReversal(done_id=void.id, at=AT, by="测试", reason="误登"))
    missing = [each.id for each in (*two, other, void)]
    first, paid = 1, fee.id
    db.session.remove()
    downgrade(revision="0054")
    upgrade()
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT id, cost_id, cost IS NULL FROM obligation_done ORDER BY id")).all()
    assert [(key, cost, bool(moved)) for key, cost, moved in rows] == [
        (first, paid, True), *((key, None, False) for key in missing)
    ]  # fmt: skip


def test_an_obligation_that_was_noted_twice_keeps_its_first_lapse_on_the_way_down(house: Flask) -> None:
    owed = inspected("maintenance").obligation_id
    for days in (2, 1, 0):
        saved(ObligationLapse(obligation_id=owed, day=DAY + timedelta(days=days), noted_at=AT))
    first = db.session.scalars(select(ObligationLapse.id).where(ObligationLapse.day == DAY)).one()
    saved(LapseVoid(lapse_id=first, at=AT, by="测试", reason="看错"))
    db.session.remove()
    downgrade(revision="0063")
    upgrade()
    found = db.session.execute(select(ObligationLapse.obligation_id, ObligationLapse.day, ObligationLapse.noted_at))
    assert [tuple(row) for row in found] == [(owed, DAY + timedelta(days=1), AT)]
    assert differences() == []


def inspected(kind: str, due_on: date = DAY) -> ObligationDone:
    """Done on the day for 170 yuan; a second one of the same car when it is due later."""
    last = db.session.scalars(select(Obligation.vehicle_id).order_by(Obligation.id.desc())).first()
    car = last if due_on > DAY else make_vehicle().id
    owed = saved(Obligation(vehicle_id=car, kind=kind, due_on=due_on, rule="", closed_on=DAY, closed_as="done"))
    return saved(ObligationDone(obligation_id=owed.id, done_on=DAY, result="合格", cost=Decimal(170), at=AT, by="测试"))


def ledger_fee(done: ObligationDone) -> VehicleCost:
    car = db.session.get_one(Obligation, done.obligation_id).vehicle_id
    texts = {"payee": "检测站", "paper_no": "", "note": "", "recorded_by": "测试"}
    return saved(VehicleCost(vehicle_id=car, kind="inspection", day=DAY, amount=Decimal(170), recorded_at=AT, **texts))


def tokens() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.scalars(text("SELECT token_secret FROM positioning_server")))


def paper_entries() -> list[int]:
    """A paper entered wrongly, voided, and entered again under its number."""
    days = date(2023, 1, 1), date(2023, 12, 31)
    with transaction():
        survey = service.open_survey("问卷", "满意吗？", "人员", "4", *days, system("测试"))
    counts = {"grade5": 0, "grade4": 1, "grade3": 0, "grade2": 0, "grade1": 0, "invalid": 0, "satisfied": 1, "valid": 1}
    facts = {"question_id": survey.questions[0].id, "answered_on": days[0], "origin": "paper", "note": "P01"}
    made = []
    for edition in (1, 2):
        row = SurveyEntry(survey_id=survey.id, code="P01", edition=edition, at=AT, by="测试", **facts, **counts)
        with transaction() as session:
            session.add(row)
            session.flush()
            made.append(row.id)
            audit.record("programmes.survey.answered", row, system("测试"))
            if edition == 1:
                service.void(row, "录错", system("测试"))
    return made


def count(table: str) -> int:
    """On a connection of its own: an open transaction of the session would hold the tables that are to go."""
    with db.engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
