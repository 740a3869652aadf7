"""The list of cars: out and in again, shown before it lands, wrong cells handed back, the same list changes nothing."""

import itertools
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from ops.core import audit
from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.core.sheets import Line
from ops.indicators import closing
from ops.indicators.models import Adjustment
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.exchange import judging, service, workbook
from ops.vehicles.exchange.columns import FACTS
from ops.vehicles.exchange.known import Known, on_register, read_cars
from ops.vehicles.exchange.models import CarIntake
from ops.vehicles.models import Vehicle
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.register.life_models import CarFileChange
from tests.app_fixtures import SignIn
from tests.factories import AT, make_unit, make_vehicle, saved

HEAD = [
    "车牌号",
    "车辆类别",
    "规格型号",
    "座位数",
    "登记在册日期",
    "车架号",
    "价格（元）",
    "排量（L）",
    "能源类型",
    "编制",
    "产权单位",
    "注册登记日期",
    "按原检验周期检验",
]
ROW = [
    "冀B·A0001",
    "应急保障用车",
    "商务车",
    7,
    date(2022, 3, 1),
    "LSVAA49J132047371",
    180000,
    1.8,
    "汽油",
    "在编",
    "",
    "2020年1月5日",
    "是",
]
NEW = "/vehicles/car-intakes/new"


