"""A statement as an Excel workbook."""

from collections.abc import Mapping

from flask_babel import gettext as _

from ...core.workbook import Field, workbook
from .models import CAR_CLASSES, CarClass, Statement, StatementLine
from .worked import Worked

FIELDS = (
    ("Day", lambda line: line.day, 12),
    ("Plate", lambda line: line.plate, 14),
    ("Destination", lambda line: line.destination, 22),
    ("Kilometres", lambda line: line.kilometres, 10),
    ("Minutes", lambda line: line.minutes, 10),
    ("Share", lambda line: line.share, 8),
    ("Amount (yuan)", lambda line: line.amount, 14),
    ("Note", lambda line: line.words, 30),
)


def statement_workbook(statement: Statement, unit: str, worked: Mapping[int, Worked]) -> bytes:
    """The lines as they are frozen, each with how it was worked out and by which tariff; the total below them."""
    heads = {
        "Day": _("Day"), "Plate": _("Plate"), "Destination": _("Destination"), "Kilometres": _("Kilometres"),
        "Minutes": _("Minutes"), "Share": _("Shared by people"), "Amount (yuan)": _("Amount (yuan)"), "Note": _("Note"),
    }  # fmt: skip
    fields = [Field(heads[head], value, width) for head, value, width in FIELDS]
    fields += [
        Field(_("How it was worked out"), lambda line: worked[line.id].told if line.id in worked else "", 34),
        Field(_("Tariff and source"), lambda line: _tariff(worked[line.id]) if line.id in worked else "", 34),
    ]
    total = StatementLine(day=statement.last, plate=_("Total"), destination="", amount=statement.total, words="")
    total.kilometres = sum(line.kilometres for line in statement.lines)
    total.minutes, total.share = sum(line.minutes for line in statement.lines), ""
    title = _("Statement of car use %(no)s", no=statement.no)
    return workbook(title, fields, [*statement.lines, total], f"{unit} {statement.first} – {statement.last}")


def _tariff(worked: Worked) -> str:
    one = worked.tariff
    state = _("by our own paper") if one.confirmed else _("example, not confirmed")
    return f"{CAR_CLASSES[CarClass(one.car_class)]} {one.valid_from} {one.source} {state}"
