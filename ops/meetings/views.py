"""Pages of meetings: the day, the list, booking and its changes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.errors import Rejected
from ..core.forms import choices
from ..core.listing import Column, Filter, listing
from ..core.page import done, page
from ..people.models import Unit
from . import queries, service
from .checklist import PHASES
from .dayline import draw
from .forms import BookingForm, ExtendForm, MoveForm, WhyForm
from .history import history
from .models import LAYOUTS, LEVELS, STATES, Meeting, Venue, VenueBooking
from .permissions import Permission

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
COLUMNS = (
    Column("begins", _l("Begins at"), VenueBooking.begins_at),
    Column("title", _l("Title of the meeting"), Meeting.title),
    Column("unit", _l("Host"), Unit.name),
    Column("venue", _l("Venue"), Venue.name),
    Column("people", _l("People"), Meeting.people, "end"),
    Column("progress", _l("Checklist"), align="end"),
    Column("state", _l("State")),
)
FILTER_STATES = (
    ("booked", _l("booked")), ("late", _l("not marked held")), ("held", _l("held")), ("cancelled", _l("called off")),
    ("unprepared", _l("preparations not finished")), ("unrated", _l("to rate")),
)  # fmt: skip


@bp.get("")
@requires(Permission.MEETING_LIST)
def meetings() -> tuple[str, int]:
    """Every meeting one may see, newest first."""
    now, actor = clock.now(), current_actor()
    state = Filter("state", _l("State"), FILTER_STATES, lambda key: queries.in_state(key, now, actor.unit_id))
    level = Filter("level", _l("Level"), list(LEVELS.items()), lambda key: Meeting.level == key)
    where = [(str(venue.id), venue.name) for venue in queries.venues()]
    venue = Filter("venue", _l("Venue"), where, lambda key: Venue.id == int(key))
    table = listing(
        _listed(), COLUMNS, sort="begins", descending=True, filters=[state, venue, level],
        search=(Meeting.title, Unit.name), caption=_l("List of meetings"), empty_text=_l("Meetings will stand here."),
    )  # fmt: skip
    progress = queries.progress(row[0].id for row in table.rows)
    return page("meetings/meetings.html", listing=table, progress=progress, states=STATES, now=now)


def _listed() -> Select[Any]:
    found = queries.visible_meetings(current_actor()).join(VenueBooking, VenueBooking.meeting_id == Meeting.id)
    found = found.join(Venue, Venue.id == VenueBooking.venue_id).join(Unit, Unit.id == Meeting.unit_id)
    return found.where(VenueBooking.id.in_(queries.latest_bookings())).add_columns(Unit.name)


@bp.get("/day")
@requires(Permission.MEETING_LIST)
def day() -> tuple[str, int]:
    """The venues of a day, hour by hour."""
    day, now, actor = _asked_day(), clock.now(), current_actor()
    bookings = queries.bookings_of_day(day)
    mine = {each.id for each in bookings if queries.may_open(each.meeting, actor)}
    units = queries.unit_names(each.meeting.unit_id for each in bookings)
    picture = draw(day, queries.venues(day), bookings, now)
    return page(
        "meetings/day.html", day=day, before=day - timedelta(days=1), after=day + timedelta(days=1), picture=picture,
        bookings=bookings, mine=mine, units=units, states=STATES, now=now,
    )  # fmt: skip


def _asked_day() -> date:
    given = request.args.get("day")
    try:
        return date.fromisoformat(given) if given else clock.today()
    except ValueError:
        raise Rejected(_l("Write the day like 2023-05-09."), "day") from None


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MEETING_BOOK)
def new_meeting() -> Response | tuple[str, int]:
    actor = current_actor()
    form = BookingForm(**_wished())
    form.unit_id.choices, form.venue_id.choices = choices(queries.units_for(actor)), _venues()
    if form.unit_id.data is None:
        form.unit_id.data = actor.unit_id
    if meeting := form.attempt(service.book):
        return done(_("The venue is booked."), "meetings.meeting", id=meeting.id)
    return page("meetings/new_meeting.html", form=form, minutes=queries.minutes_on(clock.today()))


def _wished() -> dict[str, Any]:
    """What the day's picture already knows: venue and hour of the place one clicked."""
    venue, day, hour = (request.args.get(name, "") for name in ("venue", "day", "hour"))
    try:
        begins = datetime.combine(date.fromisoformat(day), time(int(hour or 9)))
    except ValueError:
        return {}
    return {
        "venue_id": int(venue) if venue.isdecimal() else None,
        "begins_at": begins,
        "finishes_at": begins + timedelta(hours=2),
    }


def _venues() -> list[Any]:
    """Venues in use today or later, with their seats."""
    found = (venue for venue in queries.venues() if not venue.to_on or venue.to_on > clock.today())
    return choices((venue.id, _("%(venue)s, %(seats)s seats", venue=venue.name, seats=venue.seats)) for venue in found)


@bp.get("/<int:id>")
@requires(Permission.MEETING_LIST)
def meeting(id: int) -> tuple[str, int]:
    """One meeting: what was booked, its checklist, and everything that has happened to it."""
    meeting = queries.visible_meeting(id, current_actor())
    return page(
        "meetings/meeting.html", meeting=meeting, unit=db.session.get(Unit, meeting.unit_id), now=clock.now(),
        state=STATES[meeting.state_at(clock.now())], tasks=queries.tasks(id), phases=PHASES, levels=LEVELS,
        layouts=LAYOUTS, errors=queries.errors(id), rating=queries.rating_of(id), history=history(meeting),
    )  # fmt: skip


@bp.route("/<int:id>/move", methods=["GET", "POST"])
@requires(Permission.MEETING_BOOK)
def move(id: int) -> Response | tuple[str, int]:
    meeting = queries.visible_meeting(id, current_actor())
    now = meeting.booking
    form = MoveForm(venue_id=now.venue_id, begins_at=now.begins_at, finishes_at=now.finishes_at)
    form.venue_id.choices = _venues()
    if form.attempt(service.move, meeting=meeting):
        return done(_("The booking is moved."), "meetings.meeting", id=id)
    return page("meetings/move.html", form=form, meeting=meeting)


@bp.route("/<int:id>/extension", methods=["GET", "POST"])
@requires(Permission.MEETING_BOOK)
def extension(id: int) -> Response | tuple[str, int]:
    meeting = queries.visible_meeting(id, current_actor())
    form = ExtendForm(finishes_at=meeting.booking.finishes_at)
    if form.attempt(service.extend, meeting=meeting):
        return done(_("The venue is held for longer."), "meetings.meeting", id=id)
    return page("meetings/extension.html", form=form, meeting=meeting)


@bp.route("/<int:id>/cancellation", methods=["GET", "POST"])
@requires(Permission.MEETING_BOOK)
def cancellation(id: int) -> Response | tuple[str, int]:
    meeting = queries.visible_meeting(id, current_actor())
    form = WhyForm()
    if form.attempt(service.cancel, meeting=meeting):
        return done(_("The meeting is called off; the venue is free."), "meetings.meeting", id=id)
    return page("meetings/cancellation.html", form=form, meeting=meeting)
