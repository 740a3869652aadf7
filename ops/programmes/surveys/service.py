"""The verbs of surveys: open one, answer it, enter counted paper answers, void an entry."""

import secrets
from datetime import date

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from .models import Survey, SurveyEntry, SurveyReversal

ONLINE, PAPER = "online", "paper"


def open_survey(
    title: str, question: str, audience: str, satisfied_from: str, opens_on: date, closes_on: date, by: Actor
) -> Survey:
    """A survey of the year in which it opens, with a secret link of its own."""
    if closes_on < opens_on:
        raise Rejected(_l("The last day lies before the first."), "closes_on")
    if closes_on.year != opens_on.year:
        raise Rejected(_l("A survey lies within one year."), "closes_on")
    row = Survey(year=opens_on.year, title=title.strip(), question=question.strip(), audience=audience.strip())
    row.satisfied_from, row.opens_on, row.closes_on = int(satisfied_from), opens_on, closes_on
    row.token, row.at, row.by = secrets.token_urlsafe(16), clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.survey.opened", row, by)
    return row


def answer(survey: Survey, grade: str, note: str, by: Actor) -> SurveyEntry:
    """One answer over the secret link; nobody's name is kept."""
    hold(Survey, survey.id)
    today = clock.today()
    _check_open(survey, today)
    counts = {number: int(str(number) == grade) for number in GRADES}
    return _enter(survey, today, counts, 0, ONLINE, note, None, by)


def enter(
    survey: Survey,
    answered_on: date,
    grade5: int,
    grade4: int,
    grade3: int,
    grade2: int,
    grade1: int,
    invalid: int,
    note: str,
    proof: FileStorage | None,
    by: Actor,
) -> SurveyEntry:
    """Paper answers as they were counted, with the scan or the tally as proof."""
    hold(Survey, survey.id)
    _check_open(survey, answered_on)
    if answered_on > clock.today():
        raise Rejected(_l("Answers are entered once they are given."), "answered_on")
    counts = {number: int(n) for number, n in zip(GRADES, (grade5, grade4, grade3, grade2, grade1), strict=True)}
    if sum(counts.values()) + invalid == 0:
        raise Rejected(_l("Enter how many answers there are."), "grade5")
    kept = files.keep(proof, "proof", by) if proof and proof.filename else None
    db.session.flush()
    return _enter(survey, answered_on, counts, int(invalid), PAPER, note, kept.id if kept else None, by)


def void(entry: SurveyEntry, because: str, by: Actor) -> SurveyReversal:
    """The entry no longer counts (作废); it stays on record."""
    hold(SurveyEntry, entry.id)
    if entry.reversal:
        raise Rejected(_l("This entry was voided already."))
    row = SurveyReversal(entry_id=entry.id, day=entry.answered_on, because=because.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.survey.entry_voided", entry, by)
    return row


def _check_open(survey: Survey, day: date) -> None:
    if not survey.opens_on <= day <= survey.closes_on:
        first, last = str(survey.opens_on), str(survey.closes_on)
        raise Rejected(_l("The survey is open from %(first)s to %(last)s.", first=first, last=last), "answered_on")


def _enter(
    survey: Survey,
    day: date,
    counts: dict[int, int],
    invalid: int,
    origin: str,
    note: str,
    attachment_id: int | None,
    by: Actor,
) -> SurveyEntry:
    row = SurveyEntry(survey_id=survey.id, answered_on=day, invalid=invalid, origin=origin, note=note.strip())
    for number, count in counts.items():
        setattr(row, f"grade{number}", count)
    row.valid = sum(counts.values())
    row.satisfied = sum(count for number, count in counts.items() if number >= survey.satisfied_from)
    row.attachment_id, row.at, row.by = attachment_id, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.survey.answered", row, by)
    return row


GRADES = (5, 4, 3, 2, 1)
