"""How a package enters the app: plain data, no import for effect."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

import click
from apiflask import APIBlueprint
from flask import Blueprint
from flask_babel import lazy_gettext as _l

from .access import Actor
from .demo import DemoYear
from .period import Period


@dataclass(frozen=True)
class MenuEntry:
    """A page in the side menu, for those who hold the permission.

    `within`: the pages and blueprints it leads to, where the menu shows that one is; its own blueprint if not said.
    """

    label: object
    endpoint: str
    permission: str
    within: tuple[str, ...] | None = None

    def leads_to(self, endpoint: str) -> int:
        """How surely it is the way to the page: 3 the page itself, 2 named, 1 of its blueprint, 0 not at all."""
        within = (self.endpoint.rpartition(".")[0],) if self.within is None else self.within
        if endpoint == self.endpoint:
            return 3
        return 2 if endpoint in within else int(endpoint.rpartition(".")[0] in within)


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
    """A piece of work, told which day it works for. `run` opens its own transaction.

    At `hour`:`minute` of every day it works for the day before; with `every` (minutes, a divisor of 60) it falls due
    all day long at each full interval, and works for the day itself.
    """

    name: str
    hour: int
    minute: int
    run: Callable[[date], object]
    every: int | None = None

    def __post_init__(self) -> None:
        if self.every is not None and (self.every < 1 or 60 % self.every):
            raise ValueError(f"{self.name}: an interval of {self.every} minutes does not divide the hour")

    @property
    def when(self) -> str:
        """As it stands on pages and in lists: 00:30, or */5 for every five minutes."""
        return f"{self.hour:02}:{self.minute:02}" if self.every is None else f"*/{self.every}"

    def works_for(self, due_at: datetime) -> date:
        return due_at.date() - timedelta(days=1) if self.every is None else due_at.date()


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of closing a period: in words, and the page where it is mended."""

    words: object
    url: str


@dataclass(frozen=True)
class Feature:
    """What a package gives to the app.

    `grants`: role → permissions of this feature. `publishes`: its metrics (contract: indicators.metric.Metric).
    `headlines`: metric names shown on the start page to holders of the permission beside them.
    `refusals`: database constraint → the words for it. `reference`: loaders of reference data, each safe to repeat.
    `demo`: makes the feature's part of a demo year. `obstacles`: what stands in the way of closing a period.
    `doors`: its JSON endpoints (core.api.door).
    `guards`: decisions that a closed report rests on (contract: indicators.metric.Guard).
    `on_closing`: work done in the closing's own transaction once the figures are frozen (contract: models.Closing).
    `records`: what the trail calls the feature's tables, and the nouns of its deeds.
    `warming`: reads that are made once when a server starts, so that the first people do not wait for them.
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
    doors: Sequence[APIBlueprint] = ()
    obstacles: Sequence[Callable[[Period], list[Obstacle]]] = ()
    guards: Sequence[Any] = ()
    on_closing: Sequence[Callable[[Any, Actor], None]] = ()
    warming: Sequence[Callable[[], object]] = ()
    records: Mapping[str, object] = field(default_factory=dict)


def joined(name: str, label: object, root: Blueprint, *parts: Feature) -> Feature:
    """One feature of several parts, each a folder with slice files of its own (`vehicles/costs` gives `PART`).

    `root` is the feature's blueprint; those of the parts are nested in it, so that a page of a part is called
    `vehicles.costs.statement`. Everything else stands in the order of the parts.
    """
    for blueprint in chain.from_iterable(part.blueprints for part in parts):
        root.register_blueprint(blueprint)
    demos = [part.demo for part in parts if part.demo]

    def demo(year: DemoYear) -> None:
        for make in demos:
            make(year)

    return Feature(
        name=name,
        label=label,
        blueprints=(root,),
        menu=_all(part.menu for part in parts),
        grants=_united([part.grants for part in parts]),
        publishes=_all(part.publishes for part in parts),
        headlines=_all(part.headlines for part in parts),
        todos=_all(part.todos for part in parts),
        jobs=_all(part.jobs for part in parts),
        commands=_all(part.commands for part in parts),
        refusals={key: words for part in parts for key, words in part.refusals.items()},
        reference=_all(part.reference for part in parts),
        demo=demo if demos else None,
        doors=_all(part.doors for part in parts),
        obstacles=_all(part.obstacles for part in parts),
        guards=_all(part.guards for part in parts),
        on_closing=_all(part.on_closing for part in parts),
        warming=_all(part.warming for part in parts),
        records={name: words for part in parts for name, words in part.records.items()},
    )


def _all(of_parts: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(of_parts))


def _united(grants: Sequence[Mapping[Any, frozenset[Any]]]) -> dict[Any, frozenset[Any]]:
    roles = dict.fromkeys(chain.from_iterable(grants))
    return {role: frozenset().union(*(each.get(role, frozenset()) for each in grants)) for role in roles}
