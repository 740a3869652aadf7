"""Pages of positions: alarms, a car's day, devices, looks and settings."""

from datetime import date, timedelta

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db, transaction
from ...core.errors import Rejected
from ...core.forms import choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from ...people.roles import ROLE_LABELS
from ..models import Vehicle
from ..violations.showing import filed_of
from ..violations.subjects import SubjectKind
from . import drawing, queries, server_service, service
from .forms import PollForm, PositionSettingForm, ServerForm, SettlementForm, TakenOutForm, TrackerForm
from .models import KIND_LABELS, SETTING_LABELS, VALUE_UNITS, Alarm, Position, Tracker, TrackLook
from .permissions import Permission

bp = Blueprint("positions", __name__, url_prefix="/positions")
ALARMS = (
    Column("car", _l("Car"), Vehicle.plate),
    Column("at", _l("Time"), Alarm.at),
    Column("kind", _l("Alarm"), Alarm.kind),
    Column("value", _l("Extent"), None, "end"),
    Column("state", _l("State")),
)
TRACKERS = (
    Column("car", _l("Car"), Vehicle.plate),
    Column("device", _l("Device"), Tracker.device),
    Column("from_on", _l("In the car from"), Tracker.from_on),
    Column("to_on", _l("Taken out on"), Tracker.to_on),
    Column("last", _l("Latest position")),
)
LOOKS = (
    Column("car", _l("Car"), Vehicle.plate),
    Column("day", _l("Day looked at"), TrackLook.day),
    Column("at", _l("Time of the look"), TrackLook.at),
    Column("by", _l("Viewer"), TrackLook.by),
    Column("role", _l("Role"), TrackLook.role),
)
FIXES = (
    Column("at", _l("Time"), Position.fixed_at),
    Column("speed", _l("Speed"), Position.speed, "end", _l("km/h")),
    Column("latitude", _l("Latitude"), None, "end"),
    Column("longitude", _l("Longitude"), None, "end"),
)
STATES = [("open", _l("to be settled")), ("settled", _l("settled"))]
BOUND = [("bound", _l("in the car")), ("out", _l("taken out"))]


@bp.get("/alarms")
@requires(Permission.ALARM_READ)
def alarms() -> tuple[str, int]:
    """Every alarm, newest first."""
    kinds = Filter("kind", _l("Alarm"), list(KIND_LABELS.items()), queries.of_kind)
    table = listing(
        queries.alarms(), ALARMS, sort="at", descending=True, search=(Vehicle.plate,),
        filters=[kinds, Filter("state", _l("State"), STATES, queries.settled_or_open)],
        empty_text=_l("What the rules notice about positions will stand here."),
    )  # fmt: skip
    return page("vehicles/positions/alarms.html", listing=table, kinds=KIND_LABELS, units=VALUE_UNITS)


@bp.get("/alarms/<int:id>")
@requires(Permission.ALARM_READ)
def alarm(id: int) -> tuple[str, int]:
    """One alarm, what raised it and how it was settled."""
    found = db.get_or_404(Alarm, id)
    return page(
        "vehicles/positions/alarm.html", alarm=found, car=db.session.get_one(Vehicle, found.vehicle_id),
        kinds=KIND_LABELS, units=VALUE_UNITS, request_id=queries.request_of(found),
        limits=queries.applied(found.kind, found.day), labels=SETTING_LABELS,
        filings=filed_of(SubjectKind.ALARM, id, current_actor()),
    )  # fmt: skip


