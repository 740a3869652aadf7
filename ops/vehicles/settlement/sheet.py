"""A statement as an Excel workbook."""

from collections.abc import Mapping

from flask_babel import gettext as _

from ...core.workbook import Field, workbook
from .models import CAR_CLASSES, CarClass, Statement
from .worked import Worked


def statement_workbook(statement: Statement, unit: str, worked: Mapping[int, Worked]) -> bytes:
    """The lines as they are frozen, each with how it was worked out and by which tariff; the total below them."""
    fields = [
        Field(_("Day"), lambda line: line.day, 12),
        Field(_("Plate"), lambda line: line.plate, 14),
        Field(_("Destination"), lambda line: line.destination, 22),
        Field(_("Kilometres"), lambda line: line.kilometres, 10, adds=True),
        Field(_("Minutes"), lambda line: line.minutes, 10, adds=True),
        Field(_("Shared by people"), lambda line: line.share, 8),
        Field(_("Amount (yuan)"), lambda line: line.amount, 14, adds=True),
        Field(_("Note"), lambda line: line.words, 30),
        Field(_("How it was worked out"), lambda line: worked[line.id].told if line.id in worked else "", 34),
        Field(_("Tariff and source"), lambda line: _tariff(worked[line.id]) if line.id in worked else "", 34),
    ]
    title = _("Statement of car use %(no)s", no=statement.no)
    return workbook(title, fields, statement.lines, f"{unit} {statement.first} – {statement.last}")


def _tariff(worked: Worked) -> str:
    one = worked.tariff
    state = _("by our own paper") if one.confirmed else _("example, not confirmed")
    return f"{CAR_CLASSES[CarClass(one.car_class)]} {one.valid_from} {one.source} {state}"
