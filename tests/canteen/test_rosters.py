"""A roster file: diners, and who eats under which subsidy."""

from flask import Flask
from sqlalchemy import func, select

from ops.canteen.models import Diner, Intake, IntakeFault, SubsidyGrant
from ops.canteen.roster_intake import take_in_diners
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import form_file, make_diner, make_meal, upload
from tests.factories import make_unit

HEAD = "编号,姓名,单位,卡号,补助食堂,补助起,补助止"


def take(rows: list[str], by: Actor) -> Intake:
    with transaction():
        return take_in_diners(upload("\n".join([HEAD, *rows])), by)


def reasons(intake: Intake) -> list[str]:
    return list(db.session.scalars(select(IntakeFault.reason).where(IntakeFault.intake_id == intake.id)))


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_diners_and_grants_land_and_the_same_roster_again_changes_nothing(app: Flask, by: Actor) -> None:
    unit = make_unit().name
    rows = [f"R01,就餐人员01,{unit},801,城区机关食堂,2023-01-01,2023/12/31", f"R02,就餐人员02,{unit},,,,"]
    first = take(rows, by)
    assert (first.added, first.already, first.faulty) == (2, 0, 0)
    again = take(rows, by)
    assert (again.added, again.already, again.faulty) == (0, 2, 0)
    assert (count(Diner), count(SubsidyGrant)) == (2, 1)


def test_a_grant_by_roster_counts_the_meals_of_its_days(app: Flask, by: Actor) -> None:
    diner = make_diner(number="R09", name="就餐人员09", unit_id=make_unit(name="测试局").id, card=None)
    make_meal(diner)
    assert read("canteen.subsidised_diners", month(2023, 5)).value is None
    take(["R09,就餐人员09,测试局,,城区机关食堂,2023-05-01,2023-05-31"], by)
    assert read("canteen.subsidised_diners", month(2023, 5)).value == 1


def test_rows_that_contradict_the_register_are_told_and_bring_nothing(app: Flask, by: Actor) -> None:
    unit = make_unit().name
    take([f"R01,就餐人员01,{unit},801,城区机关食堂,2023-01-01,2023-12-31"], by)
    intake = take(
        [
            f"R01,就餐人员99,{unit},801,,,",
            f"R02,就餐人员02,{unit},801,,,",
            "R03,就餐人员03,没有的局,803,,,",
            f"R04,就餐人员04,{unit},804,没有的食堂,2023-01-01,2023-12-31",
            f"R05,就餐人员05,{unit},805,城区机关食堂,2023-12-31,2023-01-01",
            f"R06,就餐人员06,{unit},806,城区机关食堂,,",
            f"R01,就餐人员01,{unit},801,城区机关食堂,2023-06-01,2024-05-31",
        ],
        by,
    )
    assert (intake.added, intake.faulty, len(reasons(intake))) == (0, 7, 7)
    assert (count(Diner), count(SubsidyGrant)) == (1, 1)


def test_the_page_takes_a_roster_and_shows_what_landed(app: Flask, sign_in: SignIn) -> None:
    unit, cook = make_unit().name, sign_in(Role.CANTEEN)
    assert cook.get("/canteen/rosters/new").status_code == 200
    file = form_file(f"{HEAD}\nR01,就餐人员01,{unit},801,,,", "名册.csv")
    answer = cook.post("/canteen/rosters/new", data={"file": file}, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "名册.csv" in cook.get(answer.location).get_data(as_text=True)
    assert cook.post("/canteen/rosters/new", data={}).status_code == 422
