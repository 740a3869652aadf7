"""The parts of a figure, by their labels."""

from ...core.once import remembered
from ...indicators.metric import Metric


def scope_called(metric: Metric, label: str) -> int | None:
    """The scope of that label, else the only one whose label holds it (城区 → 城区机关食堂)."""
    scopes = remembered(("scopes", metric.scopes), metric.scopes) if metric.scopes else {}
    exact = [key for key, name in scopes.items() if name == label]
    found = exact or [key for key, name in scopes.items() if label in name]
    return found[0] if len(found) == 1 else None
