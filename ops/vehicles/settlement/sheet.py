"""A statement as an Excel workbook."""

from flask_babel import gettext as _

from ...core.workbook import Field, workbook
from .models import Statement


def statement_workbook(statement: Statement, unit: str) -> bytes:
    """The lines as they are frozen, the total below them."""
    fields = [
        Field(_("Day"), lambda line: line.day, 12),
        Field(_("Plate"), lambda line: line.plate, 14),
        Field(_("Destination"), lambda line: line.destination, 22),
        Field(_("Kilometres"), lambda line: line.kilometres, 10, adds=True),
        Field(_("Minutes"), lambda line: line.minutes, 10, adds=True),
        Field(_("Shared by people"), lambda line: line.share, 8),
        Field(_("Amount (yuan)"), lambda line: line.amount, 14, adds=True),
        Field(_("Note"), lambda line: line.words, 30),
    ]
    title = _("Statement of car use %(no)s", no=statement.no)
    return workbook(title, fields, statement.lines, f"{unit} {statement.first} – {statement.last}")
