"""Which number of the standard holds is a function of item and day."""

from datetime import date
from decimal import Decimal

from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.people.ranks import Rank
from ops.people.roles import Role
from ops.rooms.models import RoomStandard, Subject
from ops.rooms.standards import caps, formula, load_standards
from tests.app_fixtures import SignIn
from tests.factories import saved
from tests.rooms.factories import DAY


def test_the_county_caps_are_those_of_the_document(app: Flask) -> None:
    assert caps(DAY) == {
        Rank.COUNTY_HEAD: 30, Rank.COUNTY_DEPUTY: 24, Rank.SECTION_HEAD: 18, Rank.SECTION_DEPUTY: 12, Rank.STAFF: 9,
    }  # fmt: skip


def test_before_the_document_no_cap_is_in_force(app: Flask) -> None:
    assert caps(date(2014, 11, 23)) == {}
    assert formula(date(2014, 11, 23)) is None


def test_a_later_row_holds_from_its_day(app: Flask) -> None:
    saved(
        RoomStandard(
            document="以后的标准", clause="第九条", level="县级机关", subject=Subject.OFFICE, item=Rank.STAFF,
            value=Decimal("8.50"), valid_from=date(2025, 1, 1), confidence="confirmed", source="测试",
        )
    )  # fmt: skip
    assert caps(date(2024, 12, 31))[Rank.STAFF] == 9
    assert caps(date(2025, 1, 1))[Rank.STAFF] == Decimal("8.50")


def test_loading_again_adds_nothing(app: Flask) -> None:
    count = select(func.count()).select_from(RoomStandard)
    before = db.session.scalar(count)
    with transaction():
        load_standards()
    assert db.session.scalar(count) == before == 12


def test_the_page_says_that_no_clause_is_confirmed(app: Flask, sign_in: SignIn) -> None:
    text = sign_in(Role.LEADER).get("/rooms/standards?day=2022-06-30").get_data(as_text=True)
    assert "发改投资〔2014〕2674号" in text
    assert text.count("条款号未核实") == 12


def test_a_day_that_is_none_is_refused(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(Role.LEADER).get("/rooms/standards?day=yesterday").status_code == 400
