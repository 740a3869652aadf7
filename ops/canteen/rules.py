"""May this be recorded. Pure verdicts on values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from .models import Meal, Sitting, SubsidyGrant

LONGEST_GRANT_DAYS = 1096
MOST_AMOUNT = 1000


def sitting_at(sittings: Sequence[Sitting], at: datetime, field: str | None = "at") -> Sitting:
    """The sitting that is on at that minute."""
    for sitting in sittings:
        if sitting.starts <= at.time() < sitting.ends:
            return sitting
    raise Rejected(_l("No sitting is on at %(time)s.", time=f"{at:%H:%M}"), field)


def check_past(at: datetime, now: datetime) -> None:
    if at > now:
        raise Rejected(_l("That time has not come yet."), "at")


def check_first(earlier: Meal | None, again: bool) -> None:
    """One meal for each sitting, unless one more is meant (he pays for a guest)."""
    if earlier is not None and not again:
        said = {"time": f"{earlier.at:%H:%M}", "canteen": earlier.canteen.name}
        raise Rejected(_l("Already recorded at %(time)s in %(canteen)s for this sitting.", **said), "who")


def check_standing(meal: Meal) -> None:
    if meal.reversal:
        raise Rejected(_l("This meal has been reversed already."))


def check_grant(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise Rejected(_l("The last day must not lie before the first."), "to_on")
    if (to_on - from_on).days >= LONGEST_GRANT_DAYS:
        raise Rejected(_l("A grant runs for three years at most."), "to_on")


def check_apart(spans: Iterable[tuple[date, date]], from_on: date, to_on: date) -> None:
    """A diner has one grant for a canteen on a day."""
    for first, last in spans:
        if first <= to_on and last >= from_on:
            raise Rejected(
                _l("Granted already from %(first)s to %(last)s.", first=str(first), last=str(last)), "from_on"
            )


def check_stop(grant: SubsidyGrant, last_on: date) -> None:
    if grant.stop:
        raise Rejected(_l("This grant has been stopped already."))
    if not grant.from_on <= last_on < grant.to_on:
        said = {"first": str(grant.from_on), "last": str(grant.to_on)}
        raise Rejected(_l("The last day must lie between %(first)s and the day before %(last)s.", **said), "last_on")


def check_window(others: Iterable[Sitting], starts: time, ends: time) -> None:
    """Sittings do not overlap: a meal belongs to one by its time alone."""
    if ends <= starts:
        raise Rejected(_l("The end must be later than the start."), "ends")
    for other in others:
        if starts < other.ends and other.starts < ends:
            said = {"sitting": str(other.label), "starts": f"{other.starts:%H:%M}", "ends": f"{other.ends:%H:%M}"}
            raise Rejected(_l("%(sitting)s is from %(starts)s to %(ends)s.", **said), "starts")


def check_outcome(well: bool, findings: str | None) -> None:
    """All well is a zero-risk report; otherwise what was found is written down."""
    if well and findings:
        raise Rejected(_l("All well, and yet something is written as found. Choose one."), "outcome")
    if not well and not findings:
        raise Rejected(_l("Say what was found."), "findings")


def check_seen(day: date, today: date) -> None:
    if day > today:
        raise Rejected(_l("That day has not come yet."), "day")
