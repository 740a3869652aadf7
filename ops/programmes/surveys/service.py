"""The verbs of surveys: open one, answer it, enter counted paper answers, void an entry."""

import secrets
from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from .models import Survey, SurveyEntry, SurveyQuestion, SurveyReversal

ONLINE, PAPER = "online", "paper"


def open_survey(
    title: str,
    question: str,
    audience: str,
    satisfied_from: str,
    opens_on: date,
    closes_on: date,
    by: Actor,
    more: str = "",
) -> Survey:
    """A survey of the year in which it opens, with a secret link of its own; `more` are further questions by lines."""
    if closes_on < opens_on:
        raise Rejected(_l("The last day lies before the first."), "closes_on")
    if closes_on.year != opens_on.year:
        raise Rejected(_l("A survey lies within one year."), "closes_on")
    row = Survey(year=opens_on.year, title=title.strip(), question=question.strip(), audience=audience.strip())
    row.satisfied_from, row.opens_on, row.closes_on = int(satisfied_from), opens_on, closes_on
    row.token, row.at, row.by = secrets.token_urlsafe(16), clock.now(), by.name
    asked = [row.question, *filter(None, (line.strip() for line in (more or "").splitlines()))]
    if len(asked) > MOST_QUESTIONS:
        raise Rejected(_l("A survey asks at most %(most)s questions.", most=MOST_QUESTIONS), "more")
    row.questions = [SurveyQuestion(number=number, text=text) for number, text in enumerate(asked, 1)]
    db.session.add(row)
    audit.record("programmes.survey.opened", row, by)
    return row


MOST_QUESTIONS = 20


def answer(survey: Survey, grades: Sequence[str], note: str, by: Actor) -> list[SurveyEntry]:
    """One answer over the secret link, a grade for each question; nobody's name is kept."""
    hold(Survey, survey.id)
    today = clock.today()
    check_open(survey, today)
    made = []
    for question, grade in zip(survey.questions, grades, strict=True):
        counts = {number: int(str(number) == grade) for number in GRADES}
        words = note if question.number == 1 else ""
        made.append(_enter(survey, question, today, counts, 0, ONLINE, words, None, by))
    return made


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
    question: str = "1",
) -> SurveyEntry:
    """Paper answers to one question as they were counted, with the scan or the tally as proof."""
    hold(Survey, survey.id)
    asked = next((each for each in survey.questions if str(each.number) == question), None)
    if asked is None:
        raise Rejected(_l("Choose one of the list."), "question")
    check_open(survey, answered_on)
    if answered_on > clock.today():
        raise Rejected(_l("Answers are entered once they are given."), "answered_on")
    counts = {number: int(n) for number, n in zip(GRADES, (grade5, grade4, grade3, grade2, grade1), strict=True)}
    if sum(counts.values()) + invalid == 0:
        raise Rejected(_l("Enter how many answers there are."), "grade5")
    kept = files.keep(proof, "proof", by) if proof and proof.filename else None
    db.session.flush()
    return _enter(survey, asked, answered_on, counts, int(invalid), PAPER, note, kept.id if kept else None, by)


def void(entry: SurveyEntry, because: str, by: Actor) -> SurveyReversal:
    """The entry no longer counts (作废); it stays on record."""
    hold(SurveyEntry, entry.id)
    if entry.reversal:
        raise Rejected(_l("This entry was voided already."))
    row = SurveyReversal(entry_id=entry.id, day=entry.answered_on, because=because.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.survey.entry_voided", entry, by)
    return row


def check_open(survey: Survey, day: date) -> None:
    if not survey.opens_on <= day <= survey.closes_on:
        first, last = str(survey.opens_on), str(survey.closes_on)
        raise Rejected(_l("The survey is open from %(first)s to %(last)s.", first=first, last=last), "answered_on")


def _enter(
    survey: Survey,
    question: SurveyQuestion,
    day: date,
    counts: dict[int, int],
    invalid: int,
    origin: str,
    note: str,
    attachment_id: int | None,
    by: Actor,
) -> SurveyEntry:
    said = {"origin": origin, "note": (note or "").strip()}
    row = SurveyEntry(survey_id=survey.id, question_id=question.id, answered_on=day, invalid=invalid, **said)
    for number, count in counts.items():
        setattr(row, f"grade{number}", count)
    row.valid = sum(counts.values())
    row.satisfied = sum(count for number, count in counts.items() if number >= survey.satisfied_from)
    row.attachment_id, row.at, row.by = attachment_id, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.survey.answered", row, by)
    return row


GRADES = (5, 4, 3, 2, 1)
