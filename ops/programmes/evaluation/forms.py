"""Forms of the self-evaluation: a grade with its points, a cause with its measure."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import Form, QuantityField
from ..forms import options
from .scoring_settings import Grade

GRADE_LABELS = {
    Grade.ACHIEVED: _l("Achieved"),
    Grade.PARTLY: _l("Partly achieved, with some effect"),
    Grade.NOT_ACHIEVED: _l("Not achieved, with little effect"),
}


class JudgementForm(Form):
    grade = RadioField(_l("Grade"), choices=options(GRADE_LABELS), validators=[InputRequired(_l("Choose one."))])
    points = QuantityField(_l("Points"), places=2, most=100)


class DeviationForm(Form):
    cause = TextAreaField(_l("Cause"), [DataRequired(_l("Say why.")), Length(max=1000)])
    measure = TextAreaField(_l("Measure"), [DataRequired(_l("Say what is done about it.")), Length(max=1000)])
