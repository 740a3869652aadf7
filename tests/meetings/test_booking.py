"""Booking a meeting into a venue."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import db
from ops.meetings.checklist import MeetingTask
from ops.meetings.models import Meeting, VenueBooking
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.meetings.factories import FUTURE, booking_form, make_meeting, make_venue, moment


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_page_offers_venues_with_their_seats_and_says_what_is_held_around(app: Flask, sign_in: SignIn) -> None:
    make_venue(name="大会议室", seats=120)
    text = sign_in(Role.MEETING).get("/meetings/new").get_data(as_text=True)
    assert "大会议室，120 座" in text
    assert "会前 40 分钟布置、会后 20 分钟撤场" in text


def test_the_page_knows_the_venue_and_the_hour_one_clicked(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue()
    page = sign_in(Role.MEETING).get(f"/meetings/new?venue={venue.id}&day=2050-05-09&hour=14")
    text = page.get_data(as_text=True)
    assert 'value="2050-05-09T14:00"' in text
    assert f'<option selected value="{venue.id}">' in text


@pytest.mark.parametrize("query", ["venue=x&day=2050-05-09", "day=yesterday", "day=2050-05-09&hour=99"])
def test_a_wrong_wish_in_the_address_is_left_aside(app: Flask, sign_in: SignIn, query: str) -> None:
    assert sign_in(Role.MEETING).get(f"/meetings/new?{query}").status_code == 200


def test_a_booking_holds_the_venue_with_setting_up_and_clearing(app: Flask, sign_in: SignIn) -> None:
    answer = sign_in(Role.MEETING).post("/meetings/new", data=booking_form(make_venue()))
    assert answer.status_code == 303
    booking = db.session.scalars(select(VenueBooking)).one()
    assert (booking.begins_at, booking.finishes_at) == (FUTURE, FUTURE + timedelta(hours=2))
    assert booking.starts_at == FUTURE - timedelta(minutes=40)
    assert booking.ends_at == FUTURE + timedelta(hours=2, minutes=20)


def test_a_booking_brings_the_checklist_of_three_phases(app: Flask, sign_in: SignIn) -> None:
    sign_in(Role.MEETING).post("/meetings/new", data=booking_form(make_venue()))
    phases = db.session.execute(select(MeetingTask.phase, func.count()).group_by(MeetingTask.phase))
    assert dict(phases.all()) == {"before": 6, "during": 3, "after": 4}


def test_a_venue_cannot_be_booked_twice_for_the_same_hour(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue(name="一号厅")
    make_meeting(venue, FUTURE)
    answer = sign_in(Role.MEETING).post("/meetings/new", data=booking_form(venue, title="另一个会"))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "一号厅该时段已占用（含布置和撤场）：05-09 08:20 – 05-09 11:20" in text
    assert "另一个会" in text
    assert count(Meeting) == 1


def test_a_meeting_that_begins_while_the_one_before_is_cleared_away_is_refused(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue()
    make_meeting(venue, FUTURE)
    client = sign_in(Role.MEETING)
    just_too_early = booking_form(venue, FUTURE + timedelta(hours=2, minutes=59))
    in_time = booking_form(venue, FUTURE + timedelta(hours=3))
    assert client.post("/meetings/new", data=just_too_early).status_code == 422
    assert client.post("/meetings/new", data=in_time).status_code == 303


def test_a_refusal_keeps_what_was_typed_and_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    typed = booking_form(make_venue(), title="调度会", people="十", contact=" ", finishes_at="昨天")
    answer = sign_in(Role.MEETING).post("/meetings/new", data=typed)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert all(word in text for word in ("调度会", "十", "昨天", "请填写联系人。"))
    assert count(Meeting) == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"people": "51"}, "坐不下"),
        ({"finishes_at": moment(FUTURE)}, "结束时间必须晚于开始时间"),
        ({"finishes_at": moment(FUTURE + timedelta(days=8))}, "最长 7 天"),
        ({"venue_id": "99999"}, "venue_id"),
        ({"level": "secret"}, "level"),
        ({"urgent": "y"}, "请填写紧急事由"),
        ({"urgent": "y", "urgent_reason": "  "}, "请填写紧急事由"),
    ],
)
def test_what_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str], words: str) -> None:
    answer = sign_in(Role.MEETING).post("/meetings/new", data={**booking_form(make_venue()), **wrong})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert count(Meeting) == 0


def test_a_venue_out_of_use_cannot_be_booked(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue(to_on=date(2050, 5, 9))
    answer = sign_in(Role.MEETING).post("/meetings/new", data=booking_form(venue))
    assert answer.status_code == 422
    assert "当日不在使用期内" in answer.get_data(as_text=True)


def test_short_notice_is_refused_with_its_source_and_goes_through_as_urgent(app: Flask, sign_in: SignIn) -> None:
    soon = clock.now() + timedelta(minutes=90)
    client, typed = sign_in(Role.MEETING), booking_form(make_venue(), soon)
    refused = client.post("/meetings/new", data=typed)
    assert refused.status_code == 422
    assert "财政部机关服务中心会务服务" in refused.get_data(as_text=True)
    urgent = {**typed, "urgent": "y", "urgent_reason": "上级临时通知"}
    assert client.post("/meetings/new", data=urgent).status_code == 303
    assert db.session.scalars(select(VenueBooking.urgent_reason)).one() == "上级临时通知"


def test_only_the_meeting_section_enters_what_has_been(app: Flask, sign_in: SignIn) -> None:
    unit, past = make_unit(), clock.now() - timedelta(days=1)
    late = {"urgent": "y", "urgent_reason": "电话预订，补录", "unit_id": unit.id}
    typed = {**booking_form(make_venue(), past), **late}
    assert sign_in(Role.LIAISON, unit_id=unit.id).post("/meetings/new", data=typed).status_code == 422
    assert sign_in(Role.MEETING).post("/meetings/new", data=typed).status_code == 303


def test_a_liaison_books_for_his_own_unit_only(app: Flask, sign_in: SignIn) -> None:
    unit, other, venue = make_unit(), make_unit(), make_venue()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    assert client.post("/meetings/new", data=booking_form(venue, unit_id=other.id)).status_code == 422
    assert client.post("/meetings/new", data=booking_form(venue, unit_id=unit.id)).status_code == 303


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.DRIVER])
def test_who_may_not_book_is_refused(app: Flask, sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    assert client.get("/meetings/new").status_code == 403
    assert client.post("/meetings/new", data=booking_form(make_venue())).status_code == 403
    assert count(Meeting) == 0
