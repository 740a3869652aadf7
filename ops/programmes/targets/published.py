"""The target tables as plain JSON data, with the reading of each value and the remarks beside it."""

from collections.abc import Callable
from decimal import Decimal

from .remarks import Remark, find_remarks, remark_texts, value_of
from .tables import Budget, IndicatorRow, PlanPoint, TargetTable, fiscal_year

Gettext = Callable[[str], str]


def as_json(tables: tuple[TargetTable, ...], gettext: Gettext, *, source: str) -> dict[str, object]:
    """The tables of one document. `source` is its file name; amounts are numbers in the unit of the tables.

    Raises Unreadable when the tables do not name one budget year.
    """
    year = fiscal_year(tables)
    first = tables[0]
    name = first.unit_line.lstrip("0123456789")
    remarks = find_remarks(tables, year=year)
    return {
        "source": f"{source} ({first.part})" if first.part else source,
        "unit_code": first.unit_line.removesuffix(name),
        "unit_name": name,
        "fiscal_year": year,
        "amount_unit": first.amount_unit,
        "totals": {
            "programmes": len(tables),
            "indicators": sum(len(table.indicators) for table in tables),
            "budget_total": float(sum((table.budget.total or Decimal(0) for table in tables), Decimal(0))),
        },
        "programmes": [
            _programme(table, year, gettext, found.rows) | {"remarks": remark_texts(found.programme, gettext)}
            for table, found in zip(tables, remarks, strict=True)
        ],
    }


def _programme(
    table: TargetTable, year: int, gettext: Gettext, remarks: tuple[tuple[Remark, ...], ...]
) -> dict[str, object]:
    return {
        "seq": table.seq,
        "table_title": table.table_title,
        "bookmark": table.bookmark,
        "unit_line": table.unit_line,
        "amount_unit": table.amount_unit,
        "project_code": table.project_code,
        "project_name": table.project_name,
        "budget": _budget(table.budget),
        "fund_use": table.fund_use,
        "funding_plan": [_point(point) for point in table.funding_plan],
        "goals": list(table.goals),
        "indicators": [
            _indicator(row, table, year) | {"remarks": remark_texts(of_row, gettext)}
            for row, of_row in zip(table.indicators, remarks, strict=True)
        ],
    }


def _budget(budget: Budget) -> dict[str, object]:
    return {
        "total_text": budget.total_text,
        "fiscal_funds_text": budget.fiscal_funds_text,
        "other_funds_text": budget.other_funds_text,
        "total": _number(budget.total),
        "fiscal_funds": _number(budget.fiscal_funds),
        "other_funds": _number(budget.other_funds),
    }


def _point(point: PlanPoint) -> dict[str, object]:
    pct = point.cumulative_pct
    return {
        "label": point.label,
        "cumulative_pct_text": point.cumulative_pct_text,
        "cumulative_pct": int(pct) if pct == int(pct) else float(pct),
    }


def _indicator(row: IndicatorRow, table: TargetTable, year: int) -> dict[str, object]:
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "description": row.description,
        "value_text": row.value_text,
        "basis": row.basis,
        "parsed": value_of(row, table, year=year).parsed(),
        "row": row.row,
    }


def _number(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
