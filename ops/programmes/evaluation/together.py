"""Where the forms of a year stand, all of them at once."""

from collections.abc import Sequence

from ...core.once import once
from ..models import Programme
from ..together import ask_together
from .signing import Standing, standing


def standings(tables: Sequence[Programme]) -> list[Standing]:
    """One for each table, in their order, with a handful of questions for all."""
    with once():
        ask_together(tables)
        return [standing(each) for each in tables]
