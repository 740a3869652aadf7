"""How a package enters the app: plain data, no import for effect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import click
from flask import Blueprint
from flask_babel import lazy_gettext as _l

from .access import Actor
from .demo import DemoYear


@dataclass(frozen=True)
class MenuEntry:
    """A page in the side menu, for those who hold the permission."""

    label: object
    endpoint: str
    permission: str


@dataclass(frozen=True)
class Todo:
    """One line of the start page: what waits, how much of it, where to do it.

    `state` colours it: waiting, late or progress.
    """

    label: object
    count: int
    url: str
    state: str = "waiting"
    detail: str = ""

    @property
    def word(self) -> object:
        return {"waiting": _l("Waiting"), "late": _l("Late"), "progress": _l("In progress")}[self.state]


@dataclass(frozen=True)
class Job:
    """A nightly piece of work, told which day it works for. `run` opens its own transaction."""

    name: str
    hour: int
    minute: int
    run: Callable[[date], object]


@dataclass(frozen=True)
class Feature:
    """What a package gives to the app.

    `grants`: role → permissions of this feature. `publishes`: its metrics (contract: indicators.metric.Metric).
    `headlines`: metric names shown on the start page to holders of the permission beside them.
    `refusals`: database constraint → the words for it. `reference`: loaders of reference data, each safe to repeat.
    `demo`: makes the feature's part of a demo year.
    """

    name: str
    label: object
    blueprints: Sequence[Blueprint] = ()
    menu: Sequence[MenuEntry] = ()
    grants: Mapping[Any, frozenset[Any]] = field(default_factory=dict)
    publishes: Sequence[Any] = ()
    headlines: Sequence[tuple[str, str]] = ()
    todos: Sequence[Callable[[Actor, date], list[Todo]]] = ()
    jobs: Sequence[Job] = ()
    commands: Sequence[click.Command] = ()
    refusals: Mapping[str, object] = field(default_factory=dict)
    reference: Sequence[Callable[[], None]] = ()
    demo: Callable[[DemoYear], None] | None = None
