"""Taking in files: good rows land, broken ones are kept with their reason, what is there already changes nothing."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select
from werkzeug.datastructures import FileStorage

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..core.sheets import Line, Sheet, read_sheet, upload_bytes
from ..indicators import stale
from . import queries, rules, swipes
from .models import Diner, Intake, IntakeFault, IntakeKind, Meal, Terminal
from .swipes import Swipe

Parsed = TypeVar("Parsed")
Fact = tuple[datetime, Decimal]
AT_ONCE = 500


@dataclass
class Tally:
    """What became of the rows of one file."""

    added: int = 0
    already: int = 0
    repeated: int = 0
    faults: list[tuple[Line, str]] = field(default_factory=list)

    def parsed(self, sheet: Sheet, parse: Callable[[Line], Parsed]) -> list[tuple[Line, Parsed]]:
        """The rows that can be read; the others become faults."""
        found = []
        for line in sheet.lines:
            try:
                found.append((line, parse(line)))
            except Rejected as refusal:
                self.refuse(line, refusal)
        return found

    def refuse(self, line: Line, refusal: Rejected) -> None:
        self.faults.append((line, str(refusal.message)))


def take_in_meals(file: FileStorage, by: Actor) -> Intake:
    """A card terminal's file. A swipe is known by terminal and serial: the same file again lands nothing."""
    content = upload_bytes(file, "file")
    sheet, tally = read_sheet(content, swipes.COLUMNS, "file"), Tally()
    rows = _new_meals(tally.parsed(sheet, swipes.parse), tally)
    tally.repeated = _repeated(rows)
    intake = keep(IntakeKind.MEALS, file.filename, content, sheet, tally, by)
    if rows:
        db.session.execute(insert(Meal), [{**row, "intake_id": intake.id} for row in rows])
        stale.touch(Meal, {row["day"] for row in rows})
    audit.record("canteen.meals.taken_in", intake, by, added=tally.added, already=tally.already)
    return intake


def keep(kind: IntakeKind, name: str | None, content: bytes, sheet: Sheet, tally: Tally, by: Actor) -> Intake:
    """The file's receipt, and its broken rows to be handed back."""
    intake = Intake(kind=kind, name=(name or "")[-200:], sha256=hashlib.sha256(content).hexdigest())
    intake.head = json.dumps(list(sheet.head), ensure_ascii=False)
    intake.added, intake.already, intake.repeated = tally.added, tally.already, tally.repeated
    intake.faulty, intake.taken_at, intake.taken_by = len(tally.faults), clock.now(), by.name
    db.session.add(intake)
    db.session.flush()
    if tally.faults:
        db.session.execute(insert(IntakeFault), [_fault(intake.id, *fault) for fault in tally.faults])
    return intake


def _fault(intake_id: int, line: Line, reason: str) -> dict[str, Any]:
    cells = json.dumps(list(line.cells), ensure_ascii=False)
    return {"intake_id": intake_id, "line": line.number, "reason": reason, "cells": cells}


def _new_meals(found: Sequence[tuple[Line, Swipe]], tally: Tally) -> list[dict[str, Any]]:
    """Rows of meals for the swipes not there yet. Holds the terminals: two files of one wait for each other."""
    codes = {swipe.terminal for _line, swipe in found}
    known = {row.code: row for row in db.session.scalars(select(Terminal).where(Terminal.code.in_(codes)))}
    hold(Terminal, *(row.id for row in known.values()))
    held = db.session.execute(select(Diner.card, Diner.id).where(Diner.card.is_not(None)))
    cards = {card: key for card, key in held if card}
    facts = _facts_of(found, known)
    place = _Place(known, cards, facts)
    rows = []
    for line, swipe in found:
        try:
            row = place.meal(swipe)
        except Rejected as refusal:
            tally.refuse(line, refusal)
            continue
        tally.added, tally.already = tally.added + (row is not None), tally.already + (row is None)
        rows += [row] if row else []
    return rows


class _Place:
    """Where a swipe belongs: the terminal's canteen, the card's diner, the clock's sitting."""

    def __init__(
        self, terminals: Mapping[str, Terminal], cards: Mapping[str, int], facts: dict[tuple[int, int], Fact]
    ) -> None:
        self.terminals, self.cards, self.facts = terminals, cards, facts
        self.sittings, self.now = queries.sittings(), clock.now()

    def meal(self, swipe: Swipe) -> dict[str, Any] | None:
        """The row of a meal; None when the swipe is there already. Raises Rejected for what cannot land."""
        if swipe.terminal not in self.terminals:
            raise Rejected(_l("Terminal “%(code)s” is not registered.", code=swipe.terminal))
        terminal = self.terminals[swipe.terminal]
        if (fact := self.facts.get((terminal.id, swipe.serial))) is not None:
            _check_same(swipe, fact)
            return None
        if swipe.card not in self.cards:
            raise Rejected(_l("No diner has card “%(card)s”.", card=swipe.card))
        rules.check_past(swipe.at, self.now)
        sitting = rules.sitting_at(self.sittings, swipe.at)
        self.facts[terminal.id, swipe.serial] = swipe.at, swipe.amount
        row = {"canteen_id": terminal.canteen_id, "diner_id": self.cards[swipe.card], "sitting_id": sitting.id}
        swiped = {"terminal_id": terminal.id, "serial": swipe.serial, "amount": swipe.amount}
        return {**row, **swiped, "day": swipe.at.date(), "at": swipe.at}


def _check_same(swipe: Swipe, fact: Fact) -> None:
    """The same serial with another time or amount is no replay: the terminal began to count anew."""
    if fact != (swipe.at, swipe.amount):
        said = {"serial": swipe.serial, "code": swipe.terminal, "at": str(fact[0]), "amount": fact[1]}
        words = _l("Serial %(serial)s of terminal %(code)s is already the meal of %(at)s, %(amount)s yuan.", **said)
        raise Rejected(words)


def _facts_of(found: Iterable[tuple[Line, Swipe]], terminals: Mapping[str, Terminal]) -> dict[tuple[int, int], Fact]:
    """(terminal, serial) → (time, amount) of those of the file's swipes that are in the ledger."""
    serials: dict[int, set[int]] = {}
    for _line, swipe in found:
        if swipe.terminal in terminals:
            serials.setdefault(terminals[swipe.terminal].id, set()).add(swipe.serial)
    facts = {}
    for terminal_id, wanted in serials.items():
        for some in _portions(sorted(wanted)):
            here = select(Meal.serial, Meal.at, Meal.amount).where(Meal.terminal_id == terminal_id)
            for serial, at, amount in db.session.execute(here.where(Meal.serial.in_(some))):
                facts[terminal_id, serial or 0] = at, amount
    return facts


def _portions(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _repeated(rows: Sequence[Mapping[str, Any]]) -> int:
    """How many of the rows are a diner's second meal of a sitting, beside what stands: for a person to look at."""
    seen: set[tuple[int, date, int]] = set()
    for some in _portions(sorted({row["diner_id"] for row in rows})):
        theirs = (Meal.diner_id.in_(some), Meal.day.in_({row["day"] for row in rows}))
        keys = queries.standing_meals().where(*theirs).with_only_columns(Meal.diner_id, Meal.day, Meal.sitting_id)
        seen.update((diner, day, sitting) for diner, day, sitting in db.session.execute(keys))
    count = 0
    for row in rows:
        key = row["diner_id"], row["day"], row["sitting_id"]
        count += key in seen
        seen.add(key)
    return count
