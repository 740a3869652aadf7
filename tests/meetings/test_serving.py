"""The checklist, held, errors and the rating through their pages."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.db import db
from ops.meetings import queries
from ops.meetings.checklist import ServiceError, TaskMark
from ops.meetings.models import Meeting, MeetingHeld, MeetingState
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.meetings.factories import PAST, make_held, make_meeting, moment

HELD = {"began_at": moment(PAST), "ended_at": moment(PAST + timedelta(hours=1, minutes=50)), "people": "12"}
ERROR = {"phase": "during", "grade": "serious", "what": "话筒无声", "remedy": "更换备用话筒"}


def test_a_tick_and_its_undoing_are_rows(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(), sign_in(Role.MEETING)
    line = queries.tasks(meeting.id)[0]
    assert client.post(f"/meetings/tasks/{line.id}/tick").status_code == 303
    assert queries.progress([meeting.id]) == {meeting.id: (1, 13)}
    assert client.post(f"/meetings/tasks/{line.id}/untick").status_code == 303
    assert queries.progress([meeting.id]) == {meeting.id: (0, 13)}
    assert list(db.session.scalars(select(TaskMark.step).order_by(TaskMark.id))) == [1, -1]


@pytest.mark.parametrize(("first", "again"), [("tick", "tick"), (None, "untick")])
def test_a_line_is_not_ticked_twice_nor_undone_before(
    app: Flask, sign_in: SignIn, first: str | None, again: str
) -> None:
    line, client = queries.tasks(make_meeting().id)[0], sign_in(Role.MEETING)
    before = [client.post(f"/meetings/tasks/{line.id}/{first}")] if first else []
    assert client.post(f"/meetings/tasks/{line.id}/{again}").status_code == 422
    assert len(db.session.scalars(select(TaskMark)).all()) == len(before)


def test_a_whole_phase_is_ticked_at_once(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(), sign_in(Role.MEETING)
    client.post(f"/meetings/tasks/{queries.tasks(meeting.id)[0].id}/tick")
    assert client.post(f"/meetings/{meeting.id}/phases/before/tick").status_code == 303
    assert queries.progress([meeting.id]) == {meeting.id: (6, 13)}
    assert client.post(f"/meetings/{meeting.id}/phases/before/tick").status_code == 422
    assert client.post(f"/meetings/{meeting.id}/phases/never/tick").status_code == 404


def test_held_wants_the_preparations_done_or_a_reason(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(begins_at=PAST), sign_in(Role.MEETING)
    refused = client.post(f"/meetings/{meeting.id}/held", data=HELD)
    assert refused.status_code == 422
    assert "会前还有 6 项未完成" in refused.get_data(as_text=True)
    client.post(f"/meetings/{meeting.id}/phases/before/tick")
    assert client.post(f"/meetings/{meeting.id}/held", data=HELD).status_code == 303
    held = db.session.scalars(select(MeetingHeld)).one()
    assert (held.day, str(held.hours), held.people, held.reason) == (PAST.date(), "1.83", 12, "")


def test_held_unprepared_keeps_the_reason(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(begins_at=PAST), sign_in(Role.MEETING)
    typed = {**HELD, "reason_given": "主办单位自行布置"}
    assert client.post(f"/meetings/{meeting.id}/held", data=typed).status_code == 303
    assert "主办单位自行布置" in client.get(f"/meetings/{meeting.id}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ended_at": moment(PAST)}, "结束时间必须晚于开始时间"),
        ({"began_at": "2022-05-09T09:00", "ended_at": "2022-05-09T10:00"}, "该会议预订在 2023-05-09 09:00"),
        ({"ended_at": "2023-05-19T09:00"}, "最长 7 天"),
        ({"people": "0"}, "people"),
        ({"began_at": ""}, "began_at"),
    ],
)
def test_a_time_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str], words: str) -> None:
    meeting = make_meeting(begins_at=PAST)
    typed = {**HELD, "reason_given": "补登", **wrong}
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/held", data=typed)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert db.session.scalars(select(MeetingHeld)).all() == []


def test_a_meeting_is_not_held_before_it_ended(app: Flask, sign_in: SignIn) -> None:
    begins = clock.now() - timedelta(minutes=30)
    meeting = make_meeting(begins_at=begins)
    typed = {
        **HELD,
        "began_at": moment(begins),
        "ended_at": moment(begins + timedelta(hours=2)),
        "reason_given": "补登",
    }
    answer = sign_in(Role.MEETING).post(f"/meetings/{meeting.id}/held", data=typed)
    assert answer.status_code == 422
    assert "该时间尚未到来" in answer.get_data(as_text=True)


def test_held_in_error_is_taken_back_and_can_be_marked_again(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_held(), sign_in(Role.MEETING)
    again = {**HELD, "reason_given": "补登"}
    assert client.post(f"/meetings/{meeting.id}/held", data=again).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/held/reversal", data={"reason_given": "登错"}).status_code == 303
    assert db.session.get_one(Meeting, meeting.id).state is MeetingState.BOOKED
    assert client.post(f"/meetings/{meeting.id}/held/reversal", data={"reason_given": "登错"}).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/held", data=again).status_code == 303


def test_an_error_is_recorded_with_its_grade_and_remedy_and_can_be_withdrawn(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_held(), sign_in(Role.MEETING)
    assert client.post(f"/meetings/{meeting.id}/errors/new", data={**ERROR, "remedy": ""}).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/errors/new", data={**ERROR, "grade": "9"}).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/errors/new", data=ERROR).status_code == 303
    error = db.session.scalars(select(ServiceError)).one()
    withdrawal = f"/meetings/errors/{error.id}/withdrawal"
    assert client.get(withdrawal).status_code == 200
    assert client.post(withdrawal, data={"reason_given": "误登"}).status_code == 303
    assert client.post(withdrawal, data={"reason_given": "误登"}).status_code == 422
    text = client.get(f"/meetings/{meeting.id}").get_data(as_text=True)
    assert all(word in text for word in ("话筒无声", "更换备用话筒", "误登"))


def test_the_host_rates_once_and_only_what_was_held(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    held, booked = make_held(unit_id=unit.id), make_meeting(unit_id=unit.id)
    host = sign_in(Role.LIAISON, unit_id=unit.id)
    assert host.get(f"/meetings/{held.id}/rating").status_code == 200
    assert host.post(f"/meetings/{booked.id}/rating", data={"score": 5}).status_code == 422
    assert host.post(f"/meetings/{held.id}/rating", data={"score": 6}).status_code == 422
    assert host.post(f"/meetings/{held.id}/rating", data={"score": 4, "remark": "周到"}).status_code == 303
    assert host.post(f"/meetings/{held.id}/rating", data={"score": 1}).status_code == 422
    assert "周到" in host.get(f"/meetings/{held.id}").get_data(as_text=True)


def test_a_meeting_called_off_is_not_served(app: Flask, sign_in: SignIn) -> None:
    meeting, client = make_meeting(), sign_in(Role.MEETING)
    client.post(f"/meetings/{meeting.id}/cancellation", data={"reason_given": "改期"})
    line = queries.tasks(meeting.id)[0]
    assert client.post(f"/meetings/tasks/{line.id}/tick").status_code == 422
    assert client.post(f"/meetings/{meeting.id}/errors/new", data=ERROR).status_code == 422
    assert client.post(f"/meetings/{meeting.id}/held", data=HELD).status_code == 422


def test_serving_is_the_meeting_sections_and_rating_the_hosts(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    meeting = make_held(unit_id=unit.id)
    line = queries.tasks(meeting.id)[0].id
    host, watcher = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.AUDITOR)
    for client in (host, watcher):
        assert client.post(f"/meetings/tasks/{line}/tick").status_code == 403
        assert client.post(f"/meetings/{meeting.id}/phases/before/tick").status_code == 403
        assert client.get(f"/meetings/{meeting.id}/held").status_code == 403
        assert client.get(f"/meetings/{meeting.id}/held/reversal").status_code == 403
        assert client.get(f"/meetings/{meeting.id}/errors/new").status_code == 403
        assert client.get("/meetings/errors/1/withdrawal").status_code == 403
    assert sign_in(Role.MEETING).get(f"/meetings/{meeting.id}/rating").status_code == 403


def test_what_is_not_there_is_not_found(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.MEETING)
    for page in ("7/held", "7/held/reversal", "7/errors/new", "errors/7/withdrawal", "7"):
        assert client.get(f"/meetings/{page}").status_code == 404
    assert client.post("/meetings/tasks/7/tick").status_code == 404
    assert sign_in(Role.LIAISON, unit_id=make_unit().id).get("/meetings/7/rating").status_code == 404