def book(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    made = Workbook()
    page: Any = made.active
    for row in (head, *rows):
        page.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def row(**values: Any) -> list[Any]:
    return [values.get(head, cell) for head, cell in zip(HEAD, ROW, strict=True)]


def judged(content: bytes) -> list[judging.Judged]:
    return judging.judge(service.read(content).lines, Known())


def upload(client: Any, content: bytes, name: str = "台账.xlsx") -> str:
    answer = client.post(NEW, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def counts() -> tuple[int, int, int, int]:
    found = db.session.scalars(select(CarIntake).order_by(CarIntake.id.desc())).first()
    assert found
    db.session.refresh(found)
    return found.added, found.changed, found.unchanged, found.faulty


def weighings() -> int:
    """How many steps the audit trail tells of."""
    said = AuditEntry.action == "vehicles.car_list.weighed"
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(said)) or 0


def cars() -> int:
    return db.session.scalar(select(func.count()).select_from(Vehicle)) or 0


def test_a_list_lands_only_when_it_is_confirmed_and_once(app: Flask, sign_in: SignIn) -> None:
    unit, client = make_unit(), sign_in(Role.DISPATCHER)
    content = book(
        row(产权单位=unit.name), row(车牌号="冀BA0002", 车架号="", 座位数=99), row(车牌号="京A12", 车架号="")
    )
    address = upload(client, content)
    shown = client.get(address).text
    assert cars() == 0
    for words in ("新增车辆 1", "有误 2", "请输入 2 至 60 之间的数", "冀B12345", "导入1行"):
        assert words in shown
    assert client.post(address).status_code == 303
    assert counts() == (1, 0, 0, 2)
    car = db.session.scalars(select(Vehicle)).one()
    file = db.session.get_one(CarFile, car.id)
    assert (car.plate, car.category, car.seats, car.registered_on) == ("冀BA0001", "emergency", 7, date(2022, 3, 1))
    assert (file.vin, file.price, file.displacement, file.quota) == (ROW[5], 180000, Decimal("1.8"), "in")
    assert (file.owner_unit_id, file.first_registered_on, file.old_cycle) == (unit.id, date(2020, 1, 5), True)
    assert db.session.scalar(select(func.count()).select_from(Obligation)) == 1
    assert client.post(address).status_code == 303
    assert counts() == (1, 0, 0, 2)
    again = upload(client, content)
    assert "共3行，其中1行与台账一致，2行有误" in client.get(again).text
    client.post(again)
    assert counts() == (0, 0, 1, 2)
    assert (cars(), db.session.scalar(select(func.count()).select_from(CarFileChange))) == (1, 12)


def test_the_workbook_comes_back_with_the_reason_on_each_bad_cell(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FLEET_HEAD)
    wrong = row(车牌号="冀BA0002", 车辆类别="私家车", 车架号="123", 注册登记日期="2020-13-45", 产权单位="无此单位")
    address = upload(client, book(row(), wrong))
    for stage in ("before", "after"):
        page = load_workbook(BytesIO(client.get(address + "/misfits.xlsx").data)).worksheets[0]
        bad = {page.cell(1, cell.column).value: cell.comment.text for cell in page[3] if cell.comment}
        assert set(bad) == {"车辆类别", "车架号", "注册登记日期", "产权单位"}, stage
        assert "私家车" in bad["车辆类别"]
        assert "17位" in bad["车架号"]
        assert page.cell(1, len(HEAD) + 1).value == "退回原因"
        assert page.cell(3, len(HEAD) + 1).value.count("\n") == 3
        assert page.cell(2, len(HEAD) + 1).value is None
        client.post(address)
    assert counts() == (1, 0, 0, 1)
    assert "退回原因" in client.get(address).text


def test_what_goes_out_comes_in_without_a_change(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    facts = {
        "kept_at": AT,
        "kept_by": "测试员",
        "price": Decimal("123456.78"),
        "displacement": Decimal("1.998"),
        "special": "=1+1",
        "ceiling_case": "special",
        "old_cycle": False,
        "bought_on": date(2020, 1, 1),
        "using_unit_id": unit.id,
        "colour": "007",
    }
    saved(CarFile(vehicle_id=make_vehicle(model="1.6").id, vin="LSVAA49J132047371", **facts))
    saved(
        CarFile(
            vehicle_id=make_vehicle(category="special").id,
            **{**facts, "old_cycle": True, "special": None, "ceiling_case": "usual"},
        )
    )
    make_vehicle()
    make_vehicle(deregistered_on=date(2021, 1, 1))
    client = sign_in(Role.DISPATCHER)
    for language in ("en", "zh_Hans_CN"):
        with client.session_transaction() as session:
            session["language"] = language
        content = client.get("/vehicles/car-list.xlsx").data
        assert len(service.read(content).lines) == 3
        assert [each.verdict for each in judged(content)] == ["unchanged"] * 3, judged(content)
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in page[1]] == [str(fact.label) for fact in FACTS]
    assert page["M2"].value in (123456.78, None)
    assert sign_in(Role.LIAISON).get("/vehicles/car-list.xlsx").status_code == 403


def test_the_template_has_the_heads_and_says_what_belongs_there(app: Flask, sign_in: SignIn) -> None:
    found = load_workbook(BytesIO(sign_in(Role.DISPATCHER).get("/vehicles/car-list-template.xlsx").data))
    sheet, explained = found.worksheets
    assert [cell.value for cell in sheet[1]] == [str(fact.label) for fact in FACTS]
    assert sheet.data_validations.dataValidation
    assert explained.max_row == len(FACTS)


def test_a_changed_cell_changes_that_fact_and_leaves_the_others(app: Flask, sign_in: SignIn, by: Actor) -> None:
    client = sign_in(Role.DISPATCHER)
    client.post(upload(client, book(row())))
    changed = book(["冀BA0001", "特种专业技术用车", "越野车", "蓝"], head=["车牌号", "车辆类别", "型号", "颜色"])
    [found] = judged(changed)
    assert (found.verdict, found.changes["category"]) == ("changed", ("应急保障用车", "特种专业技术用车"))
    assert set(found.changes) == {"category", "model", "colour"}
    client.post(upload(client, changed))
    assert counts() == (0, 1, 0, 0)
    car = db.session.scalars(select(Vehicle)).one()
    file = db.session.get_one(CarFile, car.id)
    assert (car.category, car.model, car.seats, file.colour, file.price) == ("special", "越野车", 7, "蓝", 180000)
    assert read("vehicles.on_register", month(2023, 5), 4).value == 1
    assert read("vehicles.on_register", month(2023, 5), 2).value is None
    assert "越野车" in client.get(f"/vehicles/cars/{car.id}/history").text


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"车牌号": ""}, "plate"),
        ({"车牌号": "12345"}, "plate"),
        ({"座位数": "很多"}, "seats"),
        ({"座位数": ""}, "seats"),
        ({"登记在册日期": ""}, "registered_on"),
        ({"登记在册日期": "昨天"}, "registered_on"),
        ({"规格型号": "车" * 61}, "model"),
        ({"车辆类别": ""}, "category"),
        ({"价格（元）": "-5"}, "price"),
        ({"价格（元）": "1.234"}, "price"),
        ({"能源类型": "核能"}, "energy"),
        ({"按原检验周期检验": "也许"}, "old_cycle"),
        ({"车架号": "LSVAA49J13204737I"}, "vin"),
        ({"排量（L）": "99"}, "displacement"),
    ],
)
def test_a_cell_that_is_wrong_is_named(app: Flask, values: dict[str, Any], key: str) -> None:
    [found] = judged(book(row(**values)))
    assert found.verdict == "wrong"
    assert set(found.wrong) == {key}
    assert found.wrong[key]


def test_two_rows_with_one_plate_or_one_number_are_told(app: Flask) -> None:
    first, second, third = judged(book(row(), row(车架号=""), row(车牌号="冀BA0003")))
    assert (first.verdict, set(second.wrong), set(third.wrong)) == ("new", {"plate"}, {"vin"})
    assert "第2行" in second.wrong["plate"]


