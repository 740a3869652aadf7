"""Pages of the costs: seen, used wrongly, refused to those who may not; every figure opens its rows."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month
from ops.people.roles import Role
from ops.vehicles.costs import repair_service, service
from ops.vehicles.costs.models import CostKind, VehicleCost
from ops.vehicles.costs.notice import notice
from ops.vehicles.costs.notice_models import UseNotice
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_vehicle
from tests.vehicles.costs.factories import make_card, make_cost, make_driven, make_fill, make_job
from tests.vehicles.costs.test_expenses import noted

NOTICE = "/vehicles/costs/notice"
READ = (
    "/vehicles/costs?period=2023", "/vehicles/costs/entries?period=2023", "/vehicles/costs/years",
    "/vehicles/costs/notice?period=2023-05", "/vehicles/costs/settings", "/vehicles/fuel/cards",
    "/vehicles/fuel/findings?period=2023", "/vehicles/repairs/violations", "/vehicles/repairs",
    "/vehicles/costs/cars/1?period=2023", "/vehicles/odometer/cars/1", "/vehicles/costs/entries/1",
)  # fmt: skip
WRITE = (
    "/vehicles/costs/entries/new", "/vehicles/costs/policies/new", "/vehicles/costs/entries/1/reversal",
    "/vehicles/costs/cars/1/tank", "/vehicles/costs/settings/new", "/vehicles/fuel/fills/new",
    "/vehicles/fuel/cards/new", "/vehicles/fuel/statements/new", "/vehicles/repairs/new",
    "/vehicles/repairs/violations/new", "/vehicles/odometer/cars/1/readings/new",
    "/vehicles/odometer/cars/1/replacements/new", "/vehicles/odometer/readings/1/correction",
)  # fmt: skip


@pytest.fixture
def work(app: Flask) -> int:
    """A car with a trip, a fill, a toll, a card and a repair. Gives its id, which is 1."""
    trip = make_driven(1000, 1100)
    make_fill(AT + timedelta(hours=2), "9", "70", vehicle_id=trip.vehicle_id)
    make_cost(vehicle_id=trip.vehicle_id, amount="30")
    make_card(trip.vehicle_id)
    make_job(vehicle_id=trip.vehicle_id)
    return trip.vehicle_id


def test_those_who_keep_and_those_who_watch_see_every_page_and_only_the_first_change(
    work: int, sign_in: SignIn
) -> None:
    keeper, watcher, liaison = sign_in(Role.DISPATCHER), sign_in(Role.AUDITOR), sign_in(Role.LIAISON)
    for path in (*READ, *WRITE):
        assert keeper.get(path).status_code == 200, path
    for path in READ:
        assert watcher.get(path).status_code == 200, path
        assert liaison.get(path).status_code == 403, path
    for path in WRITE:
        assert watcher.get(path).status_code == 403, path
        assert watcher.post(path).status_code == 403, path


def test_every_figure_of_the_table_opens_rows_that_add_up_to_it(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    text = client.get("/vehicles/costs?period=2023").get_data(as_text=True)
    assert {"70.00", "30.00", "100.00", "1.00", "9.00"} <= set(re.findall(r">([\d.]+)<", text))
    links = set(re.findall(r'href="(/vehicles/costs/entries\?period=2023[^"]*vehicle=\d+[^"]*)"', text))
    assert len(links) == 3
    for link in links:
        opened = client.get(link.replace("&amp;", "&")).get_data(as_text=True)
        foot = re.search(r"<tfoot>.*?([\d,.]+)</td></tr></tfoot>", opened, re.DOTALL)
        assert foot
        expected = "70.00" if "energy" in link else "30.00" if "tolls" in link else "100.00"
        assert foot[1] == expected


def test_a_ratio_opens_its_costs_and_its_trips(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    text = client.get("/figures/vehicles.cost_per_km/evidence?period=2023").get_data(as_text=True)
    opened = [client.get(link) for link in re.findall(r'href="(/vehicles/costs/evidence/\d+)"', text)]
    assert {re.sub(r"\d+$", "", answer.location) for answer in opened} == {
        "/vehicles/costs/entries/", "/vehicles/requests/"}  # fmt: skip
    assert all(client.get(answer.location).status_code == 200 for answer in opened)


def test_the_table_is_sorted_and_an_odd_address_is_answered(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    for query in ("sort=total&down=1", "sort=per_100", "sort=x", "vehicle=x", "period=2023-05", "page=9"):
        assert client.get(f"/vehicles/costs?{query}").status_code == 200
        assert client.get(f"/vehicles/costs/entries?{query}").status_code == 200
    assert "None" not in client.get("/vehicles/costs?period=2021").text
    assert client.get("/vehicles/costs?period=nonsense").status_code == 422
    assert client.get("/vehicles/costs/notice?period=2023-05&vehicle=999999999999").status_code == 200
    for path in ("/vehicles/costs/cars/99", "/vehicles/costs/entries/99", "/vehicles/costs/proofs/1",
                 "/vehicles/fuel/findings/1/gap:1:2/settlement", "/vehicles/fuel/cards/99"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_the_notice_has_its_six_items_and_what_each_car_came_to(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    text = client.get("/vehicles/costs/notice?period=2023-05").get_data(as_text=True)
    for said in ("05-09 08:30", "调研", "市区", ">100<", ">9.00<", ">100.00<"):
        assert said in text
    sheet = load_workbook(BytesIO(client.get("/vehicles/costs/notice?period=2023-05&format=xlsx").data)).active
    assert [cell.value for cell in sheet[4]][1:] == ["05-09 08:30", "调研", "市区", 100, 9, 70, 30, 100]


def test_a_tank_filled_on_a_short_trip_is_borne_by_the_long_one_as_well(app: Flask, sign_in: SignIn) -> None:
    short = make_driven(1000, 1050)
    car = short.vehicle_id
    long = make_driven(1050, 1200, at=AT + timedelta(days=1), vehicle_id=car)
    make_fill(AT + timedelta(hours=2), "20", "160", vehicle_id=car)
    make_cost(vehicle_id=car, amount="30", day=long.day)
    make_cost(vehicle_id=car, amount="500", day=long.day, kind=CostKind.OTHER)
    found = notice(month(2023, 5))
    assert [(line.fuel, line.energy, line.others, line.cost) for line in found.lines] == [
        (Decimal("5.00"), Decimal("40.00"), None, Decimal("40.00")),
        (Decimal("15.00"), Decimal("120.00"), Decimal("30.00"), Decimal("150.00")),
    ]
    assert (found.ledger, found.filled, found.not_of_trips) == (Decimal("690.00"), Decimal("160.00"), Decimal("500.00"))
    shown = sign_in(Role.AUDITOR).get("/vehicles/costs/notice?period=2023-05").text
    assert "按百公里油耗折算" in shown
    assert "本月台账合计690.00元：加油充电160.00元（行程折算160.00元），行程途中支出30.00元，" in shown


def test_a_notice_is_published_with_its_copy_and_what_changes_later_is_shown(work: int, sign_in: SignIn) -> None:
    client, page, post = sign_in(Role.DISPATCHER), f"{NOTICE}?period=2023-05", f"{NOTICE}/2023-05/publication"
    assert "尚未公示" in client.get(page).text
    assert sign_in(Role.AUDITOR).post(post).status_code == 403
    client = sign_in(Role.DISPATCHER)
    for key, words in (("2023-04", "无可公示内容"), ("2099-01", "该月尚未结束")):
        assert client.post(f"{NOTICE}/{key}/publication").status_code == 303
        assert words in client.get(page).text
    assert client.post(post).status_code == 303
    shown = client.get(page).text
    assert "公示原件" in shown
    assert "公示后有变动" not in shown
    make_cost(vehicle_id=work, amount="12")
    shown = client.get(page).text
    assert "公示后有变动" in shown
    assert "公示时1次、100公里、100.00元" in shown
    [row] = db.session.scalars(select(UseNotice)).all()
    sheet = load_workbook(BytesIO(client.get(f"/vehicles/costs/published-notices/{row.id}").data)).active
    assert sheet["I4"].value == 100


def test_the_notice_says_what_of_the_month_is_not_booked_yet(work: int, by: Actor, sign_in: SignIn) -> None:
    trip = make_driven(1300, 1400, AT + timedelta(days=1), vehicle_id=work)
    for amount in ("35.50", "10.00"):
        noted(trip, by, amount=amount)
    job, other = make_job(vehicle_id=work), make_job(vehicle_id=work, day=date(2023, 4, 28))
    for each in (job, other):
        with transaction():
            repair_service.quote(each, [("机油", Decimal("300"))], "", by)
    with transaction():
        repair_service.refuse(other, "不必修", by)
    client = sign_in(Role.DISPATCHER)
    shown = client.get(f"{NOTICE}?period=2023-05").text
    links = re.findall(r'<li><a href="([^"]+)">(\d)[^<]*</a>；([\d.,]+)元', shown)
    assert [(count, amount) for _link, count, amount in links] == [("2", "45.50"), ("2", "300.00")]
    assert "其中1项尚无报价" in shown
    for link, count, _amount in links:
        body = client.get(link.replace("&amp;", "&")).text.split("<tbody>")[1].split("</tbody>")[0]
        assert body.count("<tr>") == int(count), link
    assert "尚未入账" not in client.get(f"{NOTICE}?period=2023-04").text
    assert "尚未入账" not in client.get(f"{NOTICE}?period=2023-05&vehicle={make_vehicle().id}").text


def test_the_notice_offers_the_months_in_which_something_was_newest_first_with_their_state(
    work: int, sign_in: SignIn
) -> None:
    make_cost(vehicle_id=work, day=date(2023, 3, 9))
    client = sign_in(Role.DISPATCHER)
    assert client.post(f"{NOTICE}/2023-05/publication").status_code == 303
    form = client.get(NOTICE).text.split('<select id="period"')[1].split("</select>")[0]
    months = re.findall(r'<option value="([^"]+)"( selected)?>([^<]+)<', form)
    assert months == [("2023-05", " selected", "2023-05 · 已公示"), ("2023-03", "", "2023-03 · 草稿")]
    odd = client.get(f"{NOTICE}?period=2099-01").text
    assert '<option value="2099-01" selected>2099-01 · 草稿' in odd


def test_nothing_recorded_is_a_dash_and_what_was_taken_back_is_nought(work: int, by: Actor, sign_in: SignIn) -> None:
    """A car that drove and filled nothing; a toll that was reversed."""
    car = make_vehicle(plate="冀B77777")
    trip = make_driven(1000, 1040, vehicle_id=car.id)
    toll = make_cost(vehicle_id=car.id, day=trip.day)
    with transaction():
        service.reverse(toll, "记错", by)
    [line] = [each for each in notice(month(2023, 5)).lines if each.plate == "冀B77777"]
    assert (line.fuel, line.energy, line.others, line.cost) == (None, None, Decimal(0), Decimal(0))
    shown = sign_in(Role.AUDITOR).get(f"{NOTICE}?period=2023-05&vehicle={car.id}").text
    rows = [
        re.findall(r">(—|[\d.,]+)<", row) for row in shown.split("<tr>") if "冀B77777" in row and row.startswith("<td")
    ]
    assert rows == [["40", "—", "—", "0.00", "0.00"], ["40", "—", "—", "0.00"]]
    assert notice(month(2023, 2)).cost is None
    assert "0.00" not in sign_in(Role.AUDITOR).get(f"{NOTICE}?period=2023-02").text


def test_the_tables_come_as_excel(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    sheet = load_workbook(BytesIO(client.get("/vehicles/costs?period=2023&format=xlsx").data)).active
    assert [cell.value for cell in sheet[4]][2:7] == [100, 100, 1, 9, 70]
    assert sheet.max_row == 5
    rows = load_workbook(BytesIO(client.get("/vehicles/costs/entries?period=2023&kind=energy&format=xlsx").data)).active
    assert [cell.value for cell in rows[4]][3:5] == [70, 9]
    assert rows.max_row == 4


def test_a_cost_is_recorded_with_its_paper_and_taken_back(work: int, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    typed = {"vehicle_id": work, "kind": "parking", "day": "2023-05-09", "amount": "15", "payee": "停车场"}
    answer = client.post("/vehicles/costs/entries/new", data={**typed, "proof": (BytesIO(b"%PDF"), "票据.pdf")})
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert client.get(re.findall(r"/vehicles/costs/proofs/\d+", page)[0], buffered=True).data == b"%PDF"
    assert client.post(f"{answer.location}/reversal", data={"reason_given": ""}).status_code == 422
    assert client.post(f"{answer.location}/reversal", data={"reason_given": "重复"}).status_code == 303
    again = client.post(f"{answer.location}/reversal", data={"reason_given": "重复"})
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"amount": "0"}, "amount"), ({"amount": "一百"}, "amount"), ({"day": "2019-01-01"}, "day"),
     ({"vehicle_id": "77"}, "vehicle_id"), ({"proof": (BytesIO(b"x"), "a.exe")}, "proof")],
)  # fmt: skip
def test_a_wrong_cost_is_refused_beside_its_field_and_writes_nothing(
    app: Flask, sign_in: SignIn, wrong: dict[str, object], field: str
) -> None:
    typed = {"vehicle_id": make_vehicle().id, "kind": "tolls", "day": str(DAY), "amount": "5", "payee": "某收费站"}
    answer = sign_in(Role.DISPATCHER).post("/vehicles/costs/entries/new", data={**typed, **wrong})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert f'id="{field}-error"' in text
    assert "某收费站" in text
    assert db.session.query(VehicleCost).count() == 0


def test_a_policy_is_recorded_through_its_page(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FINANCE)
    typed = {"vehicle_id": make_vehicle().id, "day": "2023-01-05", "insurer": "某保险", "policy_no": "B1",
             "from_on": "2023-01-06", "to_on": "2024-01-05", "compulsory_premium": "950",
             "third_party_premium": "800.5", "third_party_insured": "1000000"}  # fmt: skip
    assert client.post("/vehicles/costs/policies/new", data={**typed, "to_on": "2022-01-05"}).status_code == 422
    answer = client.post("/vehicles/costs/policies/new", data=typed)
    assert "1,750.50" in client.get(answer.location).get_data(as_text=True)


def test_a_finding_is_settled_with_a_reason(work: int, sign_in: SignIn) -> None:
    make_driven(1300, 1350, AT + timedelta(days=1), vehicle_id=work)
    make_fill(AT + timedelta(days=5), vehicle_id=work)
    client = sign_in(Role.DISPATCHER)
    text = client.get("/vehicles/fuel/findings?period=2023").get_data(as_text=True)
    links = re.findall(r'href="(/vehicles/fuel/findings/\d+/[\w:-]+/settlement)"', text)
    assert len(links) == 2
    for link in links:
        assert client.post(link, data={"reason_given": "  "}).status_code == 422
        assert client.post(link, data={"reason_given": "经核实为送检"}).status_code == 303
    assert "经核实为送检" in client.get("/vehicles/fuel/findings?period=2023").get_data(as_text=True)
    assert client.post(links[0], data={"reason_given": "再来"}).status_code == 422


def test_a_dial_is_read_corrected_replaced_and_taken_back_through_the_pages(work: int, sign_in: SignIn) -> None:
    client, base = sign_in(Role.DISPATCHER), "/vehicles/odometer"
    typed = {"at": "2023-06-01T09:00", "value": "1200", "source": "manual", "note_given": ""}
    assert client.post(f"{base}/cars/{work}/readings/new", data=typed).status_code == 303
    assert (
        client.post(f"{base}/readings/3/correction", data={"value": "1210", "reason_given": "看错"}).status_code == 303
    )
    assert client.post(f"{base}/readings/3/reversal", data={"reason_given": "多余"}).status_code == 422
    assert client.post(f"{base}/readings/4/reversal", data={"reason_given": "多余"}).status_code == 303
    typed = {"at": "2023-06-02T09:00", "old_last": "1250", "new_first": "0", "paper": "工单"}
    assert client.post(f"{base}/cars/{work}/replacements/new", data=typed).status_code == 303
    assert client.post(f"{base}/replacements/1/reversal", data={"reason_given": "未换"}).status_code == 303
    assert client.post(f"{base}/replacements/1/reversal", data={"reason_given": "未换"}).status_code == 422
    assert client.get(f"{base}/cars/{work}").status_code == 200
