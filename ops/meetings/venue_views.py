"""Pages of venues."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.listing import Column, Filter, listing
from ..core.page import done, page
from . import queries, service
from .forms import CloseVenueForm, VenueForm
from .models import Venue
from .permissions import Permission

venues = Blueprint("venues", __name__, url_prefix="/meetings/venues")
COLUMNS = (
    Column("name", _l("Name"), Venue.name),
    Column("place", _l("Building or room"), Venue.place),
    Column("seats", _l("Seats"), Venue.seats, "end"),
    Column("from", _l("In use from"), Venue.from_on),
    Column("to", _l("Out of use from"), Venue.to_on),
)


@venues.get("", endpoint="venues")
@requires(Permission.MEETING_READ)
def list_venues() -> tuple[str, int]:
    in_use = Filter("use", _l("Show"), [("now", _l("in use today"))], lambda _key: queries.in_use(clock.today()))
    table = listing(
        queries.every_venue(), COLUMNS, sort="name", filters=[in_use], search=(Venue.name, Venue.place),
        caption=_l("Venues"), empty_text=_l("Venues will stand here."),
    )  # fmt: skip
    return page("meetings/venues.html", listing=table)


@venues.route("/new", methods=["GET", "POST"])
@requires(Permission.VENUE_WRITE)
def new_venue() -> Response | tuple[str, int]:
    form = VenueForm(from_on=clock.today())
    if form.attempt(service.open_venue):
        return done(_("The venue can be booked."), "venues.venues")
    return page("meetings/new_venue.html", form=form)


@venues.route("/<int:id>/closing", methods=["GET", "POST"])
@requires(Permission.VENUE_WRITE)
def closing(id: int) -> Response | tuple[str, int]:
    venue, form = db.get_or_404(Venue, id), CloseVenueForm()
    if form.attempt(service.close_venue, venue=venue):
        return done(_("The venue goes out of use."), "venues.venues")
    return page("meetings/venue_closing.html", form=form, venue=venue)
