"""The verbs of filed violations: file, explain, ask again, decide, withdraw."""

from datetime import date

from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files, notify
from ...core.access import Actor
from ...core.db import db, hold, hold_row
from ...people.roles import Role
from ..hires.models import Hire
from ..models import TripRequest, Vehicle
from ..positions.models import Alarm
from . import notices, queries, rules
from .catalogue import entry
from .models import Filing, FilingState, FilingStep, ViolationCode
from .subjects import Subject, SubjectKind

HELD = {
    SubjectKind.ALARM: Alarm, SubjectKind.TRIP: TripRequest, SubjectKind.HIRE: Hire, SubjectKind.CAR: Vehicle,
}  # fmt: skip


def file(
    subject: Subject, violation: str, unit_id: int | None, day: date, facts: str, explain_by: date,
    proof: FileStorage | None, by: Actor,
) -> Filing:  # fmt: skip
    """Put an alarm, trip, hire or car under one of the nine, and tell those who must explain."""
    hold(HELD[subject.kind], subject.key)
    today, listed = clock.today(), entry(violation, day) is not None
    rules.check_new(day, explain_by, today, listed, queries.same(subject.kind, subject.key, violation))
    filing = Filing(violation=ViolationCode(violation), subject=subject.called, unit_id=unit_id, day=day)
    setattr(filing, subject.kind.column, subject.key)
    filing.facts, filing.explain_by = facts.strip(), explain_by
    filing.attachment = files.keep(proof, "proof", by) if proof and proof.filename else None
    filing.filed_at, filing.filed_by = clock.now(), by.name
    db.session.add(filing)
    audit.record("vehicles.filing.filed", filing, by)
    _tell_explainers(filing, notices.filed)
    return filing


def explain(filing: Filing, words: str, by: Actor, seen: str = "") -> FilingStep:
    """The unit or the vehicle section says how it came about."""
    _held(filing, seen)
    rules.check_explains(filing.state, queries.is_theirs(filing, by))
    row = _step(filing, FilingState.EXPLAINED, words, by)
    notify.send_to_role(Role.DISCIPLINE, notices.said(notices.explained, filing), _page(filing), _key(filing))
    return row


def ask_again(filing: Filing, words: str, explain_by: date, by: Actor, seen: str = "") -> FilingStep:
    """The explanation leaves a question open."""
    _held(filing, seen)
    rules.check_question(filing.state, explain_by, clock.today())
    filing.explain_by = explain_by
    row = _step(filing, FilingState.ASKED_AGAIN, words, by)
    _tell_explainers(filing, notices.asked_again)
    return row


def decide(filing: Filing, outcome: str, words: str, measure: str, by: Actor, seen: str = "") -> FilingStep:
    """Established or not, with the reason; what is established says what follows."""
    _held(filing, seen)
    verdict, measure = FilingState(outcome), measure or ""
    rules.check_overdue(filing.state, verdict, measure, filing.explain_by, clock.today())
    row = _step(filing, verdict, words, by, measure)
    _tell_explainers(filing, notices.decided)
    return row


def withdraw(filing: Filing, words: str, by: Actor, seen: str = "") -> FilingStep:
    """Filed by mistake, or answered elsewhere: it stays to be read."""
    _held(filing, seen)
    rules.check_open(filing.state)
    row = _step(filing, FilingState.WITHDRAWN, words, by)
    _tell_explainers(filing, notices.withdrawn)
    return row


def _held(filing: Filing, seen: str) -> None:
    hold_row(filing)
    db.session.expire(filing)
    rules.check_seen(filing.mark, seen)


def _step(filing: Filing, kind: FilingState, words: str, by: Actor, measure: str = "") -> FilingStep:
    row = FilingStep(number=len(filing.steps) + 1, kind=kind, words=words.strip(), measure=measure.strip())
    row.at, row.by, row.by_id = clock.now(), by.name, by.user_id
    filing.steps.append(row)
    audit.record(f"vehicles.filing.{kind}", filing, by)
    return row


def _tell_explainers(filing: Filing, words: notices.Words) -> None:
    told, link, key = notices.said(words, filing), _page(filing), _key(filing)
    if filing.unit_id is not None:
        notify.send(queries.speakers(filing.unit_id), told, link, key)
        return
    for role in (Role.DISPATCHER, Role.FLEET_HEAD):
        notify.send_to_role(role, told, link, key)


def _page(filing: Filing) -> str:
    return f"/vehicles/filed-violations/{filing.id}"


def _key(filing: Filing) -> str:
    return f"vehicles.filing:{filing.id}:{len(filing.steps)}"
