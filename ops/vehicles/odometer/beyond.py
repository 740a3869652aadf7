"""Whether a car was driven beyond a number of kilometres, as columns: over replaced dials, at once for all cars.

The number (`km`) is one of the dial that was in the car at a moment (`since`). What a dial put in later shows is
counted on from there, so that as many kilometres are left as before; what an earlier dial showed tells nothing.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from .models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal


def shows_more(vehicle_id: Any, km: Any, since: Any, before: Any = None, or_done: Any = None) -> ColumnElement[bool]:
    """A standing reading of the car, or a new dial itself, is beyond the number.

    `before`: by what was read before that moment; `or_done`: or came with that row of what was done.
    """
    read = aliased(OdometerReading)
    when = [] if before is None else [read.at < before]
    if before is not None and or_done is not None:
        when = [or_(read.at < before, read.done_id == or_done)]
    same = exists().where(read.vehicle_id == vehicle_id, read.value > km, *when, _stands(read), ~_between(read, since))
    return or_(
        same.correlate_except(read), _later(vehicle_id, km, since, when, read), _new(vehicle_id, km, since, before)
    )


def _later(vehicle_id: Any, km: Any, since: Any, when: Any, read: Any) -> ColumnElement[bool]:
    """From the dials put in since, of which there are few, to the readings of each."""
    put_in, after = aliased(DialReplacement), aliased(DialReplacement)
    next_one = exists().where(
        after.vehicle_id == read.vehicle_id, after.at > put_in.at, after.at <= read.at, _holds(after)
    )
    more = exists().where(
        put_in.vehicle_id == vehicle_id, put_in.at > since, _holds(put_in), read.vehicle_id == put_in.vehicle_id,
        read.at >= put_in.at, read.value > km - _lost(put_in, since), *when, _stands(read),
        ~next_one.correlate_except(after),
    )  # fmt: skip
    return more.correlate_except(put_in, read)


def _new(vehicle_id: Any, km: Any, since: Any, before: Any) -> ColumnElement[bool]:
    """The dial was read when the next one was put in."""
    put_in = aliased(DialReplacement)
    when = [] if before is None else [put_in.at < before]
    mine = (put_in.vehicle_id == vehicle_id, put_in.at > since, *when, _holds(put_in))
    return exists().where(*mine, put_in.new_first > km - _lost(put_in, since)).correlate_except(put_in)


def _lost(put_in: Any, since: Any) -> Any:
    """What the dials put in since, up to that one, hide."""
    each = aliased(DialReplacement)
    rows = select(func.coalesce(func.sum(each.old_last - each.new_first), 0)).where(
        each.vehicle_id == put_in.vehicle_id, each.at > since, each.at <= put_in.at, _holds(each)
    )
    return rows.correlate_except(each).scalar_subquery()


def _between(read: Any, since: Any) -> Any:
    """Another dial was put in between the reading and the moment."""
    put_in = aliased(DialReplacement)
    later = and_(put_in.at > since, put_in.at <= read.at)
    earlier = and_(put_in.at > read.at, put_in.at <= since)
    return (
        exists()
        .where(put_in.vehicle_id == read.vehicle_id, or_(later, earlier), _holds(put_in))
        .correlate_except(put_in)
    )


def hidden_since(vehicle_id: Any, since: Any) -> Any:
    """What the dials put in since that moment hide, as a column."""
    each = aliased(DialReplacement)
    rows = select(func.coalesce(func.sum(each.old_last - each.new_first), 0)).where(
        each.vehicle_id == vehicle_id, each.at > since, _holds(each)
    )
    return rows.correlate_except(each).scalar_subquery()


def _stands(read: Any) -> Any:
    gone = aliased(ReadingReversal)
    return ~exists().where(gone.reading_id == read.id).correlate_except(gone)


def _holds(put_in: Any) -> Any:
    undone = aliased(ReplacementReversal)
    return ~exists().where(undone.replacement_id == put_in.id).correlate_except(undone)
