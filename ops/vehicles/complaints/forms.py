"""Forms of complaints."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from ...core.forms import ChoiceOf, DayField, Form, MomentField, option
from ..forms import NO_PHONE, PHONE, StepForm
from .models import COMPLAINT_SOURCES, FINDINGS, ComplaintState

FOUND = {
    ComplaintState.TRUE: _l("It is true"),
    ComplaintState.PARTLY: _l("It is partly true"),
    ComplaintState.UNTRUE: _l("It is not true"),
}


class ComplaintForm(Form):
    source = SelectField(
        _l("How it came"), [InputRequired(_l("Choose one."))],
        choices=[option("", ""), *(option(str(key), label) for key, label in COMPLAINT_SOURCES.items())],
    )  # fmt: skip
    order_no = StringField(_l("Order number of the hotline"), [Length(max=60)], default="")
    received_on = DayField(_l("Came on"))
    happened_at = MomentField(
        _l("Happened at"), description=_l("As it was told; the trip at that moment is looked up.")
    )
    vehicle_id = ChoiceOf(_l("Car"), required=False, render_kw={"data-searchable": ""})
    driver_id = ChoiceOf(
        _l("Driver"), required=False, render_kw={"data-searchable": ""},
        description=_l("Empty: who drove the car then, where a trip is known"),
    )  # fmt: skip
    what = TextAreaField(_l("What is complained of"), [DataRequired(_l("Say what it is about.")), Length(max=1000)])
    complainant = StringField(_l("Who complains"), [Length(max=60)], default="", description=_l("Empty: no name given"))
    phone = StringField(
        _l("Phone"), [Optional(), Regexp(PHONE, message=NO_PHONE)], default="", render_kw={"inputmode": "tel"}
    )
    answer_by = DayField(_l("Answer by"))


class FindingForm(StepForm):
    finding = RadioField(
        _l("Whether it is true"), [InputRequired(_l("Choose one."))],
        choices=[option(each.value, FOUND[each]) for each in FINDINGS],
    )  # fmt: skip
    words = TextAreaField(_l("How it was found out"), [DataRequired(_l("Say what you found.")), Length(max=1000)])
    day = DayField(_l("Found on"))


class ComplaintAnswerForm(StepForm):
    words = TextAreaField(
        _l("What the complainant was told"), [DataRequired(_l("Say what was answered.")), Length(max=1000)]
    )
    day = DayField(_l("Told on"))


class ComplaintVoidForm(StepForm):
    words = TextAreaField(_l("Why it was a mistake"), [DataRequired(_l("Say why.")), Length(max=500)])
