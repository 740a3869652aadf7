"""Pictures of the cost pages, whose marks open the rows behind them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...core.period import Period
from .account import MonthLine, Sums


def months(lines: Sequence[MonthLine], vehicle_id: int) -> dict[str, Any]:
    """A year's curve of a car; a month without a cost is a gap."""
    points = [point(line.total, rows_url(line.period, vehicle_id)) for line in lines]
    series = [{"name": _("Cost"), "data": points}]
    categories = [line.period.key for line in lines]
    return {"type": "line", "categories": categories, "series": series, "unit": _("yuan")}


def years(found: Sequence[tuple[Period, Sums]], kinds: Mapping[Any, Any], vehicle_id: int | None) -> dict[str, Any]:
    """The kinds of cost, a bar for each year."""
    series = [
        {
            "name": period.label,
            "data": [point(sums.amounts.get(kind), rows_url(period, vehicle_id, kind)) for kind in kinds],
        }
        for period, sums in found
        if sums.amounts
    ]
    categories = [str(label) for label in kinds.values()]
    return {"type": "bar", "categories": categories, "series": series, "unit": _("yuan")}


def point(value: Decimal | None, url: str) -> dict[str, Any]:
    return {"value": None if value is None else float(value), "url": url}


def rows_url(period: Period, vehicle_id: int | None, kind: str | None = None) -> str:
    return url_for("vehicles.costs.entries", period=period.key, vehicle=vehicle_id, kind=kind)
