"""The metrics of the house, by name."""

from collections.abc import Iterable, Mapping

from flask import abort, current_app

from ..core.access import Actor
from .metric import Guard, Metric, Watch


class Catalogue:
    """All metrics, for each model the watches on it, and the guards of decisions."""

    def __init__(self, metrics: Iterable[Metric], guards: Iterable[Guard] = ()) -> None:
        self.guards: dict[type, Guard] = {guard.model: guard for guard in guards}
        self.metrics: dict[str, Metric] = {}
        self.watches: dict[type, list[tuple[str, Watch]]] = {}
        for metric in metrics:
            if metric.name in self.metrics:
                raise ValueError(f"two metrics are called {metric.name}")
            self.metrics[metric.name] = metric
            for watch in metric.watches:
                self.watches.setdefault(watch.model, []).append((metric.name, watch))


def catalogue() -> Catalogue:
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def metrics() -> Mapping[str, Metric]:
    return catalogue().metrics


def visible_metric(name: str, actor: Actor) -> Metric:
    """The metric, for those who may see it; what you may not see is not found."""
    metric = metrics().get(name)
    if metric is None or not actor.may(metric.needs):
        abort(404)
    return metric