def test_a_row_that_a_verb_refuses_keeps_no_other_out(app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else registers the plate between the look and the landing."""
    content = book(*(row(车牌号=f"冀BA000{n}", 车架号="") for n in range(1, 5)))
    with transaction():
        intake = service.hand_in(_file(content), by)
    real = service.register.register

    def race(plate: str, **facts: Any) -> Vehicle:
        if plate == "冀BA0003":
            real(plate=plate, **facts)
        return real(plate=plate, **facts)

    monkeypatch.setattr(service.register, "register", race)
    service.step(intake, None, by)
    assert counts() == (3, 0, 0, 1)
    assert cars() == 3


def test_many_refused_rows_are_weighed_once_each_and_leave_no_trace_but_their_reasons(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(车牌号=f"冀B{number:05}", 车架号="", 型号=f"车{number}") for number in range(40)]
    with transaction():
        intake = service.hand_in(_file(book(*rows)), by)
    real, weighed, judge = service.planning.plan_car, list[int](), judging.judge_one
    refuses = itertools.cycle((True, False))

    def weigh(line: Line, known: Known) -> judging.Judged:
        weighed.append(line.number)
        return judge(line, known)

    def plan(*given: Any) -> object:
        if next(refuses):
            raise Rejected("not today", "plate")
        return real(*given)

    monkeypatch.setattr(judging, "judge_one", weigh)
    monkeypatch.setattr(service.planning, "plan_car", plan)
    service.step(intake, None, by)
    assert weighed == list(range(2, 42))
    assert (counts(), cars()) == ((20, 0, 0, 20), 20)
    registered = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "vehicles.car.registered")
    assert db.session.scalar(registered) == 20, "what was undone is not told of"
    assert read("vehicles.on_register", month(2023, 5)).value == 20
    assert list(audit.verify()) == []


def test_somebody_else_registers_a_plate_in_the_same_moment(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = book(*(row(车牌号=f"冀BA000{n}", 车架号="") for n in range(1, 4)))
    with transaction():
        intake = service.hand_in(_file(content), by)
    monkeypatch.setattr(service.register.queries, "car_with", lambda plate: None)
    real = service.register.register

    def race(plate: str, **facts: Any) -> Vehicle:
        if plate == "冀BA0002":
            real(plate=plate, **facts)
        return real(plate=plate, **facts)

    monkeypatch.setattr(service.register, "register", race)
    service.step(intake, None, by)
    assert counts() == (2, 0, 0, 1), "the database refuses the second"


def test_a_list_with_nothing_new_says_how_many_stand_and_how_many_are_wrong(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    client.post(upload(client, book(row(), row(车牌号="冀BA0002", 车架号=""))))
    same = (row(), row(车牌号="冀BA0002", 车架号=""))
    shown = client.get(upload(client, book(*same, row(车牌号="12345")))).text
    assert "共3行，其中2行与台账一致，1行有误" in shown
    assert "没有可导入的行" not in shown
    shown = client.get(upload(client, book(*same, row(车牌号="12345"), row(车牌号="冀BA0003", 车架号="")))).text
    assert "1行有误，不导入" in shown
    assert "没有可导入的行" in client.get(upload(client, book(row(车牌号="12345")))).text


def _file(content: bytes) -> Any:
    return FileStorage(BytesIO(content), "台账.xlsx")


def test_a_closed_year_asks_for_the_reason_and_nothing_lands_without(app: Flask, sign_in: SignIn, by: Actor) -> None:
    make_vehicle()
    with transaction():
        closing.close(year(2022), by)
    client = sign_in(Role.DISPATCHER)
    address = upload(client, book(row()))
    refused = client.post(address)
    assert refused.status_code == 422
    assert "2022" in refused.text
    assert 'name="reason"' in refused.text
    assert cars() == 1
    assert client.post(address, data={"reason": "补录2022年入册车辆"}).status_code == 303
    assert cars() == 2
    assert {each.reason for each in db.session.scalars(select(Adjustment))} == {"补录2022年入册车辆"}


def test_a_long_list_lands_in_steps_that_can_be_left(app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "STEP", 20)
    rows = [row(车牌号=f"冀B{number:05}", 车架号="") for number in range(50)]
    with transaction():
        intake = service.hand_in(_file(book(*rows, rows[0])), by)
    done = []
    while intake.weighed < intake.rows:
        service.step(intake, None, by)
        db.session.refresh(intake)
        done.append((intake.weighed, intake.percent))
    assert done == [(20, 39), (40, 78), (51, 100)]
    assert counts() == (50, 0, 0, 1)
    lines = weighings()
    assert lines == 3
    service.step(intake, None, by)
    assert counts() == (50, 0, 0, 1)
    assert weighings() == lines, "pressing again behind the last row leaves no trace"


@pytest.mark.parametrize("content", [b"", b"no table", b"PK\x03\x04broken", book(["x"], head=["没有的列"])])
def test_a_file_that_is_no_list_is_refused_beside_its_field(app: Flask, sign_in: SignIn, content: bytes) -> None:
    answer = sign_in(Role.DISPATCHER).post(NEW, data={"file": (BytesIO(content), "x.xlsx")})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(CarIntake)) == 0


def test_who_may(app: Flask, sign_in: SignIn) -> None:
    for address in (NEW, "/vehicles/car-intakes/1", "/vehicles/car-intakes/1/misfits.xlsx"):
        assert sign_in(Role.AUDITOR).get(address).status_code == 403
    client = sign_in(Role.DISPATCHER)
    assert client.get(NEW).status_code == 200
    assert client.get("/vehicles/car-intakes/1").status_code == 404
    assert workbook.template(Known()).startswith(b"PK")
    assert read_cars(*on_register(date(2023, 1, 1))) == []
