"""From a signed-in user to the actor that services see."""

from functools import cache

from flask import Flask, current_app, g, request
from flask_babel import LazyString
from flask_login import LoginManager, current_user
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

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


def actor_of(user: User, address: str = "") -> Actor:
    """The user as an actor: every permission of every role he holds."""
    grants = current_app.extensions["ledger"].grants
    roles = [held.kind for held in user.roles]
    permissions = frozenset().union(*(grants.get(role, frozenset()) for role in roles))
    label = LazyString(lambda: "、".join(str(ROLE_LABELS[role]) for role in roles))  # few pages say it
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


def _load(user_id: str) -> User | None:
    user = db.session.scalars(_with_roles(), {"id": int(user_id)}).unique().one_or_none()
    return user if user and user.is_active else None


@cache
def _with_roles() -> Select[User]:
    """Put together once: it is asked with every page."""
    return select(User).where(User.id == bindparam("id")).options(joinedload(User.roles))


def _set_actor() -> None:
    address = request.remote_addr or ""
    if request.endpoint == "static":
        g.actor = NOBODY
    elif for_machines() and request.authorization is not None:
        # whoever shows a token is judged by it alone: a session that comes along does not help a wrong one
        shown = request.authorization
        user = tokens.user_of(shown.token or "") if shown.type == "bearer" else None
        g.actor, g.by_token = (actor_of(user, address) if user else Actor(None, "", address=address)), True
    else:
        user = current_user
        g.actor = actor_of(user, address) if user.is_authenticated else Actor(None, "", address=address)
