"""Pages of the list of cars: out as Excel; in as Excel, shown row by row before anything lands."""

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as Answer

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.errors import Rejected
from ...core.forms import Deed, Form
from ...core.handing_back import Fault, marked
from ...core.page import done, page
from ...core.period import year
from ...core.workbook import download
from ..register.permissions import Permission
from . import judging, platform, queries, service, workbook
from .columns import BY_KEY, FACTS
from .judging import VERDICTS
from .known import Known, on_register, read_cars
from .models import CarIntake

bp = Blueprint("exchange", __name__)
SHOWN = 300


class ListForm(Form):
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))], description=_l("CSV or XLSX, at most 2,000 rows.")
    )


@bp.get("/car-list.xlsx")
@requires(Permission.REGISTER_READ)
def car_list() -> Answer:
    """Every car on the register today, with what its file says."""
    content = workbook.car_list(read_cars(*on_register(clock.today())), Known())
    return download(content, f"{_('List of cars')}_{clock.today()}")


@bp.get("/car-list-template.xlsx")
@requires(Permission.REGISTER_KEEP)
def template() -> Answer:
    return download(workbook.template(Known()), _("List of cars, empty"))


@bp.route("/car-intakes/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_intake() -> Answer | tuple[str, int]:
    form = ListForm()
    if made := form.attempt(service.hand_in):
        return done(_("The list is read. Look at it before it lands."), "vehicles.exchange.intake", id=made.id)
    explained = [(fact, workbook.explanation(fact)) for fact in FACTS]
    return page("vehicles/exchange/new_intake.html", form=form, columns=explained, intakes=queries.latest())


@bp.route("/car-intakes/<int:id>", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def intake(id: int) -> Answer | tuple[str, int]:
    """What would become of every row; once it is confirmed, how far it is and what became of them."""
    found, form = db.get_or_404(CarIntake, id), Deed()
    if request.method == "POST" and form.validate_on_submit():
        try:
            service.step(found, form.reason.data, current_actor())
            return redirect(url_for("vehicles.exchange.intake", id=id), 303)
        except Rejected as refusal:
            form.refuse(refusal)
    if found.confirmed_at:
        faults = queries.faults(id)
        sheet = service.sheet_of(found) if faults and found.attachment.fault is None else None
        return page("vehicles/exchange/intake.html", form=form, intake=found, faults=faults, sheet=sheet)
    sheet = service.sheet_of(found)
    rows = judging.judge(sheet.lines, Known())
    shown = judging.in_order_of_need(rows)
    return page(
        "vehicles/exchange/preview.html", form=form, intake=found, rows=shown[:SHOWN], total=len(rows),
        counts={verdict: sum(each.verdict is verdict for each in rows) for verdict in VERDICTS}, verdicts=VERDICTS,
        facts=BY_KEY, sheet=sheet,
    )  # fmt: skip


@bp.get("/car-intakes/<int:id>/misfits.xlsx")
@requires(Permission.REGISTER_KEEP)
def misfits(id: int) -> Answer:
    """The workbook as it was handed in, with the reason on each cell that is wrong."""
    found = db.get_or_404(CarIntake, id)
    sheet = service.sheet_of(found)
    if found.confirmed_at:
        faults: dict[int, list[Fault]] = {}
        for each in queries.faults(id):
            faults.setdefault(each.line, []).append(Fault(each.reason, each.place))
    else:
        faults = judging.faults_of(judging.judge(sheet.lines, Known()), sheet)
    content = marked(found.attachment.path.read_bytes(), sheet, faults, _("Why it goes back"))
    stem = found.attachment.name.rpartition(".")[0] or "list"
    return download(content, f"{stem}_{_('Why it goes back')}")


@bp.get("/platform")
@requires(Permission.REGISTER_READ)
def platform_mapping() -> tuple[str, int]:
    """Which of our records go under which group and column of the standard, and what is not held."""
    of = year_asked()
    return page(
        "vehicles/exchange/platform_mapping.html", groups=platform.groups(), mapping=platform.mapping(), of=of,
        years=[clock.today().year - back for back in range(8)],
    )  # fmt: skip


@bp.get("/platform.xlsx")
@requires(Permission.REGISTER_KEEP)
def platform_export() -> Answer:
    """A year's records, one sheet for each group of the standard."""
    of = year_asked()
    return download(platform.workbook(year(of)), f"{_('Platform export')}_{of}")


def year_asked() -> int:
    asked = request.args.get("year", clock.today().year, type=int)
    if not 2000 <= asked <= 2099:
        abort(404)
    return asked
