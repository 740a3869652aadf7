"""Forms of settlement."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option
from ..forms import StepForm
from .models import CAR_CLASSES, METHODS

YES, NO = "yes", "no"
LEAST, MOST = -1_000_000, 1_000_000


class KilometreForm(StepForm):
    verdict = RadioField(
        _l("Kilometres"),
        [InputRequired(_l("Agree or object."))],
        choices=[option(YES, _l("They are right")), option(NO, _l("They are wrong"))],
    )
    words = TextAreaField(_l("Words"), [Length(max=500)], default="", description=_l("Needed when you object."))


class RatingForm(StepForm):
    stars = RadioField(
        _l("Rating"),
        [InputRequired(_l("Choose one to five stars."))],
        choices=[option(str(number), "★" * number) for number in range(5, 0, -1)],
    )
    words = TextAreaField(_l("Words"), [Length(max=500)], default="")


class KilometreAnswerForm(StepForm):
    words = TextAreaField(
        _l("Answer"), [DataRequired(_l("Say what you found.")), Length(max=500)],
        description=_l("A wrong dial is put right first; the unit then looks at the kilometres again."),
    )  # fmt: skip


class IssueForm(Form):
    unit_id = ChoiceOf(_l("Unit"), required=False, render_kw={"data-searchable": ""})
    month = StringField(_l("Month"), [DataRequired(_l("Write the month like 2023-05."))])


class AnswerForm(StepForm):
    verdict = RadioField(
        _l("Answer of the unit"),
        [InputRequired(_l("Confirm or object."))],
        choices=[option(YES, _l("The unit agrees")), option(NO, _l("The unit objects"))],
    )
    words = TextAreaField(_l("Words"), [Length(max=500)], default="", description=_l("Needed when you object."))


class CorrectionForm(Form):
    seen = HiddenField()
    line_id = ChoiceOf(_l("Trip it corrects"), required=False)
    amount = QuantityField(
        _l("Added or taken off"), places=2, least=LEAST, most=MOST, unit=_l("yuan"),
        description=_l("With a minus when it is taken off; 0 when the price stays."),
    )  # fmt: skip
    words = TextAreaField(_l("Answer"), [DataRequired(_l("Say what you found.")), Length(max=500)])


class TariffForm(Form):
    car_class = SelectField(_l("Class of car"), choices=[option(str(key), label) for key, label in CAR_CLASSES.items()])
    method = RadioField(
        _l("Priced"),
        [InputRequired(_l("Choose one."))],
        choices=[option(str(key), label) for key, label in METHODS.items()],
    )
    day_price = QuantityField(_l("A day"), places=2, most=100_000, unit=_l("yuan"))
    base_km = QuantityField(_l("Kilometres in a day's price"), most=5000, unit=_l("km"))
    base_hours = QuantityField(_l("Hours in a day's price"), most=24, unit=_l("hours"))
    km_price = QuantityField(_l("A kilometre, or one over"), places=2, most=1000, unit=_l("yuan"))
    hour_price = QuantityField(_l("An hour over"), places=2, most=10_000, unit=_l("yuan"))
    far_from = QuantityField(_l("Another price from"), most=5000, unit=_l("km"))
    far_price = QuantityField(_l("A kilometre beyond"), places=2, most=1000, unit=_l("yuan"))
    least_km = QuantityField(_l("Charged at least"), most=5000, unit=_l("km"))
    valid_from = DayField(_l("Valid from"))
    source = StringField(
        _l("Source"), [DataRequired(_l("Name the paper, or say that there is none.")), Length(max=300)]
    )
    confirmed = BooleanField(_l("The house's own paper says so"))
