"""The trip of the product: from a day's work to the figure, its evidence, the year-end form, its closing, and after."""

import re
from datetime import datetime
from html import unescape
from io import BytesIO

from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core.db import db
from ops.indicators.models import Adjustment, Closing
from ops.indicators.verification import drifts
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.journeys.day_of_work import Day, at, posted
from tests.programmes.factories import stored_programme

NEW_YEAR, LATER = datetime(2024, 1, 9, 9), datetime(2024, 2, 20, 10)
REASON = "凭证重复入账，事后冲销"
SHOWN = {
    "vehicles.dispatches": "1",
    "vehicles.kilometres": "118",
    "canteen.meals": "1",
    "meetings.held": "1",
    "repairs.on_time_rate": "100.00",
    "programmes.paid": "1,000,000.50",
}


def cell(page: str, name: str) -> tuple[str, str]:
    """(address, text) of a cell of the form; the address is empty for plain words."""
    found = re.search(rf'data-name="{name}"[^>]*>(?:<a href="([^"]+)">)?([^<]*)<', page)
    assert found, name
    return unescape(found[1] or ""), unescape(found[2])


def word_cells(client: FlaskClient, form: str) -> list[str]:
    """The texts of the Word form, cell by cell."""
    answer = client.get(f"{form}.docx")
    assert answer.status_code == 200
    tables = Document(BytesIO(answer.data)).tables
    return [each.text for table in tables for row in table.rows for each in row.cells]


def test_a_days_work_becomes_the_report_and_stays_true_after_its_closing(app: Flask, sign_in: SignIn) -> None:
    programme, day = stored_programme(4), Day(sign_in)
    form = f"/programmes/{programme.id}/evaluation"
    pages = {
        "vehicles.dispatches": day.trip(), "canteen.meals": day.meal(), "meetings.held": day.meeting(),
        "repairs.on_time_rate": day.repair(), "programmes.paid": day.payment(programme.id, "1000000.50"),
    }  # fmt: skip
    figures_and_their_evidence(day, pages)
    report_of_the_year(day, form, programme.id, pages["repairs.on_time_rate"])
    closing = closed_when_nothing_is_in_the_way(day)
    changed_afterwards(day, form, closing, pages["programmes.paid"])
    assert list(drifts()) == []


def figures_and_their_evidence(day: Day, pages: dict[str, str]) -> None:
    """The leader sees each figure, opens it, and stands before the very record."""
    with at(day.morning.replace(month=6)):
        leader = day(Role.LEADER)
        told = leader.get("/figures?period=2023").text
        for name, value in SHOWN.items():
            figure = leader.get(f"/figures/{name}?period=2023")
            assert name in told
            assert value in figure.text, name
        for name, record in pages.items():
            evidence = leader.get(f"/figures/{name}/evidence?period=2023&recount=1").text
            assert "重新清点一致" in evidence
            if name != "canteen.meals":  # the counter leads to the next card, not to the meal
                assert f'href="{record}"' in evidence, name
                assert leader.get(record).status_code == 200
            else:
                [meal] = re.findall(r"/canteen/meals/\d+", evidence)
                assert day.diner.name in leader.get(meal).text


def report_of_the_year(day: Day, form: str, programme_id: int, ticket: str) -> None:
    """The performance officer binds the indicators; the form counts itself, as page and as Word."""
    with at(NEW_YEAR):
        officer = day(Role.PERFORMANCE)
        posted(officer, f"/programmes/{programme_id}/suggested-bindings")
        page = officer.get(form).text
        evidence, share = cell(page, "actual:2")
        assert share == "100.00%"
        assert f'href="{ticket}"' in officer.get(evidence).text
        enter_by_hand(officer, cell(page, "actual:1")[0])
        page = officer.get(form).text
        assert cell(page, "actual:1")[1] == "48次（填报，附件）"
        assert cell(page, "actual:3")[1] == "2023年5月9日"
        assert cell(page, "executed:all")[1] == "100.00005"
        texts = word_cells(officer, form)
        for name in ("actual:1", "actual:2", "actual:3", "actual:4", "executed:all", "score:2", "score:total"):
            assert cell(page, name)[1] in texts, name


def enter_by_hand(officer: FlaskClient, address: str) -> None:
    """A figure that nobody counts, with its proof."""
    proof = (BytesIO("测试附件".encode()), "proof.txt")
    posted(officer, address, value="48", words="", unit="次", reason_given="活动登记簿", proof=proof)


def closed_when_nothing_is_in_the_way(day: Day) -> Closing:
    """A name that does not fit its value is in the way of closing, until somebody says what it counts."""
    with at(NEW_YEAR):
        officer = day(Role.PERFORMANCE)
        assert officer.post("/closings/new", data={"period": "2023"}).status_code == 422
        obstacles = re.findall(r"/programmes/indicators/\d+/definition", officer.get("/closings/preparation/2023").text)
        assert obstacles
        for each in obstacles:
            posted(officer, each, text="按登记簿计。")
        address = posted(officer, "/closings/new", period="2023")
    closing = db.session.scalars(select(Closing)).one()
    assert address.endswith(f"/closings/{closing.id}")
    return closing


def changed_afterwards(day: Day, form: str, closing: Closing, payment: str) -> None:
    """A payment is reversed in February: asked why, and told on the closing's page and in the form, which stands."""
    with at(LATER):
        finance, officer = day(Role.FINANCE), day(Role.PERFORMANCE)
        refused = finance.post(f"{payment}/reversal", data={"reason_given": "重复"})
        assert refused.status_code == 422
        assert 'id="reason-error"' in refused.text
        posted(finance, f"{payment}/reversal", reason_given="重复", reason=REASON)
        changes = db.session.scalars(select(Adjustment).where(Adjustment.metric == "programmes.paid")).all()
        assert {str(each.part.normalize()) for each in changes} == {"-1000000.5"}
        told = officer.get(f"/closings/{closing.id}").text
        assert told.index(REASON) < told.rindex("派车")
        assert "1,000,000.50" in told
        page = officer.get(form).text
        assert cell(page, "executed:all")[1] == "100.00005"
        assert f"-1,000,000.5 {REASON}" in page
        assert "100.00005" in word_cells(officer, form)
