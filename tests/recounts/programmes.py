"""The programmes' figures, counted by hand."""

from collections.abc import Callable

from ops.programmes.models import Payee, Payment, PaymentReversal
from ops.programmes.sections.models import Milestone, MilestoneCompletion, MilestoneWaiver
from ops.programmes.surveys.models import Survey, SurveyEntry, SurveyReversal
from tests.recounts.counted import Counted, rows


def paid() -> list[Counted]:
    return [_counted(row) for row in _standing()]


def paid_carried_over() -> list[Counted]:
    return [_counted(row) for row in _standing() if row.source == "carried_over"]


def paid_other() -> list[Counted]:
    return [_counted(row) for row in _standing() if row.source == "other"]


def last_payment() -> list[Counted]:
    return [Counted(row.paid_on, scope=row.programme_id) for row in _standing()]


def persons_paid() -> list[Counted]:
    persons = {row.id for row in rows(Payee) if row.kind == "person"}
    paid = [row for row in _standing() if row.payee_id in persons]
    return [Counted(row.paid_on, scope=row.programme_id, member=row.payee_id) for row in paid]


def survey_satisfied() -> list[Counted]:
    """From the grades themselves: those that the survey calls satisfied, of all that were valid."""
    return _answers(lambda row: row.survey_id)


def question_satisfied() -> list[Counted]:
    return _answers(lambda row: row.question_id)


def _answers(scope: Callable[[SurveyEntry], int]) -> list[Counted]:
    gone = {row.entry_id for row in rows(SurveyReversal)}
    floors = {row.id: row.satisfied_from for row in rows(Survey)}
    counted = []
    for row in rows(SurveyEntry):
        grades = {grade: getattr(row, f"grade{grade}") for grade in range(1, 6)}
        satisfied = sum(number for grade, number in grades.items() if grade >= floors[row.survey_id])
        if row.id not in gone and sum(grades.values()):
            counted.append(Counted(row.answered_on, satisfied, sum(grades.values()), scope(row)))
    return counted


def _counted(row: Payment) -> Counted:
    return Counted(row.paid_on, row.amount, scope=row.programme_id)


def _standing() -> list[Payment]:
    gone = {row.payment_id for row in rows(PaymentReversal)}
    return [row for row in rows(Payment) if row.id not in gone]


def tasks_on_time() -> list[Counted]:
    waived = {row.milestone_id for row in rows(MilestoneWaiver)}
    done = {row.milestone_id: row.done_on for row in rows(MilestoneCompletion)}
    kept = [row for row in rows(Milestone) if row.id not in waived]
    return [
        Counted(row.due_on, int(row.id in done and done[row.id] <= row.due_on), scope=row.section_id) for row in kept
    ]
