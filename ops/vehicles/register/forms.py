"""Forms of the register."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option
from ..models import VehicleCategory
from .models import CATEGORY_LABELS


class CarForm(Form):
    plate = StringField(_l("Plate"), [DataRequired(_l("Enter the plate.")), Length(max=10)])
    category = SelectField(
        _l("Category"), choices=[option(*each) for each in CATEGORY_LABELS.items()], default=VehicleCategory.OTHER
    )
    model = StringField(_l("Model"), [DataRequired(_l("Enter the model.")), Length(max=60)])
    seats = QuantityField(
        _l("Seats"), least=2, most=60, default=5, description=_l("As approved, with the driver's seat")
    )
    registered_on = DayField(_l("On the register since"))


class OffRegisterForm(Form):
    deregistered_on = DayField(_l("Off the register on"), description=_l("From this day on it is not dispatched."))


class TransferForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw={"data-searchable": ""})
    day = DayField(_l("Day of the transfer"))
    from_holder = StringField(_l("Former holder"), [DataRequired(_l("Say who gives the car.")), Length(max=100)])
    to_holder = StringField(_l("New holder"), [DataRequired(_l("Say who takes the car.")), Length(max=100)])


class ReformForm(Form):
    unit_id = ChoiceOf(
        _l("Unit"), render_kw={"data-searchable": ""}, description=_l("Public institutions and enterprises only")
    )
    from_on = DayField(_l("Under the reform since"))


class LeaveReformForm(Form):
    to_on = DayField(_l("Until"), description=_l("From this day on it does not count."))
