"""What the unit, and those who settle with it, are told."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ...core import notify
from ...core.db import db
from ...people.models import Unit
from ..models import TripRequest
from . import queries
from .models import KilometreCheck, Statement
from .permissions import GRANTS, Permission

SETTLES = sorted(str(role) for role, granted in GRANTS.items() if Permission.STATEMENT_ISSUE in granted)


def contested(request: TripRequest, check: KilometreCheck) -> None:
    words = _l("%(unit)s contests the kilometres of a trip: %(what)s. Answer it.", **_trip(request))
    _tell_section(words, _page(request), f"kilometres.contested.{check.id}")


def answered(request: TripRequest, check: KilometreCheck) -> None:
    words = _l("The objection to the kilometres of a trip is answered: %(what)s. Look again.", **_trip(request))
    _tell_unit(request.unit_id, words, _page(request), f"kilometres.answered.{check.id}")


def issued(statement: Statement) -> None:
    words = _l("The statement of car use %(no)s is issued. Confirm it, or object.", no=statement.no)
    _tell_unit(statement.unit_id, words, _sheet(statement), _key(statement))


def objected(statement: Statement) -> None:
    words = _l("%(unit)s objects to the statement of car use %(no)s. Answer it.", **_of(statement))
    _tell_section(words, _sheet(statement), _key(statement))


def corrected(statement: Statement) -> None:
    words = _l("The objection to the statement of car use %(no)s is answered. Look again.", no=statement.no)
    _tell_unit(statement.unit_id, words, _sheet(statement), _key(statement))


def _tell_unit(unit_id: int, words: Any, link: str, key: str) -> None:
    notify.send(queries.liaisons(unit_id), words, link, key)


def _tell_section(words: Any, link: str, key: str) -> None:
    for role in SETTLES:
        notify.send_to_role(role, words, link, key)


def _trip(request: TripRequest) -> dict[str, str]:
    what = f"{request.starts_at:%Y-%m-%d %H:%M} {request.destination}"
    return {"unit": db.session.get_one(Unit, request.unit_id).name, "what": what}


def _of(statement: Statement) -> dict[str, str]:
    return {"unit": db.session.get_one(Unit, statement.unit_id).name, "no": statement.no}


def _page(request: TripRequest) -> str:
    return f"/vehicles/requests/{request.id}"


def _sheet(statement: Statement) -> str:
    return f"/vehicles/statements/{statement.id}"


def _key(statement: Statement) -> str:
    return f"statement.{statement.id}.{statement.mark}"
