"""Taking in a roster: diners, and who of them eats under which canteen's subsidy."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select
from werkzeug.datastructures import FileStorage

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..core.sheets import Line, read_sheet, upload_bytes
from ..indicators import stale
from . import queries, roster, rules
from .intakes import Tally, keep
from .models import Canteen, Diner, Intake, IntakeKind, SubsidyGrant
from .roster import Entry

Span = tuple[date, date]


def take_in_diners(file: FileStorage, by: Actor) -> Intake:
    """Diners not registered yet and grants not given yet; a row that is there as it stands changes nothing."""
    content = upload_bytes(file, "file")
    sheet, tally = read_sheet(content, roster.COLUMNS, "file"), Tally()
    found = tally.parsed(sheet, roster.parse)
    hold(Canteen, *(key for key, _name in queries.canteens()))
    register = _Register()
    for line, entry in found:
        _weigh(line, entry, register, tally)
    _write(register, by)
    intake = keep(IntakeKind.DINERS, file.filename, content, sheet, tally, by)
    audit.record("canteen.diners.taken_in", intake, by, added=tally.added, already=tally.already)
    return intake


def _weigh(line: Line, entry: Entry, register: "_Register", tally: Tally) -> None:
    try:
        fresh = register.take(entry)
    except Rejected as refusal:
        tally.refuse(line, refusal)
        return
    tally.added, tally.already = tally.added + fresh, tally.already + (not fresh)


class _Register:
    """The register as it will stand with the rows taken so far; `diners` and `grants` are what is to be written."""

    def __init__(self) -> None:
        self.units = {name: key for key, name in queries.units()}
        self.canteens = {name: key for key, name in queries.canteens()}
        listed = db.session.execute(select(Diner.number, Diner.name, Diner.unit_id, Diner.card))
        self.known = {number: (name, unit_id, card) for number, name, unit_id, card in listed}
        self.holders = {card: number for number, (_name, _unit, card) in self.known.items() if card}
        self.spans: dict[tuple[str, int], list[Span]] = {}
        self.diners: list[dict[str, Any]] = []
        self.grants: list[tuple[str, int, Span]] = []
        self._read_spans()

    def _read_spans(self) -> None:
        granted = select(Diner.number, SubsidyGrant.canteen_id, SubsidyGrant.from_on, SubsidyGrant.to_on)
        for number, canteen_id, first, last in db.session.execute(granted.join_from(SubsidyGrant, Diner)):
            self.spans.setdefault((number, canteen_id), []).append((first, last))

    def take(self, entry: Entry) -> bool:
        """Whether the row brings something new. Raises Rejected before anything of it is taken."""
        fresh = self._is_new(entry)
        grant = self._grant(entry)
        if fresh:
            unit_id = self.units[entry.unit]
            self.known[entry.number] = entry.name, unit_id, entry.card
            self.diners.append({"number": entry.number, "name": entry.name, "unit_id": unit_id, "card": entry.card})
            self.holders.update({entry.card: entry.number} if entry.card else {})
        if grant:
            self.spans.setdefault(grant[:2], []).append(grant[2])
            self.grants.append(grant)
        return fresh or grant is not None

    def _is_new(self, entry: Entry) -> bool:
        if entry.unit not in self.units:
            raise Rejected(_l("There is no unit “%(unit)s”.", unit=entry.unit))
        if entry.number in self.known:
            if self.known[entry.number] != (entry.name, self.units[entry.unit], entry.card):
                said = {"number": entry.number}
                raise Rejected(
                    _l("Number %(number)s is registered with other details. Change them on its page.", **said)
                )
            return False
        if entry.card and entry.card in self.holders:
            holder = self.holders[entry.card]
            raise Rejected(_l("Card %(card)s belongs to number %(number)s.", card=entry.card, number=holder))
        return True

    def _grant(self, entry: Entry) -> tuple[str, int, Span] | None:
        if entry.span is None:
            return None
        if entry.canteen not in self.canteens:
            raise Rejected(_l("There is no canteen “%(canteen)s”.", canteen=entry.canteen))
        canteen_id = self.canteens[entry.canteen]
        rules.check_grant(*entry.span)
        given: Sequence[Span] = self.spans.get((entry.number, canteen_id), ())
        if entry.span in given:
            return None
        rules.check_apart(given, *entry.span)
        return entry.number, canteen_id, entry.span


def _write(register: _Register, by: Actor) -> None:
    if register.diners:
        db.session.execute(insert(Diner), register.diners)
    if register.grants:
        numbered = db.session.execute(select(Diner.number, Diner.id))
        ids = {number: key for number, key in numbered if number}
        now = clock.now()
        db.session.execute(
            insert(SubsidyGrant), [_row(ids[number], key, span, now, by) for number, key, span in register.grants]
        )
        stale.touch(SubsidyGrant, {day for _number, _key, span in register.grants for day in _days(span)})


def _row(diner_id: int, canteen_id: int, span: Span, now: datetime, by: Actor) -> dict[str, Any]:
    given = {"granted_at": now, "granted_by": by.name}
    return {"diner_id": diner_id, "canteen_id": canteen_id, "from_on": span[0], "to_on": span[1], **given}


def _days(span: Span) -> list[date]:
    return [span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1)]
