"""Pages of diners and their subsidy."""

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.forms import choices
from ..core.page import done, page
from . import diners as verbs
from . import queries, roster, roster_intake, tables
from .forms import DinerForm, GrantForm, IntakeForm, StopForm
from .models import Diner, SubsidyGrant
from .permissions import Permission

bp = Blueprint("diners", __name__, url_prefix="/canteen")


@bp.get("/diners")
@requires(Permission.DINER_READ)
def diners() -> tuple[str, int]:
    return page("diners/diners.html", listing=tables.diners(clock.today()))


@bp.route("/rosters/new", methods=["GET", "POST"])
@requires(Permission.DINER_WRITE)
def new_roster() -> Answer | tuple[str, int]:
    form = IntakeForm()
    if intake := form.attempt(roster_intake.take_in_diners):
        return redirect(url_for("canteen.file", id=intake.id), 303)
    return page("diners/new_roster.html", form=form, columns=roster.COLUMNS)


@bp.route("/diners/new", methods=["GET", "POST"])
@requires(Permission.DINER_WRITE)
def new_diner() -> Answer | tuple[str, int]:
    form = DinerForm()
    form.unit_id.choices = choices(queries.units())
    if diner := form.attempt(verbs.register):
        return done(_("The diner is registered."), "diners.diner", id=diner.id)
    return page("diners/new_diner.html", form=form)


@bp.get("/diners/<int:id>")
@requires(Permission.DINER_READ)
def diner(id: int) -> tuple[str, int]:
    """One diner: card, subsidy, latest meals."""
    diner = db.get_or_404(Diner, id)
    return page(
        "diners/diner.html", diner=diner, unit=queries.unit_of(diner),
        grants=queries.grants_of(id), meals=queries.latest_meals(id), today=clock.today(),
    )  # fmt: skip


@bp.route("/diners/<int:id>/details", methods=["GET", "POST"])
@requires(Permission.DINER_WRITE)
def edit_diner(id: int) -> Answer | tuple[str, int]:
    diner = db.get_or_404(Diner, id)
    form = DinerForm(obj=diner)
    form.unit_id.choices = choices(queries.units())
    if form.attempt(verbs.change, diner=diner):
        return done(_("The details are changed."), "diners.diner", id=id)
    return page("diners/edit_diner.html", form=form, diner=diner)


@bp.route("/diners/<int:id>/grants/new", methods=["GET", "POST"])
@requires(Permission.DINER_WRITE)
def new_grant(id: int) -> Answer | tuple[str, int]:
    diner, today = db.get_or_404(Diner, id), clock.today()
    form = GrantForm(from_on=today, to_on=today.replace(month=12, day=31))
    form.canteen_id.choices = choices(queries.canteens())
    if form.attempt(verbs.grant, diner=diner):
        return done(_("The subsidy is granted."), "diners.diner", id=id)
    return page("diners/new_grant.html", form=form, diner=diner)


@bp.route("/grants/<int:id>/stop", methods=["GET", "POST"])
@requires(Permission.DINER_WRITE)
def grant_stop(id: int) -> Answer | tuple[str, int]:
    grant = db.get_or_404(SubsidyGrant, id)
    diner = db.get_or_404(Diner, grant.diner_id)
    form = StopForm(last_on=clock.today())
    if form.attempt(verbs.stop, grant=grant):
        return done(_("The subsidy is stopped."), "diners.diner", id=diner.id)
    return page("diners/grant_stop.html", form=form, grant=grant, diner=diner)
