"""Forms of what hiring goes by."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, choices
from .forms import CLASSES
from .rule_models import HIRE_SETTING_LABELS


class DatedForm(Form):
    """What every dated row says of itself."""

    valid_from = DayField(_l("Valid from"))
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=300)])


class ReasonClassForm(DatedForm):
    name = StringField(_l("Kind of activity"), [DataRequired(_l("Say what kind.")), Length(max=40)])
    needs_paper = BooleanField(_l("Not without its paper"), default=True)
    confirmed = BooleanField(_l("The house's own paper says so"))


class ReasonEndForm(Form):
    to_on = DayField(_l("Holds no longer from"))


class ClassRuleForm(DatedForm):
    vehicle_class = SelectField(_l("Class of vehicle"), choices=CLASSES)
    seats = QuantityField(_l("Passengers"), least=1, most=100, unit=_l("people"))
    day_ceiling = QuantityField(_l("Ceiling of a day"), places=2, most=100_000, unit=_l("yuan"))
    confirmed = BooleanField(_l("The house's own paper says so"))


class HireSettingForm(DatedForm):
    name = SelectField(
        _l("Setting"), [InputRequired(_l("Choose one."))],
        choices=choices((name, label) for name, (label, _unit) in HIRE_SETTING_LABELS.items()),
    )  # fmt: skip
    value = QuantityField(_l("Value"), places=2, most=100_000)
