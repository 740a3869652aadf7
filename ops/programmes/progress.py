"""How far the payments are against the funding plan (资金支出计划)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ..core.once import once
from ..core.period import Period
from ..indicators.ahead import read_ahead
from ..indicators.readings import read, series
from . import queries
from .evaluation.scoring_settings import FAR_BEHIND, ON_PLAN
from .models import FundingPoint, Programme
from .money import in_wan

HUNDRED = Decimal(100)


class Light(StrEnum):
    """支付进度: the payments so far against the plan of that day."""

    ON_PLAN = "on_plan"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    NOTHING_PAID = "nothing_paid"
    OVER_BUDGET = "over_budget"


LIGHTS = {
    Light.ON_PLAN: ("done", _l("on plan")),
    Light.BEHIND: ("waiting", _l("behind the plan")),
    Light.FAR_BEHIND: ("late", _l("far behind the plan")),
    Light.NOTHING_PAID: ("late", _l("nothing paid")),
    Light.OVER_BUDGET: ("late", _l("over the budget")),
}


@dataclass(frozen=True)
class Progress:
    """Paid and budget in yuan; rate and plan in percent of the budget on `day`."""

    programme: Programme
    day: date
    paid: Decimal | None
    budget: Decimal
    planned: Decimal

    @property
    def rate(self) -> Decimal | None:
        return self.paid / self.budget * HUNDRED if self.paid is not None and self.budget else None

    @property
    def light(self) -> Light:
        if self.paid is not None and self.paid > self.budget:
            return Light.OVER_BUDGET
        return light(self.rate, self.planned)


def progress(programme: Programme, today: date) -> Progress:
    """As of today, or of the last day of a year that is over."""
    day = min(today, programme.period.last)
    paid = read("programmes.paid", programme.period, programme.id).value
    return Progress(programme, day, paid, queries.full_budget(programme), planned_on(programme.points, day))


def progress_of(programmes: Sequence[Programme], today: date) -> list[Progress]:
    """Of programmes of one year, with one question for what was paid and one for the changes of the budgets."""
    if not programmes:
        return []
    with once() as answers:
        changes = queries.changes_by_source([each.id for each in programmes])
        answers |= {("budget changes", each): found for each, found in changes.items()}
        read_ahead(["programmes.paid"], programmes[0].period)
        return [progress(each, today) for each in programmes]


def planned_on(points: Sequence[FundingPoint], day: date) -> Decimal:
    """The plan of a day, in percent: straight from point to point, from nothing when the year begins."""
    before, share = date(day.year - 1, 12, 31), Decimal(0)
    for point in points:
        if day <= point.day:
            return share + (point.percent - share) * (day - before).days / (point.day - before).days
        before, share = point.day, point.percent
    return share


def light(rate: Decimal | None, planned: Decimal) -> Light:
    """From the plan's 80 % on it is on plan, below 60 % far behind; before anything is due nothing is behind."""
    if planned <= 0:
        return Light.ON_PLAN
    if rate is None:
        return Light.NOTHING_PAID
    reached = rate / planned * HUNDRED
    if reached >= ON_PLAN.value:
        return Light.ON_PLAN
    return Light.BEHIND if reached >= FAR_BEHIND.value else Light.FAR_BEHIND


@dataclass(frozen=True)
class Month:
    """One month of the curve: planned and paid so far, in 万元; paid is None for a month to come."""

    period: Period
    planned: Decimal
    paid: Decimal | None
    url: str
    plan_url: str


def curve(programme: Programme, today: date) -> list[Month]:
    budget, months = queries.full_budget(programme), programme.period.months()
    sums = accumulate((figure.value or Decimal(0)) for figure in series("programmes.paid", months, programme.id))
    return [
        Month(
            month,
            in_wan(budget * planned_on(programme.points, month.last) / HUNDRED),
            in_wan(paid) if month.first <= today else None,
            _payments_until(programme, month.last),
            url_for("programmes.funds.funds", id=programme.id, month=month.last.month, _anchor="plan"),
        )
        for month, paid in zip(months, sums, strict=True)
    ]


def spec(months: Sequence[Month]) -> dict[str, object]:
    """The curve as `macros/charts.html` draws it; the marks of what was paid open its payments."""
    planned = [{"value": float(round(each.planned, 2)), "url": each.plan_url} for each in months]
    paid = [{"value": None if each.paid is None else float(each.paid), "url": each.url} for each in months]
    return {
        "type": "line",
        "categories": [each.period.label for each in months],
        "series": [{"name": gettext("Paid so far"), "data": paid}, {"name": gettext("Planned"), "data": planned}],
        "unit": gettext("10,000 yuan"),
    }


def _payments_until(programme: Programme, last: date) -> str:
    until = Period(programme.period.first, last)
    return url_for("indicators.figure_evidence", name="programmes.paid", period=until.key, scope=programme.id)
