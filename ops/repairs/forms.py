"""Forms of a ticket's steps and of a time limit."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileAllowed, FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ..core import clock
from ..core.forms import ChoiceOf, Form, QuantityField, choices, option
from .models import Urgency
from .words import LIMITS, RATINGS, TRADES, URGENCIES

PICTURES = ("jpg", "jpeg", "png")


def _note(label: Any, missing: Any = None, **kwargs: Any) -> TextAreaField:
    need = InputRequired(missing) if missing else Optional()
    return TextAreaField(label, [need, Length(max=1000)], render_kw={"rows": 3}, **kwargs)


class ReportForm(Form):
    unit_id = ChoiceOf(_l("Unit"), render_kw={"data-searchable": ""})
    building_id = ChoiceOf(_l("Building"), required=False, render_kw={"data-searchable": ""})
    place = StringField(
        _l("Place"), [InputRequired(_l("Say where it is.")), Length(max=200)], description=_l("Floor, room or spot")
    )
    trade = SelectField(_l("Trade"), [InputRequired(_l("Choose one."))], choices=choices(TRADES.items()))
    urgency = RadioField(
        _l("Urgency"),
        [InputRequired(_l("Choose one."))],
        choices=[option(*each) for each in URGENCIES.items()],
        default=Urgency.NORMAL,
    )
    description = _note(_l("What is broken"), _l("Say what is broken."))
    contact = StringField(
        _l("Contact"),
        [InputRequired(_l("Say whom to call.")), Length(max=100)],
        description=_l("Who opens the door; telephone"),
    )
    photo = FileField(
        _l("Photo"), [FileAllowed(PICTURES, _l("Attach a picture: JPG or PNG."))], render_kw={"accept": "image/*"}
    )


class AssignForm(Form):
    worker_id = ChoiceOf(_l("Worker"), render_kw={"data-searchable": ""})


class ReassignForm(AssignForm):
    note = _note(_l("Reason"), _l("Say why."))


class FinishForm(Form):
    note = _note(_l("What was done"), _l("Say what was done."))
    materials = StringField(_l("Materials"), [Optional(), Length(max=500)])
    cost = QuantityField(_l("Cost"), places=2, most=10_000_000, unit=_l("yuan"), required=False)


class ConfirmForm(Form):
    note = _note(
        _l("What was said"),
        description=_l(
            "Needed when someone else than the reporting unit confirms: whom you called back, and the answer."
        ),
    )


class RatingForm(Form):
    stars = RadioField(
        _l("Rating"),
        [InputRequired(_l("Choose from 1 to 5."))],
        coerce=int,
        choices=[option(str(stars), words) for stars, words in RATINGS.items()],
    )
    note = _note(_l("Remark"))


class ReworkForm(Form):
    note = _note(_l("What is still wrong"), _l("Say what is still wrong."))


class VoidForm(Form):
    note = _note(_l("Reason"), _l("Say why."))


class LimitForm(Form):
    kind = SelectField(_l("Time limit"), [InputRequired(_l("Choose one."))], choices=choices(LIMITS.items()))
    urgency = SelectField(_l("Urgency"), [Optional()], choices=choices(URGENCIES.items()))
    minutes = QuantityField(_l("Time allowed"), least=1, most=525_600, unit=_l("minutes"))
    document = StringField(_l("Document"), [InputRequired(_l("Name the document.")), Length(max=200)])
    clause = StringField(_l("Clause"), [InputRequired(_l("Name the clause.")), Length(max=200)])
    source = StringField(_l("Source"), [InputRequired(_l("Say where the text was read.")), Length(max=500)])
    valid_from = DateField(_l("Valid from"), [InputRequired(_l("Enter the first day."))], default=clock.today)
