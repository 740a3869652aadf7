"""The driver's page, what its outbox sends, and the worker that keeps the page when there is no connection."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, send_file, send_from_directory

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.files import Attachment
from ...core.page import page
from .. import queries as trips
from ..odometer.models import DIAL_REASONS
from ..permissions import Permission
from . import queries, service
from .forms import DeedForm
from .models import EXPENSES
from .permissions import DRIVE

bp = Blueprint("driving", __name__, url_prefix="/driving")


@bp.get("/")
@requires(DRIVE)
def driving() -> tuple[str, int]:
    """The driver's trips of today, or of the day of the address, and those that were not back by then."""
    day = _asked_day()
    found = queries.trips_of(current_actor(), day)
    beside = (None, None) if found else queries.days_beside(current_actor(), day)
    shown: dict[str, Any] = {"trips": found, "day": day, "today": clock.today(), "beside": beside}
    shown |= {"expenses": EXPENSES, "dial_reasons": DIAL_REASONS, **queries.around(found)}
    return page("vehicles/driving/driving.html", **shown)


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return clock.today()


@bp.post("/<int:id>/deeds")
@requires(DRIVE)
def deed(id: int) -> tuple[Response, int]:
    """One deed of the outbox: 200 when it is done, also when it was before; 422 with why not and the field."""
    form = DeedForm()
    if queries.was_done(form.key.data or "", id, current_actor()):
        return jsonify(done=True), 200
    if form.attempt(service.receive, dispatch=trips.visible_dispatch(id, current_actor())):
        return jsonify(done=True), 200
    [(field, said), *_more] = [*form.errors.items()] or [(None, [""])]
    return jsonify(message=str(said[0]), field=field), 422


@bp.get("/dials/<int:id>")
@requires(Permission.REQUEST_LIST)
def dial(id: int) -> Response:
    """The dial as the driver photographed it."""
    kept = db.session.get_one(Attachment, queries.visible_photo(id, current_actor()).attachment_id)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.get("/worker.js")
@requires(DRIVE)
def worker() -> Response:
    """The service worker: its address bounds it to this page."""
    return send_from_directory(Path(str(current_app.static_folder)) / "js", "driving-worker.js", max_age=0)
