"""Dispatches of another ledger: good rows land, bad ones are named, the same file again changes nothing."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.db import db
from ops.core.notify import Notice
from ops.core.period import Period, month
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.models import Dispatch, TripRequest
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_unit, make_user, make_vehicle

HEAD = "单号,用车单位,事由,目的地,人数,出车时间,返回时间,车牌号,驾驶员"


@pytest.fixture
def known(app: Flask) -> dict[str, str]:
    return {"unit": make_unit().name, "plate": make_vehicle().plate, "driver": make_driver().name}


def row(known: dict[str, str], number: str, **values: str) -> str:
    usual = {
        "number": number, "unit": known["unit"], "purpose": "调研", "destination": "市区", "people": "2",
        "starts": "2023-05-09 08:30", "ends": "2023-05-09 12:30", "plate": known["plate"], "driver": known["driver"],
    }  # fmt: skip
    return ",".join({**usual, **values}.values())


def send(client: FlaskClient, content: bytes, name: str = "台账.csv") -> str:
    answer = client.post("/vehicles/dispatch-intake", data={"file": (BytesIO(content), name)})
    return f"{answer.status_code} {answer.text}"


def counts() -> tuple[int, int]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(each)) or 0 for each in (TripRequest, Dispatch))  # type: ignore[return-value]


def test_good_rows_land_bad_rows_are_named_and_again_changes_nothing(known: dict[str, str], sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    rows = [
        row(known, "A1"), row(known, "A2"), row(known, "A3", starts="2023-05-10 08:30", ends="2023-05-10 09:30"),
        row(known, "A4", unit="没有的单位"), row(known, "A5", plate="冀B0"), row(known, "A6", driver="无此人"),
        row(known, "A7", people="两人"), row(known, "A8", starts="五月九日"), row(known, "A9", ends="2023-05-09 08:00"),
        row(known, "", purpose="x"), row(known, "A10", people="5", starts="2023-05-11 08:30", ends="2023-05-11 09:00"),
        row(known, "A11", starts="2023-05-07 08:30", ends="2023-05-07 09:00"),
    ]  # fmt: skip
    content = "\n".join([HEAD, *rows]).encode()
    text = send(client, content)
    assert text.startswith("200")
    for line in (3, 5, 6, 7, 8, 9, 10, 11, 12, 13):
        assert f">{line}</td>" in text, line
    assert ">2</td>" not in text
    for word in ("没有名为", "没有车辆", "没有驾驶员", "整数", "尚未审批"):
        assert word in text, word
    assert counts() == (2, 2)
    assert read("vehicles.dispatches", month(2023, 5)).value == 2
    again = send(client, content)
    assert again.startswith("200")
    assert counts() == (2, 2)
    assert list(audit.verify()) == []


def test_a_trip_of_the_night_lands_with_the_verdict_that_the_paper_says(known: dict[str, str], sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    rows = [
        row(known, "N1", starts="2023-05-09 20:30", ends="2023-05-09 23:00") + ",张处,2023-05-09 10:00",
        row(known, "N2", starts="2023-05-12 20:30", ends="2023-05-12 23:00") + ",,",
        row(known, "N3", starts="2023-05-16 20:30", ends="2023-05-16 23:00") + ",张处,",
        row(known, "N4") + ",张处,2099-01-01 10:00", row(known, "N5", starts="2023-05-09 09:00") + ",张处,昨天",
    ]  # fmt: skip
    text = send(client, "\n".join([f"{HEAD},批准人,批准时间", *rows]).encode())
    assert ">2</td>" not in text
    for line in (3, 4, 5, 6):
        assert f">{line}</td>" in text, line
    assert "“批准人”“批准时间”两列" in text
    assert counts() == (1, 1)
    [taken] = db.session.scalars(select(TripRequest))
    assert taken.state == "assigned"
    assert taken.oral is None
    [verdict] = [step.verdict for step in taken.steps]
    assert verdict
    assert (verdict.approved, verdict.by, verdict.at) == (True, "张处", datetime(2023, 5, 9, 10))
    assert verdict.noted_by
    assert f"/vehicles/requests/{taken.id}" not in client.get("/vehicles/requests?show=complete").text
    shown = client.get(f"/vehicles/requests/{taken.id}").text
    for word in ("书面审批同意", f"书面审批，由{verdict.noted_by}录入", "张处"):
        assert word in shown, word
    assert list(audit.verify()) == []


def test_a_trip_that_lies_ahead_is_never_approved_on_paper(known: dict[str, str], sign_in: SignIn) -> None:
    ahead = clock.today() + timedelta(days=3)
    night = row(known, "F1", starts=f"{ahead} 19:00", ends=f"{ahead} 22:30")
    text = send(sign_in(Role.DISPATCHER), f"{HEAD},批准人,批准时间\n{night},张处,2023-05-09 10:00".encode())
    assert counts() == (1, 1), text
    assert "行程尚未结束的，记为口头批准" in text
    [taken] = db.session.scalars(select(TripRequest))
    assert taken.oral
    assert taken.oral.approved_by == "张处"
    assert taken.steps
    assert all(step.verdict is None for step in taken.steps)


def test_a_paper_signed_after_the_trip_began_is_refused_and_says_so(known: dict[str, str], sign_in: SignIn) -> None:
    rows = [
        row(known, "L1", starts="2023-05-09 20:30", ends="2023-05-09 23:00") + ",张处,2023-05-25 09:00",
        row(known, "L2", starts="2023-05-12 20:30", ends="2023-05-12 23:00") + ",张处,2023-05-12 20:31",
        row(known, "L3", starts="2023-05-16 20:30", ends="2023-05-16 23:00") + ",张处,2023-05-16 20:30",
        row(known, "L4") + ",张处,2023-05-25 09:00",
    ]
    text = send(sign_in(Role.DISPATCHER), "\n".join([f"{HEAD},批准人,批准时间", *rows]).encode())
    assert "批准时间（2023-05-25 09:00）晚于出车时间（2023-05-09 20:30）" in text
    assert ">3</td>" in text
    assert ">4</td>" not in text
    assert ">5</td>" not in text, "a trip that needs no approval asks for no paper"
    assert counts() == (2, 2)


def test_a_workbook_is_read_as_well(known: dict[str, str], sign_in: SignIn) -> None:
    content, cells = BytesIO(), [HEAD.split(","), row(known, "B1").split(",")]
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate(cells):
        sheet.write_row(number, 0, line)
    book.close()
    assert send(sign_in(Role.DISPATCHER), content.getvalue(), "台账.xlsx").startswith("200")
    assert counts() == (1, 1)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "单号,事由\n1,2".encode()])
def test_what_is_no_such_table_is_refused_whole(app: Flask, sign_in: SignIn, content: bytes) -> None:
    assert send(sign_in(Role.DISPATCHER), content).startswith("422")


def test_only_the_dispatcher_takes_in(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.LIAISON, Role.AUDITOR, Role.DRIVER):
        assert sign_in(role).get("/vehicles/dispatch-intake").status_code == 403


def test_every_fault_of_a_row_is_named_with_the_letter_and_the_head_of_its_column(
    known: dict[str, str], sign_in: SignIn
) -> None:
    rows = [row(known, "C1", people="两人", starts="五月九日", purpose=""),
            row(known, "C2", driver="无此人", unit="没有的单位"),
            row(known, "C3", people="5")]  # fmt: skip
    text = send(sign_in(Role.DISPATCHER), "\n".join([HEAD, *rows]).encode())
    cells = [(line, cell) for line, cell in re.findall(r'"行号">(\d)</td><td data-label="单元格">([^<]+)<', text)]
    assert cells == [("2", "C列“事由”"), ("2", "F列“出车时间”"), ("2", "E列“人数”"), ("3", "B列“用车单位”"),
                     ("3", "I列“驾驶员”"),
                     ("4", "H列“车牌号”")]  # fmt: skip
    assert re.search(r"<dt>未导入</dt>\s*<dd>3</dd>", text)


def test_a_ledger_of_past_trips_rings_no_bell_and_one_that_lies_ahead_does(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    known = {"unit": unit.name, "plate": make_vehicle().plate, "driver": make_driver().name}
    liaison, client = make_user(Role.LIAISON, unit_id=unit.id), sign_in(Role.DISPATCHER)
    day = next(iter(working_days(Period(clock.today() + timedelta(days=1), clock.today() + timedelta(days=20)))))
    begins = datetime.combine(day, datetime.min.time()).replace(hour=9)
    ahead = {"starts": f"{begins:%Y-%m-%d %H:%M}", "ends": f"{begins + timedelta(hours=2):%Y-%m-%d %H:%M}"}
    assert send(client, "\n".join([HEAD, row(known, "A1"), row(known, "A2", **ahead)]).encode()).startswith("200")
    assert counts() == (2, 2)
    [told] = db.session.scalars(select(Notice).where(Notice.user_id == liaison.id))
    assert f"{begins:%Y-%m-%d %H:%M}" in told.text
