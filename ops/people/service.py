"""The verbs of people: users enter, units are kept."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db
from ..core.errors import Rejected
from .models import Headcount, SignInAttempt, Unit, User, UserRole
from .roles import Role

SHORTEST_PASSWORD = 10
FAILURES_ALLOWED, LOCKED_FOR = 5, timedelta(minutes=15)
hasher = PasswordHasher()


def add_user(
    username: str, name: str, password: str, roles: Sequence[str], by: Actor, unit_id: int | None = None
) -> User:
    """A new user with a password of at least ten characters."""
    if len(password) < SHORTEST_PASSWORD:
        raise Rejected(_l("A password has at least %(least)s characters.", least=SHORTEST_PASSWORD), "password")
    if db.session.scalar(select(User.id).where(User.username == username)):
        raise Rejected(_l("This user name is taken."), "username")
    user = User(username=username, name=name, password_hash=hasher.hash(password), unit_id=unit_id)
    user.roles = [UserRole(role=Role(role)) for role in roles]
    db.session.add(user)
    audit.record("people.user.added", user, by)
    return user


def set_roles(user: User, roles: Sequence[str], disabled: bool, by: Actor) -> User:
    """What a user is from now on. Nobody takes the administrator's role, or the account, from himself."""
    if user.id == by.user_id and (disabled or Role.ADMINISTRATOR not in roles):
        raise Rejected(
            _l("You cannot take your own account or administrator role away; another administrator can."), "roles"
        )
    kept = {held.role: held for held in user.roles}
    user.roles = [kept.get(role) or UserRole(role=Role(role)) for role in roles]
    user.disabled_at = (user.disabled_at or clock.now()) if disabled else None
    audit.record("people.user.roles_set", user, by)
    return user


def sign_in(username: str, password: str, by: Actor) -> User:
    """The user behind the name and password. After five failures the name waits fifteen minutes."""
    since = clock.now() - LOCKED_FOR
    failures = select(func.count()).where(SignInAttempt.username == username, SignInAttempt.at > since)
    if (db.session.scalar(failures) or 0) >= FAILURES_ALLOWED:
        raise Rejected(_l("Too many attempts. Wait fifteen minutes, or ask the administrator."), "username")
    user: User | None = db.session.scalar(select(User).where(User.username == username))
    known = _matches(user.password_hash if user else None, password)
    if user is None or not user.is_active or not known:
        raise Rejected(_l("User name and password do not match."), "password")
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.username == username))
    audit.record("people.user.signed_in", user, _as(user, by))
    return user


def note_failure(username: str, by: Actor) -> SignInAttempt:
    attempt = SignInAttempt(username=username, address=by.address, at=clock.now())
    db.session.add(attempt)
    return attempt


def add_unit(code: str, name: str, kind: str, by: Actor) -> Unit:
    unit = Unit(code=code.strip(), name=name.strip(), kind=kind)
    db.session.add(unit)
    audit.record("people.unit.added", unit, by)
    return unit


def count_heads(unit: Unit, rank: str, from_on: date, approved: int, in_post: int, by: Actor) -> Headcount:
    """Approved posts and people in post of a rank from a day on; a second count for the same day replaces the first."""
    same = (Headcount.unit_id == unit.id, Headcount.rank == rank, Headcount.from_on == from_on)
    row = db.session.scalar(select(Headcount).where(*same)) or Headcount(unit_id=unit.id, rank=rank, from_on=from_on)
    row.approved, row.in_post = int(approved), int(in_post)
    db.session.add(row)
    audit.record("people.headcount.counted", row, by)
    return row


def _matches(password_hash: str | None, password: str) -> bool:
    """Nobody's password takes as long to check as somebody's, so that the wait does not tell which names exist."""
    try:
        return hasher.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except VerifyMismatchError:
        return False


@cache
def _nobodys_hash() -> str:
    """Made when first needed: a second of work that a start need not wait for."""
    return hasher.hash("")


def _as(user: User, by: Actor) -> Actor:
    return Actor(user.id, user.name, address=by.address)
