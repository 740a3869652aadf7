"""The part of programmes that keeps the money: what it gives to the feature."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from ..permissions import Permission
from . import queries
from .demo import make
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    """Held payments wait whatever the `day` is."""
    del day
    if not actor.may(Permission.PAYMENT_WRITE):
        return []
    url = url_for("programmes.funds.held_payments", state="open")
    return [Todo(_l("Payments to assign to a programme"), queries.waiting(), url)]


PART = Feature(
    name="funds",
    label=_l("Money"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Files of payments"), "programmes.funds.payment_files", Permission.PAYMENT_WRITE),),
    todos=(todos,),
    refusals={
        "uq_held_payment_code_voucher": _l("This list has just been taken in by somebody else."),
        "held_payment.code, held_payment.voucher": _l("This list has just been taken in by somebody else."),
        "held_decision.held_id": _l("This payment was decided about already."),
        "pk_held_decision": _l("This payment was decided about already."),
    },
    demo=make,
)
