"""Demo: the register, and a year of trips; everything by number."""

from ..core import audit
from ..core.demo import DemoYear
from . import demo_trips
from .register import demo as demo_register


def make(demo: DemoYear) -> None:
    """The register first: trips need its cars and drivers."""
    transfers = demo_register.make(demo)
    trips = demo_trips.make(demo)
    audit.record("vehicles.demo.made", "vehicle", demo.by, transfers=transfers, trips=trips)
