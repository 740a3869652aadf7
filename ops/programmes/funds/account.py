"""The account of a programme on a day: each source with its budget and payments, the plan, the curve, the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from flask_babel import gettext

from ...core.period import Period
from ...indicators.cumulative import by_months
from ...indicators.readings import Figure
from ..models import Programme, Source
from ..money import in_wan
from ..progress import planned_on
from . import queries
from .forecasting import Forecast, course, forecast

HUNDRED = Decimal(100)
PAID = {
    None: "programmes.paid",
    Source.CARRIED_OVER: "programmes.paid_carried_over",
    Source.OTHER: "programmes.paid_other",
}
ORDER = (None, Source.FISCAL, Source.CARRIED_OVER, Source.OTHER)


@dataclass(frozen=True)
class SourceLine:
    """One source, or all of them when `source` is None; in yuan, None where there is nothing."""

    source: Source | None
    initial: Decimal | None
    change: Decimal | None
    budget: Decimal | None
    paid: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - (self.paid or Decimal(0))

    @property
    def rate(self) -> Decimal | None:
        return self.paid / self.budget * HUNDRED if self.paid is not None and self.budget else None


@dataclass(frozen=True)
class Month:
    """A point of the curve, in yuan up to the end of the month; None for what is not known or not asked."""

    period: Period
    planned: Decimal
    paid: Decimal | None
    expected: Decimal | None
    if_planned: Decimal | None
    programme: Programme

    @property
    def url(self) -> str:
        """The payments up to the end of the month."""
        return payments_until(self.programme, self.period.last)


@dataclass(frozen=True)
class Account:
    programme: Programme
    month: int
    day: date
    lines: tuple[SourceLine, ...]
    planned: Decimal
    forecast: Forecast | None
    months: tuple[Month, ...]

    @property
    def total(self) -> SourceLine:
        return self.lines[0]


def last_month(year: int, today: date) -> int:
    """The latest month of the year that has ended, at least January."""
    if today.year != year:
        return 12 if today.year > year else 1
    return max(1, today.month - 1)


def account(programme: Programme, month: int) -> Account:
    """As of the end of the month."""
    day = programme.period.months()[month - 1].last
    figures = by_months([(name, programme.id) for name in PAID.values()], programme.year)
    lines = source_lines(programme, day, {key: each[month - 1] for (key, _scope), each in figures.items()})
    planned = planned_on(programme.points, day)
    found = forecast(lines[0].paid, lines[0].budget or Decimal(0), planned)
    months = _months(programme, month, lines[0].budget or Decimal(0), found, figures["programmes.paid", programme.id])
    return Account(programme, month, day, lines, planned, found, tuple(months))


def source_lines(programme: Programme, day: date, figures: dict[str, Figure]) -> tuple[SourceLine, ...]:
    """The whole, then source by source; fiscal funds are what the other two leave."""
    changes = queries.changes_until([programme.id], day)[programme.id]
    return split(programme, changes, {source: figures[name].value for source, name in PAID.items()})


def split(
    programme: Programme, changes: queries.Sums, paid: dict[Source | None, Decimal | None]
) -> tuple[SourceLine, ...]:
    """`paid`: in all, out of funds carried over, out of other funds."""
    every = paid[None]
    rest = None if every is None else every - (paid[Source.CARRIED_OVER] or 0) - (paid[Source.OTHER] or 0)
    amounts = {**paid, Source.FISCAL: rest}
    return tuple(
        SourceLine(
            each,
            programme.initial(each),
            changes.get(each),
            queries.in_force(programme, changes, each),
            amounts[each],
        )
        for each in ORDER
    )


def _months(
    programme: Programme, month: int, budget: Decimal, found: Forecast | None, paid: Sequence[Figure]
) -> list[Month]:
    periods = programme.period.months()
    plan = [planned_on(programme.points, each.last) for each in periods]
    paces = course(found, budget, plan[month - 1], plan[month - 1 :]) if found else []
    kept = course(found.as_planned(), budget, plan[month - 1], plan[month - 1 :]) if found else []
    return [
        Month(
            each,
            budget * plan[at] / HUNDRED,
            paid[at].part if at < month else None,
            paces[at - month + 1] if found and at >= month - 1 else None,
            kept[at - month + 1] if found and at >= month - 1 else None,
            programme,
        )
        for at, each in enumerate(periods)
    ]


def spec(account: Account) -> dict[str, object]:
    """Plan, actual and the two edges of the forecast as `macros/charts.html` draws them.

    What was paid opens its payments, the plan its points, a forecast how it was counted.
    """
    months, plan, counted = account.months, _place(account, "plan"), _place(account, "forecast")
    lines = [
        {"name": gettext("Paid so far"), "data": [_mark(each.paid, each.url) for each in months]},
        {"name": gettext("Planned"), "data": [_mark(each.planned, plan) for each in months]},
    ]
    if account.forecast is not None and account.month < 12:
        pace, kept = gettext("Forecast at the pace so far"), gettext("Forecast if the rest is as planned")
        lines += [
            {"name": pace, "data": [_mark(each.expected, counted) for each in months], "dashed": True},
            {"name": kept, "data": [_mark(each.if_planned, counted) for each in months], "dashed": True},
        ]
    return {
        "type": "line",
        "categories": [gettext("Month %(month)s", month=each.period.first.month) for each in months],
        "series": lines,
        "unit": gettext("10,000 yuan"),
    }


def _place(account: Account, anchor: str) -> str:
    return url_for("programmes.funds.funds", id=account.programme.id, month=account.month, _anchor=anchor)


def _mark(yuan: Decimal | None, url: str) -> dict[str, object]:
    return {"value": None, "url": None} if yuan is None else {"value": float(round(in_wan(yuan), 2)), "url": url}


def payments_until(programme: Programme, last: date) -> str:
    until = Period(programme.period.first, last)
    return url_for("indicators.figure_evidence", name="programmes.paid", period=until.key, scope=programme.id)
