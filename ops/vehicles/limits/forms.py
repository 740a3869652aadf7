"""The form of a limit for drivers."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, choices
from .models import LIMITS


class LimitForm(Form):
    name = SelectField(_l("Limit"), [InputRequired(_l("Choose one."))], choices=choices(LIMITS.items()))
    amount = QuantityField(_l("Minutes; kilometres where it is a way"), most=10_080)
    from_hour = QuantityField(_l("Night from (hour)"), most=23, required=False)
    to_hour = QuantityField(_l("Night until (hour)"), most=23, required=False)
    valid_from = DayField(_l("Valid from"))
    document = StringField(_l("Document"), [DataRequired(_l("Name the document.")), Length(max=200)])
    clause = StringField(_l("Clause"), [Length(max=300)])
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
    confirmed = BooleanField(_l("The house's own paper says so"))
