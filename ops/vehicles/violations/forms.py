"""Forms of filed violations."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, option
from ..forms import StepForm
from .models import VIOLATION_LABELS, FilingState


class FilingForm(Form):
    violation = SelectField(
        _l("Kind of violation"), [InputRequired(_l("Choose one."))],
        choices=[option("", ""), *(option(str(key), label) for key, label in VIOLATION_LABELS.items())],
    )  # fmt: skip
    day = DayField(_l("Happened on"))
    facts = TextAreaField(_l("What was seen"), [DataRequired(_l("Say what was seen.")), Length(max=1000)])
    unit_id = ChoiceOf(
        _l("Who has to explain"), required=False, render_kw={"data-searchable": ""},
        description=_l("Empty: the vehicle section"),
    )  # fmt: skip
    explain_by = DayField(_l("Explain by"))
    proof = FileField(_l("Proof"), description=_l("A document or a photograph, if there is one"))


class ExplanationForm(StepForm):
    words = TextAreaField(_l("Explanation"), [DataRequired(_l("Say how it came about.")), Length(max=1000)])


class QuestionForm(StepForm):
    words = TextAreaField(_l("Question"), [DataRequired(_l("Say what is left open.")), Length(max=1000)])
    explain_by = DayField(_l("Explain by"))


class OutcomeForm(StepForm):
    outcome = RadioField(
        _l("Outcome"), [InputRequired(_l("Choose one."))],
        choices=[
            option(FilingState.ESTABLISHED.value, _l("The violation is established")),
            option(FilingState.NOT_ESTABLISHED.value, _l("The violation is not established")),
        ],
    )  # fmt: skip
    words = TextAreaField(_l("Reason of the outcome"), [DataRequired(_l("Say why.")), Length(max=1000)])
    measure = StringField(
        _l("What follows from it"), [Length(max=300)], description=_l("Needed when it is established.")
    )


class FilingWithdrawalForm(StepForm):
    words = TextAreaField(_l("Reason of the withdrawal"), [DataRequired(_l("Say why.")), Length(max=1000)])
