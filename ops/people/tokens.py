"""Bearer tokens: what a machine shows instead of a password. Kept as a hash, each bound to one user."""

import hashlib
import secrets
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from .models import ApiToken, User

BYTES = 32


def make_token(user_id: int, name: str, expires_on: date | None, by: Actor) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown once and kept nowhere."""
    [user] = hold(User, user_id)
    if not user.is_active:
        raise Rejected(_l("This user is shut out."), "user_id")
    if expires_on is not None and expires_on <= clock.today():
        raise Rejected(_l("The token would be over already."), "expires_on")
    secret = secrets.token_urlsafe(BYTES)
    token = ApiToken(user_id=user.id, name=name.strip(), secret_hash=_hashed(secret), expires_on=expires_on)
    token.made_at, token.made_by = clock.now(), by.name
    db.session.add(token)
    audit.record("people.token.made", token, by)
    return token, secret


def revoke_token(token: ApiToken, by: Actor) -> ApiToken:
    """From now on nobody comes in with it."""
    hold(ApiToken, token.id)
    if token.revoked_at is not None:
        raise Rejected(_l("This token is revoked already."))
    token.revoked_at, token.revoked_by = clock.now(), by.name
    audit.record("people.token.revoked", token, by)
    return token


def user_of(secret: str) -> int | None:
    """Whose token it is, if it still opens and its user may still come in."""
    open_today = or_(ApiToken.expires_on.is_(None), ApiToken.expires_on > clock.today())
    known = select(User.id).join(ApiToken, ApiToken.user_id == User.id).where(ApiToken.secret_hash == _hashed(secret))
    return db.session.scalar(known.where(ApiToken.revoked_at.is_(None), User.disabled_at.is_(None), open_today))


def tokens() -> Select[ApiToken, str]:
    return select(ApiToken, User.name).join(User, User.id == ApiToken.user_id)


def _hashed(secret: str) -> str:
    """A token is random and long: a plain hash gives nothing away, and finding it is one look-up."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
