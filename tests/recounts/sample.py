"""The sample feature's figures, counted by hand."""

from tests.indicators.sample import Inspection, Serving, Stall
from tests.recounts.counted import Counted, rows


def meals() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen) for row in rows(Serving)]


def takings() -> list[Counted]:
    return [Counted(row.day, row.price, scope=row.canteen) for row in rows(Serving)]


def diners() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen, member=row.diner) for row in rows(Serving)]


def satisfaction() -> list[Counted]:
    return [Counted(row.day, int(row.satisfied), scope=row.canteen) for row in rows(Serving)]


def stalls() -> list[Counted]:
    opened = [Counted(row.opened_on, scope=row.canteen) for row in rows(Stall)]
    return opened + [Counted(row.closed_on, -1, scope=row.canteen) for row in rows(Stall) if row.closed_on]


def inspected() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen) for row in rows(Inspection)]
