"""Who writes the narrative, and who signs for it."""

from enum import StrEnum

from ...people.roles import Role


class Permission(StrEnum):
    NARRATIVE_WRITE = "programmes:narrative:write"


GRANTS = {Role.PERFORMANCE: frozenset(Permission)}
