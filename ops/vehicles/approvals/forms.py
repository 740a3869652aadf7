"""Forms of approvals."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, option
from ..forms import StepForm
from .models import APPROVERS, CONDITIONS

YES, NO = "yes", "no"


class VerdictForm(StepForm):
    verdict = RadioField(
        _l("Verdict"),
        [InputRequired(_l("Approve or refuse."))],
        choices=[option(YES, _l("Approve")), option(NO, _l("Refuse"))],
    )
    words = TextAreaField(_l("Words"), [Length(max=500)], description=_l("Needed when you refuse."))


class RuleForm(Form):
    condition = SelectField(
        _l("Condition"),
        [InputRequired(_l("Choose one."))],
        choices=[option("", ""), *(option(str(key), label) for key, label in CONDITIONS.items())],
    )
    threshold = QuantityField(_l("More than"), most=31, unit=_l("days"), required=False)
    from_hour = QuantityField(_l("Night from"), most=23, unit=_l("o'clock"), required=False)
    to_hour = QuantityField(_l("Night to"), most=23, unit=_l("o'clock"), required=False)
    approver = SelectField(
        _l("Who approves"),
        [InputRequired(_l("Choose one."))],
        choices=[option("", ""), *(option(str(key), label) for key, label in APPROVERS.items())],
    )
    valid_from = DayField(_l("Valid from"))
    source = StringField(
        _l("Source"), [DataRequired(_l("Name the paper, or say that there is none.")), Length(max=300)]
    )
    confirmed = BooleanField(_l("The house's own paper says so"))


class RuleEndForm(Form):
    to_on = DayField(_l("Holds no longer from"))
