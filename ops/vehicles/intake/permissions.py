"""Who takes in dispatches of another ledger."""

from enum import StrEnum

from ...people.roles import Role


class Permission(StrEnum):
    DISPATCH_TAKE_IN = "vehicles:dispatch:take_in"


DISPATCH_TAKE_IN = Permission.DISPATCH_TAKE_IN
GRANTS = {Role.DISPATCHER: frozenset(Permission)}
