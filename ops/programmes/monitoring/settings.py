"""The rules of monitoring as dated settings: the proposals of data/settings.json, and what the office decides."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

DATA: Mapping[str, Any] = json.loads((Path(__file__).parent / "data" / "settings.json").read_text(encoding="utf-8"))
CALENDARS: Mapping[str, Any] = DATA["calendars"]
LABELS = {
    "light_basis": _l("Progress of the year by"),
    "red_below": _l("Red below (percent)"),
    "yellow_below": _l("Yellow below (percent)"),
    "blue_from": _l("Blue from (percent)"),
    "rate_of": _l("Rate of execution of"),
    "due_month": _l("Monitoring is due in month"),
    "calendar": _l("Warnings of a local calendar"),
}
CHOICES = {
    "light_basis": {"plan": _l("the programme's own funding plan"), "months": _l("months gone of twelve")},
    "rate_of": {"in_force": _l("the budget in force"), "initial": _l("the budget of the beginning of the year")},
    "calendar": {"none": _l("none"), "sichuan": _l("Sichuan (second-hand)")},
}
BOUNDS = {"red_below": (1, 99), "yellow_below": (1, 100), "blue_from": (100, 500), "due_month": (2, 12)}


@dataclass(frozen=True)
class Setting:
    """A value with its source; in force from `valid_from` until a later one of the same name."""

    name: str
    value: str
    document: str
    clause: str
    confirmed: bool
    valid_from: date


@dataclass(frozen=True)
class Settings:
    """The settings in force on one day, by name."""

    by_name: Mapping[str, Setting]

    def __getitem__(self, name: str) -> str:
        return self.by_name[name].value

    def number(self, name: str) -> Decimal:
        return Decimal(self[name])

    @property
    def bounds(self) -> tuple[Decimal, Decimal, Decimal]:
        """Red below, yellow below, blue from, in percent."""
        return self.number("red_below"), self.number("yellow_below"), self.number("blue_from")

    @property
    def calendar(self) -> Mapping[str, Any] | None:
        return CALENDARS.get(self["calendar"])


def proposed() -> list[Setting]:
    return [Setting(**{**each, "valid_from": date.fromisoformat(each["valid_from"])}) for each in DATA["settings"]]


def in_force(day: date, versions: Iterable[Setting]) -> Settings:
    """Of each name the latest version that is valid on the day; `versions` in the order they were decided."""
    found = {each.name: each for each in proposed()}
    for each in sorted((each for each in versions if each.valid_from <= day), key=lambda each: each.valid_from):
        found[each.name] = each
    return Settings(found)
