"""The form of a place out of the district."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import DayField, Form, QuantityField


class FarPlaceForm(Form):
    name = StringField(
        _l("Name of the place"), [DataRequired(_l("Name the place.")), Length(max=40)],
        description=_l("As it stands in destinations, like the name of a town."),
    )  # fmt: skip
    outside = BooleanField(
        _l("It lies out of the district"), default=True, description=_l("Without the tick it is taken off the list.")
    )
    km = QuantityField(_l("Kilometres one way"), least=1, most=5000, required=False, unit=_l("km"))
    valid_from = DayField(_l("Valid from"))
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
    confirmed = BooleanField(_l("The house's own paper says so"))
