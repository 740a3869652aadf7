"""What the repair work comes to. Every rate stands on the day the ticket was reported; a void ticket counts nowhere."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ..core.db import db
from ..indicators.metric import ALL, Kind, Metric, Watch, counting
from ..places.models import Campus
from .models import StepKind, Ticket, TicketStep
from .permissions import Permission

SATISFIED = 4
Step = type[TicketStep]


def _counting(day: Any = Ticket.day, part: Any = 1) -> Select[Any]:
    label = Ticket.place + " " + func.substr(Ticket.description, 1, 40)
    campus = func.coalesce(Ticket.campus_id, ALL)
    return counting(record_id=Ticket.id, day=day, part=part, scope=campus, label=label).select_from(Ticket)


def _of(step: Step, kind: StepKind) -> ColumnElement[bool]:
    return and_(step.ticket_id == Ticket.id, step.kind == kind)


def _in_first_round(step: Step, kind: StepKind) -> ColumnElement[bool]:
    return and_(_of(step, kind), step.round == 1)


def _standing(rows: Select[Any]) -> Select[Any]:
    """Without the void ones."""
    void = aliased(TicketStep)
    return rows.outerjoin(void, _of(void, StepKind.VOIDED)).where(void.ticket_id.is_(None))


def _in_time(kind: StepKind, due: Any) -> Select[Any]:
    """Every ticket that stands is below the line, the step's being in time above it; not done yet is not in time."""
    step = aliased(TicketStep)
    part = case((step.at <= due, 1), else_=0)
    return _standing(_counting(part=part).outerjoin(step, _in_first_round(step, kind)))


def reported() -> Select[Any]:
    return _standing(_counting())


def finished() -> Select[Any]:
    """The first finish of a ticket; doing it again after a return is not a second repair."""
    step = aliased(TicketStep)
    return _counting(day=step.day).join(step, _in_first_round(step, StepKind.FINISHED))


def response() -> Select[Any]:
    return _in_time(StepKind.ACCEPTED, Ticket.accept_by)


def urgent_on_site() -> Select[Any]:
    return _in_time(StepKind.ATTENDED, Ticket.attend_by).where(Ticket.attend_by.is_not(None))


def on_time() -> Select[Any]:
    return _in_time(StepKind.FINISHED, Ticket.finish_by)


def first_fix() -> Select[Any]:
    """Confirmed in the first round, and not returned before the confirmation's time was over."""
    confirmed, back = aliased(TicketStep), aliased(TicketStep)
    held = and_(confirmed.ticket_id.is_not(None), or_(back.ticket_id.is_(None), back.at > confirmed.until))
    rows = _counting(part=case((held, 1), else_=0))
    rows = rows.outerjoin(confirmed, _in_first_round(confirmed, StepKind.CONFIRMED))
    rows = rows.outerjoin(back, _in_first_round(back, StepKind.RETURNED))
    ever = select(TicketStep.ticket_id).where(TicketStep.kind == StepKind.CONFIRMED)
    return rows.where(Ticket.id.in_(ever))


def satisfaction() -> Select[Any]:
    rating = aliased(TicketStep)
    return _counting(part=case((rating.stars >= SATISFIED, 1), else_=0)).join(rating, _of(rating, StepKind.RATED))


def rated_share() -> Select[Any]:
    confirmed, rating = aliased(TicketStep), aliased(TicketStep)
    rows = _counting(part=case((rating.ticket_id.is_not(None), 1), else_=0))
    rows = rows.join(confirmed, _of(confirmed, StepKind.CONFIRMED))
    return rows.outerjoin(rating, and_(_of(rating, StepKind.RATED), rating.round == confirmed.round))


def campuses() -> dict[int, str]:
    rows = db.session.execute(select(Campus.id, Campus.name).order_by(Campus.id))
    return {row.id: row.name for row in rows}


def _watches(*kinds: StepKind) -> tuple[Watch, ...]:
    """The ticket itself, and the steps of these kinds: each touches the day its ticket was reported."""

    def days(step: TicketStep) -> Iterable[date]:
        return [step.ticket.day] if step.kind in kinds else []

    return Watch(Ticket, ("day",)), Watch(TicketStep, days=days)


def _finish_day(step: TicketStep) -> Iterable[date]:
    return [step.day] if step.kind == StepKind.FINISHED else []


def _metric(
    name: str, label: object, definition: object, rows: Callable[[], Select[Any]], watches: tuple[Watch, ...],
    kind: Kind = Kind.RATIO,
) -> Metric:  # fmt: skip
    unit = "%" if kind is Kind.RATIO else _l("tickets")
    return Metric(
        name=name, label=label, definition=definition, kind=kind, unit=unit, select=rows, watches=watches,
        needs=Permission.FIGURE_READ, record="repairs.ticket", scopes=campuses,
    )  # fmt: skip


METRICS = (
    _metric(
        "repairs.reported", _l("Repairs reported"),
        _l("Tickets on the day they were reported, without the void ones. The centre's own definition."),
        reported, _watches(StepKind.VOIDED), Kind.COUNT,
    ),
    _metric(
        "repairs.finished", _l("Repairs finished"),
        _l("Tickets on the day they were first finished; work after a return is not counted again. "
           "The centre's own definition."),
        finished, (Watch(TicketStep, days=_finish_day),), Kind.COUNT,
    ),
    _metric(
        "repairs.response_rate", _l("Response rate"),
        _l("Accepted within the limit ÷ reported, on the day reported. "
           "Not yet accepted counts as not in time. The centre's own definition."),
        response, _watches(StepKind.ACCEPTED, StepKind.VOIDED),
    ),
    _metric(
        "repairs.urgent_on_site_rate", _l("Urgent repairs on site in time"),
        _l("On site within the limit ÷ urgent repairs reported, on the day reported. "
           "Not yet on site counts as not in time. The centre's own definition."),
        urgent_on_site, _watches(StepKind.ATTENDED, StepKind.VOIDED),
    ),
    _metric(
        "repairs.on_time_rate", _l("Finished-on-time rate"),
        _l("First finished within the limit ÷ reported, on the day reported. "
           "Not yet finished counts as not in time. The centre's own definition."),
        on_time, _watches(StepKind.FINISHED, StepKind.VOIDED),
    ),
    _metric(
        "repairs.first_fix_rate", _l("First-fix rate"),
        _l("Confirmed at the first attempt and not returned within 15 days ÷ confirmed, "
           "on the day reported. The centre's own definition."),
        first_fix, _watches(StepKind.CONFIRMED, StepKind.RETURNED),
    ),
    _metric(
        "repairs.satisfaction", _l("Satisfaction rate"),
        _l("Ratings of 4 or 5 ÷ all ratings, on the day reported. "
           "Who did not rate is in neither. The centre's own definition."),
        satisfaction, _watches(StepKind.RATED),
    ),
    _metric(
        "repairs.rated_share", _l("Share that was rated"),
        _l("Ratings ÷ confirmations, on the day reported. The centre's own definition."),
        rated_share, _watches(StepKind.CONFIRMED, StepKind.RATED),
    ),
)  # fmt: skip
