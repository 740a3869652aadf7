"""Late returns: the driver is told first, then the dispatcher; each once for each time the car was to be back."""

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l

from ...core import audit, clock, notify
from ...core.access import system
from ...core.db import db, hold, transaction
from ...people.roles import Role
from .. import queries
from ..models import Dispatch
from ..settings.models import SettingName
from ..settings.queries import in_force
from .models import OverdueReminder

STEPS = {Role.DRIVER: SettingName.REMIND_DRIVER, Role.DISPATCHER: SettingName.REMIND_DISPATCHER}


def remind_now(_day: date) -> None:
    """The job of every five minutes."""
    with transaction():
        remind(clock.now())


def remind(now: datetime) -> list[OverdueReminder]:
    """Whoever has to be told by now and was not yet. A car that came back or was extended meanwhile tells nobody."""
    limits, made = in_force(now.date()), []
    hold(Dispatch, *(late.id for late in db.session.scalars(queries.overdue(now))))
    for late in db.session.scalars(queries.overdue(now).order_by(Dispatch.id)).all():  # what is so now that it is held
        for whom, setting in STEPS.items():
            if late.due_at + timedelta(minutes=limits[setting]) <= now and not _told(late, whom):
                made.append(_tell(late, whom, now))
    return made


def _told(late: Dispatch, whom: Role) -> bool:
    key = {"dispatch_id": late.id, "whom": str(whom), "due_at": late.due_at}
    return db.session.query(OverdueReminder.id).filter_by(**key).first() is not None


def _tell(late: Dispatch, whom: Role, now: datetime) -> OverdueReminder:
    row = OverdueReminder(dispatch_id=late.id, whom=str(whom), due_at=late.due_at, at=now)
    db.session.add(row)
    plate, due = late.vehicle.plate, f"{late.due_at:%m-%d %H:%M}"
    words = _l("%(plate)s was to be back by %(due)s and is not back yet.", plate=plate, due=due)
    key = f"vehicles.overdue:{late.id}:{late.due_at:%Y%m%d%H%M}"
    if whom is Role.DISPATCHER:
        notify.send_to_role(whom, words, f"/vehicles/requests/{late.request_id}", key)
    elif users := [each.user_id for each in late.drivers if each.user_id]:
        notify.send(users, words, "/vehicles/driving/", key)
    audit.record("vehicles.overdue.reminded", row, system("reminders"))
    return row
