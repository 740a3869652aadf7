"""The form of a dispatch setting."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, choices
from .models import LABELS, UNITS

CALLED = {name: _l("%(what)s (%(unit)s)", what=label, unit=UNITS[name]) for name, label in LABELS.items()}


class SettingForm(Form):
    name = SelectField(_l("Setting"), [InputRequired(_l("Choose one."))], choices=choices(CALLED.items()))
    value = QuantityField(_l("Value"), most=10_000, description=_l("In the unit behind the setting's name."))
    valid_from = DayField(_l("Valid from"))
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
