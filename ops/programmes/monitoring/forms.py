"""Forms of monitoring: what is said of a row, a later version of a rule."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.forms import DayField, Form
from ..forms import options
from .sheet import CAUSES, LIKELIHOODS


class NoteForm(Form):
    """`likelihood` is dropped by the view for the money, `expected` too: its forecast has a method."""

    causes = SelectMultipleField(
        _l("Cause of the deviation"),
        choices=options(CAUSES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Leave it empty when nothing deviates"),
    )
    explanation = TextAreaField(_l("Explanation"), [Length(max=1000)])
    likelihood = RadioField(
        _l("Will the target be reached?"), choices=options(LIKELIHOODS), validate_choice=False, default=""
    )
    expected = StringField(
        _l("Expected by the end of the year"),
        [Length(max=100)],
        description=_l("Only when you know better than the figure; it is marked as your judgement"),
    )
    remark = StringField(_l("Remark"), [Length(max=200)])


class SettingForm(Form):
    valid_from = DayField(_l("Valid from"))
    document = StringField(_l("Document"), [DataRequired(_l("Name the document that decides it.")), Length(max=200)])
    clause = StringField(_l("Clause"), [DataRequired(_l("Say what the document rules.")), Length(max=500)])
    confirmed = BooleanField(_l("Confirmed by the finance office"))


class ChoiceForm(SettingForm):
    """`value.choices` are set by the view."""

    value = SelectField(_l("Value"))


class NumberForm(SettingForm):
    value = StringField(_l("Value"), [DataRequired(_l("Enter a number.")), Length(max=10)])
