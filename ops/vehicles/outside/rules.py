"""Does a request say that it goes out of the district, and how far. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected


@dataclass(frozen=True)
class Place:
    name: str
    km: int | None = None


def named_in(destination: str, places: Iterable[Place]) -> Place | None:
    """The place whose name stands in the destination, however it is spaced; the longest of several."""
    there = "".join(destination.split()).casefold()
    found = [each for each in places if "".join(each.name.split()).casefold() in there]
    return max(found, key=lambda each: len(each.name), default=None)


def check_said(place: Place | None, out_of_district: bool, in_district: bool) -> None:
    """It says that it goes out where its place lies outside, or that a place within of that name is meant."""
    if place and not out_of_district and not in_district:
        message = _l(
            "“%(name)s” lies out of the district. Tick that it goes out of the district; or, if a place within is "
            "meant, tick that below.",
            name=place.name,
        )
        raise Rejected(message, "out_of_district")


def check_way(place: Place | None, out_of_district: bool, km: int | None, in_district: bool) -> int | None:
    """The kilometres one way: as the unit says, or else as the list knows them. Refused where it goes out nobody knows
    how far.
    """
    check_said(place, out_of_district, in_district)
    if not out_of_district or km:
        return km
    if place is None or place.km is None:
        raise Rejected(_l("It goes out of the district: enter the kilometres one way."), "one_way_km")
    return place.km
