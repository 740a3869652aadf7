"""The trail tells every deed and record of the vehicle section in words, in both languages."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from ops.admin.deeds import DONE, deed_said, record_said
from ops.core.audit import AuditEntry
from ops.core.db import Base, db
from ops.people.roles import Role
from ops.vehicles.complaints.service import DEEDS as COMPLAINT_DEEDS
from ops.vehicles.costs.repair_models import RepairState
from ops.vehicles.driving.service import DEEDS
from ops.vehicles.hires.models import HireState
from ops.vehicles.records import RECORDS
from ops.vehicles.violations.models import FilingState
from tests.app_fixtures import SignIn

OPS = Path(__file__).parents[2] / "ops"
NAMED = re.compile(r'"(vehicles\.[a-z_]+\.[a-z_.]+)"')
RECORDED = re.compile(r"audit\.record\((.{0,200})", re.S)
KINDS = {
    "filing": FilingState,
    "complaint": COMPLAINT_DEEDS.values(),
    "repair": RepairState,
    "phone": DEEDS,
    "hire": [HireState.CALLED_OFF],
}


def deeds() -> set[str]:
    """Every name that a service of the section gives to a deed."""
    found = {f"vehicles.{noun}.{kind}" for noun, kinds in KINDS.items() for kind in kinds}
    for path in (OPS / "vehicles").rglob("*.py"):
        for call in RECORDED.findall(path.read_text("utf-8")):
            found |= set(NAMED.findall(call))
    return found


@pytest.mark.parametrize(("locale", "chinese"), [("zh_Hans_CN", True), ("en", False)])
def test_every_deed_and_every_table_has_words(app: Flask, locale: str, chinese: bool) -> None:
    tables = {name for name, table in db.metadata.tables.items() if owner(name) == "vehicles"}
    assert len(deeds()) > 110
    assert len(tables) > 90
    with app.test_request_context(), force_locale(locale):
        said = {name: deed_said(name) for name in deeds()} | {name: record_said(f"{name}:7") for name in tables}
        raw = {name for name, words in said.items() if words in (name, f"{name}:7")}
        assert not raw, "name the table or the noun in vehicles/records.py, what was done in admin/deeds.py"
        wrong = {words for words in said.values() if bool(re.search(r"[\u4e00-\u9fff]", words)) is not chinese}
        assert not wrong
        assert deed_said("meetings.alarm.settled") == "meetings.alarm.settled", "a noun is of its feature"
        assert all(str(words) for words in DONE.values())


def owner(table: str) -> str:
    return kept_by(table).__module__.split(".")[1]


def kept_by(table: str) -> type[Base]:
    models = [mapper.class_ for mapper in db.Model.registry.mappers]
    found: type[Base] = next(each for each in models if each.__tablename__ == table)
    return found


def test_no_noun_of_the_section_is_the_name_of_another_ones_table_that_the_trail_tells_of(app: Flask) -> None:
    others = {name for name in db.metadata.tables if owner(name) != "vehicles" and kept_by(name).tracked}
    assert not others & set(RECORDS)


def test_the_trail_of_the_reference_data_shows_no_codes(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    entry = db.session.scalars(select(AuditEntry).filter_by(action="vehicles.position_settings.loaded")).one()
    page = client.get(f"/admin/audit/{entry.id}").text
    assert "reference data" not in page
    assert "定位报警设置" in page
    assert "系统预置" in page
    listed = client.get("/admin/audit?q=position_settings").text
    assert "vehicles.position_settings.loaded" not in listed
