"""Versions of targets: the whole table as it stood, so that any two can be compared and any day be asked for."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select

from ...core import clock
from ...core.access import Actor
from ...core.db import db
from ...core.errors import Rejected
from ..models import Programme
from .models import TargetVersion
from .stored import Difference, differences_between, table_of
from .tables import Budget, Duty, IndicatorRow, PlanPoint, TargetTable

MONEY = ("total", "fiscal_funds", "other_funds")


@dataclass(frozen=True)
class Revision:
    """A version with what it changed against the one before."""

    version: TargetVersion
    changes: tuple[Difference, ...]


def keep(programme: Programme, in_force_on: date, because: str, by: Actor) -> TargetVersion:
    """Keep the table as it stands now as a new version. Raises Rejected beside `in_force_on`."""
    db.session.flush()
    last = newest(programme)
    if in_force_on.year != programme.year:
        year = str(programme.year)
        raise Rejected(lazy_gettext("A version is in force from a day of %(year)s.", year=year), "in_force_on")
    if last and in_force_on < last.in_force_on:
        day = str(last.in_force_on)
        raise Rejected(lazy_gettext("The version before is in force from %(day)s.", day=day), "in_force_on")
    row = TargetVersion(programme_id=programme.id, number=last.number + 1 if last else 1, in_force_on=in_force_on)
    row.content, row.because = as_text(table_of(programme)), because.strip()
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    return row


def keep_first(programme: Programme, by: Actor) -> None:
    """Before a first revision: what stood until then is version 1."""
    if newest(programme) is None:
        keep(programme, programme.period.first, gettext("As it was stored"), by)


def newest(programme: Programme) -> TargetVersion | None:
    return next(iter(versions(programme)), None)


def versions(programme: Programme) -> Sequence[TargetVersion]:
    """Newest first."""
    rows = select(TargetVersion).where(TargetVersion.programme_id == programme.id)
    return db.session.scalars(rows.order_by(TargetVersion.number.desc())).all()


def tables_on(programmes: Sequence[Programme], day: date) -> dict[int, TargetTable]:
    """The tables in force on the day, by programme: as they stand, but where a later version stands now.

    Before the first version it is the first.
    """
    ids = [each.id for each in programmes]
    columns = TargetVersion.programme_id, TargetVersion.id, TargetVersion.in_force_on
    rows = select(*columns).where(TargetVersion.programme_id.in_(ids)).order_by(TargetVersion.number.desc())
    by_programme: dict[int, list[tuple[int, date]]] = {each: [] for each in ids}
    for programme, version, since in db.session.execute(rows):
        by_programme[programme].append((version, since))
    earlier = {each: found for each, versions_of in by_programme.items() if (found := _earlier(versions_of, day))}
    kept = select(TargetVersion.id, TargetVersion.content).where(TargetVersion.id.in_(earlier.values()))
    contents = {row.id: row.content for row in db.session.execute(kept)}
    return {
        each.id: of_text(contents[earlier[each.id]]) if each.id in earlier else table_of(each) for each in programmes
    }


def _earlier(versions_of: Sequence[tuple[int, date]], day: date) -> int | None:
    """The version in force on the day, where it is not the newest; None where the table stands as it did then."""
    place = next((n for n, (_id, since) in enumerate(versions_of) if since <= day), len(versions_of) - 1)
    return versions_of[place][0] if place > 0 else None


def revisions(programme: Programme) -> list[Revision]:
    """Newest first, each with its changes."""
    found = versions(programme)
    tables = [of_text(each.content) for each in found]
    before = [*tables[1:], None]
    return [
        Revision(version, tuple(differences_between(programme.name, old, new)) if old else ())
        for version, new, old in zip(found, tables, before, strict=True)
    ]


def as_text(table: TargetTable) -> str:
    return json.dumps(asdict(table), ensure_ascii=False, default=str, sort_keys=True)


def of_text(content: str) -> TargetTable:
    said: dict[str, Any] = json.loads(content)
    money = {name: _number(said["budget"][name]) for name in MONEY}
    points = tuple(
        PlanPoint(**{**each, "cumulative_pct": Decimal(each["cumulative_pct"])}) for each in said["funding_plan"]
    )
    rows = tuple(IndicatorRow(**{**each, "doubts": tuple(each["doubts"])}) for each in said["indicators"])
    whole: dict[str, Any] = {
        "budget": Budget(**{**said["budget"], **money}),
        "funding_plan": points,
        "indicators": rows,
    }
    whole["duties"] = tuple(Duty(**each) for each in said.get("duties", ()))
    return TargetTable(**{**said, **whole, "goals": tuple(said["goals"]), "doubts": tuple(said["doubts"])})


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
