"""Forms of devices, alarms and settings."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, choices
from .models import SETTING_LABELS


class TrackerForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw={"data-searchable": ""})
    device = StringField(
        _l("Device"), [DataRequired(_l("Enter the device.")), Length(max=100)],
        description=_l("As the positioning server calls it (uniqueId)"),
    )  # fmt: skip
    from_on = DayField(_l("In the car from"))


class TakenOutForm(Form):
    to_on = DayField(_l("Taken out on"))


class SettlementForm(Form):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=300)])


class PositionSettingForm(Form):
    name = SelectField(
        _l("Setting"), [InputRequired(_l("Choose one."))],
        choices=choices((name, label) for name, (label, _unit) in SETTING_LABELS.items()),
    )  # fmt: skip
    value = QuantityField(_l("Value"), places=6, most=10_000)
    valid_from = DayField(_l("Valid from"))
    document = StringField(_l("Document"), [Length(max=200)], default="")
    clause = StringField(_l("Clause"), [Length(max=300)], default="")
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
    confirmed = BooleanField(_l("The house's own paper says so"))


class ServerForm(Form):
    address = StringField(
        _l("Address"), [Length(max=200)],
        description=_l("Like https://positions.example:8082. Empty: lost positions are not fetched."),
    )  # fmt: skip
    token = PasswordField(
        _l("Token"), [Length(max=500)], render_kw={"autocomplete": "off"},
        description=_l("As the server gave it out. Empty: the one that is kept stays. It is never shown again."),
    )  # fmt: skip


class PollForm(Form):
    day = DayField(_l("Day"), description=_l("What the server has of this day and is not kept here yet"))
