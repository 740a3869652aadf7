"""Sixteen people want one venue in the same moment, again and again, through every door to it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.meetings.models import VenueBooking
from ops.people import service as people
from ops.people.roles import Role
from tests.factories import make_unit
from tests.meetings.factories import booking_form, make_meeting, make_venue, moment
from tests.server import Visitor, at_once, serving

RACERS, ROUNDS, MIXED_ROUNDS = 16, 200, 60
FIRST = datetime(2050, 1, 1, 9)
PASSWORD = "a long password"


@pytest.fixture
def racers(app: Flask, by: Actor) -> Iterator[list[Visitor]]:
    with transaction():
        people.add_user("meetings", "会务员", PASSWORD, [Role.MEETING], by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as url:
        visitors = [Visitor(url).sign_in("meetings", PASSWORD) for _racer in range(RACERS)]
        yield visitors
        for visitor in visitors:
            visitor.close()


def day_of(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def assert_one_winner_each_round(rounds: list[Counter[int]], venue_id: int) -> None:
    """One is led on, fifteen read why not; one booking stands in each round's slot, and one deed is in the trail."""
    assert rounds == [Counter({303: 1, 422: RACERS - 1})] * ROUNDS
    db.session.rollback()
    standing = (VenueBooking.venue_id == venue_id, VenueBooking.released_at.is_(None))
    found = db.session.scalars(select(VenueBooking.begins_at).where(*standing).order_by(VenueBooking.begins_at)).all()
    assert found == [day_of(number) for number in range(ROUNDS)]
    deeds = select(func.count()).where(audit.AuditEntry.action == "meetings.meeting.booked")
    assert db.session.scalar(deeds) == ROUNDS
    assert list(audit.verify()) == []


def test_one_venue_goes_to_exactly_one_of_sixteen_who_book_at_once(app: Flask, racers: list[Visitor]) -> None:
    venue = make_venue()
    venue_id, usual = venue.id, booking_form(venue)

    def press(number: int, racer: int) -> int:
        at = day_of(number)
        times = {"begins_at": moment(at), "finishes_at": moment(at + timedelta(hours=2))}
        return racers[racer].post("/meetings/new", {**usual, **times, "title": f"会议{racer}"}).status

    rounds = [Counter(statuses) for statuses in at_once(RACERS, ROUNDS, press)]
    assert_one_winner_each_round(rounds, venue_id)


def test_one_hour_goes_to_exactly_one_through_whichever_door(app: Flask, racers: list[Visitor]) -> None:
    """One racer extends an earlier meeting into the hour, seven move a meeting onto it, eight book it anew."""
    wanted, unit_id, dawn = make_venue(), make_unit().id, timedelta(hours=4)
    earlier = [make_meeting(wanted, day_of(number) - dawn, unit_id=unit_id).id for number in range(MIXED_ROUNDS)]
    movers = [make_meeting(begins_at=FIRST - timedelta(days=30), unit_id=unit_id).id for _mover in range(7)]
    venue_id, usual = wanted.id, booking_form(wanted, unit_id=unit_id)

    def press(number: int, racer: int) -> int:
        begins_at = day_of(number)
        times = {"begins_at": moment(begins_at), "finishes_at": moment(begins_at + timedelta(hours=2))}
        if racer == 0:
            longer = {"finishes_at": moment(begins_at - timedelta(minutes=30)), "reason_given": "延时"}
            return racers[0].post(f"/meetings/{earlier[number]}/extension", longer).status
        if racer <= len(movers):
            there = {**times, "venue_id": venue_id, "reason_given": "变更"}
            return racers[racer].post(f"/meetings/{movers[racer - 1]}/move", there).status
        return racers[racer].post("/meetings/new", {**usual, **times}).status

    rounds = [Counter(statuses) for statuses in at_once(RACERS, MIXED_ROUNDS, press)]
    assert rounds == [Counter({303: 1, 422: RACERS - 1})] * MIXED_ROUNDS
    db.session.rollback()
    assert overlaps() == 0
    assert list(audit.verify()) == []


def overlaps() -> int:
    """Pairs of standing bookings that share a venue and a minute."""
    one, other = aliased(VenueBooking), aliased(VenueBooking)
    standing = (one.released_at.is_(None), other.released_at.is_(None), one.id < other.id)
    meet = (one.starts_at < other.ends_at, other.starts_at < one.ends_at)
    pairs = select(func.count()).select_from(one).join(other, one.venue_id == other.venue_id)
    return db.session.scalar(pairs.where(*standing, *meet)) or 0
