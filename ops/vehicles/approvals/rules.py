"""Which approvals a journey needs, and who may give them: verdicts on values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot
from .models import CONDITIONS, ApprovalRule, ApprovalStep, Approver, Condition

OWN_REQUEST = _l("You asked for this trip yourself: somebody else approves it.")


@dataclass(frozen=True)
class Journey:
    """What the rules look at. `days_off`: the days of the slot on which nobody works."""

    slot: Slot
    out_of_district: bool = False
    sealed_car: bool = False
    hired: bool = False
    days_off: frozenset[date] = frozenset()


def days_of(slot: Slot) -> list[date]:
    """The days that the slot touches; one that ends at midnight does not touch the next."""
    last = (slot.end - timedelta(microseconds=1)).date()
    return [slot.start.date() + timedelta(days=n) for n in range((last - slot.start.date()).days + 1)]


def applies(rule: ApprovalRule, journey: Journey) -> bool:
    """Does the rule's condition hold for the journey?"""
    match Condition(rule.condition):
        case Condition.DAYS_OVER:
            return len(days_of(journey.slot)) > (rule.threshold or 0)
        case Condition.OUT_OF_DISTRICT:
            return journey.out_of_district
        case Condition.HOLIDAY:
            return bool(journey.days_off)
        case Condition.NIGHT:
            return at_night(journey.slot, rule.from_hour or 0, rule.to_hour or 0)
        case Condition.SEALED_CAR:
            return journey.sealed_car
        case Condition.HIRED:
            return journey.hired


def at_night(slot: Slot, from_hour: int, to_hour: int) -> bool:
    """Does the slot meet [from_hour, to_hour) of a night? It runs over midnight when `to` is not after `from`."""
    for day in [slot.start.date() - timedelta(days=1), *days_of(slot)]:
        begins = datetime(day.year, day.month, day.day, from_hour)
        ends = datetime(day.year, day.month, day.day, to_hour)
        if to_hour <= from_hour:
            ends += timedelta(days=1)
        if slot.overlaps(Slot(begins, ends)):
            return True
    return False


def needed(table: Iterable[ApprovalRule], journey: Journey) -> list[tuple[Approver, list[ApprovalRule]]]:
    """Each approver once, in the order in which they are asked, with the rules that ask for him."""
    found = [rule for rule in table if applies(rule, journey)]
    steps = [(approver, [rule for rule in found if rule.approver == approver]) for approver in Approver]
    return [(approver, rules) for approver, rules in steps if rules]


def longer(
    table: Sequence[ApprovalRule], before: Journey, after: Journey, asked: Collection[int]
) -> list[tuple[Approver, list[ApprovalRule]]]:
    """Who is to be asked when a trip takes another time: by rules that it did not meet and was not asked about."""
    new = [rule for rule in table if rule.id not in asked and not applies(rule, before)]
    return needed(new, after)


def check_allowed(found: Iterable[ApprovalRule], oral_at: datetime | None) -> None:
    """Who was not asked beforehand has said yes by mouth."""
    why = _listed(found)
    if why and oral_at is None:
        message = _l(
            "At that time the trip also needs approval: %(why)s. Say who allowed it by mouth and when, "
            "and the approvals are completed afterwards; or let the unit ask anew.",
            why=why,
        )
        raise Rejected(message, "oral_by")


def _listed(found: Iterable[ApprovalRule]) -> str:
    return ", ".join(dict.fromkeys(_named(rule) for rule in found))


def _named(rule: ApprovalRule) -> str:
    """The rule's condition with its number."""
    word = str(CONDITIONS[Condition(rule.condition)])
    if rule.threshold is not None:
        return f"{word} ({rule.threshold})"
    return word if rule.from_hour is None else f"{word} ({rule.from_hour}:00–{rule.to_hour}:00)"


def check_not_refused(steps: Iterable[ApprovalStep]) -> None:
    if any(step.verdict and not step.verdict.approved for step in steps):
        raise Rejected(_l("An approval of this trip was refused: it takes no other time than was approved."))


def next_step(steps: Sequence[ApprovalStep]) -> ApprovalStep | None:
    """The step that is asked now: the first without a verdict, unless one before it refused."""
    for step in sorted(steps, key=lambda each: each.number):
        if step.verdict is None:
            return step
        if not step.verdict.approved:
            return None
    return None


