"""The night's verbs: note what lapsed, remind of what comes and of what is late."""

from datetime import date

from flask_babel import lazy_gettext as _l

from ...core import audit, clock, notify
from ...core.access import system
from ...core.db import db, hold
from ...people.roles import Role
from . import queries, rules
from .lapsing import end_of
from .models import OBLIGATION_LABELS, Obligation, ObligationKind, ObligationLapse


def note_lapses(day: date) -> int:
    """What was still open when its day ended, or when the car had been driven too far, is noted as lapsed, and counts
    as not met in time.
    """
    found, now = _hold_unnoted(day), clock.now()
    db.session.add_all(
        ObligationLapse(obligation_id=each.id, day=_lapsed_on(each, day), noted_at=now) for each in found
    )
    if found:
        audit.record("vehicles.obligation.lapsed", "obligation", system(), count=len(found))
    return len(found)


def _hold_unnoted(day: date) -> list[Obligation]:
    """Read again once they are held: another run of the night may have noted them meanwhile."""
    held = {each.id for each in hold(Obligation, *(each.id for each in queries.lapsed_unnoted(day)))}
    return [each for each in queries.lapsed_unnoted(day) if each.id in held] if held else []


def _lapsed_on(each: Obligation, day: date) -> date:
    return each.due_on if each.due_on <= day else queries.first_beyond(each, end_of(day)) or day


def remind(day: date) -> int:
    """Tell the vehicle section, and the driver himself, 90, 30 and 7 days before, so many kilometres before, and when
    it is late; once each.
    """
    told, owed = 0, queries.to_remind(day)
    near = queries.near_by_km(owed, day)
    for each in owed:
        for step, words in _told(each, day, each.id in near):
            key, link = f"vehicles.obligation.{each.id}.{step}", f"/vehicles/obligations/{each.id}"
            told += sum(notify.send_to_role(role, words, link, key) for role in (Role.DISPATCHER, Role.FLEET_HEAD))
            if each.driver and each.driver.user_id:
                told += notify.send([each.driver.user_id], words, "/vehicles/obligations/mine", key)
    return told


def _told(each: Obligation, day: date, near: bool) -> list[tuple[str, object]]:
    """(what names the reminder, its words): late, or the step by days and the one by kilometres."""
    facts = {"subject": each.subject, "what": OBLIGATION_LABELS[ObligationKind(each.kind)], "day": str(each.due_on)}
    km = {**facts, "km": f"{each.shown_km or 0:,}"}
    if each.due_on < day:
        return [("late", _l("%(subject)s: %(what)s was due on %(day)s and is not done", **facts))]
    if each.is_beyond:
        return [("late", _l("%(subject)s: %(what)s was due at %(km)s km and is not done", **km))]
    said: list[tuple[str, object]] = []
    if (step := rules.reminder(each.due_on, day)) is not None:
        said.append((str(step), _l("%(subject)s: %(what)s is due on %(day)s", **facts)))
    if near:
        said.append(("km", _l("%(subject)s: %(what)s is due at %(km)s km", **km)))
    return said
