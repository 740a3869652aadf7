"""A fuel card statement: good rows land, bad ones come back, the same file again changes nothing."""

from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ops.core.db import db, transaction
from ops.core.workbook import Field, workbook
from ops.people.roles import Role
from ops.vehicles.costs import queries, service, statement_service
from ops.vehicles.costs.models import VehicleCost
from ops.vehicles.costs.repair_models import FuelIntake
from ops.vehicles.odometer.models import ReadingConfirmation
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle
from tests.vehicles.costs.factories import BY, make_card, make_fill

HEAD = "卡号,交易时间,升数,金额,流水号,加油站,车牌号,是否加满,里程"


def taken(*rows: str, head: str = HEAD) -> FuelIntake:
    file = FileStorage(BytesIO("\n".join([head, *rows]).encode()), "对账单.csv")
    with transaction():
        return statement_service.take_in(file, BY)


def counts(intake: FuelIntake) -> tuple[int, int, int]:
    return intake.added, intake.already, intake.faulty


def test_good_rows_land_bad_ones_come_back_and_the_same_file_changes_nothing(app: Flask) -> None:
    car = make_vehicle()
    card, shared = make_card(car.id, "9000"), make_card(None, "9001")
    rows = (
        "9000,2023-05-09 08:10:00,40.5,320.75,S1,城东站,,是,50010",
        f"9001,2023/5/10 9:05,30,240,S1,,{car.plate},,",
        "9001,2023-05-10 09:05,30,240,S2,,,,", "9009,2023-05-10 09:05,30,240,S3,,,,",
        "9000,某日,30,240,S4,,,,", "9000,2023-05-10 09:05,0,240,S5,,,,", "9000,2023-05-10 09:05,30,,S6,,,,",
        "9000,2023-05-10 09:05,30,240,S7,,冀B00000X,,", "9000,2099-05-10 09:05,30,240,S8,,,,",
        "9000,2023-05-10 09:05,30,240.005,S9,,,,", "9000,2021-05-10 09:05,30,240,S10,,,,",
    )  # fmt: skip
    intake = taken(*rows)
    assert counts(intake) == (2, 0, 9)
    assert [fault.line for fault in intake.faults] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    [first, second] = db.session.scalars(queries.entries().order_by(VehicleCost.id)).all()
    assert first.fill
    assert second.fill
    assert (first.amount, first.fill.litres, first.fill.is_full, first.fill.odometer) == (
        Decimal("320.75"), Decimal("40.5"), True, 50_010)  # fmt: skip
    assert (second.vehicle_id, second.fill.card_id, second.fill.is_full) == (car.id, shared.id, False)
    assert queries.card_entries(card.id)[-1][1] == Decimal("-320.75")
    assert counts(taken(*rows)) == (0, 2, 9)
    assert db.session.scalars(queries.entries()).all() == [first, second]


def test_a_serial_with_other_figures_and_a_fill_typed_by_hand_come_back(app: Flask) -> None:
    car = make_vehicle().id
    make_card(car, "9000")
    make_fill(vehicle_id=car, litres="40", amount="300")
    intake = taken("9000,2023-05-09 18:00,40,300,S1,,,,", "9000,2023-05-10 18:00,41,310,S2,,,,")
    assert counts(intake) == (1, 0, 1)
    assert counts(taken("9000,2023-05-10 18:00,41,311,S2,,,,")) == (0, 0, 1)


def test_a_row_that_was_taken_back_may_land_again(app: Flask) -> None:
    make_card(make_vehicle().id, "9000")
    row = "9000,2023-05-10 18:00,41,310,S2,,,,"
    taken(row)
    [cost] = db.session.scalars(queries.entries()).all()
    with transaction():
        service.reverse(cost, "车辆有误", BY)
    assert counts(taken(row)) == (1, 0, 0)


def test_the_rows_that_came_back_can_be_mended_and_handed_in_again(app: Flask, sign_in: SignIn) -> None:
    make_card(make_vehicle().id, "9000")
    client = sign_in(Role.DISPATCHER)
    file = (BytesIO(f"{HEAD}\n9000,某日,41,310,S2,,,,".encode()), "对账单.csv")
    answer = client.post("/vehicles/fuel/statements/new", data={"file": file})
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "某日" in page
    back = client.get("/vehicles/fuel/statements/1/faults").data.decode("utf-8-sig")
    assert back.splitlines()[1].startswith("9000,某日,41,310,S2")
    mended = FileStorage(BytesIO(back.replace("某日", "2023-05-10 08:00").encode()), "改.csv")
    with transaction():
        assert counts(statement_service.take_in(mended, BY)) == (1, 0, 0)


def test_excel_is_read_too_and_a_table_without_the_columns_is_refused(app: Flask, sign_in: SignIn) -> None:
    make_card(make_vehicle().id, "9000")
    cells = ["9000", "2023-05-10 18:00", "41", "310", "S1"]
    heads = ["卡号", "交易时间", "数量（升）", "金额（元）", "流水号"]
    fields = [Field(head, lambda row, at=at: row[at]) for at, head in enumerate(heads)]  # type: ignore[misc]
    content = workbook("", fields, [cells])
    client = sign_in(Role.DISPATCHER)
    assert client.post("/vehicles/fuel/statements/new", data={"file": (BytesIO(content), "a.xlsx")}).status_code == 303
    plain = "\n".join([",".join(heads), ",".join(cells)]).encode("gb18030")
    assert client.post("/vehicles/fuel/statements/new", data={"file": (BytesIO(plain), "a.csv")}).status_code == 303
    for wrong in ({}, {"file": (BytesIO("卡号,升数\n1,2".encode()), "a.csv")}):
        assert client.post("/vehicles/fuel/statements/new", data=wrong).status_code == 422


@pytest.mark.parametrize("page", ["en", "zh_Hans_CN"])
@pytest.mark.parametrize("said", ["It went a long way since", "其间长途行驶", "long_way"])
def test_the_reason_of_the_dial_is_read_in_either_language_whatever_the_pages_speak(
    app: Flask, page: str, said: str
) -> None:
    make_card(make_vehicle().id, "9000")
    head = f"{HEAD},读数不符的原因"
    rows = "9000,2023-05-09 08:00,40,300,S1,,,,50010,", f"9000,2023-05-10 08:00,41,310,S2,,,,59999,{said}"
    with force_locale(page):
        assert counts(taken(*rows, head=head)) == (2, 0, 0)
    assert db.session.scalars(select(ReadingConfirmation.why)).all() == ["long_way"]


def test_a_reason_that_nobody_knows_comes_back_beside_its_cell(app: Flask) -> None:
    make_card(make_vehicle().id, "9000")
    intake = taken("9000,2023-05-09 08:00,40,300,S1,,,,50010,不知道", head=f"{HEAD},读数不符的原因")
    assert counts(intake) == (0, 0, 1)
    assert "“不知道”无法识别，请填写：" in intake.faults[0].reason
    assert "读数不符的原因" in intake.faults[0].reason
