"""What the running app knows of its features, gathered once at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .access import Actor
from .config import Settings
from .db import CommitHook
from .feature import Feature, Job, MenuEntry, Obstacle, Todo
from .once import once
from .period import Period


@dataclass(frozen=True)
class Ledger:
    """The gathered declarations; reached as `current_app.extensions["ledger"]`."""

    settings: Settings
    features: Sequence[Feature]
    grants: Mapping[str, frozenset[str]]
    refusals: Mapping[str, object]
    jobs: list[Job]
    commit_hooks: Sequence[CommitHook]

    @classmethod
    def of(cls, settings: Settings, features: Sequence[Feature], commit_hooks: Sequence[CommitHook]) -> "Ledger":
        refusals = {name: words for feature in features for name, words in feature.refusals.items()}
        jobs = [job for feature in features for job in feature.jobs]
        return cls(settings, features, _grants(features), refusals, jobs, commit_hooks)

    def menu(self, actor: Actor) -> list[tuple[object, list[MenuEntry]]]:
        """The features that have pages for the actor, with those pages."""
        mine = ((each.label, [entry for entry in each.menu if actor.may(entry.permission)]) for each in self.features)
        return [(label, entries) for label, entries in mine if entries]

    def headlines(self, actor: Actor) -> list[str]:
        """Names of the metrics that the actor answers for."""
        return [name for feature in self.features for name, permission in feature.headlines if actor.may(permission)]

    def todos(self, actor: Actor, day: date) -> list[Todo]:
        """What waits for the actor: late things first, then by the house's order; nothing that counts zero."""
        asked: list[Callable[[Actor, date], list[Todo]]] = [ask for feature in self.features for ask in feature.todos]
        with once():
            found = [todo for ask in asked for todo in ask(actor, day) if todo.count]
        return sorted(found, key=lambda todo: todo.state != "late")

    def obstacles(self, period: Period) -> list[Obstacle]:
        """What stands in the way of closing the period."""
        return [each for feature in self.features for ask in feature.obstacles for each in ask(period)]


def _grants(features: Sequence[Feature]) -> dict[str, frozenset[str]]:
    granted: dict[str, frozenset[str]] = {}
    for feature in features:
        for role, permissions in feature.grants.items():
            granted[role] = granted.get(role, frozenset()) | permissions
    return granted
