"""Forms of sealing."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ...core.forms import Form, MomentField, QuantityField, choices
from ..odometer.forms import dial_reason_field
from ..odometer.rules import MOST_ON_A_DIAL
from .models import EXEMPTION_LABELS


class YearForm(Form):
    year = QuantityField(_l("Year"), least=2020, most=2099)


class SealForm(Form):
    vehicle_ids = SelectMultipleField(
        _l("Cars"), [DataRequired(_l("Choose at least one car."))], coerce=int, render_kw={"data-searchable": ""},
        description=_l("Those not on the list yet"),
    )  # fmt: skip
    exempt = SelectField(_l("Not sealed, because"), choices=choices(EXEMPTION_LABELS.items()))
    reason_given = StringField(_l("Explanation"), [Length(max=200)])
    place = StringField(_l("Where it stands"), [Length(max=100)])
    key_holder = StringField(_l("Who keeps the key"), [Length(max=60)])
    dial = QuantityField(_l("Odometer"), most=MOST_ON_A_DIAL, required=False, unit=_l("km"))
    dial_reason = dial_reason_field()
    photograph = FileField(_l("Photograph of the place"))


class SealLeaveForm(Form):
    starts_at = MomentField(_l("Use from"))
    ends_at = MomentField(_l("Use until"))
    approver = StringField(_l("Who allows it"), [DataRequired(_l("Enter the name.")), Length(max=60)])
    reason_given = TextAreaField(_l("Why"), [DataRequired(_l("Say why.")), Length(max=300)])


class ResealForm(Form):
    dial = QuantityField(_l("Odometer"), most=MOST_ON_A_DIAL, required=False, unit=_l("km"))
    dial_reason = dial_reason_field()
