"""Signing in and out, and the language of the pages."""

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from ..core.access import current_actor, public
from ..core.db import transaction
from ..core.language import LANGUAGES
from ..core.page import own_path, page
from . import service
from .forms import SignInForm
from .roles import ROLE_HINTS, ROLE_LABELS, Role
from .signin import demo_user

bp = Blueprint("people", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int]:
    form = SignInForm()
    if user := form.attempt(service.sign_in):
        login_user(user)
        return redirect(_onward(), 303)
    if form.username.data and form.password.data and form.password.errors:
        with transaction():
            service.note_failure(form.username.data, current_actor())
    return page("signin.html", form=form, demo_roles=_demo_roles(), next=own_path(request.values.get("next")))


@bp.post("/demo-sign-in")
@public
def demo_sign_in() -> Response:
    """One click, one role: only where demo mode is on, which only listens on loopback."""
    role = request.form.get("role", "")
    if not _demo() or role not in list(Role):
        abort(404)
    user = demo_user(Role(role))
    if user is None:
        abort(404)
    login_user(user)
    return redirect(_onward(), 303)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    logout_user()
    return redirect(url_for("people.sign_in"), 303)


@bp.post("/language")
@public
def choose_language() -> Response:
    chosen = request.form.get("language")
    if chosen in dict(LANGUAGES):
        session["language"] = chosen
    return redirect(_onward(), 303)


def _demo() -> bool:
    return bool(current_app.extensions["ledger"].settings.demo)


def _demo_roles() -> list[tuple[str, object, object]]:
    return [(role, ROLE_LABELS[role], ROLE_HINTS[role]) for role in Role] if _demo() else []


def _onward() -> str:
    return own_path(request.values.get("next")) or url_for("indicators.start")
