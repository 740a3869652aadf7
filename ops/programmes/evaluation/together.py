"""Where the forms of a year stand, all of them at once."""

from collections.abc import Sequence

from ...core.access import Actor
from ...core.once import once
from ..models import Programme
from ..together import ask_together
from . import queries
from .models import FormSignature
from .signing import MAY, Standing, standing


def standings(tables: Sequence[Programme]) -> list[Standing]:
    """One for each table, in their order, with a handful of questions for all."""
    with once():
        ask_together(tables)
        return [standing(each) for each in tables]


def in_reach(tables: Sequence[Programme], actor: Actor) -> list[Programme]:
    """Those whose next signature may be this person's: somebody has signed each step before it.

    Asked before the forms are counted: one that nobody has filled in is none that a leader could approve. Whether the
    signatures cover the form as it is, only its standing tells.
    """
    given = queries.by_table(FormSignature, [each.id for each in tables])
    with once():
        return [each for each in tables if _may_be_next(each, given[each.id], actor)]


def _may_be_next(table: Programme, signatures: Sequence[FormSignature], actor: Actor) -> bool:
    signed = {each.step for each in signatures if each.withdrawal is None}
    order = queries.settings_for(table.period.last).signing_order.value
    return any(actor.may(MAY[step]) and signed.issuperset(order[:place]) for place, step in enumerate(order))
