"""What would become of a row of the list: a new car, a changed one, nothing new, or something wrong, cell by cell.

The row is put through the very forms that a person fills in, and through the rules behind them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from ...core import clock
from ...core.errors import Rejected
from ...core.handing_back import Fault
from ...core.sheets import Line, Sheet, place
from ..register import file_rules, rules
from ..register.file_forms import CarFileForm
from ..register.forms import CarForm
from .cells import typed
from .columns import BY_KEY, FACTS, OF_CAR, OF_FILE, columns
from .known import Car, Known


class Verdict(StrEnum):
    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


VERDICTS = {
    Verdict.WRONG: ("late", _l("wrong")),
    Verdict.NEW: ("progress", _l("new car")),
    Verdict.CHANGED: ("waiting", _l("changed")),
    Verdict.UNCHANGED: ("closed", _l("unchanged")),
}


@dataclass
class Judged:
    """A row with its verdict; by column what is wrong (`""`: the row as a whole) or what it was and becomes.

    `car`, `file`: what the services are given; `file` is empty when the row says nothing of it.
    """

    line: Line
    plate: str = ""
    verdict: Verdict = Verdict.WRONG
    wrong: dict[str, str] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    car: dict[str, Any] = field(default_factory=dict)
    file: dict[str, Any] = field(default_factory=dict)


def judge(lines: Sequence[Line], known: Known) -> list[Judged]:
    """Every row in order; a plate that stands in the file twice is judged by its first row."""
    return [judge_one(line, known) for line in lines]


def judge_one(line: Line, known: Known) -> Judged:
    made = Judged(line)
    cells = _read(line, known, made)
    try:
        made.plate = rules.plain_plate(line["plate"])
    except Rejected as refusal:
        made.wrong["plate"] = str(refusal.message)
        return made
    if before := known.first_line(made.plate, line.number):
        made.wrong["plate"] = str(_l("This plate stands in line %(line)s already.", line=before))
    car = known.car(made.plate)
    _fill(made, {**cells, "plate": made.plate}, car)
    if car is None and "category" not in cells:
        made.wrong.setdefault("category", str(_l("Choose one.")))
    _check(made, known)
    if not made.wrong:
        made.changes = _changes(made, car, known)
        made.verdict = Verdict.NEW if car is None else Verdict.CHANGED if made.changes else Verdict.UNCHANGED
    return made


def _read(line: Line, known: Known, made: Judged) -> dict[str, str]:
    """The cells that say something, as the forms take them."""
    cells = {}
    for fact in FACTS:
        if not line[fact.key]:
            continue
        try:
            cells[fact.key] = typed(fact, line[fact.key], known.units)
        except Rejected as refusal:
            made.wrong[fact.key] = str(refusal.message)
    return cells


def _fill(made: Judged, cells: Mapping[str, str], car: Car | None) -> None:
    """Put the row through the forms: what it says, before that what is there, before that what is usual."""
    stands = car.typed if car else {}
    made.car = _through(CarForm, {**{fact.key: stands.get(fact.key, "") for fact in OF_CAR}, **cells}, made)
    says = {fact.key: cells[fact.key] for fact in OF_FILE if fact.key in cells}
    if says or any(fact.key in made.wrong for fact in OF_FILE):
        usual = {fact.key: fact.usual for fact in OF_FILE}
        made.file = _through(CarFileForm, {**usual, **stands, **says}, made)


def _through(kind: type[Any], cells: Mapping[str, str], made: Judged) -> dict[str, Any]:
    form = kind(formdata=MultiDict({key: text for key, text in cells.items() if text}), meta={"csrf": False})
    form.validate()
    for name, errors in form.errors.items():
        made.wrong.setdefault(name or "", str(errors[0]))
    values: dict[str, Any] = form.typed()
    return values


def _check(made: Judged, known: Known) -> None:
    """What the services would refuse besides."""
    today, known_days = clock.today(), {**made.car, **made.file}
    for day in ("registered_on", "bought_on", "first_registered_on"):
        if day not in made.wrong:
            _note(made, day, partial(rules.check_happened, known_days.get(day), today, day))
    if not made.file:
        return
    file = made.file
    checks: tuple[tuple[str, Callable[[], None]], ...] = (
        ("vin", lambda: file_rules.check_vin(file_rules.plain_vin(file["vin"]))),
        ("vin", lambda: known.check_vin_is_free(file_rules.plain_vin(file["vin"]), made.plate)),
        ("first_registered_on", lambda: file_rules.check_days(file["bought_on"], file["first_registered_on"])),
        ("ceiling_case", lambda: file_rules.check_case(made.car["category"], file["ceiling_case"], file["special"])),
    )
    for key, check in checks:
        if key not in made.wrong:
            _note(made, key, check)


def _note(made: Judged, key: str, check: Callable[[], None]) -> None:
    try:
        check()
    except Rejected as refusal:
        made.wrong[key] = str(refusal.message)


def _changes(made: Judged, car: Car | None, known: Known) -> dict[str, tuple[str, str]]:
    """Column → what it was and what it becomes, in words; of a new car nothing was."""
    becomes = {**made.car, **made.file}
    stands = car.facts if car else {}
    return {
        fact.key: (known.word(fact, stands.get(fact.key)), known.word(fact, becomes[fact.key]))
        for fact in FACTS
        if fact.key in becomes and plain(becomes[fact.key]) != plain(stands.get(fact.key))
    }


def plain(value: Any) -> Any:
    """As compared: nothing is nothing, however it is written; numbers by their value."""
    if value is None or value is False or value == "":
        return None
    if isinstance(value, str):
        return value.strip()
    return Decimal(value) if isinstance(value, int | Decimal) and value is not True else value


def in_order_of_need(rows: Sequence[Judged]) -> list[Judged]:
    """What a person has to look at first."""
    order = list(Verdict)
    return sorted(rows, key=lambda each: (order.index(each.verdict), each.line.number))


def note_plate(line: Line, known: Known) -> None:
    """A row weighed before: its plate is taken."""
    with suppress(Rejected):
        known.first_line(rules.plain_plate(line["plate"]), line.number)


def refuse(judged: Judged, refusal: Rejected) -> None:
    """A verb refused the row: it goes back."""
    judged.verdict, judged.wrong = Verdict.WRONG, {refusal.field or "": str(refusal.message)}


def place_of(key: str, sheet: Sheet) -> int | None:
    """Where the column's cell is in its row, from 0; None when the sheet has no such column."""
    found = [column for column in columns() if column.key == key]
    return place(sheet.head, found[0]) if found else None


def said(key: str, words: str) -> str:
    return f"{BY_KEY[key].label}：{words}" if key in BY_KEY else words


def faults_of(rows: Iterable[Judged], sheet: Sheet) -> dict[int, list[Fault]]:
    """Line → what is wrong in it, as it is handed back."""
    return {
        each.line.number: [Fault(said(key, words), place_of(key, sheet)) for key, words in each.wrong.items()]
        for each in rows if each.wrong
    }  # fmt: skip
