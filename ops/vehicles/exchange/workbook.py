"""The list of cars as an Excel workbook that can be handed in again, and the empty one to fill in."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from ...core.workbook import TEXT_STAYS_TEXT, for_paper
from .columns import FACTS, Fact, Kind
from .known import Car, Known

ROWS_OF_TEMPLATE = 500


def car_list(cars: Sequence[Car], known: Known) -> bytes:
    """One row for each car. Handed in again as it is, it changes nothing."""
    return _book(cars, known, 0)


def template(known: Known) -> bytes:
    """The heads, with the words to choose from; a second sheet says what belongs where."""
    return _book((), known, ROWS_OF_TEMPLATE)


def _book(cars: Sequence[Car], known: Known, empty_rows: int) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, TEXT_STAYS_TEXT)
    sheet = book.add_worksheet(_("List of cars"))
    head = book.add_format({"bold": True, "bg_color": "#E8EEF8", "border": 1, "text_wrap": True, "valign": "vcenter"})
    needed = book.add_format({"bold": True, "bg_color": "#FDF3DD", "border": 1, "text_wrap": True, "valign": "vcenter"})
    for at, fact in enumerate(FACTS):
        sheet.set_column(at, at, fact.width)
        sheet.write_string(0, at, str(fact.label), head if fact.of_file else needed)
        _offer(sheet, at, fact, len(cars) + empty_rows)
    day, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
    for line, car in enumerate(cars, start=1):
        for at, fact in enumerate(FACTS):
            _write(sheet, line, at, fact, car, known, {date: day, Decimal: money if fact.key == "price" else None})
    for_paper(sheet, 0)
    sheet.fit_to_pages(2, 0)  # too many columns for one width
    sheet.repeat_columns(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(cars), 1), len(FACTS) - 1)
    _explain(book)
    book.close()
    return content.getvalue()


def _write(sheet: Any, line: int, at: int, fact: Fact, car: Car, known: Known, formats: Any) -> None:
    value = car.facts[fact.key]
    if isinstance(value, date):
        sheet.write_datetime(line, at, value, formats[date])
    elif fact.kind is Kind.NUMBER and isinstance(value, int | Decimal):
        sheet.write_number(line, at, value, formats[Decimal])
    else:
        sheet.write_string(line, at, known.word(fact, value))


def _offer(sheet: Any, at: int, fact: Fact, rows: int) -> None:
    if rows and fact.labels:
        listed = [str(label) for label in fact.labels.values()]
        if sum(len(each) + 1 for each in listed) <= 255:  # what Excel holds in a cell's list
            sheet.data_validation(1, at, rows, at, {"validate": "list", "source": listed, "error_type": "warning"})


def _explain(book: Any) -> None:
    sheet, wrap = book.add_worksheet(_("How to fill it in")), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, wrap)
    sheet.set_column(1, 1, 90, wrap)
    for line, fact in enumerate(FACTS):
        sheet.write_string(line, 0, str(fact.label), wrap)
        sheet.write_string(line, 1, explanation(fact), wrap)


def explanation(fact: Fact) -> str:
    """What belongs into the column."""
    need = "" if fact.of_file else str(_("Needed for a car that is new.")) + " "
    if fact.labels:
        return need + str(_("One of: %(listed)s.", listed="、".join(str(label) for label in fact.labels.values())))
    number = _("A number, without its unit.") if fact.key == "seats" else _("A number in %(unit)s.", unit=_unit(fact))
    says = {
        Kind.DAY: _("A day like 2023-05-09."),
        Kind.NUMBER: number,
        Kind.UNIT: _("The name of the unit as it stands in the system."),
    }
    return need + str(says.get(fact.kind, _("Text.")))


def _unit(fact: Fact) -> str:
    return str(_("yuan") if fact.key == "price" else _("litres"))
