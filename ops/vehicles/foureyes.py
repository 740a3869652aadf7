"""四眼原则 (不相容岗位相互分离): what one person asked for, entered or drove, another approves."""

from ..core.access import Actor
from ..core.errors import Rejected


def is_own(by: Actor, *made_by: int | None) -> bool:
    """The actor is among those who made it; who is no user of the house (a job, an old record) is nobody's other."""
    return by.user_id is not None and by.user_id in made_by


def check_other(by: Actor, message: object, *made_by: int | None) -> None:
    """`made_by`: the keys of the users whose deed it is."""
    if is_own(by, *made_by):
        raise Rejected(message)
