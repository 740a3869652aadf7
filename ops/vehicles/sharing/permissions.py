"""Sharing a trip is assigning a car: the dispatcher's own permission (vehicles/permissions.py)."""

from ..permissions import Permission

SHARE = Permission.TRIP_DISPATCH
