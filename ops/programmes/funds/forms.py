"""Forms of the money: a file of payments, what becomes of a held payment."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import ChoiceOf, Form


class PaymentFileForm(Form):
    file = FileField(
        _l("List of payments"),
        [FileRequired(_l("Choose a file."))],
        description=_l("The finance system's Excel file (.xlsx) or CSV, at most 16 MB"),
    )


class AssignForm(Form):
    programme_id = ChoiceOf(_l("Programme"))


class SetAsideForm(Form):
    reason_given = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])
