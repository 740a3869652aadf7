"""Pages of what is owed: the list, one obligation, the month, the rules, drivers and the feed."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, flash, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response as Answer

from ...core import clock
from ...core.access import current_actor, public, requires
from ...core.db import db
from ...core.forms import Deed, choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, refused
from ...core.period import month, parse
from ..models import Driver, Vehicle
from ..permissions import Permission as OfVehicles
from ..register import queries as register
from ..register.file_models import DriverFile
from ..register.permissions import Permission
from . import (
    driver_files,
    feed_queries,
    feed_service,
    feeds,
    ordering,
    queries,
    rules,
    service,
    term_queries,
    term_service,
)
from .forms import DriverFileForm, LeaveForm, OweForm, TermForm, WhyForm, done_form
from .models import INSURANCE, OBLIGATION_LABELS, Obligation, ObligationDone, ObligationKind

bp = Blueprint("obligations", __name__, url_prefix="/obligations")
COLUMNS = (
    Column("what", _l("What is owed"), Obligation.kind),
    Column("subject", _l("Car or driver"), Vehicle.plate),
    Column("due", _l("Due on"), Obligation.due_on),
    Column("km", _l("Or when the dial shows"), Obligation.shown_km, "end", _l("km")),
    Column("state", _l("State"), Obligation.closed_on),
)
DRIVER_COLUMNS = (
    Column("name", _l("Driver"), Driver.name),
    Column("class", _l("Licence class"), DriverFile.licence_class),
    Column("until", _l("Licence valid until"), DriverFile.licence_until),
)


@bp.get("")
@requires(Permission.REGISTER_READ)
def obligations() -> tuple[str, int]:
    kind = Filter("kind", _l("What is owed"), list(OBLIGATION_LABELS.items()), queries.of_kind)
    states = [
        ("late", _l("late")),
        ("month", _l("due within 30 days or soon by kilometres")),
        ("soon", _l("due within 90 days or soon by kilometres")),
        ("open", _l("still open")),
        ("closed", _l("no longer owed")),
    ]
    state = Filter("show", _l("State"), states, _in_state, start="open")
    by_km = ordering.by_km(clock.today(), clock.now())
    columns = [replace(each, order=ordering.due_order(by_km)) if each.key == "due" else each for each in COLUMNS]
    table = listing(
        queries.all_obligations(), columns, sort="due", filters=[state, kind], search=(Vehicle.plate, Driver.name),
        empty_text=_l("Inspections, insurance, maintenance and licences that fall due will stand here."),
    )  # fmt: skip
    return page(
        "vehicles/obligations/obligations.html", listing=table, labels=OBLIGATION_LABELS, today=clock.today(),
        by_km=by_km,
    )  # fmt: skip


def _in_state(chosen: str) -> ColumnElement[bool]:
    return queries.in_state(chosen, clock.today())


@bp.get("/<int:id>")
@requires(Permission.REGISTER_READ)
def obligation(id: int) -> tuple[str, int]:
    found = db.get_or_404(Obligation, id)
    return page(
        "vehicles/obligations/obligation.html", obligation=found, label=OBLIGATION_LABELS[ObligationKind(found.kind)],
        today=clock.today(), done=queries.done_about(id), leaves=queries.leaves_for(id), waiver=queries.waiver_of(id),
        lapses=queries.lapses_of(id), basis=term_queries.basis(found.rule, found.due_on),
        opens=rules.opens_on(found.kind, found.due_on), window=term_queries.window(found),
        dial=queries.dial_of(found, clock.now()), is_insurance=found.kind in INSURANCE,
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_obligation() -> Answer | tuple[str, int]:
    form = OweForm()
    form.vehicle_id.choices = choices(register.all_cars())
    if made := form.attempt(service.owe):
        return done(_("It stands in the calendar."), "vehicles.obligations.obligation", id=made.id)
    return page("vehicles/obligations/new_obligation.html", form=form)


@bp.route("/<int:id>/done", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_done(id: int) -> Answer | tuple[str, int]:
    found = db.get_or_404(Obligation, id)
    proposed = queries.next_licence(found)
    form = done_form(found, proposed, clock.today())
    unasked = {name: None for name in ("dial", "cost") if name not in form}
    if form.attempt(service.record_done, obligation=found, today=clock.today(), **unasked):
        return done(_("Done; the next one stands in the calendar."), "vehicles.obligations.obligation", id=id)
    return page(
        "vehicles/obligations/new_done.html", form=form, obligation=found, labels=OBLIGATION_LABELS,
        proposed=proposed, is_licence=found.kind == ObligationKind.LICENCE,
        basis=term_queries.basis("licence.terms", found.due_on),
    )  # fmt: skip


@bp.route("/done/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def reversal(id: int) -> Answer | tuple[str, int]:
    found = db.get_or_404(ObligationDone, id)
    owed = db.session.get_one(Obligation, found.obligation_id)
    form = WhyForm()
    if form.attempt(service.reverse_done, done=found):
        return done(_("It is owed again."), "vehicles.obligations.obligation", id=owed.id)
    return page("vehicles/obligations/reversal.html", form=form, obligation=owed, done=found, labels=OBLIGATION_LABELS)


@bp.route("/<int:id>/waiver", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def waiver(id: int) -> Answer | tuple[str, int]:
    found = db.get_or_404(Obligation, id)
    form = WhyForm()
    if form.attempt(service.waive, obligation=found):
        return done(_("It is not owed any more."), "vehicles.obligations.obligation", id=id)
    return page("vehicles/obligations/waiver.html", form=form, obligation=found, labels=OBLIGATION_LABELS)


@bp.route("/<int:id>/leave", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def leave(id: int) -> Answer | tuple[str, int]:
    found = db.get_or_404(Obligation, id)
    form = LeaveForm(first_on=clock.today(), last_on=clock.today())
    if form.attempt(service.allow, obligation=found):
        return done(_("The leave is recorded."), "vehicles.obligations.obligation", id=id)
    return page("vehicles/obligations/leave.html", form=form, obligation=found, labels=OBLIGATION_LABELS)


@bp.get("/calendar", defaults={"key": ""})
@bp.get("/calendar/<key>")
@requires(Permission.REGISTER_READ)
def calendar(key: str) -> tuple[str, int]:
    """The month as weeks; on a narrow page and for readers the same as a list."""
    today = clock.today()
    shown = parse(key) if key else month(today.year, today.month)
    first = shown.first.replace(day=1)
    whole = month(first.year, first.month)
    owed = queries.due_between(whole.first, whole.last)
    return page(
        "vehicles/obligations/calendar.html", weeks=feeds.weeks_of(first, owed), owed=owed, shown=whole, today=today,
        labels=OBLIGATION_LABELS, before=(first - date.resolution), after=(whole.last + date.resolution),
        feeds=feed_queries.feeds_of(current_actor().user_id), deed=Deed(),
    )  # fmt: skip


@bp.post("/feeds")
@requires(Permission.REGISTER_KEEP)
def new_feed() -> Answer:
    form = Deed()
    secret = form.attempt(feed_service.open_feed)
    if secret is None:
        return refused(form, "vehicles.obligations.calendar")
    address = url_for("vehicles.obligations.feed", secret=secret, _external=True)
    flash(str(_("Give this address to your calendar program; it is shown only once: %(address)s", address=address)))
    return done(_("The feed is open."), "vehicles.obligations.calendar")


@bp.post("/feeds/<int:id>/revocation")
@requires(Permission.REGISTER_KEEP)
def feed_revocation(id: int) -> Answer:
    found = [each for each in feed_queries.feeds_of(current_actor().user_id) if each.id == id]
    if not found:
        abort(404)
    form = Deed()
    if form.attempt(feed_service.revoke_feed, feed=found[0]):
        return done(_("The address answers nobody any more."), "vehicles.obligations.calendar")
    return refused(form, "vehicles.obligations.calendar")


@bp.get("/feed/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """For calendar programs: whoever has the secret reads what is due from half a year ago on."""
    if feed_queries.feed_by(feed_service.digest_of(secret)) is None:
        abort(404)
    today = clock.today()
    owed = queries.due_between(today - 183 * date.resolution, today + 730 * date.resolution)
    return Response(feeds.as_ical([each for each in owed if not each.closed_on], clock.now()), mimetype="text/calendar")


@bp.get("/done/<int:id>/scan")
@requires(Permission.REGISTER_READ)
def scan(id: int) -> Answer:
    kept = db.get_or_404(ObligationDone, id).attachment or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.get("/rules")
@requires(Permission.REGISTER_READ)
def terms() -> tuple[str, int]:
    return page(
        "vehicles/obligations/terms.html",
        schedules=[each for found in rules.versions().values() for each in found], terms=term_queries.terms(),
        labels=OBLIGATION_LABELS,
    )  # fmt: skip


@bp.route("/rules/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_term() -> Answer | tuple[str, int]:
    form = TermForm(valid_from=clock.today())
    if form.attempt(term_service.set_term):
        return done(_("The value holds from that day on."), "vehicles.obligations.terms")
    return page("vehicles/obligations/new_term.html", form=form)


@bp.get("/mine")
@requires(OfVehicles.TRIP_DRIVE)
def mine() -> tuple[str, int]:
    owed = queries.mine(current_actor().user_id)
    return page("vehicles/obligations/mine.html", owed=owed, labels=OBLIGATION_LABELS, today=clock.today())


@bp.get("/drivers")
@requires(Permission.REGISTER_READ)
def drivers() -> tuple[str, int]:
    table = listing(
        queries.drivers(), DRIVER_COLUMNS, sort="name", search=(Driver.name,), empty_text=_l("Drivers will stand here.")
    )
    return page("vehicles/obligations/drivers.html", listing=table)


@bp.route("/drivers/<int:id>", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def driver(id: int) -> Answer | tuple[str, int]:
    found = db.get_or_404(Driver, id)
    form = DriverFileForm(obj=db.session.get(DriverFile, id))
    if form.attempt(driver_files.keep, driver=found, day=clock.today()):
        return done(_("The driver's file is kept."), "vehicles.obligations.drivers")
    return page("vehicles/obligations/driver.html", form=form, driver=found, owed=queries.of_driver(id),
                labels=OBLIGATION_LABELS, today=clock.today())  # fmt: skip