@bp.route("/alarms/<int:id>/settlement", methods=["GET", "POST"])
@requires(Permission.ALARM_SETTLE)
def settlement(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(Alarm, id), SettlementForm()
    if form.attempt(service.settle, alarm=found):
        return done(_("The alarm is settled."), ".alarm", id=id)
    car = db.session.get_one(Vehicle, found.vehicle_id)
    return page("vehicles/positions/settlement.html", form=form, alarm=found, car=car, kinds=KIND_LABELS)


@bp.get("/cars/<int:id>")
@requires(Permission.TRACK_READ)
def track(id: int) -> tuple[str, int]:
    """Where a car was on a day; the look is noted before anything is shown."""
    day = _asked_day()
    db.get_or_404(Vehicle, id)
    with transaction():
        service.look(id, day, current_actor())
    table = listing(
        queries.of_day(id, day), FIXES, sort="at", caption=_("Positions"),
        empty_text=_l("No position came in on this day."),
    )  # fmt: skip
    fixes = [fix for fix in queries.fixes(id, day) if fix.at.date() == day]
    return page(
        "vehicles/positions/track.html", car=db.session.get_one(Vehicle, id), day=day, listing=table,
        track=drawing.drawn(fixes), step=timedelta(days=1), width=drawing.WIDTH, height=drawing.HEIGHT,
    )  # fmt: skip


def _asked_day() -> date:
    try:
        day = date.fromisoformat(request.args.get("day") or clock.today().isoformat())
    except ValueError:
        abort(404)
    return day if 2000 <= day.year <= 2099 else abort(404)


@bp.get("/looks")
@requires(Permission.LOOK_READ)
def looks() -> tuple[str, int]:
    """Who looked at where which car was."""
    table = listing(
        queries.looks(), LOOKS, sort="at", descending=True, search=(Vehicle.plate, TrackLook.by),
        empty_text=_l("Each look at a car's positions will stand here."),
    )  # fmt: skip
    return page("vehicles/positions/looks.html", listing=table, labels=ROLE_LABELS)


@bp.get("/devices")
@requires(Permission.ALARM_READ)
def devices() -> tuple[str, int]:
    """Which device is in which car, and when it was last heard of."""
    table = listing(
        queries.trackers(), TRACKERS, sort="car", search=(Vehicle.plate, Tracker.device),
        filters=[Filter("state", _l("State"), BOUND, queries.still_bound)],
        empty_text=_l("Devices and their cars will stand here."),
    )  # fmt: skip
    return page("vehicles/positions/devices.html", listing=table)


@bp.route("/devices/new", methods=["GET", "POST"])
@requires(Permission.TRACKER_KEEP)
def new_device() -> Response | tuple[str, int]:
    form = TrackerForm(from_on=clock.today())
    form.vehicle_id.choices = choices(queries.cars())
    if form.attempt(service.bind):
        return done(_("The device is bound to the car."), ".devices")
    return page("vehicles/positions/new_device.html", form=form)


@bp.route("/devices/<int:id>/end", methods=["GET", "POST"])
@requires(Permission.TRACKER_KEEP)
def device_end(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(Tracker, id), TakenOutForm(to_on=clock.today())
    if form.attempt(service.unbind, tracker=found):
        return done(_("The device is taken out."), ".devices")
    return page("vehicles/positions/device_end.html", form=form, tracker=found)


@bp.get("/settings")
@requires(Permission.ALARM_READ)
def settings() -> tuple[str, int]:
    """Every limit with its source."""
    return page("vehicles/positions/settings.html", settings=queries.all_settings(), labels=SETTING_LABELS)


@bp.route("/settings/new", methods=["GET", "POST"])
@requires(Permission.TRACKER_KEEP)
def new_setting() -> Response | tuple[str, int]:
    form = PositionSettingForm(valid_from=clock.today())
    if form.attempt(service.set_value):
        return done(_("The setting is entered."), ".settings")
    return page("vehicles/positions/new_setting.html", form=form)


@bp.route("/server", methods=["GET", "POST"])
@requires(Permission.SERVER_SET)
def server() -> Response | tuple[str, int]:
    """Where lost positions are fetched; the token goes in and never comes out."""
    known = queries.server_set()
    form = ServerForm(address=known.address if known else "")
    if form.attempt(server_service.set_server):
        return done(_("The positioning server is entered."), ".server")
    return page(
        "vehicles/positions/server.html", form=form, known=known, fetched=queries.last_fetched(),
        asked=server_service.server(),
    )  # fmt: skip


@bp.route("/polls/new", methods=["GET", "POST"])
@requires(Permission.POSITION_POLL)
def new_poll() -> Response | tuple[str, int]:
    """Ask the server now instead of at night. It answers before anything is held."""
    form, found = PollForm(day=clock.today()), None
    asked = server_service.server()
    if form.validate_on_submit() and form.day.data:
        try:
            found = server_service.fetch(asked, form.day.data)
        except Rejected as refusal:
            form.refuse(refusal)
    counts = form.attempt(server_service.keep, found=found) if found is not None else None
    if counts is not None:
        words = _("%(taken)s positions are new, %(repeated)s were there.", **counts)
        return done(words, ".devices" if current_actor().may(Permission.ALARM_READ) else ".server")
    return page("vehicles/positions/new_poll.html", form=form, asked=asked)
