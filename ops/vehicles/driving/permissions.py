"""The driver's own page stands under the permission to drive (vehicles/permissions.py)."""

from ..permissions import Permission

DRIVE = Permission.TRIP_DRIVE
