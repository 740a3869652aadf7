"""The demo year: over two thousand meetings, none in another's venue."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ops.core.db import db
from ops.core.period import year
from ops.indicators.readings import read
from ops.indicators.verification import drifts
from ops.meetings.models import Venue, VenueBooking
from ops.prepare import make_demo


def test_a_demo_year_serves_just_over_two_thousand_meetings_without_error(app: Flask) -> None:
    make_demo(2022)
    held = read("meetings.held", year(2022)).value
    assert held is not None
    assert 2001 <= held <= 2099
    assert read("meetings.error_free", year(2022)).value == 100
    complete = read("meetings.checklists_complete", year(2022)).value
    assert complete is not None
    assert 95 < complete < 100
    assert list(drifts()) == []


def test_no_two_bookings_of_a_demo_year_share_a_venue_and_the_named_room_is_there(app: Flask) -> None:
    make_demo(2023)
    one, other = aliased(VenueBooking), aliased(VenueBooking)
    standing = (one.released_at.is_(None), other.released_at.is_(None), one.venue_id == other.venue_id)
    meet = (one.id < other.id, one.starts_at < other.ends_at, other.starts_at < one.ends_at)
    assert (
        db.session.scalar(select(func.count()).select_from(one).join(other, standing[2]).where(*standing, *meet)) == 0
    )
    assert "置业大厦9050会议室" in db.session.scalars(select(Venue.name)).all()
