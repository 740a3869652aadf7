"""What counts itself and what does not: for every indicator of a year, its state and how to mend it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core.db import db
from ...core.once import once, remembered
from .. import queries
from ..actuals import Found, find
from ..binding import Bound, resolve
from ..models import Binds, Indicator, Programme
from ..targets.stored import target_of
from ..together import ask_together
from .models import QualityNote


class State(StrEnum):
    """How an indicator comes to its figure."""

    ITSELF = "itself"
    FORMULA = "formula"
    SURVEY = "survey"
    HAND = "hand"
    EMPTY = "empty"
    MISSING = "missing"
    BROKEN = "broken"


STATES: dict[State, tuple[str, object]] = {
    State.ITSELF: ("done", _l("counts itself")),
    State.FORMULA: ("done", _l("calculated from figures")),
    State.SURVEY: ("done", _l("from a survey")),
    State.HAND: ("closed", _l("entered by hand with a proof")),
    State.EMPTY: ("waiting", _l("bound, nothing recorded yet")),
    State.MISSING: ("waiting", _l("nothing bound, nothing entered")),
    State.BROKEN: ("late", _l("the source is not there")),
}
COUNTS = (State.ITSELF, State.FORMULA, State.SURVEY)
SURVEY = "programmes.survey_satisfied"


@dataclass(frozen=True)
class Covered:
    """One indicator: where its figure comes from, what that came to, and whether its quality is described."""

    indicator: Indicator
    bound: Bound
    found: Found
    state: State
    note: QualityNote | None


@dataclass(frozen=True)
class Coverage:
    programme: Programme
    rows: tuple[Covered, ...]

    @property
    def counted(self) -> int:
        return sum(row.state in COUNTS for row in self.rows)


def coverage(year: int) -> list[Coverage]:
    """Every table of the year: the projects in their order, then the department's own."""
    with once() as answers:
        tables = queries.tables(year)
        ask_together(tables)
        notes = newest_notes([each.id for each in tables])
        answers |= {("notes", programme): found for programme, found in notes.items()}
        return [of_programme(each) for each in tables]


def of_programme(programme: Programme) -> Coverage:
    bindings = queries.bindings(programme)
    notes = remembered(("notes", programme.id), lambda: newest_notes([programme.id])[programme.id])
    rows = []
    for indicator in programme.indicators:
        bound = resolve(bindings.get(indicator.id), programme)
        found = find(indicator, target_of(indicator), bound, None)
        rows.append(Covered(indicator, bound, found, _state(bound, found), notes.get(indicator.id)))
    return Coverage(programme, tuple(rows))


def totals(found: Sequence[Coverage]) -> list[tuple[State, int]]:
    """How many indicators are in each state, in the order of the states."""
    counts = Counter(row.state for each in found for row in each.rows)
    return [(state, counts[state]) for state in State if counts[state]]


def _state(bound: Bound, found: Found) -> State:
    if bound.absent:
        return State.BROKEN
    there = found.value is not None or bool(found.text)
    if bound.binds is Binds.MANUAL:
        return State.HAND if there else State.MISSING
    if not there:
        return State.EMPTY
    if bound.formula:
        return State.FORMULA
    return State.SURVEY if bound.metric and bound.metric.name == SURVEY else State.ITSELF


def newest_notes(ids: Sequence[int]) -> dict[int, dict[int, QualityNote]]:
    """By table the newest note on each of its indicators."""
    rows = select(Indicator.programme_id, QualityNote).join(Indicator, Indicator.id == QualityNote.indicator_id)
    found: dict[int, dict[int, QualityNote]] = {each: {} for each in ids}
    for programme, note in db.session.execute(rows.where(Indicator.programme_id.in_(ids)).order_by(QualityNote.id)):
        found[programme][note.indicator_id] = note
    return found


def notes_of(indicator: Indicator) -> Sequence[QualityNote]:
    """Every note on the indicator, newest first."""
    rows = select(QualityNote).where(QualityNote.indicator_id == indicator.id)
    return db.session.scalars(rows.order_by(QualityNote.id.desc())).all()
