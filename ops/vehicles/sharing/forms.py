"""Forms of a shared trip."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.forms import ChoiceOf, Form
from ..forms import AllowedForm, DispatchForm


class JoinForm(AllowedForm):
    dispatch_id = ChoiceOf(_l("Trip to join"))


class PartForm(Form):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class TogetherForm(DispatchForm, AllowedForm):
    companion_ids = SelectMultipleField(
        _l("Travels with"),
        [InputRequired(_l("Choose at least one request that travels along."))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
