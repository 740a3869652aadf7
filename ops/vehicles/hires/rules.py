"""What may happen to a hire and when. Pure verdicts on values."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.errors import Rejected
from ...core.timeslot import Slot
from ..approvals.models import Approver
from ..foureyes import check_other
from ..states import WAITS_FOR_A_CAR, TripState
from .models import Hire, HiredTrip, HireStep, MoneyFrom
from .states import BEFORE_THE_INVOICE, BEFORE_THE_TRIP, OVER, RATED_FROM, TO_ORDER, TO_SUBMIT, HireState

LONGEST = timedelta(days=31)
EARLIEST = timedelta(days=1)  # a vehicle may set out on the eve


def listed_plates(plates: str, how_many: int) -> list[str | None]:
    """One entry for each vehicle-trip, None where the plate is not known; never more plates than vehicles."""
    given = plates.replace("，", " ").replace("、", " ").replace(",", " ").upper().split()
    if len(given) > how_many:
        message = _l("%(plates)s plates for %(trips)s vehicle-trips.", plates=len(given), trips=how_many)
        raise Rejected(message, "plates")
    return [*given, *[None] * (how_many - len(given))]


def check_slot(starts_at: datetime, ends_at: datetime, field: str = "ends_at") -> Slot:
    if ends_at <= starts_at:
        raise Rejected(_l("The return must be later than the start."), field)
    if ends_at - starts_at > LONGEST:
        raise Rejected(_l("A request covers at most 31 days."), field)
    return Slot(starts_at, ends_at)


def check_first(alike: Sequence[Hire]) -> None:
    """The unit has not asked for the same activity or way at that time yet."""
    if alike:
        asked = f"{alike[0].no} {alike[0].activity}"
        message = _l(
            "The unit has asked for vehicles for that at that time already: %(asked)s. Tick this only if one more hire "
            "is needed.",
            asked=asked,
        )
        raise Rejected(message, "again")


def check_own_cars(why: str, fitting: Sequence[str]) -> None:
    """Own cars come first: why they do not do is said for every hire, with what the register shows at hand."""
    if why.strip():
        return
    if not fitting:
        raise Rejected(_l("At that time no own car with enough seats is free. Say so here."), "own_cars_why")
    some = "、".join(fitting[:5])
    message = _l("%(count)s own cars with enough seats are free then (%(some)s). Say why they do not do.",
                 count=len(fitting), some=some)  # fmt: skip
    raise Rejected(message, "own_cars_why")


def check_paper(needs_paper: bool, has_paper: bool, oral: bool) -> None:
    if needs_paper and not has_paper and not oral:
        raise Rejected(_l("This kind of activity needs its paper: attach the notice or the letter."), "paper")


def check_over(day: date, today: date) -> None:
    """What is recorded from paper has taken place."""
    if day > today:
        raise Rejected(_l("This lies in the future."), "day")


def check_instead(hired: bool, state: TripState, same_unit: bool) -> None:
    if not hired:
        raise Rejected(_l("This request does not ask for a hired vehicle."))
    if state not in WAITS_FOR_A_CAR:
        raise Rejected(_l("This request does not wait for a car now."))
    if not same_unit:
        raise Rejected(_l("The request is another unit's."), "unit_id")


def check_seen(mark: str, seen: str) -> None:
    if seen and seen != mark:
        raise Rejected(_l("Somebody else has acted on this hire since you opened the page. Open it again and look."))


OWN_HIRE = _l("You asked for this hire yourself: somebody else approves it.")
SPOKEN = _l("You have spoken on this hire already. The next step is somebody else's.")
OWN_SUBMISSION = _l("You sent this to the unit yourself: somebody else answers for the unit.")
OWN_INVOICE = _l("You took in its invoice yourself: somebody else settles it.")


def check_stands(hire: Hire) -> None:
    if hire.void:
        raise Rejected(_l("This record is void already."))


def next_step(steps: Sequence[HireStep]) -> HireStep | None:
    """The step that is asked now: the first without a verdict, unless one before it refused."""
    for step in steps:
        if step.verdict is None:
            return step
        if not step.verdict.approved:
            return None
    return None


def check_step(hire: Hire, may: Collection[Approver], by: Actor) -> HireStep:
    """The step that waits for this person, who has not spoken on this hire yet."""
    step = next_step(hire.steps)
    if step is None:
        raise Rejected(_l("Nothing is left to approve here."))
    if Approver(step.approver) not in may:
        raise Rejected(_l("Somebody else is asked now."))
    check_other(by, OWN_HIRE, hire.asked_by_id)
    check_other(by, SPOKEN, *(each.verdict.by_id for each in hire.steps if each.verdict))
    return step


def check_order(hire: Hire) -> None:
    """Vehicles are ordered once the hire is approved; in an emergency on the word of the one who approved by mouth."""
    check_stands(hire)
    by_mouth = hire.state is HireState.ASKED and hire.oral is not None and not hire.is_refused
    if hire.state not in (*TO_ORDER, HireState.RECORDED) and not by_mouth:
        raise Rejected(_l("Vehicles are ordered when the hire is approved and before it is carried out."))


def check_to_order(hire: Hire) -> None:
    """There is something left to order."""
    check_order(hire)
    if hire.all_ordered:
        raise Rejected(_l("Every vehicle that was asked for is ordered."))


def check_wanted(hire: Hire, vehicle_class: str, how_many: int) -> None:
    """No more vehicles of a class than were approved. What was recorded from paper has no such list."""
    if not hire.wanted:
        return
    approved = sum(each.how_many for each in hire.wanted if each.vehicle_class == vehicle_class)
    ordered = sum(trip.vehicle_class == vehicle_class for trip in hire.standing)
    if ordered + how_many > approved:
        message = _l("Approved are %(approved)s of this class, %(ordered)s are ordered already.",
                     approved=approved, ordered=ordered)  # fmt: skip
        raise Rejected(message, "how_many")


def check_off_list(reason: str, price: Decimal | None) -> None:
    if not reason.strip():
        message = _l("The vendor has no contract price for this class on that day. Say why he is taken.")
        raise Rejected(message, "off_list_reason")
    if price is None:
        raise Rejected(_l("Say what it costs."), "price")


def check_cancel_trip(trip: HiredTrip, invoiced: bool) -> None:
    check_stands(trip.hire)
    if trip.cancellation:
        raise Rejected(_l("This vehicle is cancelled already."))
    if invoiced:
        raise Rejected(_l("It stands on an invoice. Give the invoice back first."))
    if trip.actual or trip.hire.state not in BEFORE_THE_INVOICE:
        raise Rejected(_l("It was there already: what it drove is recorded."))


def check_recordable(trip: HiredTrip, invoiced: bool) -> None:
    check_stands(trip.hire)
    if trip.cancellation:
        raise Rejected(_l("This vehicle is cancelled already."))
    if invoiced:
        raise Rejected(_l("It stands on an invoice. Give the invoice back first."))


def check_actual(trip: HiredTrip, slot: Slot, now: datetime, invoiced: bool, words: str) -> None:
    """After the trip, until it is invoiced; a correction says why."""
    check_recordable(trip, invoiced)
    if slot.end > now:
        raise Rejected(_l("This lies in the future."), "back_at")
    if slot.start.date() < trip.day - EARLIEST:
        raise Rejected(_l("It is hired for %(day)s: it did not leave days before.", day=trip.day), "left_at")
    if trip.actual and not words.strip():
        raise Rejected(_l("Say why it is corrected."), "words")


def check_call_off(hire: Hire) -> None:
    check_stands(hire)
    if hire.state not in BEFORE_THE_TRIP:
        raise Rejected(_l("It was carried out: it can no longer be called off."))
    if any(trip.actual for trip in hire.trips):
        raise Rejected(_l("It was carried out: it can no longer be called off."))


def check_void(hire: Hire, invoiced: bool) -> None:
    check_stands(hire)
    if invoiced:
        raise Rejected(_l("It stands on an invoice. Give the invoice back first."))


def check_submit(hire: Hire) -> None:
    check_stands(hire)
    if hire.state not in TO_SUBMIT:
        raise Rejected(_l("It goes to the unit when every vehicle-trip stands on an invoice."))
    if hire.to_complete and not hire.is_refused:
        raise Rejected(_l("Complete the approval first: it was given by mouth only."))
    if hire.is_refused and hire.money_from == MoneyFrom.CENTRE:
        raise Rejected(_l("It was refused afterwards: the centre does not pay for it. Void it, or let the unit pay."))


def check_with_unit(hire: Hire) -> None:
    if hire.state is not HireState.SUBMITTED:
        raise Rejected(_l("It is not with the unit now."))


def check_answer(hire: Hire, agreed: bool, words: str) -> None:
    check_with_unit(hire)
    if not agreed and not words.strip():
        raise Rejected(_l("Say what is wrong."), "words")


def check_pay(hire: Hire) -> None:
    if hire.state is not HireState.AGREED:
        raise Rejected(_l("It is paid when the unit has agreed."))


def check_rating(hire: Hire, rated: bool) -> None:
    if rated:
        raise Rejected(_l("The hire is rated already."))
    if hire.state in OVER or hire.state not in RATED_FROM:
        raise Rejected(_l("A hire is rated when it was carried out."))
