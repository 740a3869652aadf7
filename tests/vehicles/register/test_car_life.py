"""A car's life: marked, its papers kept, passed on, disposed of; every change of its file a row."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month, year
from ops.indicators import closing
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.models import Vehicle
from ops.vehicles.register import file_queries, life_queries, queries
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.register.life_models import CarDisposal
from ops.vehicles.register.models import VehicleTransfer
from tests.app_fixtures import SignIn
from tests.factories import AT, make_unit, make_vehicle, saved

TODAY = date(2023, 5, 9)
FILE = {"body": "sedan", "energy": "petrol", "acquired": "bought", "quota": "in", "platform": "enforcement"}


def test_a_transfer_changes_who_manages_the_car_from_its_day_until_it_is_void(app: Flask, sign_in: SignIn) -> None:
    car, unit, client = make_vehicle(), make_unit(), sign_in(Role.DISPATCHER)
    client.post(f"/vehicles/cars/{car.id}/file", data=FILE)
    typed = {"vehicle_id": car.id, "day": "2023-05-09", "from_holder": "甲", "to_holder": "乙", "platform": "own",
             "using_unit_id": unit.id}  # fmt: skip
    assert client.post("/vehicles/transfers/new", data=typed).status_code == 303
    file = file_queries.file_of(car.id)
    assert file
    assert life_queries.holding_of(file, date(2023, 5, 8)) == life_queries.Holding("", "", "enforcement")
    assert life_queries.holding_of(file, date(2023, 5, 9)) == life_queries.Holding("", unit.name, "own")
    assert read("vehicles.transferred", month(2023, 5)).value == 1
    transfer_id = db.session.scalar(select(VehicleTransfer.id))
    assert client.post(f"/vehicles/transfers/{transfer_id}/void", data={"reason_given": "记错"}).status_code == 303
    assert life_queries.holding_of(file, date(2023, 5, 9)).platform == "enforcement"


def test_what_a_transfer_said_can_be_put_right_on_the_file(app: Flask, sign_in: SignIn) -> None:
    car, unit, right, client = make_vehicle(), make_unit(), make_unit(), sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}/file"
    client.post(address, data=FILE)
    typed = {"vehicle_id": car.id, "day": "2023-05-09", "from_holder": "甲", "to_holder": "乙", "platform": "own",
             "using_unit_id": unit.id}  # fmt: skip
    client.post("/vehicles/transfers/new", data=typed)
    assert f'selected value="{unit.id}"' in client.get(address).text  # as it stands, not as it was before
    put_right = {**FILE, "platform": "unit", "using_unit_id": right.id}
    assert client.post(address, data=put_right).status_code == 303
    file = file_queries.file_of(car.id)
    assert file
    assert life_queries.holding_of(file, date(2023, 5, 9)) == life_queries.Holding("", right.name, "unit")
    assert life_queries.holding_of(file, date(2023, 5, 8)) == life_queries.Holding("", "", "enforcement")
    said = {each.fact: (each.before, each.after) for each in reversed(life_queries.changes_of(car.id))}
    assert said["using_unit_id"] == (unit.name, right.name)
    assert said["platform"] == ("own", "unit")
    shown = client.get(f"/vehicles/cars/{car.id}").text
    assert right.name in shown
    assert unit.name not in shown
    assert (life_queries.used_by(right.id, TODAY), life_queries.used_by(unit.id, TODAY)) == ({car.id}, set())
    refused = client.post(address, data={**put_right, "using_unit_id": ""})
    assert (refused.status_code, "或先将该划转作废" in refused.text) == (422, True)


def test_a_car_of_the_enforcement_platform_is_called_so_in_both_languages(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(category="enforcement"), sign_in(Role.DISPATCHER)
    client.post(f"/vehicles/cars/{car.id}/file", data={**FILE, "acquired": "other"})
    shown = client.get(f"/vehicles/cars/{car.id}").text
    assert "<dd>跨部门行政执法平台</dd>" in shown.replace("\n", "")
    assert shown.count("其他公务用车") == 0  # it was acquired some other way
    history = client.get(f"/vehicles/cars/{car.id}/history").text
    assert "跨部门行政执法平台" in history
    assert "执法执勤用车" not in history


def test_a_marking_a_scan_and_changes_stand_on_the_car(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}"
    client.post(f"{address}/file", data={**FILE, "price": "100000"})
    client.post(f"{address}/file", data={**FILE, "price": "110000.5"})
    assert client.post(f"{address}/marking", data={"day": "2023-05-09", "words": "公务监督标识"}).status_code == 303
    assert client.post(f"{address}/marking", data={"day": "2023-05-09", "words": ""}).status_code == 422
    scan = {"kind": "licence", "day": "2023-05-09", "scan": (BytesIO(b"scan"), "licence.pdf")}
    assert client.post(f"{address}/papers/new", data=scan).status_code == 303
    wrong = {**scan, "scan": (BytesIO(b"x"), "licence.exe")}
    assert client.post(f"{address}/papers/new", data=wrong).status_code == 422
    shown = client.get(address).get_data(as_text=True)
    assert "公务监督标识" in shown
    assert "licence.pdf" in shown
    [paper] = life_queries.papers_of(car.id)
    assert client.get(f"/vehicles/car-papers/{paper.id}/scan").data == b"scan"
    [latest] = [each for each in life_queries.changes_of(car.id) if each.before == "100000"]
    assert (latest.fact, latest.after) == ("price", "110000.5")
    assert "110000.5" in client.get(f"{address}/history").get_data(as_text=True)
    assert sign_in(Role.AUDITOR).get(f"{address}/marking").status_code == 403


def test_a_void_paper_stays_with_its_reason_and_a_photograph_is_shown_until_it_is_void(
    app: Flask, sign_in: SignIn
) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}"
    for kind, name in (("photograph", "front.jpg"), ("photograph", "front.pdf"), ("licence", "licence.png")):
        scan = {"kind": kind, "day": "2023-05-09", "scan": (BytesIO(name.encode()), name)}
        assert client.post(f"{address}/papers/new", data=scan).status_code == 303
    photo, _pdf, licence = life_queries.papers_of(car.id)
    picture = f'<img src="/vehicles/car-papers/{photo.id}/scan"'
    assert client.get(address).text.count("<img src=") == client.get(address).text.count(picture) == 1
    void = f"/vehicles/car-papers/{photo.id}/void"
    assert client.post(void, data={"reason_given": ""}).status_code == 422
    assert client.post(void, data={"reason_given": "拍错车辆"}).status_code == 303
    assert client.post(void, data={"reason_given": "拍错车辆"}).status_code == 422
    shown = client.get(address).text
    assert picture not in shown
    assert "拍错车辆" in shown
    assert "front.jpg" in shown
    assert client.get(f"/vehicles/car-papers/{photo.id}/scan").status_code == 200
    assert sign_in(Role.AUDITOR).post(f"/vehicles/car-papers/{licence.id}/void").status_code == 403


def test_a_car_is_disposed_of_once_and_after_it_left_the_register(app: Flask, sign_in: SignIn) -> None:
    on, off, client = make_vehicle(), make_vehicle(deregistered_on=date(2023, 5, 9)), sign_in(Role.DISPATCHER)
    typed = {"day": "2023-05-10", "method": "auction", "income": "8000.50", "paper_no": "处置批复1号"}
    assert client.post(f"/vehicles/cars/{on.id}/disposal", data=typed).status_code == 422
    assert client.post(f"/vehicles/cars/{off.id}/disposal", data={**typed, "day": "2023-05-08"}).status_code == 422
    assert client.post(f"/vehicles/cars/{off.id}/disposal", data={**typed, "income": "-1"}).status_code == 422
    assert client.post(f"/vehicles/cars/{off.id}/disposal", data=typed).status_code == 303
    assert client.post(f"/vehicles/cars/{off.id}/disposal", data=typed).status_code == 422
    [row] = life_queries.disposals_of(off.id)
    assert "8,000.50" in client.get(f"/vehicles/cars/{off.id}").get_data(as_text=True)
    assert client.post(f"/vehicles/disposals/{row.id}/void", data={"reason_given": "记错"}).status_code == 303
    assert client.post(f"/vehicles/cars/{off.id}/disposal", data=typed).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(CarDisposal)) == 2


def test_cars_on_the_register_are_read_by_category(app: Flask) -> None:
    make_vehicle(category="emergency")
    make_vehicle(category="emergency", deregistered_on=date(2023, 5, 9))
    make_vehicle(category="other")
    assert [read("vehicles.on_register", month(2023, 4), scope).value for scope in (0, 2, 5)] == [3, 2, 1]
    assert [read("vehicles.on_register", month(2023, 5), scope).value for scope in (0, 2, 5)] == [2, 1, 1]


def by_category(month_number: int) -> list[object]:
    return [read("vehicles.on_register", month(2023, month_number), scope).value for scope in (0, 2, 5)]


def test_a_category_from_a_day_on_leaves_the_past_and_a_correction_does_not(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(category="other"), sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}"
    change = {"category": "emergency", "day": "2023-05-09", "paper_no": "编制批复1号"}
    assert client.post(f"{address}/category-changes/new", data=change).status_code == 303
    assert [by_category(4), by_category(5)] == [[1, None, 1], [1, 1, 0]]
    entry = {"plate": car.plate, "model": car.model, "seats": 5, "registered_on": "2020-01-01"}
    refused = client.post(f"{address}/correction", data={**entry, "category": "other"})
    assert (refused.status_code, "请作废该变更" in refused.text) == (422, True)
    assert client.post(f"{address}/correction", data={**entry, "category": "emergency"}).status_code == 303
    client.post(f"{address}/removal", data={"deregistered_on": "2023-07-01"})
    assert [by_category(6), by_category(7)] == [[1, 1, 0], [0, 0, 0]]
    [row] = queries.category_changes(car.id)
    assert "编制批复1号" in client.get(address).text
    assert client.post(f"/vehicles/category-changes/{row.id}/void", data={"reason_given": "记错"}).status_code == 303
    assert client.post(f"/vehicles/category-changes/{row.id}/void", data={"reason_given": "记错"}).status_code == 422
    assert [by_category(5)[2], by_category(7)[2], db.session.get_one(Vehicle, car.id).category] == [1, 0, "other"]
    assert client.post(f"{address}/correction", data={**entry, "category": "special"}).status_code == 303
    assert read("vehicles.on_register", month(2023, 4), 4).value == 1


@pytest.mark.parametrize("wrong", [
    {"category": "other"}, {"category": "tank"}, {"day": "2020-01-01"}, {"day": "2099-01-01"}, {"paper_no": ""},
    {"day": "2022-03-01"},
])  # fmt: skip
def test_a_change_of_category_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    car, client = make_vehicle(category="enforcement"), sign_in(Role.DISPATCHER)
    address, usual = f"/vehicles/cars/{car.id}/category-changes/new", {"paper_no": "批复", "day": "2022-03-01"}
    assert client.post(address, data={**usual, "category": "other"}).status_code == 303
    answer = client.post(address, data={**usual, "day": "2023-05-09", "category": "special", **wrong})
    assert answer.status_code == 422
    assert len(queries.category_changes(car.id)) == 1
    assert sign_in(Role.AUDITOR).post(address, data=usual).status_code == 403


def test_a_car_comes_before_its_category_changes_and_leaves_after(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(category="enforcement"), sign_in(Role.DISPATCHER)
    address, entry = f"/vehicles/cars/{car.id}", {"plate": car.plate, "model": car.model, "seats": 5}
    for category, day in (("other", "2022-03-01"), ("emergency", "2022-06-01")):
        change = {"category": category, "day": day, "paper_no": "批复"}
        assert client.post(f"{address}/category-changes/new", data=change).status_code == 303
    last = queries.category_changes(car.id)[-1]
    for day, right in (("2022-03-01", "2022-02-28"), ("2022-04-01", "2021-01-01")):
        given = {**entry, "category": "emergency", "registered_on": day}
        refused = client.post(f"{address}/correction", data=given)
        assert (refused.status_code, 'id="registered_on-error"' in refused.text) == (422, True)
        assert "该车已于2022-03-01变更类别，请填写之前的日期" in refused.text
        assert client.post(f"{address}/correction", data={**given, "registered_on": right}).status_code == 303
    for day in ("2022-06-01", "2022-04-01"):
        refused = client.post(f"{address}/removal", data={"deregistered_on": day})
        assert (refused.status_code, 'id="deregistered_on-error"' in refused.text) == (422, True)
        assert "该车已于2022-06-01变更类别，请填写之后的日期" in refused.text
    client.post(f"/vehicles/category-changes/{last.id}/void", data={"reason_given": "记错"})
    assert client.post(f"{address}/removal", data={"deregistered_on": "2022-06-01"}).status_code == 303
    assert [read("vehicles.on_register", month(2022, 6), scope).value for scope in (0, 2, 3, 5)] == [0, None, 0, 0]


def test_a_car_neither_changes_nor_passes_on_after_it_left(app: Flask, sign_in: SignIn) -> None:
    """Whichever of the two is entered first, the other one is refused at its field and nothing is written."""
    car, client = make_vehicle(category="enforcement"), sign_in(Role.DISPATCHER)
    address, pass_on = f"/vehicles/cars/{car.id}", "/vehicles/transfers/new"
    given = {"vehicle_id": car.id, "from_holder": "甲", "to_holder": "乙"}
    assert client.post(pass_on, data={**given, "day": "2022-06-01"}).status_code == 303
    refused = client.post(f"{address}/removal", data={"deregistered_on": "2022-05-31"})
    assert (refused.status_code, 'id="deregistered_on-error"' in refused.text) == (422, True)
    assert "该车已于2022-06-01划转" in refused.text
    assert client.post(f"{address}/removal", data={"deregistered_on": "2022-06-01"}).status_code == 303
    late = client.post(pass_on, data={**given, "day": "2022-06-02"})
    assert (late.status_code, 'id="day-error"' in late.text, "甲" in late.text) == (422, True, True)
    change = {"category": "emergency", "day": "2022-06-01", "paper_no": "批复"}
    changed = client.post(f"{address}/category-changes/new", data=change)
    assert (changed.status_code, 'id="day-error"' in changed.text) == (422, True)
    assert (len(queries.transfers_of(car.id)), len(queries.category_changes(car.id))) == (1, 0)
    assert client.post(f"{address}/category-changes/new", data={**change, "day": "2022-05-31"}).status_code == 303


def test_only_what_changes_a_closed_year_asks_for_a_reason(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car, earlier, client = make_vehicle(category="other"), make_vehicle(category="other"), sign_in(Role.DISPATCHER)
    with transaction():
        closing.close(year(2022), by)
    address = f"/vehicles/cars/{car.id}"
    change = {"category": "emergency", "day": "2023-05-09", "paper_no": "编制批复1号"}
    assert client.post(f"{address}/category-changes/new", data=change).status_code == 303
    entry = {"plate": earlier.plate, "model": "轿车", "seats": 5, "registered_on": "2020-01-01", "category": "special"}
    put_right = f"/vehicles/cars/{earlier.id}/correction"
    assert client.post(put_right, data=entry).status_code == 422
    assert client.post(put_right, data={**entry, "reason": "类别登记错误"}).status_code == 303
    known = closing.known_now(closing.closing_of(year(2022)), "vehicles.on_register", 4)  # type: ignore[arg-type]
    assert known[0] == 1


AHEAD = date(2099, 1, 1)


def test_what_is_recorded_has_taken_place(app: Flask, sign_in: SignIn) -> None:
    client, car = sign_in(Role.DISPATCHER), make_vehicle()
    page, day = f"/vehicles/cars/{car.id}", str(AHEAD)
    given = {"plate": "冀BZ1234", "category": "other", "model": "轿车", "seats": "5", "registered_on": day}
    holders = {"vehicle_id": car.id, "from_holder": "甲", "to_holder": "乙", "platform": "enforcement"}
    deeds: dict[str, tuple[str, dict[str, object]]] = {
        "/vehicles/cars/new": ("registered_on", given),
        f"{page}/correction": ("registered_on", given),
        f"{page}/marking": ("day", {"day": day, "words": "公务"}),
        "/vehicles/transfers/new": ("day", {"day": day, **holders}),
    }
    for address, (field, values) in deeds.items():
        answer = client.post(address, data=values)
        assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True), address
        assert "日期不能晚于今天" in answer.text
    for fact in ("bought_on", "first_registered_on"):
        kinds = {"body": "sedan", "energy": "petrol", "acquired": "bought", "quota": "in", "platform": "own"}
        assert f'id="{fact}-error"' in client.post(f"{page}/file", data={**kinds, fact: day}).text
    client.post(f"{page}/removal", data={"deregistered_on": "2023-01-01"})
    sold = {"day": day, "method": "auction", "income": "1", "paper_no": "处置1号"}
    assert client.post(f"{page}/disposal", data=sold).status_code == 422


def test_a_car_is_not_transferred_before_anything_is_known_of_it(app: Flask, sign_in: SignIn) -> None:
    client, car = sign_in(Role.DISPATCHER), make_vehicle(registered_on=date(2022, 4, 1))
    saved(CarFile(vehicle_id=car.id, bought_on=date(2019, 2, 1), kept_at=AT, kept_by="管理员"))
    given = {"vehicle_id": car.id, "from_holder": "甲", "to_holder": "乙"}
    answer = client.post("/vehicles/transfers/new", data={**given, "day": "2019-01-31"})
    assert (answer.status_code, "2019-02-01" in answer.text) == (422, True)
    assert client.post("/vehicles/transfers/new", data={**given, "day": "2019-02-01"}).status_code == 303
