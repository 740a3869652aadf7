"""Forms of vendors, contracts and prices."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import DayField, Form, QuantityField, option
from .forms import CLASSES
from .vendor_models import METHOD_LABELS


class VendorForm(Form):
    name = StringField(_l("Hire company"), [DataRequired(_l("Enter the hire company.")), Length(max=100)])
    credit_code = StringField(_l("Unified social credit code"), [Length(max=18)])
    contact = StringField(_l("Contact"), [Length(max=60)])
    phone = StringField(_l("Telephone"), [Length(max=40)])


class ContractForm(Form):
    number = StringField(_l("Number of the contract"), [DataRequired(_l("Enter the number.")), Length(max=60)])
    valid_from = DayField(_l("Valid from"))
    valid_to = DayField(_l("Valid until"))
    liability = QuantityField(_l("Third-party cover"), places=2, most=100_000, unit=_l("× 10,000 yuan"))
    seat_cover = QuantityField(_l("Cover of each seat"), places=2, most=100_000, unit=_l("× 10,000 yuan"))
    scan = FileField(_l("Scan of the contract"))


class ContractEndForm(Form):
    from_on = DayField(_l("Holds no longer from"))
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class PriceForm(Form):
    vehicle_class = SelectField(_l("Class of vehicle"), choices=CLASSES)
    method = SelectField(
        _l("How it is priced"), choices=[option(str(key), word) for key, word in METHOD_LABELS.items()]
    )
    price = QuantityField(_l("Price of the day or the trip"), places=2, most=100_000, unit=_l("yuan"), default=0)
    base_km = QuantityField(_l("Kilometres included"), most=5000, unit=_l("km"), default=0)
    base_hours = QuantityField(_l("Hours included"), most=24, unit=_l("hours"), default=0)
    km_price = QuantityField(_l("Price of a kilometre"), places=2, most=1000, unit=_l("yuan"), default=0)
    hour_price = QuantityField(_l("Price of an hour beyond"), places=2, most=1000, unit=_l("yuan"), default=0)
    valid_from = DayField(_l("Valid from"))
