"""The form of office hours."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form


class HoursForm(Form):
    valid_from = DayField(_l("Valid from"))
    opens = TimeField(_l("Office opens"), [InputRequired(_l("Write the time like 08:30."))])
    closes = TimeField(_l("Office closes"), [InputRequired(_l("Write the time like 08:30."))])
    source = StringField(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
