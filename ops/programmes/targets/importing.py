"""Bringing target tables in: read the file, show what differs from what is stored, store it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db
from ...core.errors import Rejected
from ...core.files import Attachment, keep_bytes
from .. import queries
from ..evaluation.scoring_settings import PROPOSED
from ..evaluation.weights import default_weights
from ..models import FundingPoint, Indicator, Programme
from ..money import UNITS
from ..uploads import Purpose, hand_in
from . import deadlines, early, versions
from .messages import sentence
from .models import EarlySettlement
from .numerals import plain
from .reading import read_targets
from .stored import Difference, differences
from .tables import TargetTable, Unreadable, fiscal_year
from .weighing import weights_of


@dataclass(frozen=True)
class Document:
    """The tables of a file with their budget year, and where they differ from what is stored.

    `known`: how many of the tables are stored already, alike or not.
    """

    tables: tuple[TargetTable, ...]
    year: int
    differences: tuple[Difference, ...]
    known: int

    @property
    def is_stored(self) -> bool:
        return self.known == len(self.tables) and not self.differences


@dataclass(frozen=True)
class Imported:
    """How many tables an import added, replaced and left as they were."""

    added: int
    replaced: int
    unchanged: int


def read(data: bytes) -> Document:
    """Read a file and compare it with what is stored. Raises Rejected beside `file` when it is not readable whole."""
    try:
        tables = read_targets(data)
        year = fiscal_year(tables)
        for table in tables:
            _check(table, year)
    except Unreadable as error:
        raise Rejected(sentence(error.message_code, error.details, gettext), "file") from None
    stored = _stored(year)
    found = [
        d for table in tables if table.project_code in stored for d in differences(stored[table.project_code], table)
    ]
    return Document(tables, year, tuple(found), sum(table.project_code in stored for table in tables))


def keep(file: FileStorage, by: Actor) -> Attachment:
    """Keep an uploaded document that can be read whole, so that its preview can be looked at in peace."""
    data = file.stream.read(files.LARGEST + 1)
    read(data)
    file.stream.seek(0)
    kept = files.keep(file, "file", by)
    hand_in(kept, Purpose.TARGETS, by)
    audit.record("programmes.document.read", kept, by)
    return kept


def store_kept(kept: Attachment, by: Actor, replace: bool = False) -> Imported:
    """Store what was handed in and looked at, with what was settled about it."""
    return store(kept.path.read_bytes(), kept.name, by, replace, early.settlements(kept))


def store(
    data: bytes,
    name: str,
    by: Actor,
    replace: bool = False,
    settled: Mapping[early.Place, EarlySettlement] = MappingProxyType({}),
) -> Imported:
    """Store the tables of a file. The same file again changes nothing; another one only with `replace`."""
    document = read(data)
    if document.differences and not replace:
        count = len(document.differences)
        raise Rejected(_l("%(count)s places differ from what is stored. Nothing was changed.", count=count), "file")
    if document.is_stored:
        return Imported(0, 0, len(document.tables))
    attachment = keep_bytes(data, name, by)
    db.session.flush()
    stored = _stored(document.year)
    changed = [t for t in document.tables if t.project_code in stored and differences(stored[t.project_code], t)]
    new = [table for table in document.tables if table.project_code not in stored]
    for table in new:
        programme = Programme(year=document.year, code=table.project_code)
        db.session.add(programme)
        _fill(programme, table, attachment.id)
        early.carry_over(_of(settled, document, table), programme.indicators)
        versions.keep(programme, programme.period.first, name, by)
        audit.record("programmes.targets.imported", programme, by)
    for table in changed:
        versions.keep_first(stored[table.project_code], by)
        _fill(stored[table.project_code], table, attachment.id)
        early.carry_over(_of(settled, document, table), stored[table.project_code].indicators)
        _version(stored[table.project_code], name, by)
        audit.record("programmes.targets.replaced", stored[table.project_code], by)
    return Imported(len(new), len(changed), len(document.tables) - len(new) - len(changed))


def _of(
    settled: Mapping[early.Place, EarlySettlement], document: Document, table: TargetTable
) -> list[EarlySettlement]:
    number = document.tables.index(table) + 1
    return [each for (of_table, _row), each in settled.items() if of_table == number]


def _version(programme: Programme, name: str, by: Actor) -> None:
    """In force from today, or from the day of the version before where today lies outside the year."""
    last, today = versions.newest(programme), clock.today()
    within = today if today.year == programme.year else programme.period.first
    versions.keep(programme, max(within, last.in_force_on) if last else within, name, by)


def _check(table: TargetTable, year: int) -> None:
    if table.amount_unit not in UNITS:
        raise Unreadable("unit_not_money", table=table.table_title, unit=table.amount_unit)
    if any(_day(point.label, year) is None for point in table.funding_plan):
        labels = " ".join(point.label for point in table.funding_plan)
        raise Unreadable("plan_unreadable", table=table.table_title, text=labels)
    if table.year is not None:  # of another form than the province's: doubted, not refused
        return
    try:
        default_weights([row.level1 for row in table.indicators], PROPOSED)
    except ValueError:
        raise Unreadable("level_unknown", table=table.table_title) from None


def _day(label: str, year: int) -> date | None:
    found = deadlines.read(plain(label), year)
    return found.day if found else None


def _stored(year: int) -> dict[str, Programme]:
    return {each.code: each for each in queries.programmes(year)}


def _fill(programme: Programme, table: TargetTable, attachment_id: int) -> None:
    """Write the table's words into the programme; its rows keep their identity by their number."""
    budget = table.budget
    programme.name, programme.seq, programme.title = table.project_name, table.seq, table.table_title
    programme.bookmark, programme.part = table.bookmark, table.part
    programme.unit_line, programme.amount_unit = table.unit_line, table.amount_unit
    programme.total_text, programme.fiscal_text = budget.total_text, budget.fiscal_funds_text
    programme.other_text, programme.fund_use = budget.other_funds_text, table.fund_use
    programme.goals, programme.attachment_id = "\n".join(table.goals), attachment_id
    db.session.flush()
    _fill_plan(programme, table)
    _fill_rows(programme, table)


def _fill_plan(programme: Programme, table: TargetTable) -> None:
    have = {point.number: point for point in programme.points}
    for number, given in enumerate(table.funding_plan, 1):
        point = have.pop(number, None) or FundingPoint(programme_id=programme.id, number=number)
        point.label, point.day = given.label, _day(given.label, programme.year) or programme.period.last
        point.percent_text, point.percent = given.cumulative_pct_text, given.cumulative_pct
        if point not in programme.points:
            programme.points.append(point)
    for gone in have.values():
        programme.points.remove(gone)


def _fill_rows(programme: Programme, table: TargetTable) -> None:
    if len(programme.indicators) > len(table.indicators):
        name = table.project_name
        message = _l("%(name)s has fewer rows than stored: what is bound to them would be lost.", name=name)
        raise Rejected(message, "file")
    weights = weights_of(table.indicators)
    have = {row.row: row for row in programme.indicators}
    for given, weight in zip(table.indicators, weights, strict=True):
        row = have.get(given.row) or Indicator(row=given.row)
        row.level1, row.level2, row.level3 = given.level1, given.level2, given.level3
        row.description, row.value_text, row.basis = given.description, given.value_text, given.basis
        row.sign_text, row.unit_text = given.sign, given.unit
        row.weight, row.doubts = weight, " ".join(given.doubts)
        if row not in programme.indicators:
            programme.indicators.append(row)
