"""The night's work on figures."""

from datetime import date

from .rollup import refresh


def refresh_readings(day: date) -> int:
    """Count again every day up to `day` that has become stale."""
    return refresh(upto=day)
