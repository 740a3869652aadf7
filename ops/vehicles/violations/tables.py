"""The list of filed violations as a workbook."""

from flask_babel import gettext as _

from ...core import clock
from ...core.listing import Listing
from ...core.workbook import Field, note_of, workbook
from ..rulebook import queries as rulebook
from ..rulebook.book import Book
from .catalogue import entry
from .models import FILING_STATES, Filing, FilingState

MOST_ROWS = 10_000


def sheet(found: Listing) -> bytes:
    """The rows as they stand in the list, with every word that was said."""
    book = rulebook.book()
    fields = [
        Field(_("Filing"), lambda row: row[0].no),
        Field(_("Happened on"), lambda row: row[0].day),
        Field(_("Kind of violation"), lambda row: _violation(row[0], book), 36),
        Field(_("What it is about"), lambda row: row[0].subject, 30),
        Field(_("What was seen"), lambda row: row[0].facts, 36),
        Field(_("Who has to explain"), lambda row: row[1] or _("Vehicle section"), 20),
        Field(_("Explain by"), lambda row: row[0].explain_by),
        Field(_("State"), lambda row: FILING_STATES[row[0].state][1], 16),
        Field(_("What has happened"), lambda row: _said(row[0]), 48),
    ]
    as_of = _("As of %(when)s", when=f"{clock.now():%Y-%m-%d %H:%M}")
    return workbook(_("Filed violations"), fields, found.rows, note_of(as_of, len(found.rows), found.total))


def _violation(filing: Filing, book: Book) -> str:
    found = entry(filing.violation, filing.day, book)
    return found.chinese if found else filing.violation


def _said(filing: Filing) -> str:
    lines = [
        f"{step.at:%Y-%m-%d} {FILING_STATES[FilingState(step.kind)][1]} {step.by} {step.words} {step.measure}".strip()
        for step in filing.steps
    ]
    return "\n".join(lines)
