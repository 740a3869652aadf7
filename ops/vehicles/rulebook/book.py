"""The rules with all their versions, those delivered as data first; which one holds on a day. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .models import Subject

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Version:
    """What a rule says from `valid_from` on, by document and clause; `set_by` is empty for what was delivered."""

    rule: str
    valid_from: date
    values: Mapping[str, str]
    document: str
    clause: str
    source: str
    confirmed: bool
    ends: bool = False
    set_by: str = ""


@dataclass(frozen=True)
class Book:
    """Rule → its versions, in the order in which they take over from each other."""

    versions: Mapping[str, tuple[Version, ...]]

    def in_force(self, rule: str, day: date) -> Version | None:
        """The version that holds on the day; None before the first one and after the rule has ended."""
        begun = [each for each in self.versions[rule] if each.valid_from <= day]
        return begun[-1] if begun and not begun[-1].ends else None

    def first_day(self, rule: str) -> date:
        return self.versions[rule][0].valid_from


@cache
def delivered() -> tuple[Version, ...]:
    """What stands in the data files."""
    return tuple(_read(row) for subject in Subject for row in json.loads((DATA / f"{subject}.json").read_text("utf-8")))


def _read(row: Mapping[str, object]) -> Version:
    valid_from = date.fromisoformat(str(row["valid_from"]))
    return Version(**{**row, "valid_from": valid_from})  # type: ignore[arg-type]


def bound(added: Iterable[Version] = ()) -> Book:
    """The delivered rules with the versions added here, in the order in which they were entered."""
    found: dict[str, list[Version]] = {}
    for version in (*delivered(), *added):
        found.setdefault(version.rule, []).append(version)
    return Book({rule: tuple(sorted(rows, key=lambda each: each.valid_from)) for rule, rows in found.items()})
