"""What sealing gives to vehicles."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core import clock
from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from ..register.permissions import Permission
from . import queries
from .demo import make
from .views import bp

REPORTED_BEFORE = timedelta(days=1)


def todos(actor: Actor, _day: date) -> list[Todo]:
    """One day before the holiday every car is on the list; in it each is sealed again after its use (用毕封存)."""
    if not actor.may(Permission.REGISTER_KEEP):
        return []
    now, found = clock.now(), []
    if coming := queries.next_holiday(now, REPORTED_BEFORE):
        url = url_for("vehicles.sealing.holiday", id=coming.id)
        found.append(Todo(_l("Cars to seal over the holiday"), len(queries.missing(coming)), url, "late", coming.name))
    if used := queries.to_seal_again(now):
        url, plates = url_for("vehicles.sealing.holiday", id=used[0][0]), " ".join(plate for _key, plate in used)
        found.append(Todo(_l("Cars to seal again after their use"), len(used), url, "late", plates))
    return found


PART = Feature(
    name="sealing",
    label=_l("Holiday sealing"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Holiday sealing"), "vehicles.sealing.holidays", Permission.REGISTER_READ),),
    todos=(todos,),
    demo=make,
)
