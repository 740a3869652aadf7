"""Demo: a year of meetings in twelve venues, each with a place in the morning and one in the afternoon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import case, insert, literal, select

from ..core import audit
from ..core.db import db
from ..core.demo import DemoYear
from ..indicators import stale
from ..people.models import Unit
from . import queries
from .checklist import ChecklistItem, Grade, MeetingTask, Phase, Rating, ServiceError, TaskMark
from .models import Layout, Level, Meeting, MeetingCancellation, MeetingHeld, Venue, VenueBooking
from .rules import Minutes, hours_between

SEATS = (300, 120, 80, 60, 50, 40, 40, 30, 24, 20, 16)
NAMED = ("置业大厦9050会议室", "置业大厦9层", 60)  # the document's own room
KINDS = ("工作例会", "专题调度会", "项目推进会", "业务培训会", "视频会议", "招聘面试", "座谈会", "安全生产会")
FIRST_STARTS = (time(8, 30), time(14, 0))
DELAYS, LENGTHS = (0, 30, 60), (60, 75, 90, 90, 105, 120)
MOST = (2045, 2085)  # of which the last few are called off, so that more than 2,000 and fewer than 2,100 are held
CALLED_OFF = 36
RATED_SHARE, SCORES, WEIGHTS = 0.92, (5, 4, 3), (900, 96, 4)
ERRORS_IN = {2022: 0}  # the document of 2022 reports none; other years have a few, so that the rate moves
FEW_ERRORS = 3
UNFINISHED = 97  # one meeting in so many has a line of its checklist open


@dataclass(frozen=True)
class Place:
    """A meeting to be: venue and times."""

    venue: Venue
    begins_at: datetime
    finishes_at: datetime


def make(demo: DemoYear) -> None:
    chance = demo.chance("meetings")
    free = [(day, venue, first) for day in demo.working_days for venue in _venues(demo) for first in FIRST_STARTS]
    places = [_place(chance, *each) for each in chance.sample(free, chance.randint(*MOST))]
    ids = _book(demo, chance, places)
    held = list(zip(ids, places, strict=True))[:-CALLED_OFF]
    db.session.execute(insert(MeetingHeld), [_held(demo, chance, *each) for each in held])
    _call_off(demo, dict(list(zip(ids, places, strict=True))[-CALLED_OFF:]))
    _work_off(ids[0], ids[-1])
    _judge(demo, chance, held)
    stale.touch(MeetingHeld, {place.begins_at.date() for place in places})
    audit.record("meetings.demo.made", "meeting", demo.by, held=len(held), called_off=CALLED_OFF)


def _venues(demo: DemoYear) -> Sequence[Venue]:
    """The same for every demo year and made once."""
    if not queries.venues():
        rows = [(f"第{number:02}会议室（演示）", f"{number % 5 + 1}层", seats) for number, seats in enumerate(SEATS, 1)]
        opened = date(2020, 1, 1)
        db.session.add_all(Venue(name=name, place=where, seats=n, from_on=opened) for name, where, n in [NAMED, *rows])
        audit.record("meetings.venues.made", "venue", demo.by)
    return queries.venues()


def _place(chance: Random, day: date, venue: Venue, first: time) -> Place:
    begins = datetime.combine(day, first) + timedelta(minutes=chance.choice(DELAYS))
    return Place(venue, begins, begins + timedelta(minutes=chance.choice(LENGTHS)))


def _book(demo: DemoYear, chance: Random, places: Sequence[Place]) -> list[int]:
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    rows = [_meeting(demo, chance, chance.choice(units), place) for place in places]
    ids = list(db.session.scalars(insert(Meeting).returning(Meeting.id, sort_by_parameter_order=True), rows))
    minutes = queries.minutes_on(date(demo.year, 1, 1))
    bookings = [_booking(demo, minutes, id, place) for id, place in zip(ids, places, strict=True)]
    db.session.execute(insert(VenueBooking), bookings)
    return ids


def _meeting(demo: DemoYear, chance: Random, unit_id: int, place: Place) -> dict[str, Any]:
    return {
        "title": f"{chance.choice(KINDS)}（演示）", "unit_id": unit_id, "level": chance.choice(list(Level)),
        "people": chance.randint(place.venue.seats // 3, place.venue.seats), "layout": chance.choice(list(Layout)),
        "contact": "联络员（演示）", "booked_at": place.begins_at - timedelta(days=2), "booked_by": demo.by.name,
    }  # fmt: skip


def _booking(demo: DemoYear, minutes: Minutes, meeting_id: int, place: Place) -> dict[str, Any]:
    slot = minutes.around(place.begins_at, place.finishes_at)
    return {
        "meeting_id": meeting_id, "venue_id": place.venue.id, "begins_at": place.begins_at, "ends_at": slot.end,
        "finishes_at": place.finishes_at, "starts_at": slot.start, "at": place.begins_at - timedelta(days=2),
        "by": demo.by.name,
    }  # fmt: skip


def _held(demo: DemoYear, chance: Random, meeting_id: int, place: Place) -> dict[str, Any]:
    ended = place.finishes_at - timedelta(minutes=chance.choice((0, 0, 5, 10)))
    seats = place.venue.seats
    return {
        "meeting_id": meeting_id, "venue_id": place.venue.id, "day": place.begins_at.date(),
        "began_at": place.begins_at, "ended_at": ended, "hours": hours_between(place.begins_at, ended),
        "people": chance.randint(seats // 3, seats),
        "at": place.finishes_at + timedelta(minutes=15), "by": demo.by.name,
    }  # fmt: skip


def _call_off(demo: DemoYear, places: dict[int, Place]) -> None:
    told = {id: place.begins_at - timedelta(days=1) for id, place in places.items()}
    rows = [{"meeting_id": id, "at": at, "by": demo.by.name, "reason": "会议改期"} for id, at in told.items()]
    db.session.execute(insert(MeetingCancellation), rows)
    for booking in db.session.scalars(select(VenueBooking).where(VenueBooking.meeting_id.in_(told))):
        booking.released_at = told[booking.meeting_id]


def _work_off(first: int, last: int) -> None:
    """Checklists and their marks by two statements of the database, not line by line."""
    lines = select(Meeting.id, ChecklistItem.phase, ChecklistItem.position, ChecklistItem.text)
    lines = lines.join(ChecklistItem, literal(True)).where(Meeting.id.between(first, last))
    names = ["meeting_id", "phase", "position", "text"]
    db.session.execute(insert(MeetingTask).from_select(names, lines.order_by(Meeting.id, ChecklistItem.id)))
    done_at = case((MeetingTask.phase == Phase.AFTER, MeetingHeld.ended_at), else_=MeetingHeld.began_at)
    marks = select(MeetingTask.id, literal(1), done_at, MeetingHeld.by).order_by(MeetingTask.id)
    marks = marks.join(MeetingHeld, MeetingHeld.meeting_id == MeetingTask.meeting_id)
    left_open = (MeetingTask.phase == Phase.AFTER) & (MeetingTask.position == 1) & (Meeting.id % UNFINISHED == 0)
    marks = marks.join(Meeting, Meeting.id == MeetingTask.meeting_id).where(Meeting.id.between(first, last), ~left_open)
    db.session.execute(insert(TaskMark).from_select(["task_id", "step", "at", "by"], marks))


def _judge(demo: DemoYear, chance: Random, held: Sequence[tuple[int, Place]]) -> None:
    rated = [(id, place.finishes_at + timedelta(hours=2)) for id, place in held if chance.random() < RATED_SHARE]
    scores = chance.choices(SCORES, WEIGHTS, k=len(rated))
    ratings = zip(rated, scores, strict=True)
    rows = [
        {"meeting_id": id, "score": score, "remark": "", "at": at, "by": "单位联络员（演示）"}
        for (id, at), score in ratings
    ]
    db.session.execute(insert(Rating), rows)
    for id, place in chance.sample(held, ERRORS_IN.get(demo.year, FEW_ERRORS)):
        error = ServiceError(
            meeting_id=id, phase=Phase.DURING, grade=Grade.MINOR, at=place.finishes_at, by=demo.by.name
        )
        error.what, error.remedy = "话筒电量不足", "当场更换备用话筒"
        db.session.add(error)
