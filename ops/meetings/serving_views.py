"""Pages of serving a meeting: the checklist, held, errors, the rating."""

from flask import Blueprint, abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..core.access import current_actor, requires
from ..core.forms import Deed
from ..core.page import done, page
from . import queries
from . import serving as verbs
from .checklist import PHASES, Phase
from .forms import ErrorForm, HeldForm, RatingForm, WhyForm
from .permissions import Permission

serving = Blueprint("serving", __name__, url_prefix="/meetings")


@serving.post("/tasks/<int:id>/tick")
@requires(Permission.MEETING_SERVE)
def tick(id: int) -> Response | tuple[str, int]:
    task, form = queries.task(id), Deed()
    if form.attempt(verbs.tick, task=task):
        return done(_("Ticked."), "meetings.meeting", id=task.meeting_id, _anchor="checklist")
    return page("meetings/tick.html", form=form, task=task, endpoint="serving.tick")


@serving.post("/tasks/<int:id>/untick")
@requires(Permission.MEETING_SERVE)
def untick(id: int) -> Response | tuple[str, int]:
    task, form = queries.task(id), Deed()
    if form.attempt(verbs.untick, task=task):
        return done(_("No longer ticked."), "meetings.meeting", id=task.meeting_id, _anchor="checklist")
    return page("meetings/tick.html", form=form, task=task, endpoint="serving.untick")


@serving.post("/<int:id>/phases/<phase>/tick")
@requires(Permission.MEETING_SERVE)
def tick_phase(id: int, phase: str) -> Response | tuple[str, int]:
    meeting, form = queries.visible_meeting(id, current_actor()), Deed()
    if phase not in list(Phase):
        abort(404)
    if form.attempt(verbs.tick_phase, meeting=meeting, phase=phase):
        return done(_("Ticked."), "meetings.meeting", id=id, _anchor="checklist")
    return page("meetings/tick_phase.html", form=form, meeting=meeting, phase=phase, word=PHASES[Phase(phase)])


@serving.route("/<int:id>/held", methods=["GET", "POST"])
@requires(Permission.MEETING_SERVE)
def held(id: int) -> Response | tuple[str, int]:
    meeting = queries.visible_meeting(id, current_actor())
    booked = meeting.booking
    form = HeldForm(began_at=booked.begins_at, ended_at=booked.finishes_at, people=meeting.people)
    if form.attempt(verbs.mark_held, meeting=meeting):
        return done(_("The meeting is marked held."), "meetings.meeting", id=id)
    return page("meetings/held.html", form=form, meeting=meeting, open_before=queries.open_lines(id, Phase.BEFORE))


@serving.route("/<int:id>/held/reversal", methods=["GET", "POST"])
@requires(Permission.MEETING_SERVE)
def held_reversal(id: int) -> Response | tuple[str, int]:
    meeting, form = queries.visible_meeting(id, current_actor()), WhyForm()
    if form.attempt(verbs.reverse_held, meeting=meeting):
        return done(_("The meeting is no longer marked held."), "meetings.meeting", id=id)
    return page("meetings/held_reversal.html", form=form, meeting=meeting)


@serving.route("/<int:id>/errors/new", methods=["GET", "POST"])
@requires(Permission.MEETING_SERVE)
def new_error(id: int) -> Response | tuple[str, int]:
    meeting, form = queries.visible_meeting(id, current_actor()), ErrorForm()
    if form.attempt(verbs.record_error, meeting=meeting):
        return done(_("The error is recorded."), "meetings.meeting", id=id)
    return page("meetings/new_error.html", form=form, meeting=meeting)


@serving.route("/errors/<int:id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.MEETING_SERVE)
def error_withdrawal(id: int) -> Response | tuple[str, int]:
    error, form = queries.error(id), WhyForm()
    if form.attempt(verbs.withdraw_error, error=error):
        return done(_("The error is withdrawn."), "meetings.meeting", id=error.meeting_id)
    return page("meetings/error_withdrawal.html", form=form, error=error)


@serving.route("/<int:id>/rating", methods=["GET", "POST"])
@requires(Permission.MEETING_RATE)
def rating(id: int) -> Response | tuple[str, int]:
    meeting, form = queries.visible_meeting(id, current_actor()), RatingForm()
    if form.attempt(verbs.rate, meeting=meeting):
        return done(_("Thank you, the rating is recorded."), "meetings.meeting", id=id)
    return page("meetings/rating.html", form=form, meeting=meeting)
