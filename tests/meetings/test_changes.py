"""Moving, extending and calling off."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.timeslot import Slot
from ops.meetings.models import Meeting, MeetingState, VenueBooking
from ops.meetings.queries import clashes
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_unit, saved
from tests.meetings.factories import FUTURE, booking_form, make_held, make_meeting, make_venue, moment

HOUR = timedelta(hours=1)
DEEDS = ("move", "extension", "cancellation")


def move_form(venue_id: int, begins_at: object = FUTURE, **values: object) -> dict[str, object]:
    times = {"begins_at": moment(begins_at), "finishes_at": moment(begins_at + 2 * HOUR)}  # type: ignore[operator,arg-type]
    return {"venue_id": venue_id, **times, "reason_given": "主办单位要求", **values}


def test_each_page_shows_how_it_stands(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(title="季度会"), sign_in(Role.MEETING)
    for deed in DEEDS:
        page = client.get(f"/meetings/{meeting.id}/{deed}")
        assert page.status_code == 200
        assert "季度会" in page.get_data(as_text=True)


def test_a_move_gives_the_old_venue_back_and_holds_the_new_one(app: Flask, sign_in: SignIn) -> None:
    old, new = make_venue(), make_venue()
    meeting, client = make_meeting(old), sign_in(Role.MEETING)
    assert client.post(f"/meetings/{meeting.id}/move", data=move_form(new.id)).status_code == 303
    slot = Slot(FUTURE, FUTURE + HOUR)
    assert not clashes(slot, old.id)
    assert [each.meeting_id for each in clashes(slot, new.id)] == [meeting.id]
    assert [each.cause for each in db.session.get_one(Meeting, meeting.id).bookings] == ["booked", "moved"]


def test_a_meeting_can_be_moved_within_its_own_time(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue()
    meeting = make_meeting(venue)
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/move", data=move_form(venue.id, FUTURE + HOUR))
    assert answer.status_code == 303


def test_a_move_onto_another_meeting_is_refused_and_changes_nothing(app: Flask, sign_in: SignIn) -> None:
    taken, mine = make_venue(), make_venue()
    make_meeting(taken)
    meeting = make_meeting(mine)
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/move", data=move_form(taken.id))
    assert answer.status_code == 422
    assert "该时段已占用" in answer.get_data(as_text=True)
    assert [each.released_at for each in db.session.get_one(Meeting, meeting.id).bookings] == [None]


def test_a_move_to_a_near_hour_needs_urgency_but_another_venue_at_the_same_hour_does_not(
    app: Flask, sign_in: SignIn
) -> None:
    soon = clock.now().replace(second=0) + HOUR
    meeting, other, client = make_meeting(begins_at=soon), make_venue(), sign_in(Role.MEETING)
    nearer = move_form(other.id, soon + timedelta(minutes=10))
    assert client.post(f"/meetings/{meeting.id}/move", data=nearer).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/move", data=move_form(other.id, soon)).status_code == 303


def test_an_extension_holds_the_same_venue_for_longer(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(), sign_in(Role.MEETING)
    typed = {"finishes_at": moment(FUTURE + 3 * HOUR), "reason_given": "议题增加"}
    assert client.post(f"/meetings/{meeting.id}/extension", data=typed).status_code == 303
    booking = db.session.get_one(Meeting, meeting.id).booking
    assert (booking.cause, booking.begins_at, booking.finishes_at) == ("extended", FUTURE, FUTURE + 3 * HOUR)


def test_an_extension_into_the_next_meeting_is_refused(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue()
    meeting = make_meeting(venue)
    make_meeting(venue, FUTURE + 3 * HOUR)
    typed = {"finishes_at": moment(FUTURE + 2 * HOUR + timedelta(minutes=1)), "reason_given": "议题增加"}
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/extension", data=typed)
    assert answer.status_code == 422
    assert db.session.get_one(Meeting, meeting.id).booking.cause == "booked"


def test_an_extension_to_an_earlier_end_is_refused(app: Flask, sign_in: SignIn) -> None:
    meeting = make_meeting()
    typed = {"finishes_at": moment(FUTURE + HOUR), "reason_given": "提前结束"}
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/extension", data=typed)
    assert answer.status_code == 422
    assert "请填写更晚的时间" in answer.get_data(as_text=True)


def test_a_meeting_called_off_frees_its_venue(app: Flask, sign_in: SignIn) -> None:
    venue = make_venue()
    meeting, client = make_meeting(venue), sign_in(Role.MEETING)
    assert client.post(f"/meetings/{meeting.id}/cancellation", data={"reason_given": "改期"}).status_code == 303
    assert db.session.get_one(Meeting, meeting.id).state is MeetingState.CANCELLED
    assert client.post("/meetings/new", data=booking_form(venue)).status_code == 303
    assert "改期" in client.get(f"/meetings/{meeting.id}").get_data(as_text=True)


@pytest.mark.parametrize("deed", DEEDS)
def test_every_change_wants_a_reason(app: Flask, sign_in: SignIn, deed: str) -> None:
    meeting = make_meeting()
    typed = {**move_form(meeting.booking.venue_id, FUTURE + 3 * HOUR), "reason_given": " "}
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/{deed}", data=typed)
    assert answer.status_code == 422
    assert "请填写原因" in answer.get_data(as_text=True)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_held_meeting_is_changed_no_more(app: Flask, sign_in: SignIn, deed: str) -> None:
    meeting = make_held()
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/{deed}", data=move_form(meeting.booking.venue_id))
    assert answer.status_code == 422
    assert "该会议已登记召开" in answer.get_data(as_text=True)


@pytest.mark.parametrize("deed", DEEDS)
def test_another_units_meeting_is_not_found_and_a_watcher_may_not(app: Flask, sign_in: SignIn, deed: str) -> None:
    meeting = make_meeting()
    assert sign_in(Role.LIAISON, unit_id=make_unit().id).get(f"/meetings/{meeting.id}/{deed}").status_code == 404
    assert sign_in(Role.LEADER).get(f"/meetings/{meeting.id}/{deed}").status_code == 403
    assert sign_in(Role.MEETING).get(f"/meetings/{meeting.id + 1}/{deed}").status_code == 404


def test_the_database_itself_refuses_a_second_booking(app: Flask) -> None:
    venue = make_venue()
    make_meeting(venue)
    second = make_meeting(make_venue())
    times = {"begins_at": FUTURE, "finishes_at": FUTURE + HOUR, "starts_at": FUTURE, "ends_at": FUTURE + HOUR}
    with pytest.raises(IntegrityError, match="no_overlap_venue_booking_venue_id"):
        saved(VenueBooking(meeting_id=second.id, venue_id=venue.id, at=FUTURE, by="绕过", **times))
    with transaction():
        assert len(db.session.scalars(select(VenueBooking)).all()) == 2
