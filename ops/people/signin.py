"""From a signed-in user to the actor that services see."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import LazyString
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import Select, bindparam, select

from ..core.access import NOBODY, Actor, for_machines
from ..core.db import db
from . import tokens
from .models import User, UserRole
from .roles import ROLE_LABELS, Role

manager = LoginManager()


def init_sign_in(app: Flask) -> None:
    manager.init_app(app)
    manager.user_loader(_load)
    app.before_request(_set_actor)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """A user who may come in, as plain values: he is looked up with every page."""

    id: int
    name: str
    unit_id: int | None
    roles: tuple[Role, ...]


def actor_of(user: SignedIn, address: str = "") -> Actor:
    """The user as an actor: every permission of every role he holds."""
    grants = current_app.extensions["ledger"].grants
    permissions = frozenset().union(*(grants.get(role, frozenset()) for role in user.roles))
    label = LazyString(lambda: "、".join(str(ROLE_LABELS[role]) for role in user.roles))  # few pages say it
    return Actor(user.id, user.name, label, user.unit_id, address, permissions)


def demo_user(role: Role) -> User | None:
    """The demo year's user of a role."""
    statement = (
        select(User)
        .join(UserRole)
        .where(User.demo, UserRole.role == role, User.disabled_at.is_(None))
        .order_by(User.id)
    )
    return db.session.scalars(statement).first()


def _load(user_id: str | int) -> SignedIn | None:
    rows = db.session.connection().execute(_with_roles(), {"id": int(user_id)}).all()
    return SignedIn(*rows[0][:3], tuple(Role(row.role) for row in rows if row.role)) if rows else None


@cache
def _with_roles() -> Select[Any]:
    """Put together once."""
    of_user: list[Any] = [User.id, User.name, User.unit_id, UserRole.role]
    found = select(*of_user).select_from(User).outerjoin(UserRole, UserRole.user_id == User.id)
    return found.where(User.id == bindparam("id"), User.disabled_at.is_(None)).order_by(UserRole.role)


def _set_actor() -> None:
    address = request.remote_addr or ""
    if request.endpoint == "static":
        g.actor = NOBODY
        return
    if for_machines() and request.authorization is not None:
        # whoever shows a token is judged by it alone: a session that comes along does not help a wrong one
        shown = request.authorization
        owner = tokens.user_of(shown.token or "") if shown.type == "bearer" else None
        user, g.by_token = _load(owner) if owner else None, True
    else:
        user = current_user._get_current_object() if current_user.is_authenticated else None
    g.actor = actor_of(user, address) if user else Actor(None, "", address=address)
