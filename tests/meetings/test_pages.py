"""The day, the list, the venues, the start page."""

from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.db import db
from ops.meetings.models import Venue
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.meetings.factories import DAY, FUTURE, PAST, make_held, make_meeting, make_venue


def test_the_day_draws_each_meeting_as_a_link_and_says_it_in_a_table(app: Flask, sign_in: SignIn) -> None:
    meeting = make_meeting(title="全体会")
    text = sign_in(Role.LEADER).get("/meetings/day?day=2050-05-09").get_data(as_text=True)
    assert text.count(f'href="/meetings/{meeting.id}"') == 2
    assert text.count("09:00–11:00") >= 2
    assert "08:20–11:20" in text
    assert "style=" not in text
    assert "全体会" in text


def test_another_units_meeting_shows_as_taken_and_nothing_more(app: Flask, sign_in: SignIn) -> None:
    meeting = make_meeting(title="内部人事会")
    client = sign_in(Role.LIAISON, unit_id=make_unit().id)
    text = client.get("/meetings/day?day=2050-05-09").get_data(as_text=True)
    assert "内部人事会" not in text
    assert "已占用" in text
    assert client.get(f"/meetings/{meeting.id}").status_code == 404


def test_a_day_without_venues_or_meetings_says_so(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.MEETING)
    assert "当日没有在用的会场" in client.get("/meetings/day").get_data(as_text=True)
    make_venue()
    assert "当日会场均空闲" in client.get("/meetings/day").get_data(as_text=True)


def test_a_day_that_is_none_is_refused_in_words(app: Flask, sign_in: SignIn) -> None:
    answer = sign_in(Role.MEETING).get("/meetings/day?day=2050-02-30")
    assert answer.status_code == 422
    assert "2023-05-09" in answer.get_data(as_text=True)


def test_the_list_sorts_searches_and_filters(app: Flask, sign_in: SignIn) -> None:
    booked, held = make_meeting(title="将来会"), make_held(title="往日会")
    late = make_meeting(begins_at=PAST, title="遗忘会")
    client = sign_in(Role.AUDITOR)

    def shown(query: str) -> set[str]:
        text = client.get(f"/meetings?{query}").get_data(as_text=True)
        return {title for title in ("将来会", "往日会", "遗忘会") if title in text}

    assert shown("sort=people") == {"将来会", "往日会", "遗忘会"}
    assert shown("state=booked") == {booked.title}
    assert shown("state=held") == {held.title}
    assert shown("state=late") == {late.title}
    assert shown("state=cancelled") == set()
    assert shown("q=往日") == {"往日会"}
    assert shown(f"venue={late.booking.venue_id}") == {"遗忘会"}
    assert shown("level=district") == set()


def test_a_moved_meeting_stands_in_the_list_once_with_its_last_time(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(), sign_in(Role.MEETING)
    typed = {"venue_id": meeting.booking.venue_id, "begins_at": "2050-06-01T09:00", "finishes_at": "2050-06-01T10:00"}
    client.post(f"/meetings/{meeting.id}/move", data={**typed, "reason_given": "改期"})
    text = client.get("/meetings").get_data(as_text=True)
    assert "2050-06-01 09:00" in text
    assert "2050-05-09" not in text
    assert "1 条记录" in text


def test_a_liaison_lists_his_units_meetings_only(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    make_meeting(title="我单位会", unit_id=unit.id)
    make_meeting(title="别单位会")
    text = sign_in(Role.LIAISON, unit_id=unit.id).get("/meetings").get_data(as_text=True)
    assert "我单位会" in text
    assert "别单位会" not in text


def test_the_start_page_says_what_waits_for_the_meeting_section(app: Flask, sign_in: SignIn) -> None:
    make_meeting(begins_at=PAST)
    make_meeting(begins_at=datetime.combine(clock.today() + timedelta(days=1), time(9)))
    text = sign_in(Role.MEETING).get("/").get_data(as_text=True)
    assert "已过结束时间未登记召开的会议" in text
    assert "会前准备未完成的会议" in text
    assert "保障会议场次" in text
    assert text.index("已过结束时间") < text.index("会前准备未完成")


def test_the_start_page_asks_the_host_to_rate(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    make_held(unit_id=unit.id, begins_at=datetime.combine(clock.today() - timedelta(days=1), time(9)), title="昨日会")
    make_held(unit_id=unit.id, title="去年会")
    assert "待评价的会议" in client.get("/").get_data(as_text=True)
    listed = client.get("/meetings?state=unrated").get_data(as_text=True)
    assert "昨日会" in listed
    assert "去年会" not in listed


def test_a_venue_is_added_by_the_meeting_section(app: Flask, sign_in: SignIn) -> None:
    client, typed = sign_in(Role.MEETING), {"name": "三楼厅", "place": "三层", "seats": "40", "from_on": "2023-01-01"}
    assert client.get("/meetings/venues/new").status_code == 200
    assert client.post("/meetings/venues/new", data={**typed, "seats": "0"}).status_code == 422
    assert client.post("/meetings/venues/new", data=typed).status_code == 303
    again = client.post("/meetings/venues/new", data=typed)
    assert again.status_code == 422
    assert "已有同名会场" in again.get_data(as_text=True)
    assert "三楼厅" in client.get("/meetings/venues?use=now").get_data(as_text=True)


@pytest.mark.parametrize(("day", "status"), [("2050-05-09", 422), ("2050-05-10", 303), ("2019-12-31", 422), ("", 422)])
def test_a_venue_goes_out_of_use_only_after_its_last_booking(
    app: Flask, sign_in: SignIn, day: str, status: int
) -> None:
    venue = make_venue()
    make_meeting(venue, FUTURE)
    answer = sign_in(Role.MEETING).post(f"/meetings/venues/{venue.id}/closing", data={"to_on": day})
    assert answer.status_code == status
    found = db.session.scalars(select(Venue.to_on).where(Venue.id == venue.id)).one()
    assert found == (date(2050, 5, 10) if status == 303 else None)


def test_venues_are_kept_by_the_meeting_section_only(app: Flask, sign_in: SignIn) -> None:
    venue, watcher = make_venue(), sign_in(Role.LEADER)
    assert watcher.get("/meetings/venues").status_code == 200
    assert watcher.get("/meetings/venues/new").status_code == 403
    assert watcher.get(f"/meetings/venues/{venue.id}/closing").status_code == 403
    assert sign_in(Role.LIAISON, unit_id=make_unit().id).get("/meetings/venues").status_code == 403
    assert sign_in(Role.MEETING).get("/meetings/venues/99/closing").status_code == 404


def test_a_past_day_shows_its_meetings(app: Flask, sign_in: SignIn) -> None:
    make_held(title="往日会")
    assert "往日会" in sign_in(Role.MEETING).get(f"/meetings/day?day={DAY}").get_data(as_text=True)


def test_the_pages_are_english_by_choice(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_held(), sign_in(Role.MEETING)
    client.post("/language", data={"language": "en", "next": "/"})
    assert "Venues by the day" in client.get("/meetings/day").get_data(as_text=True)
    assert "As it was held" in client.get(f"/meetings/{meeting.id}").get_data(as_text=True)
