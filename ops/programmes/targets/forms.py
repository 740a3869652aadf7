"""Forms of targets: a document to read, a doubtful value to settle."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import Form, option
from .settling import AS_READ, OTHERWISE


class DocumentForm(Form):
    file = FileField(
        _l("Target document"),
        [FileRequired(_l("Choose a file."))],
        description=_l("Word (.docx), Excel (.xlsx, .xls) or text (.txt, .csv) as published, at most 20 MB"),
    )


class SettlingForm(Form):
    choice = RadioField(
        _l("What the value says"),
        choices=[option(AS_READ, _l("As it is read")), option(OTHERWISE, _l("Otherwise"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    says = StringField(
        _l("Written plainly"),
        [Length(max=200)],
        description=_l("With sign, number and unit, or the last day: ≥95%, ≤12, 2023-12-31"),
    )
    because = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])
