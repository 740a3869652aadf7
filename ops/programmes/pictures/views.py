"""Pages of pictures: the programmes at a glance, the indicators of one programme through the year."""

from flask import Blueprint, abort, request

from ...core import clock
from ...core.access import requires
from ...core.page import page
from .. import queries as programmes
from ..funds.account import last_month
from ..monitoring.known import gather
from ..monitoring.presenting import LIGHTS
from ..monitoring.queries import newest
from ..permissions import Permission
from . import glance, indicator_curves, queries

bp = Blueprint("pictures", __name__)


@bp.get("/glance")
@requires(Permission.PROGRAMME_READ)
def programmes_glance() -> tuple[str, int]:
    """All programmes of a year as of a month's end, the worst first."""
    years = programmes.years()
    year = request.args.get("year", years[0] if years else clock.today().year, type=int)
    found, month = list(programmes.programmes(year)), _month(year)
    rows = glance.glances(gather(found, year, month)) if found else []
    versions = newest([each.id for each in found], month)
    curves = [(each.programme, glance.curve(each), glance.curve_rows(each)) for each in rows]
    return page(
        "programmes/pictures/programmes_glance.html",
        rows=rows, curves=curves, bars=glance.bars(rows), versions=versions, signals=LIGHTS,
        year=year, month=month, years=years,
    )  # fmt: skip


@bp.get("/<int:id>/curves")
@requires(Permission.PROGRAMME_READ)
def curves(id: int) -> tuple[str, int]:
    """Every indicator that a number tells, month by month towards its target."""
    found = programmes.project_or_404(id)
    known = gather([found], found.year, _month(found.year))
    entries = queries.entries_by_month([each.key for each in found.indicators], found.year)
    told, others = indicator_curves.courses(known, found, entries)
    shown = [(each, indicator_curves.curve(each), indicator_curves.curve_rows(each)) for each in told]
    return page(
        "programmes/pictures/curves.html",
        programme=found, month=known.month, curves=shown, others=others,
        bullets=indicator_curves.bullets(told), bullet_rows=indicator_curves.bullet_rows(told),
    )  # fmt: skip


def _month(year: int) -> int:
    month: int = request.args.get("month", last_month(year, clock.today()), type=int)
    return month if 1 <= month <= 12 else abort(404)
