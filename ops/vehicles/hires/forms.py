"""Forms of hired vehicles."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option
from .models import CLASS_LABELS, REASON_LABELS


class HiredTripForm(Form):
    """Vehicles of one class from one vendor, at one price."""

    vendor = StringField(_l("Hire company"), [DataRequired(_l("Enter the hire company.")), Length(max=100)])
    vehicle_class = SelectField(_l("Class of vehicle"), choices=[option(*each) for each in CLASS_LABELS.items()])
    how_many = QuantityField(_l("Vehicle-trips"), least=1, most=50, default=1, unit=_l("vehicle-trips"))
    price = QuantityField(_l("Price of each"), places=2, most=100_000, unit=_l("yuan"))
    plates = StringField(_l("Plates"), [Optional(), Length(max=500)], description=_l("With blanks between them"))


class HireForm(HiredTripForm):
    """The activity with its first vehicles; others are added on its page."""

    unit_id = ChoiceOf(_l("Unit"), render_kw={"data-searchable": ""})
    activity = StringField(_l("Activity"), [DataRequired(_l("Say what the vehicles are for.")), Length(max=200)])
    day = DayField(_l("Day"))
    reason_class = SelectField(_l("Kind of activity"), choices=[option(*each) for each in REASON_LABELS.items()])
    paper_no = StringField(_l("Number of the approval"), [Optional(), Length(max=60)])
