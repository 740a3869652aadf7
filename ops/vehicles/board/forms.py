"""The form of a reservation."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import Form, MomentField


class ReservationForm(Form):
    starts_at = MomentField(_l("Reserved from"))
    ends_at = MomentField(_l("Reserved until"))
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])
