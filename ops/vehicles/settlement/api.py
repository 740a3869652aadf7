"""The JSON door of settlement: what a unit says of its trips, and the monthly statements."""

from datetime import date
from decimal import Decimal
from typing import Any

from ...core.access import current_actor, requires
from ...core.api import Deed, act, door, paged
from ...core.db import db
from ...core.json_values import Key, Moment, PageQuery, Shown, Text, text, whole
from .. import queries as trips
from ..api import RequestShown, Step, shown
from . import queries, service
from .models import Statement
from .permissions import Permission

settlement = door("vehicles", "settlement")


class KilometresSaid(Step):
    """The unit agrees to the kilometres of its trip, or objects and says why."""

    agreed: bool
    words: text(500, least=0) = ""  # type: ignore[valid-type]


class KilometresAnswered(Step):
    words: text(500)  # type: ignore[valid-type]


class TripRated(Step):
    stars: whole(1, 5)  # type: ignore[valid-type]
    words: text(500, least=0) = ""  # type: ignore[valid-type]


class LineShown(Shown):
    """结算明细; a correction has no request, `answers` is the objection it answers."""

    id: int
    request_id: int | None
    day: date
    plate: str
    destination: str
    kilometres: int
    minutes: int
    share: str
    amount: Decimal
    words: str
    answers: int | None


class VerdictShown(Shown):
    number: int
    agreed: bool
    words: str
    at: Moment
    by: str


class StatementShown(Shown):
    """结算单; `mark` is to be handed back as `seen`."""

    id: int
    no: str
    unit_id: int
    first: date
    last: date
    total: Decimal
    state: str
    mark: str
    lines: list[LineShown]
    verdicts: list[VerdictShown]


class StatementsShown(Shown):
    total: int
    page: int
    rows: list[StatementShown]


class StatementIssued(Deed):
    """`month`: like 2023-05."""

    unit_id: Key
    month: Text


class StatementAnswered(Step):
    agreed: bool
    words: text(500, least=0) = ""  # type: ignore[valid-type]


def shown_statement(statement: Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in StatementShown.model_fields}


@settlement.post("/requests/<int:id>/kilometres")
@requires(Permission.TRIP_CONFIRM)
@settlement.input(KilometresSaid)
@settlement.output(RequestShown, status_code=201)
def check_kilometres(id: int, json_data: KilometresSaid) -> dict[str, Any]:
    """Agree to the kilometres of the unit's trip, or object."""
    request = trips.visible_request(id, current_actor())
    act(service.check_kilometres, json_data, request=request)
    return shown(request)


@settlement.post("/requests/<int:id>/kilometres/answer")
@requires(Permission.STATEMENT_ISSUE)
@settlement.input(KilometresAnswered)
@settlement.output(RequestShown, status_code=201)
def answer_kilometres(id: int, json_data: KilometresAnswered) -> dict[str, Any]:
    """Say what was found on the unit's objection to the kilometres; the unit looks again."""
    request = trips.visible_request(id, current_actor())
    act(service.answer_kilometres, json_data, request=request)
    return shown(request)


@settlement.post("/requests/<int:id>/rating")
@requires(Permission.TRIP_CONFIRM)
@settlement.input(TripRated)
@settlement.output(RequestShown, status_code=201)
def rate(id: int, json_data: TripRated) -> dict[str, Any]:
    """One to five stars, once."""
    request = trips.visible_request(id, current_actor())
    act(service.rate, json_data, request=request)
    return shown(request)


@settlement.get("/statements")
@requires(Permission.STATEMENT_READ)
@settlement.input(PageQuery, location="query")
@settlement.output(StatementsShown)
def statements(query_data: PageQuery) -> dict[str, Any]:
    """Statements that one may see, newest first."""
    found = paged(queries.statements(current_actor()).order_by(Statement.id.desc()), query_data)
    return found | {"rows": [shown_statement(each) for each in found["rows"]]}


@settlement.post("/statements")
@requires(Permission.STATEMENT_ISSUE)
@settlement.input(StatementIssued)
@settlement.output(StatementShown, status_code=201)
def issue(json_data: StatementIssued) -> dict[str, Any]:
    """Freeze what a unit's trips of a month cost."""
    return shown_statement(act(service.issue_month, json_data))


@settlement.get("/statements/<int:id>")
@requires(Permission.STATEMENT_READ)
@settlement.output(StatementShown)
def statement(id: int) -> dict[str, Any]:
    """One statement with its lines and what the unit said."""
    return shown_statement(queries.visible_statement(id, current_actor()))


@settlement.post("/statements/<int:id>/answer")
@requires(Permission.STATEMENT_ANSWER)
@settlement.input(StatementAnswered)
@settlement.output(StatementShown, status_code=201)
def answer(id: int, json_data: StatementAnswered) -> dict[str, Any]:
    """The unit confirms its statement, or objects; by confirming it its trips are settled."""
    found = queries.own_statement(id, current_actor())
    act(service.answer, json_data, statement=found)
    db.session.expire(found)
    return shown_statement(found)
