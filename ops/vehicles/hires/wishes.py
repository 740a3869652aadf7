"""What a unit asks for, and what it is asked before its hire is taken: the time, the way, the same twice, the money."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core import clock
from ...core.errors import Rejected
from ...core.timeslot import Slot
from .. import rules as trip_rules
from ..approvals import rules as approval_rules
from ..outside import queries as outside
from ..outside import rules as outside_rules
from ..settings.models import SettingName
from ..settings.queries import in_force
from . import money_queries, pricing_rules, queries, rule_queries, rules
from .models import HireReason, MoneyFrom


@dataclass(frozen=True)
class Oral:
    """By mouth: who said yes and when; nothing said is two blanks."""

    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What a unit asks for. `wanted`: how many of each class; `estimate` 元; `planned_km` there and back.

    `afterwards`: why it is recorded only after the day; `again`: one more is meant, though the same is asked for;
    `in_district`: a place within is meant, though it is called like one outside.
    """

    unit_id: int
    activity: str
    reason_class: str
    starts_at: datetime
    ends_at: datetime
    people: int
    wanted: Mapping[str, int]
    own_cars_why: str
    estimate: Decimal
    money_from: str = MoneyFrom.UNIT
    class_reason: str = ""
    contact: str = ""
    phone: str = ""
    route: str = ""
    out_of_district: bool = False
    planned_km: int | None = None
    request_id: int | None = None
    afterwards: str = ""
    again: bool = False
    in_district: bool = False

    @property
    def day(self) -> date:
        return self.starts_at.date()


def checked(asked: Asked, has_paper: bool, oral: Oral) -> tuple[Asked, Slot]:
    """The wish with what is known of its way, once nothing is left to ask. The unit is held."""
    slot = rules.check_slot(asked.starts_at, asked.ends_at)
    _check_time(asked, slot)
    approval_rules.check_oral(oral.by, oral.at, clock.now())
    known = replace(asked, planned_km=_way(asked))
    _check_reason(asked, has_paper, oral)
    _check_class(asked, slot)
    _check_money(asked, oral)
    if not asked.again:
        rules.check_first(queries.alike(asked.unit_id, slot, asked.activity, asked.route))
    return known, slot


def _check_time(asked: Asked, slot: Slot) -> None:
    trip_rules.check_ahead(slot, clock.now(), asked.afterwards)
    trip_rules.check_not_too_far(slot, clock.now(), in_force(clock.today())[SettingName.ASK_DAYS_AHEAD])


def _way(asked: Asked) -> int | None:
    """There and back; what is asked in place of a request was said there."""
    place = outside_rules.named_in(asked.route, outside.places(asked.day))
    if asked.request_id is None:
        outside_rules.check_said(place, asked.out_of_district, asked.in_district)
    if not asked.out_of_district or asked.planned_km:
        return asked.planned_km
    if place and place.km:
        return 2 * place.km
    raise Rejected(_l("It goes out of the district: enter the planned kilometres, there and back."), "planned_km")


def _check_reason(asked: Asked, has_paper: bool, oral: Oral) -> None:
    kind = rule_queries.reason(asked.reason_class, asked.day)
    if kind is None:
        raise Rejected(_l("On that day one does not hire for this kind of activity."), "reason_class")
    rules.check_paper(kind.needs_paper, has_paper, oral.at is not None)


def _check_money(asked: Asked, oral: Oral) -> None:
    payer, of = None if asked.money_from == MoneyFrom.CENTRE else asked.unit_id, asked.day.year
    is_emergency = oral.at is not None or asked.reason_class == HireReason.EMERGENCY
    money_queries.hold_payer(payer, of)
    pricing_rules.check_budget(money_queries.budget(payer, of), asked.estimate, is_emergency, "estimate")


def _check_class(asked: Asked, slot: Slot) -> None:
    days, known = pricing_rules.days_of(slot.start, slot.end), rule_queries.classes(asked.day)
    verdict = pricing_rules.class_verdict(known, asked.wanted, asked.people, days, asked.estimate)
    pricing_rules.check_class(verdict, asked.wanted, asked.people, asked.class_reason)
