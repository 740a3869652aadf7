"""Demo: the register, and a year of trips; everything by number."""

from ..core import audit
from ..core.demo import DemoYear
from . import demo_extensions, demo_telling, demo_trips
from .board import demo as demo_board
from .driving import demo as demo_driving
from .limits import demo as demo_limits
from .register import demo as demo_register
from .register import demo_files
from .sealing import demo_leaves
from .sharing import demo as demo_sharing


def make(demo: DemoYear) -> None:
    """The register first: trips need its cars and drivers."""
    transfers = demo_register.make(demo)
    demo_files.make(demo)
    trips = demo_trips.make(demo)
    for part in (demo_sharing, demo_driving, demo_limits):
        part.make(demo, trips)
    demo_extensions.make(trips)
    demo_leaves.make(demo)
    demo_board.make(demo)
    demo_telling.make(trips)
    audit.record("vehicles.demo.made", "vehicle", demo.by, transfers=transfers, trips=len(trips))
