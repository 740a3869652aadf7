"""Every driver judged by the limits for one slot: what a dispatcher reads beside the name."""

from collections.abc import Callable

from flask_babel import gettext as _

from ...core.timeslot import Slot
from ..models import Driver
from . import queries, rules

Verdict = tuple[str | None, str]  # why he cannot go, or None; which limits it passes


def judge(slot: Slot, besides: int | None = None, km: int = 0, as_driven: bool = False) -> Callable[[Driver], Verdict]:
    """Two reads for all drivers. `as_driven`: the trip is over, so that no limit keeps anybody from it."""
    table, busy = queries.in_force(slot.start.date()), queries.assigned(slot, besides)

    def verdict(driver: Driver) -> Verdict:
        others = busy.get(driver.id, [])
        if any(each.overlaps(slot) for each in others):
            return None, ""
        stretch = rules.without_rest(slot, others, table)
        if stretch and not as_driven:
            return str(rules.no_rest_left(driver.name, stretch, table)), ""
        passed = [*rules.too_long(stretch, table), *rules.exceeded(slot, others, table, km)]
        return None, _("; ").join(map(str, passed))

    return verdict
