"""One deed of the driver's phone, as it comes out of its outbox."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from ...core.forms import Form, MomentField, QuantityField, choices, option
from ..odometer.models import DIAL_REASONS
from .models import EXPENSES

MOST_MILLISECONDS = 10**13
KINDS = ("departure", "return", "expense", "signature")


class DeedForm(Form):
    key = StringField(validators=[DataRequired(), Regexp(r"^[0-9a-fA-F-]{16,64}$")])
    kind = SelectField(choices=[option(kind, kind) for kind in KINDS])
    at = MomentField(_l("Time"), validators=[Optional()])
    pressed_at = QuantityField(_l("Time"), most=MOST_MILLISECONDS, required=False)
    phone_now = QuantityField(_l("Time"), most=MOST_MILLISECONDS, required=False)
    early_reason = StringField(_l("Left earlier than planned, because"), [Length(max=200)], default="")
    odometer = QuantityField(_l("Odometer"), most=2_000_000, unit=_l("km"), required=False)
    dial_reason = SelectField(_l("Why the dial differs"), [Optional()], choices=choices(DIAL_REASONS.items()))
    expense = SelectField(_l("Kind of expense"), [Optional()], choices=choices(EXPENSES.items()))
    amount = QuantityField(_l("Amount"), places=2, most=1_000_000, unit=_l("yuan"), required=False)
    litres = QuantityField(_l("Litres"), places=2, most=1_000, required=False)
    name = StringField(_l("Name of the user"), [Length(max=40)])
    phone_tail = StringField(_l("Last four digits of the telephone"), [Optional(), Regexp(r"^\d{4}$")])
    photo = FileField(_l("Photograph"))