def check_step(step: ApprovalStep | None, may: Collection[Approver]) -> ApprovalStep:
    if step is None:
        raise Rejected(_l("Nothing is left to approve here."))
    if Approver(step.approver) not in may:
        raise Rejected(_l("Somebody else is asked now."))
    return step


def check_once(steps: Sequence[ApprovalStep], user_id: int | None, approver: str) -> None:
    """One person speaks as one approver: who has spoken leaves the next one's step to somebody else."""
    others = (step.verdict for step in steps if step.approver != approver)
    if user_id is not None and any(verdict and verdict.by_id == user_id for verdict in others):
        raise Rejected(_l("You have spoken on this request already. The next step is somebody else's."))


def check_covered(found: Iterable[ApprovalRule]) -> None:
    if why := _listed(found):
        message = _l("At that time the trip also needs approval: %(why)s. The unit has to ask anew.", why=why)
        raise Rejected(message, "starts_at")


def check_words(approved: bool, words: str) -> None:
    if not approved and not words.strip():
        raise Rejected(_l("Say why it is refused."), "words")


def check_oral(approved_by: str, approved_at: datetime | None, now: datetime) -> None:
    """By mouth: who and when, both or neither, and not in the future."""
    if bool(approved_by.strip()) != (approved_at is not None):
        raise Rejected(_l("Say who approved it by mouth and when."), "oral_at" if approved_by.strip() else "oral_by")
    if approved_at is not None and approved_at > now:
        raise Rejected(_l("The approval cannot lie in the future."), "oral_at")


def check_on_paper(said_at: datetime, slot: Slot, field: str = "oral_at") -> None:
    """Who was asked on paper was asked before the trip began."""
    if said_at > slot.start:
        message = _l(
            "The approval on paper, of %(said)s, is later than the start of the trip, %(start)s: "
            "write when it was given beforehand.",
            said=f"{said_at:%Y-%m-%d %H:%M}",
            start=f"{slot.start:%Y-%m-%d %H:%M}",
        )
        raise Rejected(message, field)


def said_on_paper(
    said_by: str, said_at: datetime | None, slot: Slot, driven: bool, oral_at: datetime | None
) -> dict[str, Any]:
    """Who said yes on paper, as a request takes it: by whom and when, before the trip began, and only of a trip that
    was driven; what was said by mouth is completed here instead. Nothing where no paper is named.
    """
    if bool(said_by.strip()) != (said_at is not None):
        message = _l("Say who approved it on paper and when.")
        raise Rejected(message, "paper_at" if said_by.strip() else "paper_by")
    if said_at is None:
        return {}
    if not driven:
        message = _l("Only a trip that was made and is recorded afterwards has its approval on paper.")
        raise Rejected(message, "paper_by")
    if oral_at is not None:
        raise Rejected(_l("Either it was approved on paper or by mouth: leave the other empty."), "paper_by")
    check_on_paper(said_at, slot, "paper_at")
    return {"oral_by": said_by, "oral_at": said_at, "on_paper": True}


def check_paper_needed(steps: Sequence[ApprovalStep]) -> None:
    """A paper is the verdict on steps: where no rule asks for one there is nothing to keep it as."""
    if not steps:
        raise Rejected(_l("No approval is needed for this trip: leave the approval on paper empty."), "paper_by")


def check_rule(
    condition: str, threshold: int | None, from_hour: int | None, to_hour: int | None, known: Iterable[ApprovalRule]
) -> None:
    """A threshold where one is looked at, hours where they are, and no rule twice."""
    if (condition == Condition.DAYS_OVER) != (threshold is not None):
        raise Rejected(_l("Give the days for this condition, and for no other."), "threshold")
    if (condition == Condition.NIGHT) != (from_hour is not None and to_hour is not None):
        raise Rejected(_l("Give both hours for this condition, and for no other."), "from_hour")
    same = [(rule.threshold, rule.from_hour, rule.to_hour) for rule in known]
    if (threshold, from_hour, to_hour) in same:
        raise Rejected(_l("This rule is in the table already."), "condition")


def check_endless(rule: ApprovalRule) -> None:
    if rule.to_on is not None:
        raise Rejected(_l("This rule has an end already."))


def check_end(rule: ApprovalRule, to_on: date) -> None:
    check_endless(rule)
    if to_on <= rule.valid_from:
        raise Rejected(_l("The rule must end after it begins on %(day)s.", day=str(rule.valid_from)), "to_on")
