"""Who acts, and whether they may. Every route says what it requires; a route without it does not start."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, g, redirect, request, url_for

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/"
REFERENCE = "reference data"  # the name that what a house begins with was set by


@dataclass(frozen=True)
class Actor:
    """The one who acts, as a service sees him: a plain value, no session behind it.

    `unit_id`: the unit a liaison speaks for, None for the centre's own people. `address`: where the request came from.
    """

    user_id: int | None
    name: str
    role_label: object = ""
    unit_id: int | None = None
    address: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset, repr=False)

    def may(self, permission: str) -> bool:
        return permission in self.permissions


NOBODY = Actor(None, "")


def system(name: str = "system") -> Actor:
    """The system itself: a job, a command, a demo year."""
    return Actor(None, name, address="local")


def current_actor() -> Actor:
    actor: Actor = g.get("actor", NOBODY)
    return actor


def for_machines() -> bool:
    """The address is one of the JSON door: it answers in JSON, and nobody is led to the page for signing in."""
    return request.path.startswith(PREFIX)


def by_token() -> bool:
    """The actor came with a bearer token, not with the session of a browser."""
    return bool(g.get("by_token"))


def _ask_who() -> Any:
    return abort(401) if for_machines() else redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))


def requires(permission: str) -> Callable[[View], View]:
    """The view is for those with the permission; a stranger signs in first, others are refused (403)."""

    def protect(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if actor.user_id is None:
                return _ask_who()
            if not actor.may(permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return protect


def public(view: View) -> View:
    """Open to everybody, signed in or not; said out loud."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to everyone who has signed in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_actor().user_id is None:
            return _ask_who()
        return view(*args, **kwargs)

    guarded.permission = "signed_in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def check_permissions(app: Flask) -> None:
    """Refuse to start with a route that does not say whom it is for."""
    views = app.view_functions.items()
    silent = [name for name, view in views if name != "static" and not hasattr(view, "permission")]
    if silent:
        raise RuntimeError(f"mark these views with requires(), signed_in or public: {', '.join(silent)}")
