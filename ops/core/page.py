"""Answering with a page: 422 when its form was refused, 303 after a deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from .errors import Rejected


@dataclass(frozen=True)
class Event:
    """Something that happened to a record, for its page's timeline; `state` colours it as `macros/status.html` does."""

    at: datetime
    by: str
    word: object
    state: str
    note: str = ""


def page(template: str, *, form: FlaskForm | None = None, status: int = 200, **context: Any) -> tuple[str, int]:
    """Render the template; a form with errors makes it a 422."""
    if form is not None:
        context["form"] = form
        status = 422 if form.errors and status == 200 else status
    return render_template(template, **context), status


def is_posted() -> bool:
    """Something is handed in: what only the shown form needs is not worked out yet."""
    return request.method == "POST"


def say(message: object, tone: str) -> None:
    """On the next page that is shown; what waits already is not said twice, for the cookie is small."""
    if [tone, str(message)] not in [list(each) for each in session.get("_flashes", [])]:
        flash(str(message), tone)


def done(message: object, endpoint: str, **values: Any) -> Response:
    """After a deed: say so and show where it stands (303)."""
    say(message, "success")
    return redirect(url_for(endpoint, **values), 303)


def refused(form: FlaskForm, endpoint: str, **values: Any) -> Response:
    """After a refused one-button deed: back to the page with the refusal; or, where a closed period asks why it is
    done afterwards, a page to say so and do it.
    """
    if form.errors.get("reason"):
        kept = {name: value for name, value in request.form.items() if name not in ("csrf_token", "reason")}
        back = url_for(endpoint, **values)
        return make_response(render_template("why.html", form=form, kept=kept, back=back), 422)
    for errors in form.errors.values():
        for error in errors:
            say(error, "danger")
    return redirect(url_for(endpoint, **values), 303)


def turned_away(check: Callable[[], object], endpoint: str, **values: Any) -> Response | None:
    """For a form that is opened when its deed can be done no more, or not yet: back to the page, with the reason.

    What is handed in is judged by the service alone, once it holds the row.
    """
    if is_posted():
        return None
    try:
        check()
    except Rejected as refusal:
        say(refusal.message, "danger")
        return redirect(url_for(endpoint, **values), 303)
    return None


def own_path(target: str | None) -> str:
    """The path of one of our own pages; a foreign or broken address, which would lead people away, becomes empty."""
    try:
        parts = urlsplit(target or "")
    except ValueError:
        return ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""
