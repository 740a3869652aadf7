"""Slots of time: half-open [start, end), and the one expression for two of them meeting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, DateTime, and_, bindparam

from .errors import Rejected


@dataclass(frozen=True)
class Slot:
    """[start, end) in the site's wall-clock time."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Slot") -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def hours(self) -> float:
        return (self.end - self.start).total_seconds() / 3600


# the slot of a statement that is put together once: it takes `start` and `end` as parameters
ASKED = Slot(*cast("Any", (bindparam("start", type_=DateTime), bindparam("end", type_=DateTime))))


def slot(start: datetime, end: datetime, field: str = "end") -> Slot:
    """A slot that has a length; else the refusal stands beside `field`."""
    if end <= start:
        raise Rejected(_l("The end must be later than the start."), field)
    return Slot(start, end)


def overlapping(start: Any, end: Any, wanted: Slot) -> ColumnElement[bool]:
    """Rows whose [start, end) columns meet the wanted slot."""
    return and_(start < wanted.end, end > wanted.start)


def overlap_fence(table: str, resource: str, where: str) -> dict[str, tuple[list[str], list[str]]]:
    """DDL of the second fence against double booking: {dialect: (create statements, drop statements)}.

    Needs columns `starts_at` and `ends_at`. `where` is an SQL condition on the row's own columns, with `{row}` before
    each of them. PostgreSQL: an exclusion constraint over ranges (no extension needed); SQLite: two triggers.
    A row without the resource meets nobody. The refusal carries the name `no_overlap_<table>_<resource>` on both.
    """
    name = f"no_overlap_{table}_{resource}"
    where = f"{{row}}{resource} IS NOT NULL AND ({where})"  # a range from NULL to NULL would meet every other
    exclusion = (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
        f"(int8range({resource}, {resource}, '[]') WITH &&, tsrange(starts_at, ends_at) WITH &&) "
        f"WHERE ({where.format(row='')})"
    )
    clash = (
        f"SELECT RAISE(ABORT, '{name}') WHERE {where.format(row='NEW.')} AND EXISTS (SELECT 1 FROM {table} o "
        f"WHERE o.id <> NEW.id AND o.{resource} = NEW.{resource} AND {where.format(row='o.')} "
        "AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at);"
    )
    triggers = [
        f"CREATE TRIGGER {name}_{verb} AFTER {verb.upper()} ON {table} BEGIN {clash} END"
        for verb in ("insert", "update")
    ]
    return {
        "postgresql": ([exclusion], [f"ALTER TABLE {table} DROP CONSTRAINT {name}"]),
        "sqlite": (triggers, [f"DROP TRIGGER {name}_insert", f"DROP TRIGGER {name}_update"]),
    }
