"""Pages of what hiring goes by: kinds of activity, classes of vehicle, other limits; each dated, with its source."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.page import done, page
from . import rule_queries, rule_service
from .permissions import Permission
from .rule_forms import ClassRuleForm, HireSettingForm, ReasonClassForm, ReasonEndForm
from .rule_models import HIRE_SETTING_LABELS, HireReasonClass
from .vendor_models import CLASS_LABELS

bp = Blueprint("hire_rules", __name__, url_prefix="/hire-rules")


@bp.get("")
@requires(Permission.HIRE_READ)
def rules() -> tuple[str, int]:
    """Every row with its source, of today and of other days."""
    today = clock.today()
    return page(
        "vehicles/hires/rules.html", reasons=rule_queries.reasons(), class_rules=rule_queries.class_rules(),
        settings=rule_queries.settings(), classes=CLASS_LABELS, labels=HIRE_SETTING_LABELS, today=today,
        in_force={row.id for row in rule_queries.classes(today).values()},
    )  # fmt: skip


@bp.route("/reasons/new", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def new_reason() -> Response | tuple[str, int]:
    form = ReasonClassForm(valid_from=clock.today())
    if form.attempt(rule_service.add_reason):
        return done(_("The kind of activity is in the list."), ".rules")
    return _deed(form, _("Add a kind of activity"), url_for(".new_reason"))


@bp.route("/reasons/<int:id>/end", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def reason_end(id: int) -> Response | tuple[str, int]:
    reason, form = db.get_or_404(HireReasonClass, id), ReasonEndForm(to_on=clock.today())
    if form.attempt(rule_service.end_reason, reason=reason):
        return done(_("The kind of activity has an end."), ".rules")
    return _deed(form, _("End %(kind)s", kind=reason.label), url_for(".reason_end", id=id))


@bp.route("/classes/new", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def new_class() -> Response | tuple[str, int]:
    form = ClassRuleForm(valid_from=clock.today())
    if form.attempt(rule_service.set_class):
        return done(_("The class is set."), ".rules")
    return _deed(form, _("Set a class"), url_for(".new_class"))


@bp.route("/settings/new", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def new_setting() -> Response | tuple[str, int]:
    form = HireSettingForm(valid_from=clock.today())
    if form.attempt(rule_service.set_value):
        return done(_("The setting is entered."), ".rules")
    return _deed(form, _("Enter a setting"), url_for(".new_setting"))


def _deed(form: FlaskForm, title: str, action: str) -> tuple[str, int]:
    return page("vehicles/hires/rule_deed.html", form=form, title=title, action=action)
